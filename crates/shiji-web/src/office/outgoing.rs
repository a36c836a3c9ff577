//! What leaves the house: webhooks, deliveries, and what failed.

use super::ways::ways;
use super::{Query, done, go, id, shown_on_form};
use crate::Shared;
use crate::frame::page::{Entry, show_as};
use crate::frame::{Fields, Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use shiji_app::hook::{self, OutgoingPage};
use shiji_domain::hook::{Listener, ROBOT_SECRET_LENGTH_MOST};
use shiji_store::job::JobLine;

#[derive(Template)]
#[template(path = "office/outgoing.html")]
struct OutgoingTemplate {
    page: Page,
    ways: Vec<Entry>,
    outgoing: OutgoingPage,
    trouble: Option<String>,
    /// Of the webhook that was just added; shown this once.
    secret: Option<String>,
    typed: Fields,
    robot_secret_most: usize,
}

impl OutgoingTemplate {
    fn at(&self, millis: &i64) -> String {
        self.page.t.instant(&self.page.here.place, *millis)
    }

    fn kind(&self, job: &JobLine) -> String {
        self.page.t.get(format!("job-{}", job.kind.replace('_', "-")))
    }

    /// What stood in the way, in plain words as far as they are known; else in those of the other side.
    fn cause(&self, error: &str) -> String {
        let t = self.page.t;
        if let Some(status) = error.strip_prefix("it answered ") {
            // What 钉钉 and 飞书 answer when their security settings keep a message out.
            let is_kept_out = [", code 310000", ", code 19021"].iter().any(|code| status.ends_with(code));
            return t.one(if is_kept_out { "cause-robot" } else { "cause-status" }, "status", status);
        }
        let known = [
            ("no answer in time", "cause-silent"),
            ("failed to lookup address", "cause-name"),
            ("onnection refused", "cause-refused"),
            ("private address", "cause-private"),
            ("no mail server", "cause-no-mail"),
            ("cannot be opened", "cause-key"),
        ];
        match known.iter().find(|(part, _)| error.contains(part)) {
            Some((_, key)) => t.get(key),
            None => error.to_owned(),
        }
    }

    fn is_waiting(&self, job: &JobLine) -> bool {
        job.state == "waiting"
    }

    fn state(&self, job: &JobLine) -> String {
        self.page.t.get(format!("job-state-{}", job.state))
    }

    fn state_class(&self, job: &JobLine) -> &'static str {
        match job.state.as_str() {
            "done" => "good",
            "failed" => "bad",
            _ => "warn",
        }
    }
}

pub async fn page(State(web): State<Shared>, me: SignedIn, query: Query) -> Result<Response, WebError> {
    shown(&web, &me, done(&me, &query), None, None, Fields::default()).await
}

pub async fn add(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let url = fields.text("url").trim();
    match hook::add_hook(&web.app, &me.act, url, fields.optional("robot_secret")).await {
        Ok(secret) => {
            // A robot has no use for it.
            let secret = (Listener::of_address(url) == Listener::Program).then_some(secret);
            let notice = Some(me.here.t.get("office-done-hook-added"));
            shown(&web, &me, notice, None, secret, Fields::default()).await
        }
        Err(error) => {
            let trouble = me.here.t.refusal(&shown_on_form(error)?);
            shown(&web, &me, None, Some(trouble), None, fields).await
        }
    }
}

type HookPath = Path<(String, String, String)>;

pub async fn remove(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, hook)): HookPath,
    SafeFields(_): SafeFields,
) -> Result<Response, WebError> {
    hook::remove_hook(&web.app, &me.act, id(&hook)?).await?;
    Ok(go(&me, "/office/outgoing", "hook-removed"))
}

pub async fn try_out(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, hook)): HookPath,
    SafeFields(_): SafeFields,
) -> Result<Response, WebError> {
    hook::try_hook(&web.app, &me.act, id(&hook)?).await?;
    Ok(go(&me, "/office/outgoing", "hook-tried"))
}

pub async fn retry(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, job)): HookPath,
    SafeFields(_): SafeFields,
) -> Result<Response, WebError> {
    hook::retry_job(&web.app, &me.act, id(&job)?).await?;
    Ok(go(&me, "/office/outgoing", "job-retried"))
}

async fn shown(
    web: &Shared,
    me: &SignedIn,
    notice: Option<String>,
    trouble: Option<String>,
    secret: Option<String>,
    typed: Fields,
) -> Result<Response, WebError> {
    let outgoing = hook::outgoing_page(&web.app, &me.act).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page::working(me).with_notice(notice);
    show_as(
        status,
        &OutgoingTemplate {
            page,
            ways: ways(me),
            outgoing,
            trouble,
            secret,
            typed,
            robot_secret_most: ROBOT_SECRET_LENGTH_MOST,
        },
    )
}
