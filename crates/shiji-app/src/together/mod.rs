//! Seeing each other's plans: filed plans before the meeting, help asked and offered, and several units' plans for one place
//! made one visit.

mod accept_visit;
mod ask_help;
mod decide_offer;
mod find;
mod hook;
mod join_visit;
mod lead_visit;
mod notice_page;
mod offer_help;
mod plan_page;
mod public;
mod record_visit;
mod refuse_proposal;
mod spot_list;
mod step_visit;
mod take_in;
mod visit_page;
mod withdraw_offer;

pub use accept_visit::{AcceptVisit, accept_visit};
pub use ask_help::{AskHelp, ask_help, close_request};
pub use decide_offer::{DecideOffer, decide_offer};
pub use find::{Suggested, SuggestedPart, ToJoin};
pub use join_visit::{JoinVisit, LeaveVisit, join_visit, leave_visit};
pub use lead_visit::{SayLead, say_lead, take_lead};
pub use notice_page::{VisitNotice, Visitor, visit_notice};
pub use offer_help::{OfferHelp, offer_help};
pub use plan_page::{PlanFilter, PlanLine, PlanPage, RequestLine, plan_page};
pub use public::{ItemCompany, SpotEntry, SpotVisits, VisitLine, company_of, public_spots, spot_visits};
pub use record_visit::{RecordVisit, record_visit};
pub use refuse_proposal::{RefuseProposal, refuse_proposal};
pub use spot_list::{SpotList, set_spots, spot_list};
pub use step_visit::{StepVisit, step_visit};
pub use take_in::take_in;
pub use visit_page::{MayJoin, VisitPage, VisitPart, visit_page};
pub use withdraw_offer::withdraw_offer;

pub use hook::VisitLead;
pub(crate) use hook::{asked_for, candidates, due, leads, matters, name_of};
pub(crate) use public::replay;

use crate::app::Act;
use crate::error::AppError;
use shiji_domain::id::{PersonId, PlaceId, VisitId};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::{Role, not_yours};
use shiji_domain::staff::Staff;
use shiji_record::affair::Affair;
use shiji_store::visit::Visit;
use shiji_store::{Tx, public_affair};

/// Everybody at work: who holds a post on the day, or files for somebody who does.
///
/// # Errors
/// Refuses everybody else.
fn must_be_at_work(act: &Act) -> Result<(), AppError> {
    if act.actor.posts.is_empty() && act.actor.files_for.is_empty() {
        return Err(not_yours().into());
    }
    Ok(())
}

/// Who may decide on a proposal or a visit: those whose plans it is about, the clerk and the chair.
fn has_part(act: &Act, people: impl IntoIterator<Item = PersonId>) -> bool {
    act.actor.has(Role::Clerk)
        || act.actor.has(Role::Chair)
        || people.into_iter().any(|person| act.actor.must_write_for(person).is_ok())
}

/// Words that become public at once: nothing of a resident may stand in them.
fn check_public(words: &str) -> Result<(), AppError> {
    let found = shiji_text::personal_data(words).len();
    if found > 0 {
        return Err(Refusal::new("refusal-personal-data").with("count", found).into());
    }
    Ok(())
}

/// The words of a visit are for those who come alone: nobody else may know of it yet, or what everybody could read of it was
/// taken away.
async fn is_internal(tx: &mut Tx, place: PlaceId, visit: &Visit) -> Result<bool, AppError> {
    Ok(!visit.published || is_redacted(tx, place, visit.visit_id).await?)
}

/// The public words of a visit were taken away.
async fn is_redacted(tx: &mut Tx, place: PlaceId, id: VisitId) -> Result<bool, AppError> {
    let rows = public_affair::affairs_about(tx, place, id.0).await?;
    Ok(rows.iter().any(|row| matches!(&row.affair, Affair::Visit(fact) if fact.spot.is_empty())))
}

/// A name as it stands in a list to choose from.
fn with_unit(staff: &Staff, person: PersonId, day: jiff::civil::Date) -> String {
    format!("{} {}", unit_of(staff, person, day), staff.name(person)).trim().to_owned()
}

/// The unit under which somebody files on the day.
fn unit_of(staff: &Staff, person: PersonId, day: jiff::civil::Date) -> String {
    staff
        .filers(day)
        .iter()
        .find(|filer| filer.person_id == person)
        .and_then(|filer| staff.organization(filer.organization_id))
        .map_or_else(String::new, |unit| unit.name.clone())
}

#[cfg(test)]
mod tests;
