//! The specification as it is served: for every place, and for one place with examples that can be asked for there.

use super::asked::{Asked, only, pairs};
use super::person::directory_of;
use super::problem::Problem;
use super::reply;
use super::specification::{Live, everything, of_one_place};
use crate::Shared;
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use shiji_app::open_data::affair_document::{Difficulty, Directive, Minutes, Project, Visit};
use shiji_app::open_data::{
    AffairDocument, IssueRange, ItemFilter, QuestionFilter, affairs, items, questions, years,
};
use uuid::Uuid;

/// This specification
#[utoipa::path(
    get, path = "/api/openapi.json", operation_id = "openapi", tag = "places",
    responses((status = 200, description = "The specification (OpenAPI 3.1).", body = serde_json::Value))
)]
pub async fn of_everything(parts: Parts) -> Result<Response, Problem> {
    only(&pairs(&parts)?, &[])?;
    reply::document(&parts.headers, everything())
}

/// This specification for one place
///
/// The same, with the place in the addresses and examples that the place answers.
#[utoipa::path(
    get, path = "/{place}/api/v1/openapi.json", operation_id = "openapiOfPlace", tag = "places",
    params(("place" = String, Path, description = "The place, as in its addresses.")),
    responses((status = 200, description = "The specification (OpenAPI 3.1).", body = serde_json::Value))
)]
pub async fn of_place(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[])?;
    let place = &asked.place;
    let all = ItemFilter { issues: IssueRange::ALL, person: None, unit: None, kind: None };
    let item = items(&web.app, place, all, None, None, 1).await?.data.into_iter().next();
    let asked_of = questions(&web.app, place, QuestionFilter::default(), None, 1).await?;
    let year = years(&web.app, place).await?.into_iter().next().map(|year| year.year);
    let directory = directory_of(&web, &asked).await?;
    let body = item.as_ref().and_then(|item| {
        directory.persons.iter().find(|person| person.id == item.person).map(|person| person.organization_id)
    });
    let live = Live {
        slug: place.slug.clone(),
        issue: item.as_ref().map(|item| item.issue),
        item: item.as_ref().map(|item| item.id),
        person: item.as_ref().map(|item| item.person),
        organization: body,
        question: asked_of.data.first().map(|question| question.number),
        year,
        project: newest::<Project>(&web, &asked).await?,
        directive: newest::<Directive>(&web, &asked).await?,
        difficulty: newest::<Difficulty>(&web, &asked).await?,
        visit: newest::<Visit>(&web, &asked).await?,
        minutes: newest::<Minutes>(&web, &asked).await?,
    };
    reply::document(&asked.headers, &of_one_place(&live))
}

/// One that there is, to ask for.
async fn newest<T: AffairDocument>(web: &Shared, asked: &Asked) -> Result<Option<Uuid>, Problem> {
    let page = affairs::<T>(&web.app, &asked.place, None, None, 1).await?;
    Ok(page.data.first().map(|one| one.id))
}
