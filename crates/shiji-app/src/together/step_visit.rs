//! What happens to a visit: it is moved to another day, held, or cancelled.

use super::accept_visit::{fact_of, put_day, tell_others, visit_link};
use super::{check_public, has_part, is_redacted};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::publish::between::publish_affair;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, PlaceId, VisitId};
use shiji_domain::notice::NoticeKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::not_yours;
use shiji_domain::text::{REMARK_LENGTH_MOST, optional_line};
use shiji_domain::visit::{VisitMove, VisitState, check_day};
use shiji_record::affair::{Affair, Doer, VisitStepFact};
use shiji_store::visit::{self, Part, Visit};
use shiji_store::{Tx, calendar, link, report, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepVisit {
    pub visit: VisitId,
    pub step: VisitMove,
    /// The new day, when it is moved.
    pub to: Option<Date>,
    /// Why; needed for all but holding it.
    pub reason: String,
}

/// # Errors
/// Refuses who has no part in it, a visit that is over, holding it before its day, a day that has passed, and no reason.
pub async fn step_visit(app: &App, act: &Act, wanted: StepVisit) -> Result<(), AppError> {
    if !matches!(wanted.step, VisitMove::Moved | VisitMove::Held | VisitMove::Cancelled) {
        return Err(Refusal::new("refusal-form").into());
    }
    let reason = optional_line(&wanted.reason, REMARK_LENGTH_MOST)?;
    check_public(&wanted.reason)?;
    if wanted.step != VisitMove::Held && reason.is_none() {
        return Err(Refusal::new("refusal-reason-missing").into());
    }
    if wanted.step == VisitMove::Moved {
        let to = wanted.to.ok_or_else(|| Refusal::new("refusal-field").with("field", "to"))?;
        check_day(to, act.day()?)?;
    }
    let wanted = StepVisit { reason: reason.unwrap_or_default(), ..wanted };
    app.store
        .write("step_visit", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &StepVisit) -> Result<(), AppError> {
    let place = act.place.place_id;
    let mut visit = visit::visit(tx, place, wanted.visit).await?.ok_or(AppError::NotFound)?;
    let parts = visit::parts_of(tx, place, wanted.visit).await?;
    if !has_part(act, parts.iter().map(|part| part.person)) {
        return Err(not_yours().into());
    }
    let text = Some(wanted.reason.clone()).filter(|reason| !reason.is_empty());
    let step = Step { to: wanted.to, text, ..Step::of(wanted.step) };
    take_step(app, tx, act, &mut visit, &parts, step).await?;
    tell_others(app, tx, act, &visit, &parts, NoticeKind::VisitChanged).await
}

/// A step with what it says.
pub(super) struct Step {
    pub step: VisitMove,
    /// The new day, of a visit that is moved.
    pub to: Option<Date>,
    /// Public with the step.
    pub text: Option<String>,
    /// The item in which it was held.
    pub item: Option<ItemId>,
    /// Who leads, joined or stepped out.
    pub who: Option<Doer>,
}

impl Step {
    pub(super) fn of(step: VisitMove) -> Step {
        Step { step, to: None, text: None, item: None, who: None }
    }
}

/// Takes one step and publishes what of it may be public: an unannounced visit once it was held, with its day.
pub(super) async fn take_step(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    visit: &mut Visit,
    parts: &[Part],
    taken: Step,
) -> Result<(), AppError> {
    let Step { step, to, text, item, who } = taken;
    let place = act.place.place_id;
    let today = act.day()?;
    let before = format!("{} {}", visit.state.code(), visit.on);
    visit.state = visit.state.after(step, visit.on, today)?;
    let to = to.filter(|_| step == VisitMove::Moved);
    visit.on = to.unwrap_or(visit.on);
    if matches!(step, VisitMove::Moved | VisitMove::Cancelled) {
        change_plans(tx, act, visit, parts, step).await?;
    }
    let staff = roster::staff(tx, place).await?;
    if step == VisitMove::Held && !visit.published {
        visit.published = true;
        publish_affair(app, tx, &act.place, act.now, Affair::Visit(fact_of(&staff, visit, parts))).await?;
    }
    visit::update_visit(tx, place, visit).await?;
    if visit.published {
        let fact = VisitStepFact {
            visit: visit.visit_id,
            step: step.code().to_owned(),
            on: today,
            by: staff.name(act.person()),
            text: text.clone(),
            to,
            item,
            who: who.clone(),
        };
        publish_affair(app, tx, &act.place, act.now, Affair::VisitStep(fact)).await?;
    }
    scrub_if_redacted(tx, place, visit).await?;
    let who = who.map(|who| format!("{} {}", step.code(), who.name));
    let after = [Some(visit.state.code().to_owned()), Some(visit.on.to_string()), who, text];
    let after = Some(after.into_iter().flatten().collect::<Vec<_>>().join(" "));
    audit(app, tx, act, Change { act: "visit.step", subject: &visit.visit_id, before: Some(before), after })
        .await
}

/// The public words were taken away while those who come still had to read them here; now nobody has.
async fn scrub_if_redacted(tx: &mut Tx, place: PlaceId, visit: &Visit) -> Result<(), AppError> {
    if visit.state != VisitState::Planned && is_redacted(tx, place, visit.visit_id).await? {
        visit::scrub_place(tx, place, visit.visit_id).await?;
        shiji_store::audit::scrub_subject(tx, place, &visit.visit_id.to_string()).await?;
    }
    Ok(())
}

/// Plans of an issue that is not published follow the visit: to its new day, or out of it. A published plan keeps its words.
async fn change_plans(
    tx: &mut Tx,
    act: &Act,
    visit: &Visit,
    parts: &[Part],
    step: VisitMove,
) -> Result<(), AppError> {
    let place = act.place.place_id;
    let period = calendar::period(tx, place, visit.period_id).await?.ok_or(AppError::NotFound)?;
    for plan in parts.iter().filter_map(|part| part.item) {
        if step == VisitMove::Cancelled {
            link::unlink_item(tx, place, plan, visit_link(visit.visit_id)).await?;
        } else if !period.is_published()
            && let Some(item) = report::item(tx, place, plan).await?
        {
            put_day(tx, act, &item, visit.on).await?;
        }
    }
    Ok(())
}
