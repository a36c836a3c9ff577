//! What the desk shows beside a difficulty: whether somebody was asked for help, and who has met the like before.

use super::before::{Before, alike, earlier};
use super::step::called;
use crate::app::Act;
use crate::error::AppError;
use shiji_domain::id::ItemId;
use shiji_domain::staff::Staff;
use shiji_store::Tx;
use shiji_store::difficulty::{self, Difficulty};
use shiji_store::report::Item;
use std::collections::HashMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    /// With the name of who has it now, when somebody was asked.
    pub raised: Option<(Difficulty, String)>,
    pub before: Vec<Before>,
}

/// For every item that tells a difficulty.
pub(crate) async fn stuck(
    tx: &mut Tx,
    act: &Act,
    staff: &Staff,
    items: &[&Item],
) -> Result<HashMap<ItemId, Stuck>, AppError> {
    let place = act.place.place_id;
    let mut all = HashMap::new();
    let told: Vec<(ItemId, &str)> =
        items.iter().filter_map(|item| Some((item.item_id, item.difficulty.as_deref()?))).collect();
    if told.is_empty() {
        return Ok(all);
    }
    let earlier = earlier(tx, place).await?;
    for (item, words) in told {
        let raised = difficulty::of_item(tx, place, item).await?;
        let but = raised.as_ref().map(|raised| raised.difficulty_id);
        let before = alike(tx, place, &earlier, words, but).await?;
        let raised = raised.map(|raised| (raised.clone(), called(staff, raised.course.to)));
        all.insert(item, Stuck { raised, before });
    }
    Ok(all)
}
