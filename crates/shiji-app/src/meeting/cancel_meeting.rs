//! A meeting that was opened by mistake: as long as nothing was decided in it, everything is as before.

use super::{must_run, running};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::MeetingId;
use shiji_domain::refusal::Refusal;
use shiji_store::calendar::Period;
use shiji_store::meeting::{self, Meeting};
use shiji_store::{Tx, directive, report};

/// # Errors
/// Refuses everybody but chair and clerk, a meeting that is not the one that goes on, and one in which something was decided,
/// ordered or noted.
pub async fn cancel_meeting(app: &App, act: &Act, wanted: MeetingId) -> Result<(), AppError> {
    must_run(act)?;
    app.store
        .write("cancel_meeting", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(cancel(app, tx, act, *wanted))
        })
        .await
}

async fn cancel(app: &App, tx: &mut Tx, act: &Act, wanted: MeetingId) -> Result<(), AppError> {
    let (period, held) = running(tx, act).await?;
    if held.meeting_id != wanted {
        return Err(Refusal::new("refusal-meeting-changed").into());
    }
    if !is_untouched(tx, act, &period, &held).await? {
        return Err(Refusal::new("refusal-meeting-decided").into());
    }
    if meeting::delete_meeting(tx, act.place.place_id, &held).await? == 0 {
        return Err(Refusal::new("refusal-meeting-changed").into());
    }
    audit(app, tx, act, Change { act: "meeting.cancel", subject: &wanted, before: None, after: None }).await
}

/// Nothing was decided, ordered or noted in the meeting.
pub(super) async fn is_untouched(
    tx: &mut Tx,
    act: &Act,
    period: &Period,
    held: &Meeting,
) -> Result<bool, AppError> {
    let place = act.place.place_id;
    let decisions = report::decisions_in(tx, place, period.period_id).await?;
    let has_decided = decisions.iter().any(|decision| decision.meeting_id == Some(held.meeting_id));
    let orders = directive::of_meeting(tx, place, held.meeting_id).await?;
    let has_notes = !held.notes.is_empty() || meeting::has_notes_on_reports(tx, place, held).await?;
    Ok(!has_decided && orders.is_empty() && !has_notes)
}
