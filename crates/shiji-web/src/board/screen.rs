//! The lobby screen: pages through the issue by itself and goes on from its last copy when the network is gone.

use super::cache::Rendered;
use super::issue::rendered;
use super::view::{BoardView, board_view};
use crate::Shared;
use crate::frame::{Here, Page, WebError, asset, headers};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use shiji_domain::issue::Standing;

#[derive(Template)]
#[template(path = "board/screen.html")]
struct ScreenPage {
    page: Page,
    view: Option<BoardView>,
}

pub async fn page(web: &Shared, here: Here) -> Result<Rendered, WebError> {
    let content = shiji_app::board::issue(&web.app, &here.place, None).await?;
    let gone = here.t.get("redacted");
    let view = content.as_ref().map(|content| board_view(content, &gone));
    rendered(&ScreenPage { page: Page::public(here), view })
}

/// The worker must lie beside the page that it keeps; its list of files comes with it.
pub async fn worker(State(_): State<Shared>) -> Response {
    let files = ["app.css", "screen.css", "screen.js", "favicon.svg"].map(asset::address);
    let list = serde_json::json!(files);
    let text = format!("const FILES = {list};\n{}", include_str!("../../assets/screen-worker.js"));
    let mut response = text.into_response();
    headers::secure(response.headers_mut());
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
