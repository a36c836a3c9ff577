//! What the items of the working side belong to.

use crate::database::{StoreError, Tx};
use crate::report::Item;
use crate::value::Row;
use shiji_domain::id::{ItemId, PlaceId, ReportId};
use shiji_domain::link::{ItemLink, LinkKind};
use std::collections::HashMap;
use uuid::Uuid;

fn link_of(row: &Row) -> Result<ItemLink, StoreError> {
    Ok(ItemLink { kind: row.code("kind", LinkKind::from_code)?, subject: row.parsed("subject_id")? })
}

pub async fn links_of(tx: &mut Tx, place: PlaceId, item: ItemId) -> Result<Vec<ItemLink>, StoreError> {
    let sql = "SELECT kind, subject_id FROM item_link WHERE place_id = $1 AND item_id = $2 ORDER BY kind, subject_id";
    tx.fetch_all(sql, &[place.into(), item.into()]).await?.iter().map(link_of).collect()
}

/// Of every item of a report.
pub async fn links_in_report(
    tx: &mut Tx,
    place: PlaceId,
    report: ReportId,
) -> Result<HashMap<ItemId, Vec<ItemLink>>, StoreError> {
    let sql = "SELECT item_id, kind, subject_id FROM item_link WHERE place_id = $1 AND item_id IN \
               (SELECT item_id FROM item WHERE place_id = $1 AND report_id = $2) ORDER BY item_id, kind, subject_id";
    by_item(&tx.fetch_all(sql, &[place.into(), report.into()]).await?)
}

/// Of every item of a period.
pub async fn links_in_period(
    tx: &mut Tx,
    place: PlaceId,
    period: shiji_domain::id::PeriodId,
) -> Result<HashMap<ItemId, Vec<ItemLink>>, StoreError> {
    let sql = "SELECT item_id, kind, subject_id FROM item_link WHERE place_id = $1 AND item_id IN \
               (SELECT item_id FROM item WHERE place_id = $1 AND report_id IN \
                (SELECT report_id FROM report WHERE place_id = $1 AND period_id = $2)) \
               ORDER BY item_id, kind, subject_id";
    by_item(&tx.fetch_all(sql, &[place.into(), period.into()]).await?)
}

fn by_item(rows: &[Row]) -> Result<HashMap<ItemId, Vec<ItemLink>>, StoreError> {
    let mut links: HashMap<ItemId, Vec<ItemLink>> = HashMap::new();
    for row in rows {
        links.entry(row.parsed("item_id")?).or_default().push(link_of(row)?);
    }
    Ok(links)
}

/// Items that belong to something, the newest first.
pub async fn items_of_subject(
    tx: &mut Tx,
    place: PlaceId,
    kind: LinkKind,
    subject: Uuid,
) -> Result<Vec<Item>, StoreError> {
    let sql = "SELECT item_id FROM item_link WHERE place_id = $1 AND subject_id = $2 AND kind = $3 \
               ORDER BY created_at DESC, item_id";
    let rows = tx.fetch_all(sql, &[place.into(), subject.to_string().into(), kind.code().into()]).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        items.extend(crate::report::item(tx, place, row.parsed("item_id")?).await?);
    }
    Ok(items)
}

/// Linking twice is linking once.
pub async fn link_item(
    tx: &mut Tx,
    place: PlaceId,
    item: ItemId,
    link: ItemLink,
    at: i64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO item_link (place_id, item_id, kind, subject_id, created_at) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (place_id, item_id, kind, subject_id) DO NOTHING";
    let values =
        [place.into(), item.into(), link.kind.code().into(), link.subject.to_string().into(), at.into()];
    tx.execute(sql, &values).await?;
    Ok(())
}

pub async fn unlink_item(
    tx: &mut Tx,
    place: PlaceId,
    item: ItemId,
    link: ItemLink,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM item_link WHERE place_id = $1 AND item_id = $2 AND kind = $3 AND subject_id = $4";
    let values = [place.into(), item.into(), link.kind.code().into(), link.subject.to_string().into()];
    tx.execute(sql, &values).await?;
    Ok(())
}
