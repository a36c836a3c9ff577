//! What the projector, the chair's phone and the minutes show.

use super::cancel_meeting::is_untouched;
use super::publish_minutes::lasted;
use super::{first_day, must_run};
use crate::affair;
use crate::app::{Act, App};
use crate::error::AppError;
use crate::leader::{ReportView, view_of};
use jiff::civil::Date;
use shiji_domain::agenda::{AgendaEntry, Matter, order};
use shiji_domain::id::{ItemId, PersonId};
use shiji_domain::issue::Standing;
use shiji_domain::meeting_length::LAST_MOST;
use shiji_domain::refusal::Refusal;
use shiji_domain::report::ReportState;
use shiji_domain::staff::Staff;
use shiji_store::calendar::{self, Period};
use shiji_store::directive::{self, Directive};
use shiji_store::meeting::{self, Meeting};
use shiji_store::report::DecisionRow;
use shiji_store::{Tx, projection, report, roster};
use std::collections::HashMap;

/// Meetings among which those before the latest are found.
const MEETINGS_MOST: i64 = 8;

#[derive(Debug, Clone)]
pub struct AgendaLine {
    pub view: ReportView,
    pub roster_order: i64,
}

#[derive(Debug, Clone)]
pub struct MeetingPage {
    pub period: Period,
    pub meeting: Option<Meeting>,
    pub lines: Vec<AgendaLine>,
    /// Index into `lines` of the one on the screen.
    pub shown: Option<usize>,
    /// Names of those who filed nothing, and of those on leave with their substitutes.
    pub missing: Vec<String>,
    pub on_leave: Vec<(String, String)>,
    pub may_run: bool,
    /// The day on which the meeting can begin, while it is too early for it.
    pub too_early: Option<Date>,
    /// Before its last day the week goes on; only a rehearsal begins then.
    pub week_goes_on: bool,
    /// Opened and nothing decided yet: it can be taken back.
    pub may_cancel: bool,
    pub may_decide: bool,
    /// What is to be talked about beside the reports.
    pub matters: Vec<Matter>,
    /// What this meeting has decided so far.
    pub given: Vec<Directive>,
}

/// Reports of the period that were filed, in the order in which they are heard.
pub(super) async fn agenda(tx: &mut Tx, act: &Act, period: &Period) -> Result<Vec<AgendaLine>, AppError> {
    let place = act.place.place_id;
    let staff = roster::staff(tx, place).await?;
    let filers = staff.filers(period.days.last);
    let mut lines = Vec::new();
    for report in report::reports_in(tx, place, period.period_id).await? {
        let Some(filer) = filers.iter().find(|filer| filer.person_id == report.person_id) else { continue };
        if report.state == ReportState::Draft {
            continue;
        }
        let view = view_of(tx, act, &staff, period, report).await?;
        lines.push(AgendaLine { view, roster_order: filer.order });
    }
    let mut entries: Vec<AgendaEntry> = lines
        .iter()
        .map(|line| AgendaEntry {
            report_id: line.view.report.report_id,
            vague: line.view.vague(),
            broken: line.view.broken(),
            difficulties: line.view.difficulties(),
            roster_order: line.roster_order,
        })
        .collect();
    order(&mut entries);
    lines.sort_by_key(|line| entries.iter().position(|entry| entry.report_id == line.view.report.report_id));
    Ok(lines)
}

/// # Errors
/// Refuses everybody but chair, clerk and auditor, and when no period is open.
pub async fn meeting_page(app: &App, act: &Act) -> Result<MeetingPage, AppError> {
    act.actor.must_read_all()?;
    let place = act.place.place_id;
    let mut tx = app.store.read().await?;
    let period =
        calendar::open_period(&mut tx, place).await?.ok_or_else(|| Refusal::new("refusal-no-period"))?;
    let meeting = meeting::meeting_of_period(&mut tx, place, period.period_id).await?;
    let lines = agenda(&mut tx, act, &period).await?;
    let shown_id = meeting.as_ref().and_then(|meeting| meeting.shown_report_id);
    let shown = shown_id.and_then(|id| lines.iter().position(|line| line.view.report.report_id == id));
    let staff = roster::staff(&mut tx, place).await?;
    let leave = calendar::leave_in(&mut tx, place, period.days).await?;
    let filed = |person: PersonId| lines.iter().any(|line| line.view.report.person_id == person);
    let (mut missing, mut on_leave) = (Vec::new(), Vec::new());
    for filer in staff.filers(period.days.last) {
        if filed(filer.person_id) {
            continue;
        }
        match leave.iter().find(|leave| leave.person_id == filer.person_id) {
            Some(leave) => on_leave.push((staff.name(filer.person_id), staff.name(leave.substitute_id))),
            None => missing.push(staff.name(filer.person_id)),
        }
    }
    let mut matters = affair::matters(&mut tx, act, act.day()?).await?;
    matters.sort_by_key(|matter| (matter.kind, matter.day));
    let given = match &meeting {
        Some(held) => directive::of_meeting(&mut tx, place, held.meeting_id).await?,
        None => Vec::new(),
    };
    let may_decide = act.actor.must_be(shiji_domain::right::Role::Chair).is_ok();
    let may_run = must_run(act).is_ok();
    let may_cancel = match &meeting {
        Some(held) => may_run && is_untouched(&mut tx, act, &period, held).await?,
        None => false,
    };
    let first_day = first_day(act, &period)?;
    let week_goes_on = act.day()? < first_day;
    Ok(MeetingPage {
        too_early: (week_goes_on && !app.rehearsal).then_some(first_day),
        week_goes_on,
        may_cancel,
        period,
        meeting,
        shown,
        lines,
        missing,
        on_leave,
        may_run,
        may_decide,
        matters,
        given,
    })
}

/// Changes whenever a screen has to draw again; 0 before the meeting, −1 after it.
///
/// # Errors
/// As [`meeting_page`].
pub async fn meeting_version(
    app: &App,
    act: &Act,
    period: shiji_domain::id::PeriodId,
) -> Result<i64, AppError> {
    act.actor.must_read_all()?;
    let mut tx = app.store.read().await?;
    let held = meeting::meeting_of_period(&mut tx, act.place.place_id, period).await?;
    Ok(held.map_or(0, |meeting| if meeting.is_open() { meeting.version } else { -1 }))
}

/// The minutes of the latest closed meeting.
#[derive(Debug, Clone)]
pub struct MinutesPage {
    pub period: Period,
    pub meeting: Meeting,
    pub chair: String,
    /// Person's name and the decision.
    pub decisions: Vec<(String, DecisionRow)>,
    /// Words of the items that a decision was about.
    pub words: HashMap<ItemId, String>,
    /// Names of those who had filed nothing by the end.
    pub late: Vec<String>,
    /// Names of those on leave, with their substitutes.
    pub on_leave: Vec<(String, String)>,
    /// Person's name and the note.
    pub notes: Vec<(String, String)>,
    /// What was decided, with the names of the owners.
    pub given: Vec<(Directive, Vec<String>)>,
    /// Minutes that it took, and that the meetings before it took, the newest first.
    pub length: i64,
    pub last: Vec<i64>,
}

/// # Errors
/// Refuses everybody but chair, clerk and auditor; `NotFound` before the first meeting has closed.
pub async fn minutes_page(app: &App, act: &Act) -> Result<MinutesPage, AppError> {
    act.actor.must_read_all()?;
    let place = act.place.place_id;
    let mut tx = app.store.read().await?;
    let periods = calendar::periods(&mut tx, place).await?;
    let staff = roster::staff(&mut tx, place).await?;
    for period in periods.into_iter().rev().filter(Period::is_published) {
        let Some(meeting) = meeting::meeting_of_period(&mut tx, place, period.period_id).await? else {
            continue;
        };
        let reports = report::reports_in(&mut tx, place, period.period_id).await?;
        let name = |id| {
            let person = reports.iter().find(|report| report.report_id == id).map(|report| report.person_id);
            person.map_or_else(String::new, |person| staff.name(person))
        };
        let decisions = report::decisions_in(&mut tx, place, period.period_id).await?;
        let decisions = decisions.into_iter().map(|decision| (name(decision.report_id), decision)).collect();
        let mut notes = Vec::new();
        for report in &reports {
            for comment in report::comments_of(&mut tx, place, report.report_id).await? {
                if comment.kind == "note" {
                    notes.push((staff.name(report.person_id), comment.body));
                }
            }
        }
        let chair = meeting.closed_by.map_or_else(String::new, |chair| staff.name(chair));
        let items = report::items_in(&mut tx, place, period.period_id).await?;
        let words = items.into_iter().map(|item| (item.item_id, item.body)).collect();
        let number = period.issue_number.unwrap_or(0);
        let (mut late, mut on_leave) = (Vec::new(), Vec::new());
        for absence in projection::absences_of_issue(&mut tx, place, number).await? {
            match (absence.standing, absence.substitute) {
                (Standing::OnLeave, substitute) => {
                    on_leave.push((staff.name(absence.person), substitute.unwrap_or_default()));
                }
                _ => late.push(staff.name(absence.person)),
            }
        }
        let given = directive::of_meeting(&mut tx, place, meeting.meeting_id).await?;
        let given = given.into_iter().map(|one| (owners(&staff, &one), one)).map(|(names, one)| (one, names));
        return Ok(MinutesPage {
            length: lasted(&meeting),
            last: last_lengths(&mut tx, act, &meeting).await?,
            given: given.collect(),
            period,
            meeting,
            chair,
            decisions,
            words,
            late,
            on_leave,
            notes,
        });
    }
    Err(AppError::NotFound)
}

fn owners(staff: &Staff, given: &Directive) -> Vec<String> {
    given.course.owners.iter().map(|(owner, _)| staff.name(*owner)).collect()
}

/// Of the meetings before this one.
async fn last_lengths(tx: &mut Tx, act: &Act, held: &Meeting) -> Result<Vec<i64>, AppError> {
    let closed = meeting::closed_meetings(tx, act.place.place_id, MEETINGS_MOST).await?;
    let before = closed.iter().filter(|one| one.opened_at < held.opened_at);
    Ok(before.take(LAST_MOST).map(lasted).collect())
}
