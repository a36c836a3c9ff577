//! The Monday meeting: overview, the big screen, the chair's phone, minutes.

mod control;
mod events;
mod minutes;
mod overview;
mod projector;
#[cfg(test)]
mod tests;

use crate::Shared;
use axum::Router;
use axum::routing::{get, post};

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/meeting", get(overview::page))
        .route("/meeting/open", post(overview::open))
        .route("/meeting/close", get(overview::confirm).post(overview::close))
        .route("/meeting/screen", get(projector::page))
        .route("/meeting/control", get(control::page))
        .route("/meeting/show", post(control::turn))
        .route("/meeting/decide", post(control::act_decide))
        .route("/meeting/rest", post(control::rest))
        .route("/meeting/note", post(control::note))
        .route("/meeting/notes", post(control::notes))
        .route("/meeting/events", get(events::stream))
        .route("/meeting/minutes", get(minutes::page))
}
