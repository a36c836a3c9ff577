//! Questions as everybody reads them: from the public rows alone.

use crate::app::{App, day_in};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, PersonId, ProjectId, QuestionId};
use shiji_domain::question::{Progress, State, Step, WithholdReason};
use shiji_record::fact::{QuestionStepFact, RedactionFact};
use shiji_record::question::progress;
use shiji_store::public;
use shiji_store::public_question::{self, PublicQuestion};
use shiji_store::roster::Place;

/// Questions on one page.
pub const PAGE: usize = 30;
/// Questions that stand with a key project.
const ABOUT_PROJECT_MOST: usize = 30;

/// How many, in plain counts: what was received is the sum of the others, apart from `withheld`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    pub received: i64,
    pub answered: i64,
    pub waiting: i64,
    pub overdue: i64,
    pub thanks: i64,
    /// Closed without an answer, because nobody has to give one.
    pub closed: i64,
    /// By its reason; some of these are answered all the same.
    pub withheld: Vec<(WithholdReason, i64)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicPage {
    pub questions: Vec<PublicQuestion>,
    /// Where the next page begins.
    pub next: Option<i64>,
    pub today: Date,
}

pub fn progress_of(question: &PublicQuestion) -> Progress {
    progress(&question.fact, question.steps.iter().map(|step| &step.fact))
}

/// # Errors
/// Only when the store fails; this holds for every function here that does not say otherwise.
pub async fn figures(app: &App, place: &Place) -> Result<Figures, AppError> {
    let today = day_in(place, app.clock.now())?;
    let mut tx = app.store.read().await?;
    let (received, _) = public_question::figures(&mut tx, place.place_id).await?;
    let (thanks, closed) = public_question::closed_unanswered(&mut tx, place.place_id).await?;
    let open = public_question::unanswered(&mut tx, place.place_id).await?;
    let overdue = open.iter().filter(|one| progress_of(one).state(today) == State::Overdue).count();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let withheld = public_question::withheld_by_reason(&mut tx, place.place_id).await?;
    Ok(Figures {
        received,
        answered: received - thanks - closed - count(open.len()),
        waiting: count(open.len() - overdue),
        overdue: count(overdue),
        thanks,
        closed,
        withheld: withheld
            .into_iter()
            .filter_map(|(code, many)| Some((WithholdReason::from_code(&code)?, many)))
            .collect(),
    })
}

/// The newest first.
pub async fn list(app: &App, place: &Place, before: Option<i64>) -> Result<PublicPage, AppError> {
    let today = day_in(place, app.clock.now())?;
    let mut tx = app.store.read().await?;
    let before = before.unwrap_or(i64::MAX);
    let mut questions = public_question::questions_before(&mut tx, place.place_id, before, PAGE + 1).await?;
    let more = questions.len() > PAGE;
    questions.truncate(PAGE);
    let next = questions.last().map(|question| question.fact.number).filter(|_| more);
    Ok(PublicPage { questions, next, today })
}

/// What waits for an answer, the oldest first.
pub async fn unanswered(app: &App, place: &Place) -> Result<PublicPage, AppError> {
    let today = day_in(place, app.clock.now())?;
    let questions = public_question::unanswered(&mut app.store.read().await?, place.place_id).await?;
    Ok(PublicPage { questions, next: None, today })
}

/// A question, and the published item that came from it.
///
/// # Errors
/// `NotFound` for a question that there is not.
pub async fn one(
    app: &App,
    place: &Place,
    id: QuestionId,
) -> Result<(PublicQuestion, Option<ItemId>, Date), AppError> {
    let today = day_in(place, app.clock.now())?;
    let mut tx = app.store.read().await?;
    let found = public_question::question(&mut tx, place.place_id, id).await?.ok_or(AppError::NotFound)?;
    let item = public_question::item_from(&mut tx, place.place_id, id).await?;
    Ok((found, item, today))
}

/// What was taken away of a question, by whom, why, and when.
pub async fn redactions(
    app: &App,
    place: &Place,
    id: QuestionId,
) -> Result<Vec<(RedactionFact, Date)>, AppError> {
    Ok(public::redactions_of(&mut app.store.read().await?, place.place_id, id.0).await?)
}

/// Questions about an item whose words are public.
pub async fn about_item(app: &App, place: &Place, item: ItemId) -> Result<Vec<PublicQuestion>, AppError> {
    let mut tx = app.store.read().await?;
    let mut all = public_question::questions_about(&mut tx, place.place_id, item).await?;
    all.retain(|question| shown_words(question).is_some());
    Ok(all)
}

/// Questions about a key project whose askers agreed to be read, be they looked at yet or not, without those that were
/// withheld; and the day.
pub async fn about_project(
    app: &App,
    place: &Place,
    project: ProjectId,
) -> Result<(Vec<PublicQuestion>, Date), AppError> {
    let today = day_in(place, app.clock.now())?;
    let mut tx = app.store.read().await?;
    let most = ABOUT_PROJECT_MOST;
    let mut all = public_question::questions_about_project(&mut tx, place.place_id, project, most).await?;
    all.retain(|question| progress_of(question).withheld.is_none());
    Ok((all, today))
}

/// The newest questions with public words and a public answer, to one official or to all.
pub async fn latest_answers(
    app: &App,
    place: &Place,
    person: Option<PersonId>,
    most: usize,
) -> Result<Vec<PublicQuestion>, AppError> {
    let mut tx = app.store.read().await?;
    let mut all = match person {
        Some(person) => public_question::questions_to(&mut tx, place.place_id, person, 40).await?,
        None => public_question::questions_before(&mut tx, place.place_id, i64::MAX, 60).await?,
    };
    all.retain(|question| shown_words(question).is_some() && latest_answer(question).is_some());
    if let Some(person) = person {
        all.retain(|question| whose(question) == Some(person));
    }
    all.truncate(most);
    Ok(all)
}

/// Whom it is put to after all that happened.
fn whose(question: &PublicQuestion) -> Option<PersonId> {
    let moved = question.steps.iter().rev().find(|step| step.fact.step == Step::Moved);
    moved.map_or(question.fact.person, |step| step.fact.person)
}

fn shown_words(question: &PublicQuestion) -> Option<&str> {
    let shown = question.steps.iter().find(|step| step.fact.step == Step::Shown)?;
    shown.fact.text.as_deref()
}

fn latest_answer(question: &PublicQuestion) -> Option<&QuestionStepFact> {
    let answers = question.steps.iter().map(|step| &step.fact).filter(|fact| fact.step.is_answer());
    answers.rev().find(|fact| fact.text.is_some())
}
