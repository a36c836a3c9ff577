//! Applies an import of a week's sheet: reports filed by the importer, all of them or none.

use super::by::By;
use super::deadline::{period_in, rhythm_of};
use super::plan_week::{PlannedReport, Week, WeekInput, WeekPlan};
use crate::app::{App, Change};
use crate::error::AppError;
use serde::Serialize;
use shiji_domain::id::{PersonId, ReportId};
use shiji_domain::item::ItemKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::report::ReportState;
use shiji_domain::rhythm::Rhythm;
use shiji_store::Tx;
use shiji_store::calendar::{self, Period};
use shiji_store::report::{self, Item, Report};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WeekApplied {
    /// Filed.
    pub reports: usize,
    /// Kept back as drafts: they seem to name a resident's personal data.
    pub drafts: usize,
    pub items: usize,
    pub late: usize,
    pub on_leave: usize,
    pub skipped: usize,
}

/// Applies what [`super::plan_week`] showed; `seen` is the fingerprint of that plan.
///
/// # Errors
/// Refuses everybody but the clerk and the command line; a plan that would be another one now; a published period; and
/// whatever [`WeekPlan`] finds impossible.
pub async fn apply_week(
    app: &App,
    by: &By<'_>,
    input: &WeekInput,
    seen: &str,
) -> Result<WeekApplied, AppError> {
    by.must_be_clerk()?;
    app.store
        .write("apply_week", &(app, by, input, seen), |tx, (app, by, input, seen)| {
            Box::pin(write(app, tx, by, input, seen))
        })
        .await
}

async fn write(
    app: &App,
    tx: &mut Tx,
    by: &By<'_>,
    input: &WeekInput,
    seen: &str,
) -> Result<WeekApplied, AppError> {
    let week = Week::read(tx, by.place(), input.days).await?;
    let plan = week.plan(input)?;
    if plan.fingerprint != seen {
        return Err(Refusal::new("refusal-week-changed").into());
    }
    plan.must_be_possible(input)?;
    let period = period_of(app, tx, by, &week, &plan).await?;
    for planned in &plan.reports {
        let report_id = file(app, tx, by, &week, &period, planned).await?;
        let items = items_of(app, by, report_id, planned);
        report::insert_items(tx, by.place_id(), &items).await?;
        let after = Some(format!("{} + {}", planned.work.len(), planned.plan.len()));
        let change = Change { act: "report.import", subject: &planned.person, before: None, after };
        by.audit(app, tx, change).await?;
    }
    let drafts = plan.reports.iter().filter(|planned| planned.held).count();
    let applied = WeekApplied {
        reports: plan.reports.len() - drafts,
        drafts,
        items: plan.items,
        late: plan.late.len(),
        on_leave: plan.on_leave.len(),
        skipped: plan.written.len() + plan.unknown().count(),
    };
    let after = Some(format!("{} {} {}", period.days.first, period.days.last, applied.reports));
    by.audit(app, tx, Change { act: "week.import", subject: &period.period_id, before: None, after }).await?;
    Ok(applied)
}

async fn period_of(
    app: &App,
    tx: &mut Tx,
    by: &By<'_>,
    week: &Week,
    plan: &WeekPlan,
) -> Result<Period, AppError> {
    if let Some(period) = week.period {
        return Ok(period);
    }
    let rhythm = match week.periods.first() {
        Some(period) => rhythm_of(by.place(), period)?,
        None => Rhythm::FIRST,
    };
    let period = period_in(by.place(), app.new_id(), plan.days, rhythm)?;
    calendar::insert_period(tx, by.place_id(), &period).await?;
    Ok(period)
}

/// The report of one row, filed or held as a draft; what an earlier import left in it is taken out.
async fn file(
    app: &App,
    tx: &mut Tx,
    by: &By<'_>,
    week: &Week,
    period: &Period,
    planned: &PlannedReport,
) -> Result<ReportId, AppError> {
    let place_id = by.place_id();
    let filed = Report {
        report_id: app.new_id(),
        period_id: period.period_id,
        person_id: planned.person,
        state: if planned.held { ReportState::Draft } else { ReportState::Filed },
        // The sheet was closed by the deadline on paper, whenever it is entered here.
        filed_at: (!planned.held).then(|| by.millis().min(period.due_at)),
        filed_by: by.person().filter(|_| !planned.held),
        return_reason: None,
        seconds: 0,
        version: 0,
    };
    let Some(old) = week.reports.iter().find(|report| report.person_id == planned.person) else {
        report::insert_report(tx, place_id, &filed).await?;
        return Ok(filed.report_id);
    };
    for item in week.items.iter().filter(|item| item.report_id == old.report_id) {
        report::delete_item(tx, place_id, item.item_id).await?;
    }
    let filed = Report { report_id: old.report_id, version: old.version, ..filed };
    if report::update_report(tx, place_id, &filed).await? == 0 {
        return Err(Refusal::new("refusal-report-changed").into());
    }
    Ok(old.report_id)
}

fn items_of(app: &App, by: &By<'_>, report_id: ReportId, planned: &PlannedReport) -> Vec<Item> {
    let updated_by: PersonId = by.person().unwrap_or(planned.person);
    let item = |kind, (order, body): (i64, &String)| Item {
        item_id: app.new_id(),
        report_id,
        kind,
        order,
        body: body.clone(),
        due_on: None,
        difficulty: None,
        answers_id: None,
        passed_by: None,
        version: 0,
        updated_at: by.millis(),
        updated_by,
    };
    let work = (0..).zip(&planned.work).map(|line| item(ItemKind::Work, line));
    let plan = (0..).zip(&planned.plan).map(|line| item(ItemKind::Plan, line));
    work.chain(plan).collect()
}

#[cfg(test)]
mod tests;
