//! Pages of the clerk's office (党政办), and what chair, auditor and administrator may see of it.

mod add_person;
mod audit;
mod calendar;
mod correction;
mod leave;
mod outgoing;
mod person;
mod print;
mod projects_import;
mod questions;
mod roster;
mod roster_import;
mod sheet;
mod spots;
mod terms;
mod ways;
mod week;
mod week_import;

use crate::Shared;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use shiji_app::AppError;
use shiji_domain::refusal::Refusal;
use std::collections::HashMap;

/// Bytes of a form that carries a sheet; in the form that confirms it, the sheet is a third larger.
const SHEET_FORM_BYTES_MOST: usize = 16 * 1024 * 1024;

pub fn routes() -> Router<Shared> {
    let sheets = Router::new()
        .route("/office/roster/import", get(roster_import::page).post(roster_import::preview))
        .route("/office/roster/import/apply", post(roster_import::apply))
        .route("/office/week/import", get(week_import::page).post(week_import::preview))
        .route("/office/week/import/apply", post(week_import::apply))
        .route("/office/projects/import", get(projects_import::page).post(projects_import::preview))
        .route("/office/projects/import/apply", post(projects_import::apply))
        .layer(DefaultBodyLimit::max(SHEET_FORM_BYTES_MOST));
    Router::new()
        .route("/office", get(week::page))
        .route("/office/week/{period}", get(week::page_of))
        .route("/office/week/{period}/remind", post(week::remind))
        .route("/office/roster", get(roster::page))
        .route("/office/person/add", get(add_person::page).post(add_person::add))
        .route("/office/person/{person}", get(person::page).post(person::amend))
        .route("/office/person/{person}/invite", post(person::invite))
        .route("/office/post/{person}/{post}", post(person::amend_post))
        .route("/office/post/{person}/{post}/end", post(person::end_post))
        .route("/office/post/{person}/{post}/roles", post(person::set_roles))
        .route("/office/calendar", get(calendar::page))
        .route("/office/calendar/merge", post(calendar::merge))
        .route("/office/calendar/{period}/deadline", post(calendar::set_deadline))
        .route("/office/leave", get(leave::page).post(leave::record))
        .route("/office/leave/{leave}/remove", post(leave::remove))
        .route("/office/corrections", get(correction::page).post(correction::correct))
        .route("/office/redactions", post(correction::redact))
        .route("/office/questions", get(questions::page))
        .route("/office/spots", get(spots::page).post(spots::set))
        .route("/office/terms", get(terms::page).post(terms::set))
        .route("/office/terms/day", post(terms::day))
        .route("/office/terms/difficulty", post(terms::difficulty))
        .route("/office/audit", get(audit::page))
        .route("/office/outgoing", get(outgoing::page))
        .route("/office/outgoing/hook", post(outgoing::add))
        .route("/office/outgoing/hook/{hook}/try", post(outgoing::try_out))
        .route("/office/outgoing/hook/{hook}/remove", post(outgoing::remove))
        .route("/office/outgoing/job/{job}/retry", post(outgoing::retry))
        .route("/office/print", get(print::page))
        .route("/office/print/{number}", get(print::page_of))
        .route("/office/print/{number}/all.zip", get(print::all))
        .merge(sheets)
}

/// The query of an address.
type Query = axum::extract::Query<HashMap<String, String>>;

/// On to a page of the office, where `done` is said at the top.
fn go(me: &crate::frame::SignedIn, rest: &str, done: &str) -> Response {
    let sign = if rest.contains('?') { '&' } else { '?' };
    let address = me.here.to(&format!("{rest}{sign}done={done}"));
    let address = HeaderValue::from_str(&address).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

/// Sentences that may stand at the top of a page of the office after an act.
const DONE: [&str; 20] = [
    "spots",
    "terms",
    "added",
    "left",
    "reminded",
    "deadline",
    "merged",
    "leave",
    "leave-removed",
    "person",
    "post",
    "roles",
    "corrected",
    "redacted",
    "roster",
    "week",
    "invited",
    "hook-removed",
    "hook-tried",
    "job-retried",
];

/// What has just been done, told in the address of the page; other words say nothing.
fn done(me: &crate::frame::SignedIn, query: &Query) -> Option<String> {
    let done = query.get("done")?;
    let count = query.get("count").map_or("", String::as_str);
    let count = if count.len() <= 4 && count.bytes().all(|byte| byte.is_ascii_digit()) { count } else { "" };
    DONE.contains(&done.as_str()).then(|| me.here.t.one(&format!("office-done-{done}"), "count", count))
}

/// The id in an address; one that is none is not found.
fn id<T: std::str::FromStr>(text: &str) -> Result<T, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// A refusal that the form itself can show with what was typed; whoever may not act at all gets the page that says so.
fn shown_on_form(error: AppError) -> Result<Refusal, AppError> {
    match error {
        AppError::Refused(refusal) if refusal.key != "refusal-not-yours" => Ok(refusal),
        other => Err(other),
    }
}

#[cfg(test)]
mod tests;
