//! From an address to the place and language it names.

use crate::Shared;
use crate::frame::error::WebError;
use crate::frame::look::Look;
use crate::frame::text::Texts;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use shiji_app::AppError;
use shiji_store::roster::{self, Place};
use std::sync::{Arc, RwLock};

/// The places of the store, asked for again when an unknown address comes or the list is old.
#[derive(Default)]
pub struct Places {
    known: RwLock<(i64, Arc<Vec<Place>>)>,
}

/// Milliseconds after which a new name or place is seen.
const OLD: i64 = 10_000;

impl Places {
    pub async fn all(&self, web: &crate::Web) -> Result<Arc<Vec<Place>>, AppError> {
        let now = web.app.now();
        {
            let known = self.known.read().unwrap_or_else(std::sync::PoisonError::into_inner);
            if now - known.0 < OLD && !known.1.is_empty() {
                return Ok(known.1.clone());
            }
        }
        let mut tx = web.app.store.read().await?;
        let places = Arc::new(roster::places(&mut tx).await?);
        let mut known = self.known.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        *known = (now, places.clone());
        Ok(places)
    }

    pub async fn find(&self, web: &crate::Web, slug: &str) -> Result<Place, AppError> {
        self.all(web).await?.iter().find(|place| place.slug == slug).cloned().ok_or(AppError::NotFound)
    }
}

/// Where a request is: the place, the language, and the rest of the address.
#[derive(Debug, Clone)]
pub struct Here {
    pub place: Place,
    pub t: Texts,
    pub look: Look,
    /// Path and query behind `/{place}/{lang}`, beginning with a slash.
    pub rest: String,
    /// Of the installation, without a slash at the end; empty when it does not know its own.
    pub address: String,
}

impl Here {
    /// An address of this place in this language and look; `rest` begins with a slash.
    pub fn to(&self, rest: &str) -> String {
        format!("/{}/{}{rest}", self.place.slug, self.look.segment(self.t.language))
    }

    /// A path as those outside need it, search engines and feed readers: whole, when the installation knows its address.
    pub fn whole(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

/// The address of the installation, or nothing.
pub fn address_of(web: &Shared) -> String {
    web.app.outward.address.clone().unwrap_or_default()
}

impl FromRequestParts<Shared> for Here {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, web: &Shared) -> Result<Self, WebError> {
        let params = RawPathParams::from_request_parts(parts, web).await.map_err(|_| AppError::NotFound)?;
        let find = |name| params.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
        let slug = find("place").ok_or(AppError::NotFound)?;
        let (language, look) =
            find("lang").as_deref().and_then(Look::from_segment).ok_or(AppError::NotFound)?;
        let place = web.places.find(web, &slug).await?;
        let uri = parts.extensions.get::<axum::extract::OriginalUri>().map_or(&parts.uri, |uri| &uri.0);
        let whole = uri.path_and_query().map_or("", |path| path.as_str());
        let rest = whole.splitn(4, '/').nth(3).unwrap_or_default();
        Ok(Here { place, t: Texts { language }, look, rest: format!("/{rest}"), address: address_of(web) })
    }
}
