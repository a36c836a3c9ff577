//! Orders from leaders and the meeting.

use super::affair;
use super::asked::{Asked, PageQuery};
use super::problem::Problem;
use crate::Shared;
use axum::extract::State;
use axum::response::Response;
use shiji_app::open_data::Page;
use shiji_app::open_data::affair_document::{Affair, Directive};

/// Directives, the newest first
///
/// Orders from a leader or the meeting that were made public. Internal ones are in no list, and have no number.
#[utoipa::path(
    get, path = "/{place}/api/v1/directives", operation_id = "directives", tag = "together",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("since" = Option<jiff::civil::Date>, Query,
            description = "Only those of which something was published on or after this day."),
        PageQuery,
    ),
    responses((status = 200, description = "A page of directives.", body = Page<Affair>))
)]
pub async fn list(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    affair::list::<Directive>(&web, &asked).await
}

/// One directive
///
/// With its tasks and everything that happened to it.
#[utoipa::path(
    get, path = "/{place}/api/v1/directives/{id}", operation_id = "directive", tag = "together",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("id" = uuid::Uuid, Path, description = "Identifier of the directive."),
    ),
    responses((status = 200, description = "The directive.", body = Directive))
)]
pub async fn one(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    affair::one::<Directive>(&web, &asked).await
}
