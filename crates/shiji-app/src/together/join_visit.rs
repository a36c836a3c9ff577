//! A colleague comes along on a visit that was agreed on, or steps out of it with a reason.

use super::accept_visit::{doer_of, put_day, tell_others, visit_link};
use super::find::plan_item;
use super::step_visit::{Step, take_step};
use super::{check_public, has_part, is_internal, unit_of};
use crate::app::{Act, App};
use crate::desk::{file, put_agreed_plan, take_back_filed};
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use shiji_domain::id::{ItemId, PersonId, VisitId};
use shiji_domain::notice::NoticeKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::not_yours;
use shiji_domain::text::{ITEM_LENGTH_MOST, REMARK_LENGTH_MOST, optional_line, required_reason};
use shiji_domain::visit::{VisitMove, VisitState, check_day, check_join, check_leave};
use shiji_store::visit::{self, Part, Visit};
use shiji_store::{Tx, calendar, link, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinVisit {
    pub visit: VisitId,
    /// Who comes along.
    pub person: PersonId,
    /// Their filed plan that goes there already.
    pub plan: Option<ItemId>,
    /// What a plan of theirs says where they have none that fits. Nothing is written down of a visit whose words are not public:
    /// a plan is published before it.
    pub words: String,
}

/// # Errors
/// Refuses who may not know of the visit, somebody without a report to file, one who comes already, a plan that is not theirs,
/// filed or free, and a visit that is over.
pub async fn join_visit(app: &App, act: &Act, wanted: JoinVisit) -> Result<(), AppError> {
    let words = optional_line(&wanted.words, ITEM_LENGTH_MOST)?.unwrap_or_default();
    let wanted = JoinVisit { words, ..wanted };
    app.store
        .write("join_visit", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(join(app, tx, act, wanted))
        })
        .await
}

/// Whether `person` can come along, as far as the actor may say so: everybody at work on a visit that is announced; on one
/// that is not, whoever has a part in it brings somebody.
pub(super) fn may_join(act: &Act, visit: &Visit, parts: &[Part], person: PersonId) -> bool {
    let knows = has_part(act, parts.iter().map(|part| part.person));
    knows || visit.announced && act.actor.must_write_for(person).is_ok()
}

async fn join(app: &App, tx: &mut Tx, act: &Act, wanted: &JoinVisit) -> Result<(), AppError> {
    let place = act.place.place_id;
    let today = act.day()?;
    let mut visit = visit::visit(tx, place, wanted.visit).await?.ok_or(AppError::NotFound)?;
    let parts = visit::parts_of(tx, place, wanted.visit).await?;
    if !may_join(act, &visit, &parts, wanted.person) {
        return Err(not_yours().into());
    }
    check_day(visit.on, today)?;
    if visit.state != VisitState::Planned {
        return Err(Refusal::new("refusal-visit-over").into());
    }
    if parts.iter().any(|part| part.person == wanted.person) {
        return Err(Refusal::new("refusal-visit-joined").into());
    }
    check_join(parts.len())?;
    let staff = roster::staff(tx, place).await?;
    let unit_name = unit_of(&staff, wanted.person, today);
    if unit_name.is_empty() {
        return Err(Refusal::new("refusal-visit-person").into());
    }
    let item = match wanted.plan {
        Some(plan) => Some(fitting(tx, act, &visit, (wanted.person, plan)).await?),
        None if is_internal(tx, place, &visit).await? => None,
        None => put_plan(app, tx, act, &visit, wanted).await?,
    };
    if let Some(item) = item {
        link::link_item(tx, place, item, visit_link(visit.visit_id), act.millis()).await?;
    }
    let part = Part { item, person: wanted.person, unit_name };
    visit::add_part(tx, place, visit.visit_id, &part).await?;
    let step = Step { who: Some(doer_of(&staff, &part)), ..Step::of(VisitMove::Joined) };
    take_step(app, tx, act, &mut visit, &parts, step).await?;
    tell_others(app, tx, act, &visit, &parts, NoticeKind::VisitChanged).await?;
    if wanted.person != act.person() {
        let kind = if item.is_some() { NoticeKind::VisitPlanned } else { NoticeKind::VisitInvited };
        let notice = NewNotice::about(kind, wanted.person, visit.visit_id.0);
        tell(app, tx, place, notice.by(act.person())).await?;
    }
    Ok(())
}

/// The plan of theirs that becomes part of the visit, on its day.
async fn fitting(
    tx: &mut Tx,
    act: &Act,
    visit: &Visit,
    (person, id): (PersonId, ItemId),
) -> Result<ItemId, AppError> {
    let place = act.place.place_id;
    let staff = roster::staff(tx, place).await?;
    let (plan, report, period) = plan_item(tx, act, &staff, id).await?;
    if plan.person != person {
        return Err(not_yours().into());
    }
    if period.is_published() || !report.state.is_filed() {
        return Err(Refusal::new("refusal-visit-plans").into());
    }
    if visit::visit_of_item(tx, place, id).await?.is_some() {
        return Err(Refusal::new("refusal-visit-taken").into());
    }
    put_day(tx, act, &plan.item, visit.on).await?;
    Ok(id)
}

/// While the plans of the visit's period stand open, it becomes a plan of whoever joins by themselves; a report that was handed
/// in is taken back for it and handed in again. In a report of somebody who was brought along nothing is written.
async fn put_plan(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    visit: &Visit,
    wanted: &JoinVisit,
) -> Result<Option<ItemId>, AppError> {
    let period =
        calendar::period(tx, act.place.place_id, visit.period_id).await?.ok_or(AppError::NotFound)?;
    if period.is_published() || act.actor.must_write_for(wanted.person).is_err() {
        return Ok(None);
    }
    if wanted.words.is_empty() {
        return Err(Refusal::new("refusal-text-empty").into());
    }
    let was_filed = take_back_filed(app, tx, act, wanted.person).await?;
    let plan = (wanted.person, wanted.words.as_str(), Some(visit.on));
    let item = put_agreed_plan(app, tx, act, &period, plan).await?;
    if was_filed {
        file(app, tx, act, wanted.person).await?;
    }
    Ok(item)
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveVisit {
    pub visit: VisitId,
    pub person: PersonId,
    pub reason: String,
}

/// # Errors
/// Refuses everybody but the person, their delegate, the clerk and the chair; no reason, a visit that is over, and the last who
/// would come: that visit is cancelled.
pub async fn leave_visit(app: &App, act: &Act, wanted: LeaveVisit) -> Result<(), AppError> {
    let reason = required_reason(&wanted.reason, REMARK_LENGTH_MOST)?;
    check_public(&reason)?;
    let wanted = LeaveVisit { reason, ..wanted };
    app.store
        .write("leave_visit", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(leave(app, tx, act, wanted))
        })
        .await
}

async fn leave(app: &App, tx: &mut Tx, act: &Act, wanted: &LeaveVisit) -> Result<(), AppError> {
    let place = act.place.place_id;
    let mut visit = visit::visit(tx, place, wanted.visit).await?.ok_or(AppError::NotFound)?;
    let parts = visit::parts_of(tx, place, wanted.visit).await?;
    if !has_part(act, [wanted.person]) {
        return Err(not_yours().into());
    }
    let (own, others): (Vec<Part>, Vec<Part>) =
        parts.into_iter().partition(|part| part.person == wanted.person);
    let Some(part) = own.first() else { return Err(AppError::NotFound) };
    check_leave(others.len())?;
    let staff = roster::staff(tx, place).await?;
    let step = Step {
        text: Some(wanted.reason.clone()),
        who: Some(doer_of(&staff, part)),
        ..Step::of(VisitMove::Left)
    };
    take_step(app, tx, act, &mut visit, &others, step).await?;
    for plan in own.iter().filter_map(|part| part.item) {
        link::unlink_item(tx, place, plan, visit_link(visit.visit_id)).await?;
    }
    visit::leave(tx, place, visit.visit_id, wanted.person, (&wanted.reason, act.millis())).await?;
    tell_others(app, tx, act, &visit, &others, NoticeKind::VisitChanged).await?;
    if wanted.person != act.person() {
        let notice = NewNotice::about(NoticeKind::VisitChanged, wanted.person, visit.visit_id.0);
        tell(app, tx, place, notice.by(act.person())).await?;
    }
    Ok(())
}
