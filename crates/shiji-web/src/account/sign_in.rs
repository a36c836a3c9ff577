//! The sign-in page.

use super::go_with_session;
use crate::Shared;
use crate::frame::error::percent;
use crate::frame::fields::check_origin;
use crate::frame::page::{show, show_as};
use crate::frame::{Fields, Here, Page, WebError};
use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use shiji_app::{AppError, account, who};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;

#[derive(Template)]
#[template(path = "account/sign_in.html")]
struct SignInPage {
    page: Page,
    name: String,
    next: String,
    trouble: Option<String>,
}

#[derive(serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    next: String,
}

pub async fn page(here: Here, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let page = Page::public(Here { rest: "/sign-in".into(), ..here });
    show(&SignInPage { page, name: String::new(), next: asked.next, trouble: None })
}

/// There is no session yet whose token a form could carry; the browser's word on where the form came from, and
/// cookies that do not travel from elsewhere, guard this one.
pub async fn act(
    State(web): State<Shared>,
    here: Here,
    headers: HeaderMap,
    form: Result<Form<Vec<(String, String)>>, axum::extract::rejection::FormRejection>,
) -> Result<Response, WebError> {
    let Form(pairs) = form.map_err(|_| Refusal::new("refusal-form"))?;
    let fields = Fields(pairs);
    check_origin(&headers)?;
    let (name, next) = (fields.text("name").to_owned(), fields.text("next").to_owned());
    match account::sign_in(&web.app, &here.place, &name, fields.text("password")).await {
        Ok(token) => {
            let address = match local_path(&next) {
                Some(rest) => here.to(rest),
                None => here.to(first_page(&web, &here, &token).await?),
            };
            Ok(go_with_session(&web, &headers, &here.place.slug, Some(&token), &address))
        }
        Err(AppError::Refused(refusal)) => {
            let status = if refusal.key == "refusal-locked" {
                StatusCode::TOO_MANY_REQUESTS
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            let trouble = Some(here.t.refusal(&refusal));
            let page = Page::public(Here { rest: format!("/sign-in?next={}", percent(&next)), ..here });
            show_as(status, &SignInPage { page, name, next, trouble })
        }
        Err(error) => Err(error.into()),
    }
}

/// A path within this place, not a way to another site.
fn local_path(next: &str) -> Option<&str> {
    let plain = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n', ':']);
    (plain && next.len() < 300 && next.is_ascii() && next != "/").then_some(next)
}

/// Where the day begins: the chair in the meeting, the clerk in the office, everybody else at the desk.
async fn first_page(web: &Shared, here: &Here, token: &str) -> Result<&'static str, WebError> {
    let Some((act, _, leads)) = who::signed_in(&web.app, &here.place, token).await? else {
        return Ok("/account");
    };
    let actor = &act.actor;
    Ok(if actor.has(Role::Chair) {
        "/meeting"
    } else if actor.has(Role::Clerk) || actor.has(Role::Auditor) || actor.has(Role::Administrator) {
        "/office"
    } else if actor.has_desk() {
        "/desk"
    } else if leads {
        "/leader"
    } else {
        "/account"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_on_stays_in_the_house() {
        assert_eq!(local_path("/desk"), Some("/desk"));
        for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nb", "", "desk"]
        {
            assert_eq!(local_path(elsewhere), None, "{elsewhere}");
        }
    }
}
