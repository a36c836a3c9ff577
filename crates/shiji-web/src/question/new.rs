//! The form for a question: to an official, about an item, or to whoever is in charge.

use super::flood::{Passage, Step, address_of, step};
use crate::Shared;
use crate::frame::headers::KEPT_FOR_GOING_BACK;
use crate::frame::page::show_as;
use crate::frame::{Fields, Here, OpenFields, Page, WebError};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{ConnectInfo, Query, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use shiji_app::AppError;
use shiji_app::project::called;
use shiji_app::question::{NewQuestion, addressee, ask_question, new_form_key};
use shiji_domain::id::{ItemId, PersonId, ProjectId};
use shiji_domain::question::{CONTACT_LENGTH_MOST, QUESTION_LENGTH_MOST, QuestionKind};
use shiji_domain::refusal::Refusal;
use std::net::{IpAddr, SocketAddr};

#[derive(Template)]
#[template(path = "question/new.html")]
struct NewPage {
    page: Page,
    /// Id, name, unit.
    person: Option<(PersonId, String, String)>,
    /// Id and words.
    item: Option<(ItemId, String)>,
    /// Id and name.
    project: Option<(ProjectId, String)>,
    typed: Fields,
    trouble: Option<String>,
    step: Option<Step>,
    longest: usize,
    contact_longest: usize,
    /// Random, new for each form: sent twice, it is one question.
    form: String,
}

/// Characters of a form's key that count.
const FORM_KEY_MOST: usize = 64;

impl NewPage {
    fn kinds(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = QuestionKind::from_code(self.typed.text("kind")).unwrap_or(if self.item.is_some() {
            QuestionKind::Doubt
        } else {
            QuestionKind::Question
        });
        let name = |kind: QuestionKind| self.page.t.get(format!("question-kind-{}", kind.code()));
        QuestionKind::ALL.into_iter().map(|kind| (kind.code(), name(kind), kind == chosen)).collect()
    }

    fn is_private(&self) -> bool {
        self.typed.text("public") == "no"
    }
}

/// From the connection, when the server knows it.
pub(super) fn peer(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip())
}

/// The address that a form comes from, for the limits alone.
pub fn asker(web: &Shared, headers: &HeaderMap, extensions: &Extensions) -> Option<IpAddr> {
    address_of(web, headers, peer(extensions))
}

pub async fn page(
    State(web): State<Shared>,
    here: Here,
    query: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<Response, WebError> {
    let typed = Fields(query.map_or_else(|_| Vec::new(), |Query(pairs)| pairs));
    shown(&web, here, typed, None, None).await
}

pub async fn act(
    State(web): State<Shared>,
    here: Here,
    headers: HeaderMap,
    extensions: Extensions,
    OpenFields(fields): OpenFields,
) -> Result<Response, WebError> {
    // A field that people do not see: whatever fills it in is a machine.
    if !fields.text("website").is_empty() {
        return shown(&web, here, fields, Some(Refusal::new("refusal-form")), None).await;
    }
    let address = address_of(&web, &headers, peer(&extensions));
    if web.flood.pass(&web.app, address, fields.text("step"), fields.text("work")) == Passage::Wait {
        let step = step(&web.app);
        return shown(&web, here, fields, Some(Refusal::new("refusal-question-wait")), Some(step)).await;
    }
    let wanted = NewQuestion {
        kind: QuestionKind::from_code(fields.text("kind")).unwrap_or(QuestionKind::Question),
        words: fields.text("words").to_owned(),
        contact: fields.text("contact").to_owned(),
        is_public: fields.text("public") != "no",
        person: fields.optional_parsed("person")?,
        item: fields.optional_parsed("item")?,
        project: fields.optional_parsed("project")?,
        language: here.t.language.code().to_owned(),
        form: fields.text("form").chars().take(FORM_KEY_MOST).collect(),
    };
    match ask_question(&web.app, &here.place, wanted).await {
        Ok(received) => {
            let address = here.to(&format!("/pick-up/{}?new=1", received.code));
            let address = HeaderValue::from_str(&address).unwrap_or(HeaderValue::from_static("/"));
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response())
        }
        Err(AppError::Refused(refusal)) => shown(&web, here, fields, Some(refusal), None).await,
        Err(error) => Err(error.into()),
    }
}

async fn shown(
    web: &Shared,
    here: Here,
    typed: Fields,
    trouble: Option<Refusal>,
    step: Option<Step>,
) -> Result<Response, WebError> {
    let person: Option<PersonId> = typed.optional_parsed("person").map_err(|_| AppError::NotFound)?;
    let item: Option<ItemId> = typed.optional_parsed("item").map_err(|_| AppError::NotFound)?;
    let project: Option<ProjectId> = typed.optional_parsed("project").map_err(|_| AppError::NotFound)?;
    let mut person = person;
    let project = match project {
        None => None,
        Some(id) => {
            let called = called(&web.app, &here.place, id).await?;
            person = person.or(called.leader);
            Some((id, called.name))
        }
    };
    let item = match item {
        None => None,
        Some(item) => {
            let history = shiji_app::board::item(&web.app, &here.place, item).await?;
            let row = history.revisions.last().ok_or(AppError::NotFound)?;
            person = person.or(Some(row.fact.person));
            Some((item, row.fact.text.clone()))
        }
    };
    let person = match person {
        None => None,
        Some(person) => match addressee(&web.app, &here.place, person).await {
            Ok((name, unit)) => Some((person, name, unit)),
            // Whoever did the item or led the project may have left; then the office finds the one in charge.
            Err(AppError::NotFound) if item.is_some() || project.is_some() => None,
            Err(error) => return Err(error.into()),
        },
    };
    let status = match &trouble {
        Some(refusal) if refusal.key == "refusal-question-wait" => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let trouble = trouble.map(|refusal| here.t.refusal(&refusal));
    let mut response = show_as(
        status,
        &NewPage {
            page: Page::public(here),
            person,
            item,
            form: match typed.text("form") {
                "" => new_form_key(&web.app),
                form => form.to_owned(),
            },
            project,
            typed,
            trouble,
            step,
            longest: QUESTION_LENGTH_MOST,
            contact_longest: CONTACT_LENGTH_MOST,
        },
    )?;
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex"));
    response.headers_mut().insert(header::CACHE_CONTROL, KEPT_FOR_GOING_BACK);
    Ok(response)
}
