//! Asking without an account, through the pages: what is set, what is kept back, and what broken forms do.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use shiji_app::testing::Town;
use shiji_web::frame::error::percent;
use tower::ServiceExt as _;

async fn get(router: &Router, path: &str) -> Response<Body> {
    router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap()
}

async fn post(router: &Router, path: &str, fields: &[(&str, &str)]) -> Response<Body> {
    let body: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body.join("&")))
        .unwrap();
    router.clone().oneshot(request).await.unwrap()
}

async fn text(response: Response<Body>) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 22).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn pages(town: &Town) -> Router {
    shiji_web::router(town.app.clone(), shiji_web::WebOptions::default())
}

#[tokio::test]
async fn a_question_is_asked_and_its_code_opens_it_and_no_cookie_is_set() {
    for town in Town::each().await {
        town.publish_week(3).await;
        let router = pages(&town);
        let person = town.person("水务").to_string();
        let form = get(&router, &format!("/chengwan/zh/question/new?person={person}")).await;
        assert!(form.headers().get(header::SET_COOKIE).is_none());
        assert!(text(form).await.contains("问水务"));
        let fields = [
            ("person", person.as_str()),
            ("kind", "problem"),
            ("words", "<b>水管</b>坏了"),
            ("public", "yes"),
            ("contact", "0800-8123456"),
        ];
        let sent = post(&router, "/chengwan/zh/question/new", &fields).await;
        assert_eq!(sent.status(), StatusCode::SEE_OTHER);
        assert!(sent.headers().get(header::SET_COOKIE).is_none());
        let address = sent.headers()[header::LOCATION].to_str().unwrap().to_owned();
        let own = get(&router, &address).await;
        assert_eq!(own.headers()[header::CACHE_CONTROL], "no-store");
        assert_eq!(own.headers()[header::REFERRER_POLICY], "no-referrer");
        let own = text(own).await;
        assert!(
            own.contains("&#60;b&#62;水管") && own.contains("0800-8123456") && own.contains("5 个工作日")
        );
        let list = text(get(&router, "/chengwan/zh/questions").await).await;
        assert!(list.contains("第 1 号咨询") && !list.contains("水管") && !list.contains("8123456"));
    }
}

#[tokio::test]
async fn a_wrong_code_opens_nothing_and_a_crowded_network_waits() {
    let town = Town::on_sqlite().await;
    let router = pages(&town);
    for path in
        ["/chengwan/zh/pick-up/ABCDEFGHJKMN", "/chengwan/zh/pick-up/%00", "/chengwan/zh/pick-up/x%2Fy"]
    {
        let answer = get(&router, path).await;
        assert!(answer.status().is_client_error(), "{path} {}", answer.status());
    }
    let mut waiting = 0;
    for _ in 0..40 {
        let answer = post(&router, "/chengwan/zh/pick-up", &[("code", "ABCDEFGHJKMN")]).await;
        assert!(answer.status().is_client_error());
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            waiting += 1;
        }
    }
    assert_eq!(waiting, 32);
    let form = [("words", "还在不在？"), ("kind", "question")];
    let answer = post(&router, "/chengwan/zh/question/new", &form).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(text(answer).await.contains("还在不在？"), "nothing that was typed is lost");
}

#[tokio::test]
async fn whatever_is_sent_is_refused_or_taken_and_never_breaks() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let garbage = [
            "",
            " ",
            "x",
            "\0",
            "null",
            "-1",
            "' OR 1=1 --",
            "<script>",
            "\u{202e}",
            "𠮷🚰",
            "99999999999999999999",
            "00000000-0000-0000-0000-000000000000",
        ];
        let endless = "长".repeat(20_000);
        let router = pages(&town);
        for field in ["person", "item", "kind", "words", "public", "contact", "step", "work", "website"] {
            for value in garbage.iter().copied().chain([endless.as_str()]) {
                let mut fields = vec![("words", "水表什么时候换"), ("kind", "question"), ("public", "yes")];
                fields.retain(|(name, _)| *name != field);
                fields.push((field, value));
                // A router of its own has a guard of its own.
                let answer = post(&pages(&town), "/chengwan/zh/question/new", &fields).await;
                assert!(!answer.status().is_server_error(), "{field} {value:.20} {}", answer.status());
                let short: String = value.chars().take(500).collect();
                let query = format!("/chengwan/zh/question/new?{field}={}", percent(&short));
                let asked = get(&router, &query).await;
                assert!(!asked.status().is_server_error(), "{query:.80}");
            }
        }
        for path in [
            "/chengwan/zh/ask?q=",
            "/chengwan/zh/ask?q=%ff",
            "/chengwan/zh/ask?q=%00&before=x",
            "/chengwan/en/ask?before=9&q=水表",
        ] {
            let answer = get(&router, &path.replace("水表", "%E6%B0%B4%E8%A1%A8")).await;
            assert!(!answer.status().is_server_error(), "{path}");
        }
        for path in [
            "/chengwan/zh/question/x",
            "/chengwan/zh/questions/before/x",
            "/chengwan/zh/question/00000000-0000-0000-0000-000000000001",
        ] {
            assert_eq!(get(&router, path).await.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }
}
