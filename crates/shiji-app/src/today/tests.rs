use super::*;
use crate::app::Act;
use crate::desk::{capture_items, desk_page, file_report};
use crate::directive::{GiveDirective, give_directive};
use crate::error::AppError;
use crate::log::{RedactItem, redact_item};
use crate::office::refused::{is_refused, key};
use crate::publish::publish_in;
use crate::testing::Town;
use jiff::civil::date;
use shiji_domain::directive::Source;
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::redaction::RedactionReason;
use shiji_domain::today::{DueKind, Line};

pub(super) async fn list(town: &Town, name: &str) -> TodayPage {
    today_page(&town.app, &town.act(name).await).await.unwrap()
}

pub(super) async fn add(town: &Town, name: &str, words: &str) {
    let key = town.app.new_id();
    add_task(&town.app, &town.act(name).await, AddTask { key, words: words.into() }).await.unwrap();
}

pub(super) fn id(line: &Line) -> LineId {
    LineId { kind: line.due.kind, subject: line.due.subject }
}

pub(super) async fn done(town: &Town, act: &Act, line: LineId, words: &str) -> Result<(), AppError> {
    let wanted = Finish { key: town.app.new_id(), line, words: words.into() };
    finish(&town.app, act, wanted).await.map(drop)
}

pub(super) async fn stuck(town: &Town, act: &Act, line: LineId, words: &str) -> Result<(), AppError> {
    put_off(&town.app, act, PutOff { key: town.app.new_id(), line, why: Why::Stuck(words.into()) }).await
}

pub(super) async fn work(town: &Town, name: &str) -> Vec<String> {
    let act = town.act(name).await;
    let page = desk_page(&town.app, &act, act.person()).await.unwrap();
    page.work.into_iter().map(|item| item.item.body).collect()
}

pub(super) async fn plan(town: &Town, name: &str) -> Vec<(String, Option<String>)> {
    let act = town.act(name).await;
    let page = desk_page(&town.app, &act, act.person()).await.unwrap();
    page.plan.into_iter().map(|item| (item.item.body, item.item.difficulty)).collect()
}

/// A published plan of 水务 for the week from 9 November, and the clock on its Monday.
pub(super) async fn with_plan(town: &Town, words: &str) {
    let act = town.act("水务").await;
    let kind = ItemKind::Work;
    capture_items(&town.app, &act, act.person(), kind, "检修西湾泵站2处", None).await.unwrap();
    capture_items(&town.app, &act, act.person(), ItemKind::Plan, words, None).await.unwrap();
    file_report(&town.app, &act, act.person()).await.unwrap();
    town.pass_days(3);
    publish(town).await;
}

pub(super) async fn publish(town: &Town) {
    let period = town.open_period().await;
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
async fn a_day_there_is_none_of_is_told_back() {
    for town in Town::each().await {
        let act = town.act("水务").await;
        let wanted = |words: &str| AddTask { key: town.app.new_id(), words: words.into() };
        let refused = add_task(&town.app, &act, wanted("2月30日前报水费账")).await;
        let Err(AppError::Refused(refusal)) = refused else { panic!("{refused:?}") };
        assert_eq!((refusal.key, refusal.args[0].1.as_str()), ("refusal-no-such-day", "2月30日"));
        add_task(&town.app, &act, wanted("下午3点到大营村开会")).await.unwrap();
        let page = list(&town, "水务").await;
        assert_eq!(page.parts.any_day[0].due.text, "下午3点到大营村开会");
    }
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
async fn nobody_touches_anothers_list_and_a_filed_report_is_filed_anew_until_the_meeting() {
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
        assert!(list(&town, "民政").await.is_filed);
        done(&town, &act, line, "").await.unwrap();
        let page = list(&town, "民政").await;
        assert!(
            page.is_filed && page.parts.today.is_empty(),
            "it stands in the report, which is handed in again"
        );
        assert_eq!(work(&town, "民政").await, ["发放低保金86户", "走访优抚对象6户"]);

        add(&town, "民政", "今天整理档案").await;
        let line = id(&list(&town, "民政").await.parts.today[0]);
        crate::meeting::open_meeting(&town.app, &town.act("书记").await).await.unwrap();
        assert_eq!(key(done(&town, &act, line, "").await), "refusal-today-meeting");
        let page = list(&town, "民政").await;
        assert_eq!(page.parts.today.len(), 1, "nothing was half done");
        assert!(page.in_meeting && page.done.iter().all(|done| !done.may_undo && !done.may_add));
        publish(&town).await;
        done(&town, &act, line, "").await.unwrap();
        assert_eq!(work(&town, "民政").await, ["整理档案"], "after the meeting it goes into the next week");
    }
}

#[tokio::test]
async fn words_of_an_internal_order_never_become_an_items() {
    for town in Town::each().await {
        let leader = town.act("镇长").await;
        let order = GiveDirective {
            form: uuid::Uuid::nil(),
            text: "暗查东湾村低保名单".into(),
            owners: vec![town.person("民政")],
            helpers: vec![],
            due_on: date(2026, 11, 12),
            steps: String::new(),
            source: Source::Inspection,
            source_text: String::new(),
            question: None,
            is_public: false,
        };
        let directive = give_directive(&town.app, &leader, order).await.unwrap();
        let line = LineId { kind: DueKind::Directive, subject: directive.0 };
        let act = town.act("民政").await;
        assert_eq!(key(done(&town, &act, line, "").await), "refusal-today-internal");
        stuck(&town, &act, line, "名单还没拿到").await.unwrap();
        assert_eq!(plan(&town, "民政").await[0].0, "名单还没拿到");
        done(&town, &act, line, "核对了18户的材料").await.unwrap();
        let desk = desk_page(&town.app, &act, act.person()).await.unwrap();
        let words: Vec<&str> =
            desk.work.iter().chain(&desk.plan).map(|item| item.item.body.as_str()).collect();
        assert_eq!(words, ["核对了18户的材料"]);
    }
}

#[tokio::test]
async fn an_order_is_put_down_once_and_its_day_is_not_moved_on_the_own_list() {
    for town in Town::each().await {
        let leader = town.act("镇长").await;
        let order = GiveDirective {
            form: town.app.new_id(),
            text: "核对东湾村低保名单".into(),
            owners: vec![town.person("民政")],
            helpers: vec![],
            due_on: date(2026, 11, 12),
            steps: String::new(),
            source: Source::Inspection,
            source_text: String::new(),
            question: None,
            is_public: true,
        };
        let directive = give_directive(&town.app, &leader, order.clone()).await.unwrap();
        let again = give_directive(&town.app, &leader, order.clone()).await.unwrap();
        assert_eq!(directive, again, "the form sent twice is one order");
        let other = give_directive(&town.app, &town.act("书记").await, order).await;
        assert!(is_refused(&other), "nobody learns of another's order by its form");
        let line = LineId { kind: DueKind::Directive, subject: directive.0 };
        let act = town.act("民政").await;
        let to = date(2026, 11, 20);
        let later = PutOff { key: town.app.new_id(), line, why: Why::Moved(to) };
        assert_eq!(key(put_off(&town.app, &act, later).await), "refusal-today-agreed");
        done(&town, &act, line, "").await.unwrap();
        let page = list(&town, "民政").await;
        assert_eq!(page.parts.waiting.len(), 1);
        assert_eq!(key(done(&town, &act, line, "").await), "refusal-today-said");
        done(&town, &act, line, "又核对了6户").await.unwrap();
        assert_eq!(work(&town, "民政").await.len(), 2);
    }
}

#[tokio::test]
async fn words_of_a_line_that_were_taken_away_are_nowhere() {
    for town in Town::each().await {
        add(&town, "民政", "今天到李四光家核对低保材料").await;
        let line = id(&list(&town, "民政").await.parts.today[0]);
        let act = town.act("民政").await;
        done(&town, &act, line, "").await.unwrap();
        let desk = desk_page(&town.app, &act, act.person()).await.unwrap();
        let item = desk.work[0].item.item_id;
        file_report(&town.app, &act, act.person()).await.unwrap();
        publish(&town).await;
        let wanted = RedactItem { item, reason: RedactionReason::PersonalData };
        redact_item(&town.app, &town.act("党政办").await, wanted).await.unwrap();
        if town.app.store.engine() == "sqlite" {
            let copy = tempfile::tempdir().unwrap();
            let file = copy.path().join("copy.sqlite");
            town.app.store.copy_to(&file).await.unwrap();
            assert!(!String::from_utf8_lossy(&std::fs::read(file).unwrap()).contains("李四光"));
        }
    }
}
