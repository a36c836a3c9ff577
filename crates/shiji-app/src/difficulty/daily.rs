//! What nobody answered within its term goes up by itself.

use super::escalate::escalate;
use super::step::Doing;
use crate::app::{App, day_in};
use crate::error::AppError;
use shiji_domain::difficulty::State;
use shiji_store::difficulty;
use shiji_store::roster::Place;

/// Returns how many went up. Meant to be called every minute, by any number of copies of the program: whatever went up has a
/// new term.
///
/// # Errors
/// Only when the store fails.
pub async fn look_after(app: &App, place: &Place) -> Result<usize, AppError> {
    app.store
        .write("look_after_difficulties", &(app, place), |tx, (app, place)| {
            Box::pin(async move {
                let now = app.clock.now();
                let today = day_in(place, now)?;
                let doing = Doing { app, place, now, by: None };
                let mut gone = 0;
                for found in difficulty::in_state(tx, place.place_id, State::Open).await? {
                    if !found.course.is_overdue(today) {
                        break;
                    }
                    gone += usize::from(escalate(&doing, tx, found, None).await?);
                }
                Ok(gone)
            })
        })
        .await
}
