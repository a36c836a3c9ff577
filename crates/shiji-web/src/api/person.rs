//! Officials (Popolo), and the directory that all four lists of people and bodies are cut from.

use super::asked::{Asked, PageQuery};
use super::problem::Problem;
use super::reply;
use crate::Shared;
use axum::extract::State;
use axum::response::Response;
use shiji_app::open_data::popolo::{self, Directory, Person, PersonWithMemberships};
use shiji_app::open_data::{Page, directory};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Places whose directory is kept; past it all are read anew, which takes milliseconds.
const PLACES_MOST: usize = 64;

/// Directories by place, each with the public version that it was read at.
#[derive(Default)]
pub struct Directories(RwLock<HashMap<String, (i64, Arc<Directory>)>>);

pub(super) async fn directory_of(web: &Shared, asked: &Asked) -> Result<Arc<Directory>, Problem> {
    let version = shiji_app::board::version(&web.app, &asked.place).await?;
    let slug = &asked.place.slug;
    let known = web.people.0.read().unwrap_or_else(PoisonError::into_inner).get(slug).cloned();
    if let Some((of, directory)) = known
        && of == version
    {
        return Ok(directory);
    }
    let fresh = Arc::new(directory(&web.app, &asked.place).await?);
    let mut kept = web.people.0.write().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= PLACES_MOST {
        kept.clear();
    }
    kept.insert(slug.clone(), (version, fresh.clone()));
    Ok(fresh)
}

/// Officials whom any issue names, by id
#[utoipa::path(
    get, path = "/{place}/api/v1/persons", operation_id = "persons", tag = "people",
    params(("place" = String, Path, description = "The place, as in its addresses."), PageQuery),
    responses((status = 200, description = "A page of persons.", body = Page<Person>))
)]
pub async fn list(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&["after", "limit"])?;
    let (after, limit) = (asked.after::<String>()?, asked.limit()?);
    let directory = directory_of(&web, &asked).await?;
    let page = popolo::page(&directory.persons, |_| true, after.as_deref(), limit);
    reply::list(&asked.headers, &asked.with_address(page))
}

/// One official with the posts held
#[utoipa::path(
    get, path = "/{place}/api/v1/persons/{id}", operation_id = "person", tag = "people",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("id" = uuid::Uuid, Path, description = "Identifier of the person."),
    ),
    responses((status = 200, description = "The person.", body = PersonWithMemberships))
)]
pub async fn one(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[])?;
    let id = asked.id()?;
    let person = directory_of(&web, &asked).await?.person(id).ok_or(Problem::NotFound)?;
    reply::document(&asked.headers, &person)
}
