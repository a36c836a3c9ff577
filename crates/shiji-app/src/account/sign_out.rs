//! Ending sessions.

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::who::token_hash;
use shiji_store::account;

/// Ends this session.
///
/// # Errors
/// Only when the store fails.
pub async fn sign_out(app: &App, act: &Act, token: &str) -> Result<(), AppError> {
    app.store
        .write("sign_out", &(app, act, token), |tx, (app, act, token)| {
            Box::pin(async move {
                account::delete_session(tx, act.place.place_id, &token_hash(token)).await?;
                let subject = act.person();
                audit(
                    app,
                    tx,
                    act,
                    Change { act: "account.sign_out", subject: &subject, before: None, after: None },
                )
                .await
            })
        })
        .await
}

/// Ends every session of the person, on every machine.
///
/// # Errors
/// Only when the store fails.
pub async fn sign_out_everywhere(app: &App, act: &Act) -> Result<(), AppError> {
    app.store
        .write("sign_out_everywhere", &(app, act), |tx, (app, act)| {
            Box::pin(async move {
                let subject = act.person();
                let ended = account::delete_sessions(tx, act.place.place_id, subject).await?;
                let after = Some(ended.to_string());
                let change =
                    Change { act: "account.sign_out_everywhere", subject: &subject, before: None, after };
                audit(app, tx, act, change).await
            })
        })
        .await
}
