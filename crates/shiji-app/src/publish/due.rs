//! Publishes by the calendar when no meeting was held.

use super::publish_in;
use crate::app::App;
use crate::error::AppError;
use jiff::Timestamp;
use shiji_store::roster::Place;
use shiji_store::{Tx, calendar, meeting};

/// Publishes every period of `place` whose hour of scheduled publishing has come, unless its meeting is being held now;
/// returns the issue numbers. Meant to be called every minute, by any number of copies of the program.
///
/// # Errors
/// Only when the store fails.
pub async fn publish_due(app: &App, place: &Place) -> Result<Vec<i64>, AppError> {
    let mut numbers = Vec::new();
    let now = app.clock.now();
    while let Some(number) = app
        .store
        .write("publish_due", &(app, place, now), |tx, (app, place, now)| {
            Box::pin(publish_one(app, tx, place, *now))
        })
        .await?
    {
        numbers.push(number);
    }
    Ok(numbers)
}

async fn publish_one(app: &App, tx: &mut Tx, place: &Place, now: Timestamp) -> Result<Option<i64>, AppError> {
    let Some(period) = calendar::open_period(tx, place.place_id).await? else { return Ok(None) };
    if period.publish_at.is_none_or(|at| at > now.as_millisecond()) {
        return Ok(None);
    }
    let held = meeting::meeting_of_period(tx, place.place_id, period.period_id).await?;
    if held.is_some_and(|meeting| meeting.is_open()) {
        return Ok(None);
    }
    publish_in(app, tx, place, now, &period, None).await.map(Some)
}
