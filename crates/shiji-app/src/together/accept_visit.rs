//! Several units' plans for one place become one visit: a lead, helpers, one day, one purpose.

use super::find::{Filed, plan_item};
use super::{check_public, has_part};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use crate::publish::between::publish_affair;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, PersonId, VisitId};
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::notice::NoticeKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::not_yours;
use shiji_domain::spot::{SPOT_NAME_LENGTH_MOST, SpotKind};
use shiji_domain::staff::Staff;
use shiji_domain::text::required_line;
use shiji_domain::visit::{LeadSaid, PURPOSE_LENGTH_MOST, VISITORS_MOST, VisitState, check_day};
use shiji_record::affair::{Affair, Doer, VisitFact};
use shiji_store::report::{self, Item};
use shiji_store::visit::{self, Part, Visit};
use shiji_store::{Tx, calendar, link, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptVisit {
    pub items: Vec<ItemId>,
    pub spot_kind: SpotKind,
    pub spot: String,
    pub lead: PersonId,
    pub on: Date,
    pub purpose: String,
    /// Those who are visited may know; otherwise nothing is public before the visit was held.
    pub announced: bool,
}

/// # Errors
/// Refuses who has no part in it, a day that has passed, a lead who does not come, plans of one unit alone, plans that are
/// not filed, and plans that are part of a visit already.
pub async fn accept_visit(app: &App, act: &Act, wanted: AcceptVisit) -> Result<VisitId, AppError> {
    check_day(wanted.on, act.day()?)?;
    check_public(&wanted.purpose)?;
    check_public(&wanted.spot)?;
    let mut items = wanted.items.clone();
    items.sort();
    items.dedup();
    if items.len() < 2 || items.len() > VISITORS_MOST {
        return Err(Refusal::new("refusal-visit-alone").into());
    }
    let wanted = AcceptVisit {
        items,
        spot: required_line(&wanted.spot, SPOT_NAME_LENGTH_MOST)?,
        purpose: required_line(&wanted.purpose, PURPOSE_LENGTH_MOST)?,
        ..wanted
    };
    app.store
        .write("accept_visit", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

pub(super) fn visit_link(id: VisitId) -> ItemLink {
    ItemLink { kind: LinkKind::Visit, subject: id.0 }
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &AcceptVisit) -> Result<VisitId, AppError> {
    let place = act.place.place_id;
    let open = calendar::open_period(tx, place).await?.ok_or_else(|| Refusal::new("refusal-no-period"))?;
    let staff = roster::staff(tx, place).await?;
    let mut plans = plans_of(tx, act, &staff, wanted, open.period_id).await?;
    if !has_part(act, plans.iter().map(|plan| plan.person)) {
        return Err(not_yours().into());
    }
    check_together(tx, act, wanted, &plans).await?;
    plans.sort_by_key(|plan| plan.person != wanted.lead);
    let visit = Visit {
        visit_id: app.new_id(),
        period_id: open.period_id,
        spot_kind: wanted.spot_kind,
        spot: wanted.spot.clone(),
        on: wanted.on,
        purpose: wanted.purpose.clone(),
        lead: wanted.lead,
        lead_said: said_by(act, wanted.lead),
        lead_reason: None,
        announced: wanted.announced,
        published: wanted.announced,
        state: VisitState::Planned,
        record_words: None,
        record_by: None,
        created_by: act.person(),
        created_at: act.millis(),
    };
    let parts: Vec<Part> = plans
        .iter()
        .map(|plan| Part { item: Some(plan.item.item_id), person: plan.person, unit_name: plan.unit.clone() })
        .collect();
    visit::insert_visit(tx, place, &visit, &parts).await?;
    for plan in &plans {
        link::link_item(tx, place, plan.item.item_id, visit_link(visit.visit_id), act.millis()).await?;
        put_day(tx, act, &plan.item, wanted.on).await?;
    }
    let others: Vec<Part> = parts.iter().filter(|part| part.person != visit.lead).cloned().collect();
    tell_others(app, tx, act, &visit, &others, NoticeKind::VisitPlanned).await?;
    ask_lead(app, tx, act, &visit).await?;
    if visit.published {
        publish_affair(app, tx, &act.place, act.now, Affair::Visit(fact_of(&staff, &visit, &parts))).await?;
    }
    let after = Some(format!("{} {} {}", visit.on, visit.spot, visit.purpose));
    audit(app, tx, act, Change { act: "visit.accept", subject: &visit.visit_id, before: None, after })
        .await?;
    Ok(visit.visit_id)
}

async fn plans_of(
    tx: &mut Tx,
    act: &Act,
    staff: &Staff,
    wanted: &AcceptVisit,
    open: shiji_domain::id::PeriodId,
) -> Result<Vec<Filed>, AppError> {
    let mut plans = Vec::with_capacity(wanted.items.len());
    for id in &wanted.items {
        let (plan, report, period) = plan_item(tx, act, staff, *id).await?;
        if period.period_id != open || !report.state.is_filed() {
            return Err(Refusal::new("refusal-visit-plans").into());
        }
        plans.push(plan);
    }
    Ok(plans)
}

async fn check_together(
    tx: &mut Tx,
    act: &Act,
    wanted: &AcceptVisit,
    plans: &[Filed],
) -> Result<(), AppError> {
    let Some(first) = plans.first() else { return Err(AppError::NotFound) };
    if plans.iter().all(|plan| plan.unit == first.unit) {
        return Err(Refusal::new("refusal-visit-alone").into());
    }
    if !plans.iter().any(|plan| plan.person == wanted.lead) {
        return Err(Refusal::new("refusal-visit-lead").into());
    }
    for plan in plans {
        // Whoever comes second finds the plan in the visit of the first.
        if visit::visit_of_item(tx, act.place.place_id, plan.item.item_id).await?.is_some() {
            return Err(Refusal::new("refusal-visit-taken").into());
        }
    }
    Ok(())
}

/// Whoever names the own person leads; everybody else is asked.
pub(super) fn said_by(act: &Act, lead: PersonId) -> LeadSaid {
    if act.actor.must_write_for(lead).is_ok() { LeadSaid::Yes } else { LeadSaid::Asked }
}

/// Tells whoever was named by somebody else; nothing waits for the answer.
pub(super) async fn ask_lead(app: &App, tx: &mut Tx, act: &Act, visit: &Visit) -> Result<(), AppError> {
    if visit.lead_said != LeadSaid::Asked || visit.lead == act.person() {
        return Ok(());
    }
    let notice = NewNotice::about(NoticeKind::VisitLead, visit.lead, visit.visit_id.0);
    tell(app, tx, act.place.place_id, notice.by(act.person())).await?;
    Ok(())
}

/// The one day stands at every plan. Words that somebody is typing against the plan's version are kept beside it.
pub(super) async fn put_day(tx: &mut Tx, act: &Act, item: &Item, on: Date) -> Result<(), AppError> {
    if item.due_on != Some(on) {
        let dated =
            Item { due_on: Some(on), updated_at: act.millis(), updated_by: act.person(), ..item.clone() };
        report::update_item(tx, act.place.place_id, &dated).await?;
    }
    Ok(())
}

/// Everybody who comes, but whoever did it; each once.
pub(super) async fn tell_others(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    visit: &Visit,
    parts: &[Part],
    kind: NoticeKind,
) -> Result<(), AppError> {
    let mut told = vec![act.person()];
    for part in parts {
        if !told.contains(&part.person) {
            told.push(part.person);
            let notice = NewNotice::about(kind, part.person, visit.visit_id.0);
            tell(app, tx, act.place.place_id, notice.by(act.person())).await?;
        }
    }
    Ok(())
}

pub(super) fn doer_of(staff: &Staff, part: &Part) -> Doer {
    Doer { person: part.person, name: staff.name(part.person), unit: part.unit_name.clone() }
}

pub(super) fn fact_of(staff: &Staff, visit: &Visit, parts: &[Part]) -> VisitFact {
    let doer = |part: &Part| doer_of(staff, part);
    // Who was named may have stepped out; then the first who comes stands first.
    let leads = |part: &&Part| part.person == visit.lead;
    let lead = parts.iter().find(leads).or_else(|| parts.first()).map(doer);
    let lead = lead.unwrap_or_else(|| Doer {
        person: visit.lead,
        name: staff.name(visit.lead),
        unit: String::new(),
    });
    let mut helpers: Vec<Doer> = Vec::new();
    for part in parts.iter().filter(|part| part.person != lead.person) {
        if !helpers.iter().any(|known| known.person == part.person) {
            helpers.push(doer(part));
        }
    }
    VisitFact {
        visit: visit.visit_id,
        spot_kind: visit.spot_kind.code().to_owned(),
        spot: visit.spot.clone(),
        on: visit.on,
        lead,
        helpers,
        purpose: visit.purpose.clone(),
    }
}
