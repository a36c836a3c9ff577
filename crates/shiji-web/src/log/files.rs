//! The files of C2SP tlog-tiles, what opens the entries, and proof files.

use crate::Shared;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use shiji_app::log::{self, Log};
use shiji_record::log::path::{FULL, TilePath};
use std::fmt::Display;
use std::sync::Arc;

const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Seconds are enough for a crowd; a checkpoint is never old for longer.
const FOR_SECONDS: &str = "public, max-age=3";
/// Words can be taken away: nobody keeps them without asking.
const ASK_FIRST: &str = "public, max-age=0, must-revalidate";
const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: &str = "application/octet-stream";
const JSON: &str = "application/json";
const JSON_LINES: &str = "application/jsonl; charset=utf-8";

/// A file that any page of any site may read.
fn file(media_type: &'static str, keep: &'static str, bytes: impl Into<Body>) -> Response {
    let mut response = Response::new(bytes.into());
    let headers = response.headers_mut();
    crate::frame::headers::secure(headers);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

fn plain(status: StatusCode, what: &'static str) -> Response {
    let mut response = file(TEXT, "no-store", what);
    *response.status_mut() = status;
    response
}

fn nothing() -> Response {
    plain(StatusCode::NOT_FOUND, "there is no such file in this log\n")
}

fn broken(error: &impl Display) -> Response {
    tracing::error!(%error, "a file of the log could not be served");
    plain(StatusCode::SERVICE_UNAVAILABLE, "the log cannot be read now; try again later\n")
}

fn log_of(web: &Shared) -> Option<&Arc<Log>> {
    web.app.log.as_ref()
}

/// Only the one spelling of a number.
fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}

pub async fn checkpoint(State(web): State<Shared>) -> Result<Response, Response> {
    match log_of(&web).ok_or_else(nothing)?.files.checkpoint().await {
        Ok(Some(bytes)) => Ok(file(TEXT, FOR_SECONDS, bytes)),
        Ok(None) => Err(nothing()),
        Err(error) => Err(broken(&error)),
    }
}

/// The log's verifier key.
pub async fn key(State(web): State<Shared>) -> Result<Response, Response> {
    Ok(file(TEXT, FOR_SECONDS, format!("{}\n", log_of(&web).ok_or_else(nothing)?.public.to_text())))
}

/// Log, witnesses and quorum in the form of C2SP tlog-policy.
pub async fn policy(State(web): State<Shared>) -> Result<Response, Response> {
    let log = log_of(&web).ok_or_else(nothing)?;
    Ok(file(TEXT, FOR_SECONDS, format!("log {}\n{}", log.public.to_text(), log.policy.witness_text())))
}

pub async fn tile(State(web): State<Shared>, Path(rest): Path<String>) -> Result<Response, Response> {
    let log = log_of(&web).ok_or_else(nothing)?;
    let path: TilePath = format!("tile/{rest}").parse().map_err(|_| nothing())?;
    match log.files.get(&path.to_string()).await {
        Ok(Some(bytes)) => Ok(file(BYTES, FOR_EVER, bytes)),
        Ok(None) => Err(nothing()),
        Err(error) => Err(broken(&error)),
    }
}

pub async fn payload(State(web): State<Shared>, Path(index): Path<String>) -> Result<Response, Response> {
    let log = log_of(&web).ok_or_else(nothing)?;
    let index = number(&index).ok_or_else(nothing)?;
    match log::payload(&web.app, log, index).await {
        Ok(Some(payload)) => {
            let text = serde_json::to_string(&payload).map_err(|error| broken(&error))?;
            Ok(file(JSON, ASK_FIRST, text))
        }
        Ok(None) => Err(nothing()),
        Err(error) => Err(broken(&error)),
    }
}

/// What opens the entries of a bundle, one line for each.
pub async fn payloads(State(web): State<Shared>, Path(bundle): Path<String>) -> Result<Response, Response> {
    let log = log_of(&web).ok_or_else(nothing)?;
    let first = number(&bundle).and_then(|bundle| bundle.checked_mul(FULL)).ok_or_else(nothing)?;
    let found = log::payloads(&web.app, log, first, first.saturating_add(FULL)).await;
    let found = found.map_err(|error| broken(&error))?;
    if found.is_empty() {
        return Err(nothing());
    }
    let mut text = String::new();
    for payload in found {
        text.push_str(&serde_json::to_string(&payload).map_err(|error| broken(&error))?);
        text.push('\n');
    }
    Ok(file(JSON_LINES, ASK_FIRST, text))
}

/// `INDEX.tlog-proof`: everything to verify one entry without a network.
pub async fn proof(State(web): State<Shared>, Path(name): Path<String>) -> Result<Response, Response> {
    let log = log_of(&web).ok_or_else(nothing)?;
    let index = name.strip_suffix(".tlog-proof").and_then(number).ok_or_else(nothing)?;
    match log::proof_file(&web.app, log, index).await {
        Ok(Some(proof)) => {
            let mut response = file(TEXT, ASK_FIRST, proof.to_text());
            let saved = format!("attachment; filename=\"shiji-{index}.tlog-proof\"");
            if let Ok(saved) = HeaderValue::from_str(&saved) {
                response.headers_mut().insert(header::CONTENT_DISPOSITION, saved);
            }
            Ok(response)
        }
        Ok(None) => Err(nothing()),
        Err(error) => Err(broken(&error)),
    }
}
