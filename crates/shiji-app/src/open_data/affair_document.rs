//! The documents of what people do together. The comments are what readers of the specification see.

use super::field::{affair_part, affair_state, affair_step, directive_source, project_status, spot_kind};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Something that people do together, apart from the items of a week: a project, a directive, a difficulty, a visit, or the
/// minutes of a meeting. All five have these fields in the same meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Affair {
    pub id: Uuid,
    /// Of a directive, from 1 in the place without gaps. Of minutes, the issue that the meeting published. Otherwise null.
    pub number: Option<i64>,
    /// The day on which it became public.
    pub published_on: Date,
    /// The day of the latest record about it; a redaction is none.
    pub changed_on: Date,
    #[schema(schema_with = affair_state)]
    pub state: String,
    /// The name of a project, the words of a directive, what is in the way, or what a visit is for. Null when the words were taken
    /// away, and for minutes.
    pub text: Option<String>,
    /// The day of a visit, as it stands now, or of a meeting.
    pub on: Option<Date>,
    /// The day by which a directive is carried out, or a difficulty is answered, as it stands now. An open one is overdue after it.
    pub due_on: Option<Date>,
    /// As it stands now.
    pub people: Vec<AffairPerson>,
    /// Published items that belong to it.
    pub items: Vec<Uuid>,
    /// What was published about it, in order: first what it began with, then each step.
    pub records: Vec<AffairRecord>,
    /// Address of the page that everybody reads; null where its words are taken away, and of a visit to no place.
    pub page: Option<String>,
}

/// Somebody, or a unit, with a part in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AffairPerson {
    #[schema(schema_with = affair_part)]
    pub part: String,
    /// Null for a unit, and for the chair of a meeting.
    pub person: Option<Uuid>,
    /// As the record has it; null for whoever raised a difficulty, who is named with the item.
    pub name: Option<String>,
    pub organization_name: Option<String>,
}

/// Where one record of it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AffairRecord {
    /// From 1: what it begins with.
    pub revision: i64,
    pub published_on: Date,
    /// The record's commitment, by which it is found in the log.
    pub commitment: String,
    /// Names of fields of the record that were taken away; see the list of redactions.
    pub withheld: Vec<String>,
    /// Its place in the log, once it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_index: Option<u64>,
}

/// Something that happened to it. Fields that a step does not have are null.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ToSchema)]
pub struct AffairStep {
    /// Which of the `records` says so.
    pub revision: i64,
    pub on: Date,
    #[schema(schema_with = affair_step)]
    pub step: String,
    /// Who did it; null for what the calendar does by itself.
    pub by: Option<String>,
    /// The reason, the answer, or what else was said with it. Null when nothing was, and when the words were taken away (the
    /// record's `reason` or `text` stands in its `withheld`).
    pub text: Option<String>,
    /// The forecast before, of `shifted`.
    pub from: Option<Date>,
    /// The new day: a milestone's forecast, the day on which it was reached, or, of `added`, its promised day; the new term of a
    /// directive or a difficulty; the new day of a visit.
    pub to: Option<Date>,
    /// The milestone that it is about.
    pub milestone: Option<Uuid>,
    /// Name of a milestone that was added.
    pub milestone_name: Option<String>,
    /// Which task of a directive, from 1.
    pub position: Option<i64>,
    /// The item that shows it. It may be one that is not published yet.
    pub item: Option<Uuid>,
    /// The owner who accepted or objected; who leads, joined or stepped out of a visit; who leads a project from then on.
    pub person: Option<Uuid>,
    /// The same by name; also whom a difficulty went up to, or who solved it.
    pub person_name: Option<String>,
    pub organization_name: Option<String>,
    /// Of `described`: the project as it is described from then on.
    pub description: Option<ProjectDescription>,
}

/// What a project is, apart from its timetable. Null where it was not told or was taken away.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ToSchema)]
pub struct ProjectDescription {
    pub aim: Option<String>,
    pub units: Vec<String>,
    /// As stated, with its unit.
    pub money: Option<String>,
    pub site: Option<String>,
}

/// A key project with its timetable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Project {
    #[serde(flatten)]
    pub affair: Affair,
    pub description: ProjectDescription,
    pub started_on: Option<Date>,
    /// How it stands on a day; in dumps it is left out, since it is another on other days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<ProjectStanding>,
    /// By the day that was promised.
    pub milestones: Vec<Milestone>,
    /// What happened to it, in order.
    pub steps: Vec<AffairStep>,
}

/// How a project stands, computed and not stated. `finished` and `stopped`: it was declared so. Otherwise a milestone that is not
/// reached counts with its forecast, or with today where the forecast has passed; one that was late already when it was dropped
/// goes on counting by the days that it was late then. `behind`: at least one comes later than promised. `ahead`: none does, and
/// the next one is expected earlier than promised. `on-time`: everything else; where all are reached, the day of the last decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProjectStanding {
    /// The day for which it was computed: today in the place.
    pub on: Date,
    #[schema(schema_with = project_status)]
    pub status: String,
}

/// A milestone: what was promised, what is expected, what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Milestone {
    pub id: Uuid,
    pub name: String,
    /// It stood in the baseline, which never changes; otherwise it was added afterwards.
    pub in_baseline: bool,
    /// Never changes.
    pub promised_on: Date,
    pub forecast_on: Date,
    pub reached_on: Option<Date>,
    /// The day on which it was said that it will not be built.
    pub dropped_on: Option<Date>,
    /// Each move of the forecast, the first one first.
    pub shifts: Vec<Shift>,
    /// Published items that moved it.
    pub items: Vec<Uuid>,
}

/// A move of a milestone's forecast.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Shift {
    /// The day on which it was published.
    pub on: Date,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Null when the words were taken away.
    pub reason: Option<String>,
    pub by: String,
}

/// An order from a leader or the meeting that was made public. Internal ones are nowhere, and have no number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Directive {
    #[serde(flatten)]
    pub affair: Affair,
    pub given_on: Date,
    /// The day by which it was to be carried out when it was given.
    pub first_due_on: Date,
    #[schema(schema_with = directive_source)]
    pub source: String,
    /// The number of the document, the place that was inspected, and so on.
    pub source_text: Option<String>,
    /// What is to be done one by one; the record calls it `steps`. Empty when there is nothing of the kind and when the words were
    /// taken away.
    pub tasks: Vec<Task>,
    /// What happened to it, in order.
    pub steps: Vec<AffairStep>,
}

/// One of the things that a directive names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Task {
    /// From 1.
    pub position: i64,
    pub text: String,
    /// The day that its words name.
    pub due_on: Option<Date>,
    /// The item by which it was done; null while it is not.
    pub done_by: Option<Uuid>,
}

/// Where work got stuck and who was asked for help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Difficulty {
    #[serde(flatten)]
    pub affair: Affair,
    /// The item on which it was told.
    pub item: Uuid,
    pub raised_on: Date,
    /// The day by which it was to be answered when it was raised.
    pub first_due_on: Date,
    /// What happened to it, in order.
    pub steps: Vec<AffairStep>,
}

/// Several units on one day at one place. One that those who are visited do not know of is published once it was held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Visit {
    #[serde(flatten)]
    pub affair: Affair,
    #[schema(schema_with = spot_kind)]
    pub spot_kind: String,
    /// The place, or for a `subject` what it is about. Null when the words were taken away.
    pub spot: Option<String>,
    /// Its day when it became public.
    pub first_on: Date,
    /// What happened to it, in order.
    pub steps: Vec<AffairStep>,
}

/// What everybody may know of the meeting that published an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Minutes {
    #[serde(flatten)]
    pub affair: Affair,
    /// How long it took.
    pub minutes: i64,
    /// Reports that were heard.
    pub heard: i64,
    /// Reports and items that were sent back.
    pub returned: i64,
    /// What was decided, in the words of the public directives. Empty when nothing was, and when the words were taken away.
    pub decisions: Vec<String>,
}
