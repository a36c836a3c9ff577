//! Takes in the list of projects that an office keeps: looked at before it is applied, then all of it or nothing.

use super::begin::{NewProject, begin_in};
use super::description::{Description, reason};
use super::step::{keep, story_of};
use crate::app::{App, Change};
use crate::error::AppError;
use crate::office::{By, fingerprint};
use crate::publish::between::publish_affair;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use shiji_domain::id::{OrganizationId, PersonId, ProjectId};
use shiji_domain::project::{
    MILESTONES_MOST, Milestone, NAME_LENGTH_MOST, Project, ProjectState, must_be_a_day,
};
use shiji_domain::refusal::Refusal;
use shiji_domain::staff::Staff;
use shiji_domain::text::one_line;
use shiji_paper::{ProjectRow, ProjectSheet, SheetError, read_projects};
use shiji_record::affair::{Affair, ProjectMove, ProjectStepFact};
use shiji_store::{Tx, project, roster};
use std::collections::HashSet;

/// What keeps a row from being taken in; nothing of the sheet is, while one of them stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "trouble", rename_all = "snake_case")]
pub enum ProjectTrouble {
    /// An open project of this name, in the town or further up in the sheet.
    Known {
        row: usize,
        name: String,
    },
    Unit {
        row: usize,
        name: String,
        unit: String,
    },
    NoUnit {
        row: usize,
        name: String,
    },
    Leader {
        row: usize,
        name: String,
        leader: String,
    },
    /// The baseline makes no sense, or words are too long or hold personal data; `key` says which.
    Words {
        row: usize,
        name: String,
        key: &'static str,
    },
    /// A cell that cannot be read.
    Cell {
        row: usize,
        error: SheetError,
    },
    /// Expected on a day that has passed.
    ForecastPast {
        row: usize,
        name: String,
        milestone: String,
    },
    ReachedLater {
        row: usize,
        name: String,
        milestone: String,
    },
    /// Before the project's start.
    ReachedEarly {
        row: usize,
        name: String,
        milestone: String,
    },
}

impl ProjectTrouble {
    pub fn row(&self) -> usize {
        match self {
            ProjectTrouble::Known { row, .. }
            | ProjectTrouble::Unit { row, .. }
            | ProjectTrouble::NoUnit { row, .. }
            | ProjectTrouble::Leader { row, .. }
            | ProjectTrouble::Words { row, .. }
            | ProjectTrouble::Cell { row, .. }
            | ProjectTrouble::ForecastPast { row, .. }
            | ProjectTrouble::ReachedLater { row, .. }
            | ProjectTrouble::ReachedEarly { row, .. } => *row,
        }
    }

    /// The project's; none for a cell, whose sentence says where it stands.
    pub fn name(&self) -> &str {
        match self {
            ProjectTrouble::Cell { .. } => "",
            ProjectTrouble::Known { name, .. }
            | ProjectTrouble::ForecastPast { name, .. }
            | ProjectTrouble::Unit { name, .. }
            | ProjectTrouble::NoUnit { name, .. }
            | ProjectTrouble::Leader { name, .. }
            | ProjectTrouble::Words { name, .. }
            | ProjectTrouble::ReachedLater { name, .. }
            | ProjectTrouble::ReachedEarly { name, .. } => name,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedProject {
    #[serde(flatten)]
    pub row: ProjectRow,
    #[serde(skip)]
    pub leader_id: Option<PersonId>,
    #[serde(skip)]
    pub unit_ids: Vec<OrganizationId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectsPlan {
    pub projects: Vec<PlannedProject>,
    pub milestones: usize,
    pub problems: Vec<ProjectTrouble>,
    /// Hand it in when the plan is applied: what was shown is what happens.
    pub fingerprint: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProjectsApplied {
    pub projects: usize,
    pub milestones: usize,
}

/// # Errors
/// Refuses a file of another kind, a broken or hostile one, and one that does not say what was planned. What stands in single
/// cells is among the problems of the plan.
pub async fn read_projects_sheet(bytes: Vec<u8>, file_name: String) -> Result<ProjectSheet, AppError> {
    let read = tokio::task::spawn_blocking(move || read_projects(&file_name, &bytes)).await?;
    let refusal = |error: SheetError| Refusal { key: error.key(), args: error.args() };
    read.map_err(|error| refusal(error).into())
}

/// # Errors
/// Refuses everybody but the clerk and the command line.
pub async fn plan_projects(app: &App, by: &By<'_>, sheet: &ProjectSheet) -> Result<ProjectsPlan, AppError> {
    by.must_be_clerk()?;
    let mut tx = app.store.read().await?;
    plan(&mut tx, by, sheet).await
}

async fn plan(tx: &mut Tx, by: &By<'_>, sheet: &ProjectSheet) -> Result<ProjectsPlan, AppError> {
    let rows = &sheet.projects;
    let staff = roster::staff(tx, by.place_id()).await?;
    let known = project::projects(tx, by.place_id()).await?;
    let open = known.into_iter().filter(|one| one.state == ProjectState::Open);
    let mut names: HashSet<String> = open.map(|one| one.name).collect();
    let row = |error: &SheetError| error.place().map_or(0, |place| place.row);
    let cells = sheet.problems.iter();
    let mut problems: Vec<ProjectTrouble> =
        cells.map(|error| ProjectTrouble::Cell { row: row(error), error: error.clone() }).collect();
    let mut projects = Vec::new();
    for row in rows {
        if !names.insert(one_line(&row.name)) {
            problems.push(ProjectTrouble::Known { row: row.row, name: row.name.clone() });
        }
        projects.push(planned(&staff, by.day()?, row, &mut problems));
    }
    problems.sort_by_key(ProjectTrouble::row);
    let milestones = rows.iter().map(|row| row.milestones.len()).sum();
    let mut plan = ProjectsPlan { projects, milestones, problems, fingerprint: String::new() };
    plan.fingerprint = fingerprint(&plan)?;
    Ok(plan)
}

/// The people and units that the row names, and what is wrong with it.
fn planned(
    staff: &Staff,
    today: Date,
    row: &ProjectRow,
    problems: &mut Vec<ProjectTrouble>,
) -> PlannedProject {
    let (at, name) = (row.row, row.name.clone());
    let mut planned = PlannedProject { row: row.clone(), leader_id: None, unit_ids: Vec::new() };
    for unit in &row.units {
        match unit_named(staff, unit) {
            Some(id) => planned.unit_ids.push(id),
            None => problems.push(ProjectTrouble::Unit { row: at, name: name.clone(), unit: unit.clone() }),
        }
    }
    if row.units.is_empty() {
        problems.push(ProjectTrouble::NoUnit { row: at, name: name.clone() });
    }
    if let Some(leader) = &row.leader {
        planned.leader_id = leader_named(staff, leader, today);
        if planned.leader_id.is_none() {
            let leader = leader.clone();
            problems.push(ProjectTrouble::Leader { row: at, name: name.clone(), leader });
        }
    }
    if let Err(refusal) = words(row) {
        problems.push(ProjectTrouble::Words { row: at, name: name.clone(), key: refusal.key });
    }
    for one in &row.milestones {
        let (row, name, milestone) = (one.row, planned.row.name.clone(), one.name.clone());
        if let Some((day, why)) = &one.moved {
            if let Err(refusal) = must_be_a_day(*day).and_then(|()| reason(why).map(|_| ())) {
                let is_long = refusal.key == "refusal-text-long";
                let key = if is_long { "project-trouble-reason-long" } else { refusal.key };
                problems.push(ProjectTrouble::Words { row, name, key });
            } else if *day < today {
                problems.push(ProjectTrouble::ForecastPast { row, name, milestone });
            }
            continue;
        }
        let Some(day) = one.reached_on else { continue };
        if day > today {
            problems.push(ProjectTrouble::ReachedLater { row, name, milestone });
        } else if planned.row.started_on.is_some_and(|start| day < start) {
            problems.push(ProjectTrouble::ReachedEarly { row, name, milestone });
        } else if let Err(refusal) = must_be_a_day(day) {
            problems.push(ProjectTrouble::Words { row, name, key: refusal.key });
        }
    }
    planned
}

fn unit_named(staff: &Staff, name: &str) -> Option<OrganizationId> {
    let same = |one: &str| one == name || one.ends_with(name) || name.ends_with(one);
    let exact = staff.organizations.iter().find(|unit| unit.name == name);
    let found = exact.or_else(|| {
        let mut near = staff.organizations.iter().filter(|unit| same(&unit.name));
        near.next().filter(|_| near.next().is_none())
    });
    found.map(|unit| unit.organization_id)
}

/// By the name before any bracket; a title behind it is passed over.
fn leader_named(staff: &Staff, told: &str, day: Date) -> Option<PersonId> {
    let bare = told.split(['(', '（']).next().unwrap_or(told);
    let mut found = staff.filers(day).into_iter().filter(|filer| {
        let name = staff.name(filer.person_id);
        bare == name || (bare.starts_with(&name) && name.chars().count() > 1)
    });
    found.next().filter(|_| found.next().is_none()).map(|filer| filer.person_id)
}

/// What publishing would refuse later, told before.
fn words(row: &ProjectRow) -> Result<(), Refusal> {
    let texts = [Some(&row.name), row.aim.as_ref(), row.money.as_ref(), row.site.as_ref()];
    for text in texts.into_iter().flatten().chain(row.milestones.iter().map(|one| &one.name)) {
        super::description::open_words(Some(text.clone()))?;
    }
    let long = |text: &str| one_line(text).chars().count() > NAME_LENGTH_MOST;
    if long(&row.name) || row.milestones.iter().any(|one| long(&one.name)) {
        return Err(Refusal::new("refusal-text-long")
            .with("length", NAME_LENGTH_MOST + 1)
            .with("most", NAME_LENGTH_MOST));
    }
    if row.milestones.len() > MILESTONES_MOST {
        return Err(Refusal::new("refusal-project-milestones").with("most", MILESTONES_MOST));
    }
    // The cells that would name them are told already.
    if row.milestones.is_empty() {
        return Ok(());
    }
    let promised = (1_u128..).zip(&row.milestones).map(|(number, one)| {
        Milestone::promised(uuid::Uuid::from_u128(number).into(), one_line(&one.name), one.due_on)
    });
    Project::planned(row.started_on, promised.collect()).map(|_| ())
}

/// Applies what [`plan_projects`] showed; `seen` is the fingerprint of that plan.
///
/// # Errors
/// Refuses everybody but the clerk and the command line; a plan that would be another one now; a sheet in which anything
/// stands in the way.
pub async fn apply_projects(
    app: &App,
    by: &By<'_>,
    sheet: &ProjectSheet,
    seen: &str,
) -> Result<ProjectsApplied, AppError> {
    by.must_be_clerk()?;
    app.store
        .write("apply_projects", &(app, by, sheet, seen), |tx, (app, by, sheet, seen)| {
            Box::pin(write(app, tx, by, sheet, seen))
        })
        .await
}

async fn write(
    app: &App,
    tx: &mut Tx,
    by: &By<'_>,
    sheet: &ProjectSheet,
    seen: &str,
) -> Result<ProjectsApplied, AppError> {
    let plan = plan(tx, by, sheet).await?;
    if plan.fingerprint != seen {
        return Err(Refusal::new("refusal-projects-changed").into());
    }
    if let Some(problem) = plan.problems.first() {
        return Err(Refusal::new("refusal-projects-problem").with("row", problem.row()).into());
    }
    if plan.projects.is_empty() {
        return Err(Refusal::new("refusal-projects-empty").into());
    }
    let staff = roster::staff(tx, by.place_id()).await?;
    let now = Timestamp::from_millisecond(by.millis()).map_err(AppError::Time)?;
    for planned in &plan.projects {
        let id: ProjectId = app.new_id();
        begin_in(app, tx, (by.place(), now), &staff, (id, &new_project(planned))).await?;
        go_on(app, tx, by, now, id, planned, &staff).await?;
        let after = Some(planned.row.name.clone());
        by.audit(app, tx, Change { act: "project.import", subject: &id, before: None, after }).await?;
    }
    Ok(ProjectsApplied { projects: plan.projects.len(), milestones: plan.milestones })
}

fn new_project(planned: &PlannedProject) -> NewProject {
    let row = &planned.row;
    NewProject {
        name: row.name.clone(),
        description: Description {
            aim: row.aim.clone().unwrap_or_default(),
            leader: planned.leader_id,
            units: planned.unit_ids.clone(),
            money: row.money.clone().unwrap_or_default(),
            site: row.site.clone().unwrap_or_default(),
        },
        started_on: row.started_on,
        milestones: row.milestones.iter().map(|one| (one.name.clone(), one.due_on)).collect(),
    }
}

/// What was reached or moved before the list was taken in.
async fn go_on(
    app: &App,
    tx: &mut Tx,
    by: &By<'_>,
    now: Timestamp,
    id: ProjectId,
    planned: &PlannedProject,
    staff: &Staff,
) -> Result<(), AppError> {
    let story = story_of(tx, by.place(), id).await?;
    let today = by.day()?;
    let name = by.person().map_or_else(|| by.place().name.clone(), |person| staff.name(person));
    for one in &planned.row.milestones {
        let milestone = one_line(&one.name);
        let found = story.standing.milestones.iter().find(|known| known.name == milestone);
        let step = |step| ProjectStepFact::new(id, step, today, name.clone());
        let mut step = match (one.reached_on, &one.moved) {
            (Some(day), _) => ProjectStepFact { to: Some(day), ..step(ProjectMove::Reached) },
            (None, Some((day, why))) => ProjectStepFact {
                from: Some(one.due_on),
                to: Some(*day),
                reason: Some(reason(why)?),
                ..step(ProjectMove::Shifted)
            },
            (None, None) => continue,
        };
        step.milestone = found.map(|known| known.milestone_id);
        publish_affair(app, tx, by.place(), now, Affair::ProjectStep(step)).await?;
    }
    keep(tx, by.place(), id, &planned.unit_ids).await
}
