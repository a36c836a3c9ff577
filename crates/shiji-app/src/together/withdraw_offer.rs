//! Whoever offered help takes the offer back, as long as the asker has not accepted it.

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use shiji_domain::id::OfferId;
use shiji_domain::notice::NoticeKind;
use shiji_store::Tx;
use shiji_store::help;

/// # Errors
/// Refuses who may not write for the helper, and an offer that was decided on or taken back already.
pub async fn withdraw_offer(app: &App, act: &Act, offer: OfferId) -> Result<(), AppError> {
    app.store
        .write("withdraw_offer", &(app, act, offer), |tx, (app, act, offer)| {
            Box::pin(write(app, tx, act, *offer))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, id: OfferId) -> Result<(), AppError> {
    let place = act.place.place_id;
    let offer = help::offer(tx, place, id).await?.ok_or(AppError::NotFound)?;
    act.actor.must_write_for(offer.person_id)?;
    let state = offer.state.withdrawn()?;
    help::decide_offer(tx, place, id, state, act.millis()).await?;
    let request = help::request(tx, place, offer.help_id).await?.ok_or(AppError::NotFound)?;
    let notice = NewNotice::about(NoticeKind::HelpWithdrawn, request.person_id, request.help_id.0);
    tell(app, tx, place, notice.by(act.person())).await?;
    let change = Change {
        act: "help.withdraw",
        subject: &id,
        before: Some(offer.state.code().to_owned()),
        after: Some(state.code().to_owned()),
    };
    audit(app, tx, act, change).await
}
