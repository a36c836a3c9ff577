//! Proof files that hold all that is needed to verify one record without a network: the form of C2SP tlog-proof (draft
//! v1), with the record's leaf and disclosures as its extra data.

use super::checkpoint::{CheckpointError, SignedCheckpoint};
use super::key::PublicKey;
use super::tile_reader::{ProofError, check_entry};
use crate::canonical::{Opened, RecordError};
use crate::payload::Payload;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use tlog_tiles::{Hash, record_hash};

const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// Bytes of a proof file that is read.
pub const LENGTH_MOST: usize = 1024 * 1024;

/// The extra data: the entry of the log, and what opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Extra {
    leaf: String,
    payload: Payload,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ProofFile {
    pub index: u64,
    /// From the entry to the root (RFC 6962 section 2.1.1).
    pub hashes: Vec<Hash>,
    pub checkpoint: SignedCheckpoint,
    /// The entry, byte for byte.
    pub leaf: String,
    pub payload: Payload,
}

#[derive(Debug, thiserror::Error)]
pub enum ProofFileError {
    #[error("not a proof file of this form")]
    Form,
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    #[error(transparent)]
    Proof(#[from] ProofError),
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl ProofFile {
    pub fn to_text(&self) -> String {
        let extra = Extra { leaf: self.leaf.clone(), payload: self.payload.clone() };
        // Strings in a struct always become JSON.
        let extra = STANDARD.encode(serde_json::to_vec(&extra).unwrap_or_default());
        let mut text = format!("{HEADER}\nextra {extra}\nindex {}\n", self.index);
        for hash in &self.hashes {
            text.push_str(&format!("{hash}\n"));
        }
        text.push('\n');
        text.push_str(&self.checkpoint.to_text());
        text
    }

    /// # Errors
    /// Refuses other forms; nothing is verified yet.
    pub fn from_text(text: &str) -> Result<ProofFile, ProofFileError> {
        if text.len() > LENGTH_MOST {
            return Err(ProofFileError::Form);
        }
        let (head, note) = text.split_once("\n\n").ok_or(ProofFileError::Form)?;
        let mut lines = head.split('\n');
        if lines.next() != Some(HEADER) {
            return Err(ProofFileError::Form);
        }
        let extra = lines.next().and_then(|line| line.strip_prefix("extra ")).ok_or(ProofFileError::Form)?;
        let extra = STANDARD.decode(extra).map_err(|_| ProofFileError::Form)?;
        let extra: Extra = serde_json::from_slice(&extra).map_err(|_| ProofFileError::Form)?;
        let index = lines.next().and_then(|line| line.strip_prefix("index ")).ok_or(ProofFileError::Form)?;
        let index: u64 = index.parse().map_err(|_| ProofFileError::Form)?;
        let hashes = lines
            .map(|line| Hash::parse_hash(line).map_err(|_| ProofFileError::Form))
            .collect::<Result<_, _>>()?;
        let checkpoint = SignedCheckpoint::from_bytes(note.as_bytes())?;
        Ok(ProofFile { index, hashes, checkpoint, leaf: extra.leaf, payload: extra.payload })
    }

    /// Verifies everything: signature, place in the tree, every disclosure.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn verify(&self, log: &PublicKey) -> Result<Opened, ProofFileError> {
        self.checkpoint.verify(log)?;
        let tree = &self.checkpoint.checkpoint;
        check_entry(&self.hashes, tree.size, tree.root, self.index, record_hash(self.leaf.as_bytes()))?;
        Ok(self.payload.open(&self.leaf)?)
    }
}
