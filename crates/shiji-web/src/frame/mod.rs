//! What all pages share: languages, addresses, sessions, errors, security headers.

pub mod asset;
pub mod code;
pub mod due;
pub mod entrance;
pub mod error;
pub mod fields;
pub mod headers;
pub mod look;
pub mod open_form;
pub mod page;
pub mod place;
pub mod session;
pub mod text;

pub use error::WebError;
pub use fields::{Fields, SafeFields};
pub use look::Look;
pub use open_form::OpenFields;
pub use page::{Page, show};
pub use place::{Here, address_of};
pub use session::SignedIn;
pub use text::{Language, Texts};

use crate::Shared;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

/// Bytes of a form without files; uploads set their own limit.
pub const FORM_BYTES_MOST: usize = 256 * 1024;

/// Puts the working side's pages behind limits, headers and the page that says what went wrong.
pub fn protect(router: Router<Shared>, web: &Shared) -> Router<Shared> {
    router
        .layer(DefaultBodyLimit::max(FORM_BYTES_MOST))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(60)))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(from_fn_with_state(web.clone(), error::explain))
        .layer(from_fn(headers::private))
}
