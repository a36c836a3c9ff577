//! What the desk, the meeting and the list of the day know of help and visits.

use super::accept_visit::visit_link;
use super::decide_offer::help_link;
use super::find::suggestions;
use super::is_internal;
use super::take_in::stands;
use crate::affair::Candidate;
use crate::app::Act;
use crate::error::AppError;
use jiff::ToSpan as _;
use jiff::civil::Date;
use shiji_domain::agenda::{Matter, MatterKind};
use shiji_domain::help::{OfferState, RequestState};
use shiji_domain::id::{HelpId, PersonId, PlaceId, VisitId};
use shiji_domain::item::ItemKind;
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::today::{Due, DueKind};
use shiji_domain::visit::{LeadSaid, VisitState};
use shiji_store::visit::{self, Visit};
use shiji_store::{Tx, calendar, help, link, report, roster};
use std::collections::HashMap;

/// Days for which a visit and accepted help can still be written down.
const BACK: i64 = 21;

fn since(act: &Act) -> Result<(Date, i64), AppError> {
    let day = act.day()?.checked_sub(BACK.days()).map_err(AppError::Time)?;
    Ok((day, act.millis() - BACK * 24 * 60 * 60 * 1_000))
}

fn called(visit: &Visit) -> String {
    format!("{} {}月{}日", visit.spot, visit.on.month(), visit.on.day())
}

/// Visits and accepted help of `owner`, proposed where the words name the place or the asker.
pub(crate) async fn candidates(
    tx: &mut Tx,
    act: &Act,
    owner: PersonId,
    words: &str,
) -> Result<Vec<Candidate>, AppError> {
    let place = act.place.place_id;
    let (day, instant) = since(act)?;
    let mut all = Vec::new();
    for one in visit::visits_with(tx, place, owner, day).await? {
        // The name of the place may have been taken away.
        let proposed = !one.spot.is_empty() && words.contains(&one.spot);
        all.push(Candidate { link: visit_link(one.visit_id), name: called(&one), proposed });
    }
    for offer in help::accepted_of(tx, place, owner, instant).await? {
        let Some(name) = name_of(tx, place, help_link(offer.help_id)).await? else { continue };
        all.push(Candidate { link: help_link(offer.help_id), name, proposed: words == offer.words });
    }
    Ok(all)
}

/// `None` for what this part does not know.
pub(crate) async fn name_of(tx: &mut Tx, place: PlaceId, link: ItemLink) -> Result<Option<String>, AppError> {
    match link.kind {
        LinkKind::Visit => {
            Ok(visit::visit(tx, place, VisitId(link.subject)).await?.map(|visit| called(&visit)))
        }
        LinkKind::Help => {
            let Some(request) = help::request(tx, place, HelpId(link.subject)).await? else {
                return Ok(None);
            };
            let staff = roster::staff(tx, place).await?;
            let mut names = vec![staff.name(request.person_id)];
            for offer in help::offers_to(tx, place, request.help_id).await? {
                if offer.state == OfferState::Accepted {
                    names.push(staff.name(offer.person_id));
                }
            }
            Ok(Some(names.join("、")))
        }
        LinkKind::Directive | LinkKind::Milestone => Ok(None),
    }
}

/// What help was asked for.
pub(crate) async fn asked_for(tx: &mut Tx, place: PlaceId, id: HelpId) -> Result<Option<String>, AppError> {
    let Some(request) = help::request(tx, place, id).await? else { return Ok(None) };
    let item = report::item(tx, place, request.item_id).await?;
    Ok(item.map(|item| crate::directive::short(&item.body)))
}

/// Proposed visits, and requests that nobody's accepted help meets yet.
pub(crate) async fn matters(tx: &mut Tx, act: &Act) -> Result<Vec<Matter>, AppError> {
    let place = act.place.place_id;
    let Some(period) = calendar::open_period(tx, place).await? else { return Ok(Vec::new()) };
    let mut matters = Vec::new();
    for found in suggestions(tx, act, &period).await? {
        let words: Vec<&str> = found.parts.iter().map(|part| part.text.as_str()).collect();
        matters.push(Matter {
            kind: MatterKind::VisitProposal,
            text: format!("{}：{}", found.spot, words.join("；")),
            people: found.parts.iter().map(|part| part.name.clone()).collect(),
            day: Some(found.on),
            rest: format!("/plans#v-{}", found.anchor()),
            is_internal: false,
        });
    }
    let staff = roster::staff(tx, place).await?;
    for request in help::requests_in(tx, place, period.period_id).await? {
        let offers = help::offers_to(tx, place, request.help_id).await?;
        let is_met = offers.iter().any(|offer| offer.state == OfferState::Accepted);
        let Some(item) = report::item(tx, place, request.item_id).await? else { continue };
        if request.state != RequestState::Open || is_met {
            continue;
        }
        let open = offers.iter().filter(|offer| offer.state == OfferState::Open);
        let people = std::iter::once(request.person_id).chain(open.map(|offer| offer.person_id));
        matters.push(Matter {
            kind: MatterKind::HelpOffer,
            text: [item.body, request.words].join(" ").trim().to_owned(),
            people: people.map(|person| staff.name(person)).collect(),
            day: item.due_on,
            rest: format!("/plans#h-{}", request.help_id),
            is_internal: false,
        });
    }
    Ok(matters)
}

/// Visits that are planned or not yet in the own report, and accepted help that stands nowhere yet.
pub(crate) async fn due(tx: &mut Tx, act: &Act, owner: PersonId) -> Result<Vec<Due>, AppError> {
    let place = act.place.place_id;
    let (day, instant) = since(act)?;
    let mut list = Vec::new();
    for one in visit::visits_with(tx, place, owner, day).await? {
        // What somebody did there stands in their report, whether or not the others have told of it yet.
        if is_recorded(tx, place, &one, owner).await? {
            continue;
        }
        list.push(Due {
            kind: DueKind::Visit,
            is_internal: is_internal(tx, place, &one).await?,
            step_of: None,
            subject: one.visit_id.0,
            text: format!("{}：{}", one.spot, one.purpose),
            due_on: Some(one.on),
            rest: Some(format!("/visit/{}", one.visit_id)),
        });
    }
    for offer in help::accepted_of(tx, place, owner, instant).await? {
        if stands(tx, act, owner, offer.help_id).await? {
            continue;
        }
        let request = help::request(tx, place, offer.help_id).await?.ok_or(AppError::NotFound)?;
        let asked = report::item(tx, place, request.item_id).await?;
        list.push(Due {
            kind: DueKind::Help,
            is_internal: false,
            step_of: None,
            subject: offer.help_id.0,
            text: offer.words,
            due_on: asked.and_then(|item| item.due_on),
            rest: Some(format!("/plans#h-{}", offer.help_id)),
        });
    }
    Ok(list)
}

/// Who leads a visit, and whether they have said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitLead {
    /// None when whoever was named does not come.
    pub name: Option<String>,
    pub said: LeadSaid,
    /// It is the person whose list it is.
    pub is_own: bool,
}

/// Of the visits of `owner` that are still planned.
pub(crate) async fn leads(
    tx: &mut Tx,
    act: &Act,
    owner: PersonId,
) -> Result<HashMap<VisitId, VisitLead>, AppError> {
    let place = act.place.place_id;
    let (day, _) = since(act)?;
    let staff = roster::staff(tx, place).await?;
    let mut leads = HashMap::new();
    for one in visit::visits_with(tx, place, owner, day).await? {
        if one.state == VisitState::Planned {
            let parts = visit::parts_of(tx, place, one.visit_id).await?;
            let part = parts.iter().find(|part| part.person == one.lead);
            let name = part.map(|part| format!("{} {}", part.unit_name, staff.name(part.person)));
            let lead = VisitLead { name, said: one.lead_said, is_own: one.lead == owner };
            leads.insert(one.visit_id, lead);
        }
    }
    Ok(leads)
}

async fn is_recorded(tx: &mut Tx, place: PlaceId, visit: &Visit, owner: PersonId) -> Result<bool, AppError> {
    let link = visit_link(visit.visit_id);
    for item in link::items_of_subject(tx, place, link.kind, link.subject).await? {
        if item.kind == ItemKind::Work
            && let Some(report) = report::report(tx, place, item.report_id).await?
            && report.person_id == owner
        {
            return Ok(true);
        }
    }
    Ok(false)
}
