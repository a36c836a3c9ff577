//! The ways in: the bare address, assets, health.

use crate::Shared;
use crate::frame::error::WebError;
use crate::frame::look::Look;
use crate::frame::text::Language;
use crate::frame::{asset, headers};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/", get(home))
        .route("/screen", get(screen))
        .route("/{place}", get(place))
        .route("/{place}/", get(place))
        .route("/{place}/{lang}", get(with_slash))
        .route("/assets/{digest}/{name}", get(asset::serve))
        .route("/favicon.ico", get(favicon))
        .route("/robots.txt", get(robots))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
}

#[derive(askama::Template)]
#[template(path = "frame/places.html")]
struct PlacesPage {
    places: Vec<(String, String)>,
    style: String,
}

/// One place needs no list.
async fn home(State(web): State<Shared>, headers: HeaderMap) -> Result<Response, WebError> {
    let places = web.places.all(&web).await?;
    if let [only] = places.as_slice() {
        return Ok(redirect(&format!("/{}/{}/", only.slug, asked(&headers).code())));
    }
    let places = places.iter().map(|place| (format!("/{}/", place.slug), place.name.clone())).collect();
    let template = PlacesPage { places, style: asset::address("app.css") };
    let text = askama::Template::render(&template).map_err(|error| WebError::Template(error.to_string()))?;
    let mut response = Html(text).into_response();
    headers::secure(response.headers_mut());
    Ok(response)
}

async fn place(
    State(web): State<Shared>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let place = web.places.find(&web, &slug).await?;
    Ok(redirect(&format!("/{}/{}/", place.slug, asked(&headers).code())))
}

/// As people type it; what is no language is no address.
async fn with_slash(Path((slug, lang)): Path<(String, String)>) -> Result<Response, WebError> {
    Look::from_segment(&lang).ok_or(shiji_app::AppError::NotFound)?;
    Ok(redirect(&format!("/{slug}/{lang}/")))
}

async fn screen(State(web): State<Shared>, headers: HeaderMap) -> Result<Response, WebError> {
    let places = web.places.all(&web).await?;
    Ok(match places.as_slice() {
        [only] => redirect(&format!("/{}/{}/screen", only.slug, asked(&headers).code())),
        _ => redirect("/"),
    })
}

fn asked(headers: &HeaderMap) -> Language {
    Language::asked_for(headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()))
}

fn redirect(address: &str) -> Response {
    (
        StatusCode::FOUND,
        [(header::LOCATION, address), (header::VARY, "Accept-Language"), (header::CACHE_CONTROL, "no-cache")],
    )
        .into_response()
}

async fn favicon() -> Response {
    (StatusCode::FOUND, [(header::LOCATION, asset::address("favicon.svg"))]).into_response()
}

async fn robots() -> &'static str {
    "User-agent: *\nAllow: /\nDisallow: /*/*/desk\nDisallow: /*/*/office\nDisallow: /*/*/meeting\nDisallow: /*/*/sign-in\nDisallow: /*/*-large/\nDisallow: /*/*-plain/\n"
}

async fn ready(State(web): State<Shared>) -> Response {
    match web.app.store.ping().await {
        Ok(()) => format!("ready {}\n", web.app.store.engine()).into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}
