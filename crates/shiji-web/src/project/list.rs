//! All projects of a town by how they stand, in plain counts.

use super::view::{difference, forecast, status_class, status_name};
use crate::Shared;
use crate::board::cache::Rendered;
use crate::board::render_page;
use crate::frame::{Here, Page, Texts, WebError};
use askama::Template;
use jiff::civil::Date;
use shiji_app::project;
use shiji_domain::id::ProjectId;
use shiji_domain::project::Status;
use shiji_record::project::ProjectStory;

/// A project in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: ProjectId,
    pub name: String,
    pub status: Status,
    /// Class and word.
    pub state: (&'static str, String),
    /// What comes next: name, when it is expected, and how that stands to what was promised.
    pub next: Option<(String, String, String)>,
    /// The milestone that makes it late, where that is not the next one, and by how much.
    pub late: Option<(String, String)>,
    pub reached: usize,
    pub milestones: usize,
    pub leader: Option<String>,
    pub units: String,
}

pub fn line(t: Texts, story: &ProjectStory, today: Date) -> Line {
    let status = story.standing.status(today);
    let built = || story.standing.milestones.iter().filter(|one| !one.is_dropped());
    Line {
        id: story.id(),
        name: story.fact.name.clone(),
        status,
        state: (status_class(status), status_name(t, status)),
        next: story.standing.next().map(|next| {
            let days = next.days_late(today);
            (next.name.clone(), forecast(t, next, today, &t.day(&next.forecast_on)), difference(t, days))
        }),
        late: late(t, story, today),
        reached: built().filter(|one| one.reached_on.is_some()).count(),
        milestones: built().count(),
        leader: story.fact.leader_name.clone(),
        units: story.fact.units.join("、"),
    }
}

fn late(t: Texts, story: &ProjectStory, today: Date) -> Option<(String, String)> {
    let latest = story.standing.latest(today)?;
    let is_next = story.standing.next().is_some_and(|next| next.milestone_id == latest.milestone_id);
    (!is_next).then(|| (latest.name.clone(), difference(t, latest.days_late(today))))
}

#[derive(Template)]
#[template(path = "project/list.html")]
struct ListPage {
    page: Page,
    /// In the order in which they are read, those without a project too.
    groups: Vec<(String, Vec<Line>)>,
    rule: Vec<String>,
    today: Date,
}

impl ListPage {
    /// There is a timetable to print.
    fn has_running(&self) -> bool {
        let over = [Status::Stopped, Status::Finished];
        self.groups.iter().flat_map(|(_, lines)| lines).any(|line| !over.contains(&line.status))
    }

    fn is_empty(&self) -> bool {
        self.groups.iter().all(|(_, lines)| lines.is_empty())
    }
}

/// The rule by which the status is computed, sentence by sentence.
pub(super) fn rule(t: Texts) -> Vec<String> {
    (1..=6).map(|number| t.get(format!("project-rule-{number}"))).collect()
}

pub async fn list_page(web: &Shared, here: Here) -> Result<Rendered, WebError> {
    let (all, today) = project::portfolio(&web.app, &here.place).await?;
    let t = here.t;
    let lines: Vec<Line> = all.iter().map(|story| line(t, story, today)).collect();
    let groups = Status::ALL
        .into_iter()
        .map(|status| {
            let of_status = lines.iter().filter(|line| line.status == status).cloned().collect();
            (status_name(t, status), of_status)
        })
        .collect();
    render_page(&ListPage { page: Page::public(here), groups, rule: rule(t), today })
}
