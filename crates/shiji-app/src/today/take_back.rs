//! A tap by mistake: what was done is open again, or a line of one's own is taken away.

use super::{LineId, receipt};
use crate::app::{Act, App, Change, audit};
use crate::desk::{AnswerPlan, answer_plan_in, file, is_as_made, take_back_filed, writable_item};
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
    let was_filed = !wanted.drop && take_back_filed(app, tx, act, act.person()).await?;
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
        DueKind::Task => task_back(tx, act, TaskId(line.subject), wanted.drop).await?,
        _ => return Err(Refusal::new("refusal-today-gone").into()),
    }
    if was_filed {
        file(app, tx, act, act.person()).await?;
    }
    let kind = if wanted.drop { "dropped" } else { "undone" };
    receipt::keep(tx, act, wanted.key, kind, line.subject, None).await?;
    let name = if wanted.drop { "today.drop" } else { "today.undo" };
    let change = Change { act: name, subject: &line.subject, before: Some(line.code()), after: None };
    audit(app, tx, act, change).await
}

async fn task_back(tx: &mut Tx, act: &Act, id: TaskId, drop: bool) -> Result<(), AppError> {
    let place = act.place.place_id;
    let gone = || Refusal::new("refusal-today-gone");
    let found = task::task(tx, place, id).await?.ok_or_else(gone)?;
    let (from, to) =
        if drop { (TaskState::Open, TaskState::Dropped) } else { (TaskState::Done, TaskState::Open) };
    if task::change_task(tx, place, id, from, to, None).await? == 0 {
        return Err(gone().into());
    }
    let Some(item) = found.item_id.filter(|_| !drop) else { return Ok(()) };
    if report::item(tx, place, item).await?.is_none() {
        return Ok(());
    }
    let (_, item) = writable_item(tx, act, item).await?;
    if !is_as_made(tx, act, &item).await? {
        return Err(Refusal::new("refusal-today-changed").into());
    }
    report::delete_item(tx, place, item.item_id).await?;
    Ok(())
}
