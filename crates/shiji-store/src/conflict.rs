//! Words that two people wrote at once.

use crate::database::{StoreError, Tx};
use shiji_domain::id::{ConflictId, ItemId, PersonId, PlaceId, ReportId};
use shiji_domain::item::ItemKind;

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
