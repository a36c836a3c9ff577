//! Checkpoints, after C2SP tlog-checkpoint v1.0.0: origin, size and root, signed as a note. Without extension lines.

use super::cosignature::{Cosignature, cosignature_of};
use super::key::{PublicKey, Purpose, SecretKey};
use ed25519_dalek::Signer as _;
use ed25519_dalek::Verifier as _;
use signed_note::{Note, Signature};
use tlog_tiles::Hash;

/// Bytes of a signed checkpoint that is read; a hundred signatures fit.
const LENGTH_MOST: usize = 32 * 1024;
/// Sizes beyond it are not read: the arithmetic of trees stays within its bounds.
pub const SIZE_MOST: u64 = 1 << 48;

#[derive(Debug, Clone, PartialEq)]
pub struct Checkpoint {
    /// The log's name for ever; also the name of its key.
    pub origin: String,
    /// Entries in the tree.
    pub size: u64,
    pub root: Hash,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    #[error("not a signed checkpoint")]
    Form,
    #[error("the checkpoint is of another log")]
    Origin,
    #[error("the log's own signature is missing or does not fit")]
    Signature,
    #[error("the key does not sign checkpoints")]
    Key,
}

impl Checkpoint {
    /// The three lines that are signed.
    pub fn to_text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root)
    }

    /// # Errors
    /// Refuses extension lines and sizes beyond [`SIZE_MOST`].
    pub fn from_text(text: &[u8]) -> Result<Checkpoint, CheckpointError> {
        let read = tlog_tiles::Checkpoint::from_bytes(text).map_err(|_| CheckpointError::Form)?;
        if !read.extension().is_empty() || read.size() > SIZE_MOST {
            return Err(CheckpointError::Form);
        }
        let checkpoint =
            Checkpoint { origin: read.origin().to_owned(), size: read.size(), root: *read.hash() };
        if checkpoint.to_text().as_bytes() == text { Ok(checkpoint) } else { Err(CheckpointError::Form) }
    }

    /// # Errors
    /// Refuses a key of another name or purpose.
    pub fn sign(&self, key: &SecretKey) -> Result<SignedCheckpoint, CheckpointError> {
        let public = key.public();
        if public.purpose() != Purpose::Log || public.name() != self.origin {
            return Err(CheckpointError::Key);
        }
        let text = self.to_text();
        let signature = key.signing().sign(text.as_bytes()).to_bytes().to_vec();
        let signature =
            Signature::new(self.origin.clone(), public.id(), signature).map_err(|_| CheckpointError::Key)?;
        Ok(SignedCheckpoint { checkpoint: self.clone(), signatures: vec![signature] })
    }
}

/// A checkpoint with all signature lines that came with it, verified or not.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedCheckpoint {
    pub checkpoint: Checkpoint,
    signatures: Vec<Signature>,
}

impl SignedCheckpoint {
    /// Reads the note without looking at any signature.
    ///
    /// # Errors
    /// Refuses what is not a signed checkpoint.
    pub fn from_bytes(bytes: &[u8]) -> Result<SignedCheckpoint, CheckpointError> {
        if bytes.len() > LENGTH_MOST {
            return Err(CheckpointError::Form);
        }
        let note = Note::from_bytes(bytes).map_err(|_| CheckpointError::Form)?;
        let checkpoint = Checkpoint::from_text(note.text())?;
        // The note keeps its signatures to itself; the lines behind the blank one are read again.
        let text = std::str::from_utf8(bytes).map_err(|_| CheckpointError::Form)?;
        let (_, lines) = text.rsplit_once("\n\n").ok_or(CheckpointError::Form)?;
        let signatures = lines
            .lines()
            .map(|line| Signature::from_bytes(line.as_bytes()).map_err(|_| CheckpointError::Form))
            .collect::<Result<_, _>>()?;
        Ok(SignedCheckpoint { checkpoint, signatures })
    }

    /// Reads the note and verifies the log's own signature.
    ///
    /// # Errors
    /// Refuses another origin and a signature that is missing or does not fit.
    pub fn open(bytes: &[u8], key: &PublicKey) -> Result<SignedCheckpoint, CheckpointError> {
        let signed = SignedCheckpoint::from_bytes(bytes)?;
        signed.verify(key)?;
        Ok(signed)
    }

    /// # Errors
    /// As [`SignedCheckpoint::open`].
    pub fn verify(&self, key: &PublicKey) -> Result<(), CheckpointError> {
        if key.purpose() != Purpose::Log {
            return Err(CheckpointError::Key);
        }
        if self.checkpoint.origin != key.name() {
            return Err(CheckpointError::Origin);
        }
        let text = self.checkpoint.to_text();
        // Another key's signature under the same number is passed over, not believed.
        let fits = self.of(key.name(), key.id()).any(|signature| {
            <[u8; 64]>::try_from(signature.signature()).is_ok_and(|bytes| {
                let signature = ed25519_dalek::Signature::from_bytes(&bytes);
                key.verifying().verify(text.as_bytes(), &signature).is_ok()
            })
        });
        if fits { Ok(()) } else { Err(CheckpointError::Signature) }
    }

    fn of<'a>(&'a self, name: &'a str, id: u32) -> impl Iterator<Item = &'a Signature> {
        self.signatures.iter().filter(move |signature| signature.name() == name && signature.id() == id)
    }

    /// The witness's word on this checkpoint, when it is there and fits.
    pub fn cosignature(&self, witness: &PublicKey) -> Option<Cosignature> {
        self.of(witness.name(), witness.id())
            .find_map(|signature| cosignature_of(&self.checkpoint, witness, signature))
    }

    /// Adds a signature line that is not there yet.
    pub fn add(&mut self, signature: Signature) {
        if !self.signatures.contains(&signature) {
            self.signatures.push(signature);
        }
    }

    /// Takes over one witness's lines from another copy of the same checkpoint.
    pub fn add_from(&mut self, other: &SignedCheckpoint, witness: &PublicKey) {
        if other.checkpoint == self.checkpoint && other.cosignature(witness).is_some() {
            other.of(witness.name(), witness.id()).cloned().for_each(|line| self.add(line));
        }
    }

    /// The same checkpoint with no signature but its log's own.
    #[must_use]
    pub fn bare(&self, key: &PublicKey) -> SignedCheckpoint {
        let signatures = self.of(key.name(), key.id()).cloned().collect();
        SignedCheckpoint { checkpoint: self.checkpoint.clone(), signatures }
    }

    pub fn to_text(&self) -> String {
        let mut text = self.checkpoint.to_text();
        text.push('\n');
        for signature in &self.signatures {
            text.push_str(&String::from_utf8_lossy(&signature.to_bytes()));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SecretKey {
        SecretKey::new("town.example/log", Purpose::Log, [7; 32]).unwrap()
    }

    fn checkpoint() -> Checkpoint {
        Checkpoint { origin: "town.example/log".into(), size: 42, root: Hash([9; 32]) }
    }

    #[test]
    fn a_signed_checkpoint_opens_here_and_in_another_implementation() {
        let text = checkpoint().sign(&key()).unwrap().to_text();
        let opened = SignedCheckpoint::open(text.as_bytes(), &key().public()).unwrap();
        assert_eq!(opened.checkpoint, checkpoint());
        assert_eq!(opened.to_text(), text);
        let verifier = signed_note::StandardVerifier::new(&key().public().to_text()).unwrap();
        let known = signed_note::VerifierList::new(vec![Box::new(verifier)]);
        assert_eq!(Note::from_bytes(text.as_bytes()).unwrap().verify(&known).unwrap().0.len(), 1);
    }

    #[test]
    fn a_changed_size_root_or_origin_is_found() {
        let text = checkpoint().sign(&key()).unwrap().to_text();
        let open = |text: &str| SignedCheckpoint::open(text.as_bytes(), &key().public()).map(|_| ());
        assert_eq!(open(&text.replacen("\n42\n", "\n43\n", 1)), Err(CheckpointError::Signature));
        assert_eq!(
            open(&text.replacen("town.example/log\n", "town.example/lag\n", 1)),
            Err(CheckpointError::Origin)
        );
        assert_eq!(open(&text.replacen("\n42\n", "\n042\n", 1)), Err(CheckpointError::Form));
        assert_eq!(open(&text.replacen("\n\n", "\nextension\n\n", 1)), Err(CheckpointError::Form));
        assert_eq!(open(""), Err(CheckpointError::Form));
    }

    #[test]
    fn signatures_of_strangers_are_passed_over() {
        let mut signed = checkpoint().sign(&key()).unwrap();
        signed.add(Signature::new("stranger.example".into(), 5, vec![1, 2, 3]).unwrap());
        let again = SignedCheckpoint::open(signed.to_text().as_bytes(), &key().public()).unwrap();
        assert_eq!(again, signed);
        assert_eq!(again.bare(&key().public()), checkpoint().sign(&key()).unwrap());
    }

    #[test]
    fn a_witness_key_signs_no_checkpoint() {
        let witness = SecretKey::new("town.example/log", Purpose::Cosignature, [7; 32]).unwrap();
        assert_eq!(checkpoint().sign(&witness).unwrap_err(), CheckpointError::Key);
    }
}
