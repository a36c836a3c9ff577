//! Choosing a password with an invitation link.

use super::go_with_session;
use crate::Shared;
use crate::frame::fields::check_origin;
use crate::frame::page::{show, show_as};
use crate::frame::{Fields, Here, Page, WebError};
use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use shiji_app::AppError;
use shiji_app::account::{self, Invited};
use shiji_domain::refusal::Refusal;
use shiji_domain::secret::PASSWORD_LENGTH_LEAST;

#[derive(Template)]
#[template(path = "account/invitation.html")]
struct InvitationPage {
    page: Page,
    token: String,
    person: Invited,
    least: usize,
    trouble: Option<String>,
}

pub async fn page(
    State(web): State<Shared>,
    here: Here,
    Path((_, _, token)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let person = account::invited(&web.app, &here.place, &token).await?;
    let page = Page::public(here);
    show(&InvitationPage { page, token, person, least: PASSWORD_LENGTH_LEAST, trouble: None })
}

pub async fn act(
    State(web): State<Shared>,
    here: Here,
    headers: HeaderMap,
    Path((_, _, token)): Path<(String, String, String)>,
    form: Result<Form<Vec<(String, String)>>, axum::extract::rejection::FormRejection>,
) -> Result<Response, WebError> {
    let Form(pairs) = form.map_err(|_| Refusal::new("refusal-form"))?;
    let fields = Fields(pairs);
    check_origin(&headers)?;
    let person = account::invited(&web.app, &here.place, &token).await?;
    let result = if fields.text("password") == fields.text("again") {
        account::accept_invitation(&web.app, &here.place, &token, fields.text("password")).await
    } else {
        Err(Refusal::new("refusal-password-differ").into())
    };
    match result {
        Ok(session) => {
            let address = here.to("/account");
            Ok(go_with_session(&web, &headers, &here.place.slug, Some(&session), &address))
        }
        Err(AppError::Refused(refusal)) => {
            let trouble = Some(here.t.refusal(&refusal));
            let page = Page::public(here);
            let shown = InvitationPage { page, token, person, least: PASSWORD_LENGTH_LEAST, trouble };
            show_as(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(error) => Err(error.into()),
    }
}
