//! A reader says thanks for a piece of work: no account, no cookie, no public number. Only the official sees the sum.

use crate::Shared;
use crate::frame::open_form::open;
use crate::frame::page::show_as;
use crate::frame::{Here, OpenFields, Page, WebError};
use crate::question::asker;
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use shiji_app::AppError;
use shiji_domain::id::ItemId;

pub fn routes(web: &Shared) -> Router<Shared> {
    open(Router::new().route("/{place}/{lang}/item/{id}/thanks", get(page).post(act)), web)
}

#[derive(Template)]
#[template(path = "board/thanks.html")]
struct ThanksPage {
    page: Page,
    item: ItemId,
    /// This network has said thanks for the item often enough.
    again: bool,
}

type ItemPath = Path<(String, String, String)>;

async fn published(web: &Shared, here: &Here, id: &str) -> Result<ItemId, WebError> {
    let item: ItemId = id.parse().map_err(|_| AppError::NotFound)?;
    shiji_app::board::item(&web.app, &here.place, item).await?;
    Ok(item)
}

async fn page(
    State(web): State<Shared>,
    here: Here,
    Path((_, _, id)): ItemPath,
) -> Result<Response, WebError> {
    let item = published(&web, &here, &id).await?;
    show_as(StatusCode::OK, &ThanksPage { page: Page::public(here), item, again: false })
}

async fn act(
    State(web): State<Shared>,
    here: Here,
    Path((_, _, id)): ItemPath,
    headers: HeaderMap,
    extensions: Extensions,
    OpenFields(_): OpenFields,
) -> Result<Response, WebError> {
    let item = published(&web, &here, &id).await?;
    if !web.flood.may_thank(asker(&web, &headers, &extensions), item) {
        let again = ThanksPage { page: Page::public(here), item, again: true };
        return show_as(StatusCode::TOO_MANY_REQUESTS, &again);
    }
    web.readings.of(here.place.place_id, item).thank();
    let address = HeaderValue::from_str(&here.to(&format!("/item/{item}/thanks")));
    let address = address.unwrap_or(HeaderValue::from_static("/"));
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response())
}
