use super::*;
use crate::error::AppError;
use crate::testing::Town;
use jiff::civil::{date, time};
use shiji_domain::whereabouts::Presence;
use shiji_store::audit;

async fn say(town: &Town, name: &str, presence: Option<Presence>) -> Result<(), AppError> {
    let wanted = SayWhereabouts {
        presence,
        back_on: None,
        back_at: Some(time(14, 30, 0, 0)),
        ask: Some(town.person("民政")),
    };
    say_whereabouts(&town.app, &town.act(name).await, wanted).await
}

#[tokio::test]
async fn what_was_said_is_shown_today_and_gone_tomorrow_without_a_trace() {
    for town in Town::each().await {
        town.publish_week(1).await;
        say(&town, "水务", Some(Presence::Out)).await.unwrap();
        let (_, lines) = gate(&town.app, &town.place).await.unwrap();
        let line = lines.iter().find(|line| line.person.name == "水务").unwrap();
        assert_eq!(line.said.as_ref().unwrap().back_at, Some(time(14, 30, 0, 0)));
        assert_eq!(line.ask.as_deref(), Some("民政"));
        say(&town, "水务", Some(Presence::InOffice)).await.unwrap();
        town.pass_days(1);
        let (_, lines) = gate(&town.app, &town.place).await.unwrap();
        assert!(lines.iter().all(|line| line.said.is_none()));
        assert_eq!(
            forget_past(&town.app, &town.place).await.unwrap(),
            1,
            "one row, however often it was said"
        );
        let mut tx = town.app.store.read().await.unwrap();
        let trail = audit::audit_entries(&mut tx, town.place.place_id, i64::MAX, 200).await.unwrap();
        assert!(trail.iter().all(|line| !line.act.contains("where")), "no history can be drawn");
    }
}

#[tokio::test]
async fn it_is_taken_back_with_a_tap_and_nobody_without_a_post_can_be_named() {
    for town in Town::each().await {
        town.publish_week(1).await;
        say(&town, "水务", Some(Presence::OnLeave)).await.unwrap();
        say(&town, "水务", None).await.unwrap();
        let own = own_whereabouts(&town.app, &town.act("水务").await).await.unwrap();
        assert_eq!(own.said, None);
        let nobody = SayWhereabouts {
            presence: Some(Presence::OnLeave),
            back_on: Some(date(2026, 11, 30)),
            back_at: None,
            ask: Some(town.app.new_id()),
        };
        assert!(say_whereabouts(&town.app, &town.act("水务").await, nobody).await.is_err());
    }
}
