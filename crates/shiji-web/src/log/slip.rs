//! The slip that goes with the paper board and the minutes: the checkpoint as a picture to scan and in words. Whoever takes
//! a photograph of it is a witness.

use super::page::{WitnessLine, moment, witnesses};
use crate::Shared;
use crate::frame::code::svg;
use crate::frame::{Here, Page, WebError, show};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use shiji_app::AppError;
use shiji_record::log::checkpoint::SignedCheckpoint;
use shiji_store::public::Issue;

#[derive(Template)]
#[template(path = "log/slip.html")]
struct SlipPage {
    page: Page,
    issue: Issue,
    published: SignedCheckpoint,
    signed: Option<String>,
    witnesses: Vec<WitnessLine>,
    /// An image in SVG, drawn by the program.
    code: String,
    text: String,
    /// Verifies it; whoever has the paper need not ask the site.
    key: String,
}

pub async fn page(
    State(web): State<Shared>,
    here: Here,
    Path((_, _, number)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let number: i64 = number.parse().map_err(|_| AppError::NotFound)?;
    let log = web.app.log.as_ref().ok_or(AppError::NotFound)?;
    let status = shiji_app::log::status(&web.app, log).await?;
    let published = status.published.clone().ok_or(AppError::NotFound)?;
    let issues = shiji_app::board::issues(&web.app, &here.place).await?;
    let issue = issues.into_iter().find(|issue| issue.number == number).ok_or(AppError::NotFound)?;
    // The log's own signature is enough to hold it to its word; the witnesses' lines would make the code too fine to scan.
    let text = published.bare(&log.public).to_text();
    let template = SlipPage {
        signed: status.signed_at.and_then(|at| moment(&here, at)),
        witnesses: witnesses(&here, &status),
        key: status.key.clone(),
        code: svg(&text)?,
        page: Page::public(here),
        issue,
        published,
        text,
    };
    let mut response = show(&template)?;
    crate::frame::headers::secure(response.headers_mut());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}
