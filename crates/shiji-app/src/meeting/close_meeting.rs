//! Closing the meeting publishes the issue: both in one transaction, or neither.

use super::publish_minutes;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::publish::publish_in;
use shiji_domain::id::MeetingId;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_store::meeting::{self, Meeting};
use shiji_store::{Tx, calendar};

/// The number of the issue.
///
/// # Errors
/// Refuses everybody but the chair, and a meeting that is closed already: two phones, or a second tap.
pub async fn close_meeting(app: &App, act: &Act, wanted: MeetingId) -> Result<i64, AppError> {
    act.actor.must_be(Role::Chair)?;
    app.store
        .write("close_meeting", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(close(app, tx, act, *wanted))
        })
        .await
}

async fn close(app: &App, tx: &mut Tx, act: &Act, wanted: MeetingId) -> Result<i64, AppError> {
    let place = act.place.place_id;
    for period in calendar::periods(tx, place).await?.into_iter().rev() {
        let Some(held) = meeting::meeting_of_period(tx, place, period.period_id).await? else { continue };
        if held.meeting_id != wanted {
            continue;
        }
        if let Some(number) = period.issue_number {
            return Err(Refusal::new("refusal-meeting-closed").with("number", number).into());
        }
        let closed = Meeting { closed_at: Some(act.millis()), closed_by: Some(act.person()), ..held };
        if meeting::update_meeting(tx, place, &closed).await? == 0 {
            return Err(Refusal::new("refusal-meeting-changed").into());
        }
        let number = publish_in(app, tx, &act.place, act.now, &period, Some(act.person())).await?;
        publish_minutes(app, tx, &act.place, act.now, &closed, number).await?;
        let after = Some(number.to_string());
        audit(app, tx, act, Change { act: "meeting.close", subject: &wanted, before: None, after }).await?;
        return Ok(number);
    }
    Err(AppError::NotFound)
}
