//! What became of the plan items of the period before.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use shiji_domain::id::{ItemId, PeriodId, PlaceId, ReportId};
use shiji_domain::item::Outcome;

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
