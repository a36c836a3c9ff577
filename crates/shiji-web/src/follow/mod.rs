//! Following the board without an account: feeds, calendars, mail.

mod ask;
mod link;

use crate::Shared;
use crate::frame::open_form::open;
use axum::Router;
use axum::routing::get;

pub fn routes(web: &Shared) -> Router<Shared> {
    let router = Router::new()
        .route("/{place}/{lang}/follow", get(ask::page).post(ask::act))
        .route("/{place}/{lang}/follow/person/{id}", get(ask::person))
        .route("/{place}/{lang}/follow/unit/{id}", get(ask::unit))
        .route("/{place}/{lang}/follow/confirm/{id}/{token}", get(link::confirm_page).post(link::confirm))
        .route("/{place}/{lang}/follow/stop/{id}/{token}", get(link::stop_page).post(link::stop));
    open(router, web)
}
