//! Pages for everybody: no sign-in, no cookie, no script needed. Rendered once, compressed once, served as bytes.

mod archive;
pub mod ask;
pub mod cache;
mod calendar_file;
mod data;
mod feed;
pub mod front;
mod issue;
mod item;
mod json;
mod minutes;
mod person;
mod plans;
pub mod reading;
mod screen;
mod thanks;
mod unit;
pub mod view;

use crate::Shared;
use crate::frame::{Here, Look, Texts, WebError, address_of, headers};
use crate::{difficulty, directive, project, question, together};
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
        "/{place}/{lang}/questions",
        "/{place}/{lang}/questions/waiting",
        "/{place}/{lang}/questions/before/{number}",
        "/{place}/{lang}/question/{id}",
        "/{place}/{lang}/projects",
        "/{place}/{lang}/project/{id}",
        "/{place}/{lang}/orders",
        "/{place}/{lang}/order/{id}",
        "/{place}/{lang}/difficulty/{id}",
        "/{place}/{lang}/minutes/{number}",
        "/{place}/{lang}/visits",
        "/{place}/{lang}/visits/{spot}",
        "/{place}/{lang}/screen",
        "/{place}/{lang}/data",
        "/{place}/{lang}/feed.atom",
        "/{place}/{lang}/latest.json",
        "/{place}/{lang}/plans.ics",
        "/{place}/{lang}/person/{id}/feed.atom",
        "/{place}/{lang}/person/{id}/plans.ics",
        "/{place}/{lang}/unit/{id}/feed.atom",
        "/{place}/{lang}/unit/{id}/plans.ics",
        "/{place}/{lang}/matter/{word}/feed.atom",
    ];
    let mut router = Router::new();
    for path in pages {
        router = router.route(path, get(serve));
    }
    router
        .route("/{place}/{lang}/ask", get(ask::page))
        .route("/{place}/{lang}/photo/{sha256}", get(photo))
        .route("/{place}/{lang}/screen-worker.js", get(screen::worker))
        .layer(axum::middleware::from_fn_with_state(web.clone(), crate::frame::error::explain_public))
        .merge(thanks::routes(web))
}

/// Serves a kept page, or renders it and keeps it.
async fn serve(State(web): State<Shared>, request: Request) -> Result<Response, WebError> {
    let path = request.uri().path();
    let now = web.app.now();
    if let Some(page) = web.pages.fresh(path, now) {
        return Ok(page.answer_to(request.method(), request.headers()));
    }
    let mut segments = path.trim_start_matches('/').split('/');
    let (slug, lang) = (segments.next().unwrap_or_default(), segments.next().unwrap_or_default());
    let (language, look) = Look::from_segment(lang).ok_or(AppError::NotFound)?;
    let place = web.places.find(&web, slug).await?;
    let version = shiji_app::board::version(&web.app, &place).await?;
    web.pages.seen(slug, now, version);
    if let Some(page) = web.pages.fresh(path, now) {
        return Ok(page.answer_to(request.method(), request.headers()));
    }
    let rest: Vec<&str> = segments.collect();
    let address = address_of(&web);
    if let ["issue", file] = rest.as_slice()
        && let Some(number) = file.strip_suffix(".xlsx")
    {
        let here = Here { place, t: Texts { language }, look, rest: format!("/issue/{file}"), address };
        return crate::paper::week(&web, &here, number, request.headers()).await;
    }
    let here = Here { place, t: Texts { language }, look, rest: format!("/{}", rest.join("/")), address };
    let rendered = render(&web, here, &rest).await?;
    // There are as many of these as there are words; kept, they would crowd out the pages that people read.
    let page = match rest[..] {
        ["matter", ..] | ["questions", "before", _] => web.pages.pack(slug, version, rendered),
        _ => web.pages.keep(path, slug, version, rendered),
    };
    Ok(page.answer_to(request.method(), request.headers()))
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
        ["questions"] => question::list_page(web, here, None).await,
        ["questions", "waiting"] => question::waiting_page(web, here).await,
        ["questions", "before", number] => question::list_page(web, here, Some(in_plain_form(number)?)).await,
        ["question", id] => question::one_page(web, here, in_plain_form(id)?).await,
        ["projects"] => project::list_page(web, here).await,
        ["project", id] => project::one_page(web, here, in_plain_form(id)?).await,
        ["orders"] => directive::list_page(web, here).await,
        ["order", id] => directive::one_page(web, here, in_plain_form(id)?).await,
        ["difficulty", id] => difficulty::one_page(web, here, in_plain_form(id)?).await,
        ["minutes", number] => minutes::page(web, here, in_plain_form(number)?).await,
        ["visits"] => together::index_page(web, here).await,
        ["visits", spot] => together::spot_page(web, here, &unpercent(spot)?).await,
        ["screen"] => screen::page(web, here).await,
        ["data"] => data::page(web, here).await,
        ["feed.atom"] => feed::atom(web, here).await,
        ["plans.ics"] => plans::place(web, here).await,
        ["person", id, "feed.atom"] => feed::person(web, here, in_plain_form(id)?).await,
        ["person", id, "plans.ics"] => plans::person(web, here, in_plain_form(id)?).await,
        ["unit", id, "feed.atom"] => feed::unit(web, here, in_plain_form(id)?).await,
        ["unit", id, "plans.ics"] => plans::unit(web, here, in_plain_form(id)?).await,
        ["matter", word, "feed.atom"] => feed::matter(web, here, &unpercent(word)?).await,
        _ => Err(AppError::NotFound.into()),
    }
}

pub(crate) use issue::rendered as render_page;

/// Only the plain form: one page has one address, and is kept once.
pub(crate) fn in_plain_form<T: FromStr + Display>(text: &str) -> Result<T, AppError> {
    text.parse().ok().filter(|value: &T| value.to_string() == text).ok_or(AppError::NotFound)
}

/// The word in an address (RFC 3986 section 2.1).
fn unpercent(text: &str) -> Result<String, AppError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
        let (Some(high), Some(low)) = (digit(), digit()) else { return Err(AppError::NotFound) };
        bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
    }
    String::from_utf8(bytes).map_err(|_| AppError::NotFound)
}

/// A published photo; its address is its content. It can be taken away, so every copy asks again whether it is still there.
async fn photo(
    State(web): State<Shared>,
    Path((slug, _, sha256)): Path<(String, String, String)>,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    let place = web.places.find(&web, &slug).await?;
    let bytes = shiji_app::board::photo(&web.app, &place, &sha256).await?;
    let tag = format!("\"{sha256}\"");
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    if known {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    let mut response = (StatusCode::OK, bytes).into_response();
    let out: &mut HeaderMap = response.headers_mut();
    headers::secure(out);
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate"));
    out.extend(HeaderValue::from_str(&tag).ok().map(|tag| (header::ETAG, tag)));
    Ok(response)
}
