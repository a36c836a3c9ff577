//! What officials of the invented town plan for the same places, and the help that they ask for.

use crate::{Line, State, Town, Week};
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Help that somebody asks for on the plan that [`add_plans`] gave them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub unit: String,
    /// As the program names kinds of help.
    pub kind: String,
    pub words: String,
    pub helper: Option<String>,
    pub accepted: bool,
}

fn rows(class: &str) -> impl Iterator<Item = Vec<&'static str>> + use<'_> {
    include_str!("../data/together.txt").lines().filter(|line| !line.starts_with('#')).filter_map(
        move |line| {
            let columns: Vec<&str> = line.split(" | ").collect();
            (columns.first() == Some(&class)).then(|| columns[1..].to_vec())
        },
    )
}

/// Puts the plans for the same places behind the others of an open week; `monday` is the first of the days planned. Whoever
/// had not filed by then has.
pub fn add_plans(town: &Town, week: &mut Week, monday: Date) {
    for row in rows("plan") {
        let [unit, day, text] = row[..] else { continue };
        let Some(person) = head_of(town, unit) else { continue };
        let Some(report) = week.reports.iter_mut().find(|report| report.person == person) else { continue };
        let day: Option<i64> = day.parse().ok();
        let due_on = day.and_then(|day| monday.checked_add((day - 1).days()).ok());
        report.plan.push(Line { text: text.to_owned(), due_on, difficulty: None });
        if matches!(report.state, State::Draft | State::Open | State::Late) {
            report.state = State::Filed { late: false };
            report.returned = None;
        }
    }
}

pub fn asked() -> Vec<Asked> {
    rows("help")
        .filter_map(|row| {
            let [unit, kind, words, helper, state] = row[..] else { return None };
            Some(Asked {
                unit: unit.to_owned(),
                kind: kind.to_owned(),
                words: words.to_owned(),
                helper: (helper != "-").then(|| helper.to_owned()),
                accepted: state == "accepted",
            })
        })
        .collect()
}

/// Firms, cooperatives and sites that plans speak of: whether it is a firm, and the name.
pub fn spots() -> Vec<(bool, &'static str)> {
    let lists = crate::place::shared();
    let of = |kinds: &'static [&'static str], firm: bool| {
        let chosen = lists.iter().filter(move |(kind, _)| kinds.contains(kind));
        chosen.flat_map(move |(_, names)| names.iter().map(move |name| (firm, *name))).collect::<Vec<_>>()
    };
    let mut spots = of(&["firm", "coop"], true);
    spots.extend(of(&["school", "reservoir", "market"], false));
    spots
}

fn head_of(town: &Town, unit: &str) -> Option<usize> {
    let at = town.units.iter().position(|one| one.name == unit)?;
    town.people
        .iter()
        .position(|person| person.unit == at && person.left.is_none() && person.class != crate::Class::None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WeekSpec;
    use jiff::civil::date;

    #[test]
    fn every_planned_line_stands_in_a_filed_report() {
        let days = WeekSpec { starts_on: date(2026, 11, 2), ends_on: date(2026, 11, 8) };
        let town = crate::town(7, &[days]);
        let mut week = crate::weeks(&town, 7, &[days]).remove(0);
        add_plans(&town, &mut week, date(2026, 11, 9));
        for row in rows("plan") {
            let report =
                week.reports.iter().find(|report| report.plan.iter().any(|line| line.text == row[2]));
            let report = report.unwrap_or_else(|| panic!("{} has no such plan", row[0]));
            assert!(matches!(report.state, State::Filed { .. } | State::OnLeave { .. }));
        }
    }

    #[test]
    fn help_is_asked_by_units_that_are_there() {
        let town = crate::town(7, &[]);
        for one in asked() {
            assert!(head_of(&town, &one.unit).is_some(), "{}", one.unit);
            assert!(one.helper.is_none_or(|unit| head_of(&town, &unit).is_some()));
        }
        assert!(spots().len() > 20 && spots().iter().any(|(firm, _)| !firm));
    }
}
