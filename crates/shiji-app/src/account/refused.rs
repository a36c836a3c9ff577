//! Attempts without the right to it stand in the audit trail too.

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;

/// `what` is the address and method, never the content of a form.
///
/// # Errors
/// Only when the store fails.
pub async fn record_refusal(app: &App, act: &Act, what: &str) -> Result<(), AppError> {
    app.store
        .write("record_refusal", &(app, act, what), |tx, (app, act, what)| {
            Box::pin(async move {
                let subject = act.person();
                let after = Some((*what).to_owned());
                audit(app, tx, act, Change { act: "refused", subject: &subject, before: None, after }).await
            })
        })
        .await
}
