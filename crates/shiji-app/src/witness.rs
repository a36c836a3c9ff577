//! Being a witness: countersigning the checkpoints of others' logs as long as each only grows.

use crate::app::Clock;
use shiji_record::log::checkpoint::{Checkpoint, SignedCheckpoint};
use shiji_record::log::cosignature::cosign;
use shiji_record::log::key::{PublicKey, SecretKey};
use shiji_record::log::witness::{AddCheckpoint, Refused};
use std::collections::HashMap;
use std::fs::TryLockError;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Mutex;

#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    #[error("the folder of the witness: {0}")]
    Folder(#[from] std::io::Error),
    #[error("{0} does not hold a checkpoint that this witness kept")]
    Kept(PathBuf),
    #[error(
        "another copy of this program is the witness of {0}: two would not know what the other countersigned"
    )]
    Twice(PathBuf),
    #[error("the key cannot countersign: {0}")]
    Key(#[from] shiji_record::log::checkpoint::CheckpointError),
    #[error("a background task was lost: {0}")]
    Task(#[from] tokio::task::JoinError),
}

/// What the log is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A signature line.
    Cosigned(String),
    /// The last size that was countersigned.
    Conflict(u64),
    Refused(Refused),
}

/// A witness with its folder: one file for each log, holding the last checkpoint that it countersigned.
pub struct Witness {
    key: SecretKey,
    logs: Vec<PublicKey>,
    folder: PathBuf,
    clock: Arc<dyn Clock>,
    /// Held as long as the witness lives.
    _lock: std::fs::File,
    /// Checking the old size and keeping the new checkpoint are one step: one request at a time.
    last: Mutex<HashMap<String, Checkpoint>>,
}

impl Witness {
    /// # Errors
    /// When the folder cannot be made, or a file in it was damaged: a witness that forgot is none.
    pub fn open(
        key: SecretKey,
        logs: Vec<PublicKey>,
        folder: &Path,
        clock: Arc<dyn Clock>,
    ) -> Result<Witness, WitnessError> {
        std::fs::create_dir_all(folder)?;
        let lock = std::fs::File::create(folder.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(WitnessError::Twice(folder.to_owned())),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let mut last = HashMap::new();
        for log in &logs {
            let file = file_of(folder, log.name());
            if !file.exists() {
                continue;
            }
            let kept = SignedCheckpoint::from_bytes(&std::fs::read(&file)?).ok().filter(|kept| {
                kept.checkpoint.origin == log.name() && kept.cosignature(&key.public()).is_some()
            });
            let kept = kept.ok_or(WitnessError::Kept(file))?;
            last.insert(log.name().to_owned(), kept.checkpoint);
        }
        Ok(Witness { key, logs, folder: folder.to_owned(), clock, _lock: lock, last: Mutex::new(last) })
    }

    pub fn public(&self) -> PublicKey {
        self.key.public()
    }

    /// Countersigns when the log only grew since the last time; keeps the checkpoint on the disk before it answers.
    ///
    /// # Errors
    /// When the checkpoint cannot be kept; then nothing was countersigned.
    pub async fn add_checkpoint(&self, body: &[u8]) -> Result<Answer, WitnessError> {
        let request = match AddCheckpoint::from_body(body) {
            Ok(request) => request,
            Err(refused) => return Ok(Answer::Refused(refused)),
        };
        let new = &request.checkpoint.checkpoint;
        let mut last = self.last.lock().await;
        match request.judge(&self.logs, last.get(&new.origin)) {
            Ok(()) => {}
            Err(Refused::Conflict(size)) => return Ok(Answer::Conflict(size)),
            Err(refused) => return Ok(Answer::Refused(refused)),
        }
        let time = u64::try_from(self.clock.now().as_second()).unwrap_or(0);
        let line = cosign(new, &self.key, time)?;
        let mut kept = request.checkpoint.clone();
        kept.add(line.clone());
        let (file, text) = (file_of(&self.folder, &new.origin), kept.to_text());
        tokio::task::spawn_blocking(move || keep(&file, &text)).await??;
        last.insert(new.origin.clone(), new.clone());
        drop(last);
        Ok(Answer::Cosigned(String::from_utf8_lossy(&line.to_bytes()).into_owned()))
    }
}

/// Origins hold slashes; every other character of a file name is one of its own.
fn file_of(folder: &Path, origin: &str) -> PathBuf {
    let name: String = origin
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() || letter == '.' || letter == '-' {
                letter.to_string()
            } else {
                format!("_{:x}_", u32::from(letter))
            }
        })
        .collect();
    folder.join(format!("{name}.checkpoint"))
}

/// Written beside, flushed, renamed, and the folder flushed: after a power cut it is the old one or the new one.
fn keep(file: &Path, text: &str) -> std::io::Result<()> {
    let part = file.with_extension("part");
    let mut written = std::fs::File::create(&part)?;
    written.write_all(text.as_bytes())?;
    written.sync_all()?;
    std::fs::rename(&part, file)?;
    std::fs::File::open(file.parent().unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use shiji_record::log::Hash;
    use shiji_record::log::key::Purpose;
    use shiji_record::log::tree::EMPTY_ROOT;

    struct Fixed;

    impl Clock for Fixed {
        fn now(&self) -> Timestamp {
            Timestamp::from_second(1_790_000_000).unwrap()
        }
    }

    fn log() -> SecretKey {
        SecretKey::new("town.example/log", Purpose::Log, [1; 32]).unwrap()
    }

    fn open(folder: &Path) -> Result<Witness, WitnessError> {
        let key = SecretKey::new("county.example", Purpose::Cosignature, [2; 32]).unwrap();
        Witness::open(key, vec![log().public()], folder, Arc::new(Fixed))
    }

    fn first(size: u64, root: Hash) -> String {
        let checkpoint = Checkpoint { origin: "town.example/log".into(), size, root };
        AddCheckpoint { old: 0, proof: vec![], checkpoint: checkpoint.sign(&log()).unwrap() }.to_body()
    }

    #[tokio::test]
    async fn what_was_countersigned_is_remembered_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let witness = open(folder.path()).unwrap();
        let body = first(1, Hash([7; 32]));
        let Answer::Cosigned(line) = witness.add_checkpoint(body.as_bytes()).await.unwrap() else { panic!() };
        assert!(line.starts_with("— county.example "), "{line}");
        assert!(
            matches!(open(folder.path()), Err(WitnessError::Twice(_))),
            "two would not know of each other"
        );
        drop(witness);
        let again = open(folder.path()).unwrap();
        let other = first(1, Hash([8; 32]));
        assert_eq!(again.add_checkpoint(other.as_bytes()).await.unwrap(), Answer::Conflict(1));
        let unknown = first(0, EMPTY_ROOT).replace("town.example/log", "other.example/log");
        assert_eq!(
            again.add_checkpoint(unknown.as_bytes()).await.unwrap(),
            Answer::Refused(Refused::Unknown)
        );
    }

    #[tokio::test]
    async fn a_witness_that_lost_its_memory_does_not_begin_again() {
        let folder = tempfile::tempdir().unwrap();
        let witness = open(folder.path()).unwrap();
        witness.add_checkpoint(first(1, Hash([7; 32])).as_bytes()).await.unwrap();
        let file = file_of(folder.path(), "town.example/log");
        drop(witness);
        std::fs::write(&file, "").unwrap();
        assert!(matches!(open(folder.path()), Err(WitnessError::Kept(_))));
    }

    #[tokio::test]
    async fn what_cannot_be_kept_is_not_countersigned() {
        let folder = tempfile::tempdir().unwrap();
        let witness = open(folder.path()).unwrap();
        std::fs::remove_dir_all(folder.path()).unwrap();
        assert!(witness.add_checkpoint(first(1, Hash([7; 32])).as_bytes()).await.is_err());
        std::fs::create_dir_all(folder.path()).unwrap();
        let body = first(2, Hash([9; 32]));
        assert!(matches!(witness.add_checkpoint(body.as_bytes()).await.unwrap(), Answer::Cosigned(_)));
    }
}
