//! From the records of what people do together to documents: pure, so that a verifier makes the same documents out of a log.

use super::affair_document::{Affair, AffairPerson, AffairRecord, AffairStep};
use super::item::LogIndexes;
use jiff::civil::Date;
use serde::Serialize;
use shiji_domain::id::PersonId;
use shiji_record::affair::{self as record, Doer};
use shiji_record::fact::Kind;
use shiji_record::projection::AffairRow;
use shiji_store::open_affair::PublishedAffair;
use uuid::Uuid;

/// What a document is made of.
pub struct AffairSource<'a> {
    /// First part of the place's addresses.
    pub slug: &'a str,
    pub published: &'a PublishedAffair,
    pub log: &'a LogIndexes,
    /// The day for which a project's standing is computed, where it is wanted.
    pub today: Option<Date>,
}

/// A document of one kind of affair.
pub trait AffairDocument: Serialize + Sized {
    const KIND: Kind;

    /// `None` when the first record is not of the kind.
    fn of(source: &AffairSource<'_>) -> Option<Self>;

    /// What all kinds have.
    fn into_affair(self) -> Affair;
}

/// What is different between the kinds.
#[derive(Default)]
pub(super) struct Head {
    pub number: Option<i64>,
    pub state: &'static str,
    pub text: Option<String>,
    pub on: Option<Date>,
    pub due_on: Option<Date>,
    pub people: Vec<AffairPerson>,
    /// Behind the place and the language.
    pub page: Option<String>,
}

impl AffairSource<'_> {
    pub(super) fn first(&self) -> Option<&record::Affair> {
        self.published.rows.first().map(|row| &row.affair)
    }

    pub(super) fn head(&self, head: Head) -> Option<Affair> {
        let (rows, slug) = (&self.published.rows, self.slug);
        let (first, last) = (rows.first()?, rows.last()?);
        let mut items: Vec<Uuid> = self.published.items.iter().map(|(_, item)| item.0).collect();
        items.dedup();
        Some(Affair {
            id: first.affair.subject(),
            number: head.number,
            published_on: first.published_on,
            changed_on: last.published_on,
            state: head.state.to_owned(),
            text: head.text,
            on: head.on,
            due_on: head.due_on,
            people: head.people,
            items,
            records: rows.iter().map(|row| self.record(row)).collect(),
            page: head.page.map(|page| format!("/{slug}/zh/{page}")),
        })
    }

    fn record(&self, row: &AffairRow) -> AffairRecord {
        AffairRecord {
            revision: row.revision,
            published_on: row.published_on,
            commitment: row.commitment.clone(),
            withheld: row.withheld.clone(),
            log_index: self.log.get(&row.commitment).copied(),
        }
    }

    /// Everything after what it began with, in order.
    pub(super) fn steps(&self) -> Vec<AffairStep> {
        self.published.rows.iter().filter_map(step).collect()
    }
}

/// Nothing, rather than the empty words that stand in the place of what was taken away.
pub(super) fn words(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

pub(super) fn person(part: &str, person: Option<PersonId>, name: Option<&str>) -> AffairPerson {
    AffairPerson {
        part: part.to_owned(),
        person: person.map(|id| id.0),
        name: name.map(str::to_owned),
        organization_name: None,
    }
}

pub(super) fn doer(part: &str, doer: &Doer) -> AffairPerson {
    AffairPerson { organization_name: words(&doer.unit), ..person(part, Some(doer.person), Some(&doer.name)) }
}

/// One step, whatever it is a step of.
fn step(row: &AffairRow) -> Option<AffairStep> {
    let step = match &row.affair {
        record::Affair::ProjectStep(fact) => super::affair_project::step(fact),
        record::Affair::DirectiveStep(fact) => AffairStep {
            on: fact.on,
            step: fact.step.clone(),
            by: words(&fact.by),
            text: fact.text.clone(),
            to: fact.due_on,
            position: fact.position,
            item: fact.item.map(|id| id.0),
            person: fact.owner.map(|id| id.0),
            ..AffairStep::default()
        },
        record::Affair::DifficultyStep(fact) => AffairStep {
            on: fact.on,
            step: fact.step.clone(),
            by: words(&fact.by),
            text: fact.text.clone(),
            to: fact.due_on,
            item: fact.item.map(|id| id.0),
            person_name: fact.to_name.clone().or_else(|| fact.solved_by.clone()),
            ..AffairStep::default()
        },
        record::Affair::VisitStep(fact) => AffairStep {
            on: fact.on,
            step: fact.step.clone(),
            by: words(&fact.by),
            text: fact.text.clone(),
            to: fact.to,
            item: fact.item.map(|id| id.0),
            person: fact.who.as_ref().map(|who| who.person.0),
            person_name: fact.who.as_ref().map(|who| who.name.clone()),
            organization_name: fact.who.as_ref().map(|who| who.unit.clone()),
            ..AffairStep::default()
        },
        _ => return None,
    };
    Some(AffairStep { revision: row.revision, ..step })
}
