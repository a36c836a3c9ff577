//! Saying that a word on an item is dealt with.

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::CommentId;
use shiji_store::report;

/// Possible in whatever state the report is: it changes no word of it. The second time changes nothing.
///
/// # Errors
/// `NotFound` for a word that is gone, or that is not on an item; refuses who may not write in that report.
pub async fn deal_with(app: &App, act: &Act, comment: CommentId) -> Result<(), AppError> {
    app.store
        .write("deal_with", &(app, act, comment), |tx, (app, act, id)| {
            Box::pin(async move {
                let place = act.place.place_id;
                let found = report::comment(tx, place, *id).await?.ok_or(AppError::NotFound)?;
                let report = report::report(tx, place, found.report_id).await?.ok_or(AppError::NotFound)?;
                act.actor.must_write_for(report.person_id)?;
                if found.item_id.is_none() {
                    return Err(AppError::NotFound);
                }
                if report::mark_dealt(tx, place, *id, act.millis()).await? == 0 {
                    return Ok(());
                }
                let after = Some(found.body);
                audit(app, tx, act, Change { act: "comment.deal", subject: id, before: None, after }).await
            })
        })
        .await
}
