//! Measures the proposals against a list of plans of which people said what is one visit.

use super::{Plan, Proposal, Spot, Spots, overlaps};
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
    together: BTreeSet<(usize, usize)>,
}

#[derive(Debug)]
pub struct KeptPlan {
    pub id: String,
    pub unit: String,
    pub due_on: Option<Date>,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OverlapReport {
    pub plans: usize,
    pub proposals: usize,
    /// Proposals for a place.
    #[serde(flatten)]
    pub places: PairReport,
    /// Proposals about a subject, without a place.
    pub subjects: PairReport,
}

/// Pairs of plans of different units: proposed as one act, and truly one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairReport {
    pub proposed_pairs: usize,
    pub true_pairs: usize,
    /// The share of the proposed pairs that are right, between 0 and 1.
    pub precision: f64,
    /// The share of the true pairs that were found, between 0 and 1.
    pub recall: f64,
    /// Identifiers and words of pairs that are none.
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
                let pairs = self.pairs(ids)?;
                self.joint.extend(pairs);
            }
            ["together", ids] => {
                let pairs = self.pairs(ids)?;
                self.together.extend(pairs);
            }
            _ => return Err("neither place, period, spot, plan, joint nor together with its columns"),
        }
        Ok(())
    }

    /// Every two of the plans.
    fn pairs(&self, ids: &str) -> Result<BTreeSet<(usize, usize)>, &'static str> {
        let plan = |id: &str| self.plans.iter().position(|plan| plan.id == id);
        let indexes: Option<Vec<usize>> = ids.split(' ').map(plan).collect();
        let indexes = indexes.ok_or("no plan of this name stands before this line")?;
        let mut pairs = BTreeSet::new();
        for (at, one) in indexes.iter().enumerate() {
            pairs.extend(indexes[at + 1..].iter().map(|other| (*one.min(other), *one.max(other))));
        }
        Ok(pairs)
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
    let pairs = |with_place: bool| pairs_of(&plans, &proposals, with_place);
    let (joint, together) = (&town.joint, &town.together);
    Ok(OverlapReport {
        plans: plans.len(),
        proposals: proposals.len(),
        places: compared(&town.plans, &pairs(true), joint),
        subjects: compared(&town.plans, &pairs(false), together),
    })
}

/// The proposed pairs of different units, of a place or of a subject.
fn pairs_of(plans: &[Plan<'_>], proposals: &[Proposal], with_place: bool) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    for proposal in proposals.iter().filter(|proposal| proposal.spot.is_some() == with_place) {
        for (at, one) in proposal.parts.iter().enumerate() {
            for other in &proposal.parts[at + 1..] {
                if plans[one.plan].unit != plans[other.plan].unit {
                    pairs.insert((one.plan.min(other.plan), one.plan.max(other.plan)));
                }
            }
        }
    }
    pairs
}

fn compared(
    plans: &[KeptPlan],
    proposed: &BTreeSet<(usize, usize)>,
    truth: &BTreeSet<(usize, usize)>,
) -> PairReport {
    let right = proposed.intersection(truth).count();
    let words = |index: usize| {
        plans.get(index).map_or_else(String::new, |plan| format!("{} {} {}", plan.id, plan.unit, plan.text))
    };
    let told = |pairs: &mut dyn Iterator<Item = &(usize, usize)>| {
        pairs.map(|(one, other)| [words(*one), words(*other)]).collect::<Vec<_>>()
    };
    PairReport {
        proposed_pairs: proposed.len(),
        true_pairs: truth.len(),
        precision: share(right, proposed.len()),
        recall: share(right, truth.len()),
        wrong: told(&mut proposed.difference(truth)),
        missed: told(&mut truth.difference(proposed)),
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expect(file: &str, precision: f64, recall: f64) {
        let report = evaluate_overlaps(file).unwrap();
        let places = &report.places;
        assert!(places.precision >= precision && places.recall >= recall, "{report:#?}");
        assert_eq!(report.subjects.proposed_pairs, 0, "what goes to places is about no other subject");
    }

    fn expect_subjects(file: &str, precision: f64, recall: f64) {
        let report = evaluate_overlaps(file).unwrap();
        println!("{report:#?}");
        assert!(report.subjects.precision >= precision && report.subjects.recall >= recall, "{report:#?}");
        assert_eq!(report.places.proposed_pairs, 0, "{report:#?}");
    }

    #[test]
    fn what_is_proposed_on_the_list_it_was_tuned_on_is_right_and_most_is_found() {
        expect(include_str!("../../data/plans.tsv"), 1.0, 1.0);
    }

    #[test]
    fn on_a_list_that_was_held_out_it_is_nearly_as_good() {
        expect(include_str!("../../data/plans_heldout.tsv"), 0.96, 0.98);
    }

    #[test]
    fn common_subjects_are_found_on_the_list_they_were_tuned_on_and_nothing_else_is() {
        expect_subjects(include_str!("../../data/subjects.tsv"), 1.0, 0.9);
    }

    #[test]
    fn common_subjects_of_a_held_out_list_are_seldom_wrong() {
        expect_subjects(include_str!("../../data/subjects_heldout.tsv"), 0.9, 0.5);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let error = evaluate_overlaps("place\t澄湾镇\nplan\t1\t水务所").unwrap_err();
        assert_eq!(error.line, 2);
    }
}
