//! What a program is told when it asks for what cannot be had (RFC 9457).

use crate::Shared;
use crate::frame::{Language, Texts};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use shiji_app::AppError;
use std::any::Any;
use utoipa::ToSchema;

/// Names and values longer than this are shown in part.
const SHOWN_MOST: usize = 60;

#[derive(Debug, Clone)]
pub enum Problem {
    /// A parameter, the key of the sentence that says why, and what would have been right.
    Parameter {
        name: String,
        key: &'static str,
        wanted: String,
    },
    NotFound,
    Method,
    /// With a number to quote.
    Broken(String),
}

/// Why a request was not answered (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// Always `about:blank`: the status says which kind it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words.
    pub title: String,
    pub status: u16,
    /// What was wrong and what would be right, in Chinese or, when `Accept-Language` prefers it, in English.
    pub detail: String,
    /// The query parameter that could not be taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
}

impl<E: Into<AppError>> From<E> for Problem {
    fn from(error: E) -> Problem {
        match error.into() {
            AppError::NotFound => Problem::NotFound,
            error => broken(&format!("{error:?}")),
        }
    }
}

/// Its number is the digest of what went wrong: the same trouble is quoted with the same number.
fn broken(what: &str) -> Problem {
    use sha2::{Digest as _, Sha256};
    let number: String = Sha256::digest(what).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    tracing::error!(%number, error = what, "an API request failed");
    Problem::Broken(number)
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Problem::Parameter { .. } => StatusCode::BAD_REQUEST,
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::Method => StatusCode::METHOD_NOT_ALLOWED,
            Problem::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    pub fn document(&self, t: Texts) -> ProblemDocument {
        let status = self.status();
        let (detail, parameter) = match self {
            Problem::Parameter { name, key, wanted } => {
                let name: String = name.chars().take(SHOWN_MOST).collect();
                (t.two(key, "name", &name, "wanted", wanted), Some(name))
            }
            Problem::NotFound => (t.get("problem-not-found"), None),
            Problem::Method => (t.get("problem-method"), None),
            Problem::Broken(number) => (t.one("problem-broken", "number", number), None),
        };
        ProblemDocument {
            kind: "about:blank".into(),
            title: status.canonical_reason().unwrap_or_default().into(),
            status: status.as_u16(),
            detail,
            parameter,
        }
    }
}

/// Bare: [`explain`] knows the reader's language.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

pub async fn no_such_address() -> Problem {
    Problem::NotFound
}

pub async fn no_such_method() -> Problem {
    Problem::Method
}

pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let what = panic.downcast_ref::<String>().cloned();
    broken(&what.unwrap_or_else(|| "a handler panicked".into())).into_response()
}

pub fn language_of(headers: &HeaderMap) -> Texts {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Texts { language: Language::asked_for(asked) }
}

/// Puts the words to a problem.
pub async fn explain(State(_): State<Shared>, request: Request, next: Next) -> Response {
    let t = language_of(request.headers());
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions().get::<Problem>().cloned() else { return response };
    let body = serde_json::to_vec(&problem.document(t)).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(t.language.tag()));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Language"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.remove(header::CONTENT_LENGTH);
    *response.body_mut() = body.into();
    response
}
