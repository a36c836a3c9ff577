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
use shiji_app::notice;
use shiji_domain::refusal::Refusal;

#[derive(Template)]
#[template(path = "account/own.html")]
struct OwnPage {
    page: Page,
    own: OwnAccount,
    /// For notices.
    address: String,
    mails: bool,
    trouble: Option<String>,
    address_trouble: Option<String>,
}

async fn shown(
    web: &Shared,
    me: &SignedIn,
    status: StatusCode,
    trouble: Option<String>,
) -> Result<Response, WebError> {
    let template = OwnPage { trouble, ..own_page(web, me).await? };
    show_as(status, &template)
}

async fn own_page(web: &Shared, me: &SignedIn) -> Result<OwnPage, WebError> {
    Ok(OwnPage {
        page: Page::working(me),
        own: account::own_account(&web.app, &me.act).await?,
        address: notice::own_address(&web.app, &me.act).await?.unwrap_or_default(),
        mails: web.app.outward.sends_mail(),
        trouble: None,
        address_trouble: None,
    })
}

pub async fn page(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    show(&own_page(&web, &me).await?)
}

pub async fn set_address(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let address = fields.text("address");
    match notice::set_own_address(&web.app, &me.act, address).await {
        Ok(()) => {
            let mut template = own_page(&web, &me).await?;
            template.page.notice = Some(me.here.t.get("account-address-saved"));
            show(&template)
        }
        Err(AppError::Refused(refusal)) => {
            let template = OwnPage {
                address: address.to_owned(),
                address_trouble: Some(me.here.t.refusal(&refusal)),
                ..own_page(&web, &me).await?
            };
            show_as(StatusCode::UNPROCESSABLE_ENTITY, &template)
        }
        Err(error) => Err(error.into()),
    }
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
