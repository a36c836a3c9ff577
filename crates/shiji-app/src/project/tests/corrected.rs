//! What is corrected later was published before.

use super::*;
use crate::desk::file_report;
use crate::publish::{CorrectItem, correct_item};

#[tokio::test]
async fn a_corrected_item_stands_under_the_day_on_which_it_was_published_first() {
    for town in Town::each().await {
        let (id, milestones) = begun(&town).await;
        let item = item_on(&town, milestones[0], "铺设主管网600米").await;
        let act = town.act("水务").await;
        file_report(&town.app, &act, act.person()).await.unwrap();
        town.publish_week(0).await;
        town.pass_days(9);
        let correction =
            CorrectItem { item, text: "铺设主管网660米".into(), reason: "数字写错".into() };
        correct_item(&town.app, &town.act("党政办").await, correction).await.unwrap();
        let moved = one(&town.app, &town.place, id).await.unwrap().moved.remove(0);
        assert_eq!(moved.item.fact.text, "铺设主管网660米");
        assert_eq!((moved.first_on, moved.item.published_on), (TODAY, date(2026, 11, 15)));
    }
}
