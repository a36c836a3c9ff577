//! Words that only the official, the office and the asker can read are deleted: when the asker wishes it, or the clerk finds that
//! nobody needs them any more. What happened on which day stays in the record, which never held the words.

use super::own::find;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::QuestionId;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_store::question::{self, Question};
use shiji_store::roster::Place;
use shiji_store::{Tx, audit as trail};

/// # Errors
/// Refuses everybody but the clerk, a question that still waits for something, public words, and words that are gone already.
pub async fn forget_question(app: &App, act: &Act, id: QuestionId) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    app.store
        .write("forget_question", &(app, act, id), |tx, (app, act, id)| {
            Box::pin(async move {
                let kept =
                    question::question(tx, act.place.place_id, *id).await?.ok_or(AppError::NotFound)?;
                forget(tx, &act.place, kept).await?;
                let change = Change { act: "question.forget", subject: id, before: None, after: None };
                audit(app, tx, act, change).await
            })
        })
        .await
}

/// The asker deletes question, answers and contact as they lie here.
///
/// # Errors
/// Refuses a code that opens nothing; otherwise as [`forget_question`].
pub async fn forget_own(app: &App, place: &Place, code: &str) -> Result<(), AppError> {
    app.store
        .write("forget_own_question", &(place, code), |tx, (place, code)| {
            Box::pin(async move {
                let kept = find(tx, place, code).await?;
                forget(tx, place, kept).await
            })
        })
        .await
}

async fn forget(tx: &mut Tx, place: &Place, kept: Question) -> Result<(), AppError> {
    kept.progress.check_forget()?;
    if kept.words.is_empty() {
        return Err(Refusal::new("refusal-redacted-already").into());
    }
    let (place, id) = (place.place_id, kept.question_id);
    question::update_question(tx, place, &Question { contact: None, contact_until: None, ..kept }).await?;
    question::scrub_words(tx, place, id).await?;
    question::scrub_steps(tx, place, id, None).await?;
    Ok(trail::scrub_subject(tx, place, &id.to_string()).await?)
}
