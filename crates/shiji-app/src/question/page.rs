//! What the desk and the office show of questions.

use super::answer::own;
use super::mask::{PublicWords, public_words};
use super::receive::contact_context;
use super::screen::{may_screen, was_put_to};
use super::step::counted_of;
use crate::app::{Act, App};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{PersonId, QuestionId};
use shiji_domain::question::{State, Step};
use shiji_domain::right::{Role, not_yours};
use shiji_record::question::Counted;
use shiji_store::question::{self, KeptStep, Question};
use shiji_store::roster;

/// A question in a list, with where it stands today and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub question: Question,
    pub state: State,
    pub person: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionPage {
    pub question: Question,
    pub state: State,
    pub today: Date,
    pub person: Option<String>,
    pub unit: Option<String>,
    pub steps: Vec<KeptStep>,
    /// How its terms were counted.
    pub counted: Vec<Counted>,
    /// What the asker wrote when reopening it, to be looked at before it is public.
    pub reopening: Option<String>,
    /// Only for whoever answers.
    pub contact: Option<String>,
    pub may_answer: bool,
    pub may_hand_over: bool,
    pub may_screen: bool,
    /// Take its public words away.
    pub may_redact: bool,
    /// Its public words, which can be masked further.
    pub public_words: Vec<PublicWords>,
    /// Make it an item of the week.
    pub may_take_up: bool,
    /// Delete words that nobody else can read.
    pub may_forget: bool,
    /// Set the answer right.
    pub may_correct: bool,
    /// Whom it can be handed to: id, name, unit.
    pub others: Vec<(PersonId, String, String)>,
}

/// The actor's questions, the most urgent first.
///
/// # Errors
/// Refuses who may not write for `owner`.
pub async fn desk_questions(app: &App, act: &Act, owner: PersonId) -> Result<Vec<Line>, AppError> {
    act.actor.must_write_for(owner)?;
    let mut tx = app.store.read().await?;
    let all = question::questions_for(&mut tx, act.place.place_id, owner).await?;
    lines(&mut tx, act, all).await
}

/// Everything unfinished, the most urgent first, and the newest finished ones.
///
/// # Errors
/// Refuses everybody but clerk, chair and auditor.
pub async fn office_questions(app: &App, act: &Act) -> Result<(Vec<Line>, Vec<Line>), AppError> {
    act.actor.must_read_all()?;
    let mut tx = app.store.read().await?;
    let open = question::unfinished(&mut tx, act.place.place_id).await?;
    let done = question::finished(&mut tx, act.place.place_id, 50).await?;
    Ok((lines(&mut tx, act, open).await?, lines(&mut tx, act, done).await?))
}

async fn lines(tx: &mut shiji_store::Tx, act: &Act, all: Vec<Question>) -> Result<Vec<Line>, AppError> {
    let today = act.day()?;
    let staff = roster::staff(tx, act.place.place_id).await?;
    let may_read = |question: &Question| {
        let own = question.person_id.is_some_and(|person| act.actor.must_write_for(person).is_ok());
        question.progress.is_public || own || act.actor.has(Role::Clerk)
    };
    let line = |question: Question| Line {
        state: question.progress.state(today),
        person: question.person_id.map(|person| staff.name(person)),
        // A private question stands in the chair's and the auditor's list with its number and term alone.
        question: if may_read(&question) { question } else { Question { words: String::new(), ..question } },
    };
    Ok(all.into_iter().map(line).collect())
}

/// # Errors
/// Refuses everybody but whoever answers, their delegate, clerk, chair and auditor.
pub async fn question_page(app: &App, act: &Act, id: QuestionId) -> Result<QuestionPage, AppError> {
    let mut tx = app.store.read().await?;
    let place_id = act.place.place_id;
    let is_own = own(&mut tx, act, id).await.is_ok();
    if !is_own {
        act.actor.must_read_all().map_err(|_| not_yours())?;
    }
    let question = question::question(&mut tx, place_id, id).await?.ok_or(AppError::NotFound)?;
    // The asker was told that only the official and the office read it.
    if !is_own && !question.progress.is_public {
        act.actor.must_be(Role::Clerk).map_err(|_| not_yours())?;
    }
    let was_put_to = was_put_to(&mut tx, act, &question).await?;
    let today = act.day()?;
    let staff = roster::staff(&mut tx, place_id).await?;
    let filers = staff.filers(today);
    let unit = |person: PersonId| {
        let filer = filers.iter().find(|filer| filer.person_id == person)?;
        staff.organization(filer.organization_id).map(|unit| unit.name.clone())
    };
    let contact = question
        .contact
        .as_deref()
        .filter(|_| is_own)
        .and_then(|sealed| app.secrets.open(&contact_context(&act.place, id), sealed).ok());
    let is_open = question.progress.is_open();
    let steps = question::steps_as_read(&mut tx, place_id, id).await?;
    let has_public_words = question.progress.shown && steps.iter().any(|step| step.fact.text.is_some());
    Ok(QuestionPage {
        may_forget: act.actor.has(Role::Clerk)
            && question.progress.check_forget().is_ok()
            && !question.words.is_empty(),
        may_correct: is_own && question.progress.check_correction().is_ok(),
        may_redact: act.actor.has(Role::Clerk) && has_public_words,
        public_words: if act.actor.has(Role::Clerk) {
            public_words(&mut tx, act, id).await?
        } else {
            Vec::new()
        },
        may_take_up: is_own
            && question.progress.check_take_up().is_ok()
            && question.taken_up_item_id.is_none(),
        counted: counted_of(&mut tx, &act.place, id, &steps).await?,
        reopening: steps
            .iter()
            .rev()
            .find(|kept| kept.fact.step == Step::Reopened)
            .and_then(|kept| kept.fact.reason.clone())
            .filter(|_| question.progress.shown && question.progress.reopening_unseen),
        state: question.progress.state(today),
        person: question.person_id.map(|person| staff.name(person)),
        unit: question.person_id.and_then(unit),
        steps,
        may_answer: is_own && is_open,
        may_hand_over: is_open && (is_own || act.actor.has(Role::Clerk)),
        may_screen: may_screen(act, question.person_id)
            && !was_put_to
            && question.progress.is_to_be_screened(),
        others: filers
            .iter()
            .filter(|filer| Some(filer.person_id) != question.person_id)
            .map(|filer| {
                (filer.person_id, staff.name(filer.person_id), unit(filer.person_id).unwrap_or_default())
            })
            .collect(),
        today,
        contact,
        question,
    })
}
