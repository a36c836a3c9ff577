//! The order in which the Monday meeting hears the reports.

use crate::id::ReportId;
use crate::item::code;
use jiff::civil::Date;

/// One report on the agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgendaEntry {
    pub report_id: ReportId,
    /// Items that the check calls vague.
    pub vague: usize,
    /// Plan items that were moved, dropped or not answered.
    pub broken: usize,
    /// Items with a difficulty.
    pub difficulties: usize,
    /// Place of the person in the roster.
    pub roster_order: i64,
}

/// Flagged reports and broken promises first, then difficulties, then the roster's order: the order says what the
/// meeting has to talk about, it does not rank people.
pub fn order(entries: &mut [AgendaEntry]) {
    entries.sort_by_key(|entry| {
        let group = match (entry.vague > 0 || entry.broken > 0, entry.difficulties > 0) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        };
        (group, entry.roster_order)
    });
}

/// What the meeting has to talk about beside the reports, in the order in which it is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MatterKind {
    OverdueDirective,
    StuckDifficulty,
    ProjectBehind,
    HelpOffer,
    VisitProposal,
}

code!(MatterKind {
    MatterKind::OverdueDirective => "directive", MatterKind::StuckDifficulty => "difficulty",
    MatterKind::ProjectBehind => "project", MatterKind::HelpOffer => "help", MatterKind::VisitProposal => "visit",
});

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    pub kind: MatterKind,
    /// In the words of those who wrote it.
    pub text: String,
    /// Names of the people it concerns.
    pub people: Vec<String>,
    /// Since when, or until when.
    pub day: Option<Date>,
    /// The page behind it, after place and language: `/directive/…`.
    pub rest: String,
    /// Its words are not for everybody: what is made of it is not public unless somebody says so.
    pub is_internal: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn entry(number: u128, vague: usize, difficulties: usize) -> AgendaEntry {
        let roster_order = i64::try_from(number).unwrap();
        AgendaEntry {
            report_id: ReportId(Uuid::from_u128(number)),
            vague,
            broken: 0,
            difficulties,
            roster_order,
        }
    }

    #[test]
    fn flagged_reports_come_first_and_the_rest_in_roster_order() {
        let mut agenda = [entry(1, 0, 0), entry(2, 0, 1), entry(3, 1, 0), entry(4, 2, 0), entry(5, 0, 0)];
        order(&mut agenda);
        let order: Vec<i64> = agenda.iter().map(|entry| entry.roster_order).collect();
        assert_eq!(order, [3, 4, 2, 1, 5]);
    }
}
