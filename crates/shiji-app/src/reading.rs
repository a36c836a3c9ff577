//! How often the public opened an item's page and said thanks, kept as bare sums and shown to the official alone.

use crate::app::{Act, App};
use crate::error::AppError;
use shiji_domain::id::{ItemId, PlaceId};
use shiji_record::projection::ItemRow;
use shiji_store::public::{self, Issue};
use shiji_store::reading::{self, Count};
use std::collections::HashMap;

/// Weeks that the official looks back on.
const WEEKS_MOST: usize = 12;

/// What was counted since the last time.
pub type Counted = Vec<(PlaceId, ItemId, Count)>;

/// Adds to the sums.
///
/// # Errors
/// Only when the store fails; then nothing was added.
pub async fn add_readings(app: &App, counted: &Counted) -> Result<(), AppError> {
    if counted.is_empty() {
        return Ok(());
    }
    app.store
        .write("add_readings", counted, |tx, counted| {
            Box::pin(async move {
                for (place, item, more) in counted {
                    reading::add(tx, *place, *item, *more).await?;
                }
                Ok(())
            })
        })
        .await
}

/// An issue with the official's items in it, each revision a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadWeek {
    pub issue: Issue,
    pub items: Vec<ItemRow>,
}

/// Sums of the official's own published items.
///
/// # Errors
/// Only when the store fails.
pub async fn own_counts(app: &App, act: &Act) -> Result<HashMap<ItemId, Count>, AppError> {
    let mut tx = app.store.read().await?;
    Ok(reading::counts_of(&mut tx, act.place.place_id, act.person()).await?)
}

/// The official's own published weeks, the newest first, and the sums of their items.
///
/// # Errors
/// Only when the store fails.
pub async fn own_readings(app: &App, act: &Act) -> Result<(Vec<ReadWeek>, HashMap<ItemId, Count>), AppError> {
    let mut tx = app.store.read().await?;
    let (place, person) = (act.place.place_id, act.person());
    let counts = reading::counts_of(&mut tx, place, person).await?;
    let mut items: HashMap<i64, Vec<ItemRow>> = HashMap::new();
    for (issue, row) in public::person_items(&mut tx, place, person).await? {
        items.entry(issue).or_default().push(row);
    }
    let issues = public::issues(&mut tx, place).await?;
    let weeks = issues.into_iter().filter_map(|issue| {
        let items = items.remove(&issue.number)?;
        Some(ReadWeek { issue, items })
    });
    Ok((weeks.take(WEEKS_MOST).collect(), counts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Town;

    #[tokio::test]
    async fn sums_grow_and_only_those_of_the_own_items_are_told() {
        for town in Town::each().await {
            let place = town.place.place_id;
            let item: ItemId = town.app.new_id();
            let more = Count { readings: 3, thanks: 1 };
            add_readings(&town.app, &vec![(place, item, more), (place, item, more)]).await.unwrap();
            add_readings(&town.app, &Vec::new()).await.unwrap();
            let act = town.act("水务").await;
            let (weeks, counts) = own_readings(&town.app, &act).await.unwrap();
            assert!(weeks.is_empty() && counts.is_empty(), "nothing of this official is published");
        }
    }
}
