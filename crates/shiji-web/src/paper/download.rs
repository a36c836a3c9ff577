//! Files as they go over the network.

use super::File;
use crate::board::cache::names;
use crate::frame::error::percent;
use crate::frame::headers;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};

pub fn answer(file: File, asked: &HeaderMap) -> Response {
    let digest: String =
        Sha256::digest(&file.bytes).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{digest}\"");
    let known = asked.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let same = known.is_some_and(|known| names(known, &tag));
    let disposition = disposition(&file);
    let mut response = match same {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => file.bytes.into_response(),
    };
    let out = response.headers_mut();
    headers::secure(out);
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media_type));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate"));
    for (name, value) in [(header::ETAG, tag), (header::CONTENT_DISPOSITION, disposition)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            out.insert(name, value);
        }
    }
    response
}

/// RFC 6266: a plain name for old programs, and the full one in UTF-8 (RFC 8187). A PDF is shown, so that it is printed with
/// two taps; a workbook is kept.
fn disposition(file: &File) -> String {
    let kind = if file.media_type == "application/pdf" { "inline" } else { "attachment" };
    format!(
        "{kind}; filename=\"{}\"; filename*=UTF-8''{}",
        file.plain_name,
        percent(&file.name).replace('/', "%2F")
    )
}
