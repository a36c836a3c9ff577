//! Joint visits.

use super::affair;
use super::asked::{Asked, PageQuery};
use super::problem::Problem;
use crate::Shared;
use axum::extract::State;
use axum::response::Response;
use shiji_app::open_data::Page;
use shiji_app::open_data::affair_document::{Affair, Visit};

/// Joint visits, the newest first
///
/// By the day on which they became public: when they were agreed on, where those who are visited know of them, otherwise when
/// they were held.
#[utoipa::path(
    get, path = "/{place}/api/v1/visits", operation_id = "visits", tag = "together",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("since" = Option<jiff::civil::Date>, Query,
            description = "Only those of which something was published on or after this day."),
        PageQuery,
    ),
    responses((status = 200, description = "A page of visits.", body = Page<Affair>))
)]
pub async fn list(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    affair::list::<Visit>(&web, &asked).await
}

/// One joint visit
///
/// With everybody who comes and everything that happened to it.
#[utoipa::path(
    get, path = "/{place}/api/v1/visits/{id}", operation_id = "visit", tag = "together",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("id" = uuid::Uuid, Path, description = "Identifier of the visit."),
    ),
    responses((status = 200, description = "The visit.", body = Visit))
)]
pub async fn one(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    affair::one::<Visit>(&web, &asked).await
}
