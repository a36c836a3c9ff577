//! Leave with a substitute, and who files for whom.

use super::ways::ways;
use super::{Query, done, go, id, shown_on_form};
use crate::Shared;
use crate::frame::page::{Entry, show_as};
use crate::frame::{Fields, Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use shiji_app::office::{self, LeavePage, NewLeave};
use shiji_domain::refusal::Refusal;

#[derive(Template)]
#[template(path = "office/leave.html")]
struct LeaveTemplate {
    page: Page,
    ways: Vec<Entry>,
    leave: LeavePage,
    /// Everybody in office as choices: id, name with unit.
    people: Vec<(String, String)>,
    trouble: Option<String>,
    typed: Fields,
}

pub async fn page(State(web): State<Shared>, me: SignedIn, query: Query) -> Result<Response, WebError> {
    shown(&web, &me, done(&me, &query), None, Fields::default()).await
}

pub async fn record(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let result = match new_leave(&fields) {
        Ok(wanted) => office::record_leave(&web.app, &me.act, wanted).await,
        Err(refusal) => Err(refusal.into()),
    };
    match result {
        Ok(_) => Ok(go(&me, "/office/leave", "leave")),
        Err(error) => {
            let trouble = me.here.t.refusal(&shown_on_form(error)?);
            shown(&web, &me, None, Some(trouble), fields).await
        }
    }
}

pub async fn remove(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, leave)): Path<(String, String, String)>,
    SafeFields(_): SafeFields,
) -> Result<Response, WebError> {
    office::remove_leave(&web.app, &me.act, id(&leave)?).await?;
    Ok(go(&me, "/office/leave", "leave-removed"))
}

fn new_leave(fields: &Fields) -> Result<NewLeave, Refusal> {
    Ok(NewLeave {
        person: fields.parsed("person")?,
        substitute: fields.parsed("substitute")?,
        first: fields.parsed("first")?,
        last: fields.parsed("last")?,
    })
}

async fn shown(
    web: &Shared,
    me: &SignedIn,
    notice: Option<String>,
    trouble: Option<String>,
    typed: Fields,
) -> Result<Response, WebError> {
    let leave = office::leave_page(&web.app, &me.act).await?;
    let people = leave.people.iter().map(|(id, text)| (id.to_string(), text.clone())).collect();
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page::working(me).with_notice(notice);
    show_as(status, &LeaveTemplate { page, ways: ways(me), leave, people, trouble, typed })
}
