use super::*;
use crate::app::Act;
use crate::desk::{capture_items, desk_page, file_report};
use crate::error::AppError;
use crate::office::refused::{is_refused, key};
use crate::publish::publish_in;
use crate::testing::Town;
use jiff::civil::date;
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::today::{DueKind, Line};

async fn list(town: &Town, name: &str) -> TodayPage {
    today_page(&town.app, &town.act(name).await).await.unwrap()
}

async fn add(town: &Town, name: &str, words: &str) {
    let key = town.app.new_id();
    add_task(&town.app, &town.act(name).await, AddTask { key, words: words.into() }).await.unwrap();
}

fn id(line: &Line) -> LineId {
    LineId { kind: line.due.kind, subject: line.due.subject }
}

async fn done(town: &Town, act: &Act, line: LineId, words: &str) -> Result<(), AppError> {
    let wanted = Finish { key: town.app.new_id(), line, words: words.into() };
    finish(&town.app, act, wanted).await.map(drop)
}

async fn stuck(town: &Town, act: &Act, line: LineId, words: &str) -> Result<(), AppError> {
    put_off(&town.app, act, PutOff { key: town.app.new_id(), line, why: Why::Stuck(words.into()) }).await
}

async fn work(town: &Town, name: &str) -> Vec<String> {
    let act = town.act(name).await;
    let page = desk_page(&town.app, &act, act.person()).await.unwrap();
    page.work.into_iter().map(|item| item.item.body).collect()
}

async fn plan(town: &Town, name: &str) -> Vec<(String, Option<String>)> {
    let act = town.act(name).await;
    let page = desk_page(&town.app, &act, act.person()).await.unwrap();
    page.plan.into_iter().map(|item| (item.item.body, item.item.difficulty)).collect()
}

/// A published plan of 水务 for the week from 9 November, and the clock on its Monday.
async fn with_plan(town: &Town, words: &str) {
    let act = town.act("水务").await;
    let kind = ItemKind::Work;
    capture_items(&town.app, &act, act.person(), kind, "检修西湾泵站2处", None).await.unwrap();
    capture_items(&town.app, &act, act.person(), ItemKind::Plan, words, None).await.unwrap();
    file_report(&town.app, &act, act.person()).await.unwrap();
    let period = town.open_period().await;
    town.pass_days(3);
    town.app
        .store
        .write("test", &(town, period), |tx, (town, period)| {
            let now = town.app.clock.now();
            Box::pin(publish_in(&town.app, tx, &town.place, now, period, None))
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn a_line_is_understood_done_with_a_tap_and_stands_in_the_report() {
    for town in Town::each().await {
        add(&town, "民政", "周四前到东湾村核查低保户").await;
        let page = list(&town, "民政").await;
        let line = &page.parts.later[0];
        assert_eq!(line.due.due_on, Some(date(2026, 11, 12)), "the clock stands on Friday the 6th");
        assert_eq!(page.spots.values().collect::<Vec<_>>(), ["东湾村"]);
        let act = town.act("民政").await;
        done(&town, &act, id(line), "核查12户，清退1户").await.unwrap();
        assert_eq!(work(&town, "民政").await, ["到东湾村核查低保户，核查12户，清退1户"]);
        let page = list(&town, "民政").await;
        assert!(page.parts.later.is_empty());
        assert_eq!(page.done.len(), 1);
        take_back(&town.app, &act, TakeBack { key: town.app.new_id(), line: page.done[0].line, drop: false })
            .await
            .unwrap();
        assert!(work(&town, "民政").await.is_empty());
        assert_eq!(list(&town, "民政").await.parts.later.len(), 1);
    }
}

#[tokio::test]
async fn an_act_that_arrives_twice_is_done_once() {
    for town in Town::each().await {
        let act = town.act("民政").await;
        let key = town.app.new_id();
        for _ in 0..2 {
            let wanted = AddTask { key, words: "走访优抚对象6户".into() };
            add_task(&town.app, &act, wanted).await.unwrap();
        }
        let page = list(&town, "民政").await;
        assert_eq!(page.parts.any_day.len(), 1);
        let wanted =
            Finish { key: town.app.new_id(), line: id(&page.parts.any_day[0]), words: String::new() };
        assert!(finish(&town.app, &act, wanted.clone()).await.unwrap().is_some());
        assert!(finish(&town.app, &act, wanted).await.unwrap().is_none());
        assert_eq!(work(&town, "民政").await, ["走访优抚对象6户"]);
    }
}

#[tokio::test]
async fn a_plan_that_was_not_done_on_its_day_asks_and_is_moved_or_stuck() {
    for town in Town::each().await {
        with_plan(&town, "周二前清淤东湾支渠1.2公里").await;
        assert_eq!(list(&town, "水务").await.parts.later.len(), 1, "Monday");
        town.pass_days(2);
        let act = town.act("水务").await;
        let page = list(&town, "水务").await;
        let line = id(&page.parts.overdue[0]);
        assert_eq!(line.kind, DueKind::Plan);
        let moved = PutOff { key: town.app.new_id(), line, why: Why::Moved(date(2026, 11, 13)) };
        put_off(&town.app, &act, moved).await.unwrap();
        let page = list(&town, "水务").await;
        assert!(page.parts.overdue.is_empty());
        assert_eq!(page.parts.later[0].due.due_on, Some(date(2026, 11, 13)));

        stuck(&town, &act, line, "挖机在修，要等两天").await.unwrap();
        let page = list(&town, "水务").await;
        assert_eq!(page.parts.stuck[0].stuck.as_deref(), Some("挖机在修，要等两天"));
        let promise = &desk_page(&town.app, &act, act.person()).await.unwrap().promises[0];
        assert_eq!(promise.outcome, Some(Outcome::Moved));
        let expected = ("周二前清淤东湾支渠1.2公里".into(), Some("挖机在修，要等两天".into()));
        assert_eq!(plan(&town, "水务").await, [expected]);

        // The digger came sooner: the plan that it had become goes, and nothing was typed twice.
        done(&town, &act, line, "清淤1.3公里").await.unwrap();
        assert_eq!(work(&town, "水务").await, ["清淤东湾支渠1.2公里，清淤1.3公里"]);
        assert!(plan(&town, "水务").await.is_empty());
        assert!(list(&town, "水务").await.parts.stuck.is_empty());
    }
}

#[tokio::test]
async fn a_stuck_line_of_ones_own_stands_in_the_next_plan_until_it_is_done() {
    for town in Town::each().await {
        add(&town, "民政", "今天发放临时救助").await;
        let act = town.act("民政").await;
        let line = id(&list(&town, "民政").await.parts.today[0]);
        stuck(&town, &act, line, "银行系统升级").await.unwrap();
        assert_eq!(plan(&town, "民政").await, [("发放临时救助".into(), Some("银行系统升级".into()))]);
        stuck(&town, &act, line, "还缺两人的账号").await.unwrap();
        assert_eq!(plan(&town, "民政").await, [("发放临时救助".into(), Some("还缺两人的账号".into()))]);
        done(&town, &act, line, "").await.unwrap();
        assert!(plan(&town, "民政").await.is_empty());
        assert_eq!(work(&town, "民政").await, ["发放临时救助"]);
    }
}

#[tokio::test]
async fn nobody_touches_anothers_list_and_a_filed_report_is_not_written_in() {
    for town in Town::each().await {
        add(&town, "民政", "今天走访优抚对象6户").await;
        let line = id(&list(&town, "民政").await.parts.today[0]);
        for other in ["水务", "书记", "党政办"] {
            let act = town.act(other).await;
            assert!(done(&town, &act, line, "").await.is_err(), "{other}");
            assert!(stuck(&town, &act, line, "不是我的").await.is_err(), "{other}");
        }
        let auditor = town.act("监察").await;
        assert!(is_refused(&today_page(&town.app, &auditor).await));
        let wanted = AddTask { key: town.app.new_id(), words: "记一条".into() };
        assert!(is_refused(&add_task(&town.app, &auditor, wanted).await));

        let act = town.act("民政").await;
        let owner = act.person();
        capture_items(&town.app, &act, owner, ItemKind::Work, "发放低保金86户", None).await.unwrap();
        file_report(&town.app, &act, owner).await.unwrap();
        assert_eq!(key(done(&town, &act, line, "").await), "refusal-report-not-open");
        assert_eq!(list(&town, "民政").await.parts.today.len(), 1, "nothing was half done");
    }
}
