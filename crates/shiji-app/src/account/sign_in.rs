//! Signing in, with a delay that grows with failures.

use super::{new_token, password};
use crate::app::App;
use crate::error::AppError;
use crate::who::token_hash;
use shiji_domain::refusal::Refusal;
use shiji_domain::secret::lock_out_minutes;
use shiji_store::account;
use shiji_store::audit::AuditEntry;
use shiji_store::roster::Place;

/// Milliseconds: twelve hours, a long working day; office machines are shared.
pub(super) const SESSION_LENGTH: i64 = 12 * 3_600_000;
/// Milliseconds over which failures are counted.
const FAILURE_WINDOW: i64 = 3_600_000;
const MINUTE: i64 = 60_000;

/// Names are typed on telephones: case, blanks around and full-width letters do not matter.
pub fn normal_name(name: &str) -> String {
    name.trim()
        .chars()
        // PostgreSQL keeps no NUL in a text, and no name has a control character.
        .filter(|c| !c.is_control())
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        })
        .flat_map(char::to_lowercase)
        .take(60)
        .collect()
}

/// The token of a new session.
///
/// # Errors
/// Refuses a wrong name or password with the same words, and every attempt while the name is shut.
pub async fn sign_in(app: &App, place: &Place, name: &str, given: &str) -> Result<String, AppError> {
    let name = normal_name(name);
    let now = app.now();
    let mut tx = app.store.read().await?;
    let (failures, latest) = account::failures(&mut tx, place.place_id, &name, now - FAILURE_WINDOW).await?;
    let open_at = latest.map_or(0, |latest| latest + lock_out_minutes(failures) * MINUTE);
    if open_at > now {
        let minutes = (open_at - now).div_euclid(MINUTE) + 1;
        return Err(Refusal::new("refusal-locked").with("minutes", minutes).into());
    }
    let credential = account::credential(&mut tx, place.place_id, &name).await?;
    drop(tx);
    let hash = credential.as_ref().and_then(|credential| credential.password_hash.clone());
    let right = password::verify(hash, given).await?;
    match credential.filter(|_| right) {
        None => {
            app.store
                .write("sign_in.failed", &(app, place, &name, now), |tx, (app, place, name, now)| {
                    Box::pin(async move {
                        let id: shiji_domain::id::NoticeId = app.new_id();
                        account::insert_failure(tx, place.place_id, name, *now, id.0).await?;
                        Ok::<_, AppError>(())
                    })
                })
                .await?;
            Err(Refusal::new("refusal-password-wrong").into())
        }
        Some(credential) => {
            let token = new_token(app);
            app.store
                .write("sign_in", &(app, place, &name, credential, &token), |tx, input| {
                    let (app, place, name, credential, token) = input;
                    Box::pin(async move {
                        let (place_id, person, now) = (place.place_id, credential.person_id, app.now());
                        account::forget_failures(tx, place_id, name).await?;
                        let expires = now + SESSION_LENGTH;
                        account::insert_session(tx, place_id, &token_hash(token), person, now, expires)
                            .await?;
                        let entry = AuditEntry {
                            audit_id: app.new_id(),
                            at: now,
                            actor_id: Some(person),
                            act: "account.sign_in".into(),
                            subject_id: person.to_string(),
                            before: None,
                            after: None,
                        };
                        shiji_store::audit::insert_audit(tx, place_id, &entry).await?;
                        Ok::<_, AppError>(())
                    })
                })
                .await?;
            Ok(token)
        }
    }
}
