//! Lines of work and plan.

use super::asked::{Asked, PageQuery};
use super::problem::Problem;
use super::reply;
use crate::Shared;
use axum::extract::State;
use axum::response::Response;
use shiji_app::open_data::document::Item;
use shiji_app::open_data::{self, IssueRange, ItemFilter, Page, items};
use shiji_domain::id::ItemId;
use shiji_domain::item::ItemKind;

/// Work and plan items, the newest issue first
///
/// Each with its corrections and, for a plan item, with what became of it.
#[utoipa::path(
    get, path = "/{place}/api/v1/items", operation_id = "items", tag = "items",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("issue" = Option<i64>, Query, minimum = 1, description = "Only of this issue."),
        ("person" = Option<uuid::Uuid>, Query, description = "Only of this official."),
        ("unit" = Option<uuid::Uuid>, Query,
            description = "Only of officials who stood under this body in the item's issue."),
        ("kind" = Option<String>, Query, description = "`work` or `plan`.", pattern = "^(work|plan)$"),
        ("since" = Option<jiff::civil::Date>, Query,
            description = "Only of issues published on or after this day. What changed in older ones stands in the lists of \
                           corrections and redactions."),
        PageQuery,
    ),
    responses((status = 200, description = "A page of items.", body = Page<Item>))
)]
pub async fn list(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&["issue", "person", "unit", "kind", "since", "after", "limit"])?;
    let filter = ItemFilter {
        issues: asked.number("issue")?.map_or(IssueRange::ALL, IssueRange::one),
        person: asked.id_in("person")?,
        unit: asked.id_in("unit")?,
        kind: asked.code("kind", "work, plan", ItemKind::from_code)?,
    };
    let (since, after, limit) = (asked.day("since")?, asked.after()?, asked.limit()?);
    let page = items(&web.app, &asked.place, filter, since, after, limit).await?;
    reply::list(&asked.headers, &asked.with_address(page))
}

/// One item
///
/// With every revision and, once it has one, the place of each in the log.
#[utoipa::path(
    get, path = "/{place}/api/v1/items/{id}", operation_id = "item", tag = "items",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("id" = uuid::Uuid, Path, description = "Identifier of the item."),
    ),
    responses((status = 200, description = "The item.", body = Item))
)]
pub async fn one(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[])?;
    let item = open_data::item(&web.app, &asked.place, ItemId(asked.id()?)).await?;
    reply::document(&asked.headers, &item)
}
