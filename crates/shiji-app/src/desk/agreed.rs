//! Items that another part writes into a report, within that part's transaction: accepted help, a joint visit's record.

use super::answer_plan::{AnswerPlan, answer_plan_in};
use super::file_report::planned_items;
use super::put_item::{NewItem, put_item};
use super::writable::writable;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::{ItemId, PersonId};
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::report::ReportState;
use shiji_store::calendar::Period;
use shiji_store::report::{self, Item, Report};
use shiji_store::{Tx, roster};

/// Puts an item of work behind those in the owner's open report.
///
/// # Errors
/// Refuses who may not write for `owner`, too many items, and a report that is filed or published.
pub(crate) async fn add_work_item(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    owner: PersonId,
    text: &str,
) -> Result<ItemId, AppError> {
    let item =
        put_item(app, tx, act, owner, NewItem { kind: ItemKind::Work, text, difficulty: None }).await?;
    let after = Some(text.to_owned());
    audit(app, tx, act, Change { act: "item.capture", subject: &item, before: None, after }).await?;
    Ok(item)
}

/// Answers a plan item as done, with `text` as the work that came of it. `None` when it is no plan of the period before.
///
/// # Errors
/// As [`super::answer_plan`].
pub(crate) async fn done_in_words(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    owner: PersonId,
    plan_item: ItemId,
    text: &str,
) -> Result<Option<ItemId>, AppError> {
    let place = act.place.place_id;
    let (period, report) = writable(app, tx, act, owner).await?;
    if !planned_items(tx, act, &period, owner).await?.iter().any(|item| item.item_id == plan_item) {
        return Ok(None);
    }
    let wanted =
        AnswerPlan { owner, plan_item, outcome: Some(Outcome::Done), reason: None, difficulty: None };
    answer_plan_in(app, tx, act, &wanted).await?;
    let items = report::items_of(tx, place, report.report_id).await?;
    let work = items
        .into_iter()
        .find(|item| item.kind == ItemKind::Work && item.answers_id == Some(plan_item))
        .ok_or(AppError::NotFound)?;
    let id = work.item_id;
    if work.body != text {
        let told = Item { body: text.to_owned(), updated_at: act.millis(), updated_by: act.person(), ..work };
        report::update_item(tx, place, &told).await?;
    }
    Ok(Some(id))
}

/// Puts a plan item into the report of somebody who agreed to it before, in their own words, while it can be written in;
/// `None` when it is filed or they have none. The report is made when they have not begun it.
pub(crate) async fn put_agreed_plan(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    period: &Period,
    plan: (PersonId, &str, Option<jiff::civil::Date>),
) -> Result<Option<ItemId>, AppError> {
    let place = act.place.place_id;
    let (owner, text, due_on) = plan;
    let report = match report::report_for(tx, place, period.period_id, owner).await? {
        Some(report) => report,
        None => {
            let staff = roster::staff(tx, place).await?;
            if !staff.filers(period.days.last).iter().any(|filer| filer.person_id == owner) {
                return Ok(None);
            }
            let report = Report {
                report_id: app.new_id(),
                period_id: period.period_id,
                person_id: owner,
                state: ReportState::Draft,
                filed_at: None,
                filed_by: None,
                return_reason: None,
                seconds: 0,
                version: 0,
            };
            report::insert_report(tx, place, &report).await?;
            report
        }
    };
    if !report.state.is_open() {
        return Ok(None);
    }
    let items = report::items_of(tx, place, report.report_id).await?;
    let item = Item {
        item_id: app.new_id(),
        report_id: report.report_id,
        kind: ItemKind::Plan,
        order: items.iter().map(|item| item.order).max().unwrap_or(0) + 1,
        body: text.to_owned(),
        due_on,
        difficulty: None,
        answers_id: None,
        passed_by: None,
        version: 1,
        updated_at: act.millis(),
        updated_by: owner,
    };
    report::insert_items(tx, place, std::slice::from_ref(&item)).await?;
    let change =
        Change { act: "item.capture", subject: &item.item_id, before: None, after: Some(text.to_owned()) };
    audit(app, tx, act, change).await?;
    Ok(Some(item.item_id))
}
