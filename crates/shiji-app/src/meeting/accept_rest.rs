//! Accepting at once every filed report in which nothing is flagged: all of them or none.

use super::{page, running};
use crate::app::{Act, App};
use crate::error::AppError;
use crate::leader::{Decide, decide_in};
use shiji_domain::report::{Decision, ReportState};
use shiji_domain::right::Role;
use shiji_store::Tx;

/// How many were accepted.
///
/// # Errors
/// Refuses everybody but the chair.
pub async fn accept_rest(app: &App, act: &Act) -> Result<usize, AppError> {
    act.actor.must_be(Role::Chair)?;
    app.store.write("accept_rest", &(app, act), |tx, (app, act)| Box::pin(accept(app, tx, act))).await
}

async fn accept(app: &App, tx: &mut Tx, act: &Act) -> Result<usize, AppError> {
    let (period, _) = running(tx, act).await?;
    let mut accepted = 0;
    for line in page::agenda(tx, act, &period).await? {
        if line.view.report.state == ReportState::Filed && line.view.vague() == 0 {
            let report = line.view.report.report_id;
            let wanted = Decide { report, item: None, decision: Decision::Accept, reason: None };
            decide_in(app, tx, act, &wanted).await?;
            accepted += 1;
        }
    }
    Ok(accepted)
}
