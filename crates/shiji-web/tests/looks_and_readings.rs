//! Large type, the plain look, and how often items are opened: all by address, without a cookie.

#[allow(dead_code, reason = "each test program uses its part of the town")]
mod published_town;

use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use published_town::PublishedTown;
use shiji_domain::id::ItemId;
use shiji_store::reading::Count;
use shiji_web::{Site, WebOptions, site};
use tower::Service as _;

const PHONE: &str = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Mobile MicroMessenger/8.0";

async fn ask(site: &mut Site, method: Method, path: &str, headers: &[(&str, &str)]) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = site.call(request.body(Body::empty()).unwrap()).await.unwrap();
    assert!(!response.headers().contains_key(header::SET_COOKIE), "{path}");
    response
}

async fn water_item(town: &PublishedTown) -> ItemId {
    let person = town.person("水务");
    let content = town.issue(2).await;
    content.items.iter().find(|item| item.fact.person == person).unwrap().fact.item
}

#[tokio::test]
async fn openings_by_people_are_counted_on_the_short_way_too_and_only_the_official_is_told() {
    let town = PublishedTown::new().await;
    let item = water_item(&town).await;
    let mut site = site(town.town.app.clone(), WebOptions::default());
    let path = format!("/chengwan/zh/item/{item}");
    for _ in 0..3 {
        let opened = ask(&mut site, Method::GET, &path, &[("user-agent", PHONE)]).await;
        assert_eq!(opened.status(), StatusCode::OK);
    }
    let large = format!("/chengwan/en-large/item/{item}");
    ask(&mut site, Method::GET, &large, &[("user-agent", PHONE)]).await;
    for robot in [
        (Method::GET, [("user-agent", "Mozilla/5.0 (compatible; Baiduspider/2.0)"), ("accept", "*/*")]),
        (Method::GET, [("user-agent", "curl/8.5.0"), ("accept", "*/*")]),
        (Method::GET, [("user-agent", PHONE), ("sec-purpose", "prefetch")]),
        (Method::HEAD, [("user-agent", PHONE), ("accept", "*/*")]),
    ] {
        ask(&mut site, robot.0, &path, &robot.1).await;
    }
    let counted = site.web().readings.take();
    assert_eq!(counted, vec![(town.town.place.place_id, item, Count { readings: 4, thanks: 0 })]);
    shiji_app::reading::add_readings(&town.town.app, &counted).await.unwrap();
    let own = town.town.act("水务").await;
    let (weeks, counts) = shiji_app::reading::own_readings(&town.town.app, &own).await.unwrap();
    assert_eq!((weeks.len(), counts[&item].readings), (2, 4));
    let other = town.town.act("镇长").await;
    assert!(shiji_app::reading::own_counts(&town.town.app, &other).await.unwrap().is_empty());
}

#[tokio::test]
async fn thanks_are_counted_until_one_network_presses_too_often() {
    let town = PublishedTown::new().await;
    let item = water_item(&town).await;
    let mut site = site(town.town.app.clone(), WebOptions::default());
    let path = format!("/chengwan/zh-plain/item/{item}/thanks");
    let form = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let mut answers = Vec::new();
    for _ in 0..6 {
        let answer = ask(&mut site, Method::POST, &path, &form).await;
        if answer.status() == StatusCode::SEE_OTHER {
            assert_eq!(answer.headers()[header::LOCATION], path.as_str(), "back in the same look");
        }
        answers.push(answer.status().as_u16());
    }
    assert_eq!(answers, [303, 303, 303, 429, 429, 429]);
    assert_eq!(ask(&mut site, Method::GET, &path, &[]).await.status(), StatusCode::OK);
    let foreign = [form[0], ("sec-fetch-site", "cross-site")];
    assert_eq!(ask(&mut site, Method::POST, &path, &foreign).await.status(), StatusCode::FORBIDDEN);
    for nothing in ["01920000-0000-7000-8000-000000000001", "x"] {
        let path = format!("/chengwan/zh/item/{nothing}/thanks");
        assert_eq!(ask(&mut site, Method::POST, &path, &form).await.status(), StatusCode::NOT_FOUND);
    }
    let counted = site.web().readings.take();
    assert_eq!(counted, vec![(town.town.place.place_id, item, Count { readings: 0, thanks: 3 })]);
}

#[tokio::test]
async fn a_look_is_an_address_of_its_own_and_its_links_stay_in_it() {
    let town = PublishedTown::new().await;
    let item = water_item(&town).await;
    for rest in ["", "archive", "ask", "questions", "question/new", "follow", &format!("item/{item}")] {
        for (look, style, other) in [("large", "large.css", "plain.css"), ("plain", "plain.css", "app.css")] {
            let path = format!("/chengwan/zh-{look}/{rest}");
            let page = town.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.text.contains(style) && !page.text.contains(other), "{path}");
            assert!(page.text.contains(&format!("rel=\"canonical\" href=\"/chengwan/zh/{rest}\"")), "{path}");
            let stays = page.text.matches(&format!("href=\"/chengwan/zh-{look}/")).count();
            let leaves = page.text.matches("href=\"/chengwan/zh/").count();
            assert!(stays > 5 && leaves == 3, "{path}: {stays} links stay, {leaves} leave");
        }
        let ordinary = town.get(&format!("/chengwan/zh/{rest}")).await.text;
        assert!(!ordinary.contains("large.css") && !ordinary.contains("canonical"), "{rest}");
        assert!(ordinary.contains(&format!("href=\"/chengwan/zh-large/{rest}\"")), "{rest}");
    }
    assert_eq!(town.get("/chengwan/zh-huge/").await.status, StatusCode::NOT_FOUND);
}
