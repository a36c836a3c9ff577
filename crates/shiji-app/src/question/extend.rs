//! More time, once, with a reason that the asker reads.

use super::answer::{must_not_tell_masked, own};
use super::step::{new_step, take, working_days};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::QuestionId;
use shiji_domain::question::Step;
use shiji_domain::refusal::Refusal;
use shiji_domain::text::{REMARK_LENGTH_MOST, required_line};
use shiji_store::{Tx, question, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtendQuestion {
    pub question: QuestionId,
    pub reason: String,
}

/// # Errors
/// Refuses whoever the question was not put to, a second time, after the term, without a reason, and personal data in it.
pub async fn extend_question(app: &App, act: &Act, wanted: ExtendQuestion) -> Result<(), AppError> {
    let reason = reason(&wanted.reason)?;
    let wanted = ExtendQuestion { reason, ..wanted };
    app.store
        .write("extend_question", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

/// Words that everybody may come to read.
pub(super) fn reason(text: &str) -> Result<String, Refusal> {
    let reason = required_line(text, REMARK_LENGTH_MOST).map_err(|refusal| {
        if refusal.key == "refusal-text-empty" { Refusal::new("refusal-reason-missing") } else { refusal }
    })?;
    let found = shiji_text::personal_data(&reason).len();
    if found > 0 {
        return Err(Refusal::new("refusal-answer-personal").with("count", found));
    }
    Ok(reason)
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &ExtendQuestion) -> Result<(), AppError> {
    let mut question = own(tx, act, wanted.question).await?;
    must_not_tell_masked(tx, act, &question, &wanted.reason).await?;
    let terms = question::terms(tx, act.place.place_id).await?;
    let calendar = working_days(tx, &act.place).await?;
    let term = question.progress.extend(&calendar, terms, act.day()?)?;
    let mut fact = new_step(&act.place, &question, Step::Extended, act.now)?;
    fact.by = Some(roster::staff(tx, act.place.place_id).await?.name(act.person()));
    fact.reason = Some(wanted.reason.clone());
    fact.due_on = Some(term.until);
    fact.term = Some(term.clone());
    take(app, tx, &act.place, act.now, &mut question, Some(act.person()), fact).await?;
    let after = Some(format!("{} ({})", term.until, wanted.reason));
    audit(
        app,
        tx,
        act,
        Change { act: "question.extend", subject: &question.question_id, before: None, after },
    )
    .await
}
