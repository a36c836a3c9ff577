//! From projects to the sheets of their timetables: the same places as on the page.

use super::Printing;
use crate::frame::Language;
use crate::project::view::{is_shift, milestone_line, status_name, step_line};
use crate::project::{month_name, rule_of_months};
use shiji_app::AppError;
use shiji_app::paper::press::{
    TimetableLine, TimetableMonth, TimetableSheet, TimetableSheets, TimetableShift, TimetableWords,
};
use shiji_app::project::portfolio;
use shiji_domain::id::ProjectId;
use shiji_domain::project::{ProjectState, Status};
use shiji_domain::timetable::timetable;
use shiji_record::project::ProjectStory;

/// # Errors
/// `NotFound` for a project that there is not, and where none runs.
pub async fn sheets(printing: &Printing<'_>, only: Option<ProjectId>) -> Result<TimetableSheets, AppError> {
    let t = printing.t;
    let (mut all, today) = portfolio(printing.app, printing.place).await?;
    match only {
        Some(only) => all.retain(|story| story.id() == only),
        None => all.retain(|story| story.standing.state == ProjectState::Open),
    }
    if all.is_empty() {
        return Err(AppError::NotFound);
    }
    Ok(TimetableSheets {
        language: t.language.code().to_owned(),
        place: match t.language {
            Language::Zh => printing.place.name.clone(),
            Language::En => printing.place.name_en.clone(),
        },
        heading: t.get("projects"),
        as_of: t.one("project-as-of", "day", t.day(&today)),
        published_on: today,
        projects: all.iter().map(|story| sheet(printing, story, today)).collect(),
        words: TimetableWords {
            milestone: t.get("project-milestone"),
            promised: t.get("project-promised"),
            now: t.get("project-now"),
            shifts: t.get("project-shifts-printed"),
            reason: t.get("reason"),
            key: t.get("project-drawing-key-printed"),
            scan: t.get("project-scan"),
            missing: t.get("print-missing"),
        },
    })
}

fn sheet(printing: &Printing<'_>, story: &ProjectStory, today: jiff::civil::Date) -> TimetableSheet {
    let t = printing.t;
    let status = story.standing.status(today);
    let drawn = timetable(&story.standing, story.fact.started_on, today);
    let fact = &story.fact;
    let facts = [
        ("project-leader", fact.leader_name.clone()),
        ("project-units", Some(fact.units.join("、"))),
        ("project-money", fact.money.clone()),
        ("project-site", fact.site.clone()),
    ];
    TimetableSheet {
        name: fact.name.clone(),
        aim: fact.aim.clone(),
        status: status_name(t, status),
        late: status == Status::Behind,
        facts: facts.into_iter().filter_map(|(key, value)| Some((t.get(key), value?))).collect(),
        months: rule_of_months(&drawn)
            .map(|(month, is_first)| TimetableMonth {
                at: month.at,
                label: month.labelled.then(|| month_name(t, month.first, is_first)),
            })
            .collect(),
        today: drawn.today,
        milestones: story
            .standing
            .milestones
            .iter()
            .zip(&drawn.bars)
            .map(|(one, bar)| {
                let line = milestone_line(t, story, one, today);
                TimetableLine {
                    name: line.name,
                    promised_on: line.promised,
                    now_on: line.now,
                    difference: line.difference,
                    late: one.days_late(today) > 0 && (one.reached_on.is_some() || one.is_late(today)),
                    reached: line.is_reached,
                    dropped: one.is_dropped(),
                    from: bar.from,
                    to: bar.to,
                    promised: bar.promised,
                }
            })
            .collect(),
        shifts: story
            .steps
            .iter()
            .filter(|step| is_shift(step))
            .map(|step| step_line(t, story, step))
            .map(|line| TimetableShift { day: line.day, what: line.what, reason: line.reason })
            .collect(),
        address: printing.address(&format!("/project/{}", story.id())),
    }
}
