//! Accepting at once every filed report in which nothing is flagged.

use super::{page, running};
use crate::app::{Act, App};
use crate::error::AppError;
use crate::leader::{Decide, decide};
use shiji_domain::report::{Decision, ReportState};
use shiji_domain::right::Role;

/// How many were accepted.
///
/// # Errors
/// Refuses everybody but the chair.
pub async fn accept_rest(app: &App, act: &Act) -> Result<usize, AppError> {
    act.actor.must_be(Role::Chair)?;
    let mut tx = app.store.read().await?;
    let (period, _) = running(&mut tx, act).await?;
    let lines = page::agenda(&mut tx, act, &period).await?;
    drop(tx);
    let mut accepted = 0;
    for line in lines {
        if line.view.report.state == ReportState::Filed && line.view.vague() == 0 {
            let report = line.view.report.report_id;
            decide(app, act, Decide { report, item: None, decision: Decision::Accept, reason: None }).await?;
            accepted += 1;
        }
    }
    Ok(accepted)
}
