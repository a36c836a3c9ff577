//! Countersignatures with a time, after C2SP tlog-cosignature v1 (Ed25519, signature type 0x04).

use super::checkpoint::{Checkpoint, CheckpointError};
use super::key::{PublicKey, Purpose, SecretKey};
use ed25519_dalek::{Signer as _, Verifier as _};
use signed_note::Signature;

/// A witness's word, verified: at this time it had seen no other history of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cosignature {
    /// Seconds since 1970 UTC.
    pub time: u64,
}

fn message(checkpoint: &Checkpoint, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{}", checkpoint.to_text())
}

/// `time` is in seconds since 1970 UTC.
///
/// # Errors
/// Refuses a key that is not a witness's.
pub fn cosign(checkpoint: &Checkpoint, key: &SecretKey, time: u64) -> Result<Signature, CheckpointError> {
    if key.purpose() != Purpose::Cosignature {
        return Err(CheckpointError::Key);
    }
    let signed = key.signing().sign(message(checkpoint, time).as_bytes());
    let bytes = [time.to_be_bytes().as_slice(), &signed.to_bytes()].concat();
    let public = key.public();
    Signature::new(public.name().to_owned(), public.id(), bytes).map_err(|_| CheckpointError::Key)
}

pub(super) fn cosignature_of(
    checkpoint: &Checkpoint,
    witness: &PublicKey,
    signature: &Signature,
) -> Option<Cosignature> {
    if witness.purpose() != Purpose::Cosignature {
        return None;
    }
    let (time, signed) = signature.signature().split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    let signed = ed25519_dalek::Signature::from_bytes(&<[u8; 64]>::try_from(signed).ok()?);
    witness.verifying().verify(message(checkpoint, time).as_bytes(), &signed).ok()?;
    i64::try_from(time).ok()?;
    Some(Cosignature { time })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::checkpoint::SignedCheckpoint;
    use tlog_tiles::Hash;

    #[test]
    fn a_countersignature_fits_its_checkpoint_its_time_and_its_witness_only() {
        let log = SecretKey::new("town.example/log", Purpose::Log, [1; 32]).unwrap();
        let witness = SecretKey::new("county.example", Purpose::Cosignature, [2; 32]).unwrap();
        let other = SecretKey::new("school.example", Purpose::Cosignature, [3; 32]).unwrap();
        let checkpoint = Checkpoint { origin: "town.example/log".into(), size: 3, root: Hash([4; 32]) };
        let mut signed = checkpoint.sign(&log).unwrap();
        assert_eq!(signed.cosignature(&witness.public()), None);
        let line = cosign(&checkpoint, &witness, 1_700_000_000).unwrap();
        signed.add(line.clone());
        let read = SignedCheckpoint::open(signed.to_text().as_bytes(), &log.public()).unwrap();
        assert_eq!(read.cosignature(&witness.public()), Some(Cosignature { time: 1_700_000_000 }));
        assert_eq!(read.cosignature(&other.public()), None);
        let larger = Checkpoint { size: 4, ..checkpoint.clone() };
        let mut moved = larger.sign(&log).unwrap();
        moved.add(line);
        assert_eq!(moved.cosignature(&witness.public()), None);
        assert_eq!(cosign(&checkpoint, &log, 1).unwrap_err(), CheckpointError::Key);
    }
}
