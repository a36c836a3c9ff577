//! Choosing another password.

use super::password;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::PersonId;
use shiji_domain::refusal::Refusal;
use shiji_domain::secret::check_password;
use shiji_store::account;
use shiji_store::audit::AuditEntry;
use shiji_store::roster::Place;

/// Ends every session of the person; whoever did it signs in anew.
///
/// # Errors
/// Refuses a wrong present password and a weak new one.
pub async fn change_password(app: &App, act: &Act, present: &str, new: &str) -> Result<(), AppError> {
    let mut tx = app.store.read().await?;
    let found = account::credential_of(&mut tx, act.place.place_id, act.person()).await?;
    drop(tx);
    let (name, hash) = found.ok_or(AppError::NotFound)?;
    if !password::verify(hash, present).await? {
        return Err(Refusal::new("refusal-password-old-wrong").into());
    }
    check_password(new, &name)?;
    let hash = password::hash(app, new).await?;
    app.store
        .write("change_password", &(app, act, name, hash), |tx, (app, act, name, hash)| {
            Box::pin(async move {
                let (place, person) = (act.place.place_id, act.person());
                account::set_password(tx, place, person, name, hash, act.millis()).await?;
                account::delete_sessions(tx, place, person).await?;
                let change =
                    Change { act: "account.change_password", subject: &person, before: None, after: None };
                audit(app, tx, act, change).await
            })
        })
        .await
}

/// Sets name and password of somebody, by whoever may run the program on this machine.
///
/// # Errors
/// Refuses a weak password.
pub async fn set_password_from_command_line(
    app: &App,
    place: &Place,
    person: PersonId,
    sign_in_name: &str,
    new: &str,
) -> Result<(), AppError> {
    check_password(new, sign_in_name)?;
    let hash = password::hash(app, new).await?;
    let name = super::normal_name(sign_in_name);
    app.store
        .write("set_password", &(app, place, person, name, hash), |tx, (app, place, person, name, hash)| {
            Box::pin(async move {
                account::set_password(tx, place.place_id, *person, name, hash, app.now()).await?;
                let entry = AuditEntry {
                    audit_id: app.new_id(),
                    at: app.now(),
                    actor_id: None,
                    act: "account.set_password".into(),
                    subject_id: person.to_string(),
                    before: None,
                    after: None,
                };
                shiji_store::audit::insert_audit(tx, place.place_id, &entry).await?;
                Ok::<_, AppError>(())
            })
        })
        .await
}
