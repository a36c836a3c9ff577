//! A town that was brought back from an old copy learns again what it had signed since: first it is looked at whether
//! that can be, then the entries are taken in, then the last signed state is moved forward.

use super::compare::published;
use super::fault::{LogError, Standstill};
use super::sequence::{give_lease_back, take_lease};
use super::{Log, note_copied};
use crate::app::App;
use shiji_record::log::checkpoint::{Checkpoint, SignedCheckpoint};
use shiji_store::log as entries;
use shiji_store::log_state::{LogState, log_state, swap_log_state};
use std::collections::HashSet;

/// Entries that are compared at once.
const BATCH: u64 = 2_000;

/// Why the signed entries cannot be taken in.
#[derive(Debug, thiserror::Error)]
pub enum BringBackError {
    #[error(
        "the source has {source_size} entries, {signed} were signed here: it lacks the last ones; find one that copied later"
    )]
    Behind { source_size: u64, signed: u64 },
    #[error(
        "{0} records were published here after the old copy was brought back; the log does not know them, and their issue \
         numbers are taken in it. Bring the old copy back once more, take in the log before anybody works, then enter \
         that work again"
    )]
    WentOn(usize),
    #[error("another copy of the program keeps the log; stop `shiji serve` first")]
    Busy,
    #[error(transparent)]
    Log(#[from] LogError),
}

impl From<shiji_store::StoreError> for BringBackError {
    fn from(error: shiji_store::StoreError) -> Self {
        BringBackError::Log(error.into())
    }
}

async fn state(log: &Log) -> Result<LogState, LogError> {
    Ok(log_state(&log.state, log.origin()).await?.ok_or(Standstill::NoState)?)
}

/// The last signed tree: its size and its root in base64.
///
/// # Errors
/// When there is no state for this log.
pub async fn last_signed(log: &Log) -> Result<(u64, String), LogError> {
    let state = state(log).await?;
    Ok((state.size, state.root))
}

/// Keeps every sequencer from signing for a while; to be called again and again.
///
/// # Errors
/// [`BringBackError::Busy`] when one is at it.
pub async fn hold(app: &App, log: &Log) -> Result<(), BringBackError> {
    if take_lease(app, log).await? { Ok(()) } else { Err(BringBackError::Busy) }
}

/// Whether the entries of the log may be taken in: all of them, proved against the checkpoint, in their order.
///
/// # Errors
/// [`BringBackError`] with what to do.
pub async fn may_bring_back(app: &App, log: &Log, leaves: &[String]) -> Result<(), BringBackError> {
    hold(app, log).await?;
    let state = state(log).await?;
    let size = leaves.len() as u64;
    if size < state.size {
        return Err(BringBackError::Behind { source_size: size, signed: state.size });
    }
    let mut tx = app.store.read().await?;
    let known = entries::entry_count(&mut tx, log.origin()).await?;
    let mut at = 0;
    while at < known {
        let ours = entries::entries(&mut tx, log.origin(), at, at + BATCH).await?;
        let theirs = leaves.get(usize::try_from(at).unwrap_or(usize::MAX)..).unwrap_or_default();
        let alike = ours.iter().zip(theirs).take_while(|(ours, theirs)| ours == theirs).count();
        if alike < ours.len() {
            return Err(BringBackError::WentOn(usize::try_from(known - at).unwrap_or(usize::MAX) - alike));
        }
        at += BATCH;
    }
    let leaves: HashSet<&String> = leaves.iter().collect();
    let queued = entries::queued(&mut tx).await?;
    match queued.iter().filter(|own| !leaves.contains(&own.leaf)).count() {
        0 => Ok(()),
        went_on => Err(BringBackError::WentOn(went_on)),
    }
}

/// Behind the last entry: the state, the head and the checkpoint are those of the signed tree.
///
/// # Errors
/// When one of them cannot be written; all may be tried again.
pub async fn finish_bring_back(app: &App, log: &Log, signed: &SignedCheckpoint) -> Result<(), LogError> {
    let Checkpoint { size, root, .. } = &signed.checkpoint;
    let old = state(log).await?;
    if old.size < *size {
        let new = LogState { size: *size, root: root.to_string(), signed_at: app.now(), ..old.clone() };
        if !swap_log_state(&log.state, &old, &new).await? {
            return Err(LogError::Overtaken);
        }
    }
    note_copied(app, log.origin(), *size, &root.to_string()).await?;
    if published(log).await?.is_none_or(|at| at.checkpoint.size < *size) {
        log.files.put_checkpoint(&signed.to_text()).await?;
    }
    give_lease_back(app, log).await
}
