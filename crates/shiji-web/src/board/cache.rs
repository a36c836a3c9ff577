//! Public pages, rendered once and compressed once, bounded in memory.

use super::reading::{Opened, is_person};
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::io::Write as _;
use std::sync::{Arc, PoisonError, RwLock};

/// Bytes of all kept pages; past it everything is rendered anew, which takes milliseconds.
const BYTES_MOST: usize = 32 * 1024 * 1024;
/// Milliseconds for which a place is believed not to have changed.
const BELIEVED: i64 = 1_000;
/// Fast enough to compress while a reader waits.
const QUALITY_AT_ONCE: u32 = 5;
/// The best there is, for pages that many will read; made in the background.
const QUALITY_SEALED: u32 = 11;

/// A page as it came out of its template.
pub struct Rendered {
    pub text: String,
    pub media_type: &'static str,
    /// Worth the best compression.
    pub sealed: bool,
    /// Counts its openings.
    pub opened: Option<Arc<Opened>>,
}

impl Rendered {
    pub fn html(text: String) -> Rendered {
        Rendered { text, media_type: "text/html; charset=utf-8", sealed: false, opened: None }
    }
}

/// One encoding of a page, with its headers ready.
struct Encoded {
    headers: HeaderMap,
    body: Bytes,
}

pub struct Kept {
    slug: String,
    version: i64,
    plain: Encoded,
    gzip: Encoded,
    brotli: RwLock<Arc<Encoded>>,
    opened: Option<Arc<Opened>>,
}

impl Kept {
    /// As [`Kept::answer`], and counted when a person opens a page whose openings are counted: one addition, no lock.
    pub fn answer_to(&self, method: &Method, asked: &HeaderMap) -> Response {
        if let Some(opened) = &self.opened
            && is_person(method, asked)
        {
            opened.read();
        }
        self.answer(asked)
    }

    /// The page in the best encoding that the reader takes, or "not modified".
    pub fn answer(&self, asked: &HeaderMap) -> Response {
        if takes(asked, "br") {
            let brotli = self.brotli.read().unwrap_or_else(PoisonError::into_inner).clone();
            return answer(&brotli, asked);
        }
        answer(if takes(asked, "gzip") { &self.gzip } else { &self.plain }, asked)
    }

    fn size(&self) -> usize {
        let brotli = self.brotli.read().unwrap_or_else(PoisonError::into_inner).body.len();
        self.plain.body.len() + self.gzip.body.len() + brotli
    }
}

fn answer(encoded: &Encoded, asked: &HeaderMap) -> Response {
    let known = asked.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let tag = encoded.headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
    let same = matches!((known, tag), (Some(known), Some(tag)) if names(known, tag));
    let mut response =
        if same { StatusCode::NOT_MODIFIED.into_response() } else { encoded.body.clone().into_response() };
    *response.headers_mut() = encoded.headers.clone();
    if same {
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
    response
}

/// Whether `If-None-Match` names the tag; a proxy may have weakened it (RFC 9110 section 13.1.2).
pub fn names(known: &str, tag: &str) -> bool {
    let known = known.trim();
    known == "*"
        || known.split(',').any(|one| {
            let one = one.trim();
            one.strip_prefix("W/").unwrap_or(one) == tag
        })
}

/// Whether `Accept-Encoding` names the encoding without q=0 (RFC 9110 section 12.5.3).
pub fn takes(headers: &HeaderMap, encoding: &str) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|one| {
            let mut parts = one.split(';');
            let named = parts.next().is_some_and(|name| name.trim().eq_ignore_ascii_case(encoding));
            let refused = parts.any(|part| {
                part.trim()
                    .strip_prefix("q=")
                    .is_some_and(|q| q.trim().parse::<f32>().is_ok_and(|q| q == 0.0))
            });
            named && !refused
        })
}

#[derive(Default)]
pub struct Pages {
    kept: RwLock<HashMap<String, Arc<Kept>>>,
    /// Per place: when its version was last asked for, and what it was.
    versions: RwLock<HashMap<String, (i64, i64)>>,
}

impl Pages {
    /// The kept page, when its place is known not to have changed.
    pub fn fresh(&self, path: &str, now: i64) -> Option<Arc<Kept>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner).get(path)?.clone();
        let versions = self.versions.read().unwrap_or_else(PoisonError::into_inner);
        let (asked, version) = *versions.get(&kept.slug)?;
        (version == kept.version && now - asked < BELIEVED).then_some(kept)
    }

    pub fn seen(&self, slug: &str, now: i64, version: i64) {
        let mut versions = self.versions.write().unwrap_or_else(PoisonError::into_inner);
        versions.insert(slug.to_owned(), (now, version));
    }

    /// The page ready to be answered with, and not kept.
    pub fn pack(&self, slug: &str, version: i64, rendered: Rendered) -> Arc<Kept> {
        let Rendered { text, media_type, opened, .. } = rendered;
        let text = text.into_bytes();
        let encoded = |name: Option<&'static str>, body: Vec<u8>| Encoded {
            headers: headers_of(media_type, name, &body),
            body: Bytes::from(body),
        };
        Arc::new(Kept {
            slug: slug.to_owned(),
            version,
            gzip: encoded(Some("gzip"), gzip(&text)),
            brotli: RwLock::new(Arc::new(encoded(Some("br"), brotli(&text, QUALITY_AT_ONCE)))),
            plain: encoded(None, text),
            opened,
        })
    }

    pub fn keep(&self, path: &str, slug: &str, version: i64, rendered: Rendered) -> Arc<Kept> {
        let (media_type, sealed) = (rendered.media_type, rendered.sealed);
        let kept = self.pack(slug, version, rendered);
        let mut pages = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        let used: usize = pages.values().map(|page| page.size()).sum();
        if used + kept.size() > BYTES_MOST {
            pages.clear();
        }
        pages.insert(path.to_owned(), kept.clone());
        drop(pages);
        if sealed {
            pack_well(kept.clone(), media_type);
        }
        kept
    }
}

/// Packs the page as small as it gets, while the first readers have the quicker packing.
fn pack_well(kept: Arc<Kept>, media_type: &'static str) {
    tokio::task::spawn_blocking(move || {
        let body = brotli(&kept.plain.body, QUALITY_SEALED);
        let encoded = Encoded { headers: headers_of(media_type, Some("br"), &body), body: Bytes::from(body) };
        *kept.brotli.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(encoded);
    });
}

fn headers_of(media_type: &'static str, encoding: Option<&'static str>, body: &[u8]) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(16);
    crate::frame::headers::secure(&mut headers);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate"));
    // What is for programs may be read by any page of any site.
    if media_type.starts_with("application/json") || media_type.starts_with("text/csv") {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    let digest: String = Sha256::digest(body).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{digest}\"")) {
        headers.insert(header::ETAG, tag);
    }
    headers
}

/// Brotli (RFC 7932); `quality` from 0 to 11.
pub fn brotli(bytes: &[u8], quality: u32) -> Vec<u8> {
    let mut packed = Vec::with_capacity(bytes.len() / 4);
    let mut writer = brotli::CompressorWriter::new(&mut packed, 16 * 1024, quality, 22);
    // Writing into memory cannot fail.
    let _ = writer.write_all(bytes);
    drop(writer);
    packed
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(6));
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(encoding: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(encoding));
        headers
    }

    fn page(pages: &Pages) -> Arc<Kept> {
        pages.seen("town", 0, 7);
        pages.keep("/town/zh/", "town", 7, Rendered::html("实绩公示".repeat(100)))
    }

    #[test]
    fn the_reader_gets_the_best_encoding_that_it_takes() {
        let kept = page(&Pages::default());
        let encoding = |asked: HeaderMap| {
            kept.answer(&asked)
                .headers()
                .get(header::CONTENT_ENCODING)
                .map(|value| value.to_str().unwrap().to_owned())
        };
        assert_eq!(encoding(asked("gzip, deflate, br")).as_deref(), Some("br"));
        assert_eq!(encoding(asked("gzip, br;q=0")).as_deref(), Some("gzip"));
        assert_eq!(encoding(HeaderMap::new()), None);
    }

    #[test]
    fn who_has_the_page_already_gets_no_bytes() {
        let kept = page(&Pages::default());
        let tag = kept.answer(&asked("br")).headers()[header::ETAG].clone();
        let mut again = asked("br");
        again.insert(header::IF_NONE_MATCH, tag);
        assert_eq!(kept.answer(&again).status(), StatusCode::NOT_MODIFIED);
    }

    #[test]
    fn a_page_is_not_believed_for_long_nor_after_a_change() {
        let pages = Pages::default();
        page(&pages);
        assert!(pages.fresh("/town/zh/", 10).is_some());
        assert!(pages.fresh("/town/zh/", BELIEVED + 1).is_none());
        pages.seen("town", 20, 8);
        assert!(pages.fresh("/town/zh/", 21).is_none());
    }
}
