//! Where officials say to be: one row each, written over, gone when it no longer holds.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use jiff::civil::Date;
use shiji_domain::id::{PersonId, PlaceId};
use shiji_domain::whereabouts::{Presence, Whereabouts};

fn whereabouts_of(row: &Row) -> Result<Whereabouts, StoreError> {
    Ok(Whereabouts {
        person: row.parsed("person_id")?,
        presence: row.code("state", Presence::from_code)?,
        back_on: row.optional_parsed("back_on")?,
        back_at: row.optional_parsed("back_at")?,
        ask: row.optional_parsed("ask_id")?,
        until: row.parsed("until_day")?,
    })
}

/// All that hold on `day`.
pub async fn whereabouts_on(tx: &mut Tx, place: PlaceId, day: Date) -> Result<Vec<Whereabouts>, StoreError> {
    let sql = "SELECT person_id, state, back_on, back_at, ask_id, until_day FROM whereabouts \
               WHERE place_id = $1 AND until_day >= $2 ORDER BY person_id";
    tx.fetch_all(sql, &[place.into(), day.into()]).await?.iter().map(whereabouts_of).collect()
}

pub async fn put_whereabouts(tx: &mut Tx, place: PlaceId, said: &Whereabouts) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO whereabouts (place_id, person_id, state, back_on, back_at, ask_id, until_day) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (place_id, person_id) DO UPDATE SET state = excluded.state, \
         back_on = excluded.back_on, back_at = excluded.back_at, ask_id = excluded.ask_id, \
         until_day = excluded.until_day",
        &[
            place.into(),
            said.person.into(),
            said.presence.code().into(),
            said.back_on.into(),
            said.back_at.map(|time| time.strftime("%H:%M:%S").to_string()).into(),
            said.ask.into(),
            said.until.into(),
        ],
    )
    .await?;
    Ok(())
}

pub async fn delete_whereabouts(tx: &mut Tx, place: PlaceId, person: PersonId) -> Result<(), StoreError> {
    let sql = "DELETE FROM whereabouts WHERE place_id = $1 AND person_id = $2";
    tx.execute(sql, &[place.into(), person.into()]).await?;
    Ok(())
}

/// What no longer holds leaves no trace.
pub async fn forget_whereabouts(tx: &mut Tx, place: PlaceId, today: Date) -> Result<u64, StoreError> {
    let sql = "DELETE FROM whereabouts WHERE place_id = $1 AND until_day < $2";
    tx.execute(sql, &[place.into(), today.into()]).await
}
