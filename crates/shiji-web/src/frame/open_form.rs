//! Forms of readers who have no account and no cookie: to follow the board, to ask a question.
//!
//! Such a form carries nobody's authority, so there is nothing that a foreign page could borrow from its reader. What
//! remains is that other sites make their visitors' browsers fill in our forms; browsers say where a form comes from,
//! and one that says "elsewhere" is turned away. Limits against flooding belong to the act itself.
//!
//! Use: routes with their whole address (`/{place}/{lang}/…`) behind [`open`], handlers that take [`OpenFields`], pages made
//! with `Page::public`, refusals shown on the form with what was typed.

use crate::Shared;
use crate::frame::error;
use crate::frame::error::WebError;
use crate::frame::fields::{Fields, check_origin};
use crate::frame::headers;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Form, FromRequest, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use shiji_domain::refusal::Refusal;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

/// Bytes of such a form: some thousand characters, percent-encoded.
pub const OPEN_FORM_BYTES_MOST: usize = 64 * 1024;

/// The fields of a form that anybody may send, but no other site for them.
pub struct OpenFields(pub Fields);

impl FromRequest<Shared> for OpenFields {
    type Rejection = WebError;

    async fn from_request(request: Request, web: &Shared) -> Result<Self, WebError> {
        check_origin(request.headers())?;
        let form = Form::<Vec<(String, String)>>::from_request(request, web).await;
        let Form(pairs) = form.map_err(|_| Refusal::new("refusal-form"))?;
        Ok(OpenFields(Fields(pairs)))
    }
}

/// A copy has nobody who would read what is sent to it.
async fn refuse_in_a_copy(State(web): State<Shared>, request: Request, next: Next) -> Response {
    if web.app.is_copy() {
        return WebError::from(Refusal::new("refusal-copy")).into_response();
    }
    next.run(request).await
}

/// Puts pages with open forms behind limits and headers. They are kept by nobody, and no answer sets a cookie.
pub fn open(router: Router<Shared>, web: &Shared) -> Router<Shared> {
    router
        .layer(DefaultBodyLimit::max(OPEN_FORM_BYTES_MOST))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(30)))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(from_fn_with_state(web.clone(), refuse_in_a_copy))
        .layer(from_fn_with_state(web.clone(), error::explain_public))
        .layer(from_fn(headers::private))
}
