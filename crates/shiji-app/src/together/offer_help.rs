//! A colleague offers help. What is written here stands in the helper's report once it is accepted, so that nothing is
//! written twice.

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use shiji_domain::help::{OFFERS_MOST, OFFERS_OF_ONE_MOST, OfferState, RequestState};
use shiji_domain::id::{HelpId, OfferId, PersonId};
use shiji_domain::notice::NoticeKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::text::{ITEM_LENGTH_MOST, required_line};
use shiji_store::Tx;
use shiji_store::help::{self, Offer};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferHelp {
    pub help: HelpId,
    /// Who would help: the actor, or somebody the actor files for.
    pub helper: PersonId,
    pub words: String,
}

/// # Errors
/// Refuses who may not write for the helper, one's own request, one that is closed, a second offer, and offering again
/// and again what was taken back.
pub async fn offer_help(app: &App, act: &Act, wanted: OfferHelp) -> Result<OfferId, AppError> {
    act.actor.must_write_for(wanted.helper)?;
    let wanted = OfferHelp { words: required_line(&wanted.words, ITEM_LENGTH_MOST)?, ..wanted };
    app.store
        .write("offer_help", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &OfferHelp) -> Result<OfferId, AppError> {
    let place = act.place.place_id;
    let request = help::request(tx, place, wanted.help).await?.ok_or(AppError::NotFound)?;
    if request.state != RequestState::Open {
        return Err(Refusal::new("refusal-help-closed").into());
    }
    if request.person_id == wanted.helper {
        return Err(Refusal::new("refusal-help-own").into());
    }
    let there = help::offers_to(tx, place, wanted.help).await?;
    if there.iter().any(|offer| offer.person_id == wanted.helper && offer.state.stands()) {
        return Err(Refusal::new("refusal-help-offered").into());
    }
    if there.iter().filter(|offer| offer.person_id == wanted.helper).count() >= OFFERS_OF_ONE_MOST {
        return Err(Refusal::new("refusal-help-again").with("most", OFFERS_OF_ONE_MOST).into());
    }
    if there.iter().filter(|offer| offer.state != OfferState::Withdrawn).count() >= OFFERS_MOST {
        return Err(Refusal::new("refusal-help-many").with("most", OFFERS_MOST).into());
    }
    let offer = Offer {
        offer_id: app.new_id(),
        help_id: wanted.help,
        person_id: wanted.helper,
        words: wanted.words.clone(),
        state: OfferState::Open,
        made_at: act.millis(),
        decided_at: None,
    };
    help::insert_offer(tx, place, &offer).await?;
    let notice = NewNotice::about(NoticeKind::HelpOffered, request.person_id, request.help_id.0);
    tell(app, tx, place, notice.by(act.person())).await?;
    let after = Some(offer.words.clone());
    audit(app, tx, act, Change { act: "help.offer", subject: &offer.offer_id, before: None, after }).await?;
    Ok(offer.offer_id)
}
