//! Difficulties: asking for help with what is published, what waits for an answer, one difficulty with everything that can be done about it, and its public page.

mod list;
mod one;
mod public;
mod raise;
mod raise_published;
mod story;
#[cfg(test)]
mod tests;

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
        .route("/desk/stuck", get(raise_published::list))
        .route("/desk/stuck/{item}", get(raise_published::page).post(raise_published::raise))
}
