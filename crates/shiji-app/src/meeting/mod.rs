//! The Monday meeting: every report is heard, and closing it publishes.

mod accept_rest;
mod cancel_meeting;
mod close_meeting;
mod note;
mod open_meeting;
mod page;
mod public_minutes;
mod publish_minutes;
mod show_report;

pub use accept_rest::accept_rest;
pub use cancel_meeting::cancel_meeting;
pub use close_meeting::close_meeting;
pub use note::{note_on_report, write_notes};
pub use open_meeting::open_meeting;
pub use page::{AgendaLine, MeetingPage, MinutesPage, meeting_page, meeting_version, minutes_page};
pub use public_minutes::{PublicMinutes, public_minutes};
pub use publish_minutes::publish_minutes;
pub use show_report::{Turn, show_report};

#[cfg(test)]
mod tests;

use crate::app::{Act, day_in};
use crate::error::AppError;
use jiff::Timestamp;
use jiff::civil::Date;
use shiji_domain::refusal::Refusal;
use shiji_domain::rhythm::first_meeting_day;
use shiji_domain::right::{Role, not_yours};
use shiji_store::Tx;
use shiji_store::calendar::{self, Period};
use shiji_store::meeting::{Meeting, meeting_of_period};

/// Chair and clerk run the meeting; only the chair decides and closes.
fn must_run(act: &Act) -> Result<(), Refusal> {
    if act.actor.has(Role::Chair) || act.actor.has(Role::Clerk) { Ok(()) } else { Err(not_yours()) }
}

/// The first day on which the meeting of `period` can begin.
fn first_day(act: &Act, period: &Period) -> Result<Date, AppError> {
    let laid_down = Timestamp::from_millisecond(period.meeting_at).map_err(AppError::Time)?;
    Ok(first_meeting_day(period.days, day_in(&act.place, laid_down)?))
}

/// The meeting of the open period.
async fn running(tx: &mut Tx, act: &Act) -> Result<(Period, Meeting), AppError> {
    let place = act.place.place_id;
    let period = calendar::open_period(tx, place).await?.ok_or_else(|| Refusal::new("refusal-no-period"))?;
    let meeting = meeting_of_period(tx, place, period.period_id).await?;
    let meeting = meeting.ok_or_else(|| Refusal::new("refusal-meeting-none"))?;
    Ok((period, meeting))
}
