//! Pages for everybody: no sign-in, no cookie, no script needed. Rendered once, compressed once, served as bytes.

mod archive;
pub mod cache;
mod feed;
pub mod front;
mod issue;
mod item;
mod json;
mod person;
mod screen;
mod unit;
pub mod view;

use crate::Shared;
use crate::frame::{Here, Language, Texts, WebError, headers};
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use cache::Rendered;
use shiji_app::AppError;
use std::fmt::Display;
use std::str::FromStr;

pub fn routes(web: &Shared) -> Router<Shared> {
    let pages = [
        "/{place}/{lang}/",
        "/{place}/{lang}/issue/{number}",
        "/{place}/{lang}/archive",
        "/{place}/{lang}/person/{id}",
        "/{place}/{lang}/unit/{id}",
        "/{place}/{lang}/item/{id}",
        "/{place}/{lang}/screen",
        "/{place}/{lang}/feed.atom",
        "/{place}/{lang}/latest.json",
    ];
    let mut router = Router::new();
    for path in pages {
        router = router.route(path, get(serve));
    }
    router
        .route("/{place}/{lang}/photo/{sha256}", get(photo))
        .route("/{place}/{lang}/screen-worker.js", get(screen::worker))
        .layer(axum::middleware::from_fn_with_state(web.clone(), crate::frame::error::explain_public))
}

/// Serves a kept page, or renders it and keeps it.
async fn serve(State(web): State<Shared>, request: Request) -> Result<Response, WebError> {
    let path = request.uri().path();
    let now = web.app.now();
    if let Some(page) = web.pages.fresh(path, now) {
        return Ok(page.answer(request.headers()));
    }
    let mut segments = path.trim_start_matches('/').split('/');
    let (slug, lang) = (segments.next().unwrap_or_default(), segments.next().unwrap_or_default());
    let language = Language::from_code(lang).ok_or(AppError::NotFound)?;
    let place = web.places.find(&web, slug).await?;
    let version = shiji_app::board::version(&web.app, &place).await?;
    web.pages.seen(slug, now, version);
    if let Some(page) = web.pages.fresh(path, now) {
        return Ok(page.answer(request.headers()));
    }
    let rest: Vec<&str> = segments.collect();
    if let ["issue", file] = rest.as_slice()
        && let Some(number) = file.strip_suffix(".xlsx")
    {
        let here = Here { place, t: Texts { language }, rest: format!("/issue/{file}") };
        return crate::paper::week(&web, &here, number, request.headers()).await;
    }
    let here = Here { place, t: Texts { language }, rest: format!("/{}", rest.join("/")) };
    let rendered = render(&web, here, &rest).await?;
    let page = web.pages.keep(path, slug, version, rendered);
    Ok(page.answer(request.headers()))
}

async fn render(web: &Shared, here: Here, rest: &[&str]) -> Result<Rendered, WebError> {
    match rest {
        [""] => issue::latest(web, here).await,
        ["issue", number] => match number.strip_suffix(".json") {
            Some(number) => json::issue(web, here, Some(in_plain_form(number)?)).await,
            None => issue::numbered(web, here, in_plain_form(number)?).await,
        },
        ["latest.json"] => json::issue(web, here, None).await,
        ["archive"] => archive::page(web, here).await,
        ["person", id] => person::page(web, here, in_plain_form(id)?).await,
        ["unit", id] => unit::page(web, here, in_plain_form(id)?).await,
        ["item", id] => item::page(web, here, in_plain_form(id)?).await,
        ["screen"] => screen::page(web, here).await,
        ["feed.atom"] => feed::atom(web, here).await,
        _ => Err(AppError::NotFound.into()),
    }
}

/// Only the plain form: one page has one address, and is kept once.
pub(crate) fn in_plain_form<T: FromStr + Display>(text: &str) -> Result<T, AppError> {
    text.parse().ok().filter(|value: &T| value.to_string() == text).ok_or(AppError::NotFound)
}

/// A published photo; its address is its content.
async fn photo(
    State(web): State<Shared>,
    Path((slug, _, sha256)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let place = web.places.find(&web, &slug).await?;
    let bytes = shiji_app::board::photo(&web.app, &place, &sha256).await?;
    let mut response = (StatusCode::OK, bytes).into_response();
    let out: &mut HeaderMap = response.headers_mut();
    headers::secure(out);
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    Ok(response)
}
