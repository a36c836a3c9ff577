//! One person of the roster: what to mend, the way in, roles.

use super::ways::ways;
use super::{Query, done, go, id, shown_on_form};
use crate::Shared;
use crate::frame::page::{Entry, show_as};
use crate::frame::{Fields, Page, SafeFields, SignedIn, Texts, WebError};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use shiji_app::office::{
    self, AmendPerson, AmendPost, EndPost, HeldLine, PersonLine, PostChoice, RosterPage, SetRoles,
};
use shiji_app::{AppError, account};
use shiji_domain::id::{PersonId, PostId};
use shiji_domain::right::Role;
use shiji_domain::roster::FilingDuty;

#[derive(Template)]
#[template(path = "office/person.html")]
struct PersonTemplate {
    page: Page,
    ways: Vec<Entry>,
    roster: RosterPage,
    person: PersonLine,
    trouble: Option<String>,
    /// What was typed, when it was refused; the form it was typed in.
    typed: Option<(String, Fields)>,
    /// The link, shown once.
    invitation: Option<String>,
    today: String,
}

pub(super) const DUTIES: [Option<FilingDuty>; 5] = [
    Some(FilingDuty::Leadership),
    Some(FilingDuty::MidLevel),
    Some(FilingDuty::Village),
    Some(FilingDuty::Voluntary),
    None,
];
const ROLES: [Role; 4] = [Role::Clerk, Role::Chair, Role::Auditor, Role::Administrator];

/// Code, word and whether it is chosen.
pub(super) fn duty_choices(
    t: Texts,
    duties: &[Option<FilingDuty>],
    chosen: &str,
) -> Vec<(&'static str, String, bool)> {
    let choice = |duty: &Option<FilingDuty>| {
        let code = duty.map_or("", FilingDuty::code);
        (code, t.get(super::roster::duty_key(*duty)), code == chosen)
    };
    duties.iter().map(choice).collect()
}

impl PersonTemplate {
    /// What was typed in `form`, else what is known.
    fn value(&self, form: &str, field: &str, known: &str) -> String {
        match &self.typed {
            Some((typed, fields)) if typed == form => fields.text(field).to_owned(),
            _ => known.to_owned(),
        }
    }

    fn end_form(&self, post: &HeldLine) -> String {
        format!("end-{}", post.post_id)
    }

    fn is_typed(&self, form: &str) -> bool {
        self.typed.as_ref().is_some_and(|(typed, _)| typed == form)
    }

    fn or_empty<'a>(&self, text: &'a Option<String>) -> &'a str {
        text.as_deref().unwrap_or_default()
    }

    fn duties(&self, post: &HeldLine) -> Vec<(&'static str, String, bool)> {
        let known = post.filing_duty.map_or("", FilingDuty::code);
        duty_choices(self.page.t, &DUTIES, &self.value(&post.post_id.to_string(), "filing_duty", known))
    }

    fn supervisors(&self, post: &HeldLine) -> Vec<(String, String, bool)> {
        self.others(&self.roster.supervisors, post, "supervisor", post.supervisor_post_id)
    }

    fn deputies(&self, post: &HeldLine) -> Vec<(String, String, bool)> {
        self.others(&self.roster.held, post, "deputy", post.deputy_post_id)
    }

    /// Every other post of `all`, to choose one for `field`.
    fn others(
        &self,
        all: &[PostChoice],
        post: &HeldLine,
        field: &str,
        known: Option<PostId>,
    ) -> Vec<(String, String, bool)> {
        let known = known.map_or_else(String::new, |id| id.to_string());
        let chosen = self.value(&post.post_id.to_string(), field, &known);
        let others = all.iter().filter(|choice| choice.post_id != post.post_id);
        others
            .map(|choice| {
                let id = choice.post_id.to_string();
                (id.clone(), choice.text.clone(), id == chosen)
            })
            .collect()
    }

    fn roles(&self, post: &HeldLine) -> Vec<(&'static str, String, bool)> {
        ROLES
            .into_iter()
            .map(|role| {
                let word = self.page.t.get(format!("office-role-{}", role.code()));
                (role.code(), word, post.roles.contains(&role))
            })
            .collect()
    }
}

/// What a page of a person says besides the person.
#[derive(Default)]
struct Said {
    notice: Option<String>,
    trouble: Option<String>,
    typed: Option<(String, Fields)>,
    invitation: Option<String>,
}

pub async fn page(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, person)): Path<(String, String, String)>,
    query: Query,
) -> Result<Response, WebError> {
    let said = Said { notice: done(&me, &query), ..Said::default() };
    shown(&web, &me, id(&person)?, said).await
}

pub async fn amend(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, person)): Path<(String, String, String)>,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let person: PersonId = id(&person)?;
    let wanted = AmendPerson {
        person,
        name: fields.text("name").to_owned(),
        mobile: fields.text("mobile").to_owned(),
    };
    let result = office::amend_person(&web.app, &me.act, wanted).await;
    answer(&web, &me, person, result, "person", ("person".into(), fields)).await
}

pub async fn amend_post(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, person, post)): Path<(String, String, String, String)>,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let (person, post_id): (PersonId, PostId) = (id(&person)?, id(&post)?);
    let wanted = AmendPost {
        post: post_id,
        title: fields.text("title").to_owned(),
        filing_duty: FilingDuty::from_code(fields.text("filing_duty")),
        supervisor: fields.optional_parsed("supervisor")?,
        deputy: fields.optional_parsed("deputy")?,
        office_telephone: fields.text("office_telephone").to_owned(),
        office_place: fields.text("office_place").to_owned(),
        office_hours: fields.text("office_hours").to_owned(),
        duties: fields.text("duties").to_owned(),
    };
    let result = office::amend_post(&web.app, &me.act, wanted).await;
    answer(&web, &me, person, result, "post", (post, fields)).await
}

/// Somebody whose last post is over stands in the roster no more, so the way leads back there.
pub async fn end_post(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, person, post)): Path<(String, String, String, String)>,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let (person, post_id): (PersonId, PostId) = (id(&person)?, id(&post)?);
    let result = match fields.parsed("last_day") {
        Ok(last_day) => {
            office::end_post(&web.app, &me.act, EndPost { person, post: post_id, last_day }).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match result {
        Ok(()) => Ok(go(&me, "/office/roster", "left")),
        result => answer(&web, &me, person, result, "left", (format!("end-{post}"), fields)).await,
    }
}

pub async fn set_roles(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, person, post)): Path<(String, String, String, String)>,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let person: PersonId = id(&person)?;
    let roles = ROLES.into_iter().filter(|role| fields.is_set(role.code())).collect();
    let result = office::set_roles(&web.app, &me.act, SetRoles { post: id(&post)?, roles }).await;
    answer(&web, &me, person, result, "roles", ("roles".into(), fields)).await
}

/// The link is in the answer itself and nowhere else: only its digest is kept.
pub async fn invite(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, person)): Path<(String, String, String)>,
    headers: HeaderMap,
    SafeFields(_): SafeFields,
) -> Result<Response, WebError> {
    let person: PersonId = id(&person)?;
    let token = account::invite(&web.app, &me.act, person).await?;
    let scheme = if crate::frame::session::came_by_https(&web, &headers) { "https" } else { "http" };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let link = format!("{scheme}://{host}{}", me.here.to(&format!("/invitation/{token}")));
    shown(&web, &me, person, Said { invitation: Some(link), ..Said::default() }).await
}

async fn answer(
    web: &Shared,
    me: &SignedIn,
    person: PersonId,
    result: Result<(), AppError>,
    done: &str,
    typed: (String, Fields),
) -> Result<Response, WebError> {
    match result {
        Ok(()) => Ok(go(me, &format!("/office/person/{person}"), done)),
        Err(error) => {
            let trouble = Some(me.here.t.refusal(&shown_on_form(error)?));
            shown(web, me, person, Said { trouble, typed: Some(typed), ..Said::default() }).await
        }
    }
}

async fn shown(web: &Shared, me: &SignedIn, person: PersonId, said: Said) -> Result<Response, WebError> {
    let roster = office::roster_page(&web.app, &me.act).await?;
    let person = roster.person(person).ok_or(AppError::NotFound)?.clone();
    let status = if said.trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page::working(me).with_notice(said.notice);
    let today = me.act.day()?.to_string();
    let Said { trouble, typed, invitation, .. } = said;
    show_as(
        status,
        &PersonTemplate { page, ways: ways(me), roster, person, trouble, typed, invitation, today },
    )
}
