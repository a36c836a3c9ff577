//! The canonical form of a record: a small leaf that holds no words, and the disclosures that open it.

use crate::affair::Affair;
use crate::disclosure::{self, Disclosure, DisclosureError, SALT_LENGTH};
use crate::fact::{Fact, Kind, came_with, withholdable};
use crate::payload::{Payload, is_withheld, withhold};
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use shiji_domain::id::{PlaceId, RecordId};
use uuid::Uuid;

/// Grows when a field of the leaf is added or read otherwise.
const VERSION: u8 = 1;

/// What is committed to, in this order of fields, as UTF-8 JSON without white space.
///
/// Architecture invariant: no free text and nothing personal, ever; a leaf can never be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    pub v: u8,
    pub kind: Kind,
    pub place: PlaceId,
    /// What the record is about: the item, the person, or the place.
    pub id: Uuid,
    /// From 1; a correction adds one.
    pub revision: i64,
    /// The commitment of the revision before.
    pub replaces: Option<String>,
    /// See [`disclosure::commitment`].
    pub commitment: String,
    /// Number of the issue it belongs to.
    pub issue: i64,
    /// Day of publication in the place.
    pub day: Date,
}

impl Leaf {
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a leaf holds only strings, numbers and dates")
    }
}

/// One published, unchangeable thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub record_id: RecordId,
    pub leaf: Leaf,
    pub fact: Fact,
    /// In encoded form, in the order of the fact's fields; `sha256:…` for what was taken away.
    pub disclosures: Vec<String>,
    /// Names of the fields that were taken away; the fact holds nothing in their place.
    pub withheld: Vec<&'static str>,
}

/// What a leaf and its disclosures say together.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    pub leaf: Leaf,
    pub fact: Fact,
    pub withheld: Vec<&'static str>,
}

/// Where a record stands, apart from what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub record_id: RecordId,
    pub place: PlaceId,
    pub id: Uuid,
    pub revision: i64,
    pub replaces: Option<String>,
    pub issue: i64,
    pub day: Date,
}

#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    #[error("the leaf is not of this form: {0}")]
    Leaf(#[source] serde_json::Error),
    #[error("leaf version {0} is not known")]
    Version(u8),
    #[error(transparent)]
    Disclosure(#[from] DisclosureError),
    #[error("the leaf is not in its canonical form")]
    Canonical,
    #[error("the disclosures do not match the commitment")]
    Commitment,
    #[error("the fields speak of something else than the leaf names")]
    Subject,
    #[error("{0} disclosures are missing that can be no field that may be taken away")]
    Missing(usize),
    #[error("the fields are not those of a {kind:?}: {source}")]
    Fact {
        kind: Kind,
        #[source]
        source: serde_json::Error,
    },
}

impl Record {
    /// Builds a record; `salt` gives fresh randomness for each field.
    ///
    /// # Errors
    /// Only when a fact cannot be written as JSON, which no fact of this crate does.
    pub fn new(
        heading: Heading,
        fact: Fact,
        mut salt: impl FnMut() -> [u8; SALT_LENGTH],
    ) -> Result<Record, RecordError> {
        let kind = fact.kind();
        let fields = fields_of(&fact).map_err(|source| RecordError::Fact { kind, source })?;
        let disclosures: Vec<String> = fields
            .into_iter()
            .map(|(name, value)| Disclosure { salt: salt(), name, value }.encode())
            .collect();
        let leaf = Leaf {
            v: VERSION,
            kind,
            place: heading.place,
            id: heading.id,
            revision: heading.revision,
            replaces: heading.replaces,
            commitment: commitment_of(&disclosures),
            issue: heading.issue,
            day: heading.day,
        };
        Ok(Record { record_id: heading.record_id, leaf, fact, disclosures, withheld: Vec::new() })
    }

    /// Reads a stored record and proves it against its own commitment.
    ///
    /// # Errors
    /// Whatever does not hold together: an unknown leaf, a disclosure that was changed, added or lost.
    pub fn open(record_id: RecordId, leaf: &str, disclosures: Vec<String>) -> Result<Record, RecordError> {
        let Opened { leaf, fact, withheld } = Payload::from_stored(&disclosures).open(leaf)?;
        Ok(Record { record_id, leaf, fact, disclosures, withheld })
    }

    /// The record without the values and salts of the given fields; what it committed to stands.
    ///
    /// # Errors
    /// When a field is not one that may be taken away.
    pub fn without(&self, fields: &[&str]) -> Result<Record, RecordError> {
        let mut disclosures = Vec::with_capacity(self.disclosures.len());
        for entry in &self.disclosures {
            let taken = !is_withheld(entry) && fields.contains(&Disclosure::decode(entry)?.name.as_str());
            disclosures.push(if taken { withhold(entry) } else { entry.clone() });
        }
        Record::open(self.record_id, &self.leaf.to_json(), disclosures)
    }
}

/// Reads a leaf in its one form.
///
/// # Errors
/// An unknown version or kind, and every other spelling of the same leaf.
pub fn read_leaf(text: &str) -> Result<Leaf, RecordError> {
    let leaf: Leaf = serde_json::from_str(text).map_err(RecordError::Leaf)?;
    if leaf.v != VERSION {
        return Err(RecordError::Version(leaf.v));
    }
    if leaf.to_json() != text {
        return Err(RecordError::Canonical);
    }
    Ok(leaf)
}

/// Puts the disclosed fields together; `missing` of them were taken away.
pub(crate) fn open_fields(
    leaf: Leaf,
    fields: Vec<(String, Value)>,
    missing: usize,
) -> Result<Opened, RecordError> {
    let mut fields: Map<String, Value> = fields.into_iter().collect();
    let mut withheld = Vec::new();
    if missing > 0 {
        for (name, nothing) in withholdable(leaf.kind) {
            let was_known = came_with(leaf.kind, name).is_none_or(|other| fields.contains_key(other));
            if was_known && !fields.contains_key(*name) {
                fields.insert((*name).to_owned(), nothing.value());
                withheld.push(*name);
            }
        }
        if withheld.len() != missing {
            return Err(RecordError::Missing(missing));
        }
    }
    let kind = leaf.kind;
    let fact = fact_from(kind, Value::Object(fields)).map_err(|source| RecordError::Fact { kind, source })?;
    if !is_about(&leaf, &fact) {
        return Err(RecordError::Subject);
    }
    Ok(Opened { leaf, fact, withheld })
}

/// Whether the fact speaks of what its leaf names. Otherwise words could be put under one item whose history, by the
/// leaves, belongs to another.
fn is_about(leaf: &Leaf, fact: &Fact) -> bool {
    let says_more = match fact {
        Fact::Issue(fact) => fact.number == leaf.issue,
        Fact::Redaction(fact) => leaf.replaces.as_deref() == Some(fact.target.as_str()),
        _ => true,
    };
    says_more && fact.subject().is_none_or(|subject| subject == leaf.id)
}

fn commitment_of(disclosures: &[String]) -> String {
    let digests: Vec<String> = disclosures.iter().map(|encoded| disclosure::digest(encoded)).collect();
    disclosure::commitment(&digests)
}

/// The fields of a fact in their declared order.
fn fields_of(fact: &Fact) -> Result<Vec<(String, Value)>, serde_json::Error> {
    let pairs = match fact {
        Fact::Place(fact) => ordered(fact),
        Fact::Roster(fact) => ordered(fact),
        Fact::Report(fact) => ordered(fact),
        Fact::Item(fact) => ordered(fact),
        Fact::Answer(fact) => ordered(fact),
        Fact::Absence(fact) => ordered(fact),
        Fact::Correction(fact) => ordered(fact),
        Fact::Redaction(fact) => ordered(fact),
        Fact::Issue(fact) => ordered(fact),
        Fact::Question(fact) => ordered(fact),
        Fact::QuestionStep(fact) => ordered(fact),
        Fact::Affair(affair) => affair.to_value().map(entries),
        Fact::LogEnd(fact) => ordered(fact),
    }?;
    Ok(pairs)
}

fn ordered(fact: &impl Serialize) -> Result<Vec<(String, Value)>, serde_json::Error> {
    serde_json::to_value(fact).map(entries)
}

fn entries(fact: Value) -> Vec<(String, Value)> {
    match fact {
        Value::Object(map) => map.into_iter().collect(),
        other => vec![("value".into(), other)],
    }
}

fn fact_from(kind: Kind, fields: Value) -> Result<Fact, serde_json::Error> {
    fn read<T: DeserializeOwned>(fields: Value) -> Result<T, serde_json::Error> {
        serde_json::from_value(fields)
    }
    Ok(match kind {
        Kind::Place => Fact::Place(read(fields)?),
        Kind::Roster => Fact::Roster(read(fields)?),
        Kind::Report => Fact::Report(read(fields)?),
        Kind::Item => Fact::Item(read(fields)?),
        Kind::Answer => Fact::Answer(read(fields)?),
        Kind::Absence => Fact::Absence(read(fields)?),
        Kind::Correction => Fact::Correction(read(fields)?),
        Kind::Redaction => Fact::Redaction(read(fields)?),
        Kind::Issue => Fact::Issue(read(fields)?),
        Kind::Question => Fact::Question(read(fields)?),
        Kind::QuestionStep => Fact::QuestionStep(read(fields)?),
        Kind::LogEnd => Fact::LogEnd(read(fields)?),
        Kind::Project
        | Kind::ProjectStep
        | Kind::Directive
        | Kind::DirectiveStep
        | Kind::Difficulty
        | Kind::DifficultyStep
        | Kind::Visit
        | Kind::VisitStep
        | Kind::Minutes
        | Kind::Spots => return read_affair(kind, fields),
    })
}

fn read_affair(kind: Kind, fields: Value) -> Result<Fact, serde_json::Error> {
    use serde::de::Error as _;
    let affair = Affair::from_value(kind, fields)?;
    affair.map(Fact::Affair).ok_or_else(|| serde_json::Error::custom("a kind without a form"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{AnswerFact, ItemFact};
    use jiff::civil::date;
    use shiji_domain::id::{ItemId, PersonId};
    use shiji_domain::item::{ItemKind, Outcome};

    fn item() -> Fact {
        Fact::Item(ItemFact {
            item: ItemId(Uuid::from_u128(3)),
            person: PersonId(Uuid::from_u128(2)),
            item_kind: ItemKind::Work,
            position: 1,
            text: "为新装水表的42户登记用水合同".into(),
            due_on: None,
            difficulty: None,
            answers: None,
            evidence: vec![],
            question: None,
            links: vec![],
        })
    }

    fn record(fact: Fact) -> Record {
        let mut next = 0_u8;
        let heading = Heading {
            record_id: RecordId(Uuid::from_u128(9)),
            place: PlaceId(Uuid::from_u128(1)),
            id: Uuid::from_u128(3),
            revision: 1,
            replaces: None,
            issue: 47,
            day: date(2026, 11, 23),
        };
        let salt = || {
            next += 1;
            [next; SALT_LENGTH]
        };
        Record::new(heading, fact, salt).unwrap()
    }

    #[test]
    fn a_record_opens_from_its_leaf_and_disclosures() {
        let written = record(item());
        let opened =
            Record::open(written.record_id, &written.leaf.to_json(), written.disclosures.clone()).unwrap();
        assert_eq!(opened, written);
    }

    #[test]
    fn the_leaf_has_a_fixed_order_and_no_words_of_the_item() {
        let leaf = record(item()).leaf.to_json();
        assert!(
            leaf.starts_with(r#"{"v":1,"kind":"item","place":"00000000-0000-0000-0000-000000000001","id":""#),
            "{leaf}"
        );
        assert!(leaf.ends_with(r#","issue":47,"day":"2026-11-23"}"#), "{leaf}");
        assert!(!leaf.contains("水表"));
    }

    #[test]
    fn a_changed_lost_or_added_field_is_found() {
        let written = record(item());
        let leaf = written.leaf.to_json();
        let mut changed = written.disclosures.clone();
        changed[4] =
            Disclosure {
                salt: [9; SALT_LENGTH], name: "text".into(), value: "为新装水表的420户登记".into()
            }
            .encode();
        assert!(matches!(Record::open(written.record_id, &leaf, changed), Err(RecordError::Commitment)));
        let lost = written.disclosures[1..].to_vec();
        assert!(matches!(Record::open(written.record_id, &leaf, lost), Err(RecordError::Commitment)));
        let twice = [written.disclosures.clone(), vec![written.disclosures[0].clone()]].concat();
        assert!(matches!(Record::open(written.record_id, &leaf, twice), Err(RecordError::Commitment)));
    }

    #[test]
    fn words_that_were_taken_away_are_gone_and_the_rest_still_proves_itself() {
        let written = record(item());
        let without = written.without(&["text", "difficulty"]).unwrap();
        assert_eq!(without.withheld, ["text", "difficulty"]);
        assert_eq!(without.leaf, written.leaf);
        let Fact::Item(fact) = &without.fact else { panic!("{:?}", without.fact) };
        assert_eq!((fact.text.as_str(), fact.position), ("", 1));
        let stored = without.disclosures.join(" ");
        assert!(!stored.contains(&written.disclosures[4]), "the salt went with the words");
        assert_eq!(
            Record::open(written.record_id, &written.leaf.to_json(), without.disclosures.clone()).unwrap(),
            without
        );
        assert!(written.without(&["person"]).is_err(), "who it was cannot be taken away");
    }

    #[test]
    fn words_under_the_leaf_of_another_item_are_refused() {
        let Fact::Item(mut other) = item() else { panic!("an item") };
        other.item = ItemId(Uuid::from_u128(4));
        let written = record(Fact::Item(other));
        let opened = Record::open(written.record_id, &written.leaf.to_json(), written.disclosures);
        assert!(matches!(opened, Err(RecordError::Subject)), "{opened:?}");
    }

    #[test]
    fn another_spelling_of_a_leaf_is_refused() {
        let leaf = record(item()).leaf.to_json();
        assert!(read_leaf(&leaf).is_ok());
        assert!(matches!(read_leaf(&leaf.replace(r#""v":1,"#, r#""v": 1,"#)), Err(RecordError::Canonical)));
        assert!(matches!(read_leaf(&leaf.replace(r#""v":1"#, r#""v":2"#)), Err(RecordError::Version(2))));
        assert!(read_leaf(&leaf.replace(r#""issue":47"#, r#""issue":47,"note":"x""#)).is_err());
    }

    #[test]
    fn the_fields_are_disclosed_in_their_declared_order() {
        let answer = Fact::Answer(AnswerFact {
            plan_item: ItemId(Uuid::from_u128(4)),
            person: PersonId(Uuid::from_u128(2)),
            outcome: Outcome::Moved,
            reason: Some("连日下雨".into()),
            work_item: None,
        });
        let names: Vec<String> = record(answer)
            .disclosures
            .iter()
            .map(|encoded| Disclosure::decode(encoded).unwrap().name)
            .collect();
        assert_eq!(names, ["plan_item", "person", "outcome", "reason", "work_item"]);
    }
}
