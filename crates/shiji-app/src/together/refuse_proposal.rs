//! A proposal that does not fit, of one visit or to join one, is refused with a word of why, and is not repeated for the same plans.

use super::find::{SuggestedPart, ToJoin, found, plan_item};
use super::has_part;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::ItemId;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::not_yours;
use shiji_domain::spot::SPOT_NAME_LENGTH_MOST;
use shiji_domain::text::{REMARK_LENGTH_MOST, required_line, required_reason};
use shiji_domain::visit::VISITORS_MOST;
use shiji_store::visit::{self, RefusedProposal};
use shiji_store::{Tx, calendar, roster};
use std::collections::HashSet;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefuseProposal {
    /// The plans that could be one visit; or those of a visit that is agreed on, and the one that could join it.
    pub items: Vec<ItemId>,
    pub spot: String,
    pub reason: String,
}

/// # Errors
/// Refuses who has no part in it, and no reason.
pub async fn refuse_proposal(app: &App, act: &Act, wanted: RefuseProposal) -> Result<(), AppError> {
    let reason = required_reason(&wanted.reason, REMARK_LENGTH_MOST)?;
    let spot = required_line(&wanted.spot, SPOT_NAME_LENGTH_MOST)?;
    if wanted.items.len() < 2 || wanted.items.len() > VISITORS_MOST {
        return Err(Refusal::new("refusal-visit-alone").into());
    }
    let wanted = RefuseProposal { reason, spot, ..wanted };
    app.store
        .write("refuse_proposal", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &RefuseProposal) -> Result<(), AppError> {
    let place = act.place.place_id;
    let open = calendar::open_period(tx, place).await?.ok_or_else(|| Refusal::new("refusal-no-period"))?;
    let staff = roster::staff(tx, place).await?;
    let mut people = Vec::new();
    for item in &wanted.items {
        let (plan, _, period) = plan_item(tx, act, &staff, *item).await?;
        if period.period_id != open.period_id {
            return Err(Refusal::new("refusal-visit-plans").into());
        }
        people.push(plan.person);
    }
    if !has_part(act, people) {
        return Err(not_yours().into());
    }
    // Only what is proposed can be refused: nobody silences proposals between others with a plan of their own.
    let wanted_items: HashSet<ItemId> = wanted.items.iter().copied().collect();
    let (suggested, to_join) = found(tx, act, &open).await?;
    let is_suggested = suggested.iter().any(|one| {
        one.spot == wanted.spot
            && one.parts.iter().map(|part| part.item).collect::<HashSet<_>>() == wanted_items
    });
    let may_join = |one: &ToJoin, part: &SuggestedPart| {
        one.spot == wanted.spot
            && one.agreed.iter().copied().chain([part.item]).collect::<HashSet<_>>() == wanted_items
    };
    let could_join = to_join.iter().any(|one| one.parts.iter().any(|(part, _)| may_join(one, part)));
    if !is_suggested && !could_join {
        return Err(Refusal::new("refusal-visit-plans").into());
    }
    let refused = RefusedProposal {
        refusal_id: app.new_id(),
        spot: wanted.spot.clone(),
        items: wanted.items.clone(),
        reason: wanted.reason.clone(),
        by: act.person(),
        at: act.millis(),
    };
    visit::insert_refusal(tx, place, open.period_id, &refused).await?;
    let after = Some(format!("{}: {}", refused.spot, refused.reason));
    audit(app, tx, act, Change { act: "visit.refuse", subject: &refused.refusal_id, before: None, after })
        .await
}
