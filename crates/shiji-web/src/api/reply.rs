//! Answers: never kept without asking again, since words can be taken away; not sent twice; open to every page of every
//! site.

use super::problem::Problem;
use crate::frame::headers::secure;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use shiji_app::open_data::{Page, licence};
use utoipa::ToSchema;

const ASK_FIRST: &str = "public, max-age=0, must-revalidate";
const METHODS: &str = "GET, HEAD, OPTIONS";

/// A document, or "not modified".
pub fn document(asked: &HeaderMap, value: &impl Serialize) -> Result<Response, Problem> {
    let bytes = serde_json::to_vec(value).map_err(shiji_store::StoreError::from)?;
    let digest: String = Sha256::digest(&bytes).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let length = bytes.len() as u64;
    Ok(tagged(asked, "application/json", &digest, length, || bytes.into()))
}

/// A page of a list; its `next` stands in the headers too (RFC 8288).
pub fn list<T: Serialize + ToSchema>(asked: &HeaderMap, page: &Page<T>) -> Result<Response, Problem> {
    let mut response = document(asked, page)?;
    if let Some(next) = &page.next
        && let Ok(link) = HeaderValue::from_str(&format!("<{next}>; rel=\"next\""))
    {
        response.headers_mut().append(header::LINK, link);
    }
    Ok(response)
}

/// Bytes whose digest is known, or "not modified" for who has them.
pub fn tagged(
    asked: &HeaderMap,
    media_type: &'static str,
    digest: &str,
    length: u64,
    body: impl FnOnce() -> Body,
) -> Response {
    let tag = format!("\"{digest}\"");
    let known = asked.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let mut response = if known.is_some_and(|known| crate::board::cache::names(known, &tag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(body());
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        response
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// A name under which a browser saves it.
pub fn saved_as(mut response: Response, name: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// Headers of every answer, and the answer to a browser that asks whether it may ask.
pub async fn open_to_all(request: Request, next: Next) -> Response {
    let asks_first = request.method() == Method::OPTIONS;
    let mut response =
        if asks_first { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    secure(headers);
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("ETag, Link"));
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(ASK_FIRST));
    if let Ok(link) = HeaderValue::from_str(&format!("<{}>; rel=\"license\"", licence::ADDRESS)) {
        headers.append(header::LINK, link);
    }
    if asks_first {
        headers.insert(header::ALLOW, HeaderValue::from_static(METHODS));
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
        let allowed = HeaderValue::from_static("If-None-Match, Accept, Accept-Language");
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allowed);
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    }
    response
}
