//! Entering one person by hand.

use super::person::{DUTIES, duty_choices};
use super::ways::ways;
use super::{Query, done, go, shown_on_form};
use crate::Shared;
use crate::frame::page::{Entry, show_as};
use crate::frame::{Fields, Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use shiji_app::office::{self, AddPerson, RosterPage};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_domain::roster::FilingDuty;

#[derive(Template)]
#[template(path = "office/add_person.html")]
struct AddPersonTemplate {
    page: Page,
    ways: Vec<Entry>,
    roster: RosterPage,
    duties: Vec<(&'static str, String, bool)>,
    /// The first day in the post, unless another was typed.
    day: String,
    trouble: Option<String>,
    typed: Fields,
}

pub async fn page(State(web): State<Shared>, me: SignedIn, query: Query) -> Result<Response, WebError> {
    shown(&web, &me, done(&me, &query), None, Fields::default()).await
}

pub async fn add(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let result = match wanted(&fields) {
        Ok(wanted) => office::add_person(&web.app, &me.act, wanted).await,
        Err(refusal) => Err(refusal.into()),
    };
    match result {
        Ok(person) => Ok(go(&me, &format!("/office/person/{person}"), "added")),
        Err(error) => {
            let trouble = me.here.t.refusal(&shown_on_form(error)?);
            shown(&web, &me, None, Some(trouble), fields).await
        }
    }
}

fn wanted(fields: &Fields) -> Result<AddPerson, Refusal> {
    let text = |name: &str| fields.text(name).to_owned();
    Ok(AddPerson {
        name: text("name"),
        unit: text("unit"),
        title: text("title"),
        filing_duty: FilingDuty::from_code(fields.text("filing_duty")),
        supervisor: fields.optional_parsed("supervisor")?,
        office_telephone: text("office_telephone"),
        mobile: text("mobile"),
        duties: text("duties"),
        day: fields.parsed("day")?,
    })
}

async fn shown(
    web: &Shared,
    me: &SignedIn,
    notice: Option<String>,
    trouble: Option<String>,
    typed: Fields,
) -> Result<Response, WebError> {
    me.act.actor.must_be(Role::Clerk)?;
    let roster = office::roster_page(&web.app, &me.act).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page::working(me).with_notice(notice);
    let chosen =
        if typed.is_set("filing_duty") { typed.text("filing_duty") } else { FilingDuty::MidLevel.code() };
    let duties = duty_choices(page.t, &DUTIES, chosen);
    let day = match typed.optional("day") {
        Some(day) => day.to_owned(),
        None => me.act.day()?.to_string(),
    };
    show_as(status, &AddPersonTemplate { page, ways: ways(me), roster, duties, day, trouble, typed })
}
