//! Pages of the leader in charge.

use crate::Shared;
use crate::desk::{Advice, go};
use crate::frame::page::{show, show_as};
use crate::frame::{Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use shiji_app::AppError;
use shiji_app::leader::{
    Decide, LedReport, ReportView, ReviewedItem, WriteComment, decide, led_reports, report_page,
    write_comment,
};
use shiji_domain::id::{ItemId, ReportId};
use shiji_domain::item::Outcome;
use shiji_domain::refusal::Refusal;
use shiji_domain::report::{Decision, ReportState};
use shiji_store::calendar::Period;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/leader", get(list))
        .route("/leader/report/{id}", get(report))
        .route("/leader/decide", post(act_decide).get(home))
        .route("/leader/comment", post(act_comment).get(home))
}

/// Whoever comes to the address of a form that was refused, as after signing in, wants the list.
async fn home(me: SignedIn) -> Response {
    go(&me.here.to("/leader"))
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
    /// What was typed at this item and refused: why it is sent back, and a word on it.
    pub reason: String,
    pub words: String,
}

impl Reviewed {
    fn photos(&self) -> usize {
        self.of.evidence.iter().filter(|evidence| evidence.public).count()
    }

    /// Pieces that a big screen does not show: what is not public, and files.
    pub fn unseen(&self) -> usize {
        self.of.evidence.len() - self.photos()
    }
}

/// Words that were refused and stand in their box again.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed {
    /// The whole report when empty.
    pub item: Option<ItemId>,
    pub reason: String,
    pub words: String,
}

pub(crate) fn reviewed(me: &SignedIn, items: Vec<ReviewedItem>, typed: &Typed) -> Vec<Reviewed> {
    items
        .into_iter()
        .map(|of| {
            let advice = Advice::of(me.here.t, &of.check);
            let decided = of.decision.as_ref();
            let here = typed.item == Some(of.item.item_id);
            let again = |words: &str| if here { words.to_owned() } else { String::new() };
            Reviewed {
                accepted: decided.is_some_and(|decision| decision.decision == Decision::Accept),
                returned: decided
                    .filter(|decision| decision.decision == Decision::Return)
                    .map(|decision| decision.reason.clone().unwrap_or_default()),
                reason: again(&typed.reason),
                words: again(&typed.words),
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
    trouble: Option<String>,
    /// What stands in the box for a word on the whole.
    words: String,
}

async fn report(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, id)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let id: ReportId = id.parse().map_err(|_| AppError::NotFound)?;
    show(&report_of(&web, &me, id, None, &Typed::default()).await?)
}

async fn report_of(
    web: &Shared,
    me: &SignedIn,
    id: ReportId,
    trouble: Option<String>,
    typed: &Typed,
) -> Result<ReportPage, WebError> {
    let mut view = report_page(&web.app, &me.act, id).await?;
    let promises = promise_lines(&mut view);
    let work = reviewed(me, std::mem::take(&mut view.work), typed);
    let plan = reviewed(me, std::mem::take(&mut view.plan), typed);
    let (key, class) = state_of(Some(view.report.state));
    let decidable = view.report.state.is_filed() && me.leads;
    let mut page = Page::working(me);
    // The other language's address is that of the page, also after a form.
    page.here.rest = format!("/leader/report/{id}");
    let words = if typed.item.is_none() { typed.words.clone() } else { String::new() };
    Ok(ReportPage { page, promises, work, plan, key, class, decidable, view, trouble, words })
}

/// On to the report, or the report again with the refusal on top and the refused words in their box.
async fn answer(
    web: &Shared,
    me: &SignedIn,
    report: ReportId,
    result: Result<(), AppError>,
    typed: Typed,
) -> Result<Response, WebError> {
    let anchor = typed.item.map_or_else(|| "#comments".to_owned(), |item| format!("#i-{item}"));
    match result {
        Ok(()) => Ok(go(&me.here.to(&format!("/leader/report/{report}{anchor}")))),
        Err(AppError::Refused(refusal)) if refusal.key != "refusal-not-yours" => {
            let trouble = me.here.t.refusal(&refusal);
            let page = report_of(web, me, report, Some(trouble), &typed).await?;
            show_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
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
    let typed = Typed { item: wanted.item, reason: fields.text("reason").to_owned(), ..Typed::default() };
    let report = wanted.report;
    let whole = wanted.item.is_none();
    let result = decide(&web.app, &me.act, wanted).await;
    match result {
        Ok(()) if whole => Ok(go(&me.here.to(&format!("/leader/report/{report}")))),
        result => answer(&web, &me, report, result, typed).await,
    }
}

async fn act_comment(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let report: ReportId = fields.parsed("report")?;
    let item = fields.optional_parsed("item")?;
    let words = fields.text("words").to_owned();
    let wanted = WriteComment { report, item, words: words.clone() };
    let result = write_comment(&web.app, &me.act, wanted).await;
    answer(&web, &me, report, result, Typed { item, words, ..Typed::default() }).await
}
