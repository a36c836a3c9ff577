//! Measures the proposals against a list of plans of which people said what is one visit.

use super::{Plan, Spot, Spots, overlaps};
use jiff::civil::Date;
use serde::Serialize;
use shiji_domain::calendar::Days;
use shiji_domain::spot::SpotKind;
use std::collections::BTreeSet;

#[derive(Debug, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct OverlapError {
    pub line: usize,
    pub reason: &'static str,
}

/// A town's lists and plans, as a file holds them.
#[derive(Debug, Default)]
pub struct Town {
    pub place: String,
    pub spots: Vec<Spot>,
    pub plans: Vec<KeptPlan>,
    period: Option<Days>,
    joint: BTreeSet<(usize, usize)>,
}

#[derive(Debug)]
pub struct KeptPlan {
    pub id: String,
    pub unit: String,
    pub due_on: Option<Date>,
    pub text: String,
}

/// Pairs of plans of different units: proposed as one visit, and truly one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OverlapReport {
    pub plans: usize,
    pub proposals: usize,
    pub proposed_pairs: usize,
    pub true_pairs: usize,
    /// The share of the proposed pairs that are right, between 0 and 1.
    pub precision: f64,
    /// The share of the true pairs that were found, between 0 and 1.
    pub recall: f64,
    /// Identifiers and words of pairs that are no visit.
    pub wrong: Vec<[String; 2]>,
    pub missed: Vec<[String; 2]>,
}

impl Town {
    /// # Errors
    /// When a line has too few columns, an unknown class, or names a plan that does not stand before it.
    pub fn read(file: &str) -> Result<Town, OverlapError> {
        let mut town = Town::default();
        for (index, line) in file.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let columns: Vec<&str> = line.split('\t').collect();
            town.take(&columns).map_err(|reason| OverlapError { line: index + 1, reason })?;
        }
        Ok(town)
    }

    fn take(&mut self, columns: &[&str]) -> Result<(), &'static str> {
        let day = |text: &str| text.parse::<Date>().map_err(|_| "this is no day");
        match *columns {
            ["place", name] => name.clone_into(&mut self.place),
            ["period", first, last] => self.period = Some(Days { first: day(first)?, last: day(last)? }),
            ["spot", kind, name, ref rest @ ..] => {
                let kind = SpotKind::from_code(kind).ok_or("this kind of spot is not known")?;
                let others =
                    rest.iter().flat_map(|others| others.split(' ')).filter(|other| !other.is_empty());
                let others = others.map(str::to_owned).collect();
                self.spots.push(Spot { kind, name: name.to_owned(), others });
            }
            ["plan", id, unit, _person, due_on, text] => self.plans.push(KeptPlan {
                id: id.to_owned(),
                unit: unit.to_owned(),
                due_on: if due_on == "-" { None } else { Some(day(due_on)?) },
                text: text.to_owned(),
            }),
            ["joint", ids] => {
                let plan = |id: &str| self.plans.iter().position(|plan| plan.id == id);
                let indexes: Option<Vec<usize>> = ids.split(' ').map(plan).collect();
                let indexes = indexes.ok_or("no plan of this name stands before this line")?;
                for (at, one) in indexes.iter().enumerate() {
                    self.joint
                        .extend(indexes[at + 1..].iter().map(|other| (*one.min(other), *one.max(other))));
                }
            }
            _ => return Err("neither place, period, spot, plan nor joint with its columns"),
        }
        Ok(())
    }
}

/// Reads a file of plans and measures what is proposed for them.
///
/// # Errors
/// When the file cannot be read as [`Town::read`] says, or has no period.
pub fn evaluate_overlaps(file: &str) -> Result<OverlapReport, OverlapError> {
    let town = Town::read(file)?;
    let period = town.period.ok_or(OverlapError { line: 0, reason: "no period" })?;
    let spots = Spots::new(&town.place, town.spots);
    let plans: Vec<Plan<'_>> = town
        .plans
        .iter()
        .map(|plan| Plan { unit: &plan.unit, text: &plan.text, due_on: plan.due_on })
        .collect();
    let proposals = overlaps(&spots, &plans, period);
    let mut proposed: BTreeSet<(usize, usize)> = BTreeSet::new();
    for proposal in &proposals {
        for (at, one) in proposal.parts.iter().enumerate() {
            for other in &proposal.parts[at + 1..] {
                if plans[one.plan].unit != plans[other.plan].unit {
                    proposed.insert((one.plan.min(other.plan), one.plan.max(other.plan)));
                }
            }
        }
    }
    let right = proposed.intersection(&town.joint).count();
    let words = |index: usize| {
        town.plans
            .get(index)
            .map_or_else(String::new, |plan| format!("{} {} {}", plan.id, plan.unit, plan.text))
    };
    let told = |pairs: &mut dyn Iterator<Item = &(usize, usize)>| {
        pairs.map(|(one, other)| [words(*one), words(*other)]).collect::<Vec<_>>()
    };
    Ok(OverlapReport {
        plans: plans.len(),
        proposals: proposals.len(),
        proposed_pairs: proposed.len(),
        true_pairs: town.joint.len(),
        precision: share(right, proposed.len()),
        recall: share(right, town.joint.len()),
        wrong: told(&mut proposed.difference(&town.joint)),
        missed: told(&mut town.joint.difference(&proposed)),
    })
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expect(file: &str, precision: f64, recall: f64) {
        let report = evaluate_overlaps(file).unwrap();
        assert!(report.precision >= precision && report.recall >= recall, "{report:#?}");
    }

    #[test]
    fn what_is_proposed_on_the_list_it_was_tuned_on_is_right_and_most_is_found() {
        expect(include_str!("../../data/plans.tsv"), 0.97, 0.97);
    }

    #[test]
    fn on_a_list_that_was_held_out_it_is_nearly_as_good() {
        expect(include_str!("../../data/plans_heldout.tsv"), 0.95, 0.97);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let error = evaluate_overlaps("place\t澄湾镇\nplan\t1\t水务所").unwrap_err();
        assert_eq!(error.line, 2);
    }
}
