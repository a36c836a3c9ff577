//! Pages of the leader in charge.

use crate::Shared;
use crate::desk::{Advice, go};
use crate::frame::page::show;
use crate::frame::{Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use shiji_app::AppError;
use shiji_app::leader::{
    Decide, LedReport, ReportView, ReviewedItem, decide, led_reports, report_page, write_comment,
};
use shiji_domain::id::ReportId;
use shiji_domain::item::Outcome;
use shiji_domain::refusal::Refusal;
use shiji_domain::report::{Decision, ReportState};
use shiji_store::calendar::Period;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/leader", get(list))
        .route("/leader/report/{id}", get(report))
        .route("/leader/decide", post(act_decide))
        .route("/leader/comment", post(act_comment))
}

/// How a report's state is shown: key of the word and class of its frame.
pub(crate) fn state_of(state: Option<ReportState>) -> (String, &'static str) {
    match state {
        None | Some(ReportState::Draft) => ("state-none".into(), "idle"),
        Some(ReportState::Filed) => ("state-filed".into(), "warn"),
        Some(ReportState::Returned) => ("state-returned".into(), "bad"),
        Some(state) => (format!("state-{}", state.code()), "good"),
    }
}

struct Line {
    led: LedReport,
    key: String,
    class: &'static str,
}

#[derive(Template)]
#[template(path = "leader/list.html")]
struct ListPage {
    page: Page,
    period: Period,
    lines: Vec<Line>,
}

async fn list(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    let (period, led) = led_reports(&web.app, &me.act).await?;
    let lines = led
        .into_iter()
        .map(|led| {
            let (key, class) = match led.on_leave {
                true => ("standing-on-leave".to_owned(), "idle"),
                false => state_of(led.report.map(|(_, state)| state)),
            };
            Line { led, key, class }
        })
        .collect();
    show(&ListPage { page: Page::working(&me), period, lines })
}

/// An item with its advice and the word on it.
pub(crate) struct Reviewed {
    pub of: ReviewedItem,
    pub advice: Advice,
    pub accepted: bool,
    pub returned: Option<String>,
}

pub(crate) fn reviewed(me: &SignedIn, items: Vec<ReviewedItem>) -> Vec<Reviewed> {
    items
        .into_iter()
        .map(|of| {
            let advice = Advice::of(me.here.t, &of.check);
            let decided = of.decision.as_ref();
            Reviewed {
                accepted: decided.is_some_and(|decision| decision.decision == Decision::Accept),
                returned: decided
                    .filter(|decision| decision.decision == Decision::Return)
                    .map(|decision| decision.reason.clone().unwrap_or_default()),
                advice,
                of,
            }
        })
        .collect()
}

/// Class and text key of a promise's outcome.
pub(crate) fn outcome_of(outcome: Option<Outcome>) -> (&'static str, String) {
    let code = crate::board::view::outcome_code(outcome);
    (code, format!("outcome-{code}"))
}

pub(crate) struct PromiseLine {
    pub text: String,
    pub class: &'static str,
    pub key: String,
    pub reason: Option<String>,
}

pub(crate) fn promise_lines(view: &mut ReportView) -> Vec<PromiseLine> {
    std::mem::take(&mut view.promises)
        .into_iter()
        .map(|promise| {
            let (class, key) = outcome_of(promise.outcome);
            PromiseLine { text: promise.text, class, key, reason: promise.reason }
        })
        .collect()
}

#[derive(Template)]
#[template(path = "leader/report.html")]
struct ReportPage {
    page: Page,
    view: ReportView,
    promises: Vec<PromiseLine>,
    work: Vec<Reviewed>,
    plan: Vec<Reviewed>,
    key: String,
    class: &'static str,
    /// Filed or accepted, so that a word on it changes something.
    decidable: bool,
}

async fn report(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, id)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let id: ReportId = id.parse().map_err(|_| AppError::NotFound)?;
    let mut view = report_page(&web.app, &me.act, id).await?;
    let promises = promise_lines(&mut view);
    let work = reviewed(&me, std::mem::take(&mut view.work));
    let plan = reviewed(&me, std::mem::take(&mut view.plan));
    let (key, class) = state_of(Some(view.report.state));
    let decidable = view.report.state.is_filed() && me.leads;
    show(&ReportPage { page: Page::working(&me), promises, work, plan, key, class, decidable, view })
}

pub(crate) fn decide_of(fields: &crate::frame::Fields) -> Result<Decide, Refusal> {
    Ok(Decide {
        report: fields.parsed("report")?,
        item: fields.optional_parsed("item")?,
        decision: Decision::from_code(fields.text("decision")).ok_or_else(|| Refusal::new("refusal-form"))?,
        reason: fields.optional("reason").map(str::to_owned),
    })
}

async fn act_decide(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let wanted = decide_of(&fields)?;
    let report = wanted.report;
    decide(&web.app, &me.act, wanted).await?;
    Ok(go(&me.here.to(&format!("/leader/report/{report}"))))
}

async fn act_comment(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let report: ReportId = fields.parsed("report")?;
    write_comment(&web.app, &me.act, report, fields.text("words")).await?;
    Ok(go(&me.here.to(&format!("/leader/report/{report}#comments"))))
}
