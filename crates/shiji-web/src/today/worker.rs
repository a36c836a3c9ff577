//! The script that keeps the last copy of the list, so that it opens without the network.

use crate::frame::{asset, headers};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

/// It lies beside the page that it keeps; its list of files comes with it.
pub async fn worker() -> Response {
    let files = ["app.css", "desk.css", "today.js", "favicon.svg"].map(asset::address);
    let list = serde_json::json!(files);
    let text = format!("const FILES = {list};\n{}", include_str!("../../assets/today-worker.js"));
    let mut response = text.into_response();
    headers::secure(response.headers_mut());
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
