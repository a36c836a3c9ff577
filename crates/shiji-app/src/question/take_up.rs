//! A question becomes an item of the official's week with one tap.

use super::answer::own;
use super::step::{new_step, take};
use crate::app::{Act, App, Change, audit};
use crate::desk::add_plan_item;
use crate::error::AppError;
use shiji_domain::id::{ItemId, QuestionId};
use shiji_domain::question::Step;
use shiji_domain::refusal::Refusal;
use shiji_domain::text::{ITEM_LENGTH_MOST, required_line};
use shiji_store::{Tx, roster};

/// Puts a plan item into the official's open report; `text` is what it says.
///
/// # Errors
/// Refuses whoever the question was not put to, a second time, empty words, and a report that is filed or published.
pub async fn take_up(app: &App, act: &Act, question: QuestionId, text: &str) -> Result<ItemId, AppError> {
    let text = required_line(text, ITEM_LENGTH_MOST)?;
    app.store
        .write("take_up", &(app, act, question, text), |tx, (app, act, question, text)| {
            Box::pin(write(app, tx, act, *question, text))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, id: QuestionId, text: &str) -> Result<ItemId, AppError> {
    let mut question = own(tx, act, id).await?;
    if question.taken_up_item_id.is_some() {
        return Err(Refusal::new("refusal-question-taken-up").into());
    }
    let owner = question.person_id.ok_or(AppError::NotFound)?;
    let item = add_plan_item(app, tx, act, owner, text).await?;
    question.taken_up_item_id = Some(item);
    let mut fact = new_step(&act.place, &question, Step::TakenUp, act.now)?;
    fact.by = Some(roster::staff(tx, act.place.place_id).await?.name(act.person()));
    take(app, tx, &act.place, act.now, &mut question, Some(act.person()), fact).await?;
    let change = Change { act: "question.take_up", subject: &id, before: None, after: Some(text.to_owned()) };
    audit(app, tx, act, change).await?;
    Ok(item)
}
