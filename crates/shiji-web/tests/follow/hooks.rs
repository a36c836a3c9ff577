//! Webhooks, received by a real server.

use crate::town::FollowedTown;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use jiff::ToSpan as _;
use serde_json::Value;
use shiji_app::AppError;
use shiji_app::hook::{add_hook, outgoing_page, remove_hook, try_hook};
use shiji_app::job::Worked;
use shiji_send::hook::{HookCaller, sign};
use std::sync::{Arc, Mutex};

#[derive(Clone, Default)]
struct Robot {
    heard: Arc<Mutex<Vec<(HeaderMap, String)>>>,
    /// What stood behind the question mark each time.
    queries: Arc<Mutex<Vec<String>>>,
    /// Answers given first, the last first.
    answers: Arc<Mutex<Vec<StatusCode>>>,
}

async fn hear(State(robot): State<Robot>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    robot.queries.lock().unwrap().push(uri.query().unwrap_or_default().to_owned());
    robot.heard.lock().unwrap().push((headers, String::from_utf8(body.to_vec()).unwrap()));
    let status = robot.answers.lock().unwrap().pop().unwrap_or(StatusCode::OK);
    (status, [(header::LOCATION, "/elsewhere")]).into_response()
}

/// The robot and its address.
async fn robot() -> (Robot, String) {
    let robot = Robot::default();
    let router =
        Router::new().route("/hear", post(hear)).route("/elsewhere", post(hear)).with_state(robot.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/hear", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (robot, address)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers[name].to_str().unwrap()
}

#[tokio::test]
async fn a_robot_hears_of_each_issue_once_and_can_tell_that_it_is_us() {
    for town in FollowedTown::each(None).await {
        let (robot, address) = robot().await;
        town.publish("更换东湾村水表38只").await;
        let clerk = town.town.act("党政办").await;
        let secret = add_hook(&town.town.app, &clerk, &address, None).await.unwrap();
        town.work().await;
        assert!(robot.heard.lock().unwrap().is_empty(), "what was out before is old");
        town.publish("更换西湾村水表12只").await;
        town.work().await;
        town.work().await;
        let heard = robot.heard.lock().unwrap().clone();
        assert_eq!(heard.len(), 1);
        let (headers, body) = &heard[0];
        let (id, timestamp) = (text(headers, "webhook-id"), text(headers, "webhook-timestamp"));
        let signed = sign(&secret, id, timestamp.parse().unwrap(), body).unwrap();
        assert_eq!(text(headers, "webhook-signature"), signed);
        let body: Value = serde_json::from_str(body).unwrap();
        assert_eq!(body["event"], "issue.published");
        assert_eq!(body["place"]["slug"], "chengwan");
        assert_eq!(body["issue"], 2);
        assert_eq!(body["url"], "https://board.example/chengwan/zh/issue/2");
        assert_eq!(body["counts"]["expected"], 7);
    }
}

#[tokio::test]
async fn a_robot_that_stumbles_is_called_again_with_the_same_id_and_the_clerk_sees_it() {
    for town in FollowedTown::each(None).await {
        let (robot, address) = robot().await;
        *robot.answers.lock().unwrap() = vec![StatusCode::FOUND, StatusCode::INTERNAL_SERVER_ERROR];
        let clerk = town.town.act("党政办").await;
        add_hook(&town.town.app, &clerk, &address, None).await.unwrap();
        let hook = outgoing_page(&town.town.app, &clerk).await.unwrap().hooks[0].hook.hook_id;
        try_hook(&town.town.app, &clerk, hook).await.unwrap();
        for _ in 0..2 {
            assert!(matches!(town.work().await[..], [Worked::PutOff(_)]), "a redirection is not followed");
            town.town.pass(3.minutes());
        }
        let page = outgoing_page(&town.town.app, &clerk).await.unwrap();
        assert_eq!(page.hooks[0].deliveries[0].last_error.as_deref(), Some("it answered 302"));
        assert_eq!(town.work().await, [Worked::Done]);
        let heard = robot.heard.lock().unwrap().clone();
        assert_eq!(heard.len(), 3);
        assert!(
            heard.windows(2).all(|pair| text(&pair[0].0, "webhook-id") == text(&pair[1].0, "webhook-id"))
        );
        assert_ne!(text(&heard[0].0, "webhook-timestamp"), text(&heard[2].0, "webhook-timestamp"));
        let page = outgoing_page(&town.town.app, &clerk).await.unwrap();
        assert_eq!(page.hooks[0].deliveries[0].state, "done");
        remove_hook(&town.town.app, &clerk, hook).await.unwrap();
        town.publish("更换东湾村水表38只").await;
        town.work().await;
        assert_eq!(robot.heard.lock().unwrap().len(), 3);
    }
}

#[tokio::test]
async fn a_robot_that_is_gone_is_not_called_again() {
    for town in FollowedTown::each(None).await {
        let (robot, address) = robot().await;
        *robot.answers.lock().unwrap() = vec![StatusCode::GONE];
        let clerk = town.town.act("党政办").await;
        add_hook(&town.town.app, &clerk, &address, None).await.unwrap();
        let hook = outgoing_page(&town.town.app, &clerk).await.unwrap().hooks[0].hook.hook_id;
        try_hook(&town.town.app, &clerk, hook).await.unwrap();
        assert_eq!(town.work().await, [Worked::GivenUp]);
        let page = outgoing_page(&town.town.app, &clerk).await.unwrap();
        let failed = page.failed[0].job_id;
        shiji_app::hook::retry_job(&town.town.app, &clerk, failed).await.unwrap();
        assert_eq!(town.work().await, [Worked::Done]);
    }
}

#[tokio::test]
async fn private_addresses_are_neither_taken_nor_called() {
    for mut town in FollowedTown::each(None).await {
        let (robot, address) = robot().await;
        let clerk = town.town.act("党政办").await;
        // Taken while tests may, called when they may not: as after a name has moved inside.
        add_hook(&town.town.app, &clerk, &address, None).await.unwrap();
        let hook = outgoing_page(&town.town.app, &clerk).await.unwrap().hooks[0].hook.hook_id;
        town.town.app.outward.hooks = HookCaller::default();
        try_hook(&town.town.app, &clerk, hook).await.unwrap();
        assert_eq!(town.work().await, [Worked::GivenUp]);
        assert!(robot.heard.lock().unwrap().is_empty());
        for (bad, key) in [
            (address.as_str(), "refusal-hook-https"),
            ("https://127.0.0.1/hear", "refusal-hook-private"),
            ("https://169.254.169.254/", "refusal-hook-private"),
            ("https://a:b@hooks.example.org/", "refusal-hook-address"),
            ("hooks", "refusal-hook-address"),
        ] {
            let refused = add_hook(&town.town.app, &clerk, bad, None).await;
            assert!(matches!(refused, Err(AppError::Refused(refusal)) if refusal.key == key), "{bad}");
        }
    }
}

#[tokio::test]
async fn only_clerk_and_administrator_keep_webhooks_and_the_secret_lies_sealed() {
    for town in FollowedTown::each(None).await {
        for name in ["书记", "水务", "民政"] {
            let act = town.town.act(name).await;
            assert!(add_hook(&town.town.app, &act, "https://hooks.example.org/a", None).await.is_err());
            assert!(outgoing_page(&town.town.app, &act).await.is_err());
        }
        let clerk = town.town.act("党政办").await;
        let secret = add_hook(&town.town.app, &clerk, "https://hooks.example.org/a", None).await.unwrap();
        let page = outgoing_page(&town.town.app, &town.town.act("监察").await).await.unwrap();
        assert!(!page.hooks[0].hook.secret_sealed.contains(&secret));
    }
}

const ROBOT_SECRET: &str = "SECinvented0secret0of0a0robot";

/// Adds the robot under a name that it is known by, tries it, and returns what it heard.
async fn tried(town: &FollowedTown, host: &str, secret: Option<&str>) -> (String, Value) {
    let (robot, address) = robot().await;
    let address = format!("{}?access_token=invented", address.replace("127.0.0.1", host));
    let clerk = town.town.act("党政办").await;
    add_hook(&town.town.app, &clerk, &address, secret).await.unwrap();
    let kept = outgoing_page(&town.town.app, &clerk).await.unwrap().hooks.pop().unwrap().hook;
    assert_eq!(kept.robot_secret_sealed.is_some(), secret.is_some());
    assert!(kept.robot_secret_sealed.is_none_or(|sealed| !sealed.contains("invented0secret")));
    try_hook(&town.town.app, &clerk, kept.hook_id).await.unwrap();
    assert_eq!(town.work().await, [Worked::Done]);
    let body = robot.heard.lock().unwrap().pop().unwrap().1;
    let query = robot.queries.lock().unwrap().pop().unwrap();
    remove_hook(&town.town.app, &clerk, kept.hook_id).await.unwrap();
    (query, serde_json::from_str(&body).unwrap())
}

#[tokio::test]
async fn a_robot_that_asks_for_its_own_signature_finds_it_where_it_looks() {
    for town in FollowedTown::each(None).await {
        let now = town.town.app.clock.now();
        assert_eq!(now.as_millisecond(), 1_793_937_600_000, "the signatures below are of this moment");
        let (query, body) = tried(&town, "oapi.dingtalk.com", Some(ROBOT_SECRET)).await;
        assert_eq!(
            query,
            "access_token=invented&timestamp=1793937600000&sign=9XyliDC4%2BzLgD529Ev9cg%2BV0q%2Fp5QnldtqArkgmdVr8%3D"
        );
        assert_eq!(body["msgtype"], "text");
        assert!(body["sign"].is_null());

        let (query, body) = tried(&town, "open.feishu.cn", Some(ROBOT_SECRET)).await;
        assert_eq!(query, "access_token=invented");
        assert_eq!((&body["msg_type"], &body["timestamp"]), (&"text".into(), &"1793937600".into()));
        assert_eq!(body["sign"], "g6IW9DjqJa/ZEG23LnbCA+ysE6BiU7ZkP8vE31eZ0Xc=");

        for host in ["oapi.dingtalk.com", "open.feishu.cn", "qyapi.weixin.qq.com"] {
            let (query, body) = tried(&town, host, None).await;
            assert_eq!((query.as_str(), &body["sign"]), ("access_token=invented", &Value::Null), "{host}");
        }
    }
}

#[tokio::test]
async fn a_secret_that_nobody_would_sign_with_is_refused_on_the_form_with_what_to_do() {
    let town = FollowedTown::each(None).await.remove(0);
    let clerk = town.town.act("党政办").await;
    for (url, secret, key) in [
        (
            "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a",
            ROBOT_SECRET,
            "refusal-robot-secret-wecom",
        ),
        ("https://hooks.example.org/a", ROBOT_SECRET, "refusal-robot-secret-program"),
        ("https://oapi.dingtalk.com/robot/send?access_token=a", "加签 密钥", "refusal-robot-secret"),
    ] {
        let refused = add_hook(&town.town.app, &clerk, url, Some(secret)).await;
        assert!(matches!(refused, Err(AppError::Refused(refusal)) if refusal.key == key), "{url}");
    }
    assert!(outgoing_page(&town.town.app, &clerk).await.unwrap().hooks.is_empty());
}
