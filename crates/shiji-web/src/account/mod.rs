//! Signing in and out, invitations, the own account.

mod invitation;
mod own;
mod sign_in;

use crate::Shared;
use axum::Router;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/sign-in", get(sign_in::page).post(sign_in::act))
        .route("/sign-out", post(own::sign_out))
        .route("/invitation/{token}", get(invitation::page).post(invitation::act))
        .route("/account", get(own::page))
        .route("/account/address", post(own::set_address))
        .route("/account/password", post(own::change_password))
        .route("/account/sign-out-everywhere", post(own::sign_out_everywhere))
}

fn go(address: &str) -> Response {
    let address = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

/// Goes on with a session, or without one when `token` is `None`.
fn go_with_session(
    web: &crate::Web,
    headers: &HeaderMap,
    slug: &str,
    token: Option<&str>,
    address: &str,
) -> Response {
    let mut response = go(address);
    let https = crate::frame::session::came_by_https(web, headers);
    let cookie = crate::frame::session::session_cookie(slug, https, token);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}
