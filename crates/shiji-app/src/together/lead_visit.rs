//! Whoever was named to lead a visit says yes or no; after a no, or when they do not come, any other who comes takes the lead
//! with one tap. The visit takes place whatever is said.

use super::accept_visit::{ask_lead, doer_of, said_by, tell_others};
use super::has_part;
use super::step_visit::{Step, take_step};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::{PersonId, VisitId};
use shiji_domain::notice::NoticeKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::not_yours;
use shiji_domain::text::{REMARK_LENGTH_MOST, optional_line};
use shiji_domain::visit::{LeadSaid, VisitMove, VisitState};
use shiji_store::visit;
use shiji_store::{Tx, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SayLead {
    pub visit: VisitId,
    pub leads: bool,
    /// Why not; among colleagues, never public.
    pub reason: String,
}

/// # Errors
/// Refuses everybody but whoever was named or their delegate, a no without a reason, and a visit that is over.
pub async fn say_lead(app: &App, act: &Act, wanted: SayLead) -> Result<(), AppError> {
    let reason = optional_line(&wanted.reason, REMARK_LENGTH_MOST)?.filter(|_| !wanted.leads);
    let wanted = SayLead { reason: reason.unwrap_or_default(), ..wanted };
    app.store
        .write("say_lead", &(app, act, wanted), |tx, (app, act, wanted)| Box::pin(say(app, tx, act, wanted)))
        .await
}

async fn say(app: &App, tx: &mut Tx, act: &Act, wanted: &SayLead) -> Result<(), AppError> {
    let place = act.place.place_id;
    let mut visit = visit::visit(tx, place, wanted.visit).await?.ok_or(AppError::NotFound)?;
    let parts = visit::parts_of(tx, place, wanted.visit).await?;
    act.actor.must_write_for(visit.lead)?;
    if visit.state != VisitState::Planned || !parts.iter().any(|part| part.person == visit.lead) {
        return Err(Refusal::new("refusal-visit-over").into());
    }
    if !wanted.leads && wanted.reason.is_empty() {
        return Err(Refusal::new("refusal-reason-missing").into());
    }
    let before = visit.lead_said;
    visit.lead_said = if wanted.leads { LeadSaid::Yes } else { LeadSaid::No };
    visit.lead_reason = Some(wanted.reason.clone()).filter(|reason| !reason.is_empty());
    visit::update_visit(tx, place, &visit).await?;
    if before != visit.lead_said {
        tell_others(app, tx, act, &visit, &parts, NoticeKind::VisitChanged).await?;
    }
    let after = [Some(visit.lead_said.code().to_owned()), visit.lead_reason.clone()];
    let after = Some(after.into_iter().flatten().collect::<Vec<_>>().join(" "));
    let before = Some(before.code().to_owned());
    audit(app, tx, act, Change { act: "visit.lead", subject: &visit.visit_id, before, after }).await
}

/// # Errors
/// Refuses everybody but whoever takes it, the clerk and the chair; a lead who does not come; and taking it from somebody who has not said no.
pub async fn take_lead(app: &App, act: &Act, id: VisitId, lead: PersonId) -> Result<(), AppError> {
    app.store
        .write("take_lead", &(app, act, id, lead), |tx, (app, act, id, lead)| {
            Box::pin(take(app, tx, act, *id, *lead))
        })
        .await
}

async fn take(app: &App, tx: &mut Tx, act: &Act, id: VisitId, lead: PersonId) -> Result<(), AppError> {
    let place = act.place.place_id;
    let mut visit = visit::visit(tx, place, id).await?.ok_or(AppError::NotFound)?;
    let parts = visit::parts_of(tx, place, id).await?;
    // The clerk and the chair name somebody; everybody else takes it.
    if act.actor.must_write_for(lead).is_err() && !has_part(act, []) {
        return Err(not_yours().into());
    }
    let part = parts.iter().find(|part| part.person == lead);
    let part = part.ok_or_else(|| Refusal::new("refusal-visit-lead"))?;
    visit.lead_said.check_taken_over(parts.iter().any(|part| part.person == visit.lead))?;
    visit.lead = lead;
    visit.lead_said = said_by(act, lead);
    visit.lead_reason = None;
    let staff = roster::staff(tx, place).await?;
    let step = Step { who: Some(doer_of(&staff, part)), ..Step::of(VisitMove::Lead) };
    take_step(app, tx, act, &mut visit, &parts, step).await?;
    let others: Vec<_> = parts.iter().filter(|part| part.person != lead).cloned().collect();
    tell_others(app, tx, act, &visit, &others, NoticeKind::VisitChanged).await?;
    ask_lead(app, tx, act, &visit).await
}
