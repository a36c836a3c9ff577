//! Moves a forecast, with the reason that everybody reads. The baseline stays.

use super::description::reason;
use super::step::Situation;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{MilestoneId, NoticeId, ProjectId};
use shiji_domain::notice::NoticeKind;
use shiji_record::affair::ProjectMove;
use shiji_store::Tx;
use shiji_store::notice::{Notice, insert_notice};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftForecast {
    pub project: ProjectId,
    pub milestone: MilestoneId,
    pub to: Date,
    pub reason: String,
}

/// # Errors
/// Refuses everybody but the leader in charge and those who file for a responsible unit; no reason; a day that has passed; a
/// milestone that is no longer open.
pub async fn shift_forecast(app: &App, act: &Act, wanted: ShiftForecast) -> Result<(), AppError> {
    let wanted = ShiftForecast { reason: reason(&wanted.reason)?, ..wanted };
    app.store
        .write("shift_forecast", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &ShiftForecast) -> Result<(), AppError> {
    let mut now = Situation::of(tx, act, wanted.project).await?;
    now.must_move(act)?;
    let before = now.story.standing.shift(wanted.milestone, wanted.to, now.today)?;
    let mut step = now.step(act, ProjectMove::Shifted);
    step.milestone = Some(wanted.milestone);
    step.from = Some(before);
    step.to = Some(wanted.to);
    step.reason = Some(wanted.reason.clone());
    now.take(app, tx, act, step).await?;
    tell_the_leader(app, tx, act, &now).await?;
    let change = Change {
        act: "project.shift",
        subject: &wanted.project,
        before: Some(before.to_string()),
        after: Some(format!("{} ({})", wanted.to, wanted.reason)),
    };
    audit(app, tx, act, change).await
}

/// Whoever answers for the project hears when somebody else moves it.
async fn tell_the_leader(app: &App, tx: &mut Tx, act: &Act, now: &Situation) -> Result<(), AppError> {
    let Some(leader) = now.story.fact.leader.filter(|leader| *leader != act.person()) else {
        return Ok(());
    };
    let notice = Notice {
        notice_id: app.new_id::<NoticeId>(),
        person_id: leader,
        kind: NoticeKind::ProjectShifted,
        period: None,
        subject: Some(now.story.id().0),
        created_at: act.millis(),
        created_by: Some(act.person()),
    };
    Ok(insert_notice(tx, act.place.place_id, &notice).await?)
}
