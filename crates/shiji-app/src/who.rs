//! From a session to the person with the rights of the day.

use crate::app::{Act, App, day_in};
use crate::error::AppError;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use shiji_domain::id::PersonId;
use shiji_domain::right::Actor;
use shiji_domain::staff::Staff;
use shiji_store::roster::Place;
use shiji_store::{Tx, account, roster};

/// Tokens of links and sessions are stored only as this: whoever reads the database cannot sign in with it.
pub fn token_hash(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The rights of `person` on `day`.
pub async fn actor(
    tx: &mut Tx,
    place: &Place,
    staff: &Staff,
    person: PersonId,
    day: Date,
) -> Result<Actor, AppError> {
    let delegations = roster::delegations(tx, place.place_id).await?;
    let files_for = delegations
        .iter()
        .filter(|delegation| {
            delegation.delegate_id == person && delegation.from <= day && day <= delegation.to
        })
        .map(|delegation| delegation.person_id)
        .collect();
    Ok(Actor::on(person, staff.held_posts(person), files_for, day))
}

/// Whoever holds the session token, with the name and whether they are in charge of anybody.
///
/// # Errors
/// Only when the store fails.
pub async fn signed_in(
    app: &App,
    place: &Place,
    token: &str,
) -> Result<Option<(Act, String, bool)>, AppError> {
    let now = app.clock.now();
    let mut tx = app.store.read().await?;
    let person =
        account::session_person(&mut tx, place.place_id, &token_hash(token), now.as_millisecond()).await?;
    let Some(person) = person else { return Ok(None) };
    let staff = roster::staff(&mut tx, place.place_id).await?;
    let day = day_in(place, now)?;
    let actor = actor(&mut tx, place, &staff, person, day).await?;
    let leads = !staff.supervised_by(person, day).is_empty();
    Ok(Some((Act { place: place.clone(), actor, now }, staff.name(person), leads)))
}
