//! What a record says: one type for each kind, with its fields in the order in which they are disclosed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use shiji_domain::id::{ItemId, OrganizationId, PersonId};
use shiji_domain::issue::Standing;
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::redaction::RedactionReason;
use shiji_domain::roster::FilingDuty;

/// The kind of a record as it stands in its leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What the place is called; stands before everything else, and again when it changes.
    Place,
    /// Who was expected to file: so that an absence is provable.
    Roster,
    Report,
    Item,
    Answer,
    Absence,
    Correction,
    /// Some fields of an earlier record were taken away.
    Redaction,
    /// The closing line of an issue, with the count of its records.
    Issue,
    /// The last entry of a log.
    LogEnd,
}

/// A post as the public sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicPost {
    pub title: String,
    pub unit: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
}

/// All that a reader of the records alone needs to lay out the pages of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceFact {
    /// First part of every address.
    pub slug: String,
    pub name: String,
    pub name_en: String,
    /// As in the IANA database.
    pub time_zone: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterFact {
    pub person: PersonId,
    pub name: String,
    pub unit: OrganizationId,
    pub unit_name: String,
    /// Place of the unit, then of the person in it, on the board.
    pub order: i64,
    pub posts: Vec<PublicPost>,
    pub filing_duty: FilingDuty,
    pub office_telephone: Option<String>,
    pub duties: Vec<String>,
    /// Name of the leader in charge. Records from before it was public do not have it, nor what follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader: Option<String>,
    /// Name of the official B, who is asked when this one is away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy: Option<String>,
    /// Where to go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office_place: Option<String>,
    /// When somebody is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office_hours: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFact {
    pub person: PersonId,
    pub filed_on: Date,
    /// The delegate's name, when somebody else filed.
    pub filed_by: Option<String>,
}

/// A photo or file that the official made public, by its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicEvidence {
    pub caption: String,
    pub media_type: String,
    /// SHA-256 of the bytes, hexadecimal; also the file's name.
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemFact {
    pub item: ItemId,
    pub person: PersonId,
    pub item_kind: ItemKind,
    /// From 1, within the person's items of this kind.
    pub position: i64,
    pub text: String,
    pub due_on: Option<Date>,
    pub difficulty: Option<String>,
    /// The plan item of the issue before that this work answers.
    pub answers: Option<ItemId>,
    pub evidence: Vec<PublicEvidence>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerFact {
    /// The plan item of the issue before.
    pub plan_item: ItemId,
    pub person: PersonId,
    pub outcome: Outcome,
    pub reason: Option<String>,
    pub work_item: Option<ItemId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbsenceFact {
    pub person: PersonId,
    /// On leave or late.
    pub standing: Standing,
    /// The substitute's name.
    pub substitute: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionFact {
    /// Field by field, so that each can be taken away alone.
    #[serde(flatten)]
    pub item: ItemFact,
    pub reason: String,
    pub corrected_by: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedactionFact {
    /// The record's commitment; its leaf also names it as what is replaced.
    pub target: String,
    /// Names of the fields that were taken away.
    pub fields: Vec<String>,
    pub reason: RedactionReason,
    /// Name of the clerk who took them away.
    pub redacted_by: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueFact {
    pub number: i64,
    pub place_name: String,
    pub first_day: Date,
    pub last_day: Date,
    pub expected: i64,
    pub filed: i64,
    pub on_leave: i64,
    pub late: i64,
    pub items: i64,
    /// Records of this issue before this one.
    pub records: i64,
    /// The chair's name; none when the issue was published on schedule without a meeting.
    pub closed_by: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEndFact {
    /// Verifier key of the log that goes on, if one does.
    pub successor: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    Place(PlaceFact),
    Roster(RosterFact),
    Report(ReportFact),
    Item(ItemFact),
    Answer(AnswerFact),
    Absence(AbsenceFact),
    Correction(CorrectionFact),
    Redaction(RedactionFact),
    Issue(IssueFact),
    LogEnd(LogEndFact),
}

impl Fact {
    pub fn kind(&self) -> Kind {
        match self {
            Fact::Place(_) => Kind::Place,
            Fact::Roster(_) => Kind::Roster,
            Fact::Report(_) => Kind::Report,
            Fact::Item(_) => Kind::Item,
            Fact::Answer(_) => Kind::Answer,
            Fact::Absence(_) => Kind::Absence,
            Fact::Correction(_) => Kind::Correction,
            Fact::Redaction(_) => Kind::Redaction,
            Fact::Issue(_) => Kind::Issue,
            Fact::LogEnd(_) => Kind::LogEnd,
        }
    }
}

/// What stands in the place of a field that was taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nothing {
    Words,
    Absent,
    List,
}

impl Nothing {
    pub(crate) fn value(self) -> Value {
        match self {
            Nothing::Words => Value::String(String::new()),
            Nothing::Absent => Value::Null,
            Nothing::List => Value::Array(Vec::new()),
        }
    }
}

/// The fields of a kind that may be taken away: people's words and what could name a person. Who, when, how many and what
/// became of it stay.
pub fn withholdable(kind: Kind) -> &'static [(&'static str, Nothing)] {
    match kind {
        Kind::Item => {
            &[("text", Nothing::Words), ("difficulty", Nothing::Absent), ("evidence", Nothing::List)]
        }
        Kind::Correction => &[
            ("text", Nothing::Words),
            ("difficulty", Nothing::Absent),
            ("evidence", Nothing::List),
            ("reason", Nothing::Words),
        ],
        Kind::Answer => &[("reason", Nothing::Absent)],
        Kind::Absence => &[("substitute", Nothing::Absent)],
        Kind::Roster => &[
            ("office_telephone", Nothing::Absent),
            ("duties", Nothing::List),
            ("office_place", Nothing::Absent),
            ("office_hours", Nothing::Absent),
        ],
        Kind::Place | Kind::Report | Kind::Redaction | Kind::Issue | Kind::LogEnd => &[],
    }
}
