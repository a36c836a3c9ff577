//! Colleagues' plans, help, joint visits; and for everybody, which visits a village or firm had.

mod company;
mod form;
mod plan;
mod public;
mod visit;

pub use public::{index_page, spot_page};

use crate::Shared;
use axum::Router;
use axum::routing::{get, post};

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/plans", get(plan::page))
        .route("/plans/help/ask", post(form::ask))
        .route("/plans/help/close", post(form::close))
        .route("/plans/help/offer", post(form::offer))
        .route("/plans/help/decide", post(form::decide))
        .route("/plans/help/take", post(form::take))
        .route("/plans/help/withdraw", post(form::withdraw))
        .route("/plans/visit/accept", post(form::accept))
        .route("/plans/visit/refuse", post(form::refuse))
        .route("/visit/{id}", get(visit::page))
        .route("/visit/{id}/step", post(visit::step))
        .route("/visit/{id}/lead", post(company::say))
        .route("/visit/{id}/take-lead", post(company::take))
        .route("/visit/{id}/join", post(company::join))
        .route("/visit/{id}/leave", post(company::leave))
        .route("/visit/{id}/record", post(visit::record))
        .route("/visit/{id}/redact", post(visit::redact))
        .route("/visit/{id}/notice", get(visit::notice))
}
