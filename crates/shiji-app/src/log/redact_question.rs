//! Takes the public words of a question away for good: the asker's as they were shown, the answers, the reasons. What
//! happened on which day, and what the asker thought of it, stays.

use super::redact::append;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::QuestionId;
use shiji_domain::question::Step;
use shiji_domain::redaction::RedactionReason;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_record::canonical::Record;
use shiji_record::fact::{Fact, QuestionStepFact};
use shiji_record::projection::derive;
use shiji_store::question::Question;
use shiji_store::{Tx, projection, question, record};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactQuestion {
    pub question: QuestionId,
    pub reason: RedactionReason,
}

/// Takes the words away wherever they are kept: in the records, the public rows, and on the working side. There the words of an
/// open question stay for whoever has to answer them, and go with the answer.
///
/// # Errors
/// Refuses everybody but the clerk, an unknown question, and one without public words.
pub async fn redact_question(app: &App, act: &Act, wanted: RedactQuestion) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    app.store
        .write("redact_question", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(redact_in(app, tx, act, wanted))
        })
        .await?;
    // A dump is a copy of the words; the next one is made without them.
    crate::open_data::forget_dumps(app, act.place.place_id).await
}

async fn redact_in(app: &App, tx: &mut Tx, act: &Act, wanted: &RedactQuestion) -> Result<(), AppError> {
    let place = act.place.place_id;
    let kept = question::question(tx, place, wanted.question).await?.ok_or(AppError::NotFound)?;
    let mut taken = 0;
    let by = shiji_store::roster::staff(tx, place).await?.name(act.person());
    for old in record::records_about(tx, place, wanted.question.0).await? {
        let fields = match &old.fact {
            Fact::QuestionStep(step) => words_of(step),
            _ => Vec::new(),
        };
        if fields.is_empty() {
            continue;
        }
        let without: Record = old.without(&fields)?;
        record::put_disclosures(tx, &without).await?;
        if let Some(row) = derive(&without) {
            projection::replace_row(tx, &row).await?;
        }
        append(app, tx, act, &old, &fields, wanted.reason, &by).await?;
        taken += 1;
    }
    if taken == 0 {
        return Err(Refusal::new("refusal-redacted-already").into());
    }
    let mut but_for = None;
    let mut kept = kept;
    kept.progress.reopening_unseen = false;
    if kept.progress.is_open() {
        // Whoever has to answer it still has to read it, and what was asked when it was reopened.
        let steps = question::steps(tx, place, wanted.question).await?;
        let reopened = steps.iter().rev().find(|kept| kept.fact.step == Step::Reopened);
        but_for = reopened.map(|kept| kept.step_number);
        question::update_question(tx, place, &Question { words_go: true, ..kept }).await?;
    } else {
        question::update_question(tx, place, &kept).await?;
        question::scrub_words(tx, place, wanted.question).await?;
    }
    question::scrub_steps(tx, place, wanted.question, but_for).await?;
    shiji_store::audit::scrub_subject(tx, place, &wanted.question.to_string()).await?;
    let change = Change {
        act: "question.redact",
        subject: &wanted.question,
        before: None,
        after: Some(wanted.reason.code().to_owned()),
    };
    audit(app, tx, act, change).await
}

/// The fields of a step that have words.
fn words_of(step: &QuestionStepFact) -> Vec<&'static str> {
    [("text", &step.text), ("words_salt", &step.words_salt), ("reason", &step.reason)]
        .into_iter()
        .filter(|(_, words)| words.is_some())
        .map(|(name, _)| name)
        .collect()
}
