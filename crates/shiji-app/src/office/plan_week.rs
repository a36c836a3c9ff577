//! What an import of a week's sheet would make, to be looked at before it is applied.

use super::by::{By, fingerprint};
use crate::app::App;
use crate::error::AppError;
use serde::Serialize;
use shiji_domain::calendar::Days;
use shiji_domain::id::{PeriodId, PersonId};
use shiji_domain::refusal::Refusal;
use shiji_domain::report::ReportState;
use shiji_domain::staff::{Filer, Staff};
use shiji_domain::text::{ITEM_LENGTH_MOST, ITEMS_MOST, one_line};
use shiji_paper::WeekRow;
use shiji_store::Tx;
use shiji_store::calendar::{self, Leave, Period};
use shiji_store::report::{self, Item, Report};
use shiji_store::roster::{self, Place};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekInput {
    pub rows: Vec<WeekRow>,
    pub days: Days,
    /// Leave alone what people wrote themselves, instead of refusing the sheet.
    pub skip_written: bool,
    /// Leave out rows of people who are not known, instead of refusing the sheet.
    pub skip_unknown: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedReport {
    /// The first of the person's rows.
    pub row: usize,
    pub person: PersonId,
    pub name: String,
    pub unit: String,
    pub work: Vec<String>,
    pub plan: Vec<String>,
    /// An earlier import of this person is replaced.
    pub replaces: bool,
    /// Seems to name a resident's personal data: becomes a draft, which the person mends or passes and files.
    pub held: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedPerson {
    pub person: PersonId,
    pub name: String,
    pub unit: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowTrouble {
    /// Nobody of this name files, or several do and the unit does not tell which.
    Unknown,
    /// An identity, telephone or bank number, or the like, of a resident: the report becomes a draft.
    PersonalData,
    /// An item over 500 characters or more than 60 items.
    Long,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekProblem {
    pub row: usize,
    pub name: String,
    pub unit: String,
    pub trouble: RowTrouble,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekPlan {
    pub days: Days,
    /// Laid down by the import when it is none of the calendar's.
    pub period: Option<PeriodId>,
    pub reports: Vec<PlannedReport>,
    pub items: usize,
    /// Have a duty to file and are not in the sheet.
    pub late: Vec<NamedPerson>,
    pub on_leave: Vec<NamedPerson>,
    /// Wrote themselves; their reports stay as they are.
    pub written: Vec<NamedPerson>,
    pub problems: Vec<WeekProblem>,
    /// Hand it in when the plan is applied: what was shown is what happens.
    pub fingerprint: String,
}

impl WeekPlan {
    /// Rows of people who are not known.
    pub fn unknown(&self) -> impl Iterator<Item = &WeekProblem> {
        self.problems.iter().filter(|problem| problem.trouble == RowTrouble::Unknown)
    }

    /// # Errors
    /// Refuses a sheet that makes no report, rows of strangers and reports that people wrote themselves unless they are to
    /// be skipped, and rows that nobody may publish as they are.
    pub(super) fn must_be_possible(&self, input: &WeekInput) -> Result<(), Refusal> {
        if let Some(long) = self.problems.iter().find(|problem| problem.trouble == RowTrouble::Long) {
            return Err(Refusal::new("refusal-week-long").with("row", long.row).with("name", &long.name));
        }
        let unknown: Vec<&str> = self.unknown().map(|problem| problem.name.as_str()).collect();
        if !unknown.is_empty() && !input.skip_unknown {
            return Err(Refusal::new("refusal-week-unknown").with("names", unknown.join("、")));
        }
        let written: Vec<&str> = self.written.iter().map(|person| person.name.as_str()).collect();
        if !written.is_empty() && !input.skip_written {
            return Err(Refusal::new("refusal-week-exists").with("names", written.join("、")));
        }
        if self.reports.is_empty() { Err(Refusal::new("refusal-week-empty")) } else { Ok(()) }
    }
}

/// # Errors
/// Refuses everybody but the clerk and the command line, a published period, and days that do not fit the calendar.
pub async fn plan_week(app: &App, by: &By<'_>, input: &WeekInput) -> Result<WeekPlan, AppError> {
    by.must_be_clerk()?;
    let mut tx = app.store.read().await?;
    Week::read(&mut tx, by.place(), input.days).await?.plan(input)
}

/// What is known of the days of the sheet.
pub(super) struct Week {
    pub staff: Staff,
    pub periods: Vec<Period>,
    pub period: Option<Period>,
    pub reports: Vec<Report>,
    pub items: Vec<Item>,
    leave: Vec<Leave>,
}

impl Week {
    pub async fn read(tx: &mut Tx, place: &Place, days: Days) -> Result<Week, AppError> {
        let place_id = place.place_id;
        let periods = calendar::periods(tx, place_id).await?;
        let period = fitting(&periods, days)?;
        let (reports, items) = match &period {
            Some(period) => (
                report::reports_in(tx, place_id, period.period_id).await?,
                report::items_in(tx, place_id, period.period_id).await?,
            ),
            None => (vec![], vec![]),
        };
        let leave = calendar::leave_in(tx, place_id, days).await?;
        Ok(Week { staff: roster::staff(tx, place_id).await?, periods, period, reports, items, leave })
    }

    pub fn plan(&self, input: &WeekInput) -> Result<WeekPlan, AppError> {
        let filers = self.staff.filers(input.days.last);
        let mut plan = WeekPlan {
            days: input.days,
            period: self.period.map(|period| period.period_id),
            reports: vec![],
            items: 0,
            late: vec![],
            on_leave: vec![],
            written: vec![],
            problems: vec![],
            fingerprint: String::new(),
        };
        for row in &input.rows {
            self.plan_row(row, &filers, &mut plan);
        }
        // A report without work cannot be filed; with an empty cell the person is late, as if the row were missing.
        plan.reports.retain(|report| !report.work.is_empty());
        for filer in &filers {
            let person = filer.person_id;
            let has_report = plan.reports.iter().any(|report| report.person == person)
                || self.reports.iter().any(|report| report.person_id == person && report.state.is_filed())
                || plan.written.iter().any(|written| written.person == person);
            if has_report {
                continue;
            }
            let on_leave = self.leave.iter().any(|leave| leave.person_id == person);
            let list = if on_leave { &mut plan.on_leave } else { &mut plan.late };
            list.push(self.named(filer));
        }
        plan.items = plan.reports.iter().map(|report| report.work.len() + report.plan.len()).sum();
        plan.fingerprint = fingerprint(&(&plan, input.skip_unknown, input.skip_written))?;
        Ok(plan)
    }

    /// Several rows of one person become one report.
    fn plan_row(&self, row: &WeekRow, filers: &[Filer], plan: &mut WeekPlan) {
        let mut trouble = |trouble| {
            let unit = row.unit.clone().unwrap_or_default();
            plan.problems.push(WeekProblem { row: row.row, name: row.name.clone(), unit, trouble });
        };
        let Some(filer) = self.find(row, filers) else {
            trouble(RowTrouble::Unknown);
            return;
        };
        let (work, planned) = (items_of(&row.work), items_of(&row.plan));
        let all = || work.iter().chain(&planned);
        if all().any(|item| item.chars().count() > ITEM_LENGTH_MOST)
            || work.len().max(planned.len()) > ITEMS_MOST
        {
            trouble(RowTrouble::Long);
        }
        let held = all().any(|item| !shiji_text::personal_data(item).is_empty());
        if held {
            trouble(RowTrouble::PersonalData);
        }
        let NamedPerson { person, name, unit } = self.named(filer);
        let old = self.reports.iter().find(|report| report.person_id == person);
        if old.is_some_and(|old| self.is_written(old)) {
            if !plan.written.iter().any(|written| written.person == person) {
                plan.written.push(NamedPerson { person, name, unit });
            }
        } else if let Some(report) = plan.reports.iter_mut().find(|report| report.person == person) {
            report.work.extend(work);
            report.plan.extend(planned);
            report.held |= held;
        } else {
            let replaces = old.is_some();
            plan.reports.push(PlannedReport {
                row: row.row,
                person,
                name,
                unit,
                work,
                plan: planned,
                replaces,
                held,
            });
        }
    }

    /// By unit and name; without the unit by a name that only one has.
    fn find<'a>(&self, row: &WeekRow, filers: &'a [Filer]) -> Option<&'a Filer> {
        let named: Vec<&Filer> =
            filers.iter().filter(|filer| self.staff.name(filer.person_id) == row.name).collect();
        let in_unit = named.iter().find(|filer| {
            self.staff
                .organization(filer.organization_id)
                .is_some_and(|unit| row.unit.as_ref() == Some(&unit.name))
        });
        match (in_unit, &named[..]) {
            (Some(filer), _) => Some(filer),
            (None, [only]) => Some(only),
            _ => None,
        }
    }

    /// Somebody's own words. An untouched import and an empty draft are not: they hold nothing that could be lost.
    fn is_written(&self, report: &Report) -> bool {
        let mut own = self.items.iter().filter(|item| item.report_id == report.report_id);
        let owner = report.person_id;
        let untouched = report.seconds == 0;
        match report.state {
            ReportState::Draft => own.any(|item| item.version > 0 || item.updated_by == owner || !untouched),
            ReportState::Filed => {
                report.filed_by == Some(owner) || !untouched || own.any(|item| item.version > 0)
            }
            _ => true,
        }
    }

    fn named(&self, filer: &Filer) -> NamedPerson {
        let unit = self.staff.organization(filer.organization_id);
        NamedPerson {
            person: filer.person_id,
            name: self.staff.name(filer.person_id),
            unit: unit.map_or_else(String::new, |unit| unit.name.clone()),
        }
    }
}

fn items_of(cell: &str) -> Vec<String> {
    let items = shiji_text::split_cell(cell).into_iter().map(|item| one_line(&item));
    items.filter(|item| !item.is_empty()).collect()
}

/// The period of exactly these days, or none when they can be laid down: they touch no other period, leave no hole
/// behind the last, and nothing after them is published, so that issues stay in the order of their days.
fn fitting(periods: &[Period], days: Days) -> Result<Option<Period>, Refusal> {
    if let Some(period) = periods.iter().find(|period| period.days == days) {
        return if period.is_published() {
            Err(Refusal::new("refusal-period-published"))
        } else {
            Ok(Some(*period))
        };
    }
    let overlaps = periods.iter().any(|period| period.days.overlaps(days));
    let too_early = periods.iter().any(|period| period.is_published() && period.days.first > days.first);
    let hole = periods.last().is_some_and(|last| {
        last.days.last < days.first && last.days.last.tomorrow().is_ok_and(|next| next < days.first)
    });
    if overlaps || too_early || hole {
        let refusal = Refusal::new("refusal-week-period");
        return Err(refusal.with("first", days.first).with("last", days.last));
    }
    Ok(None)
}
