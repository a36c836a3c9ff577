//! One published whole of a period: nobody unaccounted for, every plan item answered or said to be unanswered.

use crate::id::PersonId;
use crate::item::code;
use crate::report::ReportState;
use serde::{Deserialize, Serialize};

/// How a person with a filing duty stands in an issue (invariant 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Filed,
    /// With a named substitute.
    OnLeave,
    Late,
}

code!(Standing { Standing::Filed => "filed", Standing::OnLeave => "on_leave", Standing::Late => "late" });

/// What is known of one person when the meeting closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    pub person_id: PersonId,
    pub report: Option<ReportState>,
    pub substitute: Option<PersonId>,
}

impl Expected {
    /// A report that passed, or that nobody decided on, is published; one that was sent back and not mended is not,
    /// and neither is a draft. Who filed although on leave has filed.
    pub fn standing(&self) -> Standing {
        match self.report {
            Some(ReportState::Filed | ReportState::Accepted | ReportState::Published) => Standing::Filed,
            _ if self.substitute.is_some() => Standing::OnLeave,
            _ => Standing::Late,
        }
    }
}

/// Counts that stand at the head of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    pub expected: usize,
    pub filed: usize,
    pub on_leave: usize,
    pub late: usize,
}

impl Tally {
    pub fn of(standings: impl IntoIterator<Item = Standing>) -> Tally {
        let mut tally = Tally::default();
        for standing in standings {
            tally.expected += 1;
            match standing {
                Standing::Filed => tally.filed += 1,
                Standing::OnLeave => tally.on_leave += 1,
                Standing::Late => tally.late += 1,
            }
        }
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn expected(report: Option<ReportState>, substitute: Option<u128>) -> Expected {
        Expected {
            person_id: PersonId(Uuid::from_u128(1)),
            report,
            substitute: substitute.map(|number| PersonId(Uuid::from_u128(number))),
        }
    }

    #[test]
    fn everybody_is_filed_on_leave_or_late() {
        let standings = [
            expected(Some(ReportState::Accepted), None),
            expected(Some(ReportState::Draft), Some(2)),
            expected(None, None),
            expected(Some(ReportState::Returned), None),
        ]
        .map(|person| person.standing());
        assert_eq!(standings, [Standing::Filed, Standing::OnLeave, Standing::Late, Standing::Late]);
        assert_eq!(Tally::of(standings), Tally { expected: 4, filed: 1, on_leave: 1, late: 2 });
    }

    #[test]
    fn what_was_filed_and_not_decided_on_is_published() {
        assert_eq!(expected(Some(ReportState::Filed), None).standing(), Standing::Filed);
    }
}
