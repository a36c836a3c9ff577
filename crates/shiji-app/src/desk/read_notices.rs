//! Putting notices away.

use crate::app::{Act, App};
use crate::error::AppError;
use shiji_store::notice;

/// # Errors
/// Only when the store fails.
pub async fn read_notices(app: &App, act: &Act) -> Result<(), AppError> {
    app.store
        .write("read_notices", act, |tx, act| {
            Box::pin(async move {
                notice::read_notices(tx, act.place.place_id, act.person(), act.millis()).await?;
                Ok(())
            })
        })
        .await
}
