//! What the log says today, who countersigned, and how to verify it, in plain words.

use crate::Shared;
use crate::frame::{Here, Page, WebError, show};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use jiff::Timestamp;
use shiji_app::app::local;
use shiji_app::log::LogStatus;

pub(super) struct WitnessLine {
    pub name: String,
    /// When it countersigned the published checkpoint, in the place's time.
    pub when: Option<String>,
}

#[derive(Template)]
#[template(path = "log/page.html")]
struct LogPage {
    page: Page,
    /// None while the installation has no log.
    status: Option<LogStatus>,
    witnesses: Vec<WitnessLine>,
    signed: Option<String>,
    checkpoint: String,
    address: String,
}

pub(super) fn moment(here: &Here, millis: i64) -> Option<String> {
    let at = local(&here.place, Timestamp::from_millisecond(millis).ok()?).ok()?;
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    Some(here.t.two("log-moment", "day", here.t.day(&at.date()), "time", time))
}

pub(super) fn witnesses(here: &Here, status: &LogStatus) -> Vec<WitnessLine> {
    status
        .cosigned
        .iter()
        .map(|(name, time)| WitnessLine {
            name: name.clone(),
            when: time
                .and_then(|seconds| i64::try_from(seconds).ok())
                .and_then(|seconds| moment(here, seconds.saturating_mul(1_000))),
        })
        .collect()
}

pub async fn page(State(web): State<Shared>, here: Here) -> Result<Response, WebError> {
    let status = match &web.app.log {
        Some(log) => Some(shiji_app::log::status(&web.app, log).await?),
        None => None,
    };
    let witnesses = status.as_ref().map_or_else(Vec::new, |status| witnesses(&here, status));
    let signed = status.as_ref().and_then(|status| status.signed_at).and_then(|at| moment(&here, at));
    let checkpoint = status.as_ref().and_then(|status| status.published.as_ref());
    let checkpoint = checkpoint.map_or_else(String::new, |published| published.to_text());
    let address = status.as_ref().map_or_else(String::new, |status| status.origin.clone());
    let template = LogPage { page: Page::public(here), status, witnesses, signed, checkpoint, address };
    let mut response = show(&template)?;
    crate::frame::headers::secure(response.headers_mut());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}
