//! What an import of a roster would change, to be looked at before it is applied.

use super::by::{By, fingerprint};
use crate::app::App;
use crate::error::AppError;
use jiff::civil::Date;
use serde::Serialize;
use shiji_domain::refusal::Refusal;
use shiji_domain::roster::RosterRow;
use shiji_domain::roster_change::{RosterComparison, RosterProblem, compare};
use shiji_domain::staff::Staff;
use shiji_store::roster;

/// A roster as it was read, and the day from which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterInput {
    pub rows: Vec<RosterRow>,
    pub day: Date,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RosterPlan {
    pub day: Date,
    /// Nobody with a duty to file was known: people are entered without a first day.
    pub first_import: bool,
    pub people: usize,
    #[serde(flatten)]
    pub comparison: RosterComparison,
    /// Hand it in when the plan is applied: what was shown is what happens.
    pub fingerprint: String,
}

impl RosterPlan {
    /// # Errors
    /// Refuses a sheet without people, and one in which two rows cannot be told apart.
    pub(super) fn must_be_possible(&self) -> Result<(), Refusal> {
        if self.people == 0 {
            return Err(Refusal::new("refusal-roster-empty"));
        }
        match self.comparison.problems.iter().find(|problem| problem.blocks()) {
            Some(RosterProblem::Twice { row, other_row, unit, name }) => {
                Err(Refusal::new("refusal-roster-twice")
                    .with("row", row)
                    .with("other", other_row)
                    .with("unit", unit)
                    .with("name", name))
            }
            _ => Ok(()),
        }
    }
}

/// # Errors
/// Refuses everybody but the clerk and the command line.
pub async fn plan_roster(app: &App, by: &By<'_>, input: &RosterInput) -> Result<RosterPlan, AppError> {
    by.must_be_clerk()?;
    let mut tx = app.store.read().await?;
    let staff = roster::staff(&mut tx, by.place_id()).await?;
    plan_of(&staff, input)
}

pub(super) fn plan_of(staff: &Staff, input: &RosterInput) -> Result<RosterPlan, AppError> {
    let comparison = compare(staff, &input.rows, input.day);
    let first_import = !staff.posts.iter().any(|post| post.filing_duty.is_some());
    let mut plan = RosterPlan {
        day: input.day,
        first_import,
        people: input.rows.len(),
        comparison,
        fingerprint: String::new(),
    };
    plan.fingerprint = fingerprint(&(&plan, &input.rows))?;
    Ok(plan)
}
