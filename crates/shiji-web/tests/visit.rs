//! A joint visit on its pages: who leads and whether they said so, who joins and steps out; and what everybody sees of it.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use jiff::civil::date;
use shiji_app::desk::{capture_items, desk_page, file_report};
use shiji_app::testing::Town;
use shiji_app::together::{AcceptVisit, AskHelp, accept_visit, ask_help};
use shiji_app::who;
use shiji_domain::help::HelpKind;
use shiji_domain::id::{ItemId, VisitId};
use shiji_domain::item::ItemKind;
use shiji_domain::spot::SpotKind;
use shiji_store::account;
use shiji_web::frame::session::csrf_of;
use tower::ServiceExt as _;

async fn text(response: Response<Body>) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 22).await.unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn signed_in(town: &Town, name: &str, token: &'static str) -> &'static str {
    let hash = who::token_hash(token);
    let person = town.person(name);
    town.app
        .store
        .write("test", &(town, hash, person), |tx, (town, hash, person)| {
            let now = town.app.now();
            Box::pin(async move {
                let place = town.place.place_id;
                account::insert_session(tx, place, hash, *person, now, now + 86_400_000).await
            })
        })
        .await
        .unwrap();
    token
}

async fn get(router: &Router, token: &str, path: &str) -> String {
    get_in(router, token, "zh", path).await
}

async fn get_in(router: &Router, token: &str, language: &str, path: &str) -> String {
    let get = Request::get(format!("/chengwan/{language}{path}"))
        .header(header::COOKIE, format!("shiji-chengwan={token}"))
        .body(Body::empty());
    text(router.clone().oneshot(get.unwrap()).await.unwrap()).await
}

async fn send(router: &Router, token: &str, path: &str, fields: &str) -> StatusCode {
    let send = Request::post(format!("/chengwan/zh{path}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, format!("shiji-chengwan={token}"))
        .body(Body::from(format!("csrf={}&{fields}", csrf_of(token))));
    router.clone().oneshot(send.unwrap()).await.unwrap().status()
}

async fn file(town: &Town, name: &str, plan: &str) -> ItemId {
    let act = town.act(name).await;
    let words = format!("本周工作\n1、更换水表38只\n下周计划\n1、{plan}");
    capture_items(&town.app, &act, act.person(), ItemKind::Work, &words, None).await.unwrap();
    file_report(&town.app, &act, act.person()).await.unwrap();
    desk_page(&town.app, &act, act.person()).await.unwrap().plan[0].item.item_id
}

async fn agreed(town: &Town, announced: bool) -> VisitId {
    let items = vec![
        file(town, "水务", "周三到东湾村检查垃圾池").await,
        file(town, "民政", "周三到东湾村检查垃圾清运").await,
    ];
    let wanted = AcceptVisit {
        items,
        spot_kind: SpotKind::Village,
        spot: "东湾村".into(),
        lead: town.person("水务"),
        on: date(2026, 11, 11),
        purpose: "垃圾和村容".into(),
        announced,
    };
    accept_visit(&town.app, &town.act("民政").await, wanted).await.unwrap()
}

#[tokio::test]
async fn the_lead_is_asked_on_the_page_and_the_list_and_who_comes_is_seen_by_everybody() {
    for town in Town::each().await {
        let id = agreed(&town, true).await;
        let water = signed_in(&town, "水务", "session-of-water").await;
        let civil = signed_in(&town, "民政", "session-of-civil").await;
        let village = signed_in(&town, "西村", "session-of-the-village").await;
        let router = shiji_web::router(town.app.clone(), shiji_web::WebOptions::default());
        let path = format!("/visit/{id}");
        assert!(get(&router, water, "/today").await.contains("同事请您牵头"));
        assert!(get(&router, civil, "/today").await.contains("牵头：水务所 水务，还没有答复能不能牵头"));
        let page = get(&router, water, &path).await;
        assert!(page.contains("好，我来牵头") && !page.contains("由 民政办 民政 牵头"));

        let said = send(&router, water, &format!("{path}/lead"), "leads=no&reason=%E6%8A%A2%E4%BF%AE").await;
        assert_eq!(said, StatusCode::SEE_OTHER);
        let page = get(&router, civil, &path).await;
        assert!(page.contains("不能牵头：抢修") && page.contains("由 民政办 民政 牵头"));
        let lead = format!("person={}", town.person("民政"));
        assert_eq!(send(&router, civil, &format!("{path}/take-lead"), &lead).await, StatusCode::SEE_OTHER);
        assert!(get(&router, civil, &path).await.contains("已答应牵头"));

        let page = get(&router, village, &path).await;
        assert!(page.contains("西湾村 西村 也去") && page.contains("一起到东湾村：垃圾和村容"));
        let join = format!(
            "person={}&words=%E4%B8%80%E8%B5%B7%E5%8E%BB%E4%B8%9C%E6%B9%BE%E6%9D%91",
            town.person("西村")
        );
        assert_eq!(send(&router, village, &format!("{path}/join"), &join).await, StatusCode::SEE_OTHER);
        let leave = format!("person={}&reason=%E6%8A%A2%E4%BF%AE", town.person("水务"));
        assert_eq!(send(&router, water, &format!("{path}/leave"), &leave).await, StatusCode::SEE_OTHER);
        let page = get(&router, civil, &path).await;
        assert!(page.contains("退出的人") && page.contains("<b>水务所 水务</b>：抢修"));

        let public = get(&router, "", "/visits/%E4%B8%9C%E6%B9%BE%E6%9D%91").await;
        assert!(
            public.contains("民政办 民政")
                && public.contains("西湾村 西村")
                && !public.contains("水务所 水务")
        );
    }
}

#[tokio::test]
async fn what_is_proposed_for_a_report_is_in_its_language_on_an_english_page_and_tells_nothing_secret() {
    let town = Town::on_sqlite().await;
    let id = agreed(&town, true).await;
    let item = file(&town, "东村", "核对水费账").await;
    let wanted = AskHelp { item, kind: HelpKind::People, words: String::new() };
    ask_help(&town.app, &town.act("东村").await, wanted).await.unwrap();
    let village = signed_in(&town, "西村", "session-of-the-village").await;
    let router = shiji_web::router(town.app.clone(), shiji_web::WebOptions::default());
    let page = get_in(&router, village, "en", &format!("/visit/{id}")).await;
    assert!(page.contains("value=\"一起到东湾村：垃圾和村容\"") && !page.contains("Going along"), "{page}");
    let page = get_in(&router, village, "en", "/plans").await;
    assert!(page.contains(">协助东湾村东村：核对水费账</textarea>") && !page.contains("Helping "), "{page}");

    let town = Town::on_sqlite().await;
    let id = agreed(&town, false).await;
    let chair = signed_in(&town, "书记", "session-of-the-chair").await;
    let router = shiji_web::router(town.app.clone(), shiji_web::WebOptions::default());
    let page = get(&router, chair, &format!("/visit/{id}")).await;
    assert!(page.contains("书记 也去") && page.contains("所以不写进计划"), "{page}");
    assert!(!page.contains("一起到东湾村"));
    let join = format!("person={}", town.person("书记"));
    assert_eq!(send(&router, chair, &format!("/visit/{id}/join"), &join).await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_plan_is_refused_to_a_visit_on_the_page_of_plans() {
    let town = Town::on_sqlite().await;
    agreed(&town, true).await;
    let item = file(&town, "西村", "周三到东湾村检查垃圾分类").await;
    let village = signed_in(&town, "西村", "session-of-the-village").await;
    let router = shiji_web::router(town.app.clone(), shiji_web::WebOptions::default());
    let page = get(&router, village, "/plans").await;
    let (_, form) = page.split_once("不一起去").unwrap();
    let (form, _) = form.split_once("</form>").unwrap();
    let items = form.split("name=\"item\" value=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0);
    let items: Vec<String> = items.map(|item| format!("item={item}")).collect();
    assert!(items.len() == 3 && items[2] == format!("item={item}"), "{form}");
    let fields = format!("{}&spot=%E4%B8%9C%E6%B9%BE%E6%9D%91&reason=%E6%8A%A2%E4%BF%AE", items.join("&"));
    assert_eq!(send(&router, village, "/plans/visit/refuse", &fields).await, StatusCode::SEE_OTHER);
    let page = get(&router, village, "/plans").await;
    assert!(!page.contains("不一起去") && page.contains("东湾村：抢修"), "{page}");
}
