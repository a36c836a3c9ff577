//! New words for published items.

use super::asked::{Asked, PageQuery};
use super::problem::Problem;
use super::reply;
use crate::Shared;
use axum::extract::State;
use axum::response::Response;
use shiji_app::open_data::document::Correction;
use shiji_app::open_data::{Page, corrections};

/// Corrections, the newest first
#[utoipa::path(
    get, path = "/{place}/api/v1/corrections", operation_id = "corrections", tag = "changes",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("since" = Option<jiff::civil::Date>, Query, description = "Made on or after this day."),
        PageQuery,
    ),
    responses((status = 200, description = "A page of corrections.", body = Page<Correction>))
)]
pub async fn list(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&["since", "after", "limit"])?;
    let (since, after, limit) = (asked.day("since")?, asked.after()?, asked.limit()?);
    let page = corrections(&web.app, &asked.place, since, after, limit).await?;
    reply::list(&asked.headers, &asked.with_address(page))
}
