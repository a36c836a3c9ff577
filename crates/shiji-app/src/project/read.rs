//! Projects as everybody reads them: from the public rows alone.

use super::step::story_of;
use crate::app::{App, day_in};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, MilestoneId, PersonId, ProjectId};
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::project::{ProjectState, Status};
use shiji_domain::timetable::{Timetable, timetable};
use shiji_record::project::{ProjectStep, ProjectStory, stories};
use shiji_record::projection::ItemRow;
use shiji_store::public::{self, Issue};
use shiji_store::public_affair;
use shiji_store::roster::Place;

/// A published item that belongs to a milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub milestone: MilestoneId,
    /// As it reads now, after corrections.
    pub item: ItemRow,
    /// When it was published first, whatever was corrected since.
    pub first_on: Date,
    pub by: Option<String>,
    /// Stands in the latest issue.
    pub is_new: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicProject {
    pub story: ProjectStory,
    pub status: Status,
    pub today: Date,
    pub timetable: Timetable,
    /// The newest issue first.
    pub moved: Vec<Moved>,
    /// What "this week" is: the latest issue's days and everything since.
    pub latest: Option<Issue>,
}

impl PublicProject {
    pub fn moved_by(&self, milestone: MilestoneId) -> impl Iterator<Item = &Moved> {
        self.moved.iter().filter(move |moved| moved.milestone == milestone)
    }

    /// Steps since the latest issue's first day; without an issue, all of them.
    pub fn new_steps(&self) -> impl Iterator<Item = &ProjectStep> {
        let since = self.latest.as_ref().map(|issue| issue.first_day);
        self.story.steps.iter().filter(move |step| since.is_none_or(|since| step.published_on >= since))
    }

    /// The item, where it is published.
    pub fn published(&self, item: ItemId) -> Option<&Moved> {
        self.moved.iter().find(|moved| moved.item.fact.item == item)
    }
}

/// One project with everything that moved it.
///
/// # Errors
/// `NotFound` for a project that there is not.
pub async fn one(app: &App, place: &Place, id: ProjectId) -> Result<PublicProject, AppError> {
    let today = day_in(place, app.clock.now())?;
    let mut tx = app.store.read().await?;
    let story = story_of(&mut tx, place, id).await?;
    let latest = public::latest_issue(&mut tx, place.place_id).await?;
    let number = latest.as_ref().map_or(0, |issue| issue.number);
    let mut moved = Vec::new();
    for milestone in &story.standing.milestones {
        let subject = milestone.milestone_id.0;
        for revisions in public_affair::items_linked(&mut tx, place.place_id, subject)
            .await?
            .chunk_by(|one, other| one.fact.item == other.fact.item)
        {
            let Some(item) = revisions.last() else { continue };
            let rows = public::item_revisions(&mut tx, place.place_id, item.fact.item).await?;
            let issue = rows.first().map_or(0, |(issue, _)| *issue);
            let by = public::name_in_issue(&mut tx, place.place_id, item.fact.person, issue).await?;
            let is_new = issue == number;
            let first_on = rows.first().map_or(item.published_on, |(_, row)| row.published_on);
            let milestone = milestone.milestone_id;
            moved.push(Moved { milestone, item: item.clone(), first_on, by, is_new });
        }
    }
    Ok(PublicProject {
        status: story.standing.status(today),
        timetable: timetable(&story.standing, story.fact.started_on, today),
        story,
        today,
        moved,
        latest,
    })
}

/// What a project is called, and who is in charge of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    pub name: String,
    pub leader: Option<PersonId>,
}

/// # Errors
/// `NotFound` for a project that there is not.
pub async fn called(app: &App, place: &Place, id: ProjectId) -> Result<Called, AppError> {
    let story = story_of(&mut app.store.read().await?, place, id).await?;
    Ok(Called { name: story.fact.name, leader: story.fact.leader })
}

/// All projects of the place, by status and then by what comes next; and the day.
pub async fn portfolio(app: &App, place: &Place) -> Result<(Vec<ProjectStory>, Date), AppError> {
    let today = day_in(place, app.clock.now())?;
    let mut all = stories(&public_affair::projects(&mut app.store.read().await?, place.place_id).await?);
    let next = |story: &ProjectStory| story.standing.next().map(|one| one.forecast_on);
    all.sort_by_key(|story| (story.standing.status(today), next(story), story.id()));
    Ok((all, today))
}

/// The projects that run, as the board shows them.
pub async fn summaries(app: &App, place: &Place) -> Result<(Vec<ProjectStory>, Date), AppError> {
    let (mut all, today) = portfolio(app, place).await?;
    all.retain(|story| story.standing.state == ProjectState::Open);
    Ok((all, today))
}

/// Project, its name and the milestone's, of those links that are milestones.
pub async fn milestones_named(
    app: &App,
    place: &Place,
    links: &[ItemLink],
) -> Result<Vec<(ProjectId, String, MilestoneId, String)>, AppError> {
    let mut tx = app.store.read().await?;
    let mut named = Vec::new();
    for link in links.iter().filter(|link| link.kind == LinkKind::Milestone) {
        let id = MilestoneId(link.subject);
        let Some(project) = public_affair::project_of_milestone(&mut tx, place.place_id, id).await? else {
            continue;
        };
        let story = story_of(&mut tx, place, project).await?;
        if let Some(milestone) = story.standing.milestone(id) {
            named.push((project, story.fact.name.clone(), id, milestone.name.clone()));
        }
    }
    Ok(named)
}
