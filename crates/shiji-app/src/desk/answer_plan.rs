//! What became of a plan item of the period before: one tap, and it stands in this week's work or next week's plan.

use super::delete_item::delete_item;
use super::file_report::planned_items;
use super::writable::writable;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::today::{Answered, follow_plan};
use shiji_domain::id::{ItemId, PersonId};
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::refusal::Refusal;
use shiji_domain::text::{REMARK_LENGTH_MOST, optional_line};
use shiji_store::report::{self, Answer, Item, Report};
use shiji_store::{Tx, evidence, link};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerPlan {
    pub owner: PersonId,
    pub plan_item: ItemId,
    /// `None` takes the answer back.
    pub outcome: Option<Outcome>,
    pub reason: Option<String>,
    /// Where it got stuck: goes with the plan item that an outcome other than done leaves for the next period.
    pub difficulty: Option<String>,
}

/// # Errors
/// Refuses a plan item that is not one of the owner's of the period before, a missing reason, and who may not write.
pub async fn answer_plan(app: &App, act: &Act, wanted: AnswerPlan) -> Result<(), AppError> {
    let reason = optional_line(wanted.reason.as_deref().unwrap_or_default(), REMARK_LENGTH_MOST)?;
    if let Some(outcome) = wanted.outcome {
        outcome.check_reason(reason.as_deref())?;
    }
    // A kept word needs no excuse: the reason of an earlier answer goes with that answer.
    let reason = reason.filter(|_| wanted.outcome != Some(Outcome::Done));
    let wanted = AnswerPlan { reason, ..wanted };
    app.store
        .write("answer_plan", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(async move { answer_plan_in(app, tx, act, wanted).await.map(drop) })
        })
        .await
}

/// As [`answer_plan`], within the caller's transaction, of words that were cleaned; the work item that stands for it, if one
/// does.
pub(crate) async fn answer_plan_in(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    wanted: &AnswerPlan,
) -> Result<Option<ItemId>, AppError> {
    let place = act.place.place_id;
    let (period, report) = writable(app, tx, act, wanted.owner).await?;
    let planned = planned_items(tx, act, &period, wanted.owner).await?;
    let planned = planned.into_iter().find(|item| item.item_id == wanted.plan_item);
    let planned = planned.ok_or_else(|| Refusal::new("refusal-text-not-plan"))?;
    let items = report::items_of(tx, place, report.report_id).await?;
    let earlier = report::answers_of(tx, place, report.report_id).await?;
    let earlier = earlier.into_iter().find(|answer| answer.plan_item_id == wanted.plan_item);
    let work = put_or_take(app, tx, act, &report, &items, &planned, ItemKind::Work, wanted).await?;
    put_or_take(app, tx, act, &report, &items, &planned, ItemKind::Plan, wanted).await?;
    match wanted.outcome {
        None => report::delete_answer(tx, place, report.report_id, wanted.plan_item).await?,
        Some(outcome) => {
            let answer = Answer {
                report_id: report.report_id,
                plan_item_id: wanted.plan_item,
                outcome,
                reason: wanted.reason.clone(),
                work_item_id: work,
                answered_at: act.millis(),
            };
            report::put_answer(tx, place, &answer).await?;
        }
    }
    let (owner, plan, outcome) = (wanted.owner, &planned, wanted.outcome);
    let said = Answered { owner, plan, earlier: earlier.as_ref(), outcome, work };
    follow_plan(app, tx, act, said).await?;
    let change = Change {
        act: "plan.answer",
        subject: &wanted.plan_item,
        before: earlier.map(|answer| answer.outcome.code().to_owned()),
        after: wanted.outcome.map(|outcome| outcome.code().to_owned()),
    };
    audit(app, tx, act, change).await?;
    Ok(work)
}

/// Nobody has put anything to the item since an answer made it: no words, day, difficulty or photo would go with it.
async fn is_untouched(tx: &mut Tx, act: &Act, item: &Item, planned: &Item) -> Result<bool, AppError> {
    if item.version != 1 || item.body != planned.body {
        return Ok(false);
    }
    let evidence = evidence::evidence_of(tx, act.place.place_id, item.report_id).await?;
    Ok(!evidence.iter().any(|evidence| evidence.item_id == item.item_id))
}

/// Puts the plan's words among the items of `kind` when the outcome asks for it and they are not there, and takes away
/// what an earlier answer put there, unless somebody has changed the words since.
#[expect(clippy::too_many_arguments, reason = "one act's whole situation")]
async fn put_or_take(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    report: &Report,
    items: &[Item],
    planned: &Item,
    kind: ItemKind,
    wanted: &AnswerPlan,
) -> Result<Option<ItemId>, AppError> {
    let place = act.place.place_id;
    let there = items.iter().find(|item| item.kind == kind && item.answers_id == Some(planned.item_id));
    let wants = wanted.outcome.is_some_and(|outcome| match kind {
        ItemKind::Work => outcome.makes_work(),
        ItemKind::Plan => outcome.stays_planned(),
    });
    match (wants, there) {
        (true, Some(item)) => Ok(Some(item.item_id)),
        (false, Some(item)) if is_untouched(tx, act, item, planned).await? => {
            delete_item(app, tx, act, item.item_id).await?;
            Ok(None)
        }
        (false, _) => Ok(None),
        (true, None) => {
            let order = items.iter().map(|item| item.order).max().unwrap_or(0)
                + if kind == ItemKind::Work { 1 } else { 2 };
            let item = Item {
                item_id: app.new_id(),
                report_id: report.report_id,
                kind,
                order,
                body: planned.body.clone(),
                due_on: None,
                difficulty: wanted.difficulty.clone().filter(|_| kind == ItemKind::Plan),
                answers_id: Some(planned.item_id),
                passed_by: None,
                version: 1,
                updated_at: act.millis(),
                updated_by: act.person(),
            };
            report::insert_items(tx, place, std::slice::from_ref(&item)).await?;
            // What the plan belonged to, the work belongs to.
            for link in link::links_of(tx, place, planned.item_id).await? {
                link::link_item(tx, place, item.item_id, link, act.millis()).await?;
            }
            Ok(Some(item.item_id))
        }
    }
}
