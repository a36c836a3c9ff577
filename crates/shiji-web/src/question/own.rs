//! The asker's own page, opened by the pick-up code.

use super::flood::{Passage, Step, address_of, step};
use super::new::peer;
use super::story::{Event, all_counted, event, kind_name, state_class, state_name};
use crate::Shared;
use crate::frame::code::svg;
use crate::frame::page::show_as;
use crate::frame::session::came_by_https;
use crate::frame::{Fields, Here, OpenFields, Page, WebError};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use shiji_app::AppError;
use shiji_app::question::{self, OwnQuestion};
use shiji_domain::question::{QUESTION_LENGTH_MOST, Verdict};
use shiji_domain::refusal::Refusal;

#[derive(Template)]
#[template(path = "question/door.html")]
struct DoorPage {
    page: Page,
    typed: String,
    trouble: Option<String>,
    step: Option<Step>,
}

#[derive(Template)]
#[template(path = "question/own.html")]
struct OwnPage {
    page: Page,
    own: OwnQuestion,
    /// In groups of four, as it is read out.
    code: String,
    plain: String,
    /// An image in SVG, drawn by the program.
    picture: String,
    events: Vec<Event>,
    counted: Vec<String>,
    trouble: Option<String>,
    typed: Fields,
    is_new: bool,
    longest: usize,
}

impl OwnPage {
    fn state(&self) -> (&'static str, String) {
        (state_class(self.own.state), state_name(self.page.t, self.own.state))
    }

    fn kind(&self) -> String {
        kind_name(self.page.t, self.own.question.kind())
    }

    fn verdicts(&self) -> Vec<(&'static str, String)> {
        let name = |verdict: Verdict| self.page.t.get(format!("verdict-{}", verdict.code()));
        Verdict::ALL.into_iter().map(|verdict| (verdict.code(), name(verdict))).collect()
    }

    fn may_judge(&self) -> bool {
        self.own.question.progress.check_verdict().is_ok()
    }

    fn may_forget(&self) -> bool {
        !self.own.question.words.is_empty() && self.own.question.progress.check_forget().is_ok()
    }

    fn may_reopen(&self) -> bool {
        self.own.question.progress.check_reopen().is_ok()
    }
}

pub async fn door(here: Here) -> Result<Response, WebError> {
    door_page(here, String::new(), None, None)
}

fn door_page(
    here: Here,
    typed: String,
    trouble: Option<Refusal>,
    step: Option<Step>,
) -> Result<Response, WebError> {
    let status = match &trouble {
        Some(refusal) if refusal.key == "refusal-pick-up-wait" => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let trouble = trouble.map(|refusal| here.t.refusal(&refusal));
    show_as(status, &DoorPage { page: Page::public(here), typed, trouble, step })
}

pub async fn find(
    State(web): State<Shared>,
    here: Here,
    headers: HeaderMap,
    extensions: Extensions,
    OpenFields(fields): OpenFields,
) -> Result<Response, WebError> {
    let typed: String = fields.text("code").chars().take(40).collect();
    let address = address_of(&web, &headers, peer(&extensions));
    if web.flood.pass(&web.app, address, fields.text("step"), fields.text("work")) == Passage::Wait {
        return door_page(here, typed, Some(Refusal::new("refusal-pick-up-wait")), Some(step(&web.app)));
    }
    match question::by_code(&web.app, &here.place, &typed).await {
        Ok(_) => {
            let code: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
            Ok(go(&here, &code.to_uppercase(), ""))
        }
        Err(AppError::Refused(refusal)) => door_page(here, typed, Some(refusal), None),
        Err(error) => Err(error.into()),
    }
}

fn go(here: &Here, code: &str, done: &str) -> Response {
    let address = here.to(&format!("/pick-up/{code}{done}"));
    let address = HeaderValue::from_str(&address).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

type CodePath = Path<(String, String, String)>;

pub async fn page(
    State(web): State<Shared>,
    here: Here,
    headers: HeaderMap,
    Path((_, _, code)): CodePath,
) -> Result<Response, WebError> {
    shown(&web, here, &headers, &code, None, Fields::default()).await
}

pub async fn judge(
    State(web): State<Shared>,
    here: Here,
    headers: HeaderMap,
    Path((_, _, code)): CodePath,
    OpenFields(fields): OpenFields,
) -> Result<Response, WebError> {
    let result = match verdict(&fields) {
        Ok(verdict) => question::judge(&web.app, &here.place, &code, verdict).await,
        Err(refusal) => Err(refusal.into()),
    };
    answer(&web, here, &headers, &code, result, fields).await
}

pub async fn judge_later(
    State(web): State<Shared>,
    here: Here,
    headers: HeaderMap,
    Path((_, _, code)): CodePath,
    OpenFields(fields): OpenFields,
) -> Result<Response, WebError> {
    let result = match verdict(&fields) {
        Ok(verdict) => question::judge_later(&web.app, &here.place, &code, verdict).await,
        Err(refusal) => Err(refusal.into()),
    };
    answer(&web, here, &headers, &code, result, fields).await
}

pub async fn reopen(
    State(web): State<Shared>,
    here: Here,
    headers: HeaderMap,
    Path((_, _, code)): CodePath,
    OpenFields(fields): OpenFields,
) -> Result<Response, WebError> {
    let result = question::reopen(&web.app, &here.place, &code, fields.text("words")).await;
    answer(&web, here, &headers, &code, result, fields).await
}

pub async fn forget(
    State(web): State<Shared>,
    here: Here,
    headers: HeaderMap,
    Path((_, _, code)): CodePath,
    OpenFields(fields): OpenFields,
) -> Result<Response, WebError> {
    let result = question::forget_contact(&web.app, &here.place, &code).await;
    answer(&web, here, &headers, &code, result, fields).await
}

pub async fn forget_words(
    State(web): State<Shared>,
    here: Here,
    headers: HeaderMap,
    Path((_, _, code)): CodePath,
    OpenFields(fields): OpenFields,
) -> Result<Response, WebError> {
    let result = match fields.text("sure") {
        "yes" => question::forget_own(&web.app, &here.place, &code).await,
        _ => Err(Refusal::new("refusal-redact-unsure").into()),
    };
    answer(&web, here, &headers, &code, result, fields).await
}

fn verdict(fields: &Fields) -> Result<Verdict, Refusal> {
    Verdict::from_code(fields.text("verdict")).ok_or_else(|| Refusal::new("refusal-question-verdict"))
}

async fn answer(
    web: &Shared,
    here: Here,
    headers: &HeaderMap,
    code: &str,
    result: Result<(), AppError>,
    fields: Fields,
) -> Result<Response, WebError> {
    match result {
        Ok(()) => Ok(go(&here, code, "")),
        Err(AppError::Refused(refusal)) => shown(web, here, headers, code, Some(refusal), fields).await,
        Err(error) => Err(error.into()),
    }
}

async fn shown(
    web: &Shared,
    here: Here,
    headers: &HeaderMap,
    code: &str,
    trouble: Option<Refusal>,
    typed: Fields,
) -> Result<Response, WebError> {
    let own = match question::by_code(&web.app, &here.place, code).await {
        Ok(own) => own,
        // What opens nothing leads back to the door, whatever else was wanted.
        Err(AppError::Refused(refusal)) => {
            return door_page(here, code.chars().take(40).collect(), Some(refusal), None);
        }
        Err(error) => return Err(error.into()),
    };
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    let path = here.to(&format!("/pick-up/{plain}"));
    let address = web.app.outward.address_of(&path).unwrap_or_else(|| {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let scheme = if came_by_https(web, headers) { "https" } else { "http" };
        format!("{scheme}://{host}{path}")
    });
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let t = here.t;
    let is_new = here.rest.ends_with("?new=1");
    let template = OwnPage {
        events: own.steps.iter().filter_map(|step| event(t, &step.fact)).collect(),
        counted: all_counted(t, &own.counted),
        code: grouped(&plain),
        picture: svg(&address)?,
        trouble: trouble.map(|refusal| t.refusal(&refusal)),
        page: Page::public(Here { rest: format!("/pick-up/{plain}"), ..here }),
        longest: QUESTION_LENGTH_MOST,
        plain,
        own,
        typed,
        is_new,
    };
    let mut response = show_as(status, &template)?;
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex"));
    // The address is the key: it goes nowhere with a link.
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(response)
}

fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
