use super::*;
use crate::desk::{capture_items, file_report};
use crate::testing::Town;
use jiff::ToSpan as _;
use shiji_domain::item::ItemKind;

async fn unread(town: &Town, name: &str) -> Vec<NoticeKind> {
    let mut tx = town.app.store.read().await.unwrap();
    let found = notice::unread(&mut tx, town.place.place_id, town.person(name)).await.unwrap();
    found.into_iter().map(|notice| notice.kind).collect()
}

#[tokio::test]
async fn who_has_not_filed_is_told_once_before_and_once_after_the_deadline() {
    for town in Town::each().await {
        assert_eq!(tell_due(&town.app, &town.place).await.unwrap(), 0, "Friday is too early");
        let water = town.act("水务").await;
        let words = "更换东湾村水表38只";
        capture_items(&town.app, &water, water.person(), ItemKind::Work, words, None).await.unwrap();
        file_report(&town.app, &water, water.person()).await.unwrap();
        town.pass(31.hours());
        assert_eq!(tell_due(&town.app, &town.place).await.unwrap(), 6);
        assert_eq!(tell_due(&town.app, &town.place).await.unwrap(), 0);
        assert_eq!(unread(&town, "民政").await, [NoticeKind::DeadlineComing]);
        assert!(unread(&town, "水务").await.is_empty());
        town.pass(24.hours());
        assert_eq!(tell_due(&town.app, &town.place).await.unwrap(), 6);
        assert_eq!(unread(&town, "民政").await, [NoticeKind::Late, NoticeKind::DeadlineComing]);
    }
}

#[tokio::test]
async fn an_address_is_seen_by_its_owner_only_and_lies_sealed() {
    for town in Town::each().await {
        let water = town.act("水务").await;
        set_own_address(&town.app, &water, " water@example.org ").await.unwrap();
        assert_eq!(own_address(&town.app, &water).await.unwrap().as_deref(), Some("water@example.org"));
        assert_eq!(own_address(&town.app, &town.act("民政").await).await.unwrap(), None);
        let mut tx = town.app.store.read().await.unwrap();
        let sealed = notice::contact(&mut tx, town.place.place_id, town.person("水务")).await.unwrap();
        drop(tx);
        assert!(!sealed.unwrap().contains("water"));
        assert!(set_own_address(&town.app, &water, "nonsense").await.is_err());
        set_own_address(&town.app, &water, "").await.unwrap();
        assert_eq!(own_address(&town.app, &water).await.unwrap(), None);
    }
}
