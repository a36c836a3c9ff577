//! Who has filed, is on leave, is late; reminders.

use super::ways::ways;
use super::{Query, done, go, id, shown_on_form};
use crate::Shared;
use crate::frame::page::{Entry, show_as};
use crate::frame::{Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use shiji_app::office::{self, Remind, WeekPage, WeekState};
use shiji_domain::id::PeriodId;
use shiji_domain::right::Role;

#[derive(Template)]
#[template(path = "office/week.html")]
struct WeekTemplate {
    page: Page,
    ways: Vec<Entry>,
    week: WeekPage,
    trouble: Option<String>,
}

impl WeekTemplate {
    /// Class and word of a person's state.
    fn state(&self, state: &WeekState, late: &bool) -> (&'static str, String) {
        let (class, key) = match state {
            WeekState::None if *late => ("bad", "office-state-late"),
            WeekState::None => ("idle", "state-none"),
            WeekState::Draft if *late => ("bad", "office-state-late-draft"),
            WeekState::Draft => ("warn", "state-draft"),
            WeekState::Returned => ("warn", "state-returned"),
            WeekState::OnLeave => ("idle", "office-state-leave"),
            WeekState::Filed if *late => ("warn", "office-state-filed-late"),
            WeekState::Filed => ("good", "state-filed"),
            WeekState::Accepted => ("good", "state-accepted"),
            WeekState::Published => ("good", "state-published"),
        };
        (class, self.page.t.get(key))
    }

    fn at(&self, millis: &i64) -> String {
        self.page.t.instant(&self.page.here.place, *millis)
    }
}

pub async fn page(State(web): State<Shared>, me: SignedIn, query: Query) -> Result<Response, WebError> {
    if me.act.actor.must_read_all().is_err() && me.act.actor.has(Role::Administrator) {
        let address = me.here.to("/office/roster");
        let address = HeaderValue::from_str(&address).unwrap_or(HeaderValue::from_static("/"));
        return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response());
    }
    shown(&web, &me, None, done(&me, &query), None).await
}

pub async fn page_of(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, period)): Path<(String, String, String)>,
    query: Query,
) -> Result<Response, WebError> {
    shown(&web, &me, Some(id(&period)?), done(&me, &query), None).await
}

pub async fn remind(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, period)): Path<(String, String, String)>,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let period: PeriodId = id(&period)?;
    let wanted = Remind { period, person: fields.optional_parsed("person")? };
    match office::remind(&web.app, &me.act, wanted).await {
        Ok(count) => Ok(go(&me, &format!("/office/week/{period}?count={count}"), "reminded")),
        Err(error) => {
            let trouble = me.here.t.refusal(&shown_on_form(error)?);
            shown(&web, &me, Some(period), None, Some(trouble)).await
        }
    }
}

async fn shown(
    web: &Shared,
    me: &SignedIn,
    period: Option<PeriodId>,
    notice: Option<String>,
    trouble: Option<String>,
) -> Result<Response, WebError> {
    let week = office::week_page(&web.app, &me.act, period).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page::working(me).with_notice(notice);
    show_as(status, &WeekTemplate { page, ways: ways(me), week, trouble })
}
