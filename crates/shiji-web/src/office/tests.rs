//! The office's pages, as a browser asks for them.

use super::audit;
use crate::frame::text::{Language, Texts};
use crate::testing::Browser;
use axum::http::StatusCode;
use shiji_app::desk::{capture_items, file_report};
use shiji_app::testing::Town;
use shiji_domain::item::ItemKind;
use std::path::Path;

/// The value of a hidden field of the page.
fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let start = format!("name=\"{name}\" value=\"");
    page.split(start.as_str()).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default()
}

const PAGES: &[&str] = &[
    "/office/print",
    "/office",
    "/office/roster",
    "/office/calendar",
    "/office/leave",
    "/office/corrections",
    "/office/audit",
    "/office/person/add",
    "/office/roster/import",
    "/office/week/import",
];

#[tokio::test]
async fn the_clerk_opens_every_page_and_no_text_is_missing() {
    let town = Town::on_sqlite().await;
    let clerk = Browser::of(&town, "党政办").await;
    let person = format!("/office/person/{}", town.person("水务"));
    for page in PAGES.iter().copied().chain([person.as_str()]) {
        let (status, text) = clerk.get(page).await;
        assert_eq!(status, StatusCode::OK, "{page}: {text}");
        assert!(!text.contains("office-done") && !text.contains(">office-"), "{page}: a text is missing");
    }
    assert!(clerk.get("/office").await.1.contains("提醒未报的 7 人"));
}

#[tokio::test]
async fn others_see_what_is_theirs_and_a_refusal_stands_in_the_trail() {
    let town = Town::on_sqlite().await;
    for (name, allowed) in [
        ("书记", &["/office", "/office/print"][..]),
        ("监察", &["/office", "/office/print", "/office/roster", "/office/audit"]),
        ("水务", &[]),
        ("东村", &[]),
    ] {
        let browser = Browser::of(&town, name).await;
        for page in PAGES {
            let expected = if allowed.contains(page) { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(browser.get(page).await.0, expected, "{name} {page}");
        }
        let merge =
            browser.post("/office/calendar/merge", &[("first", "2026-11-09"), ("last", "2026-11-22")]);
        assert_eq!(merge.await.0, StatusCode::FORBIDDEN, "{name}");
    }
    let clerk = Browser::of(&town, "党政办").await;
    assert!(clerk.get("/office/audit").await.1.contains("/office/calendar/merge"));
}

#[tokio::test]
async fn a_robots_secret_is_taken_where_it_is_of_use_and_never_shown_again() {
    let town = Town::on_sqlite().await;
    let clerk = Browser::of(&town, "党政办").await;
    let add = async |url: &str, secret: &str| {
        clerk.post("/office/outgoing/hook", &[("url", url), ("robot_secret", secret)]).await
    };
    let wecom = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a";
    let (status, text) = add(wecom, "SECinvented").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("企业微信的机器人不用加签密钥") && text.contains("SECinvented"), "{text}");
    let (status, text) = add("https://oapi.dingtalk.com/robot/send?access_token=a", " SECinvented ").await;
    assert_eq!(status, StatusCode::OK, "{text}");
    assert!(text.contains("用机器人自己的密钥签名") && !text.contains("whsec_"), "{text}");
    assert!(!clerk.get("/office/outgoing").await.1.contains("SECinvented"));
    let (_, text) = add("https://hooks.example.org/a", "").await;
    assert!(text.contains("whsec_"), "{text}");
}

#[tokio::test]
async fn reminding_all_is_one_tap_and_the_page_says_so() {
    let town = Town::on_sqlite().await;
    let clerk = Browser::of(&town, "党政办").await;
    let period = town.open_period().await.period_id;
    let (status, to) = clerk.post(&format!("/office/week/{period}/remind"), &[]).await;
    assert_eq!((status, to.contains("done=reminded")), (StatusCode::SEE_OTHER, true));
    let rest = to.strip_prefix("/chengwan/zh").unwrap().to_owned();
    assert!(clerk.get(&rest).await.1.contains("已提醒 7 人"));
    let (status, text) = clerk.post(&format!("/office/week/{period}/remind"), &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("一小时内已经提醒过了"));
}

#[tokio::test]
async fn what_was_typed_is_not_lost_when_it_is_refused() {
    let town = Town::on_sqlite().await;
    let clerk = Browser::of(&town, "党政办").await;
    let (status, text) =
        clerk.post("/office/calendar/merge", &[("first", "2026-11-22"), ("last", "2026-11-09")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("value=\"2026-11-22\"") && text.contains("早于开始日期"));
    let person = format!("/office/person/{}", town.person("水务"));
    let (status, text) = clerk.post(&person, &[("name", "林远"), ("mobile", "同微信")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("value=\"林远\"") && text.contains("同微信"));
}

#[tokio::test]
async fn a_form_without_the_token_changes_nothing() {
    let town = Town::on_sqlite().await;
    let mut clerk = Browser::of(&town, "党政办").await;
    clerk.csrf = "0".repeat(32);
    let fields = [("first", "2026-11-09"), ("last", "2026-11-22")];
    assert_eq!(clerk.post("/office/calendar/merge", &fields).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_roster_is_shown_before_it_is_applied_and_nothing_else_is() {
    let town = Town::on_sqlite().await;
    let clerk = Browser::of(&town, "党政办").await;
    let sheet = "单位,姓名,职务,类别\n水务所,林远,水务所所长,中层干部\n党政办,党政办,党政办主任,中层干部\n";
    let day = [("day", "2026-11-06")];
    let (status, page) = clerk.upload("/office/roster/import", sheet, &day).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("新来") && page.contains("离任") && page.contains("林远"), "{page}");
    let seen = [
        ("day", "2026-11-06"),
        ("seen", hidden(&page, "seen")),
        ("sheet", hidden(&page, "sheet")),
        ("file_name", "sheet.csv"),
    ];
    let mut other = seen;
    other[0].1 = "2026-11-05";
    let (status, page) = clerk.post("/office/roster/import/apply", &other).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "another day is another plan");
    assert!(page.contains("还没有写入"), "and it is shown");
    let (status, to) = clerk.post("/office/roster/import/apply", &seen).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    assert!(clerk.get("/office/roster").await.1.contains("林远"));
}

#[tokio::test]
async fn a_week_is_shown_before_it_is_applied_and_a_bad_file_says_what_is_wrong() {
    let town = Town::on_sqlite().await;
    let clerk = Browser::of(&town, "党政办").await;
    let sheet = "单位,姓名,职务,本周工作,下周计划\n水务所,水务,所长,更换东湾村水表38只；巡河4次,检修泵站\n";
    let days = [("first", "2026-11-02"), ("last", "2026-11-08")];
    let (status, page) = clerk.upload("/office/week/import", sheet, &days).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("更换东湾村水表38只") && page.contains("东村"), "items and who is late: {page}");
    let fields = [
        days[0],
        days[1],
        ("seen", hidden(&page, "seen")),
        ("sheet", hidden(&page, "sheet")),
        ("file_name", "sheet.csv"),
    ];
    let (status, to) = clerk.post("/office/week/import/apply", &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    assert!(clerk.get("/office").await.1.contains("提醒未报的 6 人"));
    let (status, page) = clerk.upload("/office/week/import", "a,b\n1,2\n", &days).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("这个文件没有导入") && !page.contains("sheet-no-header"), "{page}");
}

/// Acts are written as `act: "x.y"` where they are audited; the trail's page must have words for each.
#[test]
fn every_act_of_the_trail_has_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shiji-app/src");
    let mut acts = vec!["roster.join", "roster.leave", "roster.move", "roster.amend"]
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    visit(&folder, &mut |text| {
        let found = text.split(" act: \"").skip(1).filter_map(|piece| piece.split('"').next());
        acts.extend(found.map(str::to_owned));
    });
    assert!(acts.len() > 20);
    for act in acts {
        for language in [Language::Zh, Language::En] {
            let key = audit::key(&act);
            assert_ne!(Texts { language }.get(&key), key, "no words for {act}");
        }
    }
}

fn visit(folder: &Path, read: &mut impl FnMut(&str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, read);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            read(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[tokio::test]
async fn the_trail_tells_of_states_in_the_readers_own_words() {
    let town = Town::on_sqlite().await;
    let act = town.act("水务").await;
    let words = "更换东湾村水表38只，逐户试水正常";
    capture_items(&town.app, &act, act.person(), ItemKind::Work, words, None).await.unwrap();
    file_report(&town.app, &act, act.person()).await.unwrap();
    let page = Browser::of(&town, "监察").await.get("/office/audit").await.1;
    assert!(page.contains("<ins>已提交</ins>") && !page.contains("filed</"), "{page}");
}

#[tokio::test]
async fn the_clerk_adds_a_person_ends_a_post_and_finds_refused_words_again() {
    let town = Town::on_sqlite().await;
    let clerk = Browser::of(&town, "党政办").await;
    let form = |mobile: &'static str| {
        [
            ("name", "苏禾"),
            ("unit", "水务所"),
            ("title", "副所长"),
            ("filing_duty", "mid_level"),
            ("mobile", mobile),
            ("duties", "水费"),
            ("day", "2026-11-04"),
        ]
    };
    let (status, page) = clerk.post("/office/person/add", &form("同微信")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("value=\"苏禾\"") && page.contains("role=\"alert\""));
    let (status, person) = clerk.post("/office/person/add", &form("")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = clerk.get(person.trim_start_matches("/chengwan/zh")).await;
    assert!(page.contains("已添加") && page.contains("2026年11月4日起任职"), "{page}");
    let action = page.split("action=\"/chengwan/zh").filter_map(|rest| rest.split('"').next());
    let end = action.into_iter().find(|action| action.ends_with("/end")).unwrap().to_owned();
    assert_eq!(clerk.post(&end, &[("last_day", "")]).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, roster) = clerk.post(&end, &[("last_day", "2026-11-05")]).await;
    assert_eq!((status, roster.ends_with("/office/roster?done=left")), (StatusCode::SEE_OTHER, true));
    assert!(!clerk.get("/office/roster").await.1.contains("苏禾"));
    let leader = Browser::of(&town, "镇长").await;
    assert_eq!(leader.post(&end, &[("last_day", "2026-11-05")]).await.0, StatusCode::FORBIDDEN);
    assert_eq!(leader.get("/office/person/add").await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_trail_tells_an_issue_in_the_readers_language_old_lines_too() {
    let town = Town::on_sqlite().await;
    town.publish_week(1).await;
    let old = shiji_store::audit::AuditEntry {
        audit_id: town.app.new_id(),
        at: town.app.now(),
        actor_id: None,
        act: "issue.publish".into(),
        subject_id: town.place.place_id.to_string(),
        before: None,
        after: Some("issue 6, 905 records".into()),
    };
    let input = (town.place.place_id, old);
    let written = town.app.store.write("test", &input, |tx, (place, old)| {
        Box::pin(async move { shiji_store::audit::insert_audit(tx, *place, old).await })
    });
    written.await.unwrap();
    let page = Browser::of(&town, "党政办").await.get("/office/audit").await.1;
    assert!(page.contains("第 6 期，905 条记录") && page.contains("第 1 期，"), "{page}");
    assert!(!page.contains("records"));
}
