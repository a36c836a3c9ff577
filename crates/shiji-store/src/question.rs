//! The working side of residents' questions: words, contacts, private answers, and where each stands.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, PeriodId, PersonId, PlaceId, ProjectId, QuestionId};
use shiji_domain::question::{Progress, QuestionKind, Terms};
use shiji_domain::working_day::{DayKind, SpecialDay};
use shiji_record::fact::QuestionStepFact;
use shiji_record::question::{Numbered, read_masked};
use std::collections::HashMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub question_id: QuestionId,
    pub number: i64,
    /// As they came.
    pub words: String,
    /// Proves the words against the commitment in the record.
    pub words_salt: String,
    pub language: String,
    pub code_hash: String,
    /// Sealed; only the official who answers sees it.
    pub contact: Option<String>,
    pub contact_until: Option<i64>,
    pub received_at: i64,
    /// Who has to answer.
    pub person_id: Option<PersonId>,
    pub item_id: Option<ItemId>,
    /// The key project that it is about.
    pub project_id: Option<ProjectId>,
    pub taken_up_item_id: Option<ItemId>,
    /// The words were taken away in public while the question was open; here they go with the answer.
    pub words_go: bool,
    pub progress: Progress,
}

impl Question {
    pub fn kind(&self) -> QuestionKind {
        self.progress.kind
    }
}

/// A step as the working side keeps it: with words that are not public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptStep {
    pub step_number: i64,
    pub at: i64,
    pub by: Option<PersonId>,
    pub fact: QuestionStepFact,
}

macro_rules! columns {
    () => {
        "question_id, number, words, words_salt, language, code_hash, contact, contact_until, received_at, person_id, \
         item_id, project_id, taken_up_item_id, words_go, progress"
    };
}

fn question_of(row: &Row) -> Result<Question, StoreError> {
    Ok(Question {
        question_id: row.parsed("question_id")?,
        number: row.int("number")?,
        words: row.text("words")?,
        words_salt: row.text("words_salt")?,
        language: row.text("language")?,
        code_hash: row.text("code_hash")?,
        contact: row.optional_text("contact")?,
        contact_until: row.optional_int("contact_until")?,
        received_at: row.int("received_at")?,
        person_id: row.optional_parsed("person_id")?,
        item_id: row.optional_parsed("item_id")?,
        project_id: row.optional_parsed("project_id")?,
        taken_up_item_id: row.optional_parsed("taken_up_item_id")?,
        words_go: row.flag("words_go")?,
        progress: row.json("progress")?,
    })
}

/// Whether anybody still has to do something about it.
fn kept_state(progress: &Progress) -> &'static str {
    if progress.is_open() {
        "open"
    } else if progress.is_to_be_screened() {
        "screen"
    } else {
        "done"
    }
}

pub async fn next_number(tx: &mut Tx, place: PlaceId) -> Result<i64, StoreError> {
    let sql = "SELECT max(number) AS latest FROM question WHERE place_id = $1";
    let row = tx.fetch_optional(sql, &[place.into()]).await?;
    Ok(row.map_or(Ok(None), |row| row.optional_int("latest"))?.unwrap_or(0) + 1)
}

pub async fn insert_question(tx: &mut Tx, place: PlaceId, question: &Question) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO question (place_id, question_id, number, kind, words, words_salt, is_public, language, code_hash, \
         contact, contact_until, received_at, received_on, due_on, person_id, item_id, taken_up_item_id, state, progress, \
         words_go, project_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
        &[
            place.into(),
            question.question_id.into(),
            question.number.into(),
            question.kind().code().into(),
            (&question.words).into(),
            (&question.words_salt).into(),
            question.progress.is_public.into(),
            (&question.language).into(),
            (&question.code_hash).into(),
            question.contact.clone().into(),
            question.contact_until.into(),
            question.received_at.into(),
            question.progress.received_on.into(),
            question.progress.due_on.into(),
            question.person_id.into(),
            question.item_id.into(),
            question.taken_up_item_id.into(),
            kept_state(&question.progress).into(),
            serde_json::to_string(&question.progress)?.into(),
            question.words_go.into(),
            question.project_id.into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Keeps what can change: whose it is, where it stands, the contact.
pub async fn update_question(tx: &mut Tx, place: PlaceId, question: &Question) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE question SET person_id = $3, taken_up_item_id = $4, contact = $5, contact_until = $6, due_on = $7, \
         state = $8, progress = $9, words_go = $10 WHERE place_id = $1 AND question_id = $2",
        &[
            place.into(),
            question.question_id.into(),
            question.person_id.into(),
            question.taken_up_item_id.into(),
            question.contact.clone().into(),
            question.contact_until.into(),
            question.progress.due_on.into(),
            kept_state(&question.progress).into(),
            serde_json::to_string(&question.progress)?.into(),
            question.words_go.into(),
        ],
    )
    .await
    .map(|_| ())
}

pub async fn question(tx: &mut Tx, place: PlaceId, id: QuestionId) -> Result<Option<Question>, StoreError> {
    let sql = concat!("SELECT ", columns!(), " FROM question WHERE place_id = $1 AND question_id = $2");
    tx.fetch_optional(sql, &[place.into(), id.into()]).await?.as_ref().map(question_of).transpose()
}

pub async fn question_by_code(
    tx: &mut Tx,
    place: PlaceId,
    code_hash: &str,
) -> Result<Option<Question>, StoreError> {
    let sql = concat!("SELECT ", columns!(), " FROM question WHERE place_id = $1 AND code_hash = $2");
    tx.fetch_optional(sql, &[place.into(), code_hash.into()]).await?.as_ref().map(question_of).transpose()
}

/// What a person has to answer, the most urgent first, then what was answered lately.
pub async fn questions_for(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
) -> Result<Vec<Question>, StoreError> {
    let open = concat!(
        "SELECT ",
        columns!(),
        " FROM question WHERE place_id = $1 AND person_id = $2 AND state = 'open' ORDER BY due_on, number"
    );
    let done = concat!(
        "SELECT ",
        columns!(),
        " FROM question WHERE place_id = $1 AND person_id = $2 AND state <> 'open' ORDER BY number DESC LIMIT 30"
    );
    let mut all = Vec::new();
    for sql in [open, done] {
        for row in tx.fetch_all(sql, &[place.into(), person.into()]).await? {
            all.push(question_of(&row)?);
        }
    }
    Ok(all)
}

/// Everything that somebody still has to look at or answer, the most urgent first.
pub async fn unfinished(tx: &mut Tx, place: PlaceId) -> Result<Vec<Question>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM question WHERE place_id = $1 AND state <> 'done' ORDER BY due_on, number"
    );
    tx.fetch_all(sql, &[place.into()]).await?.iter().map(question_of).collect()
}

/// The newest that are finished.
pub async fn finished(tx: &mut Tx, place: PlaceId, most: i64) -> Result<Vec<Question>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM question WHERE place_id = $1 AND state = 'done' ORDER BY number DESC LIMIT $2"
    );
    tx.fetch_all(sql, &[place.into(), most.into()]).await?.iter().map(question_of).collect()
}

/// Received since an instant.
pub async fn received_since(tx: &mut Tx, place: PlaceId, since: i64) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) AS many FROM question WHERE place_id = $1 AND received_at >= $2";
    tx.fetch_optional(sql, &[place.into(), since.into()]).await?.map_or(Ok(0), |row| row.int("many"))
}

/// Public questions by the item of a period that they were made into.
pub async fn taken_up(
    tx: &mut Tx,
    place: PlaceId,
    period: PeriodId,
) -> Result<HashMap<ItemId, QuestionId>, StoreError> {
    let sql = "SELECT taken_up_item_id, question_id FROM question WHERE place_id = $1 AND is_public AND \
               taken_up_item_id IN (SELECT item_id FROM item WHERE place_id = $1 AND report_id IN \
                (SELECT report_id FROM report WHERE place_id = $1 AND period_id = $2))";
    let rows = tx.fetch_all(sql, &[place.into(), period.into()]).await?;
    rows.iter().map(|row| Ok((row.parsed("taken_up_item_id")?, row.parsed("question_id")?))).collect()
}

/// Takes contacts away whose time has passed; returns how many.
pub async fn forget_contacts(tx: &mut Tx, place: PlaceId, now: i64) -> Result<u64, StoreError> {
    let sql =
        "UPDATE question SET contact = NULL, contact_until = NULL WHERE place_id = $1 AND contact_until < $2";
    tx.execute(sql, &[place.into(), now.into()]).await
}

pub async fn insert_step(
    tx: &mut Tx,
    place: PlaceId,
    question: QuestionId,
    kept: &KeptStep,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO question_step (place_id, question_id, step_number, step, at, by_id, fact) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            place.into(),
            question.into(),
            kept.step_number.into(),
            kept.fact.step.code().into(),
            kept.at.into(),
            kept.by.into(),
            serde_json::to_string(&kept.fact)?.into(),
        ],
    )
    .await
    .map(|_| ())
}

impl Numbered for KeptStep {
    fn number(&self) -> i64 {
        self.step_number
    }

    fn fact_mut(&mut self) -> &mut QuestionStepFact {
        &mut self.fact
    }
}

/// In their order, each with its words as they were masked last.
pub async fn steps_as_read(
    tx: &mut Tx,
    place: PlaceId,
    question: QuestionId,
) -> Result<Vec<KeptStep>, StoreError> {
    let mut all = steps(tx, place, question).await?;
    read_masked(&mut all);
    Ok(all)
}

/// In their order, as they were taken.
pub async fn steps(tx: &mut Tx, place: PlaceId, question: QuestionId) -> Result<Vec<KeptStep>, StoreError> {
    let sql = "SELECT step_number, at, by_id, fact FROM question_step WHERE place_id = $1 AND question_id = $2 \
               ORDER BY step_number";
    let rows = tx.fetch_all(sql, &[place.into(), question.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(KeptStep {
                step_number: row.int("step_number")?,
                at: row.int("at")?,
                by: row.optional_parsed("by_id")?,
                fact: row.json("fact")?,
            })
        })
        .collect()
}

/// Takes the words of a question's steps away; `but_for` is the number of one that somebody still has to read.
pub async fn scrub_steps(
    tx: &mut Tx,
    place: PlaceId,
    question: QuestionId,
    but_for: Option<i64>,
) -> Result<(), StoreError> {
    let all = steps(tx, place, question).await?;
    for mut kept in all.into_iter().filter(|kept| Some(kept.step_number) != but_for) {
        kept.fact.text = None;
        kept.fact.words_salt = None;
        kept.fact.reason = None;
        put_step(tx, place, &kept).await?;
    }
    Ok(())
}

/// Keeps a step with other words: with none, or with masked ones.
pub async fn put_step(tx: &mut Tx, place: PlaceId, kept: &KeptStep) -> Result<(), StoreError> {
    let sql =
        "UPDATE question_step SET fact = $4 WHERE place_id = $1 AND question_id = $2 AND step_number = $3";
    let fact = serde_json::to_string(&kept.fact)?;
    let question = kept.fact.question;
    tx.execute(sql, &[place.into(), question.into(), kept.step_number.into(), fact.into()]).await.map(|_| ())
}

/// Takes the words of a question away as they came.
pub async fn scrub_words(tx: &mut Tx, place: PlaceId, question: QuestionId) -> Result<(), StoreError> {
    let sql = "UPDATE question SET words = '', words_salt = '' WHERE place_id = $1 AND question_id = $2";
    tx.execute(sql, &[place.into(), question.into()]).await.map(|_| ())
}

pub async fn terms(tx: &mut Tx, place: PlaceId) -> Result<Terms, StoreError> {
    let sql = "SELECT terms FROM question_terms WHERE place_id = $1";
    let row = tx.fetch_optional(sql, &[place.into()]).await?;
    row.map_or(Ok(Terms::default()), |row| row.json("terms"))
}

pub async fn put_terms(tx: &mut Tx, place: PlaceId, terms: Terms) -> Result<(), StoreError> {
    let sql = "INSERT INTO question_terms (place_id, terms) VALUES ($1, $2) \
               ON CONFLICT (place_id) DO UPDATE SET terms = excluded.terms";
    tx.execute(sql, &[place.into(), serde_json::to_string(&terms)?.into()]).await.map(|_| ())
}

/// The days that the place has laid down itself, in their order.
pub async fn special_days(tx: &mut Tx, place: PlaceId) -> Result<Vec<SpecialDay>, StoreError> {
    let sql = "SELECT day, kind, name, name_en FROM special_day WHERE place_id = $1 ORDER BY day";
    let rows = tx.fetch_all(sql, &[place.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(SpecialDay {
                day: row.parsed("day")?,
                kind: row.code("kind", DayKind::from_code)?,
                name: row.text("name")?,
                name_en: row.text("name_en")?,
            })
        })
        .collect()
}

pub async fn put_special_day(tx: &mut Tx, place: PlaceId, special: &SpecialDay) -> Result<(), StoreError> {
    let sql = "INSERT INTO special_day (place_id, day, kind, name, name_en) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (place_id, day) DO UPDATE SET kind = excluded.kind, name = excluded.name, \
               name_en = excluded.name_en";
    let values = [
        place.into(),
        special.day.into(),
        special.kind.code().into(),
        (&special.name).into(),
        (&special.name_en).into(),
    ];
    tx.execute(sql, &values).await.map(|_| ())
}

pub async fn delete_special_day(tx: &mut Tx, place: PlaceId, day: Date) -> Result<u64, StoreError> {
    tx.execute("DELETE FROM special_day WHERE place_id = $1 AND day = $2", &[place.into(), day.into()]).await
}
