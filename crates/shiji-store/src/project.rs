//! The working side of key projects: whose they are, and which milestones are open. Everything else of them is in the records.

use crate::database::{StoreError, Tx};
use crate::value::{Row, Value};
use jiff::civil::Date;
use shiji_domain::id::{MilestoneId, OrganizationId, PersonId, PlaceId, ProjectId};
use shiji_domain::project::ProjectState;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptProject {
    pub project_id: ProjectId,
    pub name: String,
    pub leader_id: Option<PersonId>,
    pub state: ProjectState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptMilestone {
    pub project_id: ProjectId,
    pub milestone_id: MilestoneId,
    pub name: String,
    pub forecast_on: Date,
    pub is_open: bool,
}

fn project_of(row: &Row) -> Result<KeptProject, StoreError> {
    Ok(KeptProject {
        project_id: row.parsed("project_id")?,
        name: row.text("name")?,
        leader_id: row.optional_parsed("leader_id")?,
        state: row.code("state", ProjectState::from_code)?,
    })
}

fn milestone_of(row: &Row) -> Result<KeptMilestone, StoreError> {
    Ok(KeptMilestone {
        project_id: row.parsed("project_id")?,
        milestone_id: row.parsed("milestone_id")?,
        name: row.text("name")?,
        forecast_on: row.parsed("forecast_on")?,
        is_open: row.flag("is_open")?,
    })
}

/// Writes all of a project anew.
pub async fn put_project(
    tx: &mut Tx,
    place: PlaceId,
    project: &KeptProject,
    units: &[OrganizationId],
    milestones: &[KeptMilestone],
) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM project WHERE place_id = $1 AND project_id = $2",
        "DELETE FROM project_unit WHERE place_id = $1 AND project_id = $2",
        "DELETE FROM milestone WHERE place_id = $1 AND project_id = $2",
    ] {
        tx.execute(sql, &[place.into(), project.project_id.into()]).await?;
    }
    let sql =
        "INSERT INTO project (place_id, project_id, name, leader_id, state) VALUES ($1, $2, $3, $4, $5)";
    let values = [
        place.into(),
        project.project_id.into(),
        (&project.name).into(),
        project.leader_id.into(),
        project.state.code().into(),
    ];
    tx.execute(sql, &values).await?;
    let rows: Vec<Vec<Value>> = (1_i64..)
        .zip(units)
        .map(|(at, unit)| vec![place.into(), (*unit).into(), project.project_id.into(), at.into()])
        .collect();
    let insert = "INSERT INTO project_unit (place_id, organization_id, project_id, position)";
    tx.insert_many(insert, &rows).await?;
    let rows: Vec<Vec<Value>> = milestones
        .iter()
        .map(|one| {
            vec![
                place.into(),
                one.project_id.into(),
                one.milestone_id.into(),
                (&one.name).into(),
                one.forecast_on.into(),
                one.is_open.into(),
            ]
        })
        .collect();
    let insert = "INSERT INTO milestone (place_id, project_id, milestone_id, name, forecast_on, is_open)";
    tx.insert_many(insert, &rows).await
}

/// Whose names must not be taken twice, and whose rows an import is held against.
pub async fn projects(tx: &mut Tx, place: PlaceId) -> Result<Vec<KeptProject>, StoreError> {
    let sql =
        "SELECT project_id, name, leader_id, state FROM project WHERE place_id = $1 ORDER BY project_id";
    tx.fetch_all(sql, &[place.into()]).await?.iter().map(project_of).collect()
}

/// Responsible units, the first of them first.
pub async fn units_of(tx: &mut Tx, place: PlaceId, id: ProjectId) -> Result<Vec<OrganizationId>, StoreError> {
    let sql =
        "SELECT organization_id FROM project_unit WHERE place_id = $1 AND project_id = $2 ORDER BY position";
    let rows = tx.fetch_all(sql, &[place.into(), id.into()]).await?;
    rows.iter().map(|row| row.parsed("organization_id")).collect()
}

/// A milestone with its project's name.
pub async fn milestone(
    tx: &mut Tx,
    place: PlaceId,
    id: MilestoneId,
) -> Result<Option<(String, KeptMilestone)>, StoreError> {
    let sql = "SELECT p.name AS project_name, m.project_id AS project_id, m.milestone_id AS milestone_id, \
               m.name AS name, m.forecast_on AS forecast_on, m.is_open AS is_open \
               FROM milestone m JOIN project p ON p.place_id = m.place_id AND p.project_id = m.project_id \
               WHERE m.place_id = $1 AND m.milestone_id = $2";
    let row = tx.fetch_optional(sql, &[place.into(), id.into()]).await?;
    row.map(|row| Ok((row.text("project_name")?, milestone_of(&row)?))).transpose()
}

/// Open milestones, each with its project's name, of the projects that somebody is in charge of or whose responsible unit the
/// person files for on `day`; what comes first is first.
pub async fn open_milestones_for(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    day: Date,
) -> Result<Vec<(String, KeptMilestone)>, StoreError> {
    let sql = "SELECT p.name AS project_name, m.project_id AS project_id, m.milestone_id AS milestone_id, \
               m.name AS name, m.forecast_on AS forecast_on, m.is_open AS is_open \
               FROM project p JOIN milestone m ON m.place_id = p.place_id AND m.project_id = p.project_id \
               WHERE p.place_id = $1 AND p.state = 'open' AND m.is_open \
               AND (p.leader_id = $2 OR p.project_id IN (SELECT u.project_id FROM project_unit u \
               JOIN post o ON o.place_id = u.place_id AND o.organization_id = u.organization_id \
               JOIN membership b ON b.place_id = o.place_id AND b.post_id = o.post_id \
               WHERE u.place_id = $1 AND b.person_id = $2 AND o.filing_duty IS NOT NULL \
               AND (b.from_day IS NULL OR b.from_day <= $3) AND (b.to_day IS NULL OR b.to_day >= $3))) \
               ORDER BY m.forecast_on, p.project_id, m.milestone_id";
    let rows = tx.fetch_all(sql, &[place.into(), person.into(), day.into()]).await?;
    rows.iter().map(|row| Ok((row.text("project_name")?, milestone_of(row)?))).collect()
}
