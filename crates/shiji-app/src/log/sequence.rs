//! The one way from published records to a signed tree. Every line where the program may die is named, and each run goes
//! on from whatever the last one left behind.

use super::compare::{Standing, standing};
use super::fault::{LogError, Standstill};
use super::{Log, witness};
use crate::app::App;
use crate::error::AppError;
use shiji_record::log::checkpoint::{Checkpoint, SignedCheckpoint};
use shiji_record::log::path::{FULL, Kind, TilePath};
use shiji_record::log::tree::{Edge, Tile};
use shiji_record::log::{Hash, bundle};
use shiji_store::log as entries;
use shiji_store::log_state::{LogState, swap_log_state};
use std::sync::atomic::Ordering;

/// Milliseconds for which a sequencer that was killed keeps the others waiting.
const LEASE: i64 = 15_000;
/// Milliseconds after which a checkpoint is signed again without new entries.
const FRESH: i64 = 20 * 60 * 60 * 1_000;
/// Milliseconds between two attempts at witnesses that did not answer.
const ASK_AGAIN: i64 = 30_000;
/// Records that get their indexes in one transaction.
const BATCH: i64 = 2_000;

/// What is about to happen; the program may die before and after each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    GiveIndexes,
    WriteBundle,
    WriteTile,
    SwapState,
    Sign,
    NoteHead,
    AskWitnesses,
    PutCheckpoint,
    GiveLeaseBack,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sequenced {
    /// Entries of the signed tree.
    pub size: u64,
    /// Entries that were added.
    pub added: u64,
    /// The checkpoint of this size stands at its address.
    pub published: bool,
    /// Another copy of the program is at it.
    pub elsewhere: bool,
}

/// Brings every queued record into the log and publishes a checkpoint. Meant to be called again and again, by any number
/// of copies of the program.
///
/// # Errors
/// [`LogError::Standstill`] when signing would be wrong; everything else may be tried again.
pub async fn sequence(app: &App, log: &Log) -> Result<Sequenced, LogError> {
    sequence_watched(app, log, &|_| Ok(())).await
}

/// As [`sequence`]; `before` is told of each step and can stop the work there, as if the program had died.
///
/// # Errors
/// As [`sequence`].
pub async fn sequence_watched(
    app: &App,
    log: &Log,
    before: &(dyn Fn(Step) -> Result<(), LogError> + Sync),
) -> Result<Sequenced, LogError> {
    if log.key.is_none() {
        return Err(LogError::NoKey);
    }
    if !take_lease(app, log).await? {
        return Ok(Sequenced { elsewhere: true, ..Sequenced::default() });
    }
    let done = sequence_alone(app, log, before).await;
    log.note_standstill(match &done {
        Err(LogError::Standstill(standstill)) => Some(standstill.clone()),
        _ => None,
    });
    before(Step::GiveLeaseBack)?;
    give_lease_back(app, log).await?;
    done
}

async fn sequence_alone(
    app: &App,
    log: &Log,
    before: &(dyn Fn(Step) -> Result<(), LogError> + Sync),
) -> Result<Sequenced, LogError> {
    let Standing { state, mut edge, published } = standing(app, log).await?;
    // An index that was given out is never taken back, so a run that dies behind this line writes the same entries again.
    if state.closed_at.is_none() {
        give_indexes(app, log, before).await?;
    }
    let total = entries::entry_count(&mut app.store.read().await?, log.origin()).await?;
    let is_published = published.as_ref().is_some_and(|at| {
        at.checkpoint.size == total && log.policy.cosigned(at).len() == log.policy.witnesses.len()
    });
    let is_fresh = state.closed_at.is_some() || app.now() - state.signed_at < FRESH;
    let idle = Sequenced { size: state.size, published: true, ..Sequenced::default() };
    if total == state.size && is_fresh && (is_published || !may_ask(app, log)) {
        let stands = published.is_some_and(|at| at.checkpoint.size == total);
        return Ok(Sequenced { published: stands, ..idle });
    }
    write_entries(app, log, &mut edge, total, before).await?;
    // Everything that the new root stands for is on the disk. From here on only this tree can be signed at this size.
    let new = LogState { size: total, root: edge.root().to_string(), signed_at: app.now(), ..state.clone() };
    before(Step::SwapState)?;
    if !swap_log_state(&log.state, &state, &new).await? {
        return Err(LogError::Overtaken);
    }
    before(Step::Sign)?;
    let signed = sign(log, total, edge.root())?;
    // Noted behind the state: a database that knows more than the state is one with the wrong state beside it.
    before(Step::NoteHead)?;
    note_head(app, log, &new).await?;
    before(Step::AskWitnesses)?;
    let collected = witness::collect(log, signed, published.as_ref()).await?;
    log.ask_again_at.store(app.now() + ASK_AGAIN, Ordering::Release);
    let enough = log.policy.is_met(&collected);
    if enough {
        before(Step::PutCheckpoint)?;
        log.files.put_checkpoint(&collected.to_text()).await?;
    }
    Ok(Sequenced { size: total, added: total - state.size, published: enough, elsewhere: false })
}

fn may_ask(app: &App, log: &Log) -> bool {
    app.now() >= log.ask_again_at.load(Ordering::Acquire)
}

pub(super) async fn give_indexes(
    app: &App,
    log: &Log,
    before: &(dyn Fn(Step) -> Result<(), LogError> + Sync),
) -> Result<(), LogError> {
    loop {
        if entries::queue_length(&mut app.store.read().await?).await? == 0 {
            return Ok(());
        }
        before(Step::GiveIndexes)?;
        let given = app
            .store
            .write("give_indexes", log.origin(), |tx, origin| {
                Box::pin(entries::give_indexes(tx, origin, BATCH))
            })
            .await?;
        if given == 0 {
            return Ok(());
        }
    }
}

/// Writes bundles, then the tiles over them, from the edge of the signed tree to `total` entries.
async fn write_entries(
    app: &App,
    log: &Log,
    edge: &mut Edge,
    total: u64,
    before: &(dyn Fn(Step) -> Result<(), LogError> + Sync),
) -> Result<(), LogError> {
    let grows = edge.size() < total;
    while edge.size() < total {
        let path = TilePath::holding(Kind::Entries, edge.size(), total).ok_or(LogError::Overtaken)?;
        let first = path.index * FULL;
        let end = first + u64::from(path.width);
        let leaves = entries::entries(&mut app.store.read().await?, log.origin(), first, end).await?;
        let known = edge.tail().to_vec();
        let mut bytes = Vec::new();
        let mut full: Vec<Tile> = Vec::new();
        for (index, leaf) in (first..).zip(&leaves) {
            bundle::push(&mut bytes, leaf.as_bytes())?;
            let place = usize::try_from(index - first).unwrap_or(usize::MAX);
            match known.get(place) {
                Some(signed) if *signed == hash_of(leaf) => {}
                Some(_) => return Err(Standstill::DatabaseDiffers { index }.into()),
                None => edge.push(leaf.as_bytes(), |tile| full.push(tile)),
            }
        }
        before(Step::WriteBundle)?;
        log.files.put_for_ever(&path.to_string(), &bytes).await?;
        for tile in full {
            before(Step::WriteTile)?;
            log.files.put_for_ever(&tile.path.to_string(), &tile.bytes).await?;
        }
        // The lease must not run out over a long log.
        take_lease(app, log).await?;
    }
    if grows {
        for tile in edge.partial_tiles() {
            before(Step::WriteTile)?;
            log.files.put_for_ever(&tile.path.to_string(), &tile.bytes).await?;
        }
    }
    Ok(())
}

fn hash_of(leaf: &str) -> Hash {
    shiji_record::log::tree::leaf_hash(leaf.as_bytes())
}

fn sign(log: &Log, size: u64, root: Hash) -> Result<SignedCheckpoint, LogError> {
    let key = log.key.as_ref().ok_or(LogError::NoKey)?;
    Ok(Checkpoint { origin: log.origin().to_owned(), size, root }.sign(key)?)
}

async fn note_head(app: &App, log: &Log, state: &LogState) -> Result<(), LogError> {
    app.store
        .write("note_head", &(log.origin(), state), |tx, (origin, state)| {
            Box::pin(entries::put_head(tx, origin, state.size, &state.root))
        })
        .await?;
    Ok(())
}

pub(super) async fn take_lease(app: &App, log: &Log) -> Result<bool, LogError> {
    let now = app.now();
    let taken = app
        .store
        .write("take_lease", &(log.holder.as_str(), now), |tx, (holder, now)| {
            Box::pin(entries::take_lease(tx, holder, *now, *now + LEASE))
        })
        .await?;
    Ok(taken)
}

pub(super) async fn give_lease_back(app: &App, log: &Log) -> Result<(), LogError> {
    app.store
        .write::<_, _, AppError>("give_lease_back", log.holder.as_str(), |tx, holder| {
            Box::pin(async move { Ok(entries::give_lease_back(tx, holder).await?) })
        })
        .await?;
    Ok(())
}
