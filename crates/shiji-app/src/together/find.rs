//! What could be one visit: the finder's proposals for the filed plans of the open period, without those that were refused
//! or are visits already.

use super::join_visit::may_join;
use super::spot_list::all_spots;
use super::{has_part, unit_of};
use crate::app::Act;
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::calendar::{Days, following};
use shiji_domain::id::{ItemId, PersonId, PlaceId, ReportId, VisitId};
use shiji_domain::item::ItemKind;
use shiji_domain::link::LinkKind;
use shiji_domain::spot::{SPOT_NAME_LENGTH_MOST, SpotKind};
use shiji_domain::staff::Staff;
use shiji_domain::visit::{PURPOSE_LENGTH_MOST, VisitState, is_refused};
use shiji_store::calendar::{self, Period};
use shiji_store::report::{self, Item};
use shiji_store::visit::{Part, Visit};
use shiji_store::{Tx, link, roster, visit};
use shiji_text::{NamedBy, Plan, Proposal, Spots, overlaps, purpose};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

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
    /// What it is for, until somebody writes something else.
    pub purpose: String,
    pub on: Date,
    pub parts: Vec<SuggestedPart>,
    /// The actor may accept or refuse it.
    pub may_decide: bool,
}

impl Suggested {
    /// Names it on a page.
    pub fn anchor(&self) -> String {
        let first = self.parts.first().map_or_else(String::new, |part| part.item.to_string());
        if self.spot_kind.is_place() { first } else { format!("{first}-s") }
    }
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

/// A visit that is agreed on, and filed plans of others that go there on its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToJoin {
    pub visit: VisitId,
    pub spot: String,
    pub on: Date,
    /// The plans of those who come that go there as well: who refuses a plan to join refuses it beside these.
    pub agreed: Vec<ItemId>,
    /// Each plan, and whether the actor may take it along, or say that it does not come.
    pub parts: Vec<(SuggestedPart, bool)>,
}

/// The proposals for the open period's filed plans.
pub(super) async fn suggestions(tx: &mut Tx, act: &Act, period: &Period) -> Result<Vec<Suggested>, AppError> {
    Ok(found(tx, act, period).await?.0)
}

/// The filed plans, those of visits with the visit: a visit that the actor may not know of takes its plans along.
async fn plans_to_compare(
    tx: &mut Tx,
    act: &Act,
    staff: &Staff,
    period: &Period,
) -> Result<(Vec<Filed>, Agreed), AppError> {
    let place = act.place.place_id;
    let links = link::links_in_period(tx, place, period.period_id).await?;
    let visit_of = |plan: &Filed| {
        let links = links.get(&plan.item.item_id)?;
        links.iter().find(|link| link.kind == LinkKind::Visit).map(|link| VisitId(link.subject))
    };
    let reads_all = act.actor.must_read_all().is_ok();
    let (mut plans, mut agreed) = (Vec::new(), Agreed::default());
    for mut plan in filed_plans(tx, place, period, staff).await? {
        let Some(id) = visit_of(&plan) else {
            plans.push(plan);
            continue;
        };
        if let Entry::Vacant(free) = agreed.visits.entry(id) {
            let Some(visit) = visit::visit(tx, place, id).await? else { continue };
            free.insert((visit, visit::parts_of(tx, place, id).await?));
        }
        let Some((visit, parts)) = agreed.visits.get(&id) else { continue };
        let is_known = visit.published || reads_all || has_part(act, parts.iter().map(|part| part.person));
        if is_known && visit.state == VisitState::Planned {
            plan.item.due_on = Some(visit.on);
            agreed.of_plan.insert(plan.item.item_id, id);
            plans.push(plan);
        }
    }
    Ok((plans, agreed))
}

/// Visits that plans are part of already.
#[derive(Default)]
struct Agreed {
    visits: HashMap<VisitId, (Visit, Vec<Part>)>,
    of_plan: HashMap<ItemId, VisitId>,
}

/// What could be one visit, and what could join one that is agreed on.
pub(super) async fn found(
    tx: &mut Tx,
    act: &Act,
    period: &Period,
) -> Result<(Vec<Suggested>, Vec<ToJoin>), AppError> {
    let place = act.place.place_id;
    let staff = roster::staff(tx, place).await?;
    let (plans, agreed) = plans_to_compare(tx, act, &staff, period).await?;
    let refused = visit::refusals_in(tx, place, period.period_id).await?;
    let refused: Vec<Vec<ItemId>> = refused.into_iter().map(|refused| refused.items).collect();
    let spots = Spots::new(&act.place.name, all_spots(tx, place, &staff).await?);
    let days = planned_days(tx, place, period).await?;
    let read: Vec<Plan<'_>> = plans
        .iter()
        .map(|plan| Plan { unit: &plan.unit, text: &plan.item.body, due_on: plan.item.due_on })
        .collect();
    let today = act.day()?;
    let (mut suggested, mut to_join) = (Vec::new(), Vec::new());
    for proposal in overlaps(&spots, &read, days) {
        let parts: Vec<SuggestedPart> =
            proposal.parts.iter().filter_map(|part| part_of(&plans, &staff, part)).collect();
        let items: Vec<ItemId> = parts.iter().map(|part| part.item).collect();
        let Some((spot_kind, spot)) = about(&spots, &proposal) else { continue };
        if is_refused(&items, &refused) {
            continue;
        }
        if let Some(id) = items.iter().find_map(|item| agreed.of_plan.get(item)) {
            agreed.offer(act, *id, (parts, &refused), &mut to_join);
            continue;
        }
        suggested.push(Suggested {
            spot_kind,
            spot,
            purpose: purpose(&proposal, &read, PURPOSE_LENGTH_MOST),
            matter: proposal.matter,
            on: proposal.day.max(today),
            may_decide: has_part(act, parts.iter().map(|part| part.person)),
            parts,
        });
    }
    Ok((suggested, to_join))
}

/// What the plans have in common: a place, or a subject under its own words.
fn about(spots: &Spots, proposal: &Proposal) -> Option<(SpotKind, String)> {
    let Some(spot) = proposal.spot else {
        let words = proposal.matter.as_ref()?.chars().take(SPOT_NAME_LENGTH_MOST).collect();
        return Some((SpotKind::Subject, words));
    };
    spots.all.get(spot).map(|spot| (spot.kind, spot.name.clone()))
}

impl Agreed {
    /// Adds the plans that are in no visit yet to what could join this one; who comes already, or was said not to, need not be asked.
    fn offer(
        &self,
        act: &Act,
        id: VisitId,
        (parts, refused): (Vec<SuggestedPart>, &[Vec<ItemId>]),
        to_join: &mut Vec<ToJoin>,
    ) {
        let Some((visit, comes)) = self.visits.get(&id) else { return };
        let of_visit = |item: &ItemId| self.of_plan.get(item) == Some(&id);
        let agreed: Vec<ItemId> = parts.iter().map(|part| part.item).filter(of_visit).collect();
        let at = to_join.iter().position(|known| known.visit == id).unwrap_or_else(|| {
            let (spot, on) = (visit.spot.clone(), visit.on);
            to_join.push(ToJoin { visit: id, spot, on, agreed: Vec::new(), parts: Vec::new() });
            to_join.len() - 1
        });
        let before = to_join[at].agreed.clone();
        to_join[at].agreed.extend(agreed.iter().filter(|item| !before.contains(item)));
        for part in parts {
            let is_new = to_join[at].parts.iter().all(|(known, _)| known.item != part.item);
            let comes_already = comes.iter().any(|known| known.person == part.person);
            let beside: Vec<ItemId> = agreed.iter().copied().chain([part.item]).collect();
            if is_new
                && !comes_already
                && !self.of_plan.contains_key(&part.item)
                && !is_refused(&beside, refused)
            {
                let may_join = may_join(act, visit, comes, part.person);
                to_join[at].parts.push((part, may_join));
            }
        }
        if to_join[at].parts.is_empty() {
            to_join.remove(at);
        }
    }
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
