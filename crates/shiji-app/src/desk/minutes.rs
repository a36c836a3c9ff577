//! How long the week's writing takes: shown to the person, and to the clerk only as the median of all.

use super::writable::present;
use crate::app::{Act, App};
use crate::error::AppError;
use shiji_domain::id::PersonId;
use shiji_store::report;

/// Seconds that one message can add: the browser reports twice a minute.
const SECONDS_MOST: i64 = 60;

/// Adds seconds in which the desk was open and in use.
///
/// # Errors
/// Refuses who may not write for `owner`.
pub async fn record_seconds(app: &App, act: &Act, owner: PersonId, seconds: i64) -> Result<(), AppError> {
    let seconds = seconds.clamp(0, SECONDS_MOST);
    app.store
        .write("record_seconds", &(app, act, owner, seconds), |tx, (app, act, owner, seconds)| {
            Box::pin(async move {
                let (_, report) = present(app, tx, act, *owner).await?;
                report::add_seconds(tx, act.place.place_id, report.report_id, *seconds).await?;
                Ok(())
            })
        })
        .await
}
