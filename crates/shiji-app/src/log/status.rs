//! How the log stands, for everybody.

use super::Log;
use super::compare::published;
use super::fault::{LogError, Standstill};
use crate::app::App;
use shiji_record::log::checkpoint::SignedCheckpoint;
use shiji_store::log as entries;
use shiji_store::log_state::log_state;

#[derive(Debug, Clone, PartialEq)]
pub struct LogStatus {
    pub origin: String,
    /// Verifier key.
    pub key: String,
    pub published: Option<SignedCheckpoint>,
    /// Witness and time of the countersignature (seconds since 1970 UTC) on the published checkpoint.
    pub cosigned: Vec<(String, Option<u64>)>,
    /// Milliseconds since 1970 UTC.
    pub signed_at: Option<i64>,
    /// Published records that the published checkpoint does not cover yet.
    pub waiting: u64,
    pub standstill: Option<Standstill>,
}

/// # Errors
/// When the store or the files cannot be read.
pub async fn status(app: &App, log: &Log) -> Result<LogStatus, LogError> {
    let published = published(log).await?;
    let covered = published.as_ref().map_or(0, |at| at.checkpoint.size);
    let cosigned = log
        .policy
        .witnesses
        .iter()
        .map(|witness| {
            let word = published.as_ref().and_then(|at| at.cosignature(&witness.key));
            (witness.name.clone(), word.map(|word| word.time))
        })
        .collect();
    let mut tx = app.store.read().await?;
    let indexed = entries::entry_count(&mut tx, log.origin()).await?;
    let queued = entries::queue_length(&mut tx).await?;
    drop(tx);
    Ok(LogStatus {
        origin: log.origin().to_owned(),
        key: log.public.to_text(),
        cosigned,
        signed_at: log_state(&log.state, log.origin()).await?.map(|state| state.signed_at),
        waiting: indexed.saturating_sub(covered) + queued,
        standstill: log.standstill(),
        published,
    })
}
