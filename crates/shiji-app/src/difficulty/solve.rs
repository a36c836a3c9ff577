//! Only whoever was stuck says whether they still are.

use super::step::{Doing, check, known};
use super::term::due_from;
use crate::app::{Act, App};
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use shiji_domain::difficulty::answerers;
use shiji_domain::id::{DifficultyId, ItemId, PersonId};
use shiji_domain::notice::NoticeKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::not_yours;
use shiji_domain::text::{REMARK_LENGTH_MOST, optional_line, required_line};
use shiji_store::difficulty::Difficulty;
use shiji_store::{Tx, report, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solve {
    pub difficulty: DifficultyId,
    pub solved_by: PersonId,
    /// The own item in which it was solved.
    pub item: Option<ItemId>,
    pub remark: String,
}

/// # Errors
/// Refuses everybody but whoever raised it and their delegate, what is solved, an item of somebody else, somebody who is not of
/// the place, and a resident's personal data.
pub async fn solve(app: &App, act: &Act, wanted: Solve) -> Result<(), AppError> {
    app.store
        .write("solve_difficulty", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &Solve) -> Result<(), AppError> {
    let place = act.place.place_id;
    let mut found = own(tx, act, wanted.difficulty).await?;
    let staff = roster::staff(tx, place).await?;
    let helper = staff.person(wanted.solved_by).ok_or_else(|| Refusal::new("refusal-difficulty-whom"))?;
    if let Some(item) = wanted.item {
        let item = report::item(tx, place, item).await?.ok_or(AppError::NotFound)?;
        let report = report::report(tx, place, item.report_id).await?.ok_or(AppError::NotFound)?;
        if report.person_id != found.person_id {
            return Err(not_yours().into());
        }
    }
    let remark = optional_line(&wanted.remark, REMARK_LENGTH_MOST)?;
    check(remark.as_deref().unwrap_or_default())?;
    found.course.solve()?;
    found.solved_on = Some(act.day()?);
    found.solved_by = Some(helper.name.clone());
    let doing = Doing::of(app, act);
    let mut fact = doing.step(tx, &found, "solved").await?;
    fact.text = remark;
    fact.item = wanted.item;
    fact.solved_by = found.solved_by.clone();
    doing.take(tx, &found, fact, "difficulty.solve").await
}

async fn own(tx: &mut Tx, act: &Act, id: DifficultyId) -> Result<Difficulty, AppError> {
    let found = known(tx, &act.place, id).await?;
    act.actor.must_write_for(found.person_id)?;
    Ok(found)
}

/// The answer did not help: `missing` says what is still in the way, and the term begins anew.
///
/// # Errors
/// Refuses everybody but whoever raised it and their delegate, what still waits for an answer, and no words.
pub async fn not_solved(app: &App, act: &Act, id: DifficultyId, missing: &str) -> Result<(), AppError> {
    app.store
        .write("reopen_difficulty", &(app, act, id, missing), |tx, (app, act, id, missing)| {
            Box::pin(reopen(app, tx, act, *id, missing))
        })
        .await
}

async fn reopen(app: &App, tx: &mut Tx, act: &Act, id: DifficultyId, missing: &str) -> Result<(), AppError> {
    let mut found = own(tx, act, id).await?;
    let missing = required_line(missing, REMARK_LENGTH_MOST)?;
    check(&missing)?;
    let today = act.day()?;
    let due_on = due_from(tx, &act.place, today).await?;
    found.course.reopen(due_on)?;
    (found.solved_on, found.solved_by) = (None, None);
    let doing = Doing::of(app, act);
    let mut fact = doing.step(tx, &found, "reopened").await?;
    (fact.text, fact.due_on) = (Some(missing), Some(due_on));
    doing.take(tx, &found, fact, "difficulty.reopen").await?;
    let staff = roster::staff(tx, act.place.place_id).await?;
    for person in answerers(&staff, found.course.to, today) {
        let notice = NewNotice::about(NoticeKind::DifficultyRaised, person, found.difficulty_id.0);
        tell(app, tx, act.place.place_id, notice.by(act.person())).await?;
    }
    Ok(())
}
