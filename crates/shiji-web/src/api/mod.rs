//! The read API, for programs: one resource in each file, documents from `shiji_app::open_data`.
//!
//! Architecture invariant: an address here answers everybody alike, from public tables, and keeps nothing of who asked.

mod affair;
mod answer;
mod asked;
mod correction;
mod difficulty;
mod directive;
mod dump;
mod issue;
mod item;
mod membership;
mod minutes;
mod openapi;
mod organization;
mod person;
mod place;
mod post;
mod problem;
mod project;
mod question;
mod redaction;
mod reply;
mod specification;
mod visit;

pub use person::Directories;

use crate::Shared;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get};
use tower_http::catch_panic::CatchPanicLayer;

pub fn routes(web: &Shared) -> Router<Shared> {
    Router::new()
        .route("/api/openapi.json", get(openapi::of_everything))
        .route("/api/v1/places", get(place::list))
        .route("/{place}/api/v1", get(place::start))
        .route("/{place}/api/v1/openapi.json", get(openapi::of_place))
        .route("/{place}/api/v1/issues", get(issue::list))
        .route("/{place}/api/v1/issues/{file}", get(issue::file))
        .route("/{place}/api/v1/items", get(item::list))
        .route("/{place}/api/v1/items/{id}", get(item::one))
        .route("/{place}/api/v1/answers", get(answer::list))
        .route("/{place}/api/v1/corrections", get(correction::list))
        .route("/{place}/api/v1/redactions", get(redaction::list))
        .route("/{place}/api/v1/questions", get(question::list))
        .route("/{place}/api/v1/questions/{question}", get(question::one))
        .route("/{place}/api/v1/projects", get(project::list))
        .route("/{place}/api/v1/projects/{id}", get(project::one))
        .route("/{place}/api/v1/directives", get(directive::list))
        .route("/{place}/api/v1/directives/{id}", get(directive::one))
        .route("/{place}/api/v1/difficulties", get(difficulty::list))
        .route("/{place}/api/v1/difficulties/{id}", get(difficulty::one))
        .route("/{place}/api/v1/visits", get(visit::list))
        .route("/{place}/api/v1/visits/{id}", get(visit::one))
        .route("/{place}/api/v1/minutes", get(minutes::list))
        .route("/{place}/api/v1/minutes/{id}", get(minutes::one))
        .route("/{place}/api/v1/persons", get(person::list))
        .route("/{place}/api/v1/persons/{id}", get(person::one))
        .route("/{place}/api/v1/organizations", get(organization::list))
        .route("/{place}/api/v1/organizations/{id}", get(organization::one))
        .route("/{place}/api/v1/posts", get(post::list))
        .route("/{place}/api/v1/memberships", get(membership::list))
        .route("/{place}/api/v1/dumps", get(dump::list))
        .route("/{place}/api/v1/dumps/{file}", get(dump::file))
        .route("/api/{*rest}", any(problem::no_such_address))
        .route("/{place}/api/{*rest}", any(problem::no_such_address))
        .method_not_allowed_fallback(problem::no_such_method)
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(from_fn_with_state(web.clone(), problem::explain))
        .layer(from_fn(reply::open_to_all))
}
