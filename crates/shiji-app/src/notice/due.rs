//! What the calendar tells those who have not filed.

use super::{NewNotice, tell};
use crate::app::App;
use crate::error::AppError;
use shiji_domain::id::PersonId;
use shiji_domain::notice::{NoticeKind, owed};
use shiji_domain::report::ReportState;
use shiji_store::calendar::Period;
use shiji_store::roster::Place;
use shiji_store::{Tx, calendar, notice, report, roster};

/// Tells everybody who has not filed that the deadline comes, and later that it has passed; each once. Returns how many
/// were told. Meant to be called every minute, by any number of copies of the program.
///
/// # Errors
/// Only when the store fails.
pub async fn tell_due(app: &App, place: &Place) -> Result<usize, AppError> {
    let mut tx = app.store.read().await?;
    let Some(period) = calendar::open_period(&mut tx, place.place_id).await? else { return Ok(0) };
    let Some(kind) = owed(app.now(), period.due_at) else { return Ok(0) };
    if missing(&mut tx, place, &period, kind).await?.is_empty() {
        return Ok(0);
    }
    drop(tx);
    app.store
        .write("tell_due", &(app, place, period, kind), |tx, (app, place, period, kind)| {
            Box::pin(async move {
                // Looked at again inside, so that two copies of the program do not both tell.
                let missing = missing(tx, place, period, *kind).await?;
                for person in &missing {
                    let new = NewNotice::about_period(*kind, *person, period.period_id);
                    tell(app, tx, place.place_id, new).await?;
                }
                Ok(missing.len())
            })
        })
        .await
}

/// Who is waited for and was not told yet.
async fn missing(
    tx: &mut Tx,
    place: &Place,
    period: &Period,
    kind: NoticeKind,
) -> Result<Vec<PersonId>, AppError> {
    let place_id = place.place_id;
    let staff = roster::staff(tx, place_id).await?;
    let reports = report::reports_in(tx, place_id, period.period_id).await?;
    let leave = calendar::leave_in(tx, place_id, period.days).await?;
    let told = notice::notices_of(tx, place_id, period.period_id, kind).await?;
    let done = [ReportState::Filed, ReportState::Accepted, ReportState::Published];
    Ok(staff
        .filers(period.days.last)
        .into_iter()
        .map(|filer| filer.person_id)
        .filter(|person| !reports.iter().any(|one| one.person_id == *person && done.contains(&one.state)))
        .filter(|person| !leave.iter().any(|one| one.person_id == *person))
        .filter(|person| !told.iter().any(|one| one.person_id == *person))
        .collect())
}
