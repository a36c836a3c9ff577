//! Takes a question's public words away for good, when something personal was overlooked.

use super::step::publish;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::QuestionId;
use shiji_domain::redaction::RedactionReason;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_record::canonical::{Heading, Record};
use shiji_record::fact::{Fact, RedactionFact};
use shiji_record::projection::derive;
use shiji_store::{Tx, projection, question, record, roster};

const FIELDS: [&str; 3] = ["text", "words_salt", "reason"];

/// The words of the question and of everything that was said about it go, with their salts, in the records, the public rows,
/// the working side and the audit trail. Number, days, official and verdict stay, and everything else still verifies.
///
/// # Errors
/// Refuses everybody but the clerk, and a question without public words.
pub async fn redact_question(
    app: &App,
    act: &Act,
    question: QuestionId,
    reason: RedactionReason,
) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    app.store
        .write("redact_question", &(app, act, question, reason), |tx, (app, act, question, reason)| {
            Box::pin(write(app, tx, act, *question, *reason))
        })
        .await?;
    crate::open_data::forget_dumps(app, act.place.place_id).await
}

async fn write(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    id: QuestionId,
    reason: RedactionReason,
) -> Result<(), AppError> {
    let place = act.place.place_id;
    question::question(tx, place, id).await?.ok_or(AppError::NotFound)?;
    let spoken: Vec<Record> = record::records_about(tx, place, id.0)
        .await?
        .into_iter()
        .filter(|record| {
            matches!(&record.fact, Fact::QuestionStep(step) if step.text.is_some() || step.reason.is_some())
        })
        .collect();
    if spoken.is_empty() {
        return Err(Refusal::new("refusal-redacted-already").into());
    }
    let by = roster::staff(tx, place).await?.name(act.person());
    for old in &spoken {
        let without = old.without(&FIELDS)?;
        record::put_disclosures(tx, &without).await?;
        if let Some(row) = derive(&without) {
            projection::replace_row(tx, &row).await?;
        }
        let heading = Heading {
            record_id: app.new_id(),
            place,
            id: id.0,
            revision: old.leaf.revision,
            replaces: Some(old.leaf.commitment.clone()),
            issue: old.leaf.issue,
            day: act.day()?,
        };
        let fact = Fact::Redaction(RedactionFact {
            target: old.leaf.commitment.clone(),
            fields: FIELDS.iter().map(|field| (*field).to_owned()).collect(),
            reason,
            redacted_by: by.clone(),
        });
        publish(tx, &act.place, act.now, Record::new(heading, fact, || app.random())?).await?;
    }
    question::scrub(tx, place, id).await?;
    shiji_store::audit::scrub_subject(tx, place, &id.to_string()).await?;
    let after = Some(reason.code().to_owned());
    audit(app, tx, act, Change { act: "question.redact", subject: &id, before: None, after }).await
}
