//! Applies an import of a roster: all of its changes or none.

use super::by::By;
use super::plan_roster::{RosterInput, RosterPlan, plan_of};
use super::seat::Seats;
use crate::app::{App, Change};
use crate::error::AppError;
use serde::Serialize;
use shiji_domain::id::PersonId;
use shiji_domain::refusal::Refusal;
use shiji_domain::roster_change::{ParticularKind, RosterChange};
use shiji_store::{Tx, roster};

/// What an import changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RosterApplied {
    pub joined: usize,
    pub left: usize,
    pub moved: usize,
    pub amended: usize,
    pub same: usize,
}

/// Applies what [`super::plan_roster`] showed; `seen` is the fingerprint of that plan.
///
/// # Errors
/// Refuses everybody but the clerk and the command line; a plan that would be another one now; a sheet without people
/// or with rows that cannot be told apart.
pub async fn apply_roster(
    app: &App,
    by: &By<'_>,
    input: &RosterInput,
    seen: &str,
) -> Result<RosterApplied, AppError> {
    by.must_be_clerk()?;
    app.store
        .write("apply_roster", &(app, by, input, seen), |tx, (app, by, input, seen)| {
            Box::pin(write(app, tx, by, input, seen))
        })
        .await
}

async fn write(
    app: &App,
    tx: &mut Tx,
    by: &By<'_>,
    input: &RosterInput,
    seen: &str,
) -> Result<RosterApplied, AppError> {
    let staff = roster::staff(tx, by.place_id()).await?;
    let plan = plan_of(&staff, input)?;
    if plan.fingerprint != seen {
        return Err(Refusal::new("refusal-roster-changed").into());
    }
    plan.must_be_possible()?;
    let from = (!plan.first_import).then_some(plan.day);
    let mut seats = Seats::new(app, tx, by.place_id(), staff, plan.day, from);
    vacate(&mut seats, &plan).await?;
    let mut applied = RosterApplied { same: plan.comparison.same, ..RosterApplied::default() };
    let mut told = Vec::with_capacity(plan.comparison.changes.len());
    for change in &plan.comparison.changes {
        told.push(apply(&mut seats, change, &mut applied, by.millis()).await?);
    }
    seats.lead(&input.rows).await?;
    seats.order(&input.rows).await?;
    for (act, person, before, after) in told {
        by.audit(app, tx, Change { act, subject: &person, before, after }).await?;
    }
    let after = Some(format!(
        "+{} −{} →{} ~{} ={}",
        applied.joined, applied.left, applied.moved, applied.amended, applied.same
    ));
    let place_id = by.place_id();
    by.audit(app, tx, Change { act: "roster.import", subject: &place_id, before: None, after }).await?;
    Ok(applied)
}

/// Posts are left before others take them.
async fn vacate(seats: &mut Seats<'_>, plan: &RosterPlan) -> Result<(), AppError> {
    for change in &plan.comparison.changes {
        match change {
            RosterChange::Left { person, .. } => seats.leave(*person, "", &[]).await?,
            RosterChange::Moved { person, row, .. } => {
                seats.leave(*person, &row.unit, &row.posts).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Act, person, before, after.
type Told = (&'static str, PersonId, Option<String>, Option<String>);

async fn apply(
    seats: &mut Seats<'_>,
    change: &RosterChange,
    applied: &mut RosterApplied,
    now: i64,
) -> Result<Told, AppError> {
    let placed = |unit: &str, posts: &[String]| format!("{unit} {}", posts.join("、"));
    Ok(match change {
        RosterChange::Joined { row } => {
            applied.joined += 1;
            let person = seats.enter(row, now).await?;
            seats.take(person, row).await?;
            ("roster.join", person, None, Some(format!("{} {}", row.name, placed(&row.unit, &row.posts))))
        }
        RosterChange::Left { person, unit, posts, .. } => {
            applied.left += 1;
            ("roster.leave", *person, Some(placed(unit, posts)), None)
        }
        RosterChange::Moved { person, unit, posts, row } => {
            applied.moved += 1;
            seats.take(*person, row).await?;
            ("roster.move", *person, Some(placed(unit, posts)), Some(placed(&row.unit, &row.posts)))
        }
        RosterChange::Amended { person, row, particulars } => {
            applied.amended += 1;
            seats.take(*person, row).await?;
            // The trail is read by more people than the roster is: mobile numbers stay out of it.
            let told = particulars.iter().filter(|particular| particular.kind != ParticularKind::Mobile);
            let before = told.clone().map(|particular| particular.before.as_str()).collect::<Vec<_>>();
            let after = told.map(|particular| particular.after.as_str()).collect::<Vec<_>>();
            ("roster.amend", *person, Some(before.join(" | ")), Some(after.join(" | ")))
        }
    })
}

#[cfg(test)]
mod tests;
