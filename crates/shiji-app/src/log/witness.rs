//! Asking witnesses to countersign. One that is down or slow is passed over and named; it never delays a publication.

use super::Log;
use super::fault::{LogError, Standstill};
use shiji_log::PeerError;
use shiji_log::peer::Word;
use shiji_record::log::checkpoint::SignedCheckpoint;
use shiji_record::log::policy::Witness;
use shiji_record::log::tile_reader::{ProofError, Step, Wanted, prove};
use shiji_record::log::witness::AddCheckpoint;
use shiji_record::log::{Hash, path::TilePath};
use std::collections::HashMap;

/// Attempts at one witness; after the second it knows what we know.
const ATTEMPTS: usize = 3;

/// Whether a witness has seen more of this log than there is here. Whoever cannot be reached is passed over: the last
/// signed state and the published checkpoint were compared already.
pub(super) async fn compare(log: &Log, known: &SignedCheckpoint) -> Result<(), LogError> {
    let known = known.bare(&log.public);
    let asked = log.policy.witnesses.iter().filter(|witness| witness.url.is_some()).map(|witness| {
        let request = AddCheckpoint { old: 0, proof: Vec::new(), checkpoint: known.clone() };
        async move { (witness, log.peer.add_checkpoint(witness, &request).await) }
    });
    for (witness, word) in futures_util::future::join_all(asked).await {
        match word {
            Err(PeerError::Ahead { seen, ours }) if seen > ours => {
                return Err(Standstill::WitnessAhead { witness: witness.name.clone(), seen, ours }.into());
            }
            Err(error) => {
                tracing::warn!(witness = %witness.name, %error, "a witness could not be compared with")
            }
            Ok(_) => {}
        }
    }
    Ok(())
}

/// The checkpoint with every countersignature that could be had.
pub(super) async fn collect(
    log: &Log,
    signed: SignedCheckpoint,
    published: Option<&SignedCheckpoint>,
) -> Result<SignedCheckpoint, LogError> {
    let asked = log.policy.witnesses.iter().filter(|witness| witness.url.is_some()).map(|witness| {
        let last = published.filter(|at| at.cosignature(&witness.key).is_some());
        let last = last.map_or(0, |at| at.checkpoint.size);
        let signed = &signed;
        async move { (witness, ask(log, witness, signed, last).await) }
    });
    let words = futures_util::future::join_all(asked).await;
    let mut collected = signed.clone();
    let mut silent = Vec::new();
    for (witness, word) in words {
        match word {
            Ok(cosigned) => collected.add_from(&cosigned, &witness.key),
            Err(Refusal::Peer(PeerError::Ahead { seen, ours })) => {
                return Err(Standstill::WitnessAhead { witness: witness.name.clone(), seen, ours }.into());
            }
            Err(error) => {
                tracing::warn!(witness = %witness.name, %error, "a witness did not countersign");
                silent.push((witness.name.clone(), error.to_string()));
            }
        }
    }
    log.note_silent(silent);
    Ok(collected)
}

#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Peer(#[from] PeerError),
    #[error(transparent)]
    Files(#[from] shiji_log::FilesError),
    #[error(transparent)]
    Proof(#[from] ProofError),
    #[error("it does not come to rest")]
    Restless,
}

async fn ask(
    log: &Log,
    witness: &Witness,
    signed: &SignedCheckpoint,
    last: u64,
) -> Result<SignedCheckpoint, Refusal> {
    let mut old = last;
    for _ in 0..ATTEMPTS {
        let proof = older_proof(log, old, signed).await?;
        let request = AddCheckpoint { old, proof, checkpoint: signed.clone() };
        match log.peer.add_checkpoint(witness, &request).await? {
            Word::Cosigned(cosigned) => return Ok(cosigned),
            Word::Last(seen) => old = seen,
        }
    }
    Err(Refusal::Restless)
}

/// That the tree of size `old` is the beginning of the signed one (RFC 6962 section 2.1.2).
async fn older_proof(log: &Log, old: u64, signed: &SignedCheckpoint) -> Result<Vec<Hash>, Refusal> {
    if old == 0 {
        return Ok(Vec::new());
    }
    let tree = &signed.checkpoint;
    let mut tiles: HashMap<TilePath, Vec<u8>> = HashMap::new();
    loop {
        match prove(Wanted::Older(old), tree.size, tree.root, &tiles)? {
            Step::Proof(proof) => return Ok(proof),
            Step::Needs(paths) => {
                for path in paths {
                    tiles.insert(path, log.files.tile(path).await?);
                }
            }
        }
    }
}
