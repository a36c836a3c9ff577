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
        .route("/meeting/open", post(overview::open).get(overview::page))
        .route("/meeting/cancel", post(overview::cancel).get(overview::page))
        .route("/meeting/close", get(overview::confirm).post(overview::close))
        .route("/meeting/screen", get(projector::page))
        .route("/meeting/control", get(control::page))
        .route("/meeting/show", post(control::turn).get(control::page))
        .route("/meeting/decide", post(control::act_decide).get(control::page))
        .route("/meeting/rest", post(control::rest).get(control::page))
        .route("/meeting/note", post(control::note).get(control::page))
        .route("/meeting/notes", post(control::notes).get(control::page))
        .route("/meeting/directive", post(control::order).get(control::page))
        .route("/meeting/events", get(events::stream))
        .route("/meeting/minutes", get(minutes::page))
}
