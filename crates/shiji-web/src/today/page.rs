//! The list's page.

use crate::Shared;
use crate::frame::page::{show, show_as};
use crate::frame::{Fields, Page, SignedIn, WebError};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::ToSpan as _;
use shiji_app::today::{LineId, TodayPage, today_page};
use shiji_app::whereabouts::{OwnWhereabouts, own_whereabouts};
use shiji_domain::id::{ItemId, TaskId, VisitId};
use shiji_domain::refusal::Refusal;
use shiji_domain::today::{DueKind, Line};
use shiji_domain::visit::LeadSaid;
use shiji_domain::whereabouts::Presence;
use std::collections::HashMap;
use uuid::Uuid;

/// Words that were refused and stand in their boxes again.
#[derive(Default)]
pub(super) struct Typed {
    pub words: String,
    /// The line they belong to, and what stood in its boxes.
    pub line: Option<(String, Fields)>,
}

impl Typed {
    pub(super) fn of(fields: &Fields) -> Typed {
        let name = format!("{}-{}", fields.text("kind"), fields.text("subject"));
        Typed { words: String::new(), line: Some((name, fields.clone())) }
    }
}

#[derive(Template)]
#[template(path = "today/today.html")]
struct TodayTemplate {
    page: Page,
    today: TodayPage,
    place: OwnWhereabouts,
    trouble: Option<String>,
    typed: Typed,
    person: String,
    app: shiji_app::App,
}

impl TodayTemplate {
    /// Each form has a key of its own, so that a form that is sent twice is done once.
    fn key(&self) -> Uuid {
        self.app.new_id()
    }

    fn name(&self, line: &Line) -> String {
        format!("{}-{}", line.due.kind.code(), line.due.subject)
    }

    fn was_typed(&self, line: &Line, field: &str) -> String {
        let name = self.name(line);
        let typed = self.typed.line.as_ref().filter(|(of, _)| *of == name);
        typed.map_or_else(String::new, |(_, fields)| fields.text(field).to_owned())
    }

    /// A refused form is open again.
    fn is_open(&self, line: &Line) -> bool {
        let name = self.name(line);
        self.typed.line.as_ref().is_some_and(|(of, _)| *of == name)
    }

    fn spot(&self, line: &Line) -> Option<&str> {
        let task = (line.due.kind == DueKind::Task).then_some(TaskId(line.due.subject))?;
        self.today.spots.get(&task).map(String::as_str)
    }

    /// Who leads a visit, and whether they have said so.
    fn lead(&self, line: &Line) -> Option<String> {
        let visit = match line.due.kind {
            DueKind::Visit => VisitId(line.due.subject),
            DueKind::Plan => *self.today.visit_of.get(&ItemId(line.due.subject))?,
            _ => return None,
        };
        let lead = self.today.leads.get(&visit)?;
        let t = self.page.t;
        let said = t.get(format!("visit-lead-{}", lead.said.code()));
        Some(match &lead.name {
            None => t.get("visit-lead-nobody"),
            Some(_) if lead.is_own && lead.said == LeadSaid::Asked => t.get("today-lead-asked"),
            Some(name) => t.two("today-lead", "name", name, "said", said),
        })
    }

    fn kind(&self, line: &Line) -> String {
        self.page.t.get(format!("today-kind-{}", line.due.kind.code()))
    }

    /// Published: whoever is stuck with it can ask somebody at once.
    fn is_plan(&self, line: &Line) -> bool {
        line.due.kind == DueKind::Plan
    }

    fn is_own(&self, line: &Line) -> bool {
        line.due.kind == DueKind::Task
    }

    /// The day was agreed with others and has come: only they can move it.
    fn is_agreed(&self, line: &Line) -> bool {
        line.due.has_agreed_day() && line.due.is_due(self.today.today)
    }

    /// Whose list it is, so that acts kept on a phone that several people use are never sent in another's name.
    fn person(&self) -> &str {
        &self.person
    }

    fn is_question(&self, line: &Line) -> bool {
        line.due.kind.wants_answer()
    }

    /// Tomorrow, the likeliest other day.
    fn tomorrow(&self) -> String {
        self.today.today.checked_add(1.day()).unwrap_or(self.today.today).to_string()
    }

    fn open_lines(&self) -> usize {
        let parts = &self.today.parts;
        parts.overdue.len() + parts.today.len()
    }

    fn undo_kind(&self, line: &LineId) -> &'static str {
        line.kind.code()
    }

    fn presence(&self) -> Option<Presence> {
        self.place.said.as_ref().map(|said| said.presence)
    }

    fn presence_is(&self, presence: &Presence) -> bool {
        self.presence() == Some(*presence)
    }

    fn back_on(&self) -> String {
        let said = self.place.said.as_ref().and_then(|said| said.back_on);
        said.map_or_else(String::new, |day| day.to_string())
    }

    fn back_at(&self) -> String {
        let said = self.place.said.as_ref().and_then(|said| said.back_at);
        said.map_or_else(String::new, |time| time.strftime("%H:%M").to_string())
    }

    fn asks(&self, id: &shiji_domain::id::PersonId) -> bool {
        self.place.said.as_ref().and_then(|said| said.ask) == Some(*id)
    }
}

pub async fn page(
    State(web): State<Shared>,
    me: SignedIn,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, WebError> {
    let done = query.get("done").map(String::as_str).filter(|done| {
        ["added", "done", "moved", "stuck", "undone", "dropped", "where", "photo"].contains(done)
    });
    let notice = done.map(|done| me.here.t.get(format!("today-said-{done}")));
    show(&template(&web, &me, notice, None, Typed::default()).await?)
}

pub(super) async fn shown_again(
    web: &Shared,
    me: &SignedIn,
    refusal: Refusal,
    typed: Typed,
) -> Result<Response, WebError> {
    let trouble = me.here.t.refusal(&refusal);
    let shown = template(web, me, None, Some(trouble), typed).await?;
    show_as(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

async fn template(
    web: &Shared,
    me: &SignedIn,
    notice: Option<String>,
    trouble: Option<String>,
    typed: Typed,
) -> Result<TodayTemplate, WebError> {
    let today = today_page(&web.app, &me.act).await?;
    let place = own_whereabouts(&web.app, &me.act).await?;
    let mut page = Page::working(me).with_notice(notice);
    // The other language's address is that of the page, also after a form.
    page.here.rest = "/today".into();
    let person = me.act.person().to_string();
    Ok(TodayTemplate { page, today, place, trouble, typed, person, app: web.app.clone() })
}
