//! The own account: who I am here, another password, signing out.

use super::{go, go_with_session};
use crate::Shared;
use crate::frame::page::{show, show_as};
use crate::frame::{Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use shiji_app::AppError;
use shiji_app::account::{self, OwnAccount};
use shiji_domain::refusal::Refusal;

#[derive(Template)]
#[template(path = "account/own.html")]
struct OwnPage {
    page: Page,
    own: OwnAccount,
    trouble: Option<String>,
}

async fn shown(
    web: &Shared,
    me: &SignedIn,
    status: StatusCode,
    trouble: Option<String>,
) -> Result<Response, WebError> {
    let own = account::own_account(&web.app, &me.act).await?;
    show_as(status, &OwnPage { page: Page::working(me), own, trouble })
}

pub async fn page(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    let own = account::own_account(&web.app, &me.act).await?;
    show(&OwnPage { page: Page::working(&me), own, trouble: None })
}

pub async fn change_password(
    State(web): State<Shared>,
    me: SignedIn,
    headers: HeaderMap,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let result = if fields.text("password") == fields.text("again") {
        account::change_password(&web.app, &me.act, fields.text("present"), fields.text("password")).await
    } else {
        Err(Refusal::new("refusal-password-differ").into())
    };
    match result {
        Ok(()) => {
            let address = me.here.to("/sign-in");
            Ok(go_with_session(&web, &headers, &me.here.place.slug, None, &address))
        }
        Err(AppError::Refused(refusal)) => {
            let trouble = Some(me.here.t.refusal(&refusal));
            shown(&web, &me, StatusCode::UNPROCESSABLE_ENTITY, trouble).await
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn sign_out(
    State(web): State<Shared>,
    me: SignedIn,
    headers: HeaderMap,
    SafeFields(_): SafeFields,
) -> Result<Response, WebError> {
    account::sign_out(&web.app, &me.act, &me.token).await?;
    Ok(go_with_session(&web, &headers, &me.here.place.slug, None, &me.here.to("/")))
}

pub async fn sign_out_everywhere(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(_): SafeFields,
) -> Result<Response, WebError> {
    account::sign_out_everywhere(&web.app, &me.act).await?;
    Ok(go(&me.here.to("/sign-in")))
}
