//! The places, and where each one's data begins.

use super::asked::{Asked, only, pairs};
use super::problem::Problem;
use super::reply;
use crate::Shared;
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use shiji_app::open_data::document::{Licence, Link, Place, Places, Start};
use shiji_app::open_data::licence;
use shiji_store::roster;

fn place(place: &roster::Place) -> Place {
    Place {
        id: place.place_id.0,
        slug: place.slug.clone(),
        name: place.name.clone(),
        name_en: place.name_en.clone(),
        time_zone: place.time_zone.clone(),
        api: format!("/{}/api/v1", place.slug),
        board: format!("/{}/zh/", place.slug),
    }
}

pub fn licence_of(place: &roster::Place) -> Licence {
    Licence {
        id: licence::CODE.into(),
        name: licence::NAME.into(),
        url: licence::ADDRESS.into(),
        attribution: place.name.clone(),
    }
}

/// Every place of this installation
#[utoipa::path(
    get, path = "/api/v1/places", operation_id = "places", tag = "places",
    responses((status = 200, description = "The places.", body = Places))
)]
pub async fn list(State(web): State<Shared>, parts: Parts) -> Result<Response, Problem> {
    only(&pairs(&parts)?, &[])?;
    let places = web.places.all(&web).await?;
    reply::document(&parts.headers, &Places { data: places.iter().map(place).collect() })
}

/// Lists, in the order in which a newcomer would look at them.
const LISTS: [&str; 16] = [
    "issues",
    "items",
    "answers",
    "corrections",
    "redactions",
    "questions",
    "projects",
    "directives",
    "difficulties",
    "visits",
    "minutes",
    "persons",
    "organizations",
    "posts",
    "memberships",
    "dumps",
];

/// Where a place's data begins
///
/// Its name, the licence, and the address of every list.
#[utoipa::path(
    get, path = "/{place}/api/v1", operation_id = "start", tag = "places",
    params(("place" = String, Path, description = "The place, as in its addresses.")),
    responses((status = 200, description = "Place, licence and lists.", body = Start))
)]
pub async fn start(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[])?;
    let latest = shiji_app::open_data::issues(&web.app, &asked.place, None, None, 1).await?;
    let api = format!("/{}/api/v1", asked.place.slug);
    let lists = LISTS.iter().map(|list| ((*list).to_owned(), format!("{api}/{list}")));
    let more = [
        ("openapi".to_owned(), format!("{api}/openapi.json")),
        ("about".to_owned(), format!("/{}/zh/data", asked.place.slug)),
    ];
    let start = Start {
        place: place(&asked.place),
        licence: licence_of(&asked.place),
        latest_issue: latest.data.first().map(|issue| issue.number),
        log: web.app.log.as_ref().map(|log| log.origin().to_owned()),
        links: lists.chain(more).map(|(rel, href)| Link { rel, href }).collect(),
    };
    reply::document(&asked.headers, &start)
}
