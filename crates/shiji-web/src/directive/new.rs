//! The form for an order.

use super::give_of;
use crate::Shared;
use crate::desk::go;
use crate::frame::headers::KEPT_FOR_GOING_BACK;
use crate::frame::page::show_as;
use crate::frame::{Fields, Page, SafeFields, SignedIn, WebError};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::Response;
use shiji_app::directive::{Choice, choice, give_directive};
use shiji_app::{App, AppError};
use shiji_domain::directive::{DIRECTIVE_LENGTH_MOST, Source};
use shiji_domain::id::{PersonId, QuestionId};
use shiji_domain::refusal::Refusal;
use std::collections::HashMap;
use uuid::Uuid;

/// Somebody who files, with name and unit.
type Named = (PersonId, String, String);

/// The fields with what was typed or proposed.
pub struct Form {
    pub choice: Choice,
    pub typed: Fields,
    pub longest: usize,
    /// The only source, where there is no choice.
    pub source: Option<Source>,
    /// New for each form: sent twice, it is one order.
    pub key: String,
}

impl Form {
    pub fn new(app: &App, choice: Choice, typed: Fields, source: Option<Source>) -> Form {
        let key = match typed.text("form") {
            "" => app.new_id::<Uuid>().to_string(),
            key => key.to_owned(),
        };
        Form { choice, typed, longest: DIRECTIVE_LENGTH_MOST, source, key }
    }

    /// The fields as they were refused. A form whose order was given already asks for another one when it is sent once more.
    pub fn refused(mut typed: Fields, refusal: &Refusal) -> Fields {
        if refusal.key == "refusal-directive-form-used" {
            typed.0.retain(|(name, _)| name != "form");
        }
        typed
    }

    pub fn is_named(&self, field: &str, person: &PersonId) -> bool {
        let person = person.to_string();
        self.typed.0.iter().any(|(name, value)| name == field && *value == person)
    }

    /// Everybody who files, by unit, in the order of the board.
    pub fn units(&self) -> Vec<(&str, Vec<&Named>)> {
        let mut units: Vec<(&str, Vec<&Named>)> = Vec::new();
        for person in &self.choice.people {
            match units.iter_mut().find(|(unit, _)| *unit == person.2) {
                Some((_, people)) => people.push(person),
                None => units.push((&person.2, vec![person])),
            }
        }
        units
    }

    /// Those of a list of boxes who were ticked; the first owner has the select.
    pub fn chosen(&self, field: &str) -> Vec<&Named> {
        self.choice.people.iter().filter(|person| self.is_ticked(field, &person.0)).collect()
    }

    pub fn is_ticked(&self, field: &str, person: &PersonId) -> bool {
        self.is_named(field, person) && !(field == "owner" && self.is_first(person))
    }

    /// The one in the select: the first owner that was named.
    pub fn is_first(&self, person: &PersonId) -> bool {
        self.typed.text("owner") == person.to_string()
    }

    pub fn has_source(&self, source: &Source) -> bool {
        self.typed.text("source") == source.code()
    }

    /// Public unless it was said otherwise.
    pub fn is_public(&self) -> bool {
        self.typed.0.is_empty() || self.typed.is_set("public")
    }

    /// Somebody beside the first owner was named.
    pub fn has_more(&self) -> bool {
        self.typed.is_set("helper") || self.typed.0.iter().filter(|(name, _)| name == "owner").count() > 1
    }
}

#[derive(Template)]
#[template(path = "directive/new.html")]
struct NewTemplate {
    page: Page,
    form: Form,
    trouble: Option<String>,
}

/// `question` begins an order that comes from it; public words make a public order.
pub async fn page(
    State(web): State<Shared>,
    me: SignedIn,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, WebError> {
    let choice = choice(&web.app, &me.act).await?;
    let id = asked.get("question").and_then(|id| id.parse::<QuestionId>().ok());
    let question = choice.questions.iter().find(|question| Some(question.id) == id);
    let Some(question) = question else { return shown(&web, &me, None, Fields::default()).await };
    let mut begun = vec![
        ("source".to_owned(), Source::Question.code().to_owned()),
        ("question".to_owned(), question.id.to_string()),
        ("text".to_owned(), question.words.clone()),
    ];
    if !question.words.is_empty() {
        begun.push(("public".to_owned(), "yes".to_owned()));
    }
    shown(&web, &me, None, Fields(begun)).await
}

pub async fn give(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    // Who may not give at all is told so before anything is said of the fields.
    choice(&web.app, &me.act).await?;
    let given = match give_of(&fields) {
        Ok(wanted) => give_directive(&web.app, &me.act, wanted).await,
        Err(error) => Err(error),
    };
    match given {
        Ok(id) => Ok(go(&me.here.to(&format!("/directive/{id}?done=given")))),
        Err(AppError::Refused(refusal)) if refusal.key != "refusal-not-yours" => {
            let trouble = Some(me.here.t.refusal(&refusal));
            shown(&web, &me, trouble, Form::refused(fields, &refusal)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn shown(
    web: &Shared,
    me: &SignedIn,
    trouble: Option<String>,
    typed: Fields,
) -> Result<Response, WebError> {
    let choice = choice(&web.app, &me.act).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut page = Page::working(me);
    page.here.rest = "/directive/new".into();
    let mut response =
        show_as(status, &NewTemplate { page, form: Form::new(&web.app, choice, typed, None), trouble })?;
    response.headers_mut().insert(header::CACHE_CONTROL, KEPT_FOR_GOING_BACK);
    Ok(response)
}
