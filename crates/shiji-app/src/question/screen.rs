//! Somebody looks once at words that everybody is to read.

use super::step::{new_step, take};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::{PersonId, QuestionId};
use shiji_domain::masking::{MASK, is_masking_of, is_telling, masked_parts};
use shiji_domain::question::{Step, WithholdReason};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::{Role, not_yours};
use shiji_store::question::{self, Question};
use shiji_store::{Tx, public_question, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Screening {
    /// The words as they are to be read: masked in places, otherwise unchanged.
    Show(String),
    Withhold(WithholdReason),
}

/// The words with what tells who somebody is masked, for the one who looks at them. It is masked in doubt: a name or a house
/// that is nobody's may be uncovered again, a number that nobody may publish may not.
pub fn proposal(words: &str) -> String {
    let mut shown = String::with_capacity(words.len());
    let mut at = 0;
    for found in shiji_text::resident_data(words) {
        shown.push_str(&words[at..found.range.0]);
        shown.push_str(MASK);
        at = found.range.1;
    }
    shown.push_str(&words[at..]);
    shown
}

/// A question that was reopened is looked at once more, for what the asker wrote then.
///
/// # Errors
/// Refuses everybody but the clerk and the official's delegate (not the official: nobody decides on what is said to them),
/// what was looked at already, words that are not the asker's with parts masked, and words that still name a person.
pub async fn screen_question(
    app: &App,
    act: &Act,
    question: QuestionId,
    screening: Screening,
) -> Result<(), AppError> {
    let has_masked = app
        .store
        .write("screen_question", &(app, act, question, screening), |tx, (app, act, question, screening)| {
            Box::pin(write(app, tx, act, *question, screening))
        })
        .await?;
    if has_masked {
        crate::open_data::forget_dumps(app, act.place.place_id).await?;
    }
    Ok(())
}

/// Whether the actor has or had to answer it: nobody decides whether a question to themselves is shown, not even a clerk or
/// by handing it over first.
pub(super) async fn was_put_to(tx: &mut Tx, act: &Act, question: &Question) -> Result<bool, AppError> {
    let place = act.place.place_id;
    let first = public_question::question(tx, place, question.question_id).await?;
    let steps = question::steps(tx, place, question.question_id).await?;
    let moved = steps.iter().filter(|kept| kept.fact.step == Step::Moved).filter_map(|kept| kept.fact.person);
    let first = first.and_then(|question| question.fact.person);
    Ok(first.into_iter().chain(moved).chain(question.person_id).any(|person| person == act.person()))
}

/// Whether the actor may look at a question's words for the public.
pub(super) fn may_screen(act: &Act, person: Option<PersonId>) -> bool {
    let is_delegate =
        person.is_some_and(|person| act.actor.files_for.contains(&person) && act.person() != person);
    // The chair, too, so that a question to the only clerk is not left lying.
    act.actor.has(Role::Clerk) || act.actor.has(Role::Chair) || is_delegate
}

async fn write(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    id: QuestionId,
    screening: &Screening,
) -> Result<bool, AppError> {
    let place_id = act.place.place_id;
    let mut question = question::question(tx, place_id, id).await?.ok_or(AppError::NotFound)?;
    if !may_screen(act, question.person_id) || was_put_to(tx, act, &question).await? {
        return Err(not_yours().into());
    }
    question.progress.check_screen()?;
    let by = roster::staff(tx, place_id).await?.name(act.person());
    let again = question.progress.shown && question.progress.reopening_unseen;
    let mut has_masked = false;
    let after = match screening {
        Screening::Show(words) if again => {
            has_masked = show_reopening(app, tx, act, &mut question, words, &by).await?;
            words.clone()
        }
        Screening::Show(words) => {
            show(app, tx, act, &mut question, words, &by).await?;
            words.clone()
        }
        Screening::Withhold(reason) => {
            let step = if again { Step::ReopeningWithheld } else { Step::Withheld };
            let mut fact = new_step(&act.place, &question, step, act.now)?;
            fact.by = Some(by);
            fact.withheld = Some(*reason);
            take(app, tx, &act.place, act.now, &mut question, Some(act.person()), fact).await?;
            reason.code().to_owned()
        }
    };
    let change = Change { act: "question.screen", subject: &id, before: None, after: Some(after) };
    audit(app, tx, act, change).await?;
    Ok(has_masked)
}

/// Words as they are to be read by all: somebody's, with parts masked and nothing else changed.
///
/// # Errors
/// Refuses other words, and what still names a person.
pub(super) fn masked(words: &str, shown: &str) -> Result<String, Refusal> {
    // A form sends line ends as CR LF (WHATWG HTML, form submission).
    let shown = shown.replace("\r\n", "\n").trim().to_owned();
    if !is_masking_of(words, &shown) {
        return Err(Refusal::new("refusal-question-words"));
    }
    match shiji_text::personal_data(&shown).len() {
        0 => Ok(shown),
        found => Err(Refusal::new("refusal-personal-data").with("count", found)),
    }
}

/// What the asker wrote when reopening. An answer that tells what is masked here is masked with it; whether one did.
async fn show_reopening(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    question: &mut Question,
    words: &str,
    by: &str,
) -> Result<bool, AppError> {
    let steps = question::steps(tx, act.place.place_id, question.question_id).await?;
    let reopened = steps.iter().rev().find(|kept| kept.fact.step == Step::Reopened);
    let asked = reopened.and_then(|kept| kept.fact.reason.clone()).ok_or(AppError::NotFound)?;
    let words = masked(&asked, words)?;
    let parts: Vec<String> = masked_parts(&asked, &words).into_iter().map(str::to_owned).collect();
    let mut fact = new_step(&act.place, question, Step::ReopeningShown, act.now)?;
    fact.by = Some(by.to_owned());
    fact.text = Some(words);
    take(app, tx, &act.place, act.now, question, Some(act.person()), fact).await?;
    super::mask::mask_everywhere(app, tx, act, question, &parts, by).await
}

async fn show(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    question: &mut Question,
    words: &str,
    by: &str,
) -> Result<(), AppError> {
    let words = masked(&question.words, words)?;
    let earlier = question::steps(tx, act.place.place_id, question.question_id).await?;
    let mut fact = new_step(&act.place, question, Step::Shown, act.now)?;
    fact.by = Some(by.to_owned());
    fact.words_salt = (words == question.words).then(|| question.words_salt.clone());
    let masked: Vec<String> = masked_parts(&question.words, &words).into_iter().map(str::to_owned).collect();
    let masked: Vec<String> = masked.into_iter().filter(|part| is_telling(part)).collect();
    fact.text = Some(words);
    take(app, tx, &act.place, act.now, question, Some(act.person()), fact).await?;
    for answer in earlier.into_iter().filter(|kept| kept.fact.step.is_answer()) {
        let mut fact = new_step(&act.place, question, Step::AnswerShown, act.now)?;
        fact.by = answer.fact.by;
        // An answer from before the words were looked at may name what was masked since.
        let text = answer.fact.text.unwrap_or_default();
        fact.text = Some(masked.iter().fold(text, |text, part| text.replace(part.as_str(), MASK)));
        take(app, tx, &act.place, act.now, question, answer.by, fact).await?;
    }
    Ok(())
}
