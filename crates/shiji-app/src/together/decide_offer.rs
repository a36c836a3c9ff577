//! The asker accepts an offer or thanks for it. Accepted, it stands in both persons' reports, linked.

use super::find::plan_item;
use crate::app::{Act, App, Change, audit};
use crate::desk::put_agreed_plan;
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use shiji_domain::help::OfferState;
use shiji_domain::id::{HelpId, ItemId, OfferId};
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::notice::NoticeKind;
use shiji_store::help;
use shiji_store::{Tx, link, roster};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecideOffer {
    pub offer: OfferId,
    pub accepted: bool,
}

/// Whether the help stands in the helper's report now; otherwise it waits there for a tap.
///
/// # Errors
/// Refuses who may not write for the asker, and an offer that was decided on already.
pub async fn decide_offer(app: &App, act: &Act, wanted: DecideOffer) -> Result<bool, AppError> {
    app.store
        .write("decide_offer", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, *wanted))
        })
        .await
}

/// The link that both items carry.
pub(super) fn help_link(id: HelpId) -> ItemLink {
    ItemLink { kind: LinkKind::Help, subject: id.0 }
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: DecideOffer) -> Result<bool, AppError> {
    let place = act.place.place_id;
    let offer = help::offer(tx, place, wanted.offer).await?.ok_or(AppError::NotFound)?;
    let request = help::request(tx, place, offer.help_id).await?.ok_or(AppError::NotFound)?;
    act.actor.must_write_for(request.person_id)?;
    let state = offer.state.decided(wanted.accepted)?;
    help::decide_offer(tx, place, wanted.offer, state, act.millis()).await?;
    let mut stands: Option<ItemId> = None;
    if state == OfferState::Accepted {
        let staff = roster::staff(tx, place).await?;
        // The asker may have taken the plan back meanwhile; the help is promised all the same.
        let asked = match plan_item(tx, act, &staff, request.item_id).await {
            Ok(found) => Some(found),
            Err(AppError::NotFound) => None,
            Err(error) => return Err(error),
        };
        if let Some((plan, _, period)) = asked {
            link::link_item(tx, place, plan.item.item_id, help_link(request.help_id), act.millis()).await?;
            if !period.is_published() {
                let agreed = (offer.person_id, offer.words.as_str(), plan.item.due_on);
                stands = put_agreed_plan(app, tx, act, &period, agreed).await?;
            }
        }
        if let Some(item) = stands {
            link::link_item(tx, place, item, help_link(request.help_id), act.millis()).await?;
        }
    }
    let kind = if wanted.accepted { NoticeKind::HelpAccepted } else { NoticeKind::HelpDeclined };
    let notice = NewNotice::about(kind, offer.person_id, request.help_id.0);
    tell(app, tx, place, notice.by(act.person())).await?;
    let change = Change {
        act: "help.decide",
        subject: &offer.offer_id,
        before: Some(offer.state.code().to_owned()),
        after: Some(state.code().to_owned()),
    };
    audit(app, tx, act, change).await?;
    Ok(stands.is_some())
}
