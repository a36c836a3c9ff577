//! Asking for help with an item that is published already.

use super::raise::addressee;
use crate::Shared;
use crate::desk::go;
use crate::frame::page::{show, show_as};
use crate::frame::{Fields, Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use shiji_app::AppError;
use shiji_app::difficulty::{RaisePage, RaisePublished, raisable, raise_page, raise_published};
use shiji_domain::calendar::Days;
use shiji_domain::id::ItemId;
use shiji_record::projection::ItemRow;

#[derive(Template)]
#[template(path = "difficulty/raisable.html")]
struct ListTemplate {
    page: Page,
    weeks: Vec<(Days, Vec<ItemRow>)>,
}

/// The own published items of the last weeks, to choose from.
pub async fn list(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    let weeks = raisable(&web.app, &me.act).await?;
    show(&ListTemplate { page: Page::working(&me), weeks })
}

#[derive(Template)]
#[template(path = "difficulty/raise.html")]
struct RaiseTemplate {
    page: Page,
    shown: RaisePage,
    trouble: Option<String>,
    typed: Fields,
}

impl RaiseTemplate {
    fn is_chosen(&self, choice: &str) -> bool {
        self.typed.text("to") == choice
    }
}

type ItemPath = Path<(String, String, String)>;

fn id_of(text: &str) -> Result<ItemId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

pub async fn page(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, item)): ItemPath,
) -> Result<Response, WebError> {
    shown(&web, &me, id_of(&item)?, None, Fields::default()).await
}

pub async fn raise(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, item)): ItemPath,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let item = id_of(&item)?;
    let raised = match addressee(fields.text("to")) {
        Ok(to) => {
            let words = fields.text("words").to_owned();
            raise_published(&web.app, &me.act, RaisePublished { item, to, words }).await
        }
        Err(error) => Err(error),
    };
    match raised {
        Ok(id) => Ok(go(&me.here.to(&format!("/difficulties/{id}?done=raised-public")))),
        Err(AppError::Refused(refusal)) if refusal.key != "refusal-not-yours" => {
            shown(&web, &me, item, Some(me.here.t.refusal(&refusal)), fields).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn shown(
    web: &Shared,
    me: &SignedIn,
    item: ItemId,
    trouble: Option<String>,
    typed: Fields,
) -> Result<Response, WebError> {
    let shown = raise_page(&web.app, &me.act, item).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    show_as(status, &RaiseTemplate { page: Page::working(me), shown, trouble, typed })
}
