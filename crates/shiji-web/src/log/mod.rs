//! The log as outsiders read it: plain files under `/log`, and a page that says what they mean.

mod files;
mod page;
mod slip;
pub mod witness;

use crate::Shared;
use axum::Router;
use axum::routing::get;

/// Of the installation: for programs.
pub fn file_routes() -> Router<Shared> {
    Router::new()
        .route("/log/checkpoint", get(files::checkpoint))
        .route("/log/key", get(files::key))
        .route("/log/policy", get(files::policy))
        .route("/log/tile/{*path}", get(files::tile))
        .route("/log/payload/{index}", get(files::payload))
        .route("/log/payloads/{bundle}", get(files::payloads))
        .route("/log/proof/{file}", get(files::proof))
}

/// Of a place: for people.
pub fn page_routes(web: &Shared) -> Router<Shared> {
    Router::new()
        .route("/{place}/{lang}/log", get(page::page))
        .route("/{place}/{lang}/slip/{number}", get(slip::page))
        .layer(axum::middleware::from_fn_with_state(web.clone(), crate::frame::error::explain_public))
}
