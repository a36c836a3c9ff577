//! The list of the day: own lines, what was said of a line, and receipts of acts that may be sent twice.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, PersonId, PlaceId, TaskId};
use shiji_domain::today::{DueKind, Mark, TaskState};
use uuid::Uuid;

/// A line that somebody added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub task_id: TaskId,
    pub person_id: PersonId,
    pub body: String,
    pub due_on: Option<Date>,
    pub spot: Option<String>,
    pub state: TaskState,
    pub item_id: Option<ItemId>,
    /// Milliseconds.
    pub created_at: i64,
}

macro_rules! columns {
    () => {
        "task_id, person_id, body, due_on, spot, state, item_id, created_at"
    };
}

fn task_of(row: &Row) -> Result<Task, StoreError> {
    Ok(Task {
        task_id: row.parsed("task_id")?,
        person_id: row.parsed("person_id")?,
        body: row.text("body")?,
        due_on: row.optional_parsed("due_on")?,
        spot: row.optional_text("spot")?,
        state: row.code("state", TaskState::from_code)?,
        item_id: row.optional_parsed("item_id")?,
        created_at: row.int("created_at")?,
    })
}

pub async fn task(tx: &mut Tx, place: PlaceId, id: TaskId) -> Result<Option<Task>, StoreError> {
    let sql = concat!("SELECT ", columns!(), " FROM task WHERE place_id = $1 AND task_id = $2");
    tx.fetch_optional(sql, &[place.into(), id.into()]).await?.as_ref().map(task_of).transpose()
}

pub async fn open_tasks(tx: &mut Tx, place: PlaceId, person: PersonId) -> Result<Vec<Task>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM task WHERE place_id = $1 AND person_id = $2 AND state = 'open' ORDER BY created_at, task_id"
    );
    tx.fetch_all(sql, &[place.into(), person.into()]).await?.iter().map(task_of).collect()
}

pub async fn insert_task(tx: &mut Tx, place: PlaceId, task: &Task) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO task (place_id, task_id, person_id, body, due_on, spot, state, item_id, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            place.into(),
            task.task_id.into(),
            task.person_id.into(),
            (&task.body).into(),
            task.due_on.into(),
            task.spot.clone().into(),
            task.state.code().into(),
            task.item_id.into(),
            task.created_at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// What became of it; rows changed. One that is not in the state `from` any more stays as it is.
pub async fn change_task(
    tx: &mut Tx,
    place: PlaceId,
    id: TaskId,
    from: TaskState,
    to: TaskState,
    item: Option<ItemId>,
) -> Result<u64, StoreError> {
    let sql = "UPDATE task SET state = $4, item_id = $5 WHERE place_id = $1 AND task_id = $2 AND state = $3";
    tx.execute(sql, &[place.into(), id.into(), from.code().into(), to.code().into(), item.into()]).await
}

pub async fn marks_of(tx: &mut Tx, place: PlaceId, person: PersonId) -> Result<Vec<Mark>, StoreError> {
    let sql = "SELECT kind, subject_id, moved_to, stuck, item_id FROM day_mark WHERE place_id = $1 AND person_id = $2 \
               ORDER BY kind, subject_id";
    let rows = tx.fetch_all(sql, &[place.into(), person.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Mark {
                kind: row.code("kind", DueKind::from_code)?,
                subject: row.parsed("subject_id")?,
                moved_to: row.optional_parsed("moved_to")?,
                stuck: row.optional_text("stuck")?,
                item: row.optional_parsed("item_id")?,
            })
        })
        .collect()
}

pub async fn put_mark(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    mark: &Mark,
    at: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO day_mark (place_id, person_id, kind, subject_id, moved_to, stuck, item_id, marked_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (place_id, person_id, kind, subject_id) DO UPDATE SET \
         moved_to = excluded.moved_to, stuck = excluded.stuck, item_id = excluded.item_id, \
         marked_at = excluded.marked_at",
        &[
            place.into(),
            person.into(),
            mark.kind.code().into(),
            mark.subject.to_string().into(),
            mark.moved_to.into(),
            mark.stuck.clone().into(),
            mark.item.into(),
            at.into(),
        ],
    )
    .await?;
    Ok(())
}

pub async fn delete_mark(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    kind: DueKind,
    subject: Uuid,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM day_mark WHERE place_id = $1 AND person_id = $2 AND kind = $3 AND subject_id = $4";
    tx.execute(sql, &[place.into(), person.into(), kind.code().into(), subject.to_string().into()]).await?;
    Ok(())
}

/// What an act did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Made by the browser, or by the page when it was drawn.
    pub key: Uuid,
    /// `add`, `done`, `moved`, `stuck`, `undone` or `dropped`.
    pub kind: String,
    pub subject: Uuid,
    pub item: Option<ItemId>,
    /// Milliseconds.
    pub done_at: i64,
}

fn receipt_of(row: &Row) -> Result<Receipt, StoreError> {
    Ok(Receipt {
        key: row.parsed("act_key")?,
        kind: row.text("kind")?,
        subject: row.parsed("subject_id")?,
        item: row.optional_parsed("item_id")?,
        done_at: row.int("done_at")?,
    })
}

pub async fn receipt(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    key: Uuid,
) -> Result<Option<Receipt>, StoreError> {
    let sql = "SELECT act_key, kind, subject_id, item_id, done_at FROM act_receipt \
               WHERE place_id = $1 AND person_id = $2 AND act_key = $3";
    let row = tx.fetch_optional(sql, &[place.into(), person.into(), key.to_string().into()]).await?;
    row.as_ref().map(receipt_of).transpose()
}

/// Since an instant, the newest first.
pub async fn receipts_since(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    since: i64,
) -> Result<Vec<Receipt>, StoreError> {
    let sql = "SELECT act_key, kind, subject_id, item_id, done_at FROM act_receipt \
               WHERE place_id = $1 AND person_id = $2 AND done_at >= $3 ORDER BY done_at DESC, act_key";
    let rows = tx.fetch_all(sql, &[place.into(), person.into(), since.into()]).await?;
    rows.iter().map(receipt_of).collect()
}

pub async fn insert_receipt(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    receipt: &Receipt,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO act_receipt (place_id, person_id, act_key, kind, subject_id, item_id, done_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            place.into(),
            person.into(),
            receipt.key.to_string().into(),
            (&receipt.kind).into(),
            receipt.subject.to_string().into(),
            receipt.item.into(),
            receipt.done_at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Takes receipts away that are older than an instant: no browser sends an act again after so long.
pub async fn forget_receipts(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    before: i64,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM act_receipt WHERE place_id = $1 AND person_id = $2 AND done_at < $3";
    tx.execute(sql, &[place.into(), person.into(), before.into()]).await?;
    Ok(())
}
