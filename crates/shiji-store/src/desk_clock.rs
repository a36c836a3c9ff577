//! When somebody was last seen at the desk, so that the minutes can be told.

use crate::database::{StoreError, Tx};
use shiji_domain::desk_time::Seen;
use shiji_domain::id::{PersonId, PlaceId};

pub async fn last_seen(tx: &mut Tx, place: PlaceId, person: PersonId) -> Result<Option<Seen>, StoreError> {
    let sql = "SELECT seen_at, by_script FROM desk_clock WHERE place_id = $1 AND person_id = $2";
    let row = tx.fetch_optional(sql, &[place.into(), person.into()]).await?;
    row.map(|row| Ok(Seen { at: row.int("seen_at")?, by_script: row.flag("by_script")? })).transpose()
}

pub async fn put_seen(tx: &mut Tx, place: PlaceId, person: PersonId, seen: Seen) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO desk_clock (place_id, person_id, seen_at, by_script) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (place_id, person_id) DO UPDATE SET seen_at = excluded.seen_at, by_script = excluded.by_script",
        &[place.into(), person.into(), seen.at.into(), seen.by_script.into()],
    )
    .await?;
    Ok(())
}
