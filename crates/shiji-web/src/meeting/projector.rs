//! The big screen: one official at a time.

use crate::Shared;
use crate::frame::page::show;
use crate::frame::{Page, SignedIn, WebError};
use crate::leader::{PromiseLine, Reviewed, Typed, promise_lines, reviewed};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use shiji_app::leader::ReportView;
use shiji_app::meeting::{MeetingPage, meeting_page};
use shiji_domain::agenda::{Matter, MatterKind};

/// The report on the screen.
pub(super) struct Shown {
    pub view: ReportView,
    pub promises: Vec<PromiseLine>,
    pub work: Vec<Reviewed>,
    pub plan: Vec<Reviewed>,
    /// From 1.
    pub place: usize,
    pub next: Option<String>,
}

pub(super) fn shown(me: &SignedIn, held: &MeetingPage, typed: &Typed) -> Option<Shown> {
    let at = held.shown?;
    let mut view = held.lines.get(at)?.view.clone();
    let promises = promise_lines(&mut view);
    let work = reviewed(me, std::mem::take(&mut view.work), typed);
    let plan = reviewed(me, std::mem::take(&mut view.plan), typed);
    let next = held.lines.get(at + 1).map(|line| line.view.name.clone());
    Some(Shown { view, promises, work, plan, place: at + 1, next })
}

#[derive(Template)]
#[template(path = "meeting/projector.html")]
struct Projector {
    page: Page,
    held: MeetingPage,
    shown: Option<Shown>,
    matters: Vec<(MatterKind, Vec<Matter>)>,
    total: usize,
    since: i64,
    now: i64,
    /// What the page shows; a later one is drawn as soon as the events are there.
    version: i64,
}

pub async fn page(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    let held = meeting_page(&web.app, &me.act).await?;
    let since = held.meeting.as_ref().and_then(|meeting| meeting.shown_at).unwrap_or(0);
    let shown = shown(&me, &held, &Typed::default());
    let total = held.lines.len();
    let version = held.meeting.as_ref().map_or(0, |meeting| meeting.version);
    let matters = super::overview::matters(&held);
    show(&Projector {
        page: Page::working(&me),
        shown,
        matters,
        total,
        since,
        now: me.act.millis(),
        version,
        held,
    })
}
