//! Closing a log for good: its last entry says so and names the log that goes on.

use super::fault::{LogError, Standstill};
use super::sequence::{Sequenced, give_indexes, sequence};
use super::{Log, compare};
use crate::app::{App, day_in};
use crate::error::AppError;
use shiji_domain::id::PlaceId;
use shiji_record::canonical::{Heading, Record};
use shiji_record::fact::{Fact, LogEndFact};
use shiji_record::log::key::PublicKey;
use shiji_store::log as entries;
use shiji_store::log_state::{LogState, swap_log_state};
use shiji_store::roster;
use uuid::Uuid;

/// Brings what is queued into the log, then its last entry. What is published afterwards waits for the successor.
///
/// # Errors
/// As [`sequence`]; refuses a log that is closed.
pub async fn close_log(app: &App, log: &Log, successor: Option<&PublicKey>) -> Result<Sequenced, LogError> {
    let state = compare::standing(app, log).await?.state;
    if state.closed_at.is_some() {
        return Err(Standstill::Closed.into());
    }
    give_indexes(app, log, &|_| Ok(())).await?;
    let record = last_record(app, log, successor).await?;
    app.store
        .write::<_, _, AppError>("close_log", &(log.origin(), record), |tx, (origin, record)| {
            Box::pin(async move { Ok(entries::append_own(tx, origin, record).await?) })
        })
        .await?;
    // From here on nothing is given an index of this log any more, even when the program dies before the entry is signed.
    let closed = LogState { closed_at: Some(app.now()), ..state.clone() };
    if !swap_log_state(&log.state, &state, &closed).await? {
        return Err(LogError::Overtaken);
    }
    sequence(app, log).await
}

async fn last_record(app: &App, log: &Log, successor: Option<&PublicKey>) -> Result<Record, LogError> {
    let places = roster::places(&mut app.store.read().await?).await?;
    let day = match places.first() {
        Some(place) => day_in(place, app.clock.now())?,
        None => app.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date(),
    };
    let heading = Heading {
        record_id: app.new_id(),
        place: PlaceId(Uuid::nil()),
        id: Uuid::nil(),
        revision: 1,
        replaces: None,
        issue: 0,
        day,
    };
    let fact = Fact::LogEnd(LogEndFact { successor: successor.map(PublicKey::to_text) });
    tracing::info!(origin = log.origin(), "closing the log");
    Record::new(heading, fact, || app.random()).map_err(|error| AppError::from(error).into())
}
