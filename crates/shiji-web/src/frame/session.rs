//! Cookies, sessions and the token that shows a form came from our own page.

use crate::Shared;
use crate::frame::error::WebError;
use crate::frame::place::Here;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest as _, Sha256};
use shiji_app::{Act, AppError, who};

/// Whoever is signed in here, with the rights of the day.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub here: Here,
    pub act: Act,
    pub name: String,
    /// In charge of somebody who files.
    pub leads: bool,
    /// Goes into every form, field `csrf`.
    pub csrf: String,
    pub token: String,
}

impl FromRequestParts<Shared> for SignedIn {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, web: &Shared) -> Result<Self, WebError> {
        let here = Here::from_request_parts(parts, web).await?;
        let token = session_token(&parts.headers, &here.place.slug).ok_or(AppError::SignedOut)?;
        let (act, name, leads) =
            who::signed_in(&web.app, &here.place, &token).await?.ok_or(AppError::SignedOut)?;
        let csrf = csrf_of(&token);
        Ok(SignedIn { here, act, name, leads, csrf, token })
    }
}

/// Derived from the session, so that it needs no place of its own and ends with it.
pub fn csrf_of(token: &str) -> String {
    let digest = Sha256::digest(format!("shiji form\n{token}").as_bytes());
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// `__Host-` (RFC 6265bis) needs https; a town hall's own network may not have it.
fn cookie_name(slug: &str, https: bool) -> String {
    if https { format!("__Host-shiji-{slug}") } else { format!("shiji-{slug}") }
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

pub fn session_token(headers: &HeaderMap, slug: &str) -> Option<String> {
    [true, false].into_iter().find_map(|https| cookie(headers, &cookie_name(slug, https))).map(str::to_owned)
}

/// Whether the reader came by https, as far as the program may believe it.
pub fn came_by_https(web: &crate::Web, headers: &HeaderMap) -> bool {
    web.options.behind_proxy
        && headers.get("x-forwarded-proto").is_some_and(|proto| proto.as_bytes() == b"https")
}

/// The header that keeps a session; `None` for the value takes it away.
pub fn session_cookie(slug: &str, https: bool, token: Option<&str>) -> HeaderValue {
    let name = cookie_name(slug, https);
    let secure = if https { "; Secure" } else { "" };
    let text = match token {
        Some(token) => format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax{secure}"),
        None => format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}"),
    };
    // A token is base64url and a slug is checked, so the text is always a valid header.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_of_one_place_is_not_that_of_another() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=1; shiji-chengwan=abc; x=y"));
        assert_eq!(session_token(&headers, "chengwan").as_deref(), Some("abc"));
        assert_eq!(session_token(&headers, "cheng"), None);
    }

    #[test]
    fn a_secure_cookie_is_bound_to_its_host() {
        let value = session_cookie("chengwan", true, Some("abc"));
        assert_eq!(value, "__Host-shiji-chengwan=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
    }
}
