//! Takes back leave that was recorded by mistake or ended early.

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::LeaveId;
use shiji_domain::right::Role;
use shiji_store::calendar;

/// What is published of the leave stays published.
///
/// # Errors
/// Refuses everybody but the clerk; leave that is not there is not found.
pub async fn remove_leave(app: &App, act: &Act, leave: LeaveId) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    app.store
        .write("remove_leave", &(app, act, leave), |tx, (app, act, leave)| {
            Box::pin(async move {
                if calendar::delete_leave(tx, act.place.place_id, *leave).await? == 0 {
                    return Err(AppError::NotFound);
                }
                let change = Change { act: "leave.remove", subject: leave, before: None, after: None };
                audit(app, tx, act, change).await
            })
        })
        .await
}
