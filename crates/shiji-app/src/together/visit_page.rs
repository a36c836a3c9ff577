//! A visit as those at work see it.

use super::accept_visit::visit_link;
use super::join_visit::may_join;
use super::plan_page::helpers;
use super::{has_part, is_internal, must_be_at_work, unit_of, with_unit};
use crate::app::{Act, App};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, PersonId, VisitId};
use shiji_domain::item::ItemKind;
use shiji_domain::right::Role;
use shiji_domain::staff::Staff;
use shiji_domain::visit::VisitState;
use shiji_store::visit::{self, Part, Visit};
use shiji_store::{Tx, calendar, link, report, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitPart {
    pub person: PersonId,
    pub name: String,
    pub unit: String,
    /// The plan's words; empty for whoever joined without one.
    pub plan: String,
    /// The work item in which it stands, once it does.
    pub recorded: Option<ItemId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitPage {
    pub visit: Visit,
    pub parts: Vec<VisitPart>,
    /// Who stepped out: unit and name, and why.
    pub left: Vec<(String, String)>,
    /// Whoever was named to lead comes.
    pub lead_comes: bool,
    /// The actor is asked, or answers for whoever is.
    pub may_say_lead: bool,
    /// Who comes and could take the lead by the actor's tap.
    pub may_take_lead: Vec<(PersonId, String)>,
    pub may_leave: Vec<(PersonId, String)>,
    pub may_join: Vec<MayJoin>,
    /// Its words are not public: whoever joins gets no plan of it.
    pub is_internal: bool,
    /// Whom the actor can bring along.
    pub may_bring: Vec<(PersonId, String)>,
    pub record_by: Option<String>,
    pub today: Date,
    pub may_change: bool,
    /// For whom the actor can write down what was done, and has not yet.
    pub may_record: Vec<(PersonId, String)>,
    pub may_notify: bool,
    /// Take its public words away.
    pub may_redact: bool,
}

/// Somebody who can join by the own word, with the filed plans that could become part of the visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayJoin {
    pub person: PersonId,
    pub name: String,
    pub plans: Vec<(ItemId, String)>,
}

impl VisitPage {
    /// Colleagues of one unit alone are left: no joint visit any more.
    pub fn is_single(&self) -> bool {
        let first = self.parts.first().map(|part| &part.unit);
        self.parts.iter().all(|part| Some(&part.unit) == first)
    }
}

/// # Errors
/// `NotFound` for everybody without a part in an unannounced visit that was not held yet: it must not warn anybody.
pub async fn visit_page(app: &App, act: &Act, id: VisitId) -> Result<VisitPage, AppError> {
    must_be_at_work(act)?;
    let mut tx = app.store.read().await?;
    let tx = &mut tx;
    let place = act.place.place_id;
    let visit = visit::visit(tx, place, id).await?.ok_or(AppError::NotFound)?;
    let parts = visit::parts_of(tx, place, id).await?;
    let may_change = has_part(act, parts.iter().map(|part| part.person));
    if !visit.published && !may_change && !act.actor.has(Role::Auditor) {
        return Err(AppError::NotFound);
    }
    let staff = roster::staff(tx, place).await?;
    let today = act.day()?;
    let shown = shown_parts(tx, act, &staff, id, &parts).await?;
    let is_planned = visit.state == VisitState::Planned;
    let lead_comes = parts.iter().any(|part| part.person == visit.lead);
    let choices = choices(act, &visit, &shown, today);
    let joinable = is_planned && visit.on >= today;
    let may_join = if joinable { may_join_of(tx, act, &staff, &visit, &parts).await? } else { Vec::new() };
    let others = staff.filers(today).into_iter().map(|filer| filer.person_id);
    let comes = |person: &PersonId| parts.iter().any(|part| part.person == *person);
    let others = others.filter(|person| joinable && may_change && !comes(person));
    let left = visit::left_of(tx, place, id).await?;
    Ok(VisitPage {
        left: left
            .into_iter()
            .map(|one| (format!("{} {}", one.unit_name, staff.name(one.person)), one.reason))
            .collect(),
        lead_comes,
        may_say_lead: is_planned && lead_comes && act.actor.must_write_for(visit.lead).is_ok(),
        may_take_lead: choices.take_lead,
        may_leave: choices.leave,
        may_bring: others.map(|person| (person, with_unit(&staff, person, today))).collect(),
        may_join,
        is_internal: is_internal(tx, place, &visit).await?,
        record_by: visit.record_by.map(|person| staff.name(person)),
        // What is done together without a place has nobody who is visited.
        may_notify: may_change && visit.announced && is_planned && visit.spot_kind.is_place(),
        may_redact: visit.published && act.actor.has(Role::Clerk),
        parts: shown,
        today,
        may_change,
        may_record: choices.record,
        visit,
    })
}

/// The clerk and the chair, who may speak for everybody.
fn decides(act: &Act) -> bool {
    has_part(act, [])
}

/// Everybody who comes, each once, with the unit.
fn people_of(parts: &[VisitPart]) -> Vec<(PersonId, String)> {
    let mut people: Vec<(PersonId, String)> = Vec::new();
    for part in parts {
        if !people.iter().any(|(known, _)| *known == part.person) {
            people.push((part.person, format!("{} {}", part.unit, part.name)));
        }
    }
    people
}

/// Whom of those who come the actor may speak for: as lead, as one who steps out, as one who writes down what was done.
struct Choices {
    take_lead: Vec<(PersonId, String)>,
    leave: Vec<(PersonId, String)>,
    record: Vec<(PersonId, String)>,
}

fn choices(act: &Act, visit: &Visit, shown: &[VisitPart], today: Date) -> Choices {
    let people = people_of(shown);
    let is_planned = visit.state == VisitState::Planned;
    let lead_comes = people.iter().any(|(person, _)| *person == visit.lead);
    let writes = |person: PersonId| act.actor.must_write_for(person).is_ok();
    let chosen = |fits: &dyn Fn(PersonId) -> bool| -> Vec<(PersonId, String)> {
        people.iter().filter(|(person, _)| fits(*person)).cloned().collect()
    };
    let is_free = is_planned && visit.lead_said.check_taken_over(lead_comes).is_ok();
    let may_be_written = visit.state != VisitState::Cancelled && visit.on <= today;
    let is_recorded =
        |person: PersonId| shown.iter().any(|part| part.person == person && part.recorded.is_some());
    Choices {
        take_lead: chosen(&|person| is_free && person != visit.lead && (decides(act) || writes(person))),
        leave: chosen(&|person| is_planned && people.len() > 1 && (decides(act) || writes(person))),
        record: chosen(&|person| may_be_written && writes(person) && !is_recorded(person)),
    }
}

async fn shown_parts(
    tx: &mut Tx,
    act: &Act,
    staff: &Staff,
    id: VisitId,
    parts: &[Part],
) -> Result<Vec<VisitPart>, AppError> {
    let place = act.place.place_id;
    let link = visit_link(id);
    let mut recorded: Vec<(PersonId, ItemId)> = Vec::new();
    for item in link::items_of_subject(tx, place, link.kind, link.subject).await? {
        if item.kind == ItemKind::Work
            && let Some(report) = report::report(tx, place, item.report_id).await?
        {
            recorded.push((report.person_id, item.item_id));
        }
    }
    let mut shown: Vec<VisitPart> = Vec::new();
    for part in parts {
        let plan = match part.item {
            Some(item) => report::item(tx, place, item).await?.map(|item| item.body),
            None => None,
        };
        shown.push(VisitPart {
            person: part.person,
            name: staff.name(part.person),
            unit: part.unit_name.clone(),
            plan: plan.unwrap_or_default(),
            recorded: recorded.iter().find(|(person, _)| *person == part.person).map(|(_, item)| *item),
        });
    }
    Ok(shown)
}

/// Those for whom the actor writes and who do not come yet, each with filed plans that are in no visit.
async fn may_join_of(
    tx: &mut Tx,
    act: &Act,
    staff: &Staff,
    visit: &Visit,
    parts: &[Part],
) -> Result<Vec<MayJoin>, AppError> {
    let place = act.place.place_id;
    let mut all = Vec::new();
    let today = act.day()?;
    for (person, name) in helpers(act, staff, today) {
        let comes = parts.iter().any(|part| part.person == person);
        if comes || !may_join(act, visit, parts, person) || unit_of(staff, person, today).is_empty() {
            continue;
        }
        let mut plans = Vec::new();
        if let Some(report) = report::report_for(tx, place, visit.period_id, person).await?
            && report.state.is_filed()
            && !calendar::period(tx, place, visit.period_id).await?.is_none_or(|period| period.is_published())
        {
            for item in report::items_of(tx, place, report.report_id).await? {
                if item.kind == ItemKind::Plan
                    && visit::visit_of_item(tx, place, item.item_id).await?.is_none()
                {
                    plans.push((item.item_id, item.body));
                }
            }
        }
        all.push(MayJoin { person, name, plans });
    }
    Ok(all)
}
