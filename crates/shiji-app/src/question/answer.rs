//! The official answers.

use super::step::{new_step, take};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::QuestionId;
use shiji_domain::masking::{masked_parts, tells_masked};
use shiji_domain::question::{ANSWER_LENGTH_MOST, Step};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::not_yours;
use shiji_domain::text::required_paragraphs;
use shiji_store::question::{self, Question};
use shiji_store::{Tx, roster};

const DAY: i64 = 24 * 60 * 60 * 1_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerQuestion {
    pub question: QuestionId,
    pub text: String,
}

/// # Errors
/// Refuses whoever the question was not put to (nor is their delegate), a question that waits for no answer, empty words, more
/// than 2,000 characters, and a resident's personal data in an answer that everybody can read.
pub async fn answer_question(app: &App, act: &Act, wanted: AnswerQuestion) -> Result<(), AppError> {
    let text = required_paragraphs(&wanted.text, ANSWER_LENGTH_MOST)?;
    let wanted = AnswerQuestion { text, ..wanted };
    app.store
        .write("answer_question", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &AnswerQuestion) -> Result<(), AppError> {
    let mut question = own(tx, act, wanted.question).await?;
    question.progress.check_answer()?;
    let is_read_by_all = check_words(tx, act, &question, &[&wanted.text]).await?;
    let staff = roster::staff(tx, act.place.place_id).await?;
    let terms = question::terms(tx, act.place.place_id).await?;
    if question.contact.is_some() {
        question.contact_until = Some(act.millis() + i64::from(terms.contact_days) * DAY);
    }
    let mut fact = new_step(&act.place, &question, Step::Answered, act.now)?;
    fact.by = Some(staff.name(act.person()));
    fact.text = Some(wanted.text.clone());
    take(app, tx, &act.place, act.now, &mut question, Some(act.person()), fact).await?;
    super::mail::queue(app, tx, &act.place, &question, terms).await?;
    let change = Change {
        act: "question.answer",
        subject: &question.question_id,
        before: None,
        after: is_read_by_all.then(|| wanted.text.clone()),
    };
    audit(app, tx, act, change).await
}

/// Whether everybody will read an answer; then it must name no resident. What is not shown is answered in private, and may need
/// a number.
pub(super) async fn check_words(
    tx: &mut Tx,
    act: &Act,
    question: &Question,
    words: &[&str],
) -> Result<bool, AppError> {
    if !question.progress.is_public || question.progress.withheld.is_some() {
        return Ok(false);
    }
    let found: usize = words.iter().map(|words| shiji_text::personal_data(words).len()).sum();
    if found > 0 {
        return Err(Refusal::new("refusal-answer-personal").with("count", found).into());
    }
    for words in words {
        must_not_tell_masked(tx, act, question, words).await?;
    }
    Ok(true)
}

/// What somebody masked in the question must not become public with the answer to it.
pub(super) async fn must_not_tell_masked(
    tx: &mut Tx,
    act: &Act,
    question: &Question,
    words: &str,
) -> Result<(), AppError> {
    let steps = question::steps_as_read(tx, act.place.place_id, question.question_id).await?;
    let text_of = |step: Step| {
        let latest = steps.iter().rev().find(|kept| kept.fact.step == step);
        latest.and_then(|kept| kept.fact.text.as_deref())
    };
    let reopened = steps.iter().rev().find(|kept| kept.fact.step == Step::Reopened);
    let reopening = reopened.and_then(|kept| kept.fact.reason.as_deref());
    let looked_at =
        [(Some(question.words.as_str()), text_of(Step::Shown)), (reopening, text_of(Step::ReopeningShown))];
    let tells = looked_at
        .into_iter()
        .filter_map(|(words, shown)| words.zip(shown))
        .any(|(asked, shown)| tells_masked(words, &masked_parts(asked, shown)));
    if tells { Err(Refusal::new("refusal-answer-masked").into()) } else { Ok(()) }
}

/// The question, when it is the actor's to answer: put to them, or to somebody whose delegate they are.
pub(super) async fn own(tx: &mut Tx, act: &Act, id: QuestionId) -> Result<Question, AppError> {
    let question = question::question(tx, act.place.place_id, id).await?.ok_or(AppError::NotFound)?;
    let person = question.person_id.ok_or_else(not_yours)?;
    act.actor.must_write_for(person)?;
    Ok(question)
}
