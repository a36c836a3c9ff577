//! The chair's phone.

use super::projector::{Shown, shown};
use crate::Shared;
use crate::desk::go;
use crate::frame::page::show;
use crate::frame::{Page, SafeFields, SignedIn, WebError};
use crate::leader::decide_of;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use shiji_app::leader::decide;
use shiji_app::meeting::{
    MeetingPage, Turn, accept_rest, meeting_page, note_on_report, show_report, write_notes,
};
use shiji_domain::refusal::Refusal;

#[derive(Template)]
#[template(path = "meeting/control.html")]
struct Control {
    page: Page,
    held: MeetingPage,
    shown: Option<Shown>,
    lines: Vec<super::overview::Line>,
    notes: String,
    decidable: bool,
    since: i64,
    now: i64,
    version: i64,
}

pub async fn page(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    let held = meeting_page(&web.app, &me.act).await?;
    let Some(meeting) = held.meeting.clone() else { return Ok(go(&me.here.to("/meeting"))) };
    let lines = super::overview::lines(&held);
    let shown = shown(&me, &held);
    let decidable = held.may_decide && shown.as_ref().is_some_and(|shown| shown.view.report.state.is_filed());
    show(&Control {
        page: Page::working(&me),
        version: meeting.version,
        notes: meeting.notes,
        since: meeting.shown_at.unwrap_or(0),
        now: me.act.millis(),
        shown,
        lines,
        decidable,
        held,
    })
}

fn back(me: &SignedIn) -> Response {
    go(&me.here.to("/meeting/control"))
}

pub async fn turn(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let turn = match fields.text("turn") {
        "next" => Turn::After(fields.optional_parsed("seen")?),
        "previous" => Turn::Before(fields.optional_parsed("seen")?),
        _ => Turn::To(fields.parsed("report").map_err(|_| Refusal::new("refusal-form"))?),
    };
    show_report(&web.app, &me.act, turn).await?;
    Ok(back(&me))
}

pub async fn act_decide(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    decide(&web.app, &me.act, decide_of(&fields)?).await?;
    Ok(back(&me))
}

pub async fn rest(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(_): SafeFields,
) -> Result<Response, WebError> {
    accept_rest(&web.app, &me.act).await?;
    Ok(back(&me))
}

pub async fn note(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    note_on_report(&web.app, &me.act, fields.parsed("report")?, fields.text("words")).await?;
    Ok(back(&me))
}

pub async fn notes(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    write_notes(&web.app, &me.act, fields.text("before"), fields.text("notes")).await?;
    Ok(back(&me))
}
