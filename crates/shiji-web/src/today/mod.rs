//! The list of the day on the phone: one tap and a few words, also while the network is away.

mod act;
mod page;
#[cfg(test)]
mod tests;
mod worker;

use crate::Shared;
use crate::frame::{SignedIn, WebError};
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use shiji_domain::refusal::Refusal;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/today", get(page::page))
        .route("/today/add", post(act::add).get(act::home))
        .route("/today/done", post(act::done).get(act::home))
        .route("/today/move", post(act::moved).get(act::home))
        .route("/today/stuck", post(act::stuck).get(act::home))
        .route("/today/back", post(act::back).get(act::home))
        .route("/today/where", post(act::whereabouts).get(act::home))
        .route("/today-worker.js", get(worker::worker))
}

/// The list with a refusal on top, for what was sent from it and belongs elsewhere.
pub(crate) async fn shown_again(web: &Shared, me: &SignedIn, refusal: Refusal) -> Result<Response, WebError> {
    page::shown_again(web, me, refusal, page::Typed::default()).await
}
