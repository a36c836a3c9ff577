//! A new project, with the baseline that will never change.

use super::description::{Description, open_name};
use super::step::{keep, leads_the_town, story_of};
use crate::app::{Act, App, Change, audit, day_in};
use crate::error::AppError;
use crate::publish::between::publish_affair;
use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use shiji_domain::id::{OrganizationId, ProjectId};
use shiji_domain::project::{Milestone, Project, ProjectState};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::{Role, not_yours};
use shiji_domain::staff::Staff;
use shiji_record::affair::{Affair, BaselineLine, ProjectFact};
use shiji_store::roster::Place;
use shiji_store::{Tx, project, roster};
use std::fmt;
use std::str::FromStr;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewProject {
    pub name: String,
    pub description: Description,
    pub started_on: Option<Date>,
    /// Name and promised day.
    pub milestones: Vec<(String, Date)>,
}

/// The number of a form, of 128 random bits: a form that is sent again begins no second project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormKey(u128);

impl FormKey {
    pub fn new(app: &App) -> FormKey {
        FormKey(u128::from_be_bytes(app.random()))
    }

    /// The same form of the same person gives the same project (RFC 9562, version 8).
    fn project(self, act: &Act) -> ProjectId {
        let place = act.place.place_id.to_string();
        let words = ["project", place.as_str(), &act.person().to_string(), &self.to_string()].join("\0");
        let mut bytes = [0_u8; 16];
        bytes.copy_from_slice(&Sha256::digest(words.as_bytes())[..16]);
        ProjectId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

impl fmt::Display for FormKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for FormKey {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<FormKey, Refusal> {
        let is_hex = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u128::from_str_radix(text, 16).ok().filter(|_| is_hex);
        number.map(FormKey).ok_or_else(|| Refusal::new("refusal-form"))
    }
}

/// A project as it would stand, of which nothing is public yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    pub fact: ProjectFact,
    pub standing: Project,
    pub today: Date,
}

/// What would become public. The ids of its milestones are not those that it will have.
///
/// # Errors
/// As [`begin_project`].
pub async fn propose_project(app: &App, act: &Act, wanted: &NewProject) -> Result<Proposed, AppError> {
    let mut tx = app.store.read().await?;
    let staff = roster::staff(&mut tx, act.place.place_id).await?;
    must_begin(&staff, act)?;
    let today = act.day()?;
    let (fact, standing, _) =
        proposed(app, &mut tx, (&act.place, today), &staff, (app.new_id(), wanted)).await?;
    Ok(Proposed { fact, standing, today })
}

/// Publishes the project at once.
///
/// # Errors
/// Refuses everybody but the clerk and the town's leaders; a name that an open project has; no milestone or too many.
pub async fn begin_project(app: &App, act: &Act, wanted: NewProject) -> Result<ProjectId, AppError> {
    begin(app, act, wanted, None).await
}

/// As [`begin_project`], and when this form began a project already, the answer is that one.
///
/// # Errors
/// As [`begin_project`]; and refuses a form that began another project than it asks for now.
pub async fn begin_project_once(
    app: &App,
    act: &Act,
    wanted: NewProject,
    form: FormKey,
) -> Result<ProjectId, AppError> {
    begin(app, act, wanted, Some(form)).await
}

async fn begin(
    app: &App,
    act: &Act,
    wanted: NewProject,
    form: Option<FormKey>,
) -> Result<ProjectId, AppError> {
    let id = form.map(|form| form.project(act));
    app.store
        .write("begin_project", &(app, act, wanted, id), |tx, (app, act, wanted, id)| {
            Box::pin(write(app, tx, act, wanted, *id))
        })
        .await
}

async fn write(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    wanted: &NewProject,
    id: Option<ProjectId>,
) -> Result<ProjectId, AppError> {
    let staff = roster::staff(tx, act.place.place_id).await?;
    must_begin(&staff, act)?;
    if let Some(id) = id {
        match story_of(tx, &act.place, id).await {
            Ok(story) => return is_of(&story.fact, wanted).map(|()| id),
            Err(AppError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let id = id.unwrap_or_else(|| app.new_id());
    begin_in(app, tx, (&act.place, act.now), &staff, (id, wanted)).await?;
    let after = Some(open_name(&wanted.name)?);
    audit(app, tx, act, Change { act: "project.begin", subject: &id, before: None, after }).await?;
    Ok(id)
}

fn must_begin(staff: &Staff, act: &Act) -> Result<(), Refusal> {
    if act.actor.has(Role::Clerk) || leads_the_town(staff, act) { Ok(()) } else { Err(not_yours()) }
}

/// # Errors
/// Refuses where the form was changed after its project became public: the other one would be lost in silence.
fn is_of(begun: &ProjectFact, wanted: &NewProject) -> Result<(), AppError> {
    let mut milestones = Vec::with_capacity(wanted.milestones.len());
    for (name, day) in &wanted.milestones {
        milestones.push((open_name(name)?, *day));
    }
    milestones.sort_by_key(|(_, day)| *day);
    let baseline = begun.baseline.iter().map(|line| (line.name.clone(), line.due_on));
    let is_same = begun.name == open_name(&wanted.name)?
        && begun.started_on == wanted.started_on
        && baseline.eq(milestones);
    if is_same {
        return Ok(());
    }
    Err(Refusal::new("refusal-project-form-used").with("name", &begun.name).into())
}

/// Publishes the project within the caller's transaction, after the caller has looked at rights.
pub(super) async fn begin_in(
    app: &App,
    tx: &mut Tx,
    (place, now): (&Place, Timestamp),
    staff: &Staff,
    (id, wanted): (ProjectId, &NewProject),
) -> Result<(), AppError> {
    let today = day_in(place, now)?;
    let (fact, _, units) = proposed(app, tx, (place, today), staff, (id, wanted)).await?;
    publish_affair(app, tx, place, now, Affair::Project(fact)).await?;
    keep(tx, place, id, &units).await
}

async fn proposed(
    app: &App,
    tx: &mut Tx,
    (place, today): (&Place, Date),
    staff: &Staff,
    (id, wanted): (ProjectId, &NewProject),
) -> Result<(ProjectFact, Project, Vec<OrganizationId>), AppError> {
    let name = open_name(&wanted.name)?;
    let known = project::projects(tx, place.place_id).await?;
    if known.iter().any(|one| one.name == name && one.state == ProjectState::Open) {
        return Err(Refusal::new("refusal-project-twice").with("name", name).into());
    }
    let described = wanted.description.checked(staff, today)?;
    let standing = planned(app, wanted)?;
    let fact = ProjectFact {
        project: id,
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
    Ok((fact, standing, described.units))
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
