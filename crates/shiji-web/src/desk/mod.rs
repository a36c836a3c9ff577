//! The official's desk, phone first.

mod act;
mod delegation;
mod finding;
mod item_act;
mod notice;
mod page;
mod project;
mod question;
mod reading;
#[cfg(test)]
mod tests;
mod upload;

pub use finding::Advice;

use crate::Shared;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use shiji_app::desk::FILE_BYTES_MOST;

pub fn routes() -> Router<Shared> {
    let upload = post(upload::add).get(home).layer(DefaultBodyLimit::max(FILE_BYTES_MOST + 64 * 1024));
    Router::new()
        .route("/desk", get(page::own))
        .route("/desk/for/{person}", get(page::delegated))
        .route("/desk/readings", get(reading::own))
        .route("/desk/questions", get(question::own))
        .route("/desk/question/{id}", get(question::page).post(question::act))
        .route("/desk/projects", get(project::list).post(project::begin))
        .route("/desk/project/{id}", get(project::page).post(project::act))
        .route("/desk/capture", post(act::capture).get(home))
        .route("/desk/item", post(act::edit).get(home))
        .route("/desk/save", post(act::save))
        .route("/desk/remove", post(act::remove))
        .route("/desk/pass", post(act::pass))
        .route("/desk/answer", post(act::answer))
        .route("/desk/resolve", post(act::resolve))
        .route("/desk/file", post(act::file))
        .route("/desk/withdraw", post(act::withdraw))
        .route("/desk/move", post(item_act::move_beside))
        .route("/desk/dealt", post(item_act::deal))
        .route("/desk/link", post(item_act::link))
        .route("/desk/delegate", post(delegation::name))
        .route("/desk/delegate/end", post(delegation::end))
        .route("/desk/read", post(act::read))
        .route("/desk/minutes", post(act::minutes))
        .route("/desk/check", post(act::check))
        .route("/desk/evidence", upload)
        .route("/desk/evidence/remove", post(upload::remove))
        .route("/evidence/{id}", get(upload::show))
}

/// A form that was refused is shown again under its own address; whoever comes there later, as after signing in, wants
/// the desk.
async fn home(me: crate::frame::SignedIn) -> Response {
    go(&me.here.to("/desk"))
}

pub(crate) fn go(address: &str) -> Response {
    let address = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}
