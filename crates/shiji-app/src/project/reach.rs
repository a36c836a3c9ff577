//! A milestone is reached, with the item that reached it; or it was called so too early.

use super::description::reason;
use super::step::Situation;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, MilestoneId, ProjectId};
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::refusal::Refusal;
use shiji_record::affair::ProjectMove;
use shiji_store::{Tx, link};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReachMilestone {
    pub project: ProjectId,
    pub milestone: MilestoneId,
    pub on: Date,
    /// An item that was put to the milestone at the desk.
    pub item: Option<ItemId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeBack {
    pub project: ProjectId,
    pub milestone: MilestoneId,
    pub reason: String,
}

/// # Errors
/// Refuses everybody but the leader in charge and those who file for a responsible unit; a day to come, and one before the
/// project's start; an item that does not belong to the milestone; a milestone that is no longer open.
pub async fn reach_milestone(app: &App, act: &Act, wanted: ReachMilestone) -> Result<(), AppError> {
    app.store
        .write("reach_milestone", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write_reached(app, tx, act, *wanted))
        })
        .await
}

async fn write_reached(app: &App, tx: &mut Tx, act: &Act, wanted: ReachMilestone) -> Result<(), AppError> {
    let mut now = Situation::of(tx, act, wanted.project).await?;
    now.must_move(act)?;
    now.story.standing.reach(wanted.milestone, wanted.on, now.today)?;
    if let Some(item) = wanted.item {
        let link = ItemLink { kind: LinkKind::Milestone, subject: wanted.milestone.0 };
        if !link::links_of(tx, act.place.place_id, item).await?.contains(&link) {
            return Err(Refusal::new("refusal-project-item").into());
        }
    }
    let mut step = now.step(act, ProjectMove::Reached);
    step.milestone = Some(wanted.milestone);
    step.to = Some(wanted.on);
    step.item = wanted.item;
    now.take(app, tx, act, step).await?;
    let after = Some(format!("{} {}", wanted.milestone, wanted.on));
    audit(app, tx, act, Change { act: "project.reach", subject: &wanted.project, before: None, after }).await
}

/// # Errors
/// As [`reach_milestone`]; and refuses no reason, and a milestone that nobody called reached.
pub async fn take_back(app: &App, act: &Act, wanted: TakeBack) -> Result<(), AppError> {
    let wanted = TakeBack { reason: reason(&wanted.reason)?, ..wanted };
    app.store
        .write("take_back_milestone", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write_taken_back(app, tx, act, wanted))
        })
        .await
}

async fn write_taken_back(app: &App, tx: &mut Tx, act: &Act, wanted: &TakeBack) -> Result<(), AppError> {
    let mut now = Situation::of(tx, act, wanted.project).await?;
    now.must_move(act)?;
    let before = now.story.standing.milestone(wanted.milestone).and_then(|one| one.reached_on);
    now.story.standing.take_back(wanted.milestone)?;
    let mut step = now.step(act, ProjectMove::NotReached);
    step.milestone = Some(wanted.milestone);
    step.from = before;
    step.reason = Some(wanted.reason.clone());
    now.take(app, tx, act, step).await?;
    let change = Change {
        act: "project.take_back",
        subject: &wanted.project,
        before: before.map(|day| day.to_string()),
        after: Some(wanted.reason.clone()),
    };
    audit(app, tx, act, change).await
}
