//! Handing the week in, and taking it back.

use super::writable::present;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::{ItemId, PersonId};
use shiji_domain::item::ItemKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::report::{Filing, ReportState, check_withdraw};
use shiji_store::calendar::{self, Period};
use shiji_store::report::{self, Item, Report};
use shiji_store::{Tx, meeting};
use std::collections::HashSet;

/// # Errors
/// Refuses whatever [`Filing`] finds in the way, and who may not write for `owner`.
pub async fn file_report(app: &App, act: &Act, owner: PersonId) -> Result<(), AppError> {
    app.store
        .write("file_report", &(app, act, owner), |tx, (app, act, owner)| {
            Box::pin(file(app, tx, act, *owner))
        })
        .await
}

/// As [`file_report`], within the caller's transaction.
pub(crate) async fn file(app: &App, tx: &mut Tx, act: &Act, owner: PersonId) -> Result<(), AppError> {
    let place = act.place.place_id;
    let (period, report) = present(app, tx, act, owner).await?;
    filing(tx, act, &period, &report).await?.check()?;
    let filed = Report {
        state: ReportState::Filed,
        filed_at: Some(act.millis()),
        filed_by: Some(act.person()),
        return_reason: None,
        ..report.clone()
    };
    change_state(app, tx, act, &report, &filed, "report.file").await?;
    if let Some(held) = meeting::meeting_of_period(tx, place, period.period_id).await?
        && held.is_open()
    {
        meeting::touch_meeting(tx, place, held.meeting_id).await?;
    }
    Ok(())
}

/// Everything that stands in the way of filing.
pub(super) async fn filing(
    tx: &mut Tx,
    act: &Act,
    period: &Period,
    report: &Report,
) -> Result<Filing, AppError> {
    let place = act.place.place_id;
    let items = report::items_of(tx, place, report.report_id).await?;
    let answers = report::answers_of(tx, place, report.report_id).await?;
    let answered: HashSet<ItemId> = answers.iter().map(|answer| answer.plan_item_id).collect();
    let planned = planned_items(tx, act, period, report.person_id).await?;
    Ok(Filing {
        state_open: report.state.is_open(),
        period_closed: period.is_published(),
        work: items.iter().filter(|item| item.kind == ItemKind::Work).count(),
        plan: items.iter().filter(|item| item.kind == ItemKind::Plan).count(),
        unanswered: planned.iter().filter(|item| !answered.contains(&item.item_id)).count(),
        personal_data: items.iter().map(personal_data).sum::<usize>()
            + answers
                .iter()
                .filter_map(|answer| answer.reason.as_deref())
                .map(|reason| shiji_text::personal_data(reason).len())
                .sum::<usize>(),
        conflicts: report::conflicts_of(tx, place, report.report_id).await?.len(),
    })
}

/// Places in an item's words that look like a resident's personal data and that nobody has let pass.
pub(super) fn personal_data(item: &Item) -> usize {
    if item.passed_by.is_some() {
        return 0;
    }
    let difficulty = item.difficulty.as_deref().unwrap_or_default();
    shiji_text::personal_data(&item.body).len() + shiji_text::personal_data(difficulty).len()
}

/// The owner's published plan of the period before, if there was one.
pub(super) async fn planned_items(
    tx: &mut Tx,
    act: &Act,
    period: &Period,
    owner: PersonId,
) -> Result<Vec<Item>, AppError> {
    let place = act.place.place_id;
    let Some(before) = calendar::period_before(tx, place, period.days.first).await? else {
        return Ok(Vec::new());
    };
    let Some(report) = report::report_for(tx, place, before.period_id, owner).await? else {
        return Ok(Vec::new());
    };
    if report.state != ReportState::Published {
        return Ok(Vec::new());
    }
    let items = report::items_of(tx, place, report.report_id).await?;
    Ok(items.into_iter().filter(|item| item.kind == ItemKind::Plan).collect())
}

async fn change_state(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    before: &Report,
    after: &Report,
    name: &'static str,
) -> Result<(), AppError> {
    if report::update_report(tx, act.place.place_id, after).await? == 0 {
        return Err(Refusal::new("refusal-report-changed").into());
    }
    let change = Change {
        act: name,
        subject: &after.report_id,
        before: Some(before.state.code().to_owned()),
        after: Some(after.state.code().to_owned()),
    };
    audit(app, tx, act, change).await
}

/// Takes a filed report back so that something can be added to it; whoever does so files it again. False when there was nothing to
/// take back, or when it is too late for it.
pub(crate) async fn take_back_filed(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    owner: PersonId,
) -> Result<bool, AppError> {
    let (period, report) = present(app, tx, act, owner).await?;
    let held = meeting::meeting_of_period(tx, act.place.place_id, period.period_id).await?;
    if check_withdraw(report.state, held.is_some()).is_err() {
        return Ok(false);
    }
    withdraw(app, tx, act, &report).await?;
    Ok(true)
}

async fn withdraw(app: &App, tx: &mut Tx, act: &Act, report: &Report) -> Result<(), AppError> {
    let draft = Report { state: ReportState::Draft, filed_at: None, filed_by: None, ..report.clone() };
    change_state(app, tx, act, report, &draft, "report.withdraw").await
}

/// # Errors
/// Refuses once the meeting has begun.
pub async fn withdraw_report(app: &App, act: &Act, owner: PersonId) -> Result<(), AppError> {
    app.store
        .write("withdraw_report", &(app, act, owner), |tx, (app, act, owner)| {
            Box::pin(async move {
                let (period, report) = present(app, tx, act, *owner).await?;
                let held = meeting::meeting_of_period(tx, act.place.place_id, period.period_id).await?;
                check_withdraw(report.state, held.is_some())?;
                withdraw(app, tx, act, &report).await
            })
        })
        .await
}
