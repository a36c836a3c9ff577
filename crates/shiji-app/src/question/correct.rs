//! The official sets an answer right. The earlier words stay where they are, and everybody sees both.

use super::answer::{check_words, own};
use super::step::{new_step, take};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::QuestionId;
use shiji_domain::question::{ANSWER_LENGTH_MOST, Step};
use shiji_domain::text::{REMARK_LENGTH_MOST, required_line, required_paragraphs};
use shiji_store::{Tx, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectAnswer {
    pub question: QuestionId,
    /// The whole answer as it is right.
    pub text: String,
    pub reason: String,
}

/// # Errors
/// As [`super::answer_question`]; refuses a question that was not answered, or waits for another answer, and no reason.
pub async fn correct_answer(app: &App, act: &Act, wanted: CorrectAnswer) -> Result<(), AppError> {
    let text = required_paragraphs(&wanted.text, ANSWER_LENGTH_MOST)?;
    let reason = required_line(&wanted.reason, REMARK_LENGTH_MOST)?;
    let wanted = CorrectAnswer { text, reason, ..wanted };
    app.store
        .write("correct_answer", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &CorrectAnswer) -> Result<(), AppError> {
    let mut question = own(tx, act, wanted.question).await?;
    question.progress.check_correction()?;
    let is_read_by_all = check_words(tx, act, &question, &[&wanted.text, &wanted.reason]).await?;
    let staff = roster::staff(tx, act.place.place_id).await?;
    let mut fact = new_step(&act.place, &question, Step::Corrected, act.now)?;
    fact.by = Some(staff.name(act.person()));
    fact.text = Some(wanted.text.clone());
    fact.reason = Some(wanted.reason.clone());
    take(app, tx, &act.place, act.now, &mut question, Some(act.person()), fact).await?;
    super::mail::queue_now(app, tx, &act.place, &question).await?;
    let change = Change {
        act: "question.correct",
        subject: &question.question_id,
        before: None,
        after: is_read_by_all.then(|| wanted.text.clone()),
    };
    audit(app, tx, act, change).await
}
