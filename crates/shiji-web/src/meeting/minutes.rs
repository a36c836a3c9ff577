//! The minutes, to be printed.

use crate::Shared;
use crate::frame::page::show;
use crate::frame::{Page, SignedIn, WebError};
use crate::paper::compared;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use shiji_app::meeting::{MinutesPage, minutes_page};
use shiji_domain::report::Decision;

#[derive(Template)]
#[template(path = "meeting/minutes.html")]
struct Minutes {
    page: Page,
    minutes: MinutesPage,
    /// Name, the words that were sent back (the whole report when empty), and why.
    returned: Vec<(String, String, String)>,
    accepted: usize,
    /// How long it took against the meetings before, in a sentence; none without one before.
    compared: Option<String>,
    number: i64,
}

pub async fn page(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    let minutes = minutes_page(&web.app, &me.act).await?;
    let of =
        |wanted: Decision| minutes.decisions.iter().filter(move |(_, decision)| decision.decision == wanted);
    let returned = of(Decision::Return)
        .map(|(name, decision)| {
            let words = decision.item_id.and_then(|item| minutes.words.get(&item)).cloned();
            (name.clone(), words.unwrap_or_default(), decision.reason.clone().unwrap_or_default())
        })
        .collect();
    let accepted = of(Decision::Accept).filter(|(_, decision)| decision.item_id.is_none()).count();
    let compared = compared(me.here.t, minutes.length, &minutes.last);
    let number = minutes.period.issue_number.unwrap_or(0);
    show(&Minutes { page: Page::working(&me), returned, accepted, compared, number, minutes })
}
