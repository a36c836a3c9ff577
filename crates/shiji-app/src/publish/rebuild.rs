//! Derives every public row anew and says whether anything differed (invariant 3).

use crate::app::App;
use crate::error::AppError;
use shiji_record::projection::{Row, derive};
use shiji_store::roster::Place;
use shiji_store::{Tx, projection, record, search};
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rebuilt {
    pub issues: usize,
    pub records: usize,
    /// Issues whose public rows were not what their records say; they are now.
    pub differed: Vec<i64>,
}

/// # Errors
/// When a record does not match its own commitment, or the store fails; then nothing is changed.
pub async fn rebuild(app: &App, place: &Place) -> Result<Rebuilt, AppError> {
    app.store.write("rebuild", place, |tx, place| Box::pin(rebuild_in(tx, place))).await
}

async fn rebuild_in(tx: &mut Tx, place: &Place) -> Result<Rebuilt, AppError> {
    let place_id = place.place_id;
    let mut numbers: BTreeSet<i64> = record::issues(tx, place_id).await?.into_iter().collect();
    numbers.extend(projection::issues(tx, place_id).await?);
    let mut rebuilt = Rebuilt::default();
    for number in numbers {
        let records = record::records_of_issue(tx, place_id, number).await?;
        let derived: Vec<Row> = records.iter().filter_map(derive).collect();
        let standing = projection::rows_of_issue(tx, place_id, number).await?;
        rebuilt.issues += 1;
        rebuilt.records += records.len();
        if !same_rows(&derived, &standing) {
            rebuilt.differed.push(number);
            projection::delete_issue(tx, place_id, number).await?;
            projection::insert_rows(tx, &derived).await?;
        }
    }
    search::reindex(tx, place_id).await?;
    Ok(rebuilt)
}

/// Rows are compared as sets: tables have no order of their own.
fn same_rows(one: &[Row], other: &[Row]) -> bool {
    let sorted = |rows: &[Row]| -> Vec<String> {
        let mut lines: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
        lines.sort_unstable();
        lines
    };
    one.len() == other.len() && sorted(one) == sorted(other)
}
