//! A milestone that was not in the baseline, and one that will not be built, or will be after all.

use super::description::{open_name, reason};
use super::step::Situation;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{MilestoneId, ProjectId};
use shiji_domain::project::Milestone;
use shiji_record::affair::ProjectMove;
use shiji_store::Tx;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddMilestone {
    pub project: ProjectId,
    pub name: String,
    /// Its own baseline from now on.
    pub day: Date,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropMilestone {
    pub project: ProjectId,
    pub milestone: MilestoneId,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeUpMilestone {
    pub project: ProjectId,
    pub milestone: MilestoneId,
    pub reason: String,
}

/// # Errors
/// Refuses everybody but the leader in charge and the clerk; no reason; a name that stands there already.
pub async fn add_milestone(app: &App, act: &Act, wanted: AddMilestone) -> Result<(), AppError> {
    let name = open_name(&wanted.name)?;
    let wanted = AddMilestone { name, reason: reason(&wanted.reason)?, ..wanted };
    app.store
        .write("add_milestone", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write_added(app, tx, act, wanted))
        })
        .await
}

async fn write_added(app: &App, tx: &mut Tx, act: &Act, wanted: &AddMilestone) -> Result<(), AppError> {
    let mut now = Situation::of(tx, act, wanted.project).await?;
    now.must_shape(act)?;
    let id: MilestoneId = app.new_id();
    now.story.standing.add(Milestone::promised(id, wanted.name.clone(), wanted.day))?;
    let mut step = now.step(act, ProjectMove::Added);
    step.milestone = Some(id);
    step.name = Some(wanted.name.clone());
    step.to = Some(wanted.day);
    step.reason = Some(wanted.reason.clone());
    now.take(app, tx, act, step).await?;
    let after = Some(format!("{} {} ({})", wanted.name, wanted.day, wanted.reason));
    audit(app, tx, act, Change { act: "project.add", subject: &wanted.project, before: None, after }).await
}

/// # Errors
/// Refuses everybody but the leader in charge and the clerk; no reason; a milestone that is no longer open, and the last one.
pub async fn drop_milestone(app: &App, act: &Act, wanted: DropMilestone) -> Result<(), AppError> {
    let wanted = DropMilestone { reason: reason(&wanted.reason)?, ..wanted };
    app.store
        .write("drop_milestone", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write_dropped(app, tx, act, wanted))
        })
        .await
}

async fn write_dropped(app: &App, tx: &mut Tx, act: &Act, wanted: &DropMilestone) -> Result<(), AppError> {
    let mut now = Situation::of(tx, act, wanted.project).await?;
    now.must_shape(act)?;
    now.story.standing.give_up(wanted.milestone, now.today)?;
    let mut step = now.step(act, ProjectMove::Dropped);
    step.milestone = Some(wanted.milestone);
    step.reason = Some(wanted.reason.clone());
    now.take(app, tx, act, step).await?;
    let before = now.story.standing.milestone(wanted.milestone).map(|one| one.name.clone());
    let after = Some(wanted.reason.clone());
    audit(app, tx, act, Change { act: "project.drop", subject: &wanted.project, before, after }).await
}

/// # Errors
/// Refuses everybody but the leader in charge and the clerk; no reason; a milestone that was not dropped.
pub async fn take_up_milestone(app: &App, act: &Act, wanted: TakeUpMilestone) -> Result<(), AppError> {
    let wanted = TakeUpMilestone { reason: reason(&wanted.reason)?, ..wanted };
    app.store
        .write("take_up_milestone", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write_taken_up(app, tx, act, wanted))
        })
        .await
}

async fn write_taken_up(app: &App, tx: &mut Tx, act: &Act, wanted: &TakeUpMilestone) -> Result<(), AppError> {
    let mut now = Situation::of(tx, act, wanted.project).await?;
    now.must_shape(act)?;
    now.story.standing.take_up(wanted.milestone)?;
    let mut step = now.step(act, ProjectMove::TakenUp);
    step.milestone = Some(wanted.milestone);
    step.reason = Some(wanted.reason.clone());
    now.take(app, tx, act, step).await?;
    let name = now.story.standing.milestone(wanted.milestone).map(|one| one.name.clone());
    let after = Some(format!("{} ({})", name.unwrap_or_default(), wanted.reason));
    audit(app, tx, act, Change { act: "project.take_up", subject: &wanted.project, before: None, after })
        .await
}
