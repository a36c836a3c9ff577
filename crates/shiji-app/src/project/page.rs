//! Projects as people at work see them: what they may do with each.

use super::step::{Situation, leads_the_town};
use crate::app::{Act, App};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, MilestoneId, OrganizationId, PersonId, ProjectId};
use shiji_domain::link::LinkKind;
use shiji_domain::project::Status;
use shiji_domain::right::Role;
use shiji_domain::roster::FilingDuty;
use shiji_domain::staff::Staff;
use shiji_record::project::{ProjectStory, stories};
use shiji_store::{Tx, link, project, public_affair, report, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingLine {
    pub story: ProjectStory,
    pub status: Status,
    /// This person moves it.
    pub own: bool,
}

/// An item that was put to a milestone, by somebody whose report others may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedItem {
    pub milestone: MilestoneId,
    pub item: ItemId,
    pub text: String,
    pub by: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectPage {
    pub story: ProjectStory,
    pub status: Status,
    pub today: Date,
    pub units: Vec<OrganizationId>,
    pub may_move: bool,
    pub may_shape: bool,
    /// Take words of it away.
    pub may_redact: bool,
    pub linked: Vec<LinkedItem>,
    pub choices: Choices,
}

/// Who may be put in charge, and which units answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    pub leaders: Vec<(PersonId, String)>,
    pub units: Vec<(OrganizationId, String)>,
}

impl Choices {
    fn of(staff: &Staff, day: Date) -> Choices {
        let leads = |filer: &&shiji_domain::staff::Filer| filer.filing_duty == FilingDuty::Leadership;
        Choices {
            leaders: staff
                .filers(day)
                .iter()
                .filter(leads)
                .map(|filer| (filer.person_id, staff.name(filer.person_id)))
                .collect(),
            units: staff.organizations.iter().map(|unit| (unit.organization_id, unit.name.clone())).collect(),
        }
    }
}

/// All projects, one's own first; whether this person may begin one, and whether take in a list of them.
pub async fn working_projects(
    app: &App,
    act: &Act,
) -> Result<(Vec<WorkingLine>, Option<Choices>, Date), AppError> {
    let place = act.place.place_id;
    let today = act.day()?;
    let mut tx = app.store.read().await?;
    let own: Vec<ProjectId> = project::open_milestones_for(&mut tx, place, act.person(), today)
        .await?
        .into_iter()
        .map(|(_, one)| one.project_id)
        .collect();
    let mut lines: Vec<WorkingLine> = stories(&public_affair::projects(&mut tx, place).await?)
        .into_iter()
        .map(|story| WorkingLine {
            status: story.standing.status(today),
            own: own.contains(&story.id()) || story.fact.leader == Some(act.person()),
            story,
        })
        .collect();
    lines.sort_by_key(|line| (!line.own, line.status, line.story.id()));
    let staff = roster::staff(&mut tx, place).await?;
    let may_begin = act.actor.has(Role::Clerk) || leads_the_town(&staff, act);
    Ok((lines, may_begin.then(|| Choices::of(&staff, today)), today))
}

/// # Errors
/// `NotFound` for a project that there is not.
pub async fn working_page(app: &App, act: &Act, id: ProjectId) -> Result<ProjectPage, AppError> {
    let mut tx = app.store.read().await?;
    let now = Situation::of(&mut tx, act, id).await?;
    Ok(ProjectPage {
        status: now.story.standing.status(now.today),
        today: now.today,
        may_move: now.may_move(act),
        may_shape: now.may_shape(act),
        may_redact: act.actor.has(Role::Clerk),
        linked: linked(&mut tx, act, &now).await?,
        choices: Choices::of(&now.staff, now.today),
        units: now.units.clone(),
        story: now.story,
    })
}

/// Somebody's draft is nobody else's to read.
async fn linked(tx: &mut Tx, act: &Act, now: &Situation) -> Result<Vec<LinkedItem>, AppError> {
    let place = act.place.place_id;
    let mut linked = Vec::new();
    for milestone in now.story.standing.milestones.iter().filter(|one| one.is_open()) {
        let subject = milestone.milestone_id.0;
        for item in link::items_of_subject(tx, place, LinkKind::Milestone, subject).await? {
            let Some(report) = report::report(tx, place, item.report_id).await? else { continue };
            if report.state.is_open() && report.person_id != act.person() {
                continue;
            }
            linked.push(LinkedItem {
                milestone: milestone.milestone_id,
                item: item.item_id,
                text: item.body,
                by: now.staff.name(report.person_id),
            });
        }
    }
    Ok(linked)
}
