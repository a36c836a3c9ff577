//! A question becomes an item of the official's week with one tap.

use super::answer::own;
use super::step::{new_step, take};
use crate::app::{Act, App, Change, audit};
use crate::desk::{add_plan_item, file, take_back_filed};
use crate::error::AppError;
use shiji_domain::id::{ItemId, QuestionId};
use shiji_domain::question::Step;
use shiji_domain::refusal::Refusal;
use shiji_domain::text::{ITEM_LENGTH_MOST, required_line};
use shiji_store::{Tx, roster};

/// Puts a plan item into the official's report of this week; `text` is what it says. One that was handed in is taken back for
/// it and handed in again, as long as the meeting has not begun.
///
/// # Errors
/// Refuses whoever the question was not put to, a second time, a question that is closed, words of one that is not public,
/// empty words, and a report that the meeting has in hand.
pub async fn take_up(app: &App, act: &Act, question: QuestionId, text: &str) -> Result<ItemId, AppError> {
    let text = required_line(text, ITEM_LENGTH_MOST)?;
    app.store
        .write("take_up", &(app, act, question, text), |tx, (app, act, question, text)| {
            Box::pin(write(app, tx, act, *question, text))
        })
        .await
}

/// Characters of a question that nobody may publish which must not stand in an item in a row.
const RUN_MOST: usize = 10;

/// Whether `text` holds a run of the words that only the official and the office know.
fn repeats(words: &str, text: &str) -> bool {
    let words: Vec<char> = words.chars().filter(|sign| !sign.is_whitespace()).collect();
    let text: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    words.windows(RUN_MOST).any(|run| text.contains(&run.iter().collect::<String>()))
}

async fn write(app: &App, tx: &mut Tx, act: &Act, id: QuestionId, text: &str) -> Result<ItemId, AppError> {
    let mut question = own(tx, act, id).await?;
    question.progress.check_take_up()?;
    if !(question.progress.is_public && question.progress.shown) && repeats(&question.words, text) {
        return Err(Refusal::new("refusal-take-up-private").into());
    }
    if question.taken_up_item_id.is_some() {
        return Err(Refusal::new("refusal-question-taken-up").into());
    }
    let owner = question.person_id.ok_or(AppError::NotFound)?;
    let was_filed = take_back_filed(app, tx, act, owner).await?;
    let item = add_plan_item(app, tx, act, owner, text).await?;
    if was_filed {
        file(app, tx, act, owner).await?;
    }
    question.taken_up_item_id = Some(item);
    let mut fact = new_step(&act.place, &question, Step::TakenUp, act.now)?;
    fact.by = Some(roster::staff(tx, act.place.place_id).await?.name(act.person()));
    take(app, tx, &act.place, act.now, &mut question, Some(act.person()), fact).await?;
    let change =
        Change { act: "question.take_up", subject: &id, before: None, after: Some(item.to_string()) };
    audit(app, tx, act, change).await?;
    Ok(item)
}
