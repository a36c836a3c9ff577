//! How often an item's page was opened, and how often a reader said thanks. Not public: only the official sees it.
//!
//! Architecture invariant: nothing is kept of a reader, neither who, nor from where, nor when.

use crate::database::{StoreError, Tx};
use shiji_domain::id::{ItemId, PersonId, PlaceId};
use std::collections::HashMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    pub readings: i64,
    pub thanks: i64,
}

pub async fn add(tx: &mut Tx, place: PlaceId, item: ItemId, more: Count) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO item_reading (place_id, item_id, readings, thanks) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (place_id, item_id) DO UPDATE SET readings = item_reading.readings + excluded.readings, \
         thanks = item_reading.thanks + excluded.thanks",
        &[place.into(), item.into(), more.readings.into(), more.thanks.into()],
    )
    .await?;
    Ok(())
}

/// Of a person's published items; one that nobody opened has none.
pub async fn counts_of(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
) -> Result<HashMap<ItemId, Count>, StoreError> {
    let sql = "SELECT item_id, readings, thanks FROM item_reading WHERE place_id = $1 AND item_id IN \
               (SELECT item_id FROM public_item WHERE place_id = $1 AND person_id = $2)";
    let rows = tx.fetch_all(sql, &[place.into(), person.into()]).await?;
    let count = |row: &crate::value::Row| {
        let count = Count { readings: row.int("readings")?, thanks: row.int("thanks")? };
        Ok((row.parsed("item_id")?, count))
    };
    rows.iter().map(count).collect()
}
