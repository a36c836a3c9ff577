//! Records leave: nobody unaccounted for, and somebody to ask instead.

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::calendar::Days;
use shiji_domain::id::{LeaveId, PersonId};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_domain::staff::Staff;
use shiji_store::calendar::{self, Leave};
use shiji_store::{Tx, roster};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewLeave {
    pub person: PersonId,
    pub substitute: PersonId,
    pub first: Date,
    /// Inclusive.
    pub last: Date,
}

/// # Errors
/// Refuses everybody but the clerk; days that are published already; a person or substitute without a post in those
/// days; a substitute who is the person or on leave too; leave that overlaps other leave of the person.
pub async fn record_leave(app: &App, act: &Act, wanted: NewLeave) -> Result<LeaveId, AppError> {
    act.actor.must_be(Role::Clerk)?;
    let days = Days::of_leave(wanted.first, wanted.last)?;
    if wanted.person == wanted.substitute {
        return Err(Refusal::new("refusal-substitute-self").into());
    }
    app.store
        .write("record_leave", &(app, act, wanted, days), |tx, (app, act, wanted, days)| {
            Box::pin(write(app, tx, act, *wanted, *days))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: NewLeave, days: Days) -> Result<LeaveId, AppError> {
    let place_id = act.place.place_id;
    let staff = roster::staff(tx, place_id).await?;
    must_be_in_office(&staff, wanted.person, days)?;
    must_be_in_office(&staff, wanted.substitute, days)?;
    let periods = calendar::periods(tx, place_id).await?;
    if periods.iter().any(|period| period.is_published() && days.last <= period.days.last) {
        return Err(Refusal::new("refusal-period-published").into());
    }
    let others = calendar::leave_in(tx, place_id, days).await?;
    if others.iter().any(|leave| leave.person_id == wanted.person) {
        return Err(Refusal::new("refusal-leave-overlaps").into());
    }
    if others.iter().any(|leave| leave.person_id == wanted.substitute) {
        return Err(Refusal::new("refusal-substitute-on-leave").into());
    }
    let leave =
        Leave { leave_id: app.new_id(), person_id: wanted.person, substitute_id: wanted.substitute, days };
    calendar::insert_leave(tx, place_id, &leave, act.person(), act.millis()).await?;
    let after = format!("{}/{} → {}", days.first, days.last, staff.name(wanted.substitute));
    let change = Change { act: "leave.record", subject: &wanted.person, before: None, after: Some(after) };
    audit(app, tx, act, change).await?;
    Ok(leave.leave_id)
}

fn must_be_in_office(staff: &Staff, person: PersonId, days: Days) -> Result<(), Refusal> {
    let holds = staff.memberships_of(person).any(|(membership, _)| {
        membership.from.is_none_or(|from| from <= days.last)
            && membership.to.is_none_or(|to| days.first <= to)
    });
    if holds { Ok(()) } else { Err(Refusal::new("refusal-not-in-office").with("name", staff.name(person))) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::refused::{all_but_the_clerk, is_refused, key};
    use crate::office::{leave_page, remove_leave};
    use crate::testing::Town;
    use jiff::civil::date;

    fn leave(town: &Town, person: &str, substitute: &str) -> NewLeave {
        NewLeave {
            person: town.person(person),
            substitute: town.person(substitute),
            first: date(2026, 11, 4),
            last: date(2026, 11, 12),
        }
    }

    #[tokio::test]
    async fn leave_names_a_substitute_who_is_there() {
        for town in Town::each().await {
            let clerk = town.act("党政办").await;
            let id = record_leave(&town.app, &clerk, leave(&town, "水务", "民政")).await.unwrap();
            let cases = [
                (leave(&town, "东村", "东村"), "refusal-substitute-self"),
                (leave(&town, "东村", "水务"), "refusal-substitute-on-leave"),
                (leave(&town, "水务", "东村"), "refusal-leave-overlaps"),
                (
                    NewLeave { last: date(2026, 11, 3), ..leave(&town, "西村", "东村") },
                    "refusal-days-backwards",
                ),
                (
                    NewLeave {
                        first: date(2024, 3, 1),
                        last: date(2024, 3, 2),
                        ..leave(&town, "西村", "东村")
                    },
                    "refusal-not-in-office",
                ),
            ];
            for (wanted, why) in cases {
                assert_eq!(key(record_leave(&town.app, &clerk, wanted).await), why);
            }
            assert_eq!(leave_page(&town.app, &clerk).await.unwrap().leave.len(), 1);
            remove_leave(&town.app, &clerk, id).await.unwrap();
            assert!(leave_page(&town.app, &clerk).await.unwrap().leave.is_empty());
            assert!(matches!(remove_leave(&town.app, &clerk, id).await, Err(AppError::NotFound)));
        }
    }

    #[tokio::test]
    async fn only_the_clerk_records_and_removes_leave() {
        for town in Town::each().await {
            let clerk = town.act("党政办").await;
            let id = record_leave(&town.app, &clerk, leave(&town, "水务", "民政")).await.unwrap();
            for act in all_but_the_clerk(&town).await {
                assert!(is_refused(&record_leave(&town.app, &act, leave(&town, "东村", "西村")).await));
                assert!(is_refused(&remove_leave(&town.app, &act, id).await));
                assert!(is_refused(&leave_page(&town.app, &act).await));
            }
        }
    }
}
