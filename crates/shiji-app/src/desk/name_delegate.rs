//! Naming a colleague who may file for me; the report names them.

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::calendar::Days;
use shiji_domain::id::PersonId;
use shiji_domain::refusal::Refusal;
use shiji_store::roster::{self, Delegation};

/// # Errors
/// Refuses oneself, somebody who is not of this place, and days that are none.
pub async fn name_delegate(app: &App, act: &Act, delegate: PersonId, days: Days) -> Result<(), AppError> {
    act.actor.must_write_for(act.person())?;
    if delegate == act.person() {
        return Err(Refusal::new("refusal-substitute-self").into());
    }
    app.store
        .write("name_delegate", &(app, act, delegate, days), |tx, (app, act, delegate, days)| {
            Box::pin(async move {
                let place = act.place.place_id;
                let staff = roster::staff(tx, place).await?;
                if staff.person(*delegate).is_none() {
                    return Err(AppError::NotFound);
                }
                let delegation = Delegation {
                    person_id: act.person(),
                    delegate_id: *delegate,
                    from: days.first,
                    to: days.last,
                };
                roster::put_delegation(tx, place, delegation, act.millis()).await?;
                let after = Some(format!("{} {}—{}", staff.name(*delegate), days.first, days.last));
                let subject = act.person();
                audit(app, tx, act, Change { act: "delegate.name", subject: &subject, before: None, after })
                    .await
            })
        })
        .await
}
