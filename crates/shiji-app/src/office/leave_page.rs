//! Leave that is recorded, and who files for whom.

use crate::app::{Act, App};
use crate::error::AppError;
use jiff::ToSpan;
use jiff::civil::Date;
use shiji_domain::calendar::Days;
use shiji_domain::id::{LeaveId, PersonId};
use shiji_domain::right::Role;
use shiji_domain::staff::Staff;
use shiji_store::{calendar, roster};

/// Days back and ahead that are shown.
const DAYS_BACK: i64 = 60;
const DAYS_AHEAD: i64 = 400;

#[derive(Debug, Clone)]
pub struct LeaveLine {
    pub leave_id: LeaveId,
    pub name: String,
    pub substitute: String,
    pub days: Days,
}

#[derive(Debug, Clone)]
pub struct DelegationLine {
    pub name: String,
    pub delegate: String,
    pub days: Days,
}

#[derive(Debug, Clone)]
pub struct LeavePage {
    pub leave: Vec<LeaveLine>,
    pub delegations: Vec<DelegationLine>,
    /// Everybody who holds a post now: name with unit, so that namesakes are told apart.
    pub people: Vec<(PersonId, String)>,
    pub today: Date,
}

/// # Errors
/// Refuses everybody but the clerk.
pub async fn leave_page(app: &App, act: &Act) -> Result<LeavePage, AppError> {
    act.actor.must_be(Role::Clerk)?;
    let today = act.day()?;
    let place_id = act.place.place_id;
    let shown =
        Days { first: today.saturating_sub(DAYS_BACK.days()), last: today.saturating_add(DAYS_AHEAD.days()) };
    let mut tx = app.store.read().await?;
    let staff = roster::staff(&mut tx, place_id).await?;
    let leave = calendar::leave_in(&mut tx, place_id, shown)
        .await?
        .into_iter()
        .map(|leave| LeaveLine {
            leave_id: leave.leave_id,
            name: staff.name(leave.person_id),
            substitute: staff.name(leave.substitute_id),
            days: leave.days,
        })
        .collect();
    let delegations = roster::delegations(&mut tx, place_id)
        .await?
        .into_iter()
        .filter(|delegation| delegation.to >= today)
        .map(|delegation| DelegationLine {
            name: staff.name(delegation.person_id),
            delegate: staff.name(delegation.delegate_id),
            days: Days { first: delegation.from, last: delegation.to },
        })
        .collect();
    Ok(LeavePage { leave, delegations, people: in_office(&staff, today), today })
}

fn in_office(staff: &Staff, today: Date) -> Vec<(PersonId, String)> {
    staff
        .people
        .iter()
        .filter_map(|person| {
            let (_, post) = staff
                .memberships_of(person.person_id)
                .find(|(membership, _)| membership.is_held_on(today))?;
            let unit = staff.organization(post.organization_id)?;
            Some((person.person_id, format!("{} · {}", person.name, unit.name)))
        })
        .collect()
}
