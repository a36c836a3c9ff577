//! The town's list of firms and sites, by which plans for one place are found.

use super::ways::ways;
use super::{Query, done, go, shown_on_form};
use crate::Shared;
use crate::frame::page::{Entry, show_as};
use crate::frame::{Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use shiji_app::together::{SpotList, set_spots, spot_list};

#[derive(Template)]
#[template(path = "office/spots.html")]
struct SpotsTemplate {
    page: Page,
    ways: Vec<Entry>,
    shown: SpotList,
    trouble: Option<String>,
}

pub async fn page(State(web): State<Shared>, me: SignedIn, query: Query) -> Result<Response, WebError> {
    let shown = spot_list(&web.app, &me.act).await?;
    let page = Page::working(&me).with_notice(done(&me, &query));
    show_as(StatusCode::OK, &SpotsTemplate { page, ways: ways(&me), shown, trouble: None })
}

pub async fn set(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let (firms, sites) = (fields.text("firms"), fields.text("sites"));
    match set_spots(&web.app, &me.act, firms, sites).await {
        Ok(()) => Ok(go(&me, "/office/spots", "spots")),
        Err(error) => {
            let trouble = Some(me.here.t.refusal(&shown_on_form(error)?));
            let mut shown = spot_list(&web.app, &me.act).await?;
            firms.clone_into(&mut shown.firms);
            sites.clone_into(&mut shown.sites);
            let page = Page::working(&me);
            let template = SpotsTemplate { page, ways: ways(&me), shown, trouble };
            show_as(StatusCode::UNPROCESSABLE_ENTITY, &template)
        }
    }
}
