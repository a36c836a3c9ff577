//! A town that publishes week after week, and the program that does its jobs.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use jiff::ToSpan as _;
use shiji_app::desk::{capture_items, file_report};
use shiji_app::job::{Worked, Worker, work_one};
use shiji_app::publish;
use shiji_app::testing::Town;
use shiji_domain::item::ItemKind;
use shiji_send::hook::HookCaller;
use shiji_send::mail::Mail;
use shiji_web::letter::WebLetters;
use shiji_web::{WebOptions, router};
use std::sync::Arc;
use tower::ServiceExt as _;

pub struct FollowedTown {
    pub town: Town,
    pub router: Router,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl FollowedTown {
    /// Each engine's town, with a mail server at `port` when one is given.
    pub async fn each(port: Option<u16>) -> Vec<FollowedTown> {
        let mut towns = Vec::new();
        for mut town in Town::each().await {
            town.app.outward.address = Some("https://board.example".into());
            town.app.outward.hooks = HookCaller::that_may_call_this_machine();
            town.app.outward.mail = port.map(|port| {
                Arc::new(Mail::new(&format!("smtp://127.0.0.1:{port}"), "board@chengwan.example").unwrap())
            });
            let router = router(town.app.clone(), WebOptions::default());
            towns.push(FollowedTown { town, router });
        }
        towns
    }

    /// A week in which 水务 files one line; returns the number of its issue.
    pub async fn publish(&self, words: &str) -> i64 {
        let act = self.town.act("水务").await;
        capture_items(&self.town.app, &act, act.person(), ItemKind::Work, words, None).await.unwrap();
        file_report(&self.town.app, &act, act.person()).await.unwrap();
        let period = self.town.open_period().await;
        let number = self
            .town
            .app
            .store
            .write("test", &(&self.town, period), |tx, (town, period)| {
                let now = town.app.clock.now();
                Box::pin(publish::publish_in(&town.app, tx, &town.place, now, period, None))
            })
            .await
            .unwrap();
        self.town.pass(1.hours());
        number
    }

    /// Does what is queued and due, as the running program does.
    pub async fn work(&self) -> Vec<Worked> {
        let worker = Worker { app: &self.town.app, letters: &WebLetters };
        let mut done = Vec::new();
        while let Some(worked) = work_one(&self.town.app, &self.town.place, &worker).await.unwrap() {
            done.push(worked);
        }
        done
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// A form as a browser sends it from our own page.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(
            path,
            fields,
            &[("origin", "https://board.example"), ("sec-fetch-site", "same-origin")],
        )
        .await
    }

    pub async fn post_with(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let percent = shiji_web::frame::error::percent;
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect();
        let mut request = Request::post(path)
            .header(header::HOST, "board.example")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::from(body.join("&"))).unwrap()).await
    }

    pub async fn jobs(&self, state: &str) -> u64 {
        let mut tx = self.town.app.store.read().await.unwrap();
        shiji_store::job::job_count(&mut tx, self.town.place.place_id, state).await.unwrap()
    }
}
