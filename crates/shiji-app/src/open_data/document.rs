//! The documents of issues, items, answers and changes. The comments are what readers of the specification see.

use super::field::{
    course, filing_duty, item_kind, outcome, question_kind, question_step, redaction_reason, standing,
    verdict, withhold_reason,
};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A place with a board of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Place {
    pub id: Uuid,
    /// First part of every address of the place.
    pub slug: String,
    pub name: String,
    pub name_en: String,
    /// As in the IANA database; all days are days of this zone.
    pub time_zone: String,
    /// Address of the place's API.
    pub api: String,
    /// Address of the place's board.
    pub board: String,
}

/// Every place of this installation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Places {
    pub data: Vec<Place>,
}

/// The terms under which the data may be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Licence {
    /// As in the SPDX list of licences.
    pub id: String,
    pub name: String,
    pub url: String,
    /// Whom to name.
    pub attribution: String,
}

/// Where one place's data begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Start {
    pub place: Place,
    pub licence: Licence,
    /// Number of the latest issue; null before the first.
    pub latest_issue: Option<i64>,
    /// Name of the transparency log in which the records stand, when there is one.
    pub log: Option<String>,
    pub links: Vec<Link>,
}

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Link {
    /// What it is.
    pub rel: String,
    /// Relative to the address of this document.
    pub href: String,
}

/// The head of one published issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Issue {
    /// From 1, without gaps.
    pub number: i64,
    /// Name of the place when the issue was published.
    pub place_name: String,
    pub first_day: Date,
    pub last_day: Date,
    pub published_on: Date,
    /// Officials with a duty to file.
    pub expected: i64,
    pub filed: i64,
    pub on_leave: i64,
    pub late: i64,
    /// Work and plan items.
    pub items: i64,
    /// The chair of the meeting; null when the issue was published by the calendar.
    pub closed_by: Option<String>,
    /// Address of the whole issue.
    pub url: String,
    /// Address of the issue as a table.
    pub csv: String,
}

/// An official as the issue has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct IssuePerson {
    pub id: Uuid,
    pub name: String,
    pub organization: Uuid,
    pub organization_name: String,
    /// Titles of the posts held on the last day of the issue.
    pub posts: Vec<String>,
    #[schema(schema_with = filing_duty)]
    pub filing_duty: String,
    #[schema(schema_with = standing)]
    pub standing: String,
    /// Who stood in, for somebody on leave.
    pub substitute: Option<String>,
    pub filed_on: Option<Date>,
    /// Who filed on this official's behalf.
    pub filed_by: Option<String>,
    pub office_telephone: Option<String>,
    /// Matters that the official is in charge of.
    pub duties: Vec<String>,
}

/// An official with a duty to file who did not file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Absence {
    pub issue: i64,
    pub person: Uuid,
    #[schema(schema_with = standing)]
    pub standing: String,
    /// Who stood in, for somebody on leave.
    pub substitute: Option<String>,
}

/// One issue with everything that stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WholeIssue {
    pub issue: Issue,
    /// In the order of the board.
    pub people: Vec<IssuePerson>,
    pub items: Vec<Item>,
    /// What became of the plan items of the issue before.
    pub answers: Vec<Answer>,
    /// Plan items of the issue before that got no answer.
    pub unanswered: Vec<Uuid>,
}

/// A line of work, or of the plan for the next period, as it reads now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Item {
    /// Stays the same through every correction.
    pub id: Uuid,
    pub issue: i64,
    pub person: Uuid,
    #[schema(schema_with = item_kind)]
    pub kind: String,
    /// From 1, within the person's items of this kind.
    pub position: i64,
    /// Null when the words were taken away.
    pub text: Option<String>,
    pub due_on: Option<Date>,
    /// Where it got stuck.
    pub difficulty: Option<String>,
    /// The plan item that this work answers.
    pub answers: Option<Uuid>,
    pub evidence: Vec<Evidence>,
    pub published_on: Date,
    /// From 1; each correction adds one.
    pub revision: i64,
    /// Why it was corrected; null when it never was.
    pub reason: Option<String>,
    pub corrected_by: Option<String>,
    /// The record's commitment, by which it is found in the log.
    pub commitment: String,
    /// Names of fields that were taken away; see the list of redactions.
    pub withheld: Vec<String>,
    /// Place of the record in the log; only in single items, whole issues and dumps, and only once it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_index: Option<u64>,
    /// What the item said before, the first words first.
    pub earlier: Vec<Revision>,
    /// What became of a plan item.
    pub answer: Option<ItemAnswer>,
    /// A plan item whose answer is due and was not given.
    pub unanswered: bool,
}

/// What an item said before it was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Revision {
    pub revision: i64,
    /// Null when the words were taken away.
    pub text: Option<String>,
    pub difficulty: Option<String>,
    pub published_on: Date,
    /// Why these words replaced those before; null for the first.
    pub reason: Option<String>,
    pub corrected_by: Option<String>,
    pub commitment: String,
    pub withheld: Vec<String>,
    /// As in the item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_index: Option<u64>,
}

/// A published photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Evidence {
    pub caption: String,
    pub media_type: String,
    /// Of the bytes, hexadecimal.
    pub sha256: String,
    pub url: String,
}

/// What became of a plan item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ItemAnswer {
    /// The issue that gave the answer.
    pub issue: i64,
    #[schema(schema_with = outcome)]
    pub outcome: String,
    pub reason: Option<String>,
    /// The work item with what was done.
    pub work_item: Option<Uuid>,
}

/// What became of a plan item of the issue before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Answer {
    pub plan_item: Uuid,
    /// The issue that gave the answer.
    pub issue: i64,
    pub person: Uuid,
    #[schema(schema_with = outcome)]
    pub outcome: String,
    pub reason: Option<String>,
    /// The work item with what was done.
    pub work_item: Option<Uuid>,
}

/// New words for a published item. The old ones stay beside it, in the item's `earlier`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Correction {
    pub item: Uuid,
    pub issue: i64,
    pub revision: i64,
    /// Null when the words were taken away.
    pub text: Option<String>,
    pub reason: Option<String>,
    pub corrected_by: Option<String>,
    pub published_on: Date,
    pub commitment: String,
    pub withheld: Vec<String>,
}

/// Published words that were taken away. Copies have to follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Redaction {
    /// What the record was about: an item, a plan item, a person or a question.
    pub subject: Uuid,
    pub issue: i64,
    /// Commitment of the record that lost the fields.
    pub target: String,
    pub fields: Vec<String>,
    #[schema(schema_with = redaction_reason)]
    pub reason: String,
    pub redacted_by: String,
    pub published_on: Date,
}

/// A resident's question, with everything that everybody may know of it. Who asked is in none of its fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Question {
    pub id: Uuid,
    /// From 1 in the place, without gaps: no question can disappear.
    pub number: i64,
    #[schema(schema_with = question_kind)]
    pub kind: String,
    pub received_on: Date,
    /// Last day of the term as it stands now, after what extended it.
    pub due_on: Date,
    /// Last day of the term as it was when the question came.
    pub first_due_on: Date,
    /// Whether the asker agreed to be read by everybody. If not, neither the words nor the answers are published anywhere.
    pub is_public: bool,
    /// The official whom it was put to when it came; null when the asker did not know whom to ask. Handing over is a step.
    pub person: Option<Uuid>,
    pub person_name: Option<String>,
    pub unit_name: Option<String>,
    /// The published item that it is about.
    pub item: Option<Uuid>,
    /// The key project that it is about.
    pub project: Option<Uuid>,
    #[schema(schema_with = course)]
    pub state: String,
    /// The day of the latest answer; null while there is none and after it was reopened.
    pub answered_on: Option<Date>,
    /// An answer came after its term.
    pub answered_late: bool,
    #[schema(schema_with = verdict)]
    pub verdict: Option<String>,
    #[schema(schema_with = withhold_reason)]
    pub withheld_reason: Option<String>,
    /// As they are shown, with parts masked where they named somebody. Null when the asker wanted it so, when nobody has looked at
    /// them yet, when the question was withheld, and when the words were taken away.
    pub words: Option<String>,
    /// Proves the words when nothing in them is masked; see `words_commitment`.
    pub words_salt: Option<String>,
    /// SHA-256, hexadecimal, of the salt, a line feed, and the words as they came.
    pub words_commitment: String,
    /// The record's commitment, by which it is found in the log.
    pub commitment: String,
    /// The first answer first.
    pub answers: Vec<QuestionAnswer>,
    /// What happened to it, in order.
    pub steps: Vec<QuestionStep>,
}

/// What was answered to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuestionAnswer {
    pub on: Date,
    /// The official who answered.
    pub by: Option<String>,
    /// Null when the question's words are, for the same reasons.
    pub text: Option<String>,
}

/// Something that happened to a question, in brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuestionStep {
    pub on: Date,
    #[schema(schema_with = question_step)]
    pub step: String,
    /// The official who did it; null for what the asker did.
    pub by: Option<String>,
    #[schema(schema_with = verdict)]
    pub verdict: Option<String>,
    #[schema(schema_with = withhold_reason)]
    pub withheld_reason: Option<String>,
    /// The new last day of the term, of `extended` and `reopened`.
    pub due_on: Option<Date>,
    /// Whom it was handed over to, of `moved`.
    pub person: Option<Uuid>,
    pub person_name: Option<String>,
    pub unit_name: Option<String>,
    /// Why, of `extended` and `moved`. Null when the words of the question are, for the same reasons.
    pub reason: Option<String>,
    /// Names of fields that were taken away; see the list of redactions.
    pub withheld: Vec<String>,
}

/// Everything of one year in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DumpYear {
    pub year: i16,
    /// Issues whose last day lies in the year.
    pub issues: i64,
    pub first_issue: i64,
    pub last_issue: i64,
    pub url: String,
}

/// The years that can be had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DumpYears {
    pub licence: Licence,
    pub data: Vec<DumpYear>,
}
