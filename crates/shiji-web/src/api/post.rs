//! Positions in bodies (Popolo).

use super::asked::{Asked, PageQuery};
use super::person::directory_of;
use super::problem::Problem;
use super::reply;
use crate::Shared;
use axum::extract::State;
use axum::response::Response;
use shiji_app::open_data::Page;
use shiji_app::open_data::popolo::{self, Post};

/// Posts that any issue names, by id
#[utoipa::path(
    get, path = "/{place}/api/v1/posts", operation_id = "posts", tag = "people",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("organization" = Option<uuid::Uuid>, Query, description = "Only of this body."),
        PageQuery,
    ),
    responses((status = 200, description = "A page of posts.", body = Page<Post>))
)]
pub async fn list(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&["organization", "after", "limit"])?;
    let body = asked.id_in::<uuid::Uuid>("organization")?;
    let (after, limit) = (asked.after::<String>()?, asked.limit()?);
    let directory = directory_of(&web, &asked).await?;
    let wanted = |post: &Post| body.is_none_or(|body| post.organization_id == body);
    let page = popolo::page(&directory.posts, wanted, after.as_deref(), limit);
    reply::list(&asked.headers, &asked.with_address(page))
}
