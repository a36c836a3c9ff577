//! An invitation: a link with which somebody chooses a password.

use super::new_token;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::who::token_hash;
use shiji_domain::id::PersonId;
use shiji_domain::right::{Role, not_yours};
use shiji_store::audit::AuditEntry;
use shiji_store::roster::Place;
use shiji_store::{account, roster};

/// Milliseconds: seven days.
const GOOD_FOR: i64 = 7 * 24 * 3_600_000;

/// The token of a new invitation; only its digest is kept.
///
/// # Errors
/// Refuses everybody but clerk and administrator, and a person who is not of this place.
pub async fn invite(app: &App, act: &Act, person: PersonId) -> Result<String, AppError> {
    if !act.actor.has(Role::Clerk) && !act.actor.has(Role::Administrator) {
        return Err(not_yours().into());
    }
    let token = new_token(app);
    app.store
        .write("invite", &(app, act, person, &token), |tx, (app, act, person, token)| {
            Box::pin(async move {
                let place = act.place.place_id;
                if roster::staff(tx, place).await?.person(*person).is_none() {
                    return Err(AppError::NotFound);
                }
                let (now, by) = (act.millis(), Some(act.person()));
                account::insert_invitation(tx, place, &token_hash(token), *person, by, now, now + GOOD_FOR)
                    .await?;
                audit(
                    app,
                    tx,
                    act,
                    Change { act: "account.invite", subject: person, before: None, after: None },
                )
                .await
            })
        })
        .await?;
    Ok(token)
}

/// As [`invite`], by whoever may run the program on this machine.
///
/// # Errors
/// When the store fails.
pub async fn invite_from_command_line(
    app: &App,
    place: &Place,
    person: PersonId,
) -> Result<String, AppError> {
    let token = new_token(app);
    app.store
        .write("invite", &(app, place, person, &token), |tx, (app, place, person, token)| {
            Box::pin(async move {
                let now = app.now();
                let hash = token_hash(token);
                account::insert_invitation(tx, place.place_id, &hash, *person, None, now, now + GOOD_FOR)
                    .await?;
                let entry = AuditEntry {
                    audit_id: app.new_id(),
                    at: now,
                    actor_id: None,
                    act: "account.invite".into(),
                    subject_id: person.to_string(),
                    before: None,
                    after: None,
                };
                shiji_store::audit::insert_audit(tx, place.place_id, &entry).await?;
                Ok::<_, AppError>(())
            })
        })
        .await?;
    Ok(token)
}
