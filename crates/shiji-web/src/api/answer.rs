//! What became of plans.

use super::asked::{Asked, PageQuery};
use super::problem::Problem;
use super::reply;
use crate::Shared;
use axum::extract::State;
use axum::response::Response;
use shiji_app::open_data::document::Answer;
use shiji_app::open_data::{AnswerFilter, IssueRange, Page, answers};
use shiji_domain::item::Outcome;

/// Answers to plan items, the newest issue first
///
/// A plan item that got no answer has none here; it is `unanswered` among the items.
#[utoipa::path(
    get, path = "/{place}/api/v1/answers", operation_id = "answers", tag = "items",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("issue" = Option<i64>, Query, minimum = 1, description = "Only answers that this issue gave."),
        ("person" = Option<uuid::Uuid>, Query, description = "Only of this official."),
        ("outcome" = Option<String>, Query, description = "`done`, `partly`, `moved` or `dropped`.",
            pattern = "^(done|partly|moved|dropped)$"),
        ("since" = Option<jiff::civil::Date>, Query,
            description = "Only of issues published on or after this day."),
        PageQuery,
    ),
    responses((status = 200, description = "A page of answers.", body = Page<Answer>))
)]
pub async fn list(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&["issue", "person", "outcome", "since", "after", "limit"])?;
    let filter = AnswerFilter {
        issues: asked.number("issue")?.map_or(IssueRange::ALL, IssueRange::one),
        person: asked.id_in("person")?,
        outcome: asked.code("outcome", "done, partly, moved, dropped", Outcome::from_code)?,
    };
    let (since, after, limit) = (asked.day("since")?, asked.after()?, asked.limit()?);
    let page = answers(&web.app, &asked.place, filter, since, after, limit).await?;
    reply::list(&asked.headers, &asked.with_address(page))
}
