//! The desk's buttons, as a browser without script sends them.

use crate::testing::Browser;
use axum::http::StatusCode;
use shiji_app::desk::{capture_items, desk_page, file_report};
use shiji_app::leader::{WriteComment, write_comment};
use shiji_app::testing::Town;
use shiji_domain::item::ItemKind;

#[tokio::test]
async fn items_are_moved_by_buttons_that_name_their_neighbours() {
    let town = Town::on_sqlite().await;
    let act = town.act("水务").await;
    let words = "1、更换东湾村水表38只\n2、巡查湾口渠4次\n3、检修西湾泵站2处";
    capture_items(&town.app, &act, act.person(), ItemKind::Work, words, None).await.unwrap();
    let browser = Browser::of(&town, "水务").await;
    let (_, page) = browser.get("/desk").await;
    let count = |page: &str, label: &str| page.matches(&format!("aria-label=\"{label}：")).count();
    assert_eq!((count(&page, "上移"), count(&page, "下移")), (2, 2), "the ends have one way only");
    let work = desk_page(&town.app, &act, act.person()).await.unwrap().work;
    let id = |at: usize| work[at].item.item_id.to_string();
    let (owner, item) = (act.person().to_string(), id(2));
    let (status, on) =
        browser.post("/desk/move", &[("owner", &owner), ("item", &item), ("before", &id(0))]).await;
    assert_eq!((status, on.ends_with(&format!("/desk#i-{item}"))), (StatusCode::SEE_OTHER, true), "{on}");
    let page = browser.get("/desk").await.1;
    assert!(page.find("检修西湾泵站2处").unwrap() < page.find("更换东湾村水表38只").unwrap());
    file_report(&town.app, &act, act.person()).await.unwrap();
    assert_eq!(count(&browser.get("/desk").await.1, "上移"), 0, "a filed report is not moved about in");
}

#[tokio::test]
async fn a_leaders_word_stands_at_its_item_on_both_pages() {
    let town = Town::on_sqlite().await;
    let act = town.act("水务").await;
    let words = "更换东湾村水表38只，逐户试水正常";
    capture_items(&town.app, &act, act.person(), ItemKind::Work, words, None).await.unwrap();
    file_report(&town.app, &act, act.person()).await.unwrap();
    let item = desk_page(&town.app, &act, act.person()).await.unwrap().work[0].item.clone();
    let leader = Browser::of(&town, "镇长").await;
    let (report, id) = (item.report_id.to_string(), item.item_id.to_string());
    let long = "哪几户?".repeat(100);
    let form = |words| [("report", report.as_str()), ("item", id.as_str()), ("words", words)];
    let (status, page) = leader.post("/leader/comment", &form(&long)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains(&format!("{long}</textarea>")), "the words are lost");
    let (_, on) = leader.post("/leader/comment", &form("哪几户还没换?")).await;
    assert!(on.ends_with(&format!("/leader/report/{report}#i-{id}")), "{on}");

    let own = Browser::of(&town, "水务").await;
    let page = own.get("/desk").await.1;
    assert!(page.contains("您的实绩有新的留言") && page.contains("哪几户还没换?"));
    let comment = page.split("name=\"comment\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let owner = act.person().to_string();
    own.post("/desk/dealt", &[("owner", &owner), ("item", &id), ("comment", comment)]).await;
    let page = leader.get(&format!("/leader/report/{report}")).await.1;
    assert!(page.contains("哪几户还没换?") && page.contains("12:00 已处理"), "{page}");

    let gone = WriteComment { report: item.report_id, item: None, words: "整份看过".into() };
    write_comment(&town.app, &town.act("镇长").await, gone).await.unwrap();
    let page = own.get("/desk").await.1;
    assert!(page.find("整份看过").unwrap() > page.find("哪几户还没换?").unwrap());
}
