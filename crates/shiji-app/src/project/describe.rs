//! Another leader, other units, other money: the project is described anew, its baseline stays.

use super::description::{Description, reason};
use super::step::Situation;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::ProjectId;
use shiji_record::affair::ProjectMove;
use shiji_store::Tx;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DescribeProject {
    pub project: ProjectId,
    pub description: Description,
    pub reason: String,
}

/// # Errors
/// Refuses everybody but the leader in charge and the clerk; no reason; and a description as [`Description`] lays down.
pub async fn describe_project(app: &App, act: &Act, wanted: DescribeProject) -> Result<(), AppError> {
    let wanted = DescribeProject { reason: reason(&wanted.reason)?, ..wanted };
    app.store
        .write("describe_project", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &DescribeProject) -> Result<(), AppError> {
    let mut now = Situation::of(tx, act, wanted.project).await?;
    now.must_shape(act)?;
    let described = wanted.description.checked(&now.staff, now.today)?;
    let mut step = now.step(act, ProjectMove::Described);
    step.reason = Some(wanted.reason.clone());
    step.aim = described.aim;
    step.leader = described.leader;
    step.leader_name = described.leader_name;
    step.units = Some(described.unit_names);
    step.money = described.money;
    step.site = described.site;
    let told = [step.leader_name.clone(), step.units.clone().map(|units| units.join("、"))];
    let after = told.into_iter().flatten().collect::<Vec<_>>().join(" | ");
    let fact = &now.story.fact;
    let before = [fact.leader_name.clone(), Some(fact.units.join("、"))];
    let before = before.into_iter().flatten().collect::<Vec<_>>().join(" | ");
    now.units = described.units;
    now.take(app, tx, act, step).await?;
    let change = Change {
        act: "project.describe",
        subject: &wanted.project,
        before: Some(before),
        after: Some(format!("{after} ({})", wanted.reason)),
    };
    audit(app, tx, act, change).await
}
