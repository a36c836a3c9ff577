//! The witness's side and the log's side of `add-checkpoint`, after C2SP tlog-witness v1.0.0: bytes and rules, no network.

use super::checkpoint::{Checkpoint, CheckpointError, SIZE_MOST, SignedCheckpoint};
use super::key::PublicKey;
use super::tile_reader::check_older;
use super::tree::EMPTY_ROOT;
use signed_note::Signature;
use tlog_tiles::Hash;

/// More hashes than a proof can have.
const PROOF_MOST: usize = 63;
/// Bytes of a request that is read.
pub const REQUEST_MOST: usize = 64 * 1024;

/// A request to countersign a checkpoint.
#[derive(Debug, Clone, PartialEq)]
pub struct AddCheckpoint {
    /// Size of the checkpoint that the log believes the witness countersigned last; 0 for none.
    pub old: u64,
    /// From the old size to that of the checkpoint (RFC 6962 section 2.1.2).
    pub proof: Vec<Hash>,
    pub checkpoint: SignedCheckpoint,
}

/// Why a request is refused, with its status code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("400: the request is not of the form")]
    Form,
    #[error("403: no signature of a key that is trusted for this log")]
    Signature,
    #[error("404: this log is not watched here")]
    Unknown,
    #[error("409: the last size countersigned is {0}")]
    Conflict(u64),
    #[error("422: the proof does not lead from the old checkpoint to the new one")]
    Proof,
}

impl Refused {
    pub fn status(self) -> u16 {
        match self {
            Refused::Form => 400,
            Refused::Signature => 403,
            Refused::Unknown => 404,
            Refused::Conflict(_) => 409,
            Refused::Proof => 422,
        }
    }
}

impl AddCheckpoint {
    pub fn to_body(&self) -> String {
        let mut body = format!("old {}\n", self.old);
        for hash in &self.proof {
            body.push_str(&format!("{hash}\n"));
        }
        body.push('\n');
        body.push_str(&self.checkpoint.to_text());
        body
    }

    /// # Errors
    /// [`Refused::Form`] for every other body.
    pub fn from_body(body: &[u8]) -> Result<AddCheckpoint, Refused> {
        if body.len() > REQUEST_MOST {
            return Err(Refused::Form);
        }
        let text = std::str::from_utf8(body).map_err(|_| Refused::Form)?;
        let (head, note) = text.split_once("\n\n").ok_or(Refused::Form)?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old ")).ok_or(Refused::Form)?;
        let size: u64 = old.parse().map_err(|_| Refused::Form)?;
        if size.to_string() != old || size > SIZE_MOST {
            return Err(Refused::Form);
        }
        let proof: Vec<Hash> =
            lines.map(|line| Hash::parse_hash(line).map_err(|_| Refused::Form)).collect::<Result<_, _>>()?;
        if proof.len() > PROOF_MOST {
            return Err(Refused::Form);
        }
        let checkpoint = SignedCheckpoint::from_bytes(note.as_bytes()).map_err(|_| Refused::Form)?;
        Ok(AddCheckpoint { old: size, proof, checkpoint })
    }

    /// Whether a witness that countersigned `last` of this log may countersign this checkpoint. `logs` are the keys that
    /// are trusted.
    ///
    /// # Errors
    /// The refusal that the specification asks for, in its order.
    pub fn judge(&self, logs: &[PublicKey], last: Option<&Checkpoint>) -> Result<(), Refused> {
        let new = &self.checkpoint.checkpoint;
        let mut keys = logs.iter().filter(|key| key.name() == new.origin).peekable();
        if keys.peek().is_none() {
            return Err(Refused::Unknown);
        }
        if !keys.any(|key| self.checkpoint.verify(key).is_ok()) {
            return Err(Refused::Signature);
        }
        if self.old > new.size {
            return Err(Refused::Form);
        }
        let (size, root) = last.map_or((0, EMPTY_ROOT), |last| (last.size, last.root));
        if self.old != size {
            return Err(Refused::Conflict(size));
        }
        if size == new.size && root != new.root {
            return Err(Refused::Conflict(size));
        }
        check_older(&self.proof, new.size, new.root, size, root).map_err(|_| Refused::Proof)
    }
}

/// The signature lines of a witness's answer.
///
/// # Errors
/// When one of the lines is not a signature.
pub fn signature_lines(body: &[u8]) -> Result<Vec<Signature>, CheckpointError> {
    if body.len() > REQUEST_MOST {
        return Err(CheckpointError::Form);
    }
    let text = std::str::from_utf8(body).map_err(|_| CheckpointError::Form)?;
    text.lines()
        .map(|line| Signature::from_bytes(line.as_bytes()).map_err(|_| CheckpointError::Form))
        .collect()
}

/// The size in the body of a 409.
pub fn conflict_size(body: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(body).ok()?.strip_suffix('\n')?;
    text.parse().ok().filter(|size: &u64| size.to_string() == text && *size <= SIZE_MOST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::key::{Purpose, SecretKey};
    use crate::log::tile_reader::{Step, Wanted, prove};
    use crate::log::tree::Edge;
    use std::collections::HashMap;

    fn key(seed: u8) -> SecretKey {
        SecretKey::new("town.example/log", Purpose::Log, [seed; 32]).unwrap()
    }

    fn checkpoint(size: u64) -> Checkpoint {
        let mut edge = Edge::default();
        (0..size).for_each(|number| edge.push(&number.to_be_bytes(), |_| ()));
        Checkpoint { origin: "town.example/log".into(), size, root: edge.root() }
    }

    fn request(old: u64, new: u64) -> AddCheckpoint {
        let mut edge = Edge::default();
        let mut tiles = HashMap::new();
        (0..new).for_each(|number| {
            edge.push(&number.to_be_bytes(), |tile| {
                tiles.insert(tile.path, tile.bytes);
            });
        });
        tiles.extend(edge.partial_tiles().into_iter().map(|tile| (tile.path, tile.bytes)));
        let proof = match old {
            0 => Vec::new(),
            _ => match prove(Wanted::Older(old), new, edge.root(), &tiles).unwrap() {
                Step::Proof(proof) => proof,
                Step::Needs(missing) => panic!("{missing:?}"),
            },
        };
        AddCheckpoint { old, proof, checkpoint: checkpoint(new).sign(&key(1)).unwrap() }
    }

    fn judged(request: &AddCheckpoint, last: Option<u64>) -> Result<(), Refused> {
        request.judge(&[key(1).public()], last.map(checkpoint).as_ref())
    }

    #[test]
    fn a_request_reads_back() {
        let request = request(3, 20);
        assert_eq!(AddCheckpoint::from_body(request.to_body().as_bytes()), Ok(request));
    }

    #[test]
    fn a_history_that_only_grows_is_countersigned() {
        assert_eq!(judged(&request(0, 5), None), Ok(()));
        assert_eq!(judged(&request(5, 20), Some(5)), Ok(()));
        assert_eq!(judged(&request(20, 20), Some(20)), Ok(()), "the same checkpoint again");
        assert_eq!(judged(&request(0, 0), None), Ok(()), "a log without entries");
    }

    #[test]
    fn each_fault_has_its_status() {
        assert_eq!(judged(&request(3, 20), Some(5)), Err(Refused::Conflict(5)));
        assert_eq!(judged(&request(0, 20), Some(5)), Err(Refused::Conflict(5)));
        let mut forked = request(5, 20);
        forked.checkpoint = Checkpoint { root: Hash([1; 32]), ..checkpoint(20) }.sign(&key(1)).unwrap();
        assert_eq!(judged(&forked, Some(5)), Err(Refused::Proof));
        let mut same_size = request(20, 20);
        same_size.checkpoint = forked.checkpoint.clone();
        assert_eq!(judged(&same_size, Some(20)), Err(Refused::Conflict(20)));
        let mut backward = request(5, 5);
        backward.old = 6;
        assert_eq!(judged(&backward, Some(6)), Err(Refused::Form));
        let mut unsigned = request(5, 20);
        unsigned.checkpoint = checkpoint(20).sign(&key(2)).unwrap();
        assert_eq!(judged(&unsigned, Some(5)), Err(Refused::Signature));
        let other = SecretKey::new("other.example/log", Purpose::Log, [1; 32]).unwrap();
        unsigned.checkpoint =
            Checkpoint { origin: "other.example/log".into(), ..checkpoint(20) }.sign(&other).unwrap();
        assert_eq!(judged(&unsigned, Some(5)), Err(Refused::Unknown));
        assert_eq!(Refused::Conflict(5).status(), 409);
    }

    #[test]
    fn bodies_of_other_forms_are_refused() {
        let good = request(3, 20).to_body();
        for bad in [
            String::new(),
            good.replacen("old 3", "old 03", 1),
            good.replacen("old 3", "old -3", 1),
            good.replacen("old 3\n", "", 1),
            good.replacen("old 3\n", "old 3\nnot a hash\n", 1),
            good.replacen("old 3\n", &format!("old 3\n{}", format!("{}\n", Hash([0; 32])).repeat(64)), 1),
            "x".repeat(REQUEST_MOST + 1),
        ] {
            assert_eq!(AddCheckpoint::from_body(bad.as_bytes()), Err(Refused::Form));
        }
        assert_eq!(conflict_size(b"42\n"), Some(42));
        assert_eq!(conflict_size(b"042\n"), None);
        assert_eq!(conflict_size(b"42"), None);
    }
}
