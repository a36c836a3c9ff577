//! Colleagues' filed plans before the meeting, with what they ask for and what could be one visit.

use super::find::{Filed, Suggested, ToJoin, filed_plans, found, planned_days};
use super::must_be_at_work;
use super::take_in::stands;
use crate::app::{Act, App};
use crate::error::AppError;
use jiff::ToSpan as _;
use jiff::civil::Date;
use shiji_domain::calendar::Days;
use shiji_domain::help::{OFFERS_OF_ONE_MOST, OfferState, RequestState};
use shiji_domain::id::{HelpId, ItemId, PersonId, PlaceId, VisitId};
use shiji_domain::link::LinkKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::staff::Staff;
use shiji_store::calendar::{self, Period};
use shiji_store::help::{self, Offer, Request};
use shiji_store::report;
use shiji_store::visit::{self, RefusedProposal, Visit};
use shiji_store::{Tx, link, roster};
use shiji_text::{PlanDays, contains, plan_days, runs};

/// What of the plans is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanFilter {
    pub words: String,
    pub unit: String,
    pub day: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    pub plan: shiji_store::report::Item,
    pub name: String,
    pub unit: String,
    pub days: PlanDays,
    /// The actor may ask for help on it.
    pub own: bool,
    pub request: Option<HelpId>,
    pub visit: Option<VisitId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferLine {
    pub offer: Offer,
    pub name: String,
    pub unit: String,
    /// It stands in the helper's report.
    pub stands: bool,
    /// The actor may put it there.
    pub may_take_in: bool,
    pub may_withdraw: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLine {
    pub request: Request,
    pub name: String,
    pub unit: String,
    /// The plan's words and day.
    pub text: String,
    pub due_on: Option<Date>,
    pub offers: Vec<OfferLine>,
    pub may_decide: bool,
    pub may_offer: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanPage {
    pub period: Period,
    /// The days that the plans are for.
    pub days: Days,
    pub lines: Vec<PlanLine>,
    /// Of all filed plans, for the filter.
    pub units: Vec<String>,
    pub count: usize,
    pub requests: Vec<RequestLine>,
    pub suggested: Vec<Suggested>,
    /// Plans that go where a visit is agreed on already.
    pub to_join: Vec<ToJoin>,
    /// What was refused, and by whom.
    pub refused: Vec<(String, RefusedProposal)>,
    pub visits: Vec<Visit>,
    /// For whom the actor may offer help.
    pub helpers: Vec<(PersonId, String)>,
}

/// Days for which a visit that was held stays on the page.
const VISITS_BACK: i64 = 7;

/// # Errors
/// Refuses who is not at work, and when no period is open.
pub async fn plan_page(app: &App, act: &Act, filter: &PlanFilter) -> Result<PlanPage, AppError> {
    must_be_at_work(act)?;
    let mut tx = app.store.read().await?;
    let tx = &mut tx;
    let place = act.place.place_id;
    let period = calendar::open_period(tx, place).await?.ok_or_else(|| Refusal::new("refusal-no-period"))?;
    let staff = roster::staff(tx, place).await?;
    let days = planned_days(tx, place, &period).await?;
    let plans = filed_plans(tx, place, &period, &staff).await?;
    let mut units: Vec<String> = Vec::new();
    for plan in &plans {
        if !units.contains(&plan.unit) {
            units.push(plan.unit.clone());
        }
    }
    let requests = requests(tx, act, &staff, &period).await?;
    let names = |person| staff.name(person);
    let since = act.day()?.checked_sub(VISITS_BACK.days()).map_err(AppError::Time)?;
    let mut visits = visit::visits_since(tx, place, since).await?;
    let mine = visit::visits_with(tx, place, act.person(), since).await?;
    // An unannounced visit is known to those who come, and to those who run the meeting.
    let reads_all = act.actor.must_read_all().is_ok();
    visits.retain(|one| one.published || reads_all || mine.iter().any(|own| own.visit_id == one.visit_id));
    let (suggested, to_join) = found(tx, act, &period).await?;
    let refused = refused_known(tx, place, &period, &visits).await?;
    Ok(PlanPage {
        count: plans.len(),
        lines: hidden(lines(tx, act, &staff, &period, days, plans, filter).await?, &visits),
        suggested,
        to_join,
        refused: refused.into_iter().map(|refused| (names(refused.by), refused)).collect(),
        helpers: helpers(act, &staff, act.day()?),
        requests,
        units,
        visits,
        days,
        period,
    })
}

/// What was refused, but for plans beside those of a visit that the reader may not know of.
async fn refused_known(
    tx: &mut Tx,
    place: PlaceId,
    period: &Period,
    visits: &[Visit],
) -> Result<Vec<RefusedProposal>, AppError> {
    let links = link::links_in_period(tx, place, period.period_id).await?;
    let is_hidden = |item: &ItemId| {
        let mut own = links.get(item).into_iter().flatten().filter(|link| link.kind == LinkKind::Visit);
        own.any(|link| visits.iter().all(|visit| visit.visit_id.0 != link.subject))
    };
    let mut refused = visit::refusals_in(tx, place, period.period_id).await?;
    refused.retain(|one| !one.items.iter().any(is_hidden));
    Ok(refused)
}

/// A plan tells of its visit only to those who may know of the visit.
fn hidden(mut lines: Vec<PlanLine>, visits: &[Visit]) -> Vec<PlanLine> {
    for line in &mut lines {
        line.visit = line.visit.filter(|id| visits.iter().any(|visit| visit.visit_id == *id));
    }
    lines
}

/// For whom the actor writes, with the unit: there are people of the same name.
pub(super) fn helpers(act: &Act, staff: &Staff, day: Date) -> Vec<(PersonId, String)> {
    let own = std::iter::once(act.person());
    own.chain(act.actor.files_for.iter().copied())
        .filter(|person| act.actor.must_write_for(*person).is_ok())
        .map(|person| (person, super::with_unit(staff, person, day)))
        .collect()
}

async fn lines(
    tx: &mut Tx,
    act: &Act,
    staff: &Staff,
    period: &Period,
    days: Days,
    plans: Vec<Filed>,
    filter: &PlanFilter,
) -> Result<Vec<PlanLine>, AppError> {
    let place = act.place.place_id;
    let links = link::links_in_period(tx, place, period.period_id).await?;
    let requests = help::requests_in(tx, place, period.period_id).await?;
    let words = runs(&filter.words);
    let mut lines = Vec::new();
    for Filed { item, person, unit } in plans {
        let name = staff.name(person);
        let planned = plan_days(&item.body, item.due_on, days);
        let fits = words
            .iter()
            .all(|word| contains(&item.body, word) || contains(&name, word) || contains(&unit, word))
            && (filter.unit.is_empty() || filter.unit == unit)
            && filter.day.is_none_or(|day| planned.told && planned.days.contains(day));
        if !fits {
            continue;
        }
        let own = links.get(&item.item_id).into_iter().flatten();
        lines.push(PlanLine {
            visit: own.clone().find(|link| link.kind == LinkKind::Visit).map(|link| VisitId(link.subject)),
            request: requests
                .iter()
                .find(|request| request.item_id == item.item_id)
                .map(|request| request.help_id),
            own: act.actor.must_write_for(person).is_ok(),
            days: planned,
            plan: item,
            name,
            unit,
        });
    }
    Ok(lines)
}

/// Requests of the open issue and of the one before, whose plans are carried out now: the open ones first.
async fn requests(
    tx: &mut Tx,
    act: &Act,
    staff: &Staff,
    period: &Period,
) -> Result<Vec<RequestLine>, AppError> {
    let place = act.place.place_id;
    let mut all = help::requests_in(tx, place, period.period_id).await?;
    if let Some(before) = calendar::period_before(tx, place, period.days.first).await? {
        all.extend(help::requests_in(tx, place, before.period_id).await?);
    }
    let day = period.days.last;
    let mut lines = Vec::new();
    for request in all {
        let Some(item) = report::item(tx, place, request.item_id).await? else { continue };
        let may_decide = act.actor.must_write_for(request.person_id).is_ok();
        let mut offers = Vec::new();
        for offer in help::offers_to(tx, place, request.help_id).await? {
            // What came to nothing is between the two of them.
            let is_own = act.actor.must_write_for(offer.person_id).is_ok();
            if !offer.state.stands() && !may_decide && !is_own {
                continue;
            }
            let stands = offer.state == OfferState::Accepted
                && stands(tx, act, offer.person_id, request.help_id).await?;
            offers.push(OfferLine {
                name: staff.name(offer.person_id),
                unit: super::unit_of(staff, offer.person_id, day),
                may_withdraw: offer.state == OfferState::Open && is_own,
                may_take_in: offer.state == OfferState::Accepted && !stands && is_own,
                stands,
                offer,
            });
        }
        let own = || offers.iter().filter(|one| one.offer.person_id == act.person());
        let has_offered = own().any(|one| one.offer.state.stands()) || own().count() >= OFFERS_OF_ONE_MOST;
        let may_offer =
            request.state == RequestState::Open && !may_decide && !has_offered && act.actor.has_desk();
        // What is over and was not helped with is no news.
        if request.state == RequestState::Closed
            && !offers.iter().any(|one| one.offer.state == OfferState::Accepted)
        {
            continue;
        }
        lines.push(RequestLine {
            name: staff.name(request.person_id),
            unit: super::unit_of(staff, request.person_id, day),
            text: item.body,
            due_on: item.due_on,
            offers,
            may_decide,
            may_offer,
            request,
        });
    }
    lines.sort_by_key(|line| (line.request.state == RequestState::Closed, line.request.created_at));
    Ok(lines)
}
