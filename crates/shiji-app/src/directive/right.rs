//! Who may do what with an order.

use crate::app::Act;
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::directive::Source;
use shiji_domain::id::{DirectiveId, PersonId};
use shiji_domain::right::{Role, not_yours};
use shiji_domain::roster::FilingDuty;
use shiji_domain::staff::Staff;
use shiji_store::Tx;
use shiji_store::directive::{self, Directive, DirectivePerson};

/// Holds a post of the leadership on the day.
pub(super) fn is_leader(staff: &Staff, person: PersonId, day: Date) -> bool {
    staff
        .memberships_of(person)
        .any(|(held, post)| held.is_held_on(day) && post.filing_duty == Some(FilingDuty::Leadership))
}

/// Leaders give orders of their own, chair and clerk those of the meeting.
pub fn may_give(staff: &Staff, act: &Act, day: Date, source: Source) -> bool {
    is_leader(staff, act.person(), day) || (source == Source::Meeting && speaks_for_the_meeting(act))
}

fn speaks_for_the_meeting(act: &Act) -> bool {
    act.actor.has(Role::Chair) || act.actor.has(Role::Clerk)
}

/// Whoever gave it, as long as they may give; for an order of the meeting chair and clerk; and the chair for a giver who is
/// no leader any more, so that no order is left without one.
pub(super) fn gives(staff: &Staff, act: &Act, day: Date, of: &Directive) -> bool {
    let own = of.giver_id == act.person() && may_give(staff, act, day, of.source);
    let of_the_meeting = of.source == Source::Meeting && speaks_for_the_meeting(act);
    let inherited = act.actor.has(Role::Chair) && !is_leader(staff, of.giver_id, day);
    own || of_the_meeting || inherited
}

pub(super) fn must_give(staff: &Staff, act: &Act, day: Date, of: &Directive) -> Result<(), AppError> {
    if gives(staff, act, day, of) { Ok(()) } else { Err(not_yours().into()) }
}

/// The owner or helper for whom the actor may speak: themselves before anybody whose delegate they are, and of those whoever has
/// not been spoken for yet is up to `wanted`.
pub(super) fn speaks_for(
    act: &Act,
    people: &[DirectivePerson],
    wanted: impl Fn(&DirectivePerson) -> bool,
) -> Option<PersonId> {
    let speaks =
        |person: &&DirectivePerson| wanted(person) && act.actor.must_write_for(person.person_id).is_ok();
    let mut those: Vec<&DirectivePerson> = people.iter().filter(speaks).collect();
    those.sort_by_key(|person| person.person_id != act.person());
    those.first().map(|person| person.person_id)
}

/// The order with its people. The same refusal whether it exists or not, for whoever has nothing to do with it.
pub(super) async fn known(
    tx: &mut Tx,
    act: &Act,
    id: DirectiveId,
) -> Result<(Directive, Vec<DirectivePerson>), AppError> {
    let place = act.place.place_id;
    let found = directive::directive(tx, place, id).await?.ok_or(AppError::NotFound)?;
    let people = directive::people_of(tx, place, id).await?;
    Ok((found, people))
}
