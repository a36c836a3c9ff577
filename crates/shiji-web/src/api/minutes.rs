//! What everybody may know of the meetings.

use super::affair;
use super::asked::{Asked, PageQuery};
use super::problem::Problem;
use crate::Shared;
use axum::extract::State;
use axum::response::Response;
use shiji_app::open_data::Page;
use shiji_app::open_data::affair_document::{Affair, Minutes};

/// Minutes, the newest first
///
/// What everybody may know of the meetings that published the issues: who was in the chair, how long, how many reports, what
/// was decided in public.
#[utoipa::path(
    get, path = "/{place}/api/v1/minutes", operation_id = "minutes", tag = "together",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("since" = Option<jiff::civil::Date>, Query,
            description = "Only those of which something was published on or after this day."),
        PageQuery,
    ),
    responses((status = 200, description = "A page of minutes.", body = Page<Affair>))
)]
pub async fn list(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    affair::list::<Minutes>(&web, &asked).await
}

/// The minutes of one meeting
///
/// With what was decided.
#[utoipa::path(
    get, path = "/{place}/api/v1/minutes/{id}", operation_id = "minutesOfMeeting", tag = "together",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("id" = uuid::Uuid, Path, description = "Identifier of the meeting."),
    ),
    responses((status = 200, description = "The minutes.", body = Minutes))
)]
pub async fn one(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    affair::one::<Minutes>(&web, &asked).await
}
