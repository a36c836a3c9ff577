//! What outsiders ask for: what opens an entry, and the proof that it stands in the signed tree.

use super::Log;
use super::compare::published;
use super::fault::LogError;
use crate::app::App;
use shiji_record::log::checkpoint::SignedCheckpoint;
use shiji_record::log::path::TilePath;
use shiji_record::log::proof::ProofFile;
use shiji_record::log::tile_reader::{Step, Wanted, prove};
use shiji_record::payload::Payload;
use shiji_store::log as entries;
use shiji_store::roster::Place;
use std::collections::HashMap;
use uuid::Uuid;

/// A record about a subject and its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    pub index: u64,
    pub leaf: shiji_record::canonical::Leaf,
    pub withheld: usize,
}

/// What opens the entry at an index; `None` when there is no such entry.
///
/// # Errors
/// Only when the store fails; this holds for every function here that does not say otherwise.
pub async fn payload(app: &App, log: &Log, index: u64) -> Result<Option<Payload>, LogError> {
    let mut tx = app.store.read().await?;
    Ok(entries::payloads(&mut tx, log.origin(), index, index + 1).await?.pop())
}

/// What opens the entries from `first` to before `end`, in their order.
pub async fn payloads(app: &App, log: &Log, first: u64, end: u64) -> Result<Vec<Payload>, LogError> {
    let mut tx = app.store.read().await?;
    Ok(entries::payloads(&mut tx, log.origin(), first, end).await?)
}

/// Where the records about an item stand.
pub async fn item_proofs(
    app: &App,
    log: &Log,
    place: &Place,
    subject: Uuid,
) -> Result<Vec<Located>, LogError> {
    let mut tx = app.store.read().await?;
    let found = entries::entries_about(&mut tx, log.origin(), place.place_id, subject).await?;
    found
        .into_iter()
        .map(|(index, leaf, payload)| {
            let leaf = shiji_record::canonical::read_leaf(&leaf).map_err(crate::AppError::from)?;
            Ok(Located { index, leaf, withheld: payload.withheld() })
        })
        .collect()
}

/// A proof file of the entry under the published checkpoint; `None` when the entry is not covered by it yet.
///
/// # Errors
/// When the files of the log do not belong together, or cannot be read.
pub async fn proof_file(app: &App, log: &Log, index: u64) -> Result<Option<ProofFile>, LogError> {
    let Some(checkpoint) = published(log).await? else { return Ok(None) };
    if index >= checkpoint.checkpoint.size {
        return Ok(None);
    }
    let mut tx = app.store.read().await?;
    let leaf = entries::entries(&mut tx, log.origin(), index, index + 1).await?.pop();
    let payload = entries::payloads(&mut tx, log.origin(), index, index + 1).await?.pop();
    drop(tx);
    let (Some(leaf), Some(payload)) = (leaf, payload) else { return Ok(None) };
    let hashes = path_to_root(log, &checkpoint, index).await?;
    Ok(Some(ProofFile { index, hashes, checkpoint, leaf, payload }))
}

async fn path_to_root(
    log: &Log,
    checkpoint: &SignedCheckpoint,
    index: u64,
) -> Result<Vec<shiji_record::log::Hash>, LogError> {
    let tree = &checkpoint.checkpoint;
    let mut tiles: HashMap<TilePath, Vec<u8>> = HashMap::new();
    loop {
        match prove(Wanted::Entry(index), tree.size, tree.root, &tiles) {
            Ok(Step::Proof(proof)) => return Ok(proof),
            Ok(Step::Needs(paths)) => {
                for path in paths {
                    tiles.insert(path, log.files.tile(path).await?);
                }
            }
            Err(_) => return Err(super::Standstill::FilesDiffer.into()),
        }
    }
}
