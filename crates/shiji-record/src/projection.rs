//! The public projection: what the board shows, derived from records by a pure function (invariant 3).
//!
//! Each record becomes exactly one row, whatever came before it; so one issue can be added, or everything be derived
//! anew, and the rows are the same. Only the last entry of a log becomes none: it is no town's.

use crate::affair::Affair;
use crate::canonical::Record;
use crate::fact::{
    AbsenceFact, AnswerFact, Fact, IssueFact, ItemFact, PlaceFact, QuestionFact, QuestionStepFact,
    RedactionFact, ReportFact, RosterFact,
};
use jiff::civil::Date;
use shiji_domain::id::PlaceId;
use uuid::Uuid;

/// A row of a public table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub place: PlaceId,
    /// Number of the issue the row belongs to.
    pub issue: i64,
    pub body: Body,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    Place(PlaceFact),
    Roster(RosterFact),
    Report(ReportFact),
    Item(ItemRow),
    Answer(AnswerFact),
    Absence(AbsenceFact),
    Redaction { subject: Uuid, fact: RedactionFact, published_on: Date },
    Issue { fact: IssueFact, published_on: Date },
    Question { fact: QuestionFact, commitment: String },
    QuestionStep(QuestionStepRow),
    Affair(AffairRow),
}

/// One record of a project, directive, difficulty, visit or meeting, in its place among the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AffairRow {
    pub affair: Affair,
    /// From 1: what it begins with.
    pub revision: i64,
    pub published_on: Date,
    pub commitment: String,
    /// Names of the fields that were taken away.
    pub withheld: Vec<String>,
}

/// A step of a question, in its place among the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionStepRow {
    pub fact: QuestionStepFact,
    /// From 2: the question itself is 1.
    pub revision: i64,
    /// Names of the fields that were taken away.
    pub withheld: Vec<String>,
}

/// One revision of an item; the highest is what the item says now, the others what it said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRow {
    pub fact: ItemFact,
    pub revision: i64,
    pub published_on: Date,
    /// Only on a correction.
    pub reason: Option<String>,
    pub corrected_by: Option<String>,
    pub commitment: String,
    /// Names of the fields that were taken away.
    pub withheld: Vec<String>,
}

pub fn derive(record: &Record) -> Option<Row> {
    let leaf = &record.leaf;
    let item_row = |fact: &ItemFact, reason: Option<String>, corrected_by: Option<String>| {
        Body::Item(ItemRow {
            fact: fact.clone(),
            revision: leaf.revision,
            published_on: leaf.day,
            reason,
            corrected_by,
            commitment: leaf.commitment.clone(),
            withheld: record.withheld.iter().map(|name| (*name).to_owned()).collect(),
        })
    };
    let body = match &record.fact {
        Fact::Place(fact) => Body::Place(fact.clone()),
        Fact::Roster(fact) => Body::Roster(fact.clone()),
        Fact::Report(fact) => Body::Report(fact.clone()),
        Fact::Item(fact) => item_row(fact, None, None),
        Fact::Correction(fact) => {
            item_row(&fact.item, Some(fact.reason.clone()), Some(fact.corrected_by.clone()))
        }
        Fact::Answer(fact) => Body::Answer(fact.clone()),
        Fact::Absence(fact) => Body::Absence(fact.clone()),
        Fact::Redaction(fact) => {
            Body::Redaction { subject: leaf.id, fact: fact.clone(), published_on: leaf.day }
        }
        Fact::Issue(fact) => Body::Issue { fact: fact.clone(), published_on: leaf.day },
        Fact::Question(fact) => Body::Question { fact: fact.clone(), commitment: leaf.commitment.clone() },
        Fact::QuestionStep(fact) => Body::QuestionStep(QuestionStepRow {
            fact: fact.clone(),
            revision: leaf.revision,
            withheld: record.withheld.iter().map(|name| (*name).to_owned()).collect(),
        }),
        Fact::Affair(affair) => Body::Affair(AffairRow {
            affair: affair.clone(),
            revision: leaf.revision,
            published_on: leaf.day,
            commitment: leaf.commitment.clone(),
            withheld: record.withheld.iter().map(|name| (*name).to_owned()).collect(),
        }),
        Fact::LogEnd(_) => return None,
    };
    Some(Row { place: leaf.place, issue: leaf.issue, body })
}
