//! What other rooms put into a report, and what they have to know of the week.

use super::file_report::planned_items;
use super::writable::writable;
use crate::app::{Act, App};
use crate::error::AppError;
use shiji_domain::id::{ItemId, PersonId};
use shiji_domain::item::ItemKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::text::{ITEM_LENGTH_MOST, ITEMS_MOST, required_line};
use shiji_store::report::{self, Answer, Item};
use shiji_store::{Tx, calendar, evidence};

/// One item to be put into a report.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewItem<'a> {
    pub kind: ItemKind,
    pub text: &'a str,
    pub difficulty: Option<&'a str>,
}

/// Puts one item behind those there.
///
/// # Errors
/// Refuses who may not write for `owner`, more than 60 items, words that are too long, and a report that is filed or published.
pub(crate) async fn put_item(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    owner: PersonId,
    new: NewItem<'_>,
) -> Result<ItemId, AppError> {
    let place = act.place.place_id;
    let body = required_line(new.text, ITEM_LENGTH_MOST)?;
    let (_, report) = writable(app, tx, act, owner).await?;
    let there = report::items_of(tx, place, report.report_id).await?;
    if there.iter().filter(|item| item.kind == new.kind).count() >= ITEMS_MOST {
        return Err(Refusal::new("refusal-items-many").with("most", ITEMS_MOST).into());
    }
    let item = Item {
        item_id: app.new_id(),
        report_id: report.report_id,
        kind: new.kind,
        order: there.iter().map(|item| item.order).max().unwrap_or(0) + 1,
        body,
        due_on: None,
        difficulty: new.difficulty.map(str::to_owned),
        answers_id: None,
        passed_by: None,
        version: 1,
        updated_at: act.millis(),
        updated_by: act.person(),
    };
    report::insert_items(tx, place, std::slice::from_ref(&item)).await?;
    Ok(item.item_id)
}

/// The published plan of the period before, that this period answers; empty when no period is open.
pub(crate) async fn planned_now(tx: &mut Tx, act: &Act, owner: PersonId) -> Result<Vec<Item>, AppError> {
    match calendar::open_period(tx, act.place.place_id).await? {
        Some(period) => planned_items(tx, act, &period, owner).await,
        None => Ok(Vec::new()),
    }
}

/// The answers given so far in the open period.
pub(crate) async fn answered_now(tx: &mut Tx, act: &Act, owner: PersonId) -> Result<Vec<Answer>, AppError> {
    let place = act.place.place_id;
    let Some(period) = calendar::open_period(tx, place).await? else { return Ok(Vec::new()) };
    let Some(report) = report::report_for(tx, place, period.period_id, owner).await? else {
        return Ok(Vec::new());
    };
    Ok(report::answers_of(tx, place, report.report_id).await?)
}

/// Nobody has put anything to the item since it was made.
pub(crate) async fn is_as_made(tx: &mut Tx, act: &Act, item: &Item) -> Result<bool, AppError> {
    let evidence = evidence::evidence_of(tx, act.place.place_id, item.report_id).await?;
    Ok(item.version == 1 && !evidence.iter().any(|evidence| evidence.item_id == item.item_id))
}
