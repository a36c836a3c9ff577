//! What the chair sees when something is refused in the middle of the meeting.

use crate::testing::Browser;
use axum::http::StatusCode;
use jiff::civil::date;
use shiji_app::desk::{EditItem, capture_items, desk_page, edit_item, file_report};
use shiji_app::directive::{GiveDirective, give_directive};
use shiji_app::meeting::{Turn, close_meeting, meeting_page, open_meeting, show_report, write_notes};
use shiji_app::testing::Town;
use shiji_domain::directive::Source;
use shiji_domain::item::ItemKind;

async fn meeting(town: &Town) {
    for name in ["水务", "民政"] {
        let act = town.act(name).await;
        let words = "更换东湾村水表38只，逐户试水正常";
        capture_items(&town.app, &act, act.person(), ItemKind::Work, words, None).await.unwrap();
        file_report(&town.app, &act, act.person()).await.unwrap();
    }
    let chair = town.act("书记").await;
    open_meeting(&town.app, &chair).await.unwrap();
    show_report(&town.app, &chair, Turn::After(None)).await.unwrap();
}

#[tokio::test]
async fn a_refused_word_stands_in_its_box_again_in_the_meetings_own_page() {
    let town = Town::on_sqlite().await;
    meeting(&town).await;
    let browser = Browser::of(&town, "书记").await;
    let held = meeting_page(&town.app, &town.act("书记").await).await.unwrap();
    let shown = &held.lines[held.shown.unwrap()].view;
    let (report, item) = (shown.report.report_id.to_string(), shown.work[0].item.item_id.to_string());
    let long = "很长的一句话".repeat(60);
    let note = [("report", report.as_str()), ("words", &long)];
    let reason = [("report", report.as_str()), ("item", &item), ("decision", "return"), ("reason", &long)];
    for (path, fields) in [("/meeting/note", &note[..]), ("/meeting/decide", &reason[..])] {
        let (status, page) = browser.post(path, fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(page.contains("role=\"alert\"") && page.contains("id=\"live\""), "{path}: a page of its own");
        assert!(page.contains(&long), "{path}: the words are lost");
        assert!(page.contains("data-page=\"/chengwan/zh/meeting/control\""), "{path}");
    }
    let other = held.lines[1 - held.shown.unwrap()].view.report.report_id.to_string();
    let (_, page) = browser.post("/meeting/note", &[("report", &other), ("words", &long)]).await;
    assert!(page.contains(&format!("<q>{long}</q>")), "no box of another report takes them");
}

#[tokio::test]
async fn notes_that_two_people_write_at_once_are_put_together() {
    let town = Town::on_sqlite().await;
    meeting(&town).await;
    let browser = Browser::of(&town, "书记").await;
    write_notes(&town.app, &town.act("党政办").await, "", "党政办记的一句").await.unwrap();
    let (status, page) = browser.post("/meeting/notes", &[("before", ""), ("notes", "书记记的一句")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("党政办记的一句\n书记记的一句</textarea>"), "{page}");
    let both = [("before", "党政办记的一句"), ("notes", "党政办记的一句\n书记记的一句")];
    assert_eq!(browser.post("/meeting/notes", &both).await.0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_is_written_after_the_meeting_was_closed_elsewhere_is_shown_to_be_kept() {
    let town = Town::on_sqlite().await;
    meeting(&town).await;
    let browser = Browser::of(&town, "书记").await;
    let chair = town.act("书记").await;
    let held = meeting_page(&town.app, &chair).await.unwrap();
    let report = held.lines[0].view.report.report_id.to_string();
    let meeting = held.meeting.unwrap().meeting_id;
    close_meeting(&town.app, &chair, meeting).await.unwrap();
    let note = [("report", report.as_str()), ("words", "散会前的一句")];
    let (status, page) = browser.post("/meeting/note", &note).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("<q>散会前的一句</q>"), "{page}");
    let again = browser.post("/meeting/close", &[("meeting", &meeting.to_string())]).await;
    assert!(again.1.contains("会议已经结束") && again.1.contains("id=\"main\""), "{}", again.1);
}

#[tokio::test]
async fn an_order_that_is_made_of_an_internal_one_is_not_public_unless_somebody_says_so() {
    let town = Town::on_sqlite().await;
    let leader = town.act("镇长").await;
    let mut given = Vec::new();
    for (is_public, text) in [(false, "暗查东湾村低保名单"), (true, "核对西湾村水费")] {
        let order = GiveDirective {
            form: town.app.new_id(),
            text: text.into(),
            owners: vec![town.person("民政")],
            helpers: vec![],
            due_on: date(2026, 11, 7),
            steps: String::new(),
            source: Source::Inspection,
            source_text: String::new(),
            question: None,
            is_public,
        };
        given.push((give_directive(&town.app, &leader, order).await.unwrap(), is_public, text));
    }
    town.pass_days(3);
    meeting(&town).await;
    let browser = Browser::of(&town, "书记").await;
    for (id, is_public, text) in given {
        let (status, page) = browser.get(&format!("/meeting/control?from=/directive/{id}")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains(&format!("required>{text}</textarea>")), "{page}");
        assert_eq!(page.contains("name=\"public\" value=\"yes\" checked"), is_public, "{text}");
    }
}

#[tokio::test]
async fn before_the_deadline_the_page_asks_once_more_and_a_mistake_is_taken_back() {
    let town = Town::on_sqlite().await;
    let browser = Browser::of(&town, "书记").await;
    let (_, page) = browser.get("/meeting").await;
    assert!(page.contains("已有 0 人提交，还有 7 人没有提交"), "{page}");
    let (status, page) = browser.post("/meeting/open", &[]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("11月8日 18:00，还没有到") && page.contains("name=\"early\""), "{page}");
    let chair = town.act("书记").await;
    assert!(meeting_page(&town.app, &chair).await.unwrap().meeting.is_none(), "one tap opens nothing");
    assert_eq!(browser.post("/meeting/open", &[("early", "yes")]).await.0, StatusCode::SEE_OTHER);
    let meeting = meeting_page(&town.app, &chair).await.unwrap().meeting.unwrap().meeting_id.to_string();
    assert!(browser.get("/meeting").await.1.contains("取消这次例会"));
    let (status, to) = browser.post("/meeting/cancel", &[("meeting", &meeting)]).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/chengwan/zh/meeting?done=cancelled"));
    town.pass_days(3);
    let (status, _) = browser.post("/meeting/open", &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "after the deadline one tap is enough");
}

#[tokio::test]
async fn an_order_about_a_difficulty_asks_for_help_and_is_not_given_to_whoever_is_stuck() {
    let town = Town::on_sqlite().await;
    let act = town.act("水务").await;
    let owner = act.person();
    capture_items(&town.app, &act, owner, ItemKind::Work, "检修西湾泵站2处", None).await.unwrap();
    let item = desk_page(&town.app, &act, owner).await.unwrap().work[0].item.clone();
    let edit = EditItem {
        item: item.item_id,
        version: item.version,
        text: item.body,
        due_on: None,
        difficulty: Some("没有备用电机".into()),
    };
    edit_item(&town.app, &act, edit).await.unwrap();
    file_report(&town.app, &act, owner).await.unwrap();
    let chair = town.act("书记").await;
    open_meeting(&town.app, &chair).await.unwrap();
    show_report(&town.app, &chair, Turn::After(None)).await.unwrap();
    let browser = Browser::of(&town, "书记").await;
    let (_, page) = browser.get(&format!("/meeting/control?from={}", item.item_id)).await;
    assert!(page.contains(">协助解决：没有备用电机</textarea>"), "{page}");
    assert!(!page.contains(&format!("value=\"{owner}\" selected")));
    let (_, plain) = browser.get("/meeting/control").await;
    assert!(
        plain.contains(&format!("value=\"{owner}\" selected")),
        "any other order is for who is on the screen"
    );
}
