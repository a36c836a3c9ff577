//! Before anything is signed: is what is here the same log that was signed last?

use super::fault::{LogError, Standstill};
use super::{Log, witness};
use crate::app::App;
use shiji_log::LogFiles;
use shiji_record::log::bundle;
use shiji_record::log::checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
use shiji_record::log::path::{FULL, Kind, TilePath};
use shiji_record::log::tree::Edge;
use shiji_store::log as entries;
use shiji_store::log_state::{LogState, log_state};
use std::sync::atomic::Ordering;

/// What was found, when it is all of one log.
pub(super) struct Standing {
    pub state: LogState,
    /// The right edge of the signed tree, proved against its root.
    pub edge: Edge,
    pub published: Option<SignedCheckpoint>,
}

pub(super) async fn standing(app: &App, log: &Log) -> Result<Standing, LogError> {
    let state = log_state(&log.state, log.origin()).await?.ok_or(Standstill::NoState)?;
    let published = published(log).await?;
    if let Some(published) = &published {
        let published = &published.checkpoint;
        if published.size > state.size {
            return Err(Standstill::PublishedAhead { published: published.size, signed: state.size }.into());
        }
        if published.size == state.size && published.root.to_string() != state.root {
            return Err(Standstill::PublishedDiffers.into());
        }
    }
    let edge = edge(&log.files, state.size).await?;
    if edge.root().to_string() != state.root {
        return Err(Standstill::FilesDiffer.into());
    }
    database(app, log, &state).await?;
    if !log.compared.load(Ordering::Acquire) {
        let known = published.clone().map_or_else(|| empty(log), Ok)?;
        witness::compare(log, &known).await?;
        log.compared.store(true, Ordering::Release);
    }
    Ok(Standing { state, edge, published })
}

/// An empty tree can be signed at any time: every history begins with it.
fn empty(log: &Log) -> Result<SignedCheckpoint, LogError> {
    let key = log.key.as_ref().ok_or(LogError::NoKey)?;
    let root = Edge::default().root();
    Ok(Checkpoint { origin: log.origin().to_owned(), size: 0, root }.sign(key)?)
}

pub(super) async fn published(log: &Log) -> Result<Option<SignedCheckpoint>, LogError> {
    let Some(bytes) = log.files.checkpoint().await? else { return Ok(None) };
    match SignedCheckpoint::open(&bytes, &log.public) {
        Ok(signed) => Ok(Some(signed)),
        Err(CheckpointError::Origin | CheckpointError::Signature) => Err(Standstill::PublishedForeign.into()),
        Err(_) => Err(Standstill::FilesDiffer.into()),
    }
}

async fn edge(files: &LogFiles, size: u64) -> Result<Edge, LogError> {
    let mut tiles = Vec::new();
    for path in Edge::paths(size) {
        match files.tile(path).await {
            Ok(bytes) => tiles.push((path, bytes)),
            Err(shiji_log::FilesError::Missing(_)) => return Err(Standstill::FilesDiffer.into()),
            Err(error) => return Err(error.into()),
        }
    }
    Edge::from_tiles(size, &tiles).map_err(|_| Standstill::FilesDiffer.into())
}

/// The database has seen the same tree, or catches up with it entry by entry: it does not when it was brought back from
/// an old copy.
async fn database(app: &App, log: &Log, state: &LogState) -> Result<(), LogError> {
    let mut tx = app.store.read().await?;
    let (size, root) = entries::head(&mut tx, log.origin()).await?.unwrap_or_default();
    if size > state.size {
        return Err(Standstill::StateBehind { database: size, signed: state.size }.into());
    }
    if size == state.size && size > 0 {
        return if root == state.root {
            Ok(())
        } else {
            Err(Standstill::DatabaseDiffers { index: size - 1 }.into())
        };
    }
    let known = entries::entry_count(&mut tx, log.origin()).await?;
    if known < state.size {
        return Err(Standstill::DatabaseBehind { database: known, signed: state.size }.into());
    }
    let mut at = size;
    while at < state.size {
        let path = TilePath::holding(Kind::Entries, at, state.size).ok_or(Standstill::FilesDiffer)?;
        let (first, end) = (path.index * FULL, path.index * FULL + u64::from(path.width));
        let bytes = log.files.tile(path).await?;
        let signed = bundle::entries(&bytes, usize::from(path.width))?;
        let ours = entries::entries(&mut tx, log.origin(), first, end).await?;
        for (index, (signed, ours)) in (first..).zip(signed.iter().zip(&ours)) {
            if *signed != ours.as_bytes() {
                return Err(Standstill::DatabaseDiffers { index }.into());
            }
        }
        at = end;
    }
    Ok(())
}
