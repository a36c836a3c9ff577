//! Between instants, which the store keeps, and hours on the wall of the place, which people lay down.

use crate::app::{instant_of, local};
use crate::error::AppError;
use jiff::Timestamp;
use jiff::civil::DateTime;
use shiji_domain::calendar::Days;
use shiji_domain::id::PeriodId;
use shiji_domain::rhythm::{Deadlines, Rhythm};
use shiji_store::calendar::Period;
use shiji_store::roster::Place;

pub fn deadlines_of(place: &Place, period: &Period) -> Result<Deadlines, AppError> {
    Ok(Deadlines {
        due: wall(place, period.due_at)?,
        meeting: wall(place, period.meeting_at)?,
        publish: period.publish_at.map(|at| wall(place, at)).transpose()?,
    })
}

pub fn rhythm_of(place: &Place, period: &Period) -> Result<Rhythm, AppError> {
    Ok(Rhythm::of(period.days, deadlines_of(place, period)?))
}

/// An unpublished period of `days` that keeps the hours of `rhythm`.
pub fn period_in(place: &Place, period_id: PeriodId, days: Days, rhythm: Rhythm) -> Result<Period, AppError> {
    let deadlines = rhythm.deadlines(days);
    Ok(Period {
        period_id,
        days,
        due_at: instant_of(place, deadlines.due)?,
        meeting_at: instant_of(place, deadlines.meeting)?,
        publish_at: deadlines.publish.map(|at| instant_of(place, at)).transpose()?,
        issue_number: None,
    })
}

/// To the minute: that is what the forms show and take.
fn wall(place: &Place, millis: i64) -> Result<DateTime, AppError> {
    let at = Timestamp::from_millisecond(millis).map_err(AppError::Time)?;
    Ok(local(place, at)?.datetime())
}
