//! Writing one step: what is kept, what is public, and the record of it.

use crate::app::{App, day_in};
use crate::error::AppError;
use crate::publish::between::{append, issue_now};
use jiff::Timestamp;
use shiji_domain::id::{PersonId, QuestionId};
use shiji_domain::question::Step;
use shiji_domain::working_day::WorkingDays;
use shiji_record::canonical::{Heading, Record};
use shiji_record::fact::{Fact, QuestionStepFact};
use shiji_record::question::{Counted, apply, counted};
use shiji_store::question::{self, KeptStep, Question};
use shiji_store::roster::Place;
use shiji_store::{Tx, public_question, record};

/// A new step of a question on the day of `now`.
pub(super) fn new_step(
    place: &Place,
    question: &Question,
    step: Step,
    now: Timestamp,
) -> Result<QuestionStepFact, AppError> {
    Ok(QuestionStepFact::new(question.question_id, question.number, step, day_in(place, now)?))
}

/// Applies the step to the question, keeps it, and publishes what of it is public. `question` is updated and stored.
pub(super) async fn take(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    now: Timestamp,
    question: &mut Question,
    by: Option<PersonId>,
    fact: QuestionStepFact,
) -> Result<(), AppError> {
    let place_id = place.place_id;
    apply(&mut question.progress, &fact);
    if question.words_go && !question.progress.is_open() {
        question::scrub_words(tx, place_id, question.question_id).await?;
        question::scrub_steps(tx, place_id, question.question_id, None).await?;
        question.words.clear();
    }
    let before = latest_record(tx, place, question).await?;
    let open = public_part(question, &fact);
    let kept = KeptStep { step_number: before.leaf.revision + 1, at: now.as_millisecond(), by, fact };
    question::insert_step(tx, place_id, question.question_id, &kept).await?;
    question::update_question(tx, place_id, question).await?;
    let heading = Heading {
        record_id: app.new_id(),
        place: place_id,
        id: question.question_id.0,
        revision: kept.step_number,
        replaces: Some(before.leaf.commitment.clone()),
        issue: issue_now(tx, place).await?,
        day: kept.fact.on,
    };
    append(tx, place, now, Record::new(heading, Fact::QuestionStep(open), || app.random())?).await
}

/// Nothing that the asker wants to keep private, nothing that nobody has looked at, and nothing that was withheld.
fn public_part(question: &Question, fact: &QuestionStepFact) -> QuestionStepFact {
    let mut open = fact.clone();
    if !question.progress.is_public || !question.progress.shown {
        open.text = None;
        open.words_salt = None;
        open.reason = None;
    }
    open
}

async fn latest_record(tx: &mut Tx, place: &Place, question: &Question) -> Result<Record, AppError> {
    record::records_about(tx, place.place_id, question.question_id.0)
        .await?
        .into_iter()
        .filter(|record| matches!(record.fact, Fact::Question(_) | Fact::QuestionStep(_)))
        .max_by_key(|record| record.leaf.revision)
        .ok_or(AppError::NotFound)
}

/// How the terms of a question were counted: as its records say, and for a question from before they said it, as the calendar
/// counts today if that comes to the same day.
pub(super) async fn counted_of(
    tx: &mut Tx,
    place: &Place,
    id: QuestionId,
    steps: &[KeptStep],
) -> Result<Vec<Counted>, AppError> {
    let public = public_question::question(tx, place.place_id, id).await?.ok_or(AppError::NotFound)?;
    let mut all = counted(&public.fact, steps.iter().map(|kept| &kept.fact));
    if let Some(first) = all.first_mut().filter(|first| first.term.is_none()) {
        let terms = question::terms(tx, place.place_id).await?;
        let term = working_days(tx, place).await?.term(public.fact.received_on, terms.answer_days)?;
        first.term = (term.until == first.due_on).then_some(term);
    }
    Ok(all)
}

/// The working days of the place.
pub(crate) async fn working_days(tx: &mut Tx, place: &Place) -> Result<WorkingDays, AppError> {
    Ok(WorkingDays::new(question::special_days(tx, place.place_id).await?))
}
