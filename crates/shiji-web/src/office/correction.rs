//! Corrects published items: a new record that names the old one; the board shows both.

use super::ways::ways;
use super::{Query, done, go, shown_on_form};
use crate::Shared;
use crate::frame::page::{Entry, show_as};
use crate::frame::{Fields, Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use shiji_app::log::{RedactItem, redact_item};
use shiji_app::office::{self, CorrectionPage};
use shiji_app::publish::{self, CorrectItem};
use shiji_domain::id::{ItemId, PersonId};
use shiji_domain::item::ItemKind;
use shiji_domain::redaction::RedactionReason;
use shiji_domain::refusal::Refusal;

#[derive(Template)]
#[template(path = "office/correction.html")]
struct CorrectionTemplate {
    page: Page,
    ways: Vec<Entry>,
    correction: CorrectionPage,
    /// Choices of people: id, name with unit, chosen.
    people: Vec<(String, String, bool)>,
    trouble: Option<String>,
    typed: Fields,
}

impl CorrectionTemplate {
    /// The words typed for this item when they were refused, else those that stand.
    fn words(&self, item: &ItemId, standing: &str) -> String {
        if self.is_typed(item) { self.typed.text("text").to_owned() } else { standing.to_owned() }
    }

    fn reason(&self, item: &ItemId) -> &str {
        if self.is_typed(item) { self.typed.text("reason") } else { "" }
    }

    fn kind(&self, kind: &ItemKind) -> String {
        self.page.t.get(match kind {
            ItemKind::Work => "kind-work",
            ItemKind::Plan => "kind-plan",
        })
    }

    fn redaction_reasons(&self) -> Vec<(&'static str, String)> {
        RedactionReason::ALL
            .into_iter()
            .map(|reason| {
                let key = format!("redaction-{}", reason.code().replace('_', "-"));
                (reason.code(), self.page.t.get(key))
            })
            .collect()
    }

    fn is_shown(&self, issue: &i64) -> bool {
        self.correction.issue.as_ref() == Some(issue)
    }

    fn is_typed(&self, item: &ItemId) -> bool {
        self.typed.text("item") == item.to_string()
    }
}

pub async fn page(State(web): State<Shared>, me: SignedIn, query: Query) -> Result<Response, WebError> {
    let issue = query.get("issue").and_then(|issue| issue.parse().ok());
    let person = query.get("person").and_then(|person| person.parse().ok());
    let chosen = Chosen { issue, person };
    shown(&web, &me, chosen, done(&me, &query), None, Fields::default()).await
}

pub async fn correct(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let chosen =
        Chosen { issue: fields.optional_parsed("issue")?, person: fields.optional_parsed("person")? };
    let wanted = CorrectItem {
        item: fields.parsed("item")?,
        text: fields.text("text").to_owned(),
        reason: fields.text("reason").to_owned(),
    };
    match publish::correct_item(&web.app, &me.act, wanted).await {
        Ok(()) => Ok(go(&me, &chosen.address(), "corrected")),
        Err(error) => {
            let trouble = me.here.t.refusal(&shown_on_form(error)?);
            shown(&web, &me, chosen, None, Some(trouble), fields).await
        }
    }
}

/// Takes an item's words away for good.
pub async fn redact(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let chosen =
        Chosen { issue: fields.optional_parsed("issue")?, person: fields.optional_parsed("person")? };
    let reason = RedactionReason::from_code(fields.text("redaction"));
    let reason = reason.ok_or_else(|| Refusal::new("refusal-reason-missing"))?;
    let wanted = RedactItem { item: fields.parsed("item")?, reason };
    if fields.text("sure") != "yes" {
        let trouble = me.here.t.get("refusal-redact-unsure");
        return shown(&web, &me, chosen, None, Some(trouble), fields).await;
    }
    match redact_item(&web.app, &me.act, wanted).await {
        Ok(()) => Ok(go(&me, &chosen.address(), "redacted")),
        Err(error) => {
            let trouble = me.here.t.refusal(&shown_on_form(error)?);
            shown(&web, &me, chosen, None, Some(trouble), fields).await
        }
    }
}

/// Whose items of which issue are looked at.
#[derive(Clone, Copy)]
struct Chosen {
    issue: Option<i64>,
    person: Option<PersonId>,
}

impl Chosen {
    fn address(self) -> String {
        let issue = self.issue.map_or_else(String::new, |issue| issue.to_string());
        let person = self.person.map_or_else(String::new, |person| person.to_string());
        format!("/office/corrections?issue={issue}&person={person}")
    }
}

async fn shown(
    web: &Shared,
    me: &SignedIn,
    chosen: Chosen,
    notice: Option<String>,
    trouble: Option<String>,
    typed: Fields,
) -> Result<Response, WebError> {
    let correction = office::correction_page(&web.app, &me.act, chosen.issue, chosen.person).await?;
    let people = correction
        .people
        .iter()
        .map(|(id, text)| (id.to_string(), text.clone(), Some(*id) == correction.person))
        .collect();
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page::working(me).with_notice(notice);
    show_as(status, &CorrectionTemplate { page, ways: ways(me), correction, people, trouble, typed })
}
