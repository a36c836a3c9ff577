//! Which report is on the big screen.

use super::{must_run, page, running};
use crate::app::{Act, App};
use crate::error::AppError;
use shiji_domain::id::ReportId;
use shiji_domain::refusal::Refusal;
use shiji_store::meeting::{self, Meeting};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// To the one behind the report that the phone was showing; none at the beginning.
    After(Option<ReportId>),
    Before(Option<ReportId>),
    To(ReportId),
}

/// Two phones that turn the same page turn it once: a turn from a report that is not on the screen any more does nothing.
///
/// # Errors
/// Refuses everybody but chair and clerk, and when another phone was first; `NotFound` for a report that is not heard.
pub async fn show_report(app: &App, act: &Act, turn: Turn) -> Result<(), AppError> {
    must_run(act)?;
    app.store
        .write("show_report", &(act, turn), |tx, (act, turn)| {
            Box::pin(async move {
                let (period, meeting) = running(tx, act).await?;
                let order = page::agenda(tx, act, &period).await?;
                let ids: Vec<ReportId> = order.iter().map(|line| line.view.report.report_id).collect();
                let at = meeting.shown_report_id.and_then(|shown| ids.iter().position(|id| *id == shown));
                if let Turn::After(seen) | Turn::Before(seen) = turn
                    && *seen != meeting.shown_report_id
                {
                    return Ok(());
                }
                let shown = match (turn, at) {
                    (Turn::To(id), _) if ids.contains(id) => Some(*id),
                    (Turn::To(_), _) => return Err(AppError::NotFound),
                    (Turn::After(_), Some(at)) => ids.get(at + 1).or(ids.last()).copied(),
                    (Turn::Before(_), Some(at)) => ids.get(at.saturating_sub(1)).copied(),
                    (_, None) => ids.first().copied(),
                };
                let changed = Meeting { shown_report_id: shown, shown_at: Some(act.millis()), ..meeting };
                if meeting::update_meeting(tx, act.place.place_id, &changed).await? == 0 {
                    return Err(Refusal::new("refusal-meeting-changed").into());
                }
                Ok(())
            })
        })
        .await
}
