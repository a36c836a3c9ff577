//! What a record says: one type for each kind, with its fields in the order in which they are disclosed.

use crate::affair::{self, Affair};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use shiji_domain::id::{ItemId, OrganizationId, PersonId, ProjectId, QuestionId};
use shiji_domain::issue::Standing;
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::link::ItemLink;
use shiji_domain::question::{QuestionKind, Step, Verdict, WithholdReason};
use shiji_domain::redaction::RedactionReason;
use shiji_domain::roster::FilingDuty;
use shiji_domain::working_day::Term;
use uuid::Uuid;

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
    /// A question was received: a commitment to its words, so that it cannot be made to disappear.
    Question,
    /// What happened to a question.
    QuestionStep,
    /// A key project with its baseline; what follows are its steps. The same for the pairs below.
    Project,
    ProjectStep,
    Directive,
    DirectiveStep,
    Difficulty,
    DifficultyStep,
    Visit,
    VisitStep,
    /// What everybody may know of a meeting.
    Minutes,
    /// The villages, firms and sites whose visits everybody may look up.
    Spots,
    /// The last entry of a log.
    LogEnd,
}

impl Kind {
    /// The first record of something that has a history.
    pub fn begins(self) -> bool {
        matches!(
            self,
            Kind::Item | Kind::Question | Kind::Project | Kind::Directive | Kind::Difficulty | Kind::Visit
        )
    }

    /// A record that names the one before it.
    pub fn goes_on(self) -> bool {
        matches!(
            self,
            Kind::Correction
                | Kind::QuestionStep
                | Kind::ProjectStep
                | Kind::DirectiveStep
                | Kind::DifficultyStep
                | Kind::VisitStep
        )
    }

    /// Counted by the closing line of its issue. Whatever can be published between two issues is not.
    pub fn is_counted(self) -> bool {
        matches!(self, Kind::Place | Kind::Roster | Kind::Report | Kind::Item | Kind::Answer | Kind::Absence)
    }
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
    #[serde(default)]
    pub leader: Option<String>,
    /// Name of the official B, who is asked when this one is away.
    #[serde(default)]
    pub deputy: Option<String>,
    /// Where to go.
    #[serde(default)]
    pub office_place: Option<String>,
    /// When somebody is there.
    #[serde(default)]
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
    /// The public question that it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<QuestionId>,
    /// What it belongs to, where that is public.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<ItemLink>,
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

/// A question as it was received. Its words are not here: only what proves them later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionFact {
    pub question: QuestionId,
    /// Counted from 1 in the place.
    pub number: i64,
    pub question_kind: QuestionKind,
    pub received_on: Date,
    /// The last day of the term.
    pub due_on: Date,
    /// The asker agreed to be read by everybody.
    pub is_public: bool,
    /// Whom it was put to; nobody yet when the asker did not know.
    pub person: Option<PersonId>,
    pub person_name: Option<String>,
    pub unit_name: Option<String>,
    /// The published item that it is about.
    pub item: Option<ItemId>,
    /// The key project that it is about. Records from before it could be told do not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectId>,
    /// SHA-256, hexadecimal, of a salt in base64url, a line feed, and the words as they came. The asker has the salt.
    pub words_commitment: String,
    /// How the term was counted. Records from before it was told do not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Term>,
}

/// One step of a question. Fields that the step does not have are empty and still there, so that what was taken away can be
/// told from what never was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionStepFact {
    pub question: QuestionId,
    pub number: i64,
    pub step: Step,
    pub on: Date,
    /// Name of the official who did it; none for what the asker did.
    pub by: Option<String>,
    /// The question's words, the answer, the asker's remark. Never words that the asker wants to keep private.
    pub text: Option<String>,
    /// Shown words are the whole words: the salt that proves them.
    pub words_salt: Option<String>,
    /// Of an extension or a handing over.
    pub reason: Option<String>,
    pub withheld: Option<WithholdReason>,
    pub due_on: Option<Date>,
    pub person: Option<PersonId>,
    pub person_name: Option<String>,
    pub unit_name: Option<String>,
    pub verdict: Option<Verdict>,
    /// Of an extension or a reopening: how the new term was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Term>,
    /// Of a masking: the revision of the step whose words read as this one says from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub masks: Option<i64>,
}

impl QuestionStepFact {
    /// A step that says nothing yet but which and when.
    pub fn new(question: QuestionId, number: i64, step: Step, on: Date) -> QuestionStepFact {
        QuestionStepFact {
            question,
            number,
            step,
            on,
            by: None,
            text: None,
            words_salt: None,
            reason: None,
            withheld: None,
            due_on: None,
            person: None,
            person_name: None,
            unit_name: None,
            verdict: None,
            term: None,
            masks: None,
        }
    }
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
    Question(QuestionFact),
    QuestionStep(QuestionStepFact),
    Affair(Affair),
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
            Fact::Question(_) => Kind::Question,
            Fact::QuestionStep(_) => Kind::QuestionStep,
            Fact::Affair(affair) => affair.kind(),
            Fact::LogEnd(_) => Kind::LogEnd,
        }
    }

    /// What it is about, when its own fields say so; its leaf names the same.
    pub fn subject(&self) -> Option<Uuid> {
        match self {
            Fact::Roster(fact) => Some(fact.person.0),
            Fact::Item(fact) => Some(fact.item.0),
            Fact::Answer(fact) => Some(fact.plan_item.0),
            Fact::Absence(fact) => Some(fact.person.0),
            Fact::Correction(fact) => Some(fact.item.item.0),
            Fact::Question(fact) => Some(fact.question.0),
            Fact::QuestionStep(fact) => Some(fact.question.0),
            Fact::Affair(affair) => Some(affair.subject()),
            Fact::Place(_) | Fact::Report(_) | Fact::Redaction(_) | Fact::Issue(_) | Fact::LogEnd(_) => None,
        }
    }
}

/// A field that came with another: in records without that one, it was never there and cannot have been taken away.
pub(crate) fn came_with(kind: Kind, name: &str) -> Option<&'static str> {
    match (kind, name) {
        (Kind::Roster, "office_place" | "office_hours") => Some("leader"),
        _ => None,
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
        Kind::QuestionStep => {
            &[("text", Nothing::Absent), ("words_salt", Nothing::Absent), ("reason", Nothing::Absent)]
        }
        Kind::Question | Kind::Place | Kind::Report | Kind::Redaction | Kind::Issue | Kind::LogEnd => &[],
        _ => affair::withholdable(kind),
    }
}
