//! Done: one tap and, if one likes, a few words; it stands in the week's report.

use super::{LineId, receipt};
use crate::app::{Act, App, Change, audit};
use crate::desk::{AnswerPlan, NewItem, answer_plan_in, answered_now, file, planned_now, put_item};
use crate::directive::{FinishStep, finish_step_in};
use crate::error::AppError;
use shiji_domain::id::{DirectiveId, ItemId, TaskId};
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::refusal::Refusal;
use shiji_domain::text::{ITEM_LENGTH_MOST, REMARK_LENGTH_MOST, optional_line, required_line};
use shiji_domain::today::{Due, DueKind, TaskState};
use shiji_store::report::{self, Item};
use shiji_store::{Tx, directive, link, task};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finish {
    pub key: Uuid,
    pub line: LineId,
    /// What came of it, in a few words.
    pub words: String,
}

/// The item in the report; `None` when the act had arrived before, or the line is done already by another tap.
///
/// # Errors
/// Refuses a line that is not on the person's list any more, a question (which is answered, not ticked off), what is internal
/// without words of one's own, a second time without words, and a report that nobody can change any more. One that was filed is
/// taken back, added to, and filed again.
pub async fn finish(app: &App, act: &Act, wanted: Finish) -> Result<Option<ItemId>, AppError> {
    let words = optional_line(&wanted.words, REMARK_LENGTH_MOST)?.unwrap_or_default();
    let wanted = Finish { words, ..wanted };
    app.store
        .write("finish", &(app, act, wanted), |tx, (app, act, wanted)| Box::pin(write(app, tx, act, wanted)))
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &Finish) -> Result<Option<ItemId>, AppError> {
    super::must_be_own(tx, act, wanted.line).await?;
    if receipt::is_done(tx, act, wanted.key).await? {
        return Ok(None);
    }
    let is_gone = super::page::open_line(tx, act, wanted.line).await?.is_none();
    if is_gone && receipt::is_last(tx, act, "done", wanted.line.subject).await? {
        return Ok(None);
    }
    // A line that got stuck and was published as a plan since the page was drawn: the plan stands for it.
    let line = match super::stand_in::plan_for(tx, act, wanted.line).await? {
        Some(plan) => LineId { kind: DueKind::Plan, subject: plan.0 },
        None => wanted.line,
    };
    let LineId { kind, subject } = line;
    let was_filed = super::take_week_back(app, tx, act).await?;
    // The plan that a stuck line left goes first: it must not be taken for the one that stands for the line.
    let links = super::put_off::unstick(tx, act, line).await?;
    let item = match kind {
        DueKind::Question | DueKind::Difficulty => {
            return Err(Refusal::new("refusal-today-question").into());
        }
        DueKind::Plan => plan_done(app, tx, act, ItemId(subject), &wanted.words).await?,
        DueKind::Task => task_done(app, tx, act, TaskId(subject), &wanted.words).await?,
        DueKind::Step => step_done(app, tx, act, subject, &wanted.words).await?,
        DueKind::Directive | DueKind::Milestone | DueKind::Visit | DueKind::Help => {
            linked_done(app, tx, act, wanted).await?
        }
    };
    for link in links {
        link::link_item(tx, act.place.place_id, item, link, act.millis()).await?;
    }
    see_orders(tx, act, item).await?;
    if was_filed {
        file(app, tx, act, act.person()).await?;
    }
    receipt::keep(tx, act, wanted.key, "done", subject, Some(item)).await?;
    let change = Change { act: "today.finish", subject: &item, before: None, after: Some(line.code()) };
    audit(app, tx, act, change).await?;
    Ok(Some(item))
}

/// Whoever works an order has seen it, though its page was never opened.
async fn see_orders(tx: &mut Tx, act: &Act, item: ItemId) -> Result<(), AppError> {
    let place = act.place.place_id;
    for to in link::links_of(tx, place, item).await? {
        if to.kind == LinkKind::Directive {
            let order = DirectiveId(to.subject);
            directive::mark_seen(tx, place, order, act.person(), act.millis()).await?;
        }
    }
    Ok(())
}

/// The plan is answered, its words are the work's; what came of it goes behind them.
async fn plan_done(app: &App, tx: &mut Tx, act: &Act, plan: ItemId, words: &str) -> Result<ItemId, AppError> {
    let answer = AnswerPlan {
        owner: act.person(),
        plan_item: plan,
        outcome: Some(Outcome::Done),
        reason: None,
        difficulty: None,
    };
    let made = answer_plan_in(app, tx, act, &answer).await?.ok_or(AppError::NotFound)?;
    if words.is_empty() {
        return Ok(made);
    }
    let place = act.place.place_id;
    let item = report::item(tx, place, made).await?.ok_or(AppError::NotFound)?;
    let body = required_line(&with_result(&item.body, words, act)?, ITEM_LENGTH_MOST)?;
    let item = Item { body, updated_at: act.millis(), updated_by: act.person(), ..item };
    report::update_item(tx, place, &item).await?;
    Ok(made)
}

async fn task_done(app: &App, tx: &mut Tx, act: &Act, id: TaskId, words: &str) -> Result<ItemId, AppError> {
    let place = act.place.place_id;
    let gone = || Refusal::new("refusal-today-gone");
    let found = task::task(tx, place, id).await?.ok_or_else(gone)?;
    let item = put_work(app, tx, act, &with_result(&found.body, words, act)?).await?;
    let changed = task::change_task(tx, place, id, TaskState::Open, TaskState::Done, Some(item)).await?;
    if changed == 0 { Err(gone().into()) } else { Ok(item) }
}

/// A directive, milestone, visit or offered help: when a plan of this week stands for it, that is answered; otherwise a work
/// item is made from its words. Either way the item belongs to it.
async fn linked_done(app: &App, tx: &mut Tx, act: &Act, wanted: &Finish) -> Result<ItemId, AppError> {
    let place = act.place.place_id;
    let LineId { kind, subject } = wanted.line;
    let due = due_line(tx, act, LineId { kind, subject }).await?;
    let to = due.link().ok_or(AppError::NotFound)?;
    for plan in planned_now(tx, act, act.person()).await? {
        if link::links_of(tx, place, plan.item_id).await?.contains(&to) {
            return plan_done(app, tx, act, plan.item_id, &wanted.words).await;
        }
    }
    let said = super::page::said(tx, act, std::slice::from_ref(&due)).await?;
    if wanted.words.is_empty() && !said.is_empty() {
        return Err(Refusal::new("refusal-today-said").into());
    }
    put_linked(app, tx, act, &due, to, &wanted.words).await
}

/// A step of an order: the item belongs to the order, and says that the step is done.
async fn step_done(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    subject: Uuid,
    words: &str,
) -> Result<ItemId, AppError> {
    let due = due_line(tx, act, LineId { kind: DueKind::Step, subject }).await?;
    let to = due.link().ok_or(AppError::NotFound)?;
    let of = due.step_of.clone().ok_or(AppError::NotFound)?;
    let planned = plan_of_step(tx, act, &due, to).await?;
    let item = match planned {
        Some(plan) => plan_done(app, tx, act, plan, words).await?,
        None => put_linked(app, tx, act, &due, to, words).await?,
    };
    let step = FinishStep { directive: DirectiveId(of.directive), position: of.position, item };
    finish_step_in(app, tx, act, step).await?;
    Ok(item)
}

/// A plan of this week for the order, in whose words the step is.
async fn plan_of_step(tx: &mut Tx, act: &Act, due: &Due, to: ItemLink) -> Result<Option<ItemId>, AppError> {
    let answered = answered_now(tx, act, act.person()).await?;
    for plan in planned_now(tx, act, act.person()).await? {
        let is_open = !answered.iter().any(|answer| answer.plan_item_id == plan.item_id);
        let says_it = plan.body == due.text || shiji_text::carries_out(&plan.body, &due.text);
        let links = link::links_of(tx, act.place.place_id, plan.item_id).await?;
        if is_open && says_it && links.contains(&to) {
            return Ok(Some(plan.item_id));
        }
    }
    Ok(None)
}

async fn due_line(tx: &mut Tx, act: &Act, line: LineId) -> Result<Due, AppError> {
    let due = crate::affair::due(tx, act, act.person()).await?;
    let due = due.into_iter().find(|due| (due.kind, due.subject) == (line.kind, line.subject));
    Ok(due.ok_or_else(|| Refusal::new("refusal-today-gone"))?)
}

/// Work in the words of a line, or in one's own where those are internal.
async fn put_linked(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    due: &Due,
    to: ItemLink,
    words: &str,
) -> Result<ItemId, AppError> {
    let text = match (due.is_internal, words) {
        (true, "") => return Err(Refusal::new("refusal-today-internal").into()),
        (true, words) => words.to_owned(),
        (false, words) => with_result(&due.text, words, act)?,
    };
    let item = put_work(app, tx, act, &text).await?;
    link::link_item(tx, act.place.place_id, item, to, act.millis()).await?;
    Ok(item)
}

async fn put_work(app: &App, tx: &mut Tx, act: &Act, text: &str) -> Result<ItemId, AppError> {
    let new = NewItem { kind: ItemKind::Work, text, difficulty: None };
    put_item(app, tx, act, act.person(), new).await
}

/// What was to be done, without the day by which, and what came of it.
fn with_result(text: &str, words: &str, act: &Act) -> Result<String, AppError> {
    let text = shiji_text::without_day(text, act.day()?);
    Ok(if words.is_empty() {
        text
    } else {
        format!("{}，{words}", text.trim_end_matches(['。', '，', '；']))
    })
}
