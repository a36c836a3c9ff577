//! Who has filed, who is on leave, who is late: one line for everybody with a filing duty.

use crate::app::{Act, App};
use crate::error::AppError;
use shiji_domain::id::{PeriodId, PersonId, ReportId};
use shiji_domain::item::ItemKind;
use shiji_domain::notice::NoticeKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::report::{ReportState, median_minutes};
use shiji_domain::right::Role;
use shiji_domain::staff::{Filer, Staff};
use shiji_store::calendar::{self, Leave, Period};
use shiji_store::notice::{self, Notice};
use shiji_store::report::{Item, Report};
use shiji_store::{report, roster};

/// How a person stands in a period that is not published yet, or stood in one that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeekState {
    /// Nothing was written.
    None,
    Draft,
    Returned,
    OnLeave,
    Filed,
    Accepted,
    Published,
}

impl WeekState {
    /// The clerk still waits for this person.
    pub fn is_missing(self) -> bool {
        matches!(self, WeekState::None | WeekState::Draft | WeekState::Returned)
    }

    pub fn code(self) -> &'static str {
        match self {
            WeekState::None => "none",
            WeekState::Draft => "draft",
            WeekState::Returned => "returned",
            WeekState::OnLeave => "on-leave",
            WeekState::Filed => "filed",
            WeekState::Accepted => "accepted",
            WeekState::Published => "published",
        }
    }

    fn of(report: Option<ReportState>, on_leave: bool) -> WeekState {
        match report {
            Some(ReportState::Filed) => WeekState::Filed,
            Some(ReportState::Accepted) => WeekState::Accepted,
            Some(ReportState::Published) => WeekState::Published,
            _ if on_leave => WeekState::OnLeave,
            Some(ReportState::Returned) => WeekState::Returned,
            Some(ReportState::Draft) => WeekState::Draft,
            None => WeekState::None,
        }
    }
}

#[derive(Debug, Clone)]
pub struct WeekLine {
    pub person_id: PersonId,
    pub name: String,
    pub unit: String,
    pub title: String,
    pub report_id: Option<ReportId>,
    pub state: WeekState,
    /// The deadline has passed without a report, or the report came after it.
    pub late: bool,
    pub filed_at: Option<i64>,
    /// The delegate or importer, when the person did not file.
    pub filed_by: Option<String>,
    pub substitute: Option<String>,
    pub work: usize,
    pub plan: usize,
    pub reminded_at: Option<i64>,
}

#[derive(Debug, Clone)]
pub struct WeekPage {
    pub period: Period,
    /// The period before and after, to leaf through.
    pub earlier: Option<PeriodId>,
    pub later: Option<PeriodId>,
    pub due_passed: bool,
    /// Those who are waited for first, then leave, then the filed ones, each in the order of the board.
    pub lines: Vec<WeekLine>,
    pub missing: usize,
    pub on_leave: usize,
    pub filed: usize,
    /// Minutes in the desk; for the clerk alone, and nobody's own.
    pub median_minutes: Option<i64>,
    /// May remind and change; others only read.
    pub may_act: bool,
}

/// The page of `wanted`, or of the period that people work on.
///
/// # Errors
/// Refuses everybody but clerk, chair and auditor; an unknown period is not found.
pub async fn week_page(app: &App, act: &Act, wanted: Option<PeriodId>) -> Result<WeekPage, AppError> {
    act.actor.must_read_all()?;
    let place_id = act.place.place_id;
    let mut tx = app.store.read().await?;
    let periods = calendar::periods(&mut tx, place_id).await?;
    let at = match wanted {
        Some(id) => periods.iter().position(|period| period.period_id == id).ok_or(AppError::NotFound)?,
        None => chosen(&periods).ok_or_else(|| Refusal::new("refusal-no-period"))?,
    };
    let period = periods[at];
    let week = Week {
        period,
        staff: roster::staff(&mut tx, place_id).await?,
        reports: report::reports_in(&mut tx, place_id, period.period_id).await?,
        items: report::items_in(&mut tx, place_id, period.period_id).await?,
        leave: calendar::leave_in(&mut tx, place_id, period.days).await?,
        reminders: notice::notices_of(&mut tx, place_id, period.period_id, NoticeKind::Reminder).await?,
        now: act.millis(),
    };
    let is_clerk = act.actor.has(Role::Clerk);
    Ok(WeekPage {
        earlier: at.checked_sub(1).map(|before| periods[before].period_id),
        later: periods.get(at + 1).map(|after| after.period_id),
        ..week.page(is_clerk)
    })
}

/// The open period, or the last one when all are published.
fn chosen(periods: &[Period]) -> Option<usize> {
    periods.iter().position(|period| !period.is_published()).or(periods.len().checked_sub(1))
}

struct Week {
    period: Period,
    staff: Staff,
    reports: Vec<Report>,
    items: Vec<Item>,
    leave: Vec<Leave>,
    reminders: Vec<Notice>,
    now: i64,
}

impl Week {
    fn page(&self, is_clerk: bool) -> WeekPage {
        let mut lines: Vec<WeekLine> =
            self.staff.filers(self.period.days.last).iter().map(|filer| self.line(filer)).collect();
        lines.sort_by_key(|line| match line.state {
            state if state.is_missing() => 0,
            WeekState::OnLeave => 1,
            _ => 2,
        });
        let count = |test: fn(WeekState) -> bool| lines.iter().filter(|line| test(line.state)).count();
        let missing = count(WeekState::is_missing);
        let on_leave = count(|state| state == WeekState::OnLeave);
        let seconds =
            self.reports.iter().filter(|report| report.seconds > 0).map(|report| report.seconds).collect();
        WeekPage {
            period: self.period,
            earlier: None,
            later: None,
            due_passed: self.period.due_at < self.now,
            missing,
            on_leave,
            filed: lines.len() - missing - on_leave,
            lines,
            median_minutes: if is_clerk { median_minutes(seconds) } else { None },
            may_act: is_clerk && !self.period.is_published(),
        }
    }

    fn line(&self, filer: &Filer) -> WeekLine {
        let person = filer.person_id;
        let report = self.reports.iter().find(|report| report.person_id == person);
        let leave = self.leave.iter().find(|leave| leave.person_id == person);
        let state = WeekState::of(report.map(|report| report.state), leave.is_some());
        let filed_at = report.and_then(|report| report.filed_at).filter(|_| !state.is_missing());
        let items = |kind| {
            let own = |item: &&Item| report.is_some_and(|report| report.report_id == item.report_id);
            self.items.iter().filter(own).filter(|item| item.kind == kind).count()
        };
        let unit = self.staff.organization(filer.organization_id);
        WeekLine {
            person_id: person,
            name: self.staff.name(person),
            unit: unit.map_or_else(String::new, |unit| unit.name.clone()),
            title: self.staff.post(filer.post_id).map_or_else(String::new, |post| post.title.clone()),
            report_id: report.map(|report| report.report_id),
            state,
            late: match filed_at {
                Some(at) => at > self.period.due_at,
                None => state.is_missing() && self.period.due_at < self.now,
            },
            filed_at,
            filed_by: report
                .and_then(|report| report.filed_by)
                .filter(|by| *by != person)
                .map(|by| self.staff.name(by)),
            substitute: leave.map(|leave| self.staff.name(leave.substitute_id)),
            work: items(ItemKind::Work),
            plan: items(ItemKind::Plan),
            reminded_at: self
                .reminders
                .iter()
                .filter(|notice| notice.person_id == person)
                .map(|notice| notice.created_at)
                .max(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::refused::is_refused;
    use crate::office::{NewLeave, record_leave};
    use crate::testing::Town;

    #[tokio::test]
    async fn everybody_is_on_the_list_and_who_is_waited_for_stands_first() {
        for town in Town::each().await {
            let clerk = town.act("党政办").await;
            let period = town.open_period().await;
            let leave = NewLeave {
                person: town.person("书记"),
                substitute: town.person("镇长"),
                first: period.days.first,
                last: period.days.last,
            };
            record_leave(&town.app, &clerk, leave).await.unwrap();
            let page = week_page(&town.app, &clerk, None).await.unwrap();
            assert_eq!((page.lines.len(), page.missing, page.on_leave, page.filed), (7, 6, 1, 0));
            assert_eq!(page.lines[6].name, "书记");
            assert_eq!(page.lines[6].substitute.as_deref(), Some("镇长"));
            assert!(!page.lines[0].late, "the deadline is on Sunday");
            town.pass_days(3);
            let page = week_page(&town.app, &town.act("党政办").await, None).await.unwrap();
            assert!(page.due_passed && page.lines[0].late && !page.lines[6].late);
        }
    }

    #[tokio::test]
    async fn chair_and_auditor_read_the_list_without_minutes_and_others_do_not() {
        for town in Town::each().await {
            for name in ["书记", "监察"] {
                let page = week_page(&town.app, &town.act(name).await, None).await.unwrap();
                assert!(!page.may_act && page.median_minutes.is_none());
            }
            for name in ["镇长", "水务", "东村"] {
                assert!(is_refused(&week_page(&town.app, &town.act(name).await, None).await));
            }
        }
    }
}
