//! Units, stations, offices and villages (Popolo).

use super::asked::{Asked, PageQuery};
use super::person::directory_of;
use super::problem::Problem;
use super::reply;
use crate::Shared;
use axum::extract::State;
use axum::response::Response;
use shiji_app::open_data::Page;
use shiji_app::open_data::popolo::{self, Organization, OrganizationWithMemberships};

/// Bodies that any issue names, by id
#[utoipa::path(
    get, path = "/{place}/api/v1/organizations", operation_id = "organizations", tag = "people",
    params(("place" = String, Path, description = "The place, as in its addresses."), PageQuery),
    responses((status = 200, description = "A page of bodies.", body = Page<Organization>))
)]
pub async fn list(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&["after", "limit"])?;
    let (after, limit) = (asked.after::<String>()?, asked.limit()?);
    let directory = directory_of(&web, &asked).await?;
    let page = popolo::page(&directory.organizations, |_| true, after.as_deref(), limit);
    reply::list(&asked.headers, &asked.with_address(page))
}

/// One body with its posts and who held them
#[utoipa::path(
    get, path = "/{place}/api/v1/organizations/{id}", operation_id = "organization", tag = "people",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("id" = uuid::Uuid, Path, description = "Identifier of the body."),
    ),
    responses((status = 200, description = "The body.", body = OrganizationWithMemberships))
)]
pub async fn one(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[])?;
    let id = asked.id()?;
    let body = directory_of(&web, &asked).await?.organization(id).ok_or(Problem::NotFound)?;
    reply::document(&asked.headers, &body)
}
