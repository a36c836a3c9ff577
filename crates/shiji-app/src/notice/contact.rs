//! The address to which an official wants notices besides the desk. Nobody else sees it.

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::{PersonId, PlaceId};
use shiji_domain::refusal::Refusal;
use shiji_send::mail::is_address;
use shiji_store::notice;

pub(super) fn sealed_context(place: PlaceId, person: PersonId) -> String {
    format!("person_contact/{place}/{person}")
}

/// # Errors
/// Only when the store fails.
pub async fn own_address(app: &App, act: &Act) -> Result<Option<String>, AppError> {
    let place = act.place.place_id;
    let mut tx = app.store.read().await?;
    let sealed = notice::contact(&mut tx, place, act.person()).await?;
    // An address under a lost key is as good as none: the person can give it again.
    Ok(sealed.and_then(|sealed| app.secrets.open(&sealed_context(place, act.person()), &sealed).ok()))
}

/// An empty address takes it away.
///
/// # Errors
/// Refuses what is no address.
pub async fn set_own_address(app: &App, act: &Act, address: &str) -> Result<(), AppError> {
    let address = address.trim();
    if !address.is_empty() && !is_address(address) {
        return Err(Refusal::new("refusal-follow-address").into());
    }
    let place = act.place.place_id;
    let sealed = (!address.is_empty())
        .then(|| app.secrets.seal(&*app.entropy, &sealed_context(place, act.person()), address));
    app.store
        .write("set_own_address", &(app, act, sealed), |tx, (app, act, sealed)| {
            Box::pin(async move {
                let (place, person) = (act.place.place_id, act.person());
                notice::put_contact(tx, place, person, sealed.as_deref(), act.millis()).await?;
                let after = Some(if sealed.is_some() { "set" } else { "none" }.to_owned());
                audit(app, tx, act, Change { act: "account.address", subject: &person, before: None, after })
                    .await
            })
        })
        .await
}
