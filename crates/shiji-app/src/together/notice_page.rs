//! The one notice that those who are visited receive, instead of one from each unit.

use super::has_part;
use crate::app::{Act, App};
use crate::error::AppError;
use shiji_domain::id::VisitId;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::not_yours;
use shiji_store::roster;
use shiji_store::visit::{self, Visit};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    pub name: String,
    pub unit: String,
    pub title: String,
    pub telephone: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitNotice {
    pub visit: Visit,
    /// The lead first.
    pub visitors: Vec<Visitor>,
    /// Units in the order of the visitors, each once.
    pub units: Vec<String>,
}

/// # Errors
/// Refuses who has no part in it, and a visit that is not announced.
pub async fn visit_notice(app: &App, act: &Act, id: VisitId) -> Result<VisitNotice, AppError> {
    let mut tx = app.store.read().await?;
    let place = act.place.place_id;
    let visit = visit::visit(&mut tx, place, id).await?.ok_or(AppError::NotFound)?;
    let mut parts = visit::parts_of(&mut tx, place, id).await?;
    parts.sort_by_key(|part| part.person != visit.lead);
    if !has_part(act, parts.iter().map(|part| part.person)) {
        return Err(not_yours().into());
    }
    if !visit.announced {
        return Err(Refusal::new("refusal-visit-unannounced").into());
    }
    let staff = roster::staff(&mut tx, place).await?;
    let day = act.day()?;
    let (mut visitors, mut units, mut known) = (Vec::new(), Vec::<String>::new(), Vec::new());
    for part in &parts {
        if known.contains(&part.person) {
            continue;
        }
        known.push(part.person);
        let post = staff.memberships_of(part.person).find(|(held, _)| held.is_held_on(day));
        visitors.push(Visitor {
            name: staff.name(part.person),
            unit: part.unit_name.clone(),
            title: post.map_or_else(String::new, |(_, post)| post.title.clone()),
            telephone: post.and_then(|(_, post)| post.office_telephone.clone()),
        });
        if !units.contains(&part.unit_name) {
            units.push(part.unit_name.clone());
        }
    }
    Ok(VisitNotice { visit, visitors, units })
}
