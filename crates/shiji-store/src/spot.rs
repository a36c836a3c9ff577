//! The firms and sites that the clerk wrote down.

use crate::database::{StoreError, Tx};
use crate::value::{Row, Value};
use shiji_domain::id::{PlaceId, SpotId};
use shiji_domain::spot::SpotKind;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub spot_id: SpotId,
    pub kind: SpotKind,
    pub name: String,
    pub others: Vec<String>,
}

fn spot_of(row: &Row) -> Result<Spot, StoreError> {
    Ok(Spot {
        spot_id: row.parsed("spot_id")?,
        kind: row.code("kind", SpotKind::from_code)?,
        name: row.text("name")?,
        others: row.json("others")?,
    })
}

/// In the clerk's order.
pub async fn spots(tx: &mut Tx, place: PlaceId) -> Result<Vec<Spot>, StoreError> {
    let sql =
        "SELECT spot_id, kind, name, others FROM spot WHERE place_id = $1 ORDER BY kind, sort_order, spot_id";
    tx.fetch_all(sql, &[place.into()]).await?.iter().map(spot_of).collect()
}

/// Puts the whole list in the place of the one before.
pub async fn replace_spots(tx: &mut Tx, place: PlaceId, spots: &[Spot]) -> Result<(), StoreError> {
    tx.execute("DELETE FROM spot WHERE place_id = $1", &[place.into()]).await?;
    let mut rows: Vec<Vec<Value>> = Vec::with_capacity(spots.len());
    for (order, spot) in (0_i64..).zip(spots) {
        rows.push(vec![
            place.into(),
            spot.spot_id.to_string().into(),
            spot.kind.code().into(),
            (&spot.name).into(),
            serde_json::to_string(&spot.others)?.into(),
            order.into(),
        ]);
    }
    tx.insert_many("INSERT INTO spot (place_id, spot_id, kind, name, others, sort_order)", &rows).await
}
