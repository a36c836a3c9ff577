//! The list of those one is in charge of, and one of their reports.

use super::view::{ReportView, view_of};
use crate::app::{Act, App};
use crate::error::AppError;
use shiji_domain::id::{PersonId, ReportId};
use shiji_domain::refusal::Refusal;
use shiji_domain::report::ReportState;
use shiji_domain::right::not_yours;
use shiji_store::calendar::{self, Period};
use shiji_store::{report, roster};

/// Somebody one is in charge of, in the open period.
#[derive(Debug, Clone)]
pub struct LedReport {
    pub person_id: PersonId,
    pub name: String,
    pub titles: Vec<String>,
    pub report: Option<(ReportId, ReportState)>,
    pub on_leave: bool,
}

/// # Errors
/// Refuses when no period is open.
pub async fn led_reports(app: &App, act: &Act) -> Result<(Period, Vec<LedReport>), AppError> {
    let place = act.place.place_id;
    let mut tx = app.store.read().await?;
    let period =
        calendar::open_period(&mut tx, place).await?.ok_or_else(|| Refusal::new("refusal-no-period"))?;
    let staff = roster::staff(&mut tx, place).await?;
    let reports = report::reports_in(&mut tx, place, period.period_id).await?;
    let leave = calendar::leave_in(&mut tx, place, period.days).await?;
    let led = staff
        .supervised_by(act.person(), act.day()?)
        .into_iter()
        .map(|person_id| LedReport {
            person_id,
            name: staff.name(person_id),
            titles: staff.titles(person_id, period.days.last),
            report: reports
                .iter()
                .find(|report| report.person_id == person_id)
                .map(|report| (report.report_id, report.state)),
            on_leave: leave.iter().any(|leave| leave.person_id == person_id),
        })
        .collect();
    Ok((period, led))
}

/// # Errors
/// Refuses everybody but the leader in charge and those who read everything.
pub async fn report_page(app: &App, act: &Act, id: ReportId) -> Result<ReportView, AppError> {
    let place = act.place.place_id;
    let mut tx = app.store.read().await?;
    let report = report::report(&mut tx, place, id).await?.ok_or(AppError::NotFound)?;
    let staff = roster::staff(&mut tx, place).await?;
    let leads = act.actor.supervises(&staff.held_posts(report.person_id));
    if !leads && act.actor.must_read_all().is_err() {
        return Err(not_yours().into());
    }
    let period = calendar::period(&mut tx, place, report.period_id).await?.ok_or(AppError::NotFound)?;
    view_of(&mut tx, act, &staff, &period, report).await
}
