//! A line that got stuck became a plan item. Once that is published, it stands for the line, and so do the plans that follow from
//! it: what they are answered holds for the line as well.

use super::LineId;
use crate::app::{Act, App};
use crate::desk::{answered_now, planned_now};
use crate::directive::{FinishStep, finish_step_in, reopen_step_in, step_of_line};
use crate::error::AppError;
use shiji_domain::id::{DirectiveId, ItemId, PersonId, PlaceId, TaskId};
use shiji_domain::item::Outcome;
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::report::ReportState;
use shiji_domain::today::{DueKind, Mark, TaskState};
use shiji_store::report::{self, Answer, Item};
use shiji_store::{Tx, link, task};

/// Weeks through which a plan is followed back.
const BACK_MOST: usize = 26;

/// The plan item and those that it was moved from, the latest first.
async fn back_from(tx: &mut Tx, place: PlaceId, plan: &Item) -> Result<Vec<ItemId>, AppError> {
    let mut all = vec![plan.item_id];
    let mut before = plan.answers_id;
    while let Some(id) = before.filter(|_| all.len() < BACK_MOST) {
        all.push(id);
        before = report::item(tx, place, id).await?.and_then(|item| item.answers_id);
    }
    Ok(all)
}

/// Plan items that stand for a line of the day, each with the plan of this week in which it lives on. A plan that was answered with
/// done or dropped stands for nothing any more.
pub(super) async fn standing(tx: &mut Tx, act: &Act) -> Result<Vec<(ItemId, ItemId)>, AppError> {
    let answered = answered_now(tx, act, act.person()).await?;
    let has_ended = |plan: ItemId| {
        let answer = answered.iter().find(|answer| answer.plan_item_id == plan);
        answer.is_some_and(|answer| matches!(answer.outcome, Outcome::Done | Outcome::Dropped))
    };
    let mut all = Vec::new();
    for plan in planned_now(tx, act, act.person()).await? {
        if has_ended(plan.item_id) {
            continue;
        }
        let back = back_from(tx, act.place.place_id, &plan).await?;
        all.extend(back.into_iter().map(|of| (of, plan.item_id)));
    }
    Ok(all)
}

/// The plan of this week that stands for a line.
pub(super) async fn plan_for(tx: &mut Tx, act: &Act, line: LineId) -> Result<Option<ItemId>, AppError> {
    let marks = task::marks_of(tx, act.place.place_id, act.person()).await?;
    let mark = marks.into_iter().find(|mark| (mark.kind, mark.subject) == (line.kind, line.subject));
    let Some(item) = mark.and_then(|mark| mark.item) else { return Ok(None) };
    let standing = standing(tx, act).await?;
    Ok(standing.into_iter().find(|(of, _)| *of == item).map(|(_, plan)| plan))
}

/// Marks without those whose plan item was published: a line that comes back after that asks anew.
pub(super) async fn still_said(tx: &mut Tx, act: &Act, marks: Vec<Mark>) -> Result<Vec<Mark>, AppError> {
    let place = act.place.place_id;
    let mut still = Vec::new();
    for mark in marks {
        let item = match mark.item {
            Some(item) => report::item(tx, place, item).await?,
            None => None,
        };
        let report = match item {
            Some(item) => report::report(tx, place, item.report_id).await?,
            None => None,
        };
        if report.is_none_or(|report| report.state != ReportState::Published) {
            still.push(mark);
        }
    }
    Ok(still)
}

/// What a plan item is answered with.
pub(crate) struct Answered<'a> {
    pub owner: PersonId,
    pub plan: &'a Item,
    pub earlier: Option<&'a Answer>,
    pub outcome: Option<Outcome>,
    /// The work that stands for it now.
    pub work: Option<ItemId>,
}

/// The line that became the plan is done, dropped or open again with it.
///
/// # Errors
/// Only when the store fails.
pub(crate) async fn follow_plan(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    said: Answered<'_>,
) -> Result<(), AppError> {
    let place = act.place.place_id;
    let marks = task::marks_of(tx, place, said.owner).await?;
    if marks.iter().all(|mark| mark.item.is_none()) {
        return Ok(());
    }
    let back = back_from(tx, place, said.plan).await?;
    let mark = marks.into_iter().find(|mark| mark.item.is_some_and(|item| back.contains(&item)));
    match mark {
        Some(mark) if mark.kind == DueKind::Task => {
            task_follows(tx, place, TaskId(mark.subject), &said).await
        }
        Some(mark) if mark.kind == DueKind::Step => step_follows(app, tx, act, mark, &said).await,
        _ => Ok(()),
    }
}

async fn task_follows(tx: &mut Tx, place: PlaceId, id: TaskId, said: &Answered<'_>) -> Result<(), AppError> {
    let to = match said.outcome {
        Some(Outcome::Done) => TaskState::Done,
        Some(Outcome::Dropped) => TaskState::Dropped,
        _ => TaskState::Open,
    };
    if let Some(found) = task::task(tx, place, id).await? {
        let item = said.work.filter(|_| to == TaskState::Done);
        task::change_task(tx, place, id, found.state, to, item).await?;
    }
    Ok(())
}

async fn belongs(tx: &mut Tx, act: &Act, item: ItemId, directive: DirectiveId) -> Result<bool, AppError> {
    let to = ItemLink { kind: LinkKind::Directive, subject: directive.0 };
    Ok(link::links_of(tx, act.place.place_id, item).await?.contains(&to))
}

async fn step_follows(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    mark: Mark,
    said: &Answered<'_>,
) -> Result<(), AppError> {
    let found = step_of_line(tx, act.place.place_id, said.owner, mark.subject).await?;
    let Some((of, position)) = found else { return Ok(()) };
    let done = position.checked_sub(1).and_then(|at| of.course.done.get(at).copied().flatten());
    let directive = of.directive_id;
    let earlier = said.earlier.and_then(|answer| answer.work_item_id);
    match (said.outcome, done) {
        (Some(Outcome::Done), None) => match said.work {
            // Work that was taken out of the order does nothing for it.
            Some(item) if belongs(tx, act, item, directive).await? => {
                finish_step_in(app, tx, act, FinishStep { directive, position, item }).await
            }
            _ => Ok(()),
        },
        (Some(Outcome::Done), Some(_)) => Ok(()),
        (_, Some(item)) if earlier == Some(item) => {
            reopen_step_in(app, tx, act, FinishStep { directive, position, item }).await
        }
        _ => Ok(()),
    }
}
