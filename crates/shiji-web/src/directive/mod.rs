//! Orders (交办督办): the lists and pages of people at work, and the public page of public ones.

mod given;
mod list;
mod new;
mod one;
mod public;
mod story;
#[cfg(test)]
mod tests;

pub use given::give_of;
pub use new::Form;
pub use public::{list_page, one_page};

use crate::Shared;
use axum::Router;
use axum::routing::get;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/directives", get(list::page))
        .route("/directive/new", get(new::page).post(new::give))
        .route("/directive/{id}", get(one::page).post(one::act))
}
