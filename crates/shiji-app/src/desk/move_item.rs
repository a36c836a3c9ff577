//! Putting an item above or below another one.

use super::writable::writable_item;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::ItemId;
use shiji_domain::item::{Side, put_beside};
use shiji_store::Tx;
use shiji_store::report;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoveItem {
    pub item: ItemId,
    pub side: Side,
    /// The neighbour that the person saw.
    pub other: ItemId,
}

/// A neighbour that is gone meanwhile, or of another list, changes nothing.
///
/// # Errors
/// Refuses who may not write there now; `NotFound` for an item that is gone.
pub async fn move_item(app: &App, act: &Act, wanted: MoveItem) -> Result<(), AppError> {
    app.store
        .write("move_item", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, *wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: MoveItem) -> Result<(), AppError> {
    let place = act.place.place_id;
    let (report, moved) = writable_item(tx, act, wanted.item).await?;
    let mut items = report::items_of(tx, place, report.report_id).await?;
    items.retain(|item| item.kind == moved.kind);
    let order: Vec<ItemId> = items.iter().map(|item| item.item_id).collect();
    let Some(new) = put_beside(&order, wanted.item, wanted.side, wanted.other) else { return Ok(()) };
    // What one imported may have in common with another is laid down anew, so numbers are given to all that differ.
    let first = items.iter().map(|item| item.order).min().unwrap_or(1);
    for (number, id) in (first..).zip(&new) {
        if items.iter().any(|item| item.item_id == *id && item.order != number) {
            report::order_item(tx, place, *id, number).await?;
        }
    }
    let at = |order: &[ItemId]| order.iter().position(|id| *id == wanted.item).map(|at| (at + 1).to_string());
    let change = Change { act: "item.move", subject: &wanted.item, before: at(&order), after: at(&new) };
    audit(app, tx, act, change).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{EditItem, Edited, capture_items, desk_page, edit_item, file_report};
    use crate::testing::Town;
    use shiji_domain::item::ItemKind;

    async fn words(town: &Town) -> Vec<(ItemId, String)> {
        let act = town.act("水务").await;
        let work = desk_page(&town.app, &act, act.person()).await.unwrap().work;
        work.into_iter().map(|item| (item.item.item_id, item.item.body)).collect()
    }

    async fn three(town: &Town) -> Vec<(ItemId, String)> {
        let act = town.act("水务").await;
        let words_of = "1、更换东湾村水表38只\n2、巡查湾口渠4次\n3、检修西湾泵站2处\n下周计划\n1、清淤1公里";
        capture_items(&town.app, &act, act.person(), ItemKind::Work, words_of, None).await.unwrap();
        words(town).await
    }

    #[tokio::test]
    async fn an_item_goes_up_once_however_often_the_button_is_sent() {
        for town in Town::each().await {
            let [first, second, third] = three(&town).await.try_into().unwrap();
            let act = town.act("水务").await;
            let up = MoveItem { item: third.0, side: Side::Before, other: second.0 };
            for _ in 0..2 {
                move_item(&town.app, &act, up).await.unwrap();
                assert_eq!(words(&town).await, [first.clone(), third.clone(), second.clone()]);
            }
            let plan = desk_page(&town.app, &act, act.person()).await.unwrap().plan;
            let across = MoveItem { item: first.0, side: Side::After, other: plan[0].item.item_id };
            move_item(&town.app, &act, across).await.unwrap();
            assert_eq!(words(&town).await, [first, third, second], "work and plan are two lists");
        }
    }

    #[tokio::test]
    async fn words_typed_in_another_tab_while_items_move_are_kept() {
        for town in Town::each().await {
            let [first, second, third] = three(&town).await.try_into().unwrap();
            let act = town.act("水务").await;
            let seen = desk_page(&town.app, &act, act.person()).await.unwrap().work[2].item.clone();
            let up = MoveItem { item: third.0, side: Side::Before, other: first.0 };
            move_item(&town.app, &act, up).await.unwrap();
            let text = "检修西湾泵站3处".to_owned();
            let edit =
                EditItem { item: third.0, version: seen.version, text, due_on: None, difficulty: None };
            let edited = edit_item(&town.app, &act, edit).await.unwrap();
            assert!(matches!(edited, Edited::Saved { .. }), "{edited:?}");
            let now: Vec<String> = words(&town).await.into_iter().map(|(_, words)| words).collect();
            assert_eq!(now, ["检修西湾泵站3处", &first.1, &second.1]);
        }
    }

    #[tokio::test]
    async fn nobody_else_moves_items_and_a_filed_report_stays_as_it_is() {
        for town in Town::each().await {
            let [first, second, _] = three(&town).await.try_into().unwrap();
            let down = MoveItem { item: first.0, side: Side::After, other: second.0 };
            for other in ["民政", "镇长", "党政办"] {
                assert!(move_item(&town.app, &town.act(other).await, down).await.is_err(), "{other}");
            }
            let act = town.act("水务").await;
            file_report(&town.app, &act, act.person()).await.unwrap();
            assert!(move_item(&town.app, &act, down).await.is_err());
            assert_eq!(words(&town).await[0], first);
        }
    }
}
