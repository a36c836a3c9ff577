//! Reports and what hangs on them: items, answers, conflicts, comments, decisions.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use jiff::civil::Date;
use shiji_domain::id::{ConflictId, ItemId, MeetingId, PeriodId, PersonId, PlaceId, ReportId};
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::report::{Decision, ReportState};
use uuid::Uuid;

pub use crate::comment::{Comment, comment, comments_of, insert_comment, mark_dealt};

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

/// An answer to a plan item of the period before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub report_id: ReportId,
    pub plan_item_id: ItemId,
    pub outcome: Outcome,
    pub reason: Option<String>,
    pub work_item_id: Option<ItemId>,
    pub answered_at: i64,
}

fn answer_of(row: &Row) -> Result<Answer, StoreError> {
    Ok(Answer {
        report_id: row.parsed("report_id")?,
        plan_item_id: row.parsed("plan_item_id")?,
        outcome: row.code("outcome", Outcome::from_code)?,
        reason: row.optional_text("reason")?,
        work_item_id: row.optional_parsed("work_item_id")?,
        answered_at: row.int("answered_at")?,
    })
}

pub async fn answers_of(tx: &mut Tx, place: PlaceId, report: ReportId) -> Result<Vec<Answer>, StoreError> {
    let sql = "SELECT report_id, plan_item_id, outcome, reason, work_item_id, answered_at FROM plan_answer \
               WHERE place_id = $1 AND report_id = $2 ORDER BY plan_item_id";
    tx.fetch_all(sql, &[place.into(), report.into()]).await?.iter().map(answer_of).collect()
}

pub async fn answers_in(tx: &mut Tx, place: PlaceId, period: PeriodId) -> Result<Vec<Answer>, StoreError> {
    let sql = "SELECT report_id, plan_item_id, outcome, reason, work_item_id, answered_at FROM plan_answer \
               WHERE place_id = $1 AND report_id IN \
               (SELECT report_id FROM report WHERE place_id = $1 AND period_id = $2) ORDER BY report_id, plan_item_id";
    tx.fetch_all(sql, &[place.into(), period.into()]).await?.iter().map(answer_of).collect()
}

pub async fn put_answer(tx: &mut Tx, place: PlaceId, answer: &Answer) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO plan_answer (place_id, report_id, plan_item_id, outcome, reason, work_item_id, answered_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (place_id, report_id, plan_item_id) DO UPDATE SET \
         outcome = excluded.outcome, reason = excluded.reason, work_item_id = excluded.work_item_id, \
         answered_at = excluded.answered_at",
        &[
            place.into(),
            answer.report_id.into(),
            answer.plan_item_id.into(),
            answer.outcome.code().into(),
            answer.reason.clone().into(),
            answer.work_item_id.into(),
            answer.answered_at.into(),
        ],
    )
    .await?;
    Ok(())
}

pub async fn delete_answer(
    tx: &mut Tx,
    place: PlaceId,
    report: ReportId,
    plan_item: ItemId,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM plan_answer WHERE place_id = $1 AND report_id = $2 AND plan_item_id = $3";
    tx.execute(sql, &[place.into(), report.into(), plan_item.into()]).await?;
    Ok(())
}

/// Words that lost a race and wait to be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub conflict_id: ConflictId,
    pub report_id: ReportId,
    pub item_id: ItemId,
    pub kind: ItemKind,
    pub body: String,
    pub created_at: i64,
    pub created_by: PersonId,
}

pub async fn conflicts_of(
    tx: &mut Tx,
    place: PlaceId,
    report: ReportId,
) -> Result<Vec<Conflict>, StoreError> {
    let sql = "SELECT conflict_id, report_id, item_id, kind, body, created_at, created_by FROM item_conflict \
               WHERE place_id = $1 AND report_id = $2 ORDER BY created_at, conflict_id";
    let rows = tx.fetch_all(sql, &[place.into(), report.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Conflict {
                conflict_id: row.parsed("conflict_id")?,
                report_id: row.parsed("report_id")?,
                item_id: row.parsed("item_id")?,
                kind: row.code("kind", ItemKind::from_code)?,
                body: row.text("body")?,
                created_at: row.int("created_at")?,
                created_by: row.parsed("created_by")?,
            })
        })
        .collect()
}

pub async fn insert_conflict(tx: &mut Tx, place: PlaceId, conflict: &Conflict) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO item_conflict (place_id, conflict_id, report_id, item_id, kind, body, created_at, created_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            place.into(),
            conflict.conflict_id.into(),
            conflict.report_id.into(),
            conflict.item_id.into(),
            conflict.kind.code().into(),
            (&conflict.body).into(),
            conflict.created_at.into(),
            conflict.created_by.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Rewrites the words of a waiting conflict, so that one tab that goes on typing makes one conflict, not one per pause.
pub async fn update_conflict(
    tx: &mut Tx,
    place: PlaceId,
    id: ConflictId,
    body: &str,
) -> Result<(), StoreError> {
    let sql = "UPDATE item_conflict SET body = $3 WHERE place_id = $1 AND conflict_id = $2";
    tx.execute(sql, &[place.into(), id.into(), body.into()]).await?;
    Ok(())
}

pub async fn delete_conflict(tx: &mut Tx, place: PlaceId, id: ConflictId) -> Result<(), StoreError> {
    let sql = "DELETE FROM item_conflict WHERE place_id = $1 AND conflict_id = $2";
    tx.execute(sql, &[place.into(), id.into()]).await?;
    Ok(())
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    pub decision_id: Uuid,
    pub report_id: ReportId,
    pub item_id: Option<ItemId>,
    pub meeting_id: Option<MeetingId>,
    pub decision: Decision,
    pub reason: Option<String>,
    pub decided_by: PersonId,
    pub decided_at: i64,
}

fn decision_of(row: &Row) -> Result<DecisionRow, StoreError> {
    Ok(DecisionRow {
        decision_id: row.parsed("decision_id")?,
        report_id: row.parsed("report_id")?,
        item_id: row.optional_parsed("item_id")?,
        meeting_id: row.optional_parsed("meeting_id")?,
        decision: row.code("decision", Decision::from_code)?,
        reason: row.optional_text("reason")?,
        decided_by: row.parsed("decided_by")?,
        decided_at: row.int("decided_at")?,
    })
}

pub async fn decisions_of(
    tx: &mut Tx,
    place: PlaceId,
    report: ReportId,
) -> Result<Vec<DecisionRow>, StoreError> {
    let sql = "SELECT decision_id, report_id, item_id, meeting_id, decision, reason, decided_by, decided_at \
               FROM decision WHERE place_id = $1 AND report_id = $2 ORDER BY decided_at, decision_id";
    tx.fetch_all(sql, &[place.into(), report.into()]).await?.iter().map(decision_of).collect()
}

pub async fn decisions_in(
    tx: &mut Tx,
    place: PlaceId,
    period: PeriodId,
) -> Result<Vec<DecisionRow>, StoreError> {
    let sql = "SELECT decision_id, report_id, item_id, meeting_id, decision, reason, decided_by, decided_at FROM decision \
               WHERE place_id = $1 AND report_id IN \
               (SELECT report_id FROM report WHERE place_id = $1 AND period_id = $2) ORDER BY decided_at, decision_id";
    tx.fetch_all(sql, &[place.into(), period.into()]).await?.iter().map(decision_of).collect()
}

pub async fn insert_decision(tx: &mut Tx, place: PlaceId, decision: &DecisionRow) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO decision (place_id, decision_id, report_id, item_id, meeting_id, decision, reason, decided_by, \
         decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            place.into(),
            decision.decision_id.to_string().into(),
            decision.report_id.into(),
            decision.item_id.into(),
            decision.meeting_id.into(),
            decision.decision.code().into(),
            decision.reason.clone().into(),
            decision.decided_by.into(),
            decision.decided_at.into(),
        ],
    )
    .await?;
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
