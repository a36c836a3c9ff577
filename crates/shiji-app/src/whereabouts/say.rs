//! Saying it, and taking it back.

use crate::app::{Act, App, day_in};
use crate::error::AppError;
use jiff::civil::{Date, Time};
use shiji_domain::id::PersonId;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::not_yours;
use shiji_domain::whereabouts::{Presence, Whereabouts};
use shiji_store::roster::Place;
use shiji_store::{Tx, roster, whereabouts};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SayWhereabouts {
    /// `None` takes back what was said.
    pub presence: Option<Presence>,
    pub back_on: Option<Date>,
    pub back_at: Option<Time>,
    pub ask: Option<PersonId>,
}

/// # Errors
/// Refuses who holds no post, a day that cannot be, and somebody to ask who holds none.
pub async fn say_whereabouts(app: &App, act: &Act, wanted: SayWhereabouts) -> Result<(), AppError> {
    if act.actor.posts.is_empty() {
        return Err(not_yours().into());
    }
    app.store
        .write("say_whereabouts", &(act, wanted), |tx, (act, wanted)| Box::pin(write(tx, act, wanted)))
        .await
}

async fn write(tx: &mut Tx, act: &Act, wanted: &SayWhereabouts) -> Result<(), AppError> {
    let place = act.place.place_id;
    let today = act.day()?;
    let Some(presence) = wanted.presence else {
        return Ok(whereabouts::delete_whereabouts(tx, place, act.person()).await?);
    };
    let back = (wanted.back_on, wanted.back_at);
    let said = Whereabouts::said(act.person(), presence, back, wanted.ask, today)?;
    if let Some(ask) = said.ask {
        let staff = roster::staff(tx, place).await?;
        if !staff.memberships_of(ask).any(|(membership, _)| membership.is_held_on(today)) {
            return Err(Refusal::new("refusal-ask-nobody").into());
        }
    }
    whereabouts::put_whereabouts(tx, place, &said).await?;
    Ok(())
}

/// What no longer holds leaves no trace. Meant to be called every few minutes.
///
/// # Errors
/// Only when the store fails.
pub async fn forget_past(app: &App, place: &Place) -> Result<u64, AppError> {
    let today = day_in(place, app.clock.now())?;
    app.store
        .write("forget_whereabouts", &(place, today), |tx, (place, today)| {
            Box::pin(async move {
                Ok::<_, AppError>(whereabouts::forget_whereabouts(tx, place.place_id, *today).await?)
            })
        })
        .await
}
