//! The public side of residents' questions.
//!
//! Architecture invariant: these statements name public tables only.

use crate::database::{StoreError, Tx};
use crate::value::{Row, Value};
use shiji_domain::id::{ItemId, PersonId, PlaceId, ProjectId, QuestionId};
use shiji_domain::question::QuestionKind;
use shiji_record::fact::QuestionFact;
use shiji_record::projection::QuestionStepRow;
use shiji_record::question::read_masked;
use std::collections::HashMap;

/// A question with everything that happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicQuestion {
    pub fact: QuestionFact,
    pub commitment: String,
    /// In their order, each with its words as they were masked last.
    pub steps: Vec<QuestionStepRow>,
}

fn step_of(row: &Row) -> Result<QuestionStepRow, StoreError> {
    Ok(QuestionStepRow {
        fact: row.json("fact")?,
        revision: row.int("revision")?,
        withheld: row.json("withheld")?,
    })
}

pub(crate) async fn questions_of_issue(
    tx: &mut Tx,
    place: PlaceId,
    issue: i64,
) -> Result<Vec<(QuestionFact, String)>, StoreError> {
    let sql = "SELECT fact, commitment FROM public_question WHERE place_id = $1 AND issue_number = $2 ORDER BY number";
    let rows = tx.fetch_all(sql, &[place.into(), issue.into()]).await?;
    rows.iter().map(|row| Ok((row.json("fact")?, row.text("commitment")?))).collect()
}

pub(crate) async fn steps_of_issue(
    tx: &mut Tx,
    place: PlaceId,
    issue: i64,
) -> Result<Vec<QuestionStepRow>, StoreError> {
    let sql = "SELECT fact, revision, withheld FROM public_question_step WHERE place_id = $1 AND issue_number = $2 \
               ORDER BY question_id, revision";
    tx.fetch_all(sql, &[place.into(), issue.into()]).await?.iter().map(step_of).collect()
}

/// Questions below a number, the newest first.
pub async fn questions_before(
    tx: &mut Tx,
    place: PlaceId,
    before: i64,
    most: usize,
) -> Result<Vec<PublicQuestion>, StoreError> {
    let sql = "SELECT question_id, fact, commitment FROM public_question WHERE place_id = $1 AND number < $2 \
               ORDER BY number DESC LIMIT $3";
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = tx.fetch_all(sql, &[place.into(), before.into(), limit.into()]).await?;
    with_steps(tx, place, &rows).await
}

/// Which questions a program asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QuestionFilter {
    /// Whom they were put to when they came.
    pub person: Option<PersonId>,
    pub kind: Option<QuestionKind>,
}

macro_rules! page {
    ($and:literal) => {
        concat!(
            "SELECT question_id, fact, commitment FROM public_question WHERE place_id = $1 AND number < $2 \
             AND ($4 = '' OR kind = $4)",
            $and,
            " ORDER BY number DESC LIMIT $3"
        )
    };
}

macro_rules! steps_of_page {
    ($and:literal) => {
        concat!(
            "SELECT s.question_id AS question_id, s.fact AS fact, s.revision AS revision, s.withheld AS withheld \
             FROM public_question q JOIN public_question_step s ON s.place_id = q.place_id \
             AND s.question_id = q.question_id \
             WHERE q.place_id = $1 AND q.number >= $2 AND q.number <= $3 AND ($4 = '' OR q.kind = $4)",
            $and,
            " ORDER BY s.question_id, s.revision"
        )
    };
}

/// Questions below a number, the newest first, with all steps in one statement however many they are; at most `limit`.
pub async fn questions_below(
    tx: &mut Tx,
    place: PlaceId,
    filter: QuestionFilter,
    below: i64,
    limit: i64,
) -> Result<Vec<PublicQuestion>, StoreError> {
    let values = |one: i64, other: i64| {
        let kind = filter.kind.map_or("", QuestionKind::code);
        let mut values: Vec<Value> = vec![place.into(), one.into(), other.into(), kind.into()];
        values.extend(filter.person.map(Value::from));
        values
    };
    let sql = if filter.person.is_some() { page!(" AND person_id = $5") } else { page!("") };
    let rows = tx.fetch_all(sql, &values(below, limit)).await?;
    let mut found = rows
        .iter()
        .map(|row| {
            let (fact, commitment) = (row.json("fact")?, row.text("commitment")?);
            Ok(PublicQuestion { fact, commitment, steps: Vec::new() })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    let (Some(newest), Some(oldest)) = (found.first(), found.last()) else { return Ok(found) };
    let values = values(oldest.fact.number, newest.fact.number);
    let sql =
        if filter.person.is_some() { steps_of_page!(" AND q.person_id = $5") } else { steps_of_page!("") };
    let mut steps: HashMap<QuestionId, Vec<QuestionStepRow>> = HashMap::new();
    for row in &tx.fetch_all(sql, &values).await? {
        steps.entry(row.parsed("question_id")?).or_default().push(step_of(row)?);
    }
    for question in &mut found {
        question.steps = steps.remove(&question.fact.question).unwrap_or_default();
        read_masked(&mut question.steps);
    }
    Ok(found)
}

/// What was put to one official, or handed over to them, the newest first.
pub async fn questions_to(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    most: usize,
) -> Result<Vec<PublicQuestion>, StoreError> {
    let sql = "SELECT question_id, fact, commitment FROM public_question WHERE place_id = $1 \
               AND (person_id = $2 OR question_id IN (SELECT question_id FROM public_question_step \
               WHERE place_id = $1 AND step = 'moved' AND fact LIKE $4)) ORDER BY number DESC LIMIT $3";
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    // The fact of a step is kept whole.
    let moved_to = format!("%\"person\":\"{person}\"%");
    let values = [place.into(), person.into(), limit.into(), moved_to.into()];
    let rows = tx.fetch_all(sql, &values).await?;
    with_steps(tx, place, &rows).await
}

/// What was asked about an item, the newest first.
pub async fn questions_about(
    tx: &mut Tx,
    place: PlaceId,
    item: ItemId,
) -> Result<Vec<PublicQuestion>, StoreError> {
    let sql = "SELECT question_id, fact, commitment FROM public_question WHERE place_id = $1 AND item_id = $2 \
               ORDER BY number DESC LIMIT 50";
    let rows = tx.fetch_all(sql, &[place.into(), item.into()]).await?;
    with_steps(tx, place, &rows).await
}

/// What was asked about a key project by people who agreed to be read, the newest first.
pub async fn questions_about_project(
    tx: &mut Tx,
    place: PlaceId,
    project: ProjectId,
    most: usize,
) -> Result<Vec<PublicQuestion>, StoreError> {
    let sql = "SELECT question_id, fact, commitment FROM public_question WHERE place_id = $1 AND project_id = $2 \
               AND fact LIKE '%\"is_public\":true%' ORDER BY number DESC LIMIT $3";
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = tx.fetch_all(sql, &[place.into(), project.into(), limit.into()]).await?;
    with_steps(tx, place, &rows).await
}

/// Questions that nothing has answered or closed, the oldest first.
pub async fn unanswered(tx: &mut Tx, place: PlaceId) -> Result<Vec<PublicQuestion>, StoreError> {
    let sql = "SELECT q.question_id AS question_id, q.fact AS fact, q.commitment AS commitment FROM public_question q \
               WHERE q.place_id = $1 AND q.kind <> 'thanks' \
               AND NOT EXISTS (SELECT 1 FROM public_question_step w WHERE w.place_id = $1 AND w.step = 'withheld' \
               AND w.question_id = q.question_id AND w.withhold_reason IN ('abuse', 'advertising', 'senseless')) \
               AND (SELECT count(*) FROM public_question_step a WHERE a.place_id = $1 AND a.step = 'answered' \
               AND a.question_id = q.question_id) <= (SELECT count(*) FROM public_question_step r \
               WHERE r.place_id = $1 AND r.step = 'reopened' AND r.question_id = q.question_id) ORDER BY q.number";
    let rows = tx.fetch_all(sql, &[place.into()]).await?;
    with_steps(tx, place, &rows).await
}

pub async fn question(
    tx: &mut Tx,
    place: PlaceId,
    id: QuestionId,
) -> Result<Option<PublicQuestion>, StoreError> {
    let sql =
        "SELECT question_id, fact, commitment FROM public_question WHERE place_id = $1 AND question_id = $2";
    let rows = tx.fetch_all(sql, &[place.into(), id.into()]).await?;
    Ok(with_steps(tx, place, &rows).await?.pop())
}

pub async fn question_numbered(
    tx: &mut Tx,
    place: PlaceId,
    number: i64,
) -> Result<Option<PublicQuestion>, StoreError> {
    let sql = "SELECT question_id, fact, commitment FROM public_question WHERE place_id = $1 AND number = $2";
    let rows = tx.fetch_all(sql, &[place.into(), number.into()]).await?;
    Ok(with_steps(tx, place, &rows).await?.pop())
}

/// Thanks, and those of other questions that were closed without an answer.
pub async fn closed_unanswered(tx: &mut Tx, place: PlaceId) -> Result<(i64, i64), StoreError> {
    let sql = "SELECT count(*) AS many FROM public_question WHERE place_id = $1 AND kind = 'thanks'";
    let thanks = tx.fetch_optional(sql, &[place.into()]).await?.map_or(Ok(0), |row| row.int("many"))?;
    let sql = "SELECT count(*) AS many FROM public_question q WHERE q.place_id = $1 AND q.kind <> 'thanks' \
               AND EXISTS (SELECT 1 FROM public_question_step w WHERE w.place_id = $1 AND w.step = 'withheld' \
               AND w.question_id = q.question_id AND w.withhold_reason IN ('abuse', 'advertising', 'senseless'))";
    let closed = tx.fetch_optional(sql, &[place.into()]).await?.map_or(Ok(0), |row| row.int("many"))?;
    Ok((thanks, closed))
}

/// Questions, received in all, and steps by what they are and why.
pub async fn figures(tx: &mut Tx, place: PlaceId) -> Result<(i64, HashMap<String, i64>), StoreError> {
    let sql = "SELECT count(*) AS many FROM public_question WHERE place_id = $1";
    let received = tx.fetch_optional(sql, &[place.into()]).await?.map_or(Ok(0), |row| row.int("many"))?;
    let sql = "SELECT step, count(DISTINCT question_id) AS many FROM public_question_step WHERE place_id = $1 \
               GROUP BY step";
    let rows = tx.fetch_all(sql, &[place.into()]).await?;
    let steps = rows.iter().map(|row| Ok((row.text("step")?, row.int("many")?)));
    Ok((received, steps.collect::<Result<_, StoreError>>()?))
}

/// Withheld questions by their reason.
pub async fn withheld_by_reason(tx: &mut Tx, place: PlaceId) -> Result<Vec<(String, i64)>, StoreError> {
    let sql = "SELECT withhold_reason, count(*) AS many FROM public_question_step WHERE place_id = $1 \
               AND step = 'withheld' AND withhold_reason IS NOT NULL GROUP BY withhold_reason ORDER BY withhold_reason";
    let rows = tx.fetch_all(sql, &[place.into()]).await?;
    rows.iter().map(|row| Ok((row.text("withhold_reason")?, row.int("many")?))).collect()
}

/// The published item that came from a question, if there is one.
pub async fn item_from(
    tx: &mut Tx,
    place: PlaceId,
    question: QuestionId,
) -> Result<Option<ItemId>, StoreError> {
    let sql = "SELECT item_id FROM public_item WHERE place_id = $1 AND question_id = $2 ORDER BY issue_number LIMIT 1";
    let row = tx.fetch_optional(sql, &[place.into(), question.into()]).await?;
    row.map(|row| row.parsed("item_id")).transpose()
}

/// Grows with everything that happens to questions.
pub(crate) async fn version(tx: &mut Tx, place: PlaceId) -> Result<i64, StoreError> {
    let mut all = 0;
    for sql in [
        "SELECT count(*) AS many FROM public_question WHERE place_id = $1",
        "SELECT count(*) AS many FROM public_question_step WHERE place_id = $1",
    ] {
        all += tx.fetch_optional(sql, &[place.into()]).await?.map_or(Ok(0), |row| row.int("many"))?;
    }
    Ok(all)
}

async fn with_steps(tx: &mut Tx, place: PlaceId, rows: &[Row]) -> Result<Vec<PublicQuestion>, StoreError> {
    let sql = "SELECT fact, revision, withheld FROM public_question_step WHERE place_id = $1 AND question_id = $2 \
               ORDER BY revision";
    let mut questions = Vec::with_capacity(rows.len());
    for row in rows {
        let id: QuestionId = row.parsed("question_id")?;
        let steps = tx.fetch_all(sql, &[place.into(), id.into()]).await?;
        let mut steps = steps.iter().map(step_of).collect::<Result<Vec<_>, _>>()?;
        read_masked(&mut steps);
        questions.push(PublicQuestion {
            fact: row.json("fact")?,
            commitment: row.text("commitment")?,
            steps,
        });
    }
    Ok(questions)
}
