//! Before and around the meeting: the agenda, opening, closing.

use crate::Shared;
use crate::desk::go;
use crate::frame::page::{show, show_as};
use crate::frame::{Page, SafeFields, SignedIn, WebError};
use crate::leader::state_of;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use shiji_app::AppError;
use shiji_app::meeting::{MeetingPage, cancel_meeting, close_meeting, meeting_page, open_meeting};
use shiji_domain::agenda::{Matter, MatterKind};
use shiji_domain::refusal::Refusal;
use shiji_domain::report::ReportState;

const OPEN_ALREADY: &str = "refusal-meeting-open";

/// A line of the agenda as it is shown.
pub(super) struct Line {
    pub id: String,
    pub name: String,
    pub unit: String,
    pub vague: usize,
    pub broken: usize,
    pub difficulties: usize,
    pub key: String,
    pub class: &'static str,
}

pub(super) fn lines(held: &MeetingPage) -> Vec<Line> {
    held.lines
        .iter()
        .map(|line| {
            let (key, class) = state_of(Some(line.view.report.state));
            Line {
                id: line.view.report.report_id.to_string(),
                name: line.view.name.clone(),
                unit: line.view.unit.clone(),
                vague: line.view.vague(),
                broken: line.view.broken(),
                difficulties: line.view.difficulties(),
                key,
                class,
            }
        })
        .collect()
}

/// What is talked about beside the reports, by kind, in the order in which it is heard.
pub(super) fn matters(held: &MeetingPage) -> Vec<(MatterKind, Vec<Matter>)> {
    let mut groups: Vec<(MatterKind, Vec<Matter>)> = Vec::new();
    for matter in &held.matters {
        match groups.last_mut() {
            Some((kind, matters)) if *kind == matter.kind => matters.push(matter.clone()),
            _ => groups.push((matter.kind, vec![matter.clone()])),
        }
    }
    groups
}

#[derive(Template)]
#[template(path = "meeting/overview.html")]
struct Overview {
    page: Page,
    held: MeetingPage,
    lines: Vec<Line>,
    matters: Vec<(MatterKind, Vec<Matter>)>,
    trouble: Option<String>,
    /// Words that were refused and have no box on this page.
    unsent: Option<String>,
}

#[derive(serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: String,
}

pub async fn page(
    State(web): State<Shared>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let notice = (asked.done == "cancelled").then(|| me.here.t.get("meeting-cancelled"));
    drawn(&web, &me, notice, None, None).await
}

pub(super) async fn shown(
    web: &Shared,
    me: &SignedIn,
    trouble: Option<String>,
    unsent: Option<String>,
) -> Result<Response, WebError> {
    drawn(web, me, None, trouble, unsent).await
}

async fn drawn(
    web: &Shared,
    me: &SignedIn,
    notice: Option<String>,
    trouble: Option<String>,
    unsent: Option<String>,
) -> Result<Response, WebError> {
    let held = meeting_page(&web.app, &me.act).await?;
    let lines = lines(&held);
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut page = Page::working(me).with_notice(notice);
    page.here.rest = "/meeting".into();
    show_as(status, &Overview { page, matters: matters(&held), held, lines, trouble, unsent })
}

/// Before the deadline it is asked whether that is meant.
#[derive(Template)]
#[template(path = "meeting/begin.html")]
struct Begin {
    page: Page,
    held: MeetingPage,
    due: String,
}

pub async fn open(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let held = meeting_page(&web.app, &me.act).await?;
    let is_asked = held.may_run && held.meeting.is_none() && held.too_early.is_none();
    if is_asked && me.act.millis() < held.period.due_at && !fields.is_set("early") {
        let due = me.here.t.instant(&me.here.place, held.period.due_at);
        let mut page = Page::working(&me);
        page.here.rest = "/meeting".into();
        return show(&Begin { page, held, due });
    }
    match open_meeting(&web.app, &me.act).await {
        Err(AppError::Refused(refusal))
            if refusal.key != "refusal-not-yours" && refusal.key != OPEN_ALREADY =>
        {
            return shown(&web, &me, Some(me.here.t.refusal(&refusal)), None).await;
        }
        // A double tap, or another phone was first: the meeting is open, which is what was wanted.
        Err(AppError::Refused(refusal)) if refusal.key == OPEN_ALREADY => {}
        opened => {
            opened?;
        }
    }
    Ok(go(&me.here.to("/meeting/control")))
}

/// Opened by mistake.
pub async fn cancel(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    match cancel_meeting(&web.app, &me.act, fields.parsed("meeting")?).await {
        Err(AppError::Refused(refusal)) if refusal.key != "refusal-not-yours" => {
            shown(&web, &me, Some(me.here.t.refusal(&refusal)), None).await
        }
        cancelled => {
            cancelled?;
            Ok(go(&me.here.to("/meeting?done=cancelled")))
        }
    }
}

#[derive(Template)]
#[template(path = "meeting/confirm.html")]
struct Confirm {
    page: Page,
    held: MeetingPage,
    meeting: String,
    published: usize,
    returned: Vec<String>,
    /// The time for filing has not ended yet.
    early: Option<String>,
}

pub async fn confirm(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    let held = meeting_page(&web.app, &me.act).await?;
    if !held.may_decide {
        return Err(Refusal::new("refusal-not-yours").into());
    }
    let Some(meeting) = &held.meeting else { return Err(Refusal::new("refusal-meeting-none").into()) };
    let meeting = meeting.meeting_id.to_string();
    let published = held.lines.iter().filter(|line| line.view.report.state.is_filed()).count();
    let returned = held
        .lines
        .iter()
        .filter(|line| line.view.report.state == ReportState::Returned)
        .map(|line| line.view.name.clone())
        .collect();
    let due_at = held.period.due_at;
    let early = (me.act.millis() < due_at).then(|| me.here.t.instant(&me.here.place, due_at));
    show(&Confirm { page: Page::working(&me), held, meeting, published, returned, early })
}

pub async fn close(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let number = match close_meeting(&web.app, &me.act, fields.parsed("meeting")?).await {
        Err(AppError::Refused(refusal)) if refusal.key != "refusal-not-yours" => {
            return shown(&web, &me, Some(me.here.t.refusal(&refusal)), None).await;
        }
        closed => closed?,
    };
    Ok(go(&me.here.to(&format!("/issue/{number}"))))
}
