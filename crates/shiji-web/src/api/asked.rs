//! What a request asks for: the place, and parameters that are read strictly. A filter that is misspelt and passed over
//! would look as if everything had matched.

use super::problem::Problem;
use crate::Shared;
use crate::frame::error::percent;
use axum::extract::{FromRequestParts, Query, RawPathParams};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use jiff::civil::Date;
use shiji_app::open_data::{Cursor, Page};
use shiji_store::roster::Place;
use std::fmt::Display;
use std::str::FromStr;
use utoipa::IntoParams;
use uuid::Uuid;

pub const LIMIT: usize = 100;
pub const LIMIT_MOST: usize = 500;
/// More would only be a way to waste our time.
const PARAMETERS_MOST: usize = 20;

/// Of every list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "says in the specification what `Asked` reads")]
pub struct PageQuery {
    /// Where to go on: taken from `next` of the page before, unchanged.
    after: Option<String>,
    /// How many at most; 100 when nothing is said.
    #[param(minimum = 1, maximum = 500, example = 2)]
    limit: Option<u16>,
}

/// A request for something of one place.
pub struct Asked {
    pub place: Place,
    pub headers: HeaderMap,
    pub path: String,
    segments: Vec<(String, String)>,
    pairs: Vec<(String, String)>,
}

impl FromRequestParts<Shared> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Shared) -> Result<Asked, Problem> {
        // Segments that are no UTF-8 name nothing.
        let raw = RawPathParams::from_request_parts(parts, web).await.map_err(|_| Problem::NotFound)?;
        let segments: Vec<(String, String)> =
            raw.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let slug = segments.iter().find(|(name, _)| name == "place").ok_or(Problem::NotFound)?;
        let place = web.places.find(web, &slug.1).await?;
        Ok(Asked {
            place,
            headers: parts.headers.clone(),
            path: parts.uri.path().to_owned(),
            segments,
            pairs: pairs(parts)?,
        })
    }
}

/// The parameters in their order.
pub fn pairs(parts: &Parts) -> Result<Vec<(String, String)>, Problem> {
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
        .map_err(|_| Problem::Parameter { name: "?".into(), key: "problem-query", wanted: String::new() })?;
    Ok(pairs)
}

/// Refuses every parameter but the `known` ones, and each that comes twice.
pub fn only(pairs: &[(String, String)], known: &[&str]) -> Result<(), Problem> {
    for (number, (name, _)) in pairs.iter().enumerate() {
        let key = if !known.contains(&name.as_str()) || number >= PARAMETERS_MOST {
            if known.is_empty() { "problem-parameter-none" } else { "problem-parameter-unknown" }
        } else if pairs[..number].iter().any(|(other, _)| other == name) {
            "problem-parameter-twice"
        } else {
            continue;
        };
        return Err(Problem::Parameter { name: name.clone(), key, wanted: known.join(", ") });
    }
    Ok(())
}

impl Asked {
    pub fn only(&self, known: &[&str]) -> Result<(), Problem> {
        only(&self.pairs, known)
    }

    pub fn segment(&self, name: &str) -> &str {
        self.segments.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// # Errors
    /// `NotFound` when the address names nothing that could be: an address is right or it is none.
    pub fn id(&self) -> Result<Uuid, Problem> {
        Uuid::parse_str(self.segment("id")).map_err(|_| Problem::NotFound)
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn read<T>(
        &self,
        name: &str,
        key: &'static str,
        wanted: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let refused = || Problem::Parameter { name: name.to_owned(), key, wanted: wanted.to_owned() };
        self.value(name).map(|text| read(text).ok_or_else(refused)).transpose()
    }

    pub fn number(&self, name: &str) -> Result<Option<i64>, Problem> {
        self.read(name, "problem-parameter-number", "", |text| plain(text).filter(|number| *number > 0))
    }

    pub fn id_in<T: From<Uuid>>(&self, name: &str) -> Result<Option<T>, Problem> {
        self.read(name, "problem-parameter-id", "", |text| Uuid::parse_str(text).ok().map(T::from))
    }

    pub fn day(&self, name: &str) -> Result<Option<Date>, Problem> {
        self.read(name, "problem-parameter-day", "2026-11-23", plain)
    }

    pub fn code<T>(
        &self,
        name: &str,
        wanted: &str,
        from_code: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        self.read(name, "problem-parameter-code", wanted, from_code)
    }

    pub fn limit(&self) -> Result<usize, Problem> {
        let fits = |limit: &usize| (1..=LIMIT_MOST).contains(limit);
        let most = LIMIT_MOST.to_string();
        let limit = self.read("limit", "problem-parameter-limit", &most, |text| plain(text).filter(fits))?;
        Ok(limit.unwrap_or(LIMIT))
    }

    pub fn after<C: Cursor>(&self) -> Result<Option<C>, Problem> {
        self.read("after", "problem-parameter-after", "", C::from_text)
    }

    /// The same list, going on after the page.
    pub fn with_address<T>(&self, page: Page<T>) -> Page<T> {
        let others = self.pairs.iter().filter(|(name, _)| name != "after");
        let others: String = others.map(|(name, value)| format!("&{name}={}", percent(value))).collect();
        let next = page.next.map(|after| format!("{}?after={after}{others}", self.path));
        Page { next, ..page }
    }
}

/// Only the one spelling of a value.
pub fn plain<T: FromStr + Display>(text: &str) -> Option<T> {
    text.parse().ok().filter(|value: &T| value.to_string() == text)
}
