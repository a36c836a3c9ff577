//! The calendar of periods: hours, merging around holidays.

use super::ways::ways;
use super::{Query, done, go, id, shown_on_form};
use crate::Shared;
use crate::frame::page::{Entry, show_as};
use crate::frame::{Fields, Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::{Date, DateTime};
use shiji_app::AppError;
use shiji_app::office::{self, CalendarPage, SetDeadline};
use shiji_domain::calendar::Days;
use shiji_domain::refusal::Refusal;
use shiji_domain::rhythm::Deadlines;

#[derive(Template)]
#[template(path = "office/calendar.html")]
struct CalendarTemplate {
    page: Page,
    ways: Vec<Entry>,
    calendar: CalendarPage,
    trouble: Option<String>,
    /// What was typed for merging, or for the hours of a period.
    typed: Fields,
}

impl CalendarTemplate {
    /// As an input of type `datetime-local` takes it.
    fn input(&self, at: &DateTime) -> String {
        at.strftime("%Y-%m-%dT%H:%M").to_string()
    }

    fn optional_input(&self, at: &Option<DateTime>) -> String {
        at.map_or_else(String::new, |at| self.input(&at))
    }

    fn at(&self, millis: &i64) -> String {
        self.page.t.instant(&self.page.here.place, *millis)
    }
}

pub async fn page(State(web): State<Shared>, me: SignedIn, query: Query) -> Result<Response, WebError> {
    shown(&web, &me, done(&me, &query), None, Fields::default()).await
}

pub async fn merge(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let result = match days(&fields) {
        Ok(days) => office::merge_periods(&web.app, &me.act, days).await,
        Err(refusal) => Err(refusal.into()),
    };
    answer(&web, &me, result, "merged", fields).await
}

pub async fn set_deadline(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, period)): Path<(String, String, String)>,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let result = match deadlines(&fields) {
        Ok(deadlines) => {
            let and_following = fields.is_set("following");
            let wanted = SetDeadline { period: id(&period)?, deadlines, and_following };
            office::set_deadline(&web.app, &me.act, wanted).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    answer(&web, &me, result, "deadline", fields).await
}

fn days(fields: &Fields) -> Result<Days, Refusal> {
    Days::new(fields.parsed::<Date>("first")?, fields.parsed::<Date>("last")?)
}

fn deadlines(fields: &Fields) -> Result<Deadlines, Refusal> {
    let wrong = |_| Refusal::new("refusal-instant");
    Ok(Deadlines {
        due: fields.parsed("due").map_err(wrong)?,
        meeting: fields.parsed("meeting").map_err(wrong)?,
        publish: fields.optional_parsed("publish").map_err(wrong)?,
    })
}

async fn answer(
    web: &Shared,
    me: &SignedIn,
    result: Result<(), AppError>,
    done: &str,
    typed: Fields,
) -> Result<Response, WebError> {
    match result {
        Ok(()) => Ok(go(me, "/office/calendar", done)),
        Err(error) => {
            let trouble = me.here.t.refusal(&shown_on_form(error)?);
            shown(web, me, None, Some(trouble), typed).await
        }
    }
}

async fn shown(
    web: &Shared,
    me: &SignedIn,
    notice: Option<String>,
    trouble: Option<String>,
    typed: Fields,
) -> Result<Response, WebError> {
    let calendar = office::calendar_page(&web.app, &me.act).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page::working(me).with_notice(notice);
    show_as(status, &CalendarTemplate { page, ways: ways(me), calendar, trouble, typed })
}
