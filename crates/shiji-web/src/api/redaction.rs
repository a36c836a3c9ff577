//! Words that were taken away.

use super::asked::{Asked, PageQuery};
use super::problem::Problem;
use super::reply;
use crate::Shared;
use axum::extract::State;
use axum::response::Response;
use shiji_app::open_data::document::Redaction;
use shiji_app::open_data::{Page, redactions};

/// Redactions, the newest first
///
/// Whoever keeps a copy takes the same fields out of it.
#[utoipa::path(
    get, path = "/{place}/api/v1/redactions", operation_id = "redactions", tag = "changes",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("since" = Option<jiff::civil::Date>, Query, description = "Made on or after this day."),
        PageQuery,
    ),
    responses((status = 200, description = "A page of redactions.", body = Page<Redaction>))
)]
pub async fn list(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&["since", "after", "limit"])?;
    let (since, after, limit) = (asked.day("since")?, asked.after()?, asked.limit()?);
    let page = redactions(&web.app, &asked.place, since, after, limit).await?;
    reply::list(&asked.headers, &asked.with_address(page))
}
