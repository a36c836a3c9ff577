//! A tap by mistake: what was done is open again, or a line of one's own is taken away.

use super::{LineId, receipt};
use crate::app::{Act, App, Change, audit};
use crate::desk::{AnswerPlan, answer_plan_in, delete_item, file, is_as_made, writable_item};
use crate::directive::{FinishStep, reopen_step_in, step_of_line};
use crate::error::AppError;
use shiji_domain::id::{ItemId, TaskId};
use shiji_domain::refusal::Refusal;
use shiji_domain::today::{DueKind, TaskState};
use shiji_store::{Tx, report, task};
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakeBack {
    pub key: Uuid,
    pub line: LineId,
    /// The line goes for good: only of a line of one's own that is open.
    pub drop: bool,
}

/// # Errors
/// Refuses a line that is not the person's, an item whose words were changed since (it is mended at the desk), and a report
/// that is filed or published.
pub async fn take_back(app: &App, act: &Act, wanted: TakeBack) -> Result<(), AppError> {
    app.store
        .write("take_back", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, *wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: TakeBack) -> Result<(), AppError> {
    super::must_be_own(tx, act, wanted.line).await?;
    if receipt::is_done(tx, act, wanted.key).await? {
        return Ok(());
    }
    let line = wanted.line;
    let kind = if wanted.drop { "dropped" } else { "undone" };
    let is_open = super::page::open_line(tx, act, line).await?.is_some();
    if is_open != wanted.drop && receipt::is_last(tx, act, kind, line.subject).await? {
        return Ok(());
    }
    let was_filed = !wanted.drop && super::take_week_back(app, tx, act).await?;
    super::put_off::unstick(tx, act, line).await?;
    match line.kind {
        DueKind::Plan if !wanted.drop => {
            let answer = AnswerPlan {
                owner: act.person(),
                plan_item: ItemId(line.subject),
                outcome: None,
                reason: None,
                difficulty: None,
            };
            answer_plan_in(app, tx, act, &answer).await?;
        }
        DueKind::Step if !wanted.drop => step_back(app, tx, act, line.subject).await?,
        DueKind::Task => task_back(app, tx, act, TaskId(line.subject), wanted.drop).await?,
        _ => return Err(Refusal::new("refusal-today-gone").into()),
    }
    if was_filed {
        file(app, tx, act, act.person()).await?;
    }
    receipt::keep(tx, act, wanted.key, kind, line.subject, None).await?;
    let name = if wanted.drop { "today.drop" } else { "today.undo" };
    let change = Change { act: name, subject: &line.subject, before: Some(line.code()), after: None };
    audit(app, tx, act, change).await
}

async fn task_back(app: &App, tx: &mut Tx, act: &Act, id: TaskId, drop: bool) -> Result<(), AppError> {
    let place = act.place.place_id;
    let gone = || Refusal::new("refusal-today-gone");
    let found = task::task(tx, place, id).await?.ok_or_else(gone)?;
    let (from, to) =
        if drop { (TaskState::Open, TaskState::Dropped) } else { (TaskState::Done, TaskState::Open) };
    if task::change_task(tx, place, id, from, to, None).await? == 0 {
        return Err(gone().into());
    }
    match found.item_id.filter(|_| !drop) {
        Some(item) => remove(app, tx, act, item).await,
        None => Ok(()),
    }
}

/// The step is open again, and the item that said that it was done goes.
async fn step_back(app: &App, tx: &mut Tx, act: &Act, subject: Uuid) -> Result<(), AppError> {
    let place = act.place.place_id;
    let gone = || Refusal::new("refusal-today-gone");
    let found = step_of_line(tx, place, act.person(), subject).await?;
    let (of, position) = found.ok_or_else(gone)?;
    let done = position.checked_sub(1).and_then(|at| of.course.done.get(at).copied().flatten());
    let item = done.ok_or_else(gone)?;
    reopen_step_in(app, tx, act, FinishStep { directive: of.directive_id, position, item }).await?;
    let plan = report::item(tx, place, item).await?.and_then(|item| item.answers_id);
    let Some(plan_item) = plan else { return remove(app, tx, act, item).await };
    let owner = act.person();
    let answer = AnswerPlan { owner, plan_item, outcome: None, reason: None, difficulty: None };
    answer_plan_in(app, tx, act, &answer).await.map(drop)
}

/// Takes the item away that a tap made; one that is gone already is no fault.
async fn remove(app: &App, tx: &mut Tx, act: &Act, item: ItemId) -> Result<(), AppError> {
    let place = act.place.place_id;
    if report::item(tx, place, item).await?.is_none() {
        return Ok(());
    }
    let (_, item) = writable_item(tx, act, item).await?;
    if !is_as_made(tx, act, &item).await? {
        return Err(Refusal::new("refusal-today-changed").into());
    }
    delete_item(app, tx, act, item.item_id).await
}
