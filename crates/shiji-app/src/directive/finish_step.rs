//! A step is done when an item says so: there is no other word for it. A public order's record names the item, never its words.

use super::right::{gives, known, speaks_for};
use super::step::{new_step, take};
use crate::app::{Act, App};
use crate::error::AppError;
use shiji_domain::id::{DirectiveId, ItemId};
use shiji_domain::item::ItemKind;
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::right::not_yours;
use shiji_store::directive::{self, Directive};
use shiji_store::{Tx, link, roster};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FinishStep {
    pub directive: DirectiveId,
    /// From 1.
    pub position: usize,
    /// Work that belongs to the order.
    pub item: ItemId,
}

/// # Errors
/// Refuses whoever has no part in it, a step that is done or that there is not, and anything but work linked to the order.
pub async fn finish_step(app: &App, act: &Act, wanted: FinishStep) -> Result<(), AppError> {
    app.store
        .write("finish_step", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(finish_step_in(app, tx, act, *wanted))
        })
        .await
}

/// As [`finish_step`], within the caller's transaction.
pub(crate) async fn finish_step_in(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    wanted: FinishStep,
) -> Result<(), AppError> {
    let place = act.place.place_id;
    let (mut directive, people) = known(tx, act, wanted.directive).await?;
    let staff = roster::staff(tx, place).await?;
    if speaks_for(act, &people, |_| true).is_none() && !gives(&staff, act, act.day()?, &directive) {
        return Err(not_yours().into());
    }
    let items = link::items_of_subject(tx, place, LinkKind::Directive, directive.directive_id.0).await?;
    let work: Vec<ItemId> =
        items.iter().filter(|item| item.kind == ItemKind::Work).map(|item| item.item_id).collect();
    directive.course.finish_step(wanted.position, wanted.item, &work)?;
    keep(app, tx, act, &directive, wanted, "step_done").await
}

/// The item by which the step was done does not say so any more: the tap was a mistake, or its words go.
///
/// # Errors
/// Refuses whoever has no part in it, an order that has ended, and a step that another item has finished.
pub(crate) async fn reopen_step_in(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    wanted: FinishStep,
) -> Result<(), AppError> {
    let (mut directive, people) = known(tx, act, wanted.directive).await?;
    if speaks_for(act, &people, |_| true).is_none() {
        return Err(not_yours().into());
    }
    directive.course.reopen_step(wanted.position, wanted.item)?;
    keep(app, tx, act, &directive, wanted, "step_reopened").await
}

/// An item goes, or does not belong to what `link` names any more: steps of an open order that were done by it are not done. The
/// caller has looked at rights to the item.
pub(crate) async fn reopen_steps_of(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    item: ItemId,
    link: ItemLink,
) -> Result<(), AppError> {
    if link.kind != LinkKind::Directive {
        return Ok(());
    }
    let found = directive::directive(tx, act.place.place_id, DirectiveId(link.subject)).await?;
    let Some(mut found) = found.filter(|found| found.course.is_open()) else { return Ok(()) };
    let steps = (1_usize..).zip(found.course.done.clone());
    for (position, _) in steps.filter(|(_, done)| *done == Some(item)) {
        found.course.reopen_step(position, item)?;
        let step = FinishStep { directive: found.directive_id, position, item };
        keep(app, tx, act, &found, step, "step_reopened").await?;
    }
    Ok(())
}

async fn keep(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    of: &Directive,
    wanted: FinishStep,
    step: &str,
) -> Result<(), AppError> {
    let mut fact = new_step(tx, act, of, step).await?;
    fact.position = i64::try_from(wanted.position).ok();
    fact.item = Some(wanted.item);
    let what = if step == "step_done" { "directive.step" } else { "directive.step-reopen" };
    take(app, tx, act, of, fact, what).await
}
