//! Photos and files.

use super::act::back;
use super::page::{Typed, shown_again};
use crate::Shared;
use crate::frame::fields::SafeMultipart;
use crate::frame::{SafeFields, SignedIn, WebError};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use shiji_app::AppError;
use shiji_app::desk::{self, NewEvidence};
use shiji_domain::id::EvidenceId;
use shiji_domain::refusal::Refusal;

pub async fn add(State(web): State<Shared>, me: SignedIn, form: SafeMultipart) -> Result<Response, WebError> {
    let owner = form.fields.parsed("owner")?;
    let item = form.fields.parsed("item")?;
    let is_from_today = form.fields.text("from") == "today";
    let Some(file) = form.files.into_iter().find(|file| file.field == "file") else {
        let missing = Refusal::new("refusal-upload-missing");
        if is_from_today {
            return crate::today::shown_again(&web, &me, missing).await;
        }
        let missing = missing.into();
        return shown_again(&web, &me, owner, missing, Typed::Nothing).await;
    };
    let new = NewEvidence {
        item,
        caption: form.fields.text("caption").to_owned(),
        public: form.fields.is_set("public"),
        bytes: file.bytes,
    };
    if is_from_today {
        return match desk::add_evidence_to_filed(&web.app, &me.act, new).await {
            Ok(()) => Ok(crate::desk::go(&me.here.to("/today?done=photo"))),
            Err(AppError::Refused(refusal)) if refusal.key != "refusal-not-yours" => {
                crate::today::shown_again(&web, &me, refusal).await
            }
            Err(error) => Err(error.into()),
        };
    }
    if let Err(error) = desk::add_evidence(&web.app, &me.act, new).await {
        return shown_again(&web, &me, owner, error, Typed::Nothing).await;
    }
    Ok(back(&me, owner, "", &format!("#i-{item}")))
}

pub async fn remove(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let owner = fields.parsed("owner")?;
    desk::remove_evidence(&web.app, &me.act, fields.parsed("evidence")?).await?;
    Ok(back(&me, owner, "", "#h-work"))
}

/// For those who may see the report; the board has its own address for what is public.
pub async fn show(
    State(web): State<Shared>,
    me: SignedIn,
    Path((_, _, id)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let id: EvidenceId = id.parse().map_err(|_| AppError::NotFound)?;
    let (bytes, media_type) = desk::evidence_bytes(&web.app, &me.act, id).await?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    let photo = media_type == "image/jpeg";
    let media_type = if photo { "image/jpeg" } else { "application/pdf" };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    if !photo {
        // A PDF can carry script: it is handed over, never opened in the page.
        headers.insert(
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"evidence.pdf\""),
        );
    }
    Ok(response)
}
