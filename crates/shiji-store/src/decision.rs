//! Accepted or sent back: what was decided on a report or an item of it.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use shiji_domain::id::{ItemId, MeetingId, PeriodId, PersonId, PlaceId, ReportId};
use shiji_domain::report::Decision;
use uuid::Uuid;

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
