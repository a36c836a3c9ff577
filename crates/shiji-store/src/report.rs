//! Reports and their items; what hangs on them has files of its own.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, PeriodId, PersonId, PlaceId, ReportId};
use shiji_domain::item::ItemKind;
use shiji_domain::report::ReportState;

pub use crate::comment::{Comment, comment, comments_of, insert_comment, mark_dealt};
pub use crate::conflict::{Conflict, conflicts_of, delete_conflict, insert_conflict, update_conflict};
pub use crate::decision::{DecisionRow, decisions_in, decisions_of, insert_decision};
pub use crate::plan_answer::{Answer, answers_in, answers_of, delete_answer, put_answer};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub report_id: ReportId,
    pub period_id: PeriodId,
    pub person_id: PersonId,
    pub state: ReportState,
    pub filed_at: Option<i64>,
    /// The delegate, when somebody else filed; otherwise the person.
    pub filed_by: Option<PersonId>,
    pub return_reason: Option<String>,
    /// Spent in the desk on this period.
    pub seconds: i64,
    /// Grows with every change of state.
    pub version: i64,
}

macro_rules! report_columns {
    () => {
        "report_id, period_id, person_id, state, filed_at, filed_by, return_reason, seconds, version"
    };
}

fn report_of(row: &Row) -> Result<Report, StoreError> {
    Ok(Report {
        report_id: row.parsed("report_id")?,
        period_id: row.parsed("period_id")?,
        person_id: row.parsed("person_id")?,
        state: row.code("state", ReportState::from_code)?,
        filed_at: row.optional_int("filed_at")?,
        filed_by: row.optional_parsed("filed_by")?,
        return_reason: row.optional_text("return_reason")?,
        seconds: row.int("seconds")?,
        version: row.int("version")?,
    })
}

pub async fn report(tx: &mut Tx, place: PlaceId, id: ReportId) -> Result<Option<Report>, StoreError> {
    let sql = concat!("SELECT ", report_columns!(), " FROM report WHERE place_id = $1 AND report_id = $2");
    tx.fetch_optional(sql, &[place.into(), id.into()]).await?.as_ref().map(report_of).transpose()
}

pub async fn report_for(
    tx: &mut Tx,
    place: PlaceId,
    period: PeriodId,
    person: PersonId,
) -> Result<Option<Report>, StoreError> {
    let sql = concat!(
        "SELECT ",
        report_columns!(),
        " FROM report WHERE place_id = $1 AND period_id = $2 AND person_id = $3"
    );
    let row = tx.fetch_optional(sql, &[place.into(), period.into(), person.into()]).await?;
    row.as_ref().map(report_of).transpose()
}

pub async fn reports_in(tx: &mut Tx, place: PlaceId, period: PeriodId) -> Result<Vec<Report>, StoreError> {
    let sql = concat!(
        "SELECT ",
        report_columns!(),
        " FROM report WHERE place_id = $1 AND period_id = $2 ORDER BY report_id"
    );
    tx.fetch_all(sql, &[place.into(), period.into()]).await?.iter().map(report_of).collect()
}

pub async fn insert_report(tx: &mut Tx, place: PlaceId, report: &Report) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO report (place_id, report_id, period_id, person_id, state, filed_at, filed_by, return_reason, \
         seconds, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            place.into(),
            report.report_id.into(),
            report.period_id.into(),
            report.person_id.into(),
            report.state.code().into(),
            report.filed_at.into(),
            report.filed_by.into(),
            report.return_reason.clone().into(),
            report.seconds.into(),
            report.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes state, filing and reason when nobody changed the report since `report.version` was read; rows changed.
pub async fn update_report(tx: &mut Tx, place: PlaceId, report: &Report) -> Result<u64, StoreError> {
    tx.execute(
        "UPDATE report SET state = $4, filed_at = $5, filed_by = $6, return_reason = $7, version = version + 1 \
         WHERE place_id = $1 AND report_id = $2 AND version = $3",
        &[
            place.into(),
            report.report_id.into(),
            report.version.into(),
            report.state.code().into(),
            report.filed_at.into(),
            report.filed_by.into(),
            report.return_reason.clone().into(),
        ],
    )
    .await
}

/// Every report of a period that is published now.
pub async fn publish_reports(
    tx: &mut Tx,
    place: PlaceId,
    period: PeriodId,
    from: &[ReportState],
) -> Result<(), StoreError> {
    for state in from {
        tx.execute(
            "UPDATE report SET state = 'published', version = version + 1 \
             WHERE place_id = $1 AND period_id = $2 AND state = $3",
            &[place.into(), period.into(), state.code().into()],
        )
        .await?;
    }
    Ok(())
}

pub async fn add_seconds(
    tx: &mut Tx,
    place: PlaceId,
    report: ReportId,
    seconds: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE report SET seconds = seconds + $3 WHERE place_id = $1 AND report_id = $2";
    tx.execute(sql, &[place.into(), report.into(), seconds.into()]).await?;
    Ok(())
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub item_id: ItemId,
    pub report_id: ReportId,
    pub kind: ItemKind,
    pub order: i64,
    pub body: String,
    pub due_on: Option<Date>,
    pub difficulty: Option<String>,
    /// The plan item of the period before that this work came from.
    pub answers_id: Option<ItemId>,
    /// Who looked at a warning of personal data and let the item pass.
    pub passed_by: Option<PersonId>,
    /// Grows with every change of the words.
    pub version: i64,
    pub updated_at: i64,
    pub updated_by: PersonId,
}

macro_rules! item_columns {
    () => {
        "item_id, report_id, kind, sort_order, body, due_on, difficulty, answers_id, passed_by, version, updated_at, \
         updated_by"
    };
}

fn item_of(row: &Row) -> Result<Item, StoreError> {
    Ok(Item {
        item_id: row.parsed("item_id")?,
        report_id: row.parsed("report_id")?,
        kind: row.code("kind", ItemKind::from_code)?,
        order: row.int("sort_order")?,
        body: row.text("body")?,
        due_on: row.optional_parsed("due_on")?,
        difficulty: row.optional_text("difficulty")?,
        answers_id: row.optional_parsed("answers_id")?,
        passed_by: row.optional_parsed("passed_by")?,
        version: row.int("version")?,
        updated_at: row.int("updated_at")?,
        updated_by: row.parsed("updated_by")?,
    })
}

pub async fn item(tx: &mut Tx, place: PlaceId, id: ItemId) -> Result<Option<Item>, StoreError> {
    let sql = concat!("SELECT ", item_columns!(), " FROM item WHERE place_id = $1 AND item_id = $2");
    tx.fetch_optional(sql, &[place.into(), id.into()]).await?.as_ref().map(item_of).transpose()
}

/// Work first, then plan, each in its order.
pub async fn items_of(tx: &mut Tx, place: PlaceId, report: ReportId) -> Result<Vec<Item>, StoreError> {
    let sql = concat!(
        "SELECT ",
        item_columns!(),
        " FROM item WHERE place_id = $1 AND report_id = $2 ORDER BY kind DESC, sort_order, item_id"
    );
    tx.fetch_all(sql, &[place.into(), report.into()]).await?.iter().map(item_of).collect()
}

/// All items of a period's reports.
pub async fn items_in(tx: &mut Tx, place: PlaceId, period: PeriodId) -> Result<Vec<Item>, StoreError> {
    let sql = concat!(
        "SELECT ",
        item_columns!(),
        " FROM item WHERE place_id = $1 AND report_id IN \
         (SELECT report_id FROM report WHERE place_id = $1 AND period_id = $2) \
         ORDER BY report_id, kind DESC, sort_order, item_id"
    );
    tx.fetch_all(sql, &[place.into(), period.into()]).await?.iter().map(item_of).collect()
}

pub async fn insert_items(tx: &mut Tx, place: PlaceId, items: &[Item]) -> Result<(), StoreError> {
    let rows: Vec<Vec<crate::Value>> = items
        .iter()
        .map(|item| {
            vec![
                place.into(),
                item.item_id.into(),
                item.report_id.into(),
                item.kind.code().into(),
                item.order.into(),
                (&item.body).into(),
                item.due_on.into(),
                item.difficulty.clone().into(),
                item.answers_id.into(),
                item.passed_by.into(),
                item.version.into(),
                item.updated_at.into(),
                item.updated_by.into(),
            ]
        })
        .collect();
    tx.insert_many(
        "INSERT INTO item (place_id, item_id, report_id, kind, sort_order, body, due_on, difficulty, answers_id, \
         passed_by, version, updated_at, updated_by)",
        &rows,
    )
    .await
}

/// Writes everything of the item when its words were not changed since `item.version` was read; rows changed.
pub async fn update_item(tx: &mut Tx, place: PlaceId, item: &Item) -> Result<u64, StoreError> {
    tx.execute(
        "UPDATE item SET body = $4, due_on = $5, difficulty = $6, answers_id = $7, passed_by = $8, sort_order = $9, \
         kind = $10, version = version + 1, updated_at = $11, updated_by = $12 \
         WHERE place_id = $1 AND item_id = $2 AND version = $3",
        &[
            place.into(),
            item.item_id.into(),
            item.version.into(),
            (&item.body).into(),
            item.due_on.into(),
            item.difficulty.clone().into(),
            item.answers_id.into(),
            item.passed_by.into(),
            item.order.into(),
            item.kind.code().into(),
            item.updated_at.into(),
            item.updated_by.into(),
        ],
    )
    .await
}

/// Only its place among its kind: words that somebody is typing against the item's version are not disturbed.
pub async fn order_item(tx: &mut Tx, place: PlaceId, id: ItemId, order: i64) -> Result<(), StoreError> {
    let sql = "UPDATE item SET sort_order = $3 WHERE place_id = $1 AND item_id = $2";
    tx.execute(sql, &[place.into(), id.into(), order.into()]).await?;
    Ok(())
}

pub async fn delete_item(tx: &mut Tx, place: PlaceId, id: ItemId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM evidence WHERE place_id = $1 AND item_id = $2", &[place.into(), id.into()])
        .await?;
    tx.execute("DELETE FROM item_link WHERE place_id = $1 AND item_id = $2", &[place.into(), id.into()])
        .await?;
    tx.execute("DELETE FROM item WHERE place_id = $1 AND item_id = $2", &[place.into(), id.into()]).await?;
    let sql = "UPDATE plan_answer SET work_item_id = NULL WHERE place_id = $1 AND work_item_id = $2";
    tx.execute(sql, &[place.into(), id.into()]).await?;
    Ok(())
}

/// Texts of a person's items published since `since`, and of colleagues in the last issue: what copies are sought in.
pub async fn earlier_texts(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    since_issue: i64,
) -> Result<Vec<(ItemId, String)>, StoreError> {
    let sql = "SELECT item_id, body FROM public_item WHERE place_id = $1 AND person_id = $2 AND issue_number >= $3 \
               AND kind = 'work' ORDER BY item_id, revision";
    let rows = tx.fetch_all(sql, &[place.into(), person.into(), since_issue.into()]).await?;
    rows.iter().map(|row| Ok((row.parsed("item_id")?, row.text("body")?))).collect()
}

/// Empties the words of an item on the working side, after they were taken away on the public side.
pub async fn scrub_item(tx: &mut Tx, place: PlaceId, id: ItemId) -> Result<(), StoreError> {
    for sql in [
        "UPDATE item SET body = '', difficulty = NULL WHERE place_id = $1 AND item_id = $2",
        "DELETE FROM item_conflict WHERE place_id = $1 AND item_id = $2",
        "UPDATE comment SET body = '' WHERE place_id = $1 AND item_id = $2",
        "UPDATE decision SET reason = NULL WHERE place_id = $1 AND item_id = $2",
    ] {
        tx.execute(sql, &[place.into(), id.into()]).await?;
    }
    Ok(())
}
