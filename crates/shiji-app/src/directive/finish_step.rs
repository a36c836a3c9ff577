//! A step is done when an item says so: there is no other word for it.

use super::right::{gives, known, speaks_for};
use super::step::{new_step, take};
use crate::app::{Act, App};
use crate::error::AppError;
use shiji_domain::id::{DirectiveId, ItemId};
use shiji_domain::item::ItemKind;
use shiji_domain::link::LinkKind;
use shiji_domain::right::not_yours;
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
            Box::pin(write(app, tx, act, *wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: FinishStep) -> Result<(), AppError> {
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
    let mut fact = new_step(tx, act, &directive, "step_done").await?;
    fact.position = i64::try_from(wanted.position).ok();
    fact.item = Some(wanted.item);
    take(app, tx, act, &directive, fact, "directive.step").await
}
