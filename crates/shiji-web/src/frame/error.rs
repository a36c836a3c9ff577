//! What a person sees when something is not possible or is broken.

use crate::Shared;
use crate::frame::page::{Page, show_as};
use crate::frame::place::Here;
use crate::frame::session::SignedIn;
use crate::frame::text::Texts;
use askama::Template;
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use shiji_app::AppError;
use shiji_domain::refusal::Refusal;
use std::any::Any;
use std::sync::Arc;

#[derive(Debug)]
pub enum WebError {
    App(AppError),
    Template(String),
}

impl<E: Into<AppError>> From<E> for WebError {
    fn from(error: E) -> Self {
        WebError::App(error.into())
    }
}

/// Travels with the bare response to [`explain`], which knows the reader's language.
#[derive(Clone)]
struct Failure(Arc<WebError>);

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let status = match &self {
            WebError::App(AppError::Refused(refusal)) => refusal_status(refusal),
            WebError::App(AppError::NotFound) => StatusCode::NOT_FOUND,
            WebError::App(AppError::SignedOut) => StatusCode::UNAUTHORIZED,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Failure(Arc::new(self)));
        response
    }
}

fn refusal_status(refusal: &Refusal) -> StatusCode {
    match refusal.key {
        "refusal-not-yours" | "refusal-form-foreign" => StatusCode::FORBIDDEN,
        "refusal-locked" | "refusal-print-busy" => StatusCode::TOO_MANY_REQUESTS,
        "refusal-upload-large" => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

#[derive(Template)]
#[template(path = "frame/error.html")]
struct ErrorPage {
    page: Page,
    heading: String,
    what: String,
    next: String,
    number: Option<String>,
    back: Option<String>,
}

/// Turns a failure into a page in the reader's language, and notes who was refused what.
pub async fn explain(State(web): State<Shared>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let here = Here::from_request_parts(&mut parts, &web).await;
    let me = SignedIn::from_request_parts(&mut parts, &web).await.ok();
    let method = parts.method.clone();
    let sent = method != Method::GET;
    let path = parts.uri.path().to_owned();
    let referer =
        parts.headers.get(header::REFERER).and_then(|referer| referer.to_str().ok()).map(str::to_owned);
    let response = next.run(Request::from_parts(parts, body)).await;
    let Ok(here) = here else { return not_found_bare() };
    let failure = response.extensions().get::<Failure>().cloned();
    let Some(Failure(failure)) = failure else {
        return match response.status() {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED if is_bare(&response) => page_of(
                &web,
                here,
                me,
                &WebError::App(AppError::NotFound),
                StatusCode::NOT_FOUND,
                (sent, None),
            ),
            status if status.is_client_error() && is_bare(&response) => {
                let refusal = Refusal::new(if status == StatusCode::PAYLOAD_TOO_LARGE {
                    "refusal-upload-large"
                } else {
                    "refusal-form"
                });
                page_of(&web, here, me, &refusal.into(), status, (sent, referer))
            }
            _ => response,
        };
    };
    if let WebError::App(AppError::SignedOut) = *failure {
        return to_sign_in(&here, &method, referer.as_deref());
    }
    if let (Some(me), WebError::App(AppError::Refused(refusal))) = (&me, &*failure)
        && refusal.key == "refusal-not-yours"
    {
        let what = format!("{method} {path}");
        if let Err(error) = shiji_app::account::record_refusal(&web.app, &me.act, &what).await {
            tracing::error!(%error, "a refusal could not be written to the audit trail");
        }
    }
    page_of(&web, here, me, &failure, response.status(), (sent, referer))
}

/// Answers of extractors and the router, without a page of ours.
fn is_bare(response: &Response) -> bool {
    let html = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let json = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    !html && !json
}

/// After signing in one comes back to the page, or to the page on which the form was.
fn to_sign_in(here: &Here, method: &Method, referer: Option<&str>) -> Response {
    let from = referer.and_then(|referer| page_of_form(here, referer));
    let next = if *method == Method::GET { here.rest.as_str() } else { from.unwrap_or("/desk") };
    let address = format!("{}?next={}", here.to("/sign-in"), percent(next));
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

/// The address after the language, of a page of this place. A form that was refused answers under its own address, which
/// is none to come back to.
fn page_of_form<'a>(here: &Here, referer: &'a str) -> Option<&'a str> {
    let (_, address) = referer.split_once("://")?;
    let path = &address[address.find('/')?..];
    let rest = path.strip_prefix(here.to("").as_str())?.split(['?', '#']).next()?;
    (rest.starts_with('/') && rest != here.rest).then_some(rest)
}

/// Percent-encodes everything but the unreserved characters and the slash (RFC 3986 section 2.3).
pub fn percent(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::with_capacity(text.len()), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

fn page_of(
    web: &Shared,
    here: Here,
    me: Option<SignedIn>,
    failure: &WebError,
    status: StatusCode,
    // What a form sent is not lost; a page that was only opened has nothing to lose.
    (sent, back): (bool, Option<String>),
) -> Response {
    let t = here.t;
    let page = match &me {
        Some(me) => Page::working(me),
        None => Page::public(here),
    };
    let (heading, what, mut next, number) = words(web, t, failure);
    if !sent && status == StatusCode::FORBIDDEN {
        next = t.get("error-refused-page");
    }
    let template = ErrorPage { page, heading, what, next, number, back };
    show_as(status, &template).unwrap_or_else(|_| status.into_response())
}

fn words(web: &Shared, t: Texts, failure: &WebError) -> (String, String, String, Option<String>) {
    match failure {
        WebError::App(AppError::Refused(refusal)) => {
            (t.get("error-refused"), t.refusal(refusal), t.get("error-refused-next"), None)
        }
        WebError::App(AppError::NotFound) => {
            (t.get("error-not-found"), t.get("error-not-found-what"), t.get("error-not-found-next"), None)
        }
        broken => {
            let number: [u8; 4] = web.app.random();
            let number: String = number.iter().map(|byte| format!("{byte:02x}")).collect();
            tracing::error!(%number, error = ?broken, "a request failed");
            (t.get("error-broken"), t.get("error-broken-what"), t.get("error-broken-next"), Some(number))
        }
    }
}

/// Outside every place there is no language to speak in but both.
pub fn not_found_bare() -> Response {
    let both = [crate::frame::Language::Zh, crate::frame::Language::En]
        .map(|language| Texts { language }.get("error-not-found-what"))
        .join("\n");
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], both).into_response()
}

pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let what = panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_default();
    WebError::Template(what).into_response()
}

/// As [`explain`], for public pages: nobody is signed in, and found pages pass untouched.
pub async fn explain_public(State(web): State<Shared>, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let response = next.run(request).await;
    let Some(Failure(failure)) = response.extensions().get::<Failure>().cloned() else { return response };
    failure_page(&web, uri.path(), &failure, response.status()).await
}

/// Addresses that no route knows.
pub async fn no_such_address(State(web): State<Shared>, request: Request) -> Response {
    let failure = WebError::App(AppError::NotFound);
    failure_page(&web, request.uri().path(), &failure, StatusCode::NOT_FOUND).await
}

async fn failure_page(web: &Shared, path: &str, failure: &WebError, status: StatusCode) -> Response {
    let mut segments = path.trim_start_matches('/').split('/');
    let (slug, lang) = (segments.next().unwrap_or_default(), segments.next().unwrap_or_default());
    let Ok(place) = web.places.find(web, slug).await else { return not_found_bare() };
    let known = crate::frame::Look::from_segment(lang);
    let (language, look) = known.unwrap_or((crate::frame::Language::Zh, crate::frame::Look::Ordinary));
    let here =
        Here { place, t: Texts { language }, look, rest: "/".into(), address: crate::frame::address_of(web) };
    let mut response = page_of(web, here, None, failure, status, (true, None));
    crate::frame::headers::secure(response.headers_mut());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
