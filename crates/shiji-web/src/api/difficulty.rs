//! Where work got stuck.

use super::affair;
use super::asked::{Asked, PageQuery};
use super::problem::Problem;
use crate::Shared;
use axum::extract::State;
use axum::response::Response;
use shiji_app::open_data::Page;
use shiji_app::open_data::affair_document::{Affair, Difficulty};

/// Difficulties, the newest first
///
/// Where work got stuck and who was asked for help, once the item is published on which it was told.
#[utoipa::path(
    get, path = "/{place}/api/v1/difficulties", operation_id = "difficulties", tag = "together",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("since" = Option<jiff::civil::Date>, Query,
            description = "Only those of which something was published on or after this day."),
        PageQuery,
    ),
    responses((status = 200, description = "A page of difficulties.", body = Page<Affair>))
)]
pub async fn list(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    affair::list::<Difficulty>(&web, &asked).await
}

/// One difficulty
///
/// With every answer and how it was solved.
#[utoipa::path(
    get, path = "/{place}/api/v1/difficulties/{id}", operation_id = "difficulty", tag = "together",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("id" = uuid::Uuid, Path, description = "Identifier of the difficulty."),
    ),
    responses((status = 200, description = "The difficulty.", body = Difficulty))
)]
pub async fn one(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    affair::one::<Difficulty>(&web, &asked).await
}
