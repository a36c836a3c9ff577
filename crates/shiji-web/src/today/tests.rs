//! What the list says when the week is handed in.

use crate::testing::Browser;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use shiji_app::desk::{capture_items, desk_page, file_report};
use shiji_app::meeting::open_meeting;
use shiji_app::testing::Town;
use shiji_app::today::{AddTask, Finish, LineId, add_task, finish, today_page};
use shiji_domain::item::ItemKind;
use uuid::Uuid;

/// 民政 has handed in, and has a line on the list.
async fn handed_in(town: &Town) -> Uuid {
    let act = town.act("民政").await;
    capture_items(&town.app, &act, act.person(), ItemKind::Work, "发放低保金86户", None).await.unwrap();
    file_report(&town.app, &act, act.person()).await.unwrap();
    let key = town.app.new_id();
    add_task(&town.app, &act, AddTask { key, words: "今天整理档案".into() }).await.unwrap();
    today_page(&town.app, &act).await.unwrap().parts.today[0].due.subject
}

#[tokio::test]
async fn while_the_meeting_goes_on_nothing_is_promised_and_no_word_is_lost() {
    let town = Town::on_sqlite().await;
    let line = handed_in(&town).await.to_string();
    let browser = Browser::of(&town, "民政").await;
    assert!(browser.get("/today").await.1.contains("会自动补进去"));
    open_meeting(&town.app, &town.act("党政办").await).await.unwrap();
    let page = browser.get("/today").await.1;
    assert!(page.contains("例会正在进行") && !page.contains("会自动补进去"), "{page}");
    let key = Uuid::from_u128(7).to_string();
    let fields = [("key", key.as_str()), ("kind", "task"), ("subject", &line), ("words", "归档36卷")];
    let (status, page) = browser.post("/today/done", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("散会以后再点一次") && page.contains("value=\"归档36卷\""), "{page}");

    let body = format!("csrf={}&key={key}&kind=task&subject={line}&words=", browser.csrf);
    let request = Request::post("/chengwan/zh/today/done")
        .header(header::COOKIE, &browser.cookie)
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let (status, _) = browser.answer(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(status, StatusCode::CONFLICT, "the script keeps the act");
}

#[tokio::test]
async fn a_photo_from_the_list_comes_back_to_the_list() {
    let town = Town::on_sqlite().await;
    let subject = handed_in(&town).await;
    let act = town.act("民政").await;
    let line = LineId { kind: shiji_domain::today::DueKind::Task, subject };
    let wanted = Finish { key: town.app.new_id(), line, words: String::new() };
    let item = finish(&town.app, &act, wanted).await.unwrap().unwrap().to_string();
    let owner = act.person().to_string();
    let browser = Browser::of(&town, "民政").await;
    let fields = [("from", "today"), ("owner", owner.as_str()), ("item", &item)];
    let (status, page) = browser.upload("/desk/evidence", "no photo", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("action=\"/chengwan/zh/today/add\""), "the list again: {page}");
    let (status, to) = browser.upload("/desk/evidence", "%PDF-1.4 scan", &fields).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/chengwan/zh/today?done=photo"));
    let desk = desk_page(&town.app, &act, act.person()).await.unwrap();
    let kept = desk.work.iter().find(|one| one.item.item_id.to_string() == item).unwrap();
    assert_eq!(kept.evidence.len(), 1);
    assert!(desk.can_withdraw, "handed in again");
}
