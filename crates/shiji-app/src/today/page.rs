//! Everything the list of the day shows.

use super::LineId;
use crate::app::{Act, App, instant_of};
use crate::desk::{answered_now, planned_now};
use crate::error::AppError;
use crate::together::{self, VisitLead};
use jiff::civil::Date;
use shiji_domain::id::{ItemId, TaskId, VisitId};
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::link::LinkKind;
use shiji_domain::right::not_yours;
use shiji_domain::today::{Due, DueKind, Mark, Parts, order, parts};
use shiji_store::directive::Directive;
use shiji_store::report::{self, Item, Report};
use shiji_store::{Tx, calendar, link, question, task};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Something done today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneLine {
    pub line: LineId,
    pub item: Item,
    /// It can be opened again with a tap.
    pub may_undo: bool,
    /// Its report still takes a photo.
    pub may_add: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TodayPage {
    pub today: Date,
    pub parts: Parts,
    /// Days and places of own lines, as they were understood.
    pub spots: HashMap<TaskId, String>,
    /// Plans for the coming week that are handed in and whose day has come before the meeting has published them.
    pub planned: Vec<Due>,
    /// Visits that plans on the list are part of; such a visit has no line of its own.
    pub visit_of: HashMap<ItemId, VisitId>,
    /// Who leads the visits on the list.
    pub leads: HashMap<VisitId, VisitLead>,
    pub done: Vec<DoneLine>,
    /// The week is handed in; what is done here is added to it.
    pub is_filed: bool,
    /// The meeting hears it: what is done now waits until the meeting is over.
    pub in_meeting: bool,
}

/// # Errors
/// Refuses who has no report to file.
pub async fn today_page(app: &App, act: &Act) -> Result<TodayPage, AppError> {
    if !act.actor.posts.iter().any(|post| post.files) {
        return Err(not_yours().into());
    }
    let place = act.place.place_id;
    let today = act.day()?;
    let mut tx = app.store.read().await?;
    let marks = task::marks_of(&mut tx, place, act.person()).await?;
    let mut list = everything(&mut tx, act, &marks).await?;
    let all = marks.clone();
    let mut marks = super::stand_in::still_said(&mut tx, act, marks).await?;
    super::carried::carry(&mut tx, act, &mut list, &all, &mut marks).await?;
    let said = said(&mut tx, act, &list).await?;
    let mut spots = HashMap::new();
    for task in task::open_tasks(&mut tx, place, act.person()).await? {
        if let Some(spot) = task.spot {
            spots.insert(task.task_id, spot);
        }
    }
    let open = calendar::open_period(&mut tx, place).await?;
    let report = match &open {
        Some(period) => report::report_for(&mut tx, place, period.period_id, act.person()).await?,
        None => None,
    };
    let in_meeting = super::is_in_meeting(&mut tx, act).await?;
    let visit_of = visits_of_plans(&mut tx, act, &list).await?;
    Ok(TodayPage {
        today,
        in_meeting,
        visit_of,
        parts: parts(list, &marks, &said, today),
        spots,
        leads: together::leads(&mut tx, act, act.person()).await?,
        done: done(&mut tx, act, today).await?,
        planned: planned_next(&mut tx, act, today, report.as_ref()).await?,
        is_filed: report.is_some_and(|report| report.state.is_filed()),
    })
}

/// All open lines, from everything that can have a day.
async fn everything(tx: &mut Tx, act: &Act, marks: &[Mark]) -> Result<Vec<Due>, AppError> {
    let place = act.place.place_id;
    let person = act.person();
    let answered = answered_now(tx, act, person).await?;
    // A plan that is stuck was answered with moved by this list; it stays, since it may be done after all.
    let is_stuck = |plan: ItemId| {
        marks.iter().any(|mark| (mark.kind, mark.subject) == (DueKind::Plan, plan.0) && mark.stuck.is_some())
    };
    let is_answered = |plan: ItemId| {
        answered
            .iter()
            .any(|one| one.plan_item_id == plan && !(one.outcome == Outcome::Moved && is_stuck(plan)))
    };
    let mut list = Vec::new();
    let planned = planned_now(tx, act, person).await?;
    list.extend(planned.into_iter().filter(|plan| !is_answered(plan.item_id)).map(|plan| line(plan, act)));
    for task in task::open_tasks(tx, place, person).await? {
        list.push(Due {
            kind: DueKind::Task,
            is_internal: false,
            step_of: None,
            subject: task.task_id.0,
            text: task.body,
            due_on: task.due_on,
            rest: None,
        });
    }
    for waiting in question::questions_for(tx, place, person).await? {
        if waiting.progress.is_open() {
            list.push(Due {
                kind: DueKind::Question,
                is_internal: false,
                step_of: None,
                subject: waiting.question_id.0,
                due_on: Some(waiting.progress.due_on),
                rest: Some(format!("/desk/question/{}", waiting.question_id)),
                text: waiting.words,
            });
        }
    }
    list.extend(crate::affair::due(tx, act, person).await?);
    let standing = super::stand_in::standing(tx, act).await?;
    let is_planned = |due: &Due| {
        let mark = marks.iter().find(|mark| (mark.kind, mark.subject) == (due.kind, due.subject));
        mark.and_then(|mark| mark.item).is_some_and(|item| standing.iter().any(|(of, _)| *of == item))
    };
    list.retain(|due| !is_planned(due));
    let visits = visits_of_plans(tx, act, &list).await?;
    list.retain(|due| due.kind != DueKind::Visit || !visits.values().any(|visit| visit.0 == due.subject));
    for due in list.iter_mut().filter(|due| due.kind == DueKind::Plan) {
        due.rest = visits.get(&ItemId(due.subject)).map(|visit| format!("/visit/{visit}"));
    }
    Ok(list)
}

/// The joint visits that plans of the list belong to.
async fn visits_of_plans(tx: &mut Tx, act: &Act, list: &[Due]) -> Result<HashMap<ItemId, VisitId>, AppError> {
    let mut visits = HashMap::new();
    for due in list.iter().filter(|due| due.kind == DueKind::Plan) {
        let links = link::links_of(tx, act.place.place_id, ItemId(due.subject)).await?;
        let visit = links.iter().find(|link| link.kind == LinkKind::Visit);
        visits.extend(visit.map(|link| (ItemId(due.subject), VisitId(link.subject))));
    }
    Ok(visits)
}

fn line(plan: Item, act: &Act) -> Due {
    Due {
        kind: DueKind::Plan,
        is_internal: false,
        step_of: None,
        subject: plan.item_id.0,
        due_on: plan.due_on.or_else(|| day_in_words(&plan.body, plan.updated_at, act)),
        text: plan.body,
        rest: None,
    }
}

/// The week begins on Monday morning, and its plan is published when the meeting ends.
async fn planned_next(
    tx: &mut Tx,
    act: &Act,
    today: Date,
    report: Option<&Report>,
) -> Result<Vec<Due>, AppError> {
    let Some(report) = report.filter(|report| report.state.is_filed()) else { return Ok(Vec::new()) };
    let items = report::items_of(tx, act.place.place_id, report.report_id).await?;
    let plans = items.into_iter().filter(|item| item.kind == ItemKind::Plan).map(|plan| line(plan, act));
    let mut due: Vec<Due> = plans.filter(|plan| plan.is_due(today)).collect();
    order(&mut due);
    Ok(due)
}

/// Orders and milestones that the person has put work to in the report of the open period: doing them once more is for the desk.
pub(super) async fn said(tx: &mut Tx, act: &Act, list: &[Due]) -> Result<HashSet<(DueKind, Uuid)>, AppError> {
    let place = act.place.place_id;
    let mut said = HashSet::new();
    let Some(open) = calendar::open_period(tx, place).await? else { return Ok(said) };
    let Some(own) = report::report_for(tx, place, open.period_id, act.person()).await? else {
        return Ok(said);
    };
    let links = link::links_in_report(tx, place, own.report_id).await?;
    let items = report::items_of(tx, place, own.report_id).await?;
    for item in items.iter().filter(|item| item.kind == ItemKind::Work) {
        for link in links.get(&item.item_id).into_iter().flatten() {
            let is_it = |due: &&Due| due.kind.link() == Some(link.kind) && due.subject == link.subject;
            let found = list.iter().filter(|due| matches!(due.kind, DueKind::Directive | DueKind::Milestone));
            said.extend(found.filter(is_it).map(|due| (due.kind, due.subject)));
        }
    }
    Ok(said)
}

/// A plan without a day of its own may name one in its words, seen from the day on which it was written.
fn day_in_words(text: &str, written_at: i64, act: &Act) -> Option<Date> {
    let written = jiff::Timestamp::from_millisecond(written_at).ok()?;
    let written = crate::app::day_in(&act.place, written).ok()?;
    shiji_text::when(text, written).map(|when| when.day)
}

/// An open line of the person; `None` when there is no such line.
pub(super) async fn open_line(tx: &mut Tx, act: &Act, line: LineId) -> Result<Option<Due>, AppError> {
    let marks = task::marks_of(tx, act.place.place_id, act.person()).await?;
    let list = everything(tx, act, &marks).await?;
    Ok(list.into_iter().find(|due| (due.kind, due.subject) == (line.kind, line.subject)))
}

async fn done(tx: &mut Tx, act: &Act, today: Date) -> Result<Vec<DoneLine>, AppError> {
    let in_meeting = super::is_in_meeting(tx, act).await?;
    let place = act.place.place_id;
    let since = instant_of(&act.place, today.at(0, 0, 0, 0))?;
    let mut lines: Vec<DoneLine> = Vec::new();
    for receipt in task::receipts_since(tx, place, act.person(), since).await? {
        let Some(id) = receipt.item.filter(|_| receipt.kind == "done") else { continue };
        let Some(item) = report::item(tx, place, id).await? else { continue };
        if lines.iter().any(|line| line.item.item_id == id) {
            continue;
        }
        let kind = kind_of(tx, act, receipt.subject, &item).await?;
        let line = LineId { kind, subject: receipt.subject };
        let report = report::report(tx, place, item.report_id).await?;
        let may_add =
            !in_meeting && report.is_some_and(|report| report.state.is_open() || report.state.is_filed());
        let may_undo = may_add && matches!(kind, DueKind::Plan | DueKind::Task | DueKind::Step);
        lines.push(DoneLine { line, item, may_undo, may_add });
    }
    Ok(lines)
}

async fn kind_of(tx: &mut Tx, act: &Act, subject: uuid::Uuid, item: &Item) -> Result<DueKind, AppError> {
    if item.answers_id == Some(ItemId(subject)) {
        return Ok(DueKind::Plan);
    }
    let place = act.place.place_id;
    if task::task(tx, place, TaskId(subject)).await?.is_some() {
        return Ok(DueKind::Task);
    }
    let step = crate::directive::step_of_line(tx, place, act.person(), subject).await?;
    let is_done_by = |(of, position): (Directive, usize)| {
        position.checked_sub(1).and_then(|at| of.course.done.get(at).copied().flatten()) == Some(item.item_id)
    };
    Ok(if step.is_some_and(is_done_by) { DueKind::Step } else { DueKind::Directive })
}
