//! Orders on the working side: words, owners and helpers, and everything that happened, public or not.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use jiff::civil::Date;
use shiji_domain::directive::{Course, Part, Source};
use shiji_domain::id::{DirectiveId, MeetingId, PersonId, PlaceId, QuestionId};
use shiji_record::affair::DirectiveStepFact;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    pub directive_id: DirectiveId,
    /// Counted from 1 among the public ones; internal ones have none.
    pub number: Option<i64>,
    pub body: String,
    pub giver_id: PersonId,
    pub source: Source,
    pub source_text: Option<String>,
    pub question_id: Option<QuestionId>,
    /// Given while this meeting was held.
    pub meeting_id: Option<MeetingId>,
    pub given_at: i64,
    pub given_on: Date,
    pub steps: Vec<String>,
    /// The days that the steps' words name, as many as steps; none when no step has one.
    pub step_days: Vec<Option<Date>>,
    pub course: Course,
}

impl Directive {
    /// Everybody may know of it.
    pub fn is_public(&self) -> bool {
        self.number.is_some()
    }
}

/// An owner or helper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectivePerson {
    pub person_id: PersonId,
    pub part: Part,
    /// When they first opened it.
    pub seen_at: Option<i64>,
}

/// What happened, as the working side keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptEvent {
    pub at: i64,
    pub fact: DirectiveStepFact,
}

macro_rules! columns {
    ($prefix:literal) => {
        concat!(
            $prefix,
            "directive_id, ",
            $prefix,
            "number, ",
            $prefix,
            "body, ",
            $prefix,
            "giver_id, ",
            $prefix,
            "source, ",
            $prefix,
            "source_text, ",
            $prefix,
            "question_id, ",
            $prefix,
            "meeting_id, ",
            $prefix,
            "given_at, ",
            $prefix,
            "given_on, ",
            $prefix,
            "steps, ",
            $prefix,
            "step_days, ",
            $prefix,
            "course"
        )
    };
}

fn directive_of(row: &Row) -> Result<Directive, StoreError> {
    Ok(Directive {
        directive_id: row.parsed("directive_id")?,
        number: row.optional_int("number")?,
        body: row.text("body")?,
        giver_id: row.parsed("giver_id")?,
        source: row.code("source", Source::from_code)?,
        source_text: row.optional_text("source_text")?,
        question_id: row.optional_parsed("question_id")?,
        meeting_id: row.optional_parsed("meeting_id")?,
        given_at: row.int("given_at")?,
        given_on: row.parsed("given_on")?,
        steps: row.json("steps")?,
        step_days: match row.optional_text("step_days")? {
            Some(_) => row.json("step_days")?,
            None => Vec::new(),
        },
        course: row.json("course")?,
    })
}

/// The number of the next public order.
pub async fn next_number(tx: &mut Tx, place: PlaceId) -> Result<i64, StoreError> {
    let sql = "SELECT max(number) AS latest FROM directive WHERE place_id = $1";
    let row = tx.fetch_optional(sql, &[place.into()]).await?;
    Ok(row.map_or(Ok(None), |row| row.optional_int("latest"))?.unwrap_or(0) + 1)
}

pub async fn insert_directive(
    tx: &mut Tx,
    place: PlaceId,
    directive: &Directive,
    people: &[DirectivePerson],
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO directive (place_id, directive_id, number, body, giver_id, source, source_text, question_id, \
         meeting_id, given_at, given_on, due_on, steps, is_open, course, step_days) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        &[
            place.into(),
            directive.directive_id.into(),
            directive.number.into(),
            (&directive.body).into(),
            directive.giver_id.into(),
            directive.source.code().into(),
            directive.source_text.clone().into(),
            directive.question_id.into(),
            directive.meeting_id.into(),
            directive.given_at.into(),
            directive.given_on.into(),
            directive.course.due_on.into(),
            serde_json::to_string(&directive.steps)?.into(),
            directive.course.is_open().into(),
            serde_json::to_string(&directive.course)?.into(),
            serde_json::to_string(&directive.step_days)?.into(),
        ],
    )
    .await?;
    for (order, person) in (0_i64..).zip(people) {
        tx.execute(
            "INSERT INTO directive_person (place_id, directive_id, person_id, part, sort_order, seen_at, is_open) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[
                place.into(),
                directive.directive_id.into(),
                person.person_id.into(),
                person.part.code().into(),
                order.into(),
                person.seen_at.into(),
                directive.course.is_open().into(),
            ],
        )
        .await?;
    }
    Ok(())
}

/// Keeps what can change.
pub async fn update_course(tx: &mut Tx, place: PlaceId, directive: &Directive) -> Result<(), StoreError> {
    let open = directive.course.is_open();
    tx.execute(
        "UPDATE directive SET due_on = $3, is_open = $4, course = $5 WHERE place_id = $1 AND directive_id = $2",
        &[
            place.into(),
            directive.directive_id.into(),
            directive.course.due_on.into(),
            open.into(),
            serde_json::to_string(&directive.course)?.into(),
        ],
    )
    .await?;
    let sql = "UPDATE directive_person SET is_open = $3 WHERE place_id = $1 AND directive_id = $2";
    tx.execute(sql, &[place.into(), directive.directive_id.into(), open.into()]).await?;
    Ok(())
}

pub async fn directive(
    tx: &mut Tx,
    place: PlaceId,
    id: DirectiveId,
) -> Result<Option<Directive>, StoreError> {
    let sql = concat!("SELECT ", columns!(""), " FROM directive WHERE place_id = $1 AND directive_id = $2");
    tx.fetch_optional(sql, &[place.into(), id.into()]).await?.as_ref().map(directive_of).transpose()
}

/// Owners first, in their order.
pub async fn people_of(
    tx: &mut Tx,
    place: PlaceId,
    id: DirectiveId,
) -> Result<Vec<DirectivePerson>, StoreError> {
    let sql = "SELECT person_id, part, seen_at FROM directive_person WHERE place_id = $1 AND directive_id = $2 \
               ORDER BY sort_order";
    let rows = tx.fetch_all(sql, &[place.into(), id.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(DirectivePerson {
                person_id: row.parsed("person_id")?,
                part: row.code("part", Part::from_code)?,
                seen_at: row.optional_int("seen_at")?,
            })
        })
        .collect()
}

/// The first time stays.
pub async fn mark_seen(
    tx: &mut Tx,
    place: PlaceId,
    id: DirectiveId,
    person: PersonId,
    at: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE directive_person SET seen_at = $4 \
               WHERE place_id = $1 AND directive_id = $2 AND person_id = $3 AND seen_at IS NULL";
    tx.execute(sql, &[place.into(), id.into(), person.into(), at.into()]).await?;
    Ok(())
}

/// Open orders that a person owns or helps with, the most urgent first.
pub async fn open_of(tx: &mut Tx, place: PlaceId, person: PersonId) -> Result<Vec<Directive>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!("d."),
        " FROM directive_person p JOIN directive d ON d.place_id = p.place_id AND d.directive_id = p.directive_id \
         WHERE p.place_id = $1 AND p.person_id = $2 AND p.is_open ORDER BY d.due_on, d.directive_id"
    );
    tx.fetch_all(sql, &[place.into(), person.into()]).await?.iter().map(directive_of).collect()
}

/// Ended ones, the newest first.
pub async fn ended_of(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    most: i64,
) -> Result<Vec<Directive>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!("d."),
        " FROM directive_person p JOIN directive d ON d.place_id = p.place_id AND d.directive_id = p.directive_id \
         WHERE p.place_id = $1 AND p.person_id = $2 AND NOT p.is_open ORDER BY d.given_at DESC, d.directive_id LIMIT $3"
    );
    let values = [place.into(), person.into(), most.into()];
    tx.fetch_all(sql, &values).await?.iter().map(directive_of).collect()
}

/// What a person gave: open ones first, then the newest.
pub async fn given_by(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    most: i64,
) -> Result<Vec<Directive>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(""),
        " FROM directive WHERE place_id = $1 AND giver_id = $2 ORDER BY is_open DESC, given_at DESC, directive_id LIMIT $3"
    );
    let values = [place.into(), person.into(), most.into()];
    tx.fetch_all(sql, &values).await?.iter().map(directive_of).collect()
}

/// Everything open in the place, the most urgent first.
pub async fn all_open(tx: &mut Tx, place: PlaceId) -> Result<Vec<Directive>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(""),
        " FROM directive WHERE place_id = $1 AND is_open ORDER BY due_on, directive_id"
    );
    tx.fetch_all(sql, &[place.into()]).await?.iter().map(directive_of).collect()
}

/// The newest that have ended.
pub async fn all_ended(tx: &mut Tx, place: PlaceId, most: i64) -> Result<Vec<Directive>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(""),
        " FROM directive WHERE place_id = $1 AND NOT is_open ORDER BY given_at DESC, directive_id LIMIT $2"
    );
    tx.fetch_all(sql, &[place.into(), most.into()]).await?.iter().map(directive_of).collect()
}

/// What a meeting decided, in the order in which it was given.
pub async fn of_meeting(
    tx: &mut Tx,
    place: PlaceId,
    meeting: MeetingId,
) -> Result<Vec<Directive>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(""),
        " FROM directive WHERE place_id = $1 AND meeting_id = $2 ORDER BY given_at, directive_id"
    );
    tx.fetch_all(sql, &[place.into(), meeting.into()]).await?.iter().map(directive_of).collect()
}

pub async fn add_event(
    tx: &mut Tx,
    place: PlaceId,
    id: DirectiveId,
    event: &KeptEvent,
) -> Result<(), StoreError> {
    let sql = "SELECT count(*) AS many FROM directive_event WHERE place_id = $1 AND directive_id = $2";
    let many = match tx.fetch_optional(sql, &[place.into(), id.into()]).await? {
        None => 0,
        Some(row) => row.int("many")?,
    };
    let sql = "INSERT INTO directive_event (place_id, directive_id, event_number, at, fact) \
               VALUES ($1, $2, $3, $4, $5)";
    let fact = serde_json::to_string(&event.fact)?;
    tx.execute(sql, &[place.into(), id.into(), (many + 1).into(), event.at.into(), fact.into()]).await?;
    Ok(())
}

/// In their order.
pub async fn events_of(tx: &mut Tx, place: PlaceId, id: DirectiveId) -> Result<Vec<KeptEvent>, StoreError> {
    let sql = "SELECT at, fact FROM directive_event WHERE place_id = $1 AND directive_id = $2 \
               ORDER BY event_number";
    let rows = tx.fetch_all(sql, &[place.into(), id.into()]).await?;
    rows.iter().map(|row| Ok(KeptEvent { at: row.int("at")?, fact: row.json("fact")? })).collect()
}

/// Takes away the words of what happened, and of an order that has ended its own.
pub async fn scrub(tx: &mut Tx, place: PlaceId, id: DirectiveId) -> Result<(), StoreError> {
    for (number, mut event) in (1_i64..).zip(events_of(tx, place, id).await?) {
        event.fact.text = None;
        let sql = "UPDATE directive_event SET fact = $4 \
                   WHERE place_id = $1 AND directive_id = $2 AND event_number = $3";
        let fact = serde_json::to_string(&event.fact)?;
        tx.execute(sql, &[place.into(), id.into(), number.into(), fact.into()]).await?;
    }
    if let Some(mut kept) = directive(tx, place, id).await?
        && let Some(asked) = &mut kept.course.asked
    {
        asked.reason.clear();
        update_course(tx, place, &kept).await?;
    }
    let sql = "UPDATE directive SET body = '', source_text = NULL, steps = '[]' \
               WHERE place_id = $1 AND directive_id = $2 AND NOT is_open";
    tx.execute(sql, &[place.into(), id.into()]).await.map(|_| ())
}
