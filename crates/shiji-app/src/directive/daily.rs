//! What the calendar owes orders: the owners of one that is overdue are told once for each due day.

use crate::app::{App, day_begins, day_in};
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use shiji_domain::notice::NoticeKind;
use shiji_store::directive;
use shiji_store::roster::Place;

/// Returns how many were told. Meant to be called every minute, by any number of copies of the program.
///
/// # Errors
/// Only when the store fails.
pub async fn look_after(app: &App, place: &Place) -> Result<usize, AppError> {
    app.store
        .write("look_after_directives", &(app, place), |tx, (app, place)| {
            Box::pin(async move {
                let today = day_in(place, app.clock.now())?;
                let mut told = 0;
                // The most urgent come first.
                for found in directive::all_open(tx, place.place_id).await? {
                    if !found.course.is_overdue(today) {
                        break;
                    }
                    let (kind, subject) = (NoticeKind::DirectiveOverdue, found.directive_id.0);
                    let since = day_begins(place, found.course.due_on)?;
                    for (person, _) in &found.course.owners {
                        if shiji_store::notice::was_told(tx, place.place_id, *person, kind, subject, since)
                            .await?
                        {
                            continue;
                        }
                        tell(app, tx, place.place_id, NewNotice::about(kind, *person, subject)).await?;
                        told += 1;
                    }
                }
                Ok(told)
            })
        })
        .await
}
