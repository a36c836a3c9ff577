//! What a reader would miss in one item, and how concrete it is.

mod example;
mod feature;
mod finding;
mod model;
mod reading;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Work that was done, or work that is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Work,
    Plan,
}

/// How much of an item a resident could check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Concrete,
    Partly,
    Vague,
}

/// What is missing or amiss. The sentence for a reader is the Fluent message `finding-` and the name with hyphens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Only a set phrase such as 日常工作.
    EmptyFormula,
    /// A verb of intent without a thing it was done to.
    NoObject,
    /// A thing without an act.
    NoAct,
    Slogan,
    /// Words from above passed on.
    Relay,
    /// What others ought to do.
    Exhortation,
    /// Being present, without what was said or settled.
    Attendance,
    /// A success without the fact behind it.
    EffectClaimed,
    /// Figures that count nothing done.
    IdleFigure,
    NoPlace,
    NoAmount,
    NoDeadline,
    SeveralTasks,
    OwnCopy,
    ColleagueCopy,
    PersonalData,
}

impl FindingKind {
    /// The key of the Fluent message that says it.
    pub fn message(self) -> &'static str {
        match self {
            FindingKind::EmptyFormula => "finding-empty-formula",
            FindingKind::NoObject => "finding-no-object",
            FindingKind::NoAct => "finding-no-act",
            FindingKind::Slogan => "finding-slogan",
            FindingKind::Relay => "finding-relay",
            FindingKind::Exhortation => "finding-exhortation",
            FindingKind::Attendance => "finding-attendance",
            FindingKind::EffectClaimed => "finding-effect-claimed",
            FindingKind::IdleFigure => "finding-idle-figure",
            FindingKind::NoPlace => "finding-no-place",
            FindingKind::NoAmount => "finding-no-amount",
            FindingKind::NoDeadline => "finding-no-deadline",
            FindingKind::SeveralTasks => "finding-several-tasks",
            FindingKind::OwnCopy => "finding-own-copy",
            FindingKind::ColleagueCopy => "finding-colleague-copy",
            FindingKind::PersonalData => "finding-personal-data",
        }
    }
}

/// One thing to mend, with the part of the text it speaks of and the arguments of its sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub kind: FindingKind,
    /// Byte range in the text.
    pub part: Option<(usize, usize)>,
    pub args: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    pub verdict: Verdict,
    pub findings: Vec<Finding>,
}

/// Above this likelihood an item is called vague.
const VAGUE: f32 = 0.5;
/// An item more likely concrete than this is not called vague: calling good work vague does more harm.
const STILL_VAGUE: f32 = 0.4;
/// Above this likelihood an item that is not vague is called concrete.
const CONCRETE: f32 = 0.5;

/// Reads a single item, without knowledge of other items.
pub fn check(text: &str, kind: Kind) -> Check {
    let reading = reading::Reading::of(text);
    let verdict = verdict(&reading);
    let findings = finding::findings(text, &reading, verdict, kind);
    Check { verdict, findings }
}

/// An example of how the item could be written, made from its own words where it has any.
pub fn example_for(text: &str, kind: Kind) -> Option<String> {
    check(text, kind).findings.into_iter().find_map(|mut finding| finding.args.remove("example"))
}

/// Whose earlier item a copy repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Own,
    Colleague,
}

/// The finding for a hit of [`crate::Copies::near`]: `earlier` is the text found, `similarity` between 0 and 1.
pub fn copy_finding(origin: Origin, earlier: &str, similarity: f32) -> Finding {
    let kind = match origin {
        Origin::Own => FindingKind::OwnCopy,
        Origin::Colleague => FindingKind::ColleagueCopy,
    };
    let percent = (similarity * 100.0).round().clamp(0.0, 100.0);
    let args = BTreeMap::from([
        ("earlier".to_owned(), earlier.to_owned()),
        ("percent".to_owned(), percent.to_string()),
    ]);
    Finding { kind, part: None, args }
}

fn verdict(reading: &reading::Reading) -> Verdict {
    let likelihood = model::likelihood(reading);
    if likelihood.vague > VAGUE && likelihood.concrete < STILL_VAGUE {
        Verdict::Vague
    } else if likelihood.concrete > CONCRETE {
        Verdict::Concrete
    } else {
        Verdict::Partly
    }
}

/// The features of an item by name, for learning and for explaining a verdict.
pub fn features(text: &str) -> Vec<(String, f32)> {
    let mut found = Vec::new();
    feature::each_feature(&reading::Reading::of(text), |name, value| found.push((name.to_owned(), value)));
    found
}
