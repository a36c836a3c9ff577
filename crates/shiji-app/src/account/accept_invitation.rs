//! Choosing a password with an invitation.

use super::{new_token, password};
use crate::app::App;
use crate::error::AppError;
use crate::who::token_hash;
use shiji_domain::id::PersonId;
use shiji_domain::refusal::Refusal;
use shiji_domain::secret::check_password;
use shiji_store::audit::AuditEntry;
use shiji_store::roster::{self, Place};
use shiji_store::{Tx, account};

/// Whom an invitation is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    pub person_id: PersonId,
    pub name: String,
    pub sign_in_name: String,
}

/// # Errors
/// Refuses an invitation that is unknown, used or has run out.
pub async fn invited(app: &App, place: &Place, token: &str) -> Result<Invited, AppError> {
    let mut tx = app.store.read().await?;
    find(&mut tx, place, token, app.now()).await
}

async fn find(tx: &mut Tx, place: &Place, token: &str, now: i64) -> Result<Invited, AppError> {
    let person = account::invited(tx, place.place_id, &token_hash(token), now).await?;
    let person_id = person.ok_or_else(|| Refusal::new("refusal-invitation"))?;
    let staff = roster::staff(tx, place.place_id).await?;
    let person = staff.person(person_id).ok_or(AppError::NotFound)?;
    let sign_in_name = person.sign_in_name.clone().unwrap_or_else(|| format!("p{}", person.order + 1));
    Ok(Invited { person_id, name: person.name.clone(), sign_in_name })
}

/// Sets the password, ends every older session, uses up every invitation, and signs in: the session's token.
///
/// # Errors
/// As [`invited`], and refuses a weak password.
pub async fn accept_invitation(
    app: &App,
    place: &Place,
    token: &str,
    new_password: &str,
) -> Result<String, AppError> {
    let person = invited(app, place, token).await?;
    check_password(new_password, &person.sign_in_name)?;
    let hash = password::hash(app, new_password).await?;
    let session = new_token(app);
    app.store
        .write("accept_invitation", &(app, place, token, hash, &session), |tx, input| {
            let (app, place, token, hash, session) = input;
            Box::pin(async move {
                let now = app.now();
                // Looked at again inside: two people with one link must not both get in.
                let person = find(tx, place, token, now).await?;
                let place_id = place.place_id;
                account::use_invitations(tx, place_id, person.person_id, now).await?;
                account::set_password(tx, place_id, person.person_id, &person.sign_in_name, hash, now)
                    .await?;
                account::delete_sessions(tx, place_id, person.person_id).await?;
                let expires = now + super::sign_in::SESSION_LENGTH;
                account::insert_session(tx, place_id, &token_hash(session), person.person_id, now, expires)
                    .await?;
                let entry = AuditEntry {
                    audit_id: app.new_id(),
                    at: now,
                    actor_id: Some(person.person_id),
                    act: "account.accept_invitation".into(),
                    subject_id: person.person_id.to_string(),
                    before: None,
                    after: None,
                };
                shiji_store::audit::insert_audit(tx, place_id, &entry).await?;
                Ok::<_, AppError>(())
            })
        })
        .await?;
    Ok(session)
}
