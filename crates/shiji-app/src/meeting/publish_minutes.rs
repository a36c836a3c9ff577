//! What everybody may know of a meeting becomes a record with its issue: how long, how many, and what was decided in public.

use crate::app::{App, day_in};
use crate::error::AppError;
use crate::publish::between::publish_affair;
use jiff::Timestamp;
use shiji_domain::report::{Decision, ReportState};
use shiji_record::affair::{Affair, MinutesFact};
use shiji_store::meeting::Meeting;
use shiji_store::roster::{self, Place};
use shiji_store::{Tx, directive, public_affair, report};

/// Within the transaction that publishes issue `number`; `held` is closed.
///
/// # Errors
/// Only when the store fails.
pub async fn publish_minutes(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    now: Timestamp,
    held: &Meeting,
    number: i64,
) -> Result<(), AppError> {
    let place_id = place.place_id;
    let reports = report::reports_in(tx, place_id, held.period_id).await?;
    let decisions = report::decisions_in(tx, place_id, held.period_id).await?;
    let returned = decisions
        .iter()
        .filter(|one| one.decision == Decision::Return && one.meeting_id == Some(held.meeting_id));
    let mut decisions = Vec::new();
    for given in directive::of_meeting(tx, place_id, held.meeting_id).await? {
        // As they stand in the record: words that were taken away since are not said again.
        for row in public_affair::affairs_about(tx, place_id, given.directive_id.0).await? {
            if let Affair::Directive(fact) = row.affair {
                decisions.push(fact.text);
            }
        }
    }
    decisions.retain(|words| !words.is_empty());
    let staff = roster::staff(tx, place_id).await?;
    let count = |many: usize| i64::try_from(many).unwrap_or(i64::MAX);
    let opened = Timestamp::from_millisecond(held.opened_at).map_err(AppError::Time)?;
    let fact = MinutesFact {
        meeting: held.meeting_id,
        number,
        held_on: day_in(place, opened)?,
        chair: held.closed_by.map_or_else(String::new, |chair| staff.name(chair)),
        minutes: lasted(held),
        heard: count(reports.iter().filter(|one| one.state == ReportState::Published).count()),
        returned: count(returned.count()),
        decisions,
    };
    publish_affair(app, tx, place, now, Affair::Minutes(fact)).await?;
    Ok(())
}

/// Whole minutes.
pub(super) fn lasted(held: &Meeting) -> i64 {
    (held.closed_at.unwrap_or(held.opened_at) - held.opened_at) / 60_000
}
