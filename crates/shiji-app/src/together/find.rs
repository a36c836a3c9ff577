//! What could be one visit: the finder's proposals for the filed plans of the open period, without those that were refused
//! or are visits already.

use super::spot_list::all_spots;
use super::{has_part, unit_of};
use crate::app::Act;
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::calendar::{Days, following};
use shiji_domain::id::{ItemId, PersonId, PlaceId, ReportId};
use shiji_domain::item::ItemKind;
use shiji_domain::link::LinkKind;
use shiji_domain::spot::SpotKind;
use shiji_domain::staff::Staff;
use shiji_domain::visit::is_refused;
use shiji_store::calendar::{self, Period};
use shiji_store::report::{self, Item};
use shiji_store::{Tx, link, roster, visit};
use shiji_text::{NamedBy, Plan, Spots, overlaps};
use std::collections::HashMap;

/// A plan with whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filed {
    pub item: Item,
    pub person: PersonId,
    pub unit: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    pub spot_kind: SpotKind,
    pub spot: String,
    pub matter: Option<String>,
    pub on: Date,
    pub parts: Vec<SuggestedPart>,
    /// The actor may accept or refuse it.
    pub may_decide: bool,
}

/// One plan, and why it stands here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestedPart {
    pub item: ItemId,
    pub text: String,
    pub person: PersonId,
    pub name: String,
    pub unit: String,
    /// The words that name the spot.
    pub named: String,
    pub by: NamedBy,
    pub days: Days,
    /// The words that say the day.
    pub day_words: Option<String>,
    /// No day was said: any day of the period.
    pub any_day: bool,
    pub matter_word: Option<String>,
}

/// The days that plans of `period` are for.
pub(super) async fn planned_days(tx: &mut Tx, place: PlaceId, period: &Period) -> Result<Days, AppError> {
    let all = calendar::periods(tx, place).await?;
    let next = all.into_iter().find(|other| other.days.first > period.days.last);
    Ok(next.map_or_else(|| following(period.days), |next| next.days))
}

/// Plans in reports that stand before the meeting.
pub(super) async fn filed_plans(
    tx: &mut Tx,
    place: PlaceId,
    period: &Period,
    staff: &Staff,
) -> Result<Vec<Filed>, AppError> {
    let filers = staff.filers(period.days.last);
    let mut whose: HashMap<ReportId, (PersonId, String, i64)> = HashMap::new();
    for report in report::reports_in(tx, place, period.period_id).await? {
        if !report.state.is_filed() {
            continue;
        }
        let filer = filers.iter().find(|filer| filer.person_id == report.person_id);
        let unit = filer.and_then(|filer| staff.organization(filer.organization_id));
        let unit = unit.map_or_else(String::new, |unit| unit.name.clone());
        let order = filer.map_or(i64::MAX, |filer| filer.order);
        whose.insert(report.report_id, (report.person_id, unit, order));
    }
    let mut plans: Vec<(i64, Filed)> = Vec::new();
    for item in report::items_in(tx, place, period.period_id).await? {
        if item.kind != ItemKind::Plan {
            continue;
        }
        if let Some((person, unit, order)) = whose.get(&item.report_id) {
            plans.push((*order, Filed { item, person: *person, unit: unit.clone() }));
        }
    }
    plans.sort_by_key(|(order, plan)| (*order, plan.item.order));
    Ok(plans.into_iter().map(|(_, plan)| plan).collect())
}

/// The proposals for the open period's filed plans.
pub(super) async fn suggestions(tx: &mut Tx, act: &Act, period: &Period) -> Result<Vec<Suggested>, AppError> {
    let place = act.place.place_id;
    let staff = roster::staff(tx, place).await?;
    let mut plans = filed_plans(tx, place, period, &staff).await?;
    let links = link::links_in_period(tx, place, period.period_id).await?;
    plans.retain(|plan| {
        !links.get(&plan.item.item_id).is_some_and(|own| own.iter().any(|link| link.kind == LinkKind::Visit))
    });
    let refused: Vec<Vec<ItemId>> = visit::refusals_in(tx, place, period.period_id)
        .await?
        .into_iter()
        .map(|refused| refused.items)
        .collect();
    let spots = Spots::new(&act.place.name, all_spots(tx, place, &staff).await?);
    let days = planned_days(tx, place, period).await?;
    let read: Vec<Plan<'_>> = plans
        .iter()
        .map(|plan| Plan { unit: &plan.unit, text: &plan.item.body, due_on: plan.item.due_on })
        .collect();
    let today = act.day()?;
    let mut found = Vec::new();
    for proposal in overlaps(&spots, &read, days) {
        let parts: Vec<SuggestedPart> =
            proposal.parts.iter().filter_map(|part| part_of(&plans, &staff, part)).collect();
        let items: Vec<ItemId> = parts.iter().map(|part| part.item).collect();
        let Some(spot) = spots.all.get(proposal.spot) else { continue };
        if is_refused(&items, &refused) {
            continue;
        }
        found.push(Suggested {
            spot_kind: spot.kind,
            spot: spot.name.clone(),
            matter: proposal.matter,
            on: proposal.day.max(today),
            may_decide: has_part(act, parts.iter().map(|part| part.person)),
            parts,
        });
    }
    Ok(found)
}

fn part_of(plans: &[Filed], staff: &Staff, part: &shiji_text::Part) -> Option<SuggestedPart> {
    let plan = plans.get(part.plan)?;
    Some(SuggestedPart {
        item: plan.item.item_id,
        text: plan.item.body.clone(),
        person: plan.person,
        name: staff.name(plan.person),
        unit: plan.unit.clone(),
        named: part.named.clone(),
        by: part.by,
        days: part.days.days,
        day_words: part.days.words.clone(),
        any_day: !part.days.told,
        matter_word: part.matter_word.clone(),
    })
}

/// A plan item with its owner and period, wherever it stands.
pub(super) async fn plan_item(
    tx: &mut Tx,
    act: &Act,
    staff: &Staff,
    id: ItemId,
) -> Result<(Filed, report::Report, Period), AppError> {
    let place = act.place.place_id;
    let item = report::item(tx, place, id).await?.ok_or(AppError::NotFound)?;
    let report = report::report(tx, place, item.report_id).await?.ok_or(AppError::NotFound)?;
    let period = calendar::period(tx, place, report.period_id).await?.ok_or(AppError::NotFound)?;
    if item.kind != ItemKind::Plan {
        return Err(AppError::NotFound);
    }
    let unit = unit_of(staff, report.person_id, period.days.last);
    Ok((Filed { item, person: report.person_id, unit }, report, period))
}
