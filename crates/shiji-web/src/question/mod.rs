//! Residents' questions, without an account: asking, the pick-up code, and what everybody can read.

mod flood;
mod new;
mod own;
mod public;
pub mod story;

pub use flood::Flood;
pub use new::asker;
pub use public::{Line, line, list_page, one_page, waiting_page};

use crate::Shared;
use crate::frame::open_form::open;
use axum::Router;
use axum::routing::{get, post};

pub fn routes(web: &Shared) -> Router<Shared> {
    let router = Router::new()
        .route("/{place}/{lang}/question/new", get(new::page).post(new::act))
        .route("/{place}/{lang}/pick-up", get(own::door).post(own::find))
        .route("/{place}/{lang}/pick-up/{code}", get(own::page))
        .route("/{place}/{lang}/pick-up/{code}/judge", post(own::judge))
        .route("/{place}/{lang}/pick-up/{code}/judge-later", post(own::judge_later))
        .route("/{place}/{lang}/pick-up/{code}/reopen", post(own::reopen))
        .route("/{place}/{lang}/pick-up/{code}/forget", post(own::forget))
        .route("/{place}/{lang}/pick-up/{code}/forget-words", post(own::forget_words));
    open(router, web)
}
