//! The report that somebody may write in now; made on the first act of the period.

use crate::app::{Act, App};
use crate::error::AppError;
use shiji_domain::id::PersonId;
use shiji_domain::refusal::Refusal;
use shiji_domain::report::{ReportState, check_withdraw};
use shiji_domain::right::not_yours;
use shiji_store::calendar::{self, Period};
use shiji_store::report::{self, Item, Report};
use shiji_store::{Tx, meeting, roster};

/// # Errors
/// Refuses who may not write for `owner`, somebody without a filing duty in the open period, and a report that is
/// filed or published.
pub(super) async fn writable(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    owner: PersonId,
) -> Result<(Period, Report), AppError> {
    let (period, report) = present(app, tx, act, owner).await?;
    if !report.state.is_open() {
        return Err(Refusal::new("refusal-report-not-open").into());
    }
    Ok((period, report))
}

/// As [`writable`], in whatever state the report is.
pub(super) async fn present(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    owner: PersonId,
) -> Result<(Period, Report), AppError> {
    act.actor.must_write_for(owner)?;
    let place = act.place.place_id;
    let period = calendar::open_period(tx, place).await?.ok_or_else(|| Refusal::new("refusal-no-period"))?;
    if let Some(report) = report::report_for(tx, place, period.period_id, owner).await? {
        return Ok((period, report));
    }
    let staff = roster::staff(tx, place).await?;
    if !staff.filers(period.days.last).iter().any(|filer| filer.person_id == owner) {
        return Err(Refusal::new("refusal-no-post").into());
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
    Ok((period, report))
}

/// As [`writable_item`], also in a report that is handed in and can be taken back for it.
pub(crate) async fn addable_item(
    tx: &mut Tx,
    act: &Act,
    item: shiji_domain::id::ItemId,
) -> Result<(Report, Item), AppError> {
    let (report, item) = unpublished_item(tx, act, item).await?;
    let held = meeting::meeting_of_period(tx, act.place.place_id, report.period_id).await?;
    if report.state.is_filed() {
        check_withdraw(report.state, held.is_some()).map_err(|_| Refusal::new("refusal-today-meeting"))?;
    }
    Ok((report, item))
}

/// The item with the report it stands in, when the actor may write there now.
pub(crate) async fn writable_item(
    tx: &mut Tx,
    act: &Act,
    item: shiji_domain::id::ItemId,
) -> Result<(Report, Item), AppError> {
    let (report, item) = unpublished_item(tx, act, item).await?;
    if !report.state.is_open() {
        return Err(Refusal::new("refusal-report-not-open").into());
    }
    Ok((report, item))
}

async fn unpublished_item(
    tx: &mut Tx,
    act: &Act,
    item: shiji_domain::id::ItemId,
) -> Result<(Report, Item), AppError> {
    let place = act.place.place_id;
    let item = report::item(tx, place, item).await?.ok_or(AppError::NotFound)?;
    let report = report::report(tx, place, item.report_id).await?.ok_or(AppError::NotFound)?;
    act.actor.must_write_for(report.person_id).map_err(|_| not_yours())?;
    let period = calendar::period(tx, place, report.period_id).await?.ok_or(AppError::NotFound)?;
    if period.is_published() {
        return Err(Refusal::new("refusal-period-published").into());
    }
    Ok((report, item))
}
