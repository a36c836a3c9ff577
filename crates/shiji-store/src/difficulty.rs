//! Difficulties on the working side: raised on an item, put to somebody, answered, handed up, solved.

use crate::database::{StoreError, Tx};
use crate::value::{Row, Value};
use jiff::civil::Date;
use shiji_domain::difficulty::{ANSWER_DAYS, Addressee, Course, State};
use shiji_domain::id::{DifficultyId, ItemId, OrganizationId, PeriodId, PersonId, PlaceId};
use shiji_record::affair::DifficultyStepFact;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difficulty {
    pub difficulty_id: DifficultyId,
    pub item_id: ItemId,
    /// Who is stuck.
    pub person_id: PersonId,
    /// As the item says it.
    pub words: String,
    pub raised_at: i64,
    pub raised_on: Date,
    /// Whom it was first put to, as it was called then, and by when an answer was owed.
    pub first_to: String,
    pub first_person: Option<PersonId>,
    pub first_due_on: Date,
    pub course: Course,
    /// Its item was published, and so is everything that happens to it.
    pub is_published: bool,
    pub solved_on: Option<Date>,
    pub solved_by: Option<String>,
}

impl Difficulty {
    /// Its words were taken out of the item before that was published: then the issue did not publish it.
    pub fn was_taken_out(&self, item_is_published: bool) -> bool {
        item_is_published && !self.is_published
    }
}

/// What happened, as the working side keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptEvent {
    pub at: i64,
    pub fact: DifficultyStepFact,
}

macro_rules! columns {
    () => {
        "difficulty_id, item_id, person_id, words, raised_at, raised_on, first_to, first_person_id, first_due_on, \
         course, is_published, solved_on, solved_by"
    };
}

fn difficulty_of(row: &Row) -> Result<Difficulty, StoreError> {
    Ok(Difficulty {
        difficulty_id: row.parsed("difficulty_id")?,
        item_id: row.parsed("item_id")?,
        person_id: row.parsed("person_id")?,
        words: row.text("words")?,
        raised_at: row.int("raised_at")?,
        raised_on: row.parsed("raised_on")?,
        first_to: row.text("first_to")?,
        first_person: row.optional_parsed("first_person_id")?,
        first_due_on: row.parsed("first_due_on")?,
        course: row.json("course")?,
        is_published: row.flag("is_published")?,
        solved_on: row.optional_parsed("solved_on")?,
        solved_by: row.optional_text("solved_by")?,
    })
}

/// Person and unit as they stand in their columns: one of the two.
fn addressee_values(to: Addressee) -> (Value, Value) {
    match to {
        Addressee::Person(person) => (person.into(), None::<OrganizationId>.into()),
        Addressee::Unit(unit) => (None::<PersonId>.into(), unit.into()),
    }
}

pub async fn insert_difficulty(
    tx: &mut Tx,
    place: PlaceId,
    difficulty: &Difficulty,
) -> Result<(), StoreError> {
    let (to_person, to_unit) = addressee_values(difficulty.course.to);
    tx.execute(
        "INSERT INTO difficulty (place_id, difficulty_id, item_id, person_id, words, raised_at, raised_on, first_to, \
         first_due_on, first_person_id, to_person_id, to_unit_id, due_on, state, course, is_published, solved_on, \
         solved_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        &[
            place.into(),
            difficulty.difficulty_id.into(),
            difficulty.item_id.into(),
            difficulty.person_id.into(),
            (&difficulty.words).into(),
            difficulty.raised_at.into(),
            difficulty.raised_on.into(),
            (&difficulty.first_to).into(),
            difficulty.first_due_on.into(),
            difficulty.first_person.into(),
            to_person,
            to_unit,
            difficulty.course.due_on.into(),
            difficulty.course.state.code().into(),
            serde_json::to_string(&difficulty.course)?.into(),
            difficulty.is_published.into(),
            difficulty.solved_on.into(),
            difficulty.solved_by.clone().into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Takes away one that nothing was published of, with what happened to it.
pub async fn delete_difficulty(tx: &mut Tx, place: PlaceId, id: DifficultyId) -> Result<(), StoreError> {
    let key = [place.into(), id.into()];
    tx.execute("DELETE FROM difficulty_event WHERE place_id = $1 AND difficulty_id = $2", &key).await?;
    tx.execute("DELETE FROM difficulty WHERE place_id = $1 AND difficulty_id = $2", &key).await.map(|_| ())
}

/// Keeps what can change.
pub async fn update_difficulty(
    tx: &mut Tx,
    place: PlaceId,
    difficulty: &Difficulty,
) -> Result<(), StoreError> {
    let (to_person, to_unit) = addressee_values(difficulty.course.to);
    tx.execute(
        "UPDATE difficulty SET words = $3, to_person_id = $4, to_unit_id = $5, due_on = $6, state = $7, course = $8, \
         is_published = $9, solved_on = $10, solved_by = $11 WHERE place_id = $1 AND difficulty_id = $2",
        &[
            place.into(),
            difficulty.difficulty_id.into(),
            (&difficulty.words).into(),
            to_person,
            to_unit,
            difficulty.course.due_on.into(),
            difficulty.course.state.code().into(),
            serde_json::to_string(&difficulty.course)?.into(),
            difficulty.is_published.into(),
            difficulty.solved_on.into(),
            difficulty.solved_by.clone().into(),
        ],
    )
    .await
    .map(|_| ())
}

pub async fn difficulty(
    tx: &mut Tx,
    place: PlaceId,
    id: DifficultyId,
) -> Result<Option<Difficulty>, StoreError> {
    let sql = concat!("SELECT ", columns!(), " FROM difficulty WHERE place_id = $1 AND difficulty_id = $2");
    tx.fetch_optional(sql, &[place.into(), id.into()]).await?.as_ref().map(difficulty_of).transpose()
}

pub async fn of_item(tx: &mut Tx, place: PlaceId, item: ItemId) -> Result<Option<Difficulty>, StoreError> {
    let sql = concat!("SELECT ", columns!(), " FROM difficulty WHERE place_id = $1 AND item_id = $2");
    tx.fetch_optional(sql, &[place.into(), item.into()]).await?.as_ref().map(difficulty_of).transpose()
}

/// Those of a published period that are not published themselves.
pub async fn to_publish(
    tx: &mut Tx,
    place: PlaceId,
    period: PeriodId,
) -> Result<Vec<Difficulty>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM difficulty WHERE place_id = $1 AND NOT is_published AND item_id IN \
         (SELECT item_id FROM item WHERE place_id = $1 AND report_id IN \
          (SELECT report_id FROM report WHERE place_id = $1 AND period_id = $2 AND state = 'published')) \
         ORDER BY raised_at, difficulty_id"
    );
    tx.fetch_all(sql, &[place.into(), period.into()]).await?.iter().map(difficulty_of).collect()
}

/// What waits for a person's answer, or for that of a unit, the most urgent first.
pub async fn put_to(tx: &mut Tx, place: PlaceId, to: Addressee) -> Result<Vec<Difficulty>, StoreError> {
    let by_person = concat!(
        "SELECT ",
        columns!(),
        " FROM difficulty WHERE place_id = $1 AND to_person_id = $2 AND state = 'open' ORDER BY due_on, difficulty_id"
    );
    let by_unit = concat!(
        "SELECT ",
        columns!(),
        " FROM difficulty WHERE place_id = $1 AND to_unit_id = $2 AND state = 'open' ORDER BY due_on, difficulty_id"
    );
    let (sql, value) = match to {
        Addressee::Person(person) => (by_person, person.into()),
        Addressee::Unit(unit) => (by_unit, unit.into()),
    };
    tx.fetch_all(sql, &[place.into(), value]).await?.iter().map(difficulty_of).collect()
}

/// What a person raised, the newest first.
pub async fn raised_by(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    most: i64,
) -> Result<Vec<Difficulty>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM difficulty WHERE place_id = $1 AND person_id = $2 ORDER BY raised_at DESC, difficulty_id LIMIT $3"
    );
    let values = [place.into(), person.into(), most.into()];
    tx.fetch_all(sql, &values).await?.iter().map(difficulty_of).collect()
}

/// Everything in one state, the most urgent first.
pub async fn in_state(tx: &mut Tx, place: PlaceId, state: State) -> Result<Vec<Difficulty>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM difficulty WHERE place_id = $1 AND state = $2 ORDER BY due_on, difficulty_id"
    );
    tx.fetch_all(sql, &[place.into(), state.code().into()]).await?.iter().map(difficulty_of).collect()
}

/// The newest that were solved.
pub async fn solved(tx: &mut Tx, place: PlaceId, most: i64) -> Result<Vec<Difficulty>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM difficulty WHERE place_id = $1 AND state = 'solved' ORDER BY solved_on DESC, difficulty_id LIMIT $2"
    );
    tx.fetch_all(sql, &[place.into(), most.into()]).await?.iter().map(difficulty_of).collect()
}

pub async fn add_event(
    tx: &mut Tx,
    place: PlaceId,
    id: DifficultyId,
    event: &KeptEvent,
) -> Result<(), StoreError> {
    let sql = "SELECT count(*) AS many FROM difficulty_event WHERE place_id = $1 AND difficulty_id = $2";
    let many = match tx.fetch_optional(sql, &[place.into(), id.into()]).await? {
        None => 0,
        Some(row) => row.int("many")?,
    };
    let sql = "INSERT INTO difficulty_event (place_id, difficulty_id, event_number, at, fact) \
               VALUES ($1, $2, $3, $4, $5)";
    let fact = serde_json::to_string(&event.fact)?;
    tx.execute(sql, &[place.into(), id.into(), (many + 1).into(), event.at.into(), fact.into()]).await?;
    Ok(())
}

/// In their order.
pub async fn events_of(tx: &mut Tx, place: PlaceId, id: DifficultyId) -> Result<Vec<KeptEvent>, StoreError> {
    let sql = "SELECT at, fact FROM difficulty_event WHERE place_id = $1 AND difficulty_id = $2 \
               ORDER BY event_number";
    let rows = tx.fetch_all(sql, &[place.into(), id.into()]).await?;
    rows.iter().map(|row| Ok(KeptEvent { at: row.int("at")?, fact: row.json("fact")? })).collect()
}

/// Takes away the words that an item's difficulty had.
pub async fn scrub_words(tx: &mut Tx, place: PlaceId, item: ItemId) -> Result<(), StoreError> {
    let sql = "UPDATE difficulty SET words = '' WHERE place_id = $1 AND item_id = $2";
    tx.execute(sql, &[place.into(), item.into()]).await.map(|_| ())
}

/// Takes away the words of a difficulty that its item does not tell.
pub async fn scrub_own_words(tx: &mut Tx, place: PlaceId, id: DifficultyId) -> Result<(), StoreError> {
    let sql = "UPDATE difficulty SET words = '' WHERE place_id = $1 AND difficulty_id = $2";
    tx.execute(sql, &[place.into(), id.into()]).await.map(|_| ())
}

/// Takes away the words of what happened.
pub async fn scrub_events(tx: &mut Tx, place: PlaceId, id: DifficultyId) -> Result<(), StoreError> {
    for (number, mut event) in (1_i64..).zip(events_of(tx, place, id).await?) {
        event.fact.text = None;
        let sql = "UPDATE difficulty_event SET fact = $4 \
                   WHERE place_id = $1 AND difficulty_id = $2 AND event_number = $3";
        let fact = serde_json::to_string(&event.fact)?;
        tx.execute(sql, &[place.into(), id.into(), number.into(), fact.into()]).await?;
    }
    Ok(())
}

/// Working days for an answer.
pub async fn answer_days(tx: &mut Tx, place: PlaceId) -> Result<u32, StoreError> {
    let sql = "SELECT answer_days FROM difficulty_terms WHERE place_id = $1";
    let Some(row) = tx.fetch_optional(sql, &[place.into()]).await? else { return Ok(ANSWER_DAYS) };
    Ok(u32::try_from(row.int("answer_days")?).unwrap_or(ANSWER_DAYS))
}

pub async fn put_answer_days(tx: &mut Tx, place: PlaceId, days: u32) -> Result<(), StoreError> {
    let sql = "INSERT INTO difficulty_terms (place_id, answer_days) VALUES ($1, $2) \
               ON CONFLICT (place_id) DO UPDATE SET answer_days = excluded.answer_days";
    tx.execute(sql, &[place.into(), i64::from(days).into()]).await.map(|_| ())
}
