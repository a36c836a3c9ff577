//! To the right official; the clock runs on.

use super::answer::must_not_tell_masked;
use super::extend::reason;
use super::receive::named;
use super::step::{new_step, take};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use shiji_domain::id::{PersonId, QuestionId};
use shiji_domain::notice::NoticeKind;
use shiji_domain::question::Step;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::{Role, not_yours};
use shiji_store::{Tx, question, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    pub question: QuestionId,
    pub to: PersonId,
    pub reason: String,
}

/// # Errors
/// Refuses everybody but the clerk, the official whose question it is, and their delegate; somebody who cannot be asked; a
/// question that waits for no answer; no reason.
pub async fn hand_over(app: &App, act: &Act, wanted: HandOver) -> Result<(), AppError> {
    let reason = reason(&wanted.reason)?;
    let wanted = HandOver { reason, ..wanted };
    app.store
        .write("hand_over", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &HandOver) -> Result<(), AppError> {
    let place_id = act.place.place_id;
    let mut question = question::question(tx, place_id, wanted.question).await?.ok_or(AppError::NotFound)?;
    let is_own = question.person_id.is_some_and(|person| act.actor.must_write_for(person).is_ok());
    if !is_own && !act.actor.has(Role::Clerk) {
        return Err(not_yours().into());
    }
    question.progress.check_answer()?;
    must_not_tell_masked(tx, act, &question, &wanted.reason).await?;
    if question.person_id == Some(wanted.to) {
        return Err(Refusal::new("refusal-question-same").into());
    }
    let (name, unit) = named(tx, &act.place, wanted.to, act.day()?).await?;
    let staff = roster::staff(tx, place_id).await?;
    let before = question.person_id.map(|person| staff.name(person));
    question.person_id = Some(wanted.to);
    let mut fact = new_step(&act.place, &question, Step::Moved, act.now)?;
    fact.by = Some(staff.name(act.person()));
    fact.reason = Some(wanted.reason.clone());
    fact.person = Some(wanted.to);
    fact.person_name = Some(name.clone());
    fact.unit_name = Some(unit);
    take(app, tx, &act.place, act.now, &mut question, Some(act.person()), fact).await?;
    let notice = NewNotice::about(NoticeKind::NewQuestion, wanted.to, question.question_id.0);
    tell(app, tx, place_id, notice.by(act.person())).await?;
    let after = Some(format!("{name} ({})", wanted.reason));
    audit(app, tx, act, Change { act: "question.hand_over", subject: &question.question_id, before, after })
        .await
}
