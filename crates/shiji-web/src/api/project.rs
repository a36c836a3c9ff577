//! Key projects.

use super::affair;
use super::asked::{Asked, PageQuery};
use super::problem::Problem;
use crate::Shared;
use axum::extract::State;
use axum::response::Response;
use shiji_app::open_data::Page;
use shiji_app::open_data::affair_document::{Affair, Project};

/// Key projects, the newest first
///
/// Each with how it stands and what was published about it; a single project has its timetable too.
#[utoipa::path(
    get, path = "/{place}/api/v1/projects", operation_id = "projects", tag = "together",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("since" = Option<jiff::civil::Date>, Query,
            description = "Only those of which something was published on or after this day."),
        PageQuery,
    ),
    responses((status = 200, description = "A page of projects.", body = Page<Affair>))
)]
pub async fn list(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    affair::list::<Project>(&web, &asked).await
}

/// One key project
///
/// With its baseline, the forecast of each milestone and every move of it with its reason, and how it stands today by a fixed
/// rule. Where it stands changes with the day, and the `ETag` with it.
#[utoipa::path(
    get, path = "/{place}/api/v1/projects/{id}", operation_id = "project", tag = "together",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("id" = uuid::Uuid, Path, description = "Identifier of the project."),
    ),
    responses((status = 200, description = "The project.", body = Project))
)]
pub async fn one(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    affair::one::<Project>(&web, &asked).await
}
