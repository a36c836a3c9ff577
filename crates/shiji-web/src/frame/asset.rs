//! Styles, scripts and pictures, in the program itself, under addresses that change with their content.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::LazyLock;

struct Asset {
    name: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
}

macro_rules! assets {
    ($($name:literal: $media_type:literal),+ $(,)?) => {
        [$(Asset { name: $name, media_type: $media_type, bytes: include_bytes!(concat!("../../assets/", $name)) }),+]
    };
}

/// The asset, its digest, and its bytes in brotli.
type Kept = (Asset, String, Vec<u8>);

static ASSETS: LazyLock<HashMap<&'static str, Kept>> = LazyLock::new(|| {
    assets!(
        "app.css": "text/css; charset=utf-8",
        "large.css": "text/css; charset=utf-8",
        "plain.css": "text/css; charset=utf-8",
        "desk.css": "text/css; charset=utf-8",
        "screen.css": "text/css; charset=utf-8",
        "board.js": "text/javascript; charset=utf-8",
        "question.js": "text/javascript; charset=utf-8",
        "desk.js": "text/javascript; charset=utf-8",
        "meeting.js": "text/javascript; charset=utf-8",
        "screen.js": "text/javascript; charset=utf-8",
        "today.js": "text/javascript; charset=utf-8",
        "now.js": "text/javascript; charset=utf-8",
        "favicon.svg": "image/svg+xml",
    )
    .into_iter()
    .map(|asset| {
        let digest: String =
            Sha256::digest(asset.bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let packed = crate::board::cache::brotli(asset.bytes, 9);
        (asset.name, (asset, digest, packed))
    })
    .collect()
});

/// The address of an asset, good for ever: other content has another address.
pub fn address(name: &str) -> String {
    let digest = ASSETS.get(name).map_or("", |(_, digest, _)| digest.as_str());
    format!("/assets/{digest}/{name}")
}

pub async fn serve(Path((_, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Some((asset, _, packed)) = ASSETS.get(name.as_str()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let takes_brotli = crate::board::cache::takes(&headers, "br");
    let mut response =
        if takes_brotli { packed.as_slice().into_response() } else { asset.bytes.into_response() };
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    out.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    out.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if takes_brotli {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}
