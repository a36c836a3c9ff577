//! A visit as those at work see it.

use super::accept_visit::visit_link;
use super::{has_part, must_be_at_work};
use crate::app::{Act, App};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, PersonId, VisitId};
use shiji_domain::item::ItemKind;
use shiji_domain::right::Role;
use shiji_domain::visit::VisitState;
use shiji_store::visit::{self, Visit};
use shiji_store::{link, report, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitPart {
    pub person: PersonId,
    pub name: String,
    pub unit: String,
    /// The plan's words.
    pub plan: String,
    /// The work item in which it stands, once it does.
    pub recorded: Option<ItemId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitPage {
    pub visit: Visit,
    pub parts: Vec<VisitPart>,
    pub record_by: Option<String>,
    pub today: Date,
    pub may_change: bool,
    /// For whom the actor can write down what was done, and has not yet.
    pub may_record: Vec<(PersonId, String)>,
    pub may_notify: bool,
    /// Take its public words away.
    pub may_redact: bool,
}

/// # Errors
/// `NotFound` for everybody without a part in an unannounced visit that was not held yet: it must not warn anybody.
pub async fn visit_page(app: &App, act: &Act, id: VisitId) -> Result<VisitPage, AppError> {
    must_be_at_work(act)?;
    let mut tx = app.store.read().await?;
    let place = act.place.place_id;
    let visit = visit::visit(&mut tx, place, id).await?.ok_or(AppError::NotFound)?;
    let parts = visit::parts_of(&mut tx, place, id).await?;
    let may_change = has_part(act, parts.iter().map(|part| part.person));
    if !visit.published && !may_change && !act.actor.has(Role::Auditor) {
        return Err(AppError::NotFound);
    }
    let staff = roster::staff(&mut tx, place).await?;
    let link = visit_link(id);
    let mut recorded: Vec<(PersonId, ItemId)> = Vec::new();
    for item in link::items_of_subject(&mut tx, place, link.kind, link.subject).await? {
        if item.kind == ItemKind::Work
            && let Some(report) = report::report(&mut tx, place, item.report_id).await?
        {
            recorded.push((report.person_id, item.item_id));
        }
    }
    let mut shown: Vec<VisitPart> = Vec::new();
    for part in &parts {
        let plan = report::item(&mut tx, place, part.item).await?.map_or_else(String::new, |item| item.body);
        shown.push(VisitPart {
            person: part.person,
            name: staff.name(part.person),
            unit: part.unit_name.clone(),
            plan,
            recorded: recorded.iter().find(|(person, _)| *person == part.person).map(|(_, item)| *item),
        });
    }
    let today = act.day()?;
    let mut may_record: Vec<(PersonId, String)> = Vec::new();
    if visit.state != VisitState::Cancelled && visit.on <= today {
        for part in shown.iter().filter(|part| part.recorded.is_none()) {
            let is_new = !may_record.iter().any(|(person, _)| *person == part.person);
            if is_new && act.actor.must_write_for(part.person).is_ok() {
                may_record.push((part.person, part.name.clone()));
            }
        }
    }
    Ok(VisitPage {
        record_by: visit.record_by.map(|person| staff.name(person)),
        may_notify: may_change && visit.announced && visit.state == VisitState::Planned,
        may_redact: visit.published && act.actor.has(Role::Clerk),
        parts: shown,
        today,
        may_change,
        may_record,
        visit,
    })
}
