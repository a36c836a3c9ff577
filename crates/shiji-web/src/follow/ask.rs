//! The page that offers feeds, calendars and mail.

use crate::Shared;
use crate::frame::error::percent;
use crate::frame::page::show_as;
use crate::frame::{Fields, Here, OpenFields, Page, WebError};
use crate::question::asker;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use shiji_app::AppError;
use shiji_app::follow::{NewFollow, ask_to_follow, name_of};
use shiji_domain::follow::Followed;
use shiji_domain::refusal::Refusal;

#[derive(Template)]
#[template(path = "follow/ask.html")]
struct AskPage {
    page: Page,
    mails: bool,
    /// A person or unit that the reader came from: what the form says, and its name.
    of: Option<(String, String)>,
    /// Addresses of its feed and calendar, or of the whole board's.
    feed: String,
    calendar: String,
    trouble: Option<String>,
    /// The letter is on its way, as far as anybody is told.
    asked: bool,
    typed: Fields,
}

impl AskPage {
    fn is_chosen(&self, what: &str) -> bool {
        let typed = self.typed.text("what");
        if typed.is_empty() {
            return self.of.as_ref().map_or("board", |(of, _)| of.as_str()) == what;
        }
        typed == what
    }
}

pub async fn page(State(web): State<Shared>, here: Here) -> Result<Response, WebError> {
    shown(&web, here, Followed::Board, Outcome::default()).await
}

pub async fn person(
    State(web): State<Shared>,
    Path((_, _, id)): Path<(String, String, String)>,
    here: Here,
) -> Result<Response, WebError> {
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    shown(&web, here, Followed::Person(id), Outcome::default()).await
}

pub async fn unit(
    State(web): State<Shared>,
    Path((_, _, id)): Path<(String, String, String)>,
    here: Here,
) -> Result<Response, WebError> {
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    shown(&web, here, Followed::Unit(id), Outcome::default()).await
}

#[derive(Default)]
struct Outcome {
    trouble: Option<Refusal>,
    asked: bool,
    typed: Fields,
}

/// What the form names: the word stands in a field of its own.
fn followed(fields: &Fields) -> Result<Followed, Refusal> {
    match fields.text("what") {
        "matter" => Followed::matter(fields.text("word")),
        "" => Err(Refusal::new("refusal-follow-what")),
        other => other.parse(),
    }
}

pub async fn act(
    State(web): State<Shared>,
    here: Here,
    headers: HeaderMap,
    extensions: Extensions,
    OpenFields(fields): OpenFields,
) -> Result<Response, WebError> {
    // Shown again for whom the reader came from.
    let of = match fields.text("of").parse() {
        Ok(of @ (Followed::Person(_) | Followed::Unit(_))) => of,
        _ => Followed::Board,
    };
    let wanted = match followed(&fields) {
        Ok(wanted) => wanted,
        Err(refusal) => return refused(&web, here, of, refusal, fields).await,
    };
    if fields.text("way") == "feed" {
        return Ok(go(&here.to(&feed_of(&wanted))));
    }
    if !web.flood.may_mail(asker(&web, &headers, &extensions)) {
        return refused(&web, here, of, Refusal::new("refusal-follow-many"), fields).await;
    }
    let new = NewFollow {
        address: fields.text("address").to_owned(),
        followed: wanted,
        language: here.t.language.code().to_owned(),
    };
    match ask_to_follow(&web.app, &here.place, new).await {
        Ok(()) => shown(&web, here, of, Outcome { asked: true, ..Outcome::default() }).await,
        Err(AppError::Refused(refusal)) => refused(&web, here, of, refusal, fields).await,
        Err(error) => Err(error.into()),
    }
}

fn go(address: &str) -> Response {
    let address = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

/// The address of a feed behind the place and the language.
fn feed_of(followed: &Followed) -> String {
    match followed {
        Followed::Board => "/feed.atom".into(),
        Followed::Person(id) => format!("/person/{id}/feed.atom"),
        Followed::Unit(id) => format!("/unit/{id}/feed.atom"),
        Followed::Matter(word) => format!("/matter/{}/feed.atom", percent(word)),
    }
}

async fn refused(
    web: &Shared,
    here: Here,
    of: Followed,
    refusal: Refusal,
    typed: Fields,
) -> Result<Response, WebError> {
    shown(web, here, of, Outcome { trouble: Some(refusal), asked: false, typed }).await
}

async fn shown(web: &Shared, here: Here, of: Followed, outcome: Outcome) -> Result<Response, WebError> {
    let named = {
        let mut tx = web.app.store.read().await.map_err(AppError::from)?;
        name_of(&mut tx, &here.place, &of).await?
    };
    let feed = here.to(&feed_of(&of));
    let calendar = feed.replace("feed.atom", "plans.ics");
    let status = if outcome.trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let trouble = outcome.trouble.as_ref().map(|refusal| here.t.refusal(refusal));
    let template = AskPage {
        mails: web.app.outward.sends_mail(),
        of: (of != Followed::Board).then(|| (of.to_string(), named.name)),
        feed,
        calendar,
        trouble,
        asked: outcome.asked,
        typed: outcome.typed,
        page: Page::public(here),
    };
    show_as(status, &template)
}
