//! Who held which post from day to day (Popolo).

use super::asked::{Asked, PageQuery};
use super::person::directory_of;
use super::problem::Problem;
use super::reply;
use crate::Shared;
use axum::extract::State;
use axum::response::Response;
use shiji_app::open_data::Page;
use shiji_app::open_data::popolo::{self, Membership};

/// Memberships, by id
#[utoipa::path(
    get, path = "/{place}/api/v1/memberships", operation_id = "memberships", tag = "people",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("person" = Option<uuid::Uuid>, Query, description = "Only of this official."),
        ("organization" = Option<uuid::Uuid>, Query, description = "Only in this body."),
        PageQuery,
    ),
    responses((status = 200, description = "A page of memberships.", body = Page<Membership>))
)]
pub async fn list(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&["person", "organization", "after", "limit"])?;
    let person = asked.id_in::<uuid::Uuid>("person")?;
    let body = asked.id_in::<uuid::Uuid>("organization")?;
    let (after, limit) = (asked.after::<String>()?, asked.limit()?);
    let directory = directory_of(&web, &asked).await?;
    let wanted = |membership: &Membership| {
        person.is_none_or(|person| membership.person_id == person)
            && body.is_none_or(|body| membership.organization_id == body)
    };
    let page = popolo::page(&directory.memberships, wanted, after.as_deref(), limit);
    reply::list(&asked.headers, &asked.with_address(page))
}
