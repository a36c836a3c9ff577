//! Opening the meeting: from now on nothing is withdrawn.

use super::{first_day, must_run};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::refusal::Refusal;
use shiji_store::calendar;
use shiji_store::meeting::{self, Meeting};

/// # Errors
/// Refuses everybody but chair and clerk, a second meeting for the same period, and a day on which the week still goes on.
pub async fn open_meeting(app: &App, act: &Act) -> Result<(), AppError> {
    must_run(act)?;
    app.store
        .write("open_meeting", &(app, act), |tx, (app, act)| {
            Box::pin(async move {
                let place = act.place.place_id;
                let period = calendar::open_period(tx, place)
                    .await?
                    .ok_or_else(|| Refusal::new("refusal-no-period"))?;
                if meeting::meeting_of_period(tx, place, period.period_id).await?.is_some() {
                    return Err(Refusal::new("refusal-meeting-open").into());
                }
                let first_day = first_day(act, &period)?;
                if !app.rehearsal && act.day()? < first_day {
                    return Err(Refusal::new("refusal-meeting-early").with("day", first_day).into());
                }
                let meeting = Meeting {
                    meeting_id: app.new_id(),
                    period_id: period.period_id,
                    opened_at: act.millis(),
                    opened_by: act.person(),
                    closed_at: None,
                    closed_by: None,
                    shown_report_id: None,
                    shown_at: None,
                    notes: String::new(),
                    version: 1,
                };
                meeting::insert_meeting(tx, place, &meeting).await?;
                let subject = meeting.meeting_id;
                audit(
                    app,
                    tx,
                    act,
                    Change { act: "meeting.open", subject: &subject, before: None, after: None },
                )
                .await
            })
        })
        .await
}
