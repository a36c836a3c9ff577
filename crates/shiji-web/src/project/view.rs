//! From a project's story to words: pure, for the public's pages and those of people at work.

use crate::frame::Texts;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, MilestoneId};
use shiji_domain::project::{Milestone, Status};
use shiji_record::affair::{ProjectMove, ProjectStepFact, in_brief};
use shiji_record::project::{ProjectStep, ProjectStory};

pub fn status_name(t: Texts, status: Status) -> String {
    t.get(format!("project-status-{}", status.code()))
}

pub fn status_class(status: Status) -> &'static str {
    match status {
        Status::Behind => "warn",
        Status::OnTime | Status::Ahead => "good",
        Status::Stopped | Status::Finished => "idle",
    }
}

/// A milestone in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MilestoneLine {
    pub id: MilestoneId,
    pub name: String,
    pub promised: String,
    /// The day it was reached, the forecast, or that it will not be built.
    pub now: String,
    pub difference: String,
    /// Class and word.
    pub state: (&'static str, String),
    pub is_open: bool,
    pub is_reached: bool,
    pub is_dropped: bool,
    /// The item that shows that it is reached, whether published or not.
    pub proof: Option<ItemId>,
}

pub fn milestone_line(t: Texts, story: &ProjectStory, one: &Milestone, today: Date) -> MilestoneLine {
    let days = one.days_late(today);
    let (class, key) = match (one.is_dropped(), one.reached_on, days) {
        (true, _, 1..) => ("warn", "milestone-dropped-late"),
        (true, ..) => ("idle", "milestone-dropped"),
        (_, Some(_), _) => ("good", "milestone-reached"),
        (_, None, _) if one.is_overdue(today) => ("warn", "milestone-overdue"),
        (_, None, 1..) => ("warn", "milestone-late"),
        _ => ("idle", "milestone-coming"),
    };
    let is_reached = one.reached_on.is_some();
    let proof = story.reached_by(one.milestone_id).and_then(|step| step.fact.item);
    let is_unproved = is_reached && proof.is_none();
    let now = now(t, one, today, |day| t.day(day));
    MilestoneLine {
        id: one.milestone_id,
        name: one.name.clone(),
        promised: t.day(&one.promised_on),
        now: if is_unproved { t.one("milestone-no-item", "now", now) } else { now },
        difference: match one.is_dropped() && days <= 0 {
            true => "—".to_owned(),
            false => difference(t, days),
        },
        state: (class, t.get(key)),
        is_open: one.is_open(),
        is_reached,
        is_dropped: one.is_dropped(),
        proof: proof.filter(|_| is_reached),
    }
}

/// Where a milestone stands, in the same words in the drawing, in its table, in lists and on paper.
pub fn now(t: Texts, one: &Milestone, today: Date, named: impl Fn(&Date) -> String) -> String {
    match (one.dropped_on, one.reached_on) {
        (Some(day), _) => t.one("milestone-dropped-on", "day", named(&day)),
        (_, Some(day)) => t.one("milestone-reached-on", "day", named(&day)),
        (None, None) => forecast(t, one, today, &named(&one.forecast_on)),
    }
}

/// The forecast as it was published last. One that has passed says so: nobody gave another.
pub fn forecast(t: Texts, one: &Milestone, today: Date, day: &str) -> String {
    let key = if one.is_overdue(today) { "milestone-forecast-passed" } else { "milestone-forecast-on" };
    t.one(key, "day", day)
}

/// Days after or before the promised day.
pub fn difference(t: Texts, days: i32) -> String {
    match days {
        1.. => t.one("project-days-late", "days", days),
        0 => t.get("project-days-none"),
        _ => t.one("project-days-early", "days", -days),
    }
}

/// A step in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLine {
    pub revision: i64,
    /// For programs that hold the page against the log.
    pub brief: String,
    pub day: String,
    pub what: String,
    pub reason: Option<String>,
    pub by: String,
    pub milestone: Option<MilestoneId>,
    /// The item that moved it, whether published or not.
    pub item: Option<ItemId>,
}

pub fn step_line(t: Texts, story: &ProjectStory, step: &ProjectStep) -> StepLine {
    let fact = &step.fact;
    let reason = match step.withheld.iter().any(|field| field == "reason") {
        true => Some(t.get("redacted")),
        false => fact.reason.clone(),
    };
    StepLine {
        revision: step.revision,
        brief: in_brief(fact.on, fact.step.code()),
        day: t.day(&fact.on),
        what: told(t, story, fact),
        reason,
        by: fact.by.clone(),
        milestone: fact.milestone,
        item: fact.item,
    }
}

fn told(t: Texts, story: &ProjectStory, fact: &ProjectStepFact) -> String {
    let named = fact.milestone.and_then(|id| story.standing.milestone(id)).map(|one| one.name.clone());
    let day = |day: Option<Date>| day.map_or_else(|| "—".to_owned(), |day| t.day(&day));
    let arguments = [("name", named.unwrap_or_default()), ("from", day(fact.from)), ("to", day(fact.to))];
    t.format(&format!("project-step-{}", fact.step.code().replace('_', "-")), &arguments)
}

/// Moves a forecast.
pub fn is_shift(step: &ProjectStep) -> bool {
    step.fact.step == ProjectMove::Shifted
}
