//! Difficulties: what waits for an answer, one difficulty with everything that can be done about it, and its public page.

mod list;
mod one;
mod public;
mod raise;
mod story;

pub use public::one_page;
pub use story::state;

use crate::Shared;
use axum::Router;
use axum::routing::{get, post};

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/difficulties", get(list::page))
        .route("/difficulties/{id}", get(one::page).post(one::act))
        .route("/desk/difficulty", post(raise::raise))
}
