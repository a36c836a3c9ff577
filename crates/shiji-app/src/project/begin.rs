//! A new project, with the baseline that will never change.

use super::description::{Description, open_name};
use super::step::{keep, leads_the_town};
use crate::app::{Act, App, Change, audit, day_in};
use crate::error::AppError;
use crate::publish::between::publish_affair;
use jiff::Timestamp;
use jiff::civil::Date;
use shiji_domain::id::ProjectId;
use shiji_domain::project::{Milestone, Project, ProjectState};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::{Role, not_yours};
use shiji_domain::staff::Staff;
use shiji_record::affair::{Affair, BaselineLine, ProjectFact};
use shiji_store::roster::Place;
use shiji_store::{Tx, project, roster};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewProject {
    pub name: String,
    pub description: Description,
    pub started_on: Option<Date>,
    /// Name and promised day.
    pub milestones: Vec<(String, Date)>,
}

/// Publishes the project at once.
///
/// # Errors
/// Refuses everybody but the clerk and the town's leaders; a name that an open project has; no milestone or too many.
pub async fn begin_project(app: &App, act: &Act, wanted: NewProject) -> Result<ProjectId, AppError> {
    app.store
        .write("begin_project", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &NewProject) -> Result<ProjectId, AppError> {
    let staff = roster::staff(tx, act.place.place_id).await?;
    if !act.actor.has(Role::Clerk) && !leads_the_town(&staff, act) {
        return Err(not_yours().into());
    }
    let id = begin_in(app, tx, (&act.place, act.now), &staff, wanted).await?;
    let after = Some(open_name(&wanted.name)?);
    audit(app, tx, act, Change { act: "project.begin", subject: &id, before: None, after }).await?;
    Ok(id)
}

/// Publishes the project within the caller's transaction, after the caller has looked at rights.
pub(super) async fn begin_in(
    app: &App,
    tx: &mut Tx,
    (place, now): (&Place, Timestamp),
    staff: &Staff,
    wanted: &NewProject,
) -> Result<ProjectId, AppError> {
    let today = day_in(place, now)?;
    let name = open_name(&wanted.name)?;
    let known = project::projects(tx, place.place_id).await?;
    if known.iter().any(|one| one.name == name && one.state == ProjectState::Open) {
        return Err(Refusal::new("refusal-project-twice").with("name", name).into());
    }
    let described = wanted.description.checked(staff, today)?;
    let standing = planned(app, wanted)?;
    let fact = ProjectFact {
        project: app.new_id(),
        name,
        aim: described.aim,
        leader: described.leader,
        leader_name: described.leader_name,
        units: described.unit_names,
        money: described.money,
        site: described.site,
        started_on: wanted.started_on,
        baseline: baseline(&standing),
    };
    let id = fact.project;
    publish_affair(app, tx, place, now, Affair::Project(fact)).await?;
    keep(tx, place, id, &described.units).await?;
    Ok(id)
}

/// The milestones as they are promised.
///
/// # Errors
/// As [`Project::planned`]; and names that are empty, too long, or hold personal data.
fn planned(app: &App, wanted: &NewProject) -> Result<Project, Refusal> {
    let mut promised = Vec::with_capacity(wanted.milestones.len());
    for (name, day) in &wanted.milestones {
        let name = open_name(name)?;
        promised.push(Milestone::promised(app.new_id(), name, *day));
    }
    Project::planned(wanted.started_on, promised)
}

fn baseline(standing: &Project) -> Vec<BaselineLine> {
    let line = |one: &Milestone| BaselineLine {
        milestone: one.milestone_id,
        name: one.name.clone(),
        due_on: one.promised_on,
    };
    standing.milestones.iter().map(line).collect()
}
