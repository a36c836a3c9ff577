//! What the asker does with the pick-up code: reads the answer, judges it, asks on, takes the contact back.

use super::receive::{clerks, contact_context, plain_code};
use super::step::{counted_of, new_step, take, working_days};
use crate::app::{App, day_in};
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use crate::who::token_hash;
use jiff::Timestamp;
use jiff::civil::Date;
use shiji_domain::notice::NoticeKind;
use shiji_domain::question::{QUESTION_LENGTH_MOST, State, Step, Terms, Verdict};
use shiji_domain::refusal::Refusal;
use shiji_domain::text::required_paragraphs;
use shiji_record::question::Counted;
use shiji_store::Tx;
use shiji_store::question::{self, KeptStep, Question};
use shiji_store::roster::{self, Place};

/// A question as its asker sees it, with private answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnQuestion {
    pub question: Question,
    pub steps: Vec<KeptStep>,
    pub state: State,
    pub today: Date,
    pub person: Option<String>,
    /// How its terms were counted.
    pub counted: Vec<Counted>,
    pub terms: Terms,
    pub contact: Option<String>,
    pub looks_again: bool,
}

/// # Errors
/// Refuses a code that opens nothing.
pub async fn by_code(app: &App, place: &Place, code: &str) -> Result<OwnQuestion, AppError> {
    let mut tx = app.store.read().await?;
    let question = find(&mut tx, place, code).await?;
    let today = day_in(place, app.clock.now())?;
    let terms = question::terms(&mut tx, place.place_id).await?;
    let staff = roster::staff(&mut tx, place.place_id).await?;
    let steps = question::steps_as_read(&mut tx, place.place_id, question.question_id).await?;
    let contact = question
        .contact
        .as_deref()
        .and_then(|sealed| app.secrets.open(&contact_context(place, question.question_id), sealed).ok());
    Ok(OwnQuestion {
        counted: counted_of(&mut tx, place, question.question_id, &steps).await?,
        steps,
        state: question.progress.state(today),
        person: question.person_id.map(|person| staff.name(person)),
        looks_again: question.progress.looks_again(terms, today),
        today,
        terms,
        contact,
        question,
    })
}

pub(super) async fn find(tx: &mut Tx, place: &Place, code: &str) -> Result<Question, AppError> {
    let hash = token_hash(&plain_code(code));
    let found = question::question_by_code(tx, place.place_id, &hash).await?;
    found.ok_or_else(|| Refusal::new("refusal-question-code").into())
}

/// Solved, partly, or not.
///
/// # Errors
/// Refuses before there is an answer, and a second verdict.
pub async fn judge(app: &App, place: &Place, code: &str, verdict: Verdict) -> Result<(), AppError> {
    act(app, place, code, Act::Judge(verdict)).await
}

/// Four weeks later: is it still so?
///
/// # Errors
/// Refuses before the time has come, and a second time.
pub async fn judge_later(app: &App, place: &Place, code: &str, verdict: Verdict) -> Result<(), AppError> {
    act(app, place, code, Act::JudgeLater(verdict)).await
}

/// Asks for another answer, with words of what is missing; once.
///
/// # Errors
/// Refuses a second time, before there is an answer, and empty words.
pub async fn reopen(app: &App, place: &Place, code: &str, words: &str) -> Result<(), AppError> {
    let words = required_paragraphs(words, QUESTION_LENGTH_MOST)?;
    act(app, place, code, Act::Reopen(words)).await
}

/// # Errors
/// Refuses a code that opens nothing.
pub async fn forget_contact(app: &App, place: &Place, code: &str) -> Result<(), AppError> {
    act(app, place, code, Act::ForgetContact).await
}

enum Act {
    Judge(Verdict),
    JudgeLater(Verdict),
    Reopen(String),
    ForgetContact,
}

async fn act(app: &App, place: &Place, code: &str, act: Act) -> Result<(), AppError> {
    let now = app.clock.now();
    app.store
        .write("own_question", &(app, place, code, act, now), |tx, (app, place, code, act, now)| {
            Box::pin(write(app, tx, place, code, act, *now))
        })
        .await
}

async fn write(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    code: &str,
    act: &Act,
    now: Timestamp,
) -> Result<(), AppError> {
    let mut question = find(tx, place, code).await?;
    let today = day_in(place, now)?;
    match act {
        Act::ForgetContact => {
            question.contact = None;
            question.contact_until = None;
            question::update_question(tx, place.place_id, &question).await?;
            Ok(())
        }
        Act::Judge(verdict) => {
            question.progress.check_verdict()?;
            let mut fact = new_step(place, &question, Step::Judged, now)?;
            fact.verdict = Some(*verdict);
            take(app, tx, place, now, &mut question, None, fact).await
        }
        Act::JudgeLater(verdict) => {
            let terms = question::terms(tx, place.place_id).await?;
            question.progress.check_look_again(terms, today)?;
            let mut fact = new_step(place, &question, Step::JudgedLater, now)?;
            fact.verdict = Some(*verdict);
            take(app, tx, place, now, &mut question, None, fact).await
        }
        Act::Reopen(words) => {
            question.progress.check_reopen()?;
            let terms = question::terms(tx, place.place_id).await?;
            let term = working_days(tx, place).await?.term(today, terms.reopened_days)?;
            let mut fact = new_step(place, &question, Step::Reopened, now)?;
            fact.due_on = Some(term.until);
            fact.term = Some(term);
            // Nobody has looked at these words yet: until then they stay between the asker and the official.
            fact.reason = Some(words.clone());
            let person = question.person_id;
            take_quietly(app, tx, place, now, &mut question, fact).await?;
            if question.progress.is_to_be_screened() {
                for clerk in
                    clerks(tx, place, today).await?.into_iter().filter(|clerk| Some(*clerk) != person)
                {
                    let notice = NewNotice::about(NoticeKind::NewQuestion, clerk, question.question_id.0);
                    tell(app, tx, place.place_id, notice).await?;
                }
            }
            if let Some(person) = person {
                let notice = NewNotice::about(NoticeKind::NewQuestion, person, question.question_id.0);
                tell(app, tx, place.place_id, notice).await?;
            }
            Ok(())
        }
    }
}

/// As [`take`], but the asker's new words are kept and not published before somebody has looked at them.
async fn take_quietly(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    now: Timestamp,
    question: &mut Question,
    fact: shiji_record::fact::QuestionStepFact,
) -> Result<(), AppError> {
    let shown = std::mem::replace(&mut question.progress.shown, false);
    let result = take(app, tx, place, now, question, None, fact).await;
    question.progress.shown = shown;
    result?;
    question.progress.reopening_unseen = question.progress.is_public && question.progress.withheld.is_none();
    question::update_question(tx, place.place_id, question).await?;
    Ok(())
}
