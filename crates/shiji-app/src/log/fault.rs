//! What can keep the log from going on. Two kinds: something failed and is tried again, or signing would be wrong and a
//! person has to look.

use crate::error::AppError;
use shiji_log::FilesError;
use shiji_record::log::bundle::BundleError;
use shiji_record::log::checkpoint::CheckpointError;
use shiji_record::log::tree::EdgeError;
use shiji_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum LogError {
    #[error(transparent)]
    Standstill(#[from] Standstill),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Files(FilesError),
    #[error("an entry of the log: {0}")]
    Bundle(#[from] BundleError),
    #[error("a tile of the log: {0}")]
    Edge(#[from] EdgeError),
    #[error("a checkpoint of the log: {0}")]
    Checkpoint(#[from] CheckpointError),
    #[error("another copy of the program went ahead; this one goes on from there")]
    Overtaken,
    #[error("the log is read here, not written: its key is not in this data folder")]
    NoKey,
    #[error("{0}")]
    App(Box<AppError>),
    /// Only tests stop the work on purpose.
    #[error("stopped on purpose")]
    Stopped,
}

impl From<AppError> for LogError {
    fn from(error: AppError) -> Self {
        LogError::App(Box::new(error))
    }
}

impl From<FilesError> for LogError {
    fn from(error: FilesError) -> Self {
        match error {
            FilesError::Differs(name) => Standstill::FileDiffers { name }.into(),
            other => LogError::Files(other),
        }
    }
}

/// Signing would make a second history of the log. Each says what was found and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Standstill {
    #[error(
        "there is no last signed state for this log; bring back the state file that belongs to it (log-state.sqlite), or \
         begin a log under a new origin with `shiji log init`"
    )]
    NoState,
    #[error(
        "the published checkpoint has {published} entries but the last signed state only {signed}: the state was brought \
         back from an old copy; bring back the newest one"
    )]
    PublishedAhead { published: u64, signed: u64 },
    #[error(
        "the published checkpoint is not signed with this log's key: the key or the log's files belong to another log; \
         put the right key file in place"
    )]
    PublishedForeign,
    #[error(
        "the published checkpoint and the last signed state have the same size and different roots: two histories were \
         signed; keep both and call whoever audits the log"
    )]
    PublishedDiffers,
    #[error(
        "the database knows {database} entries of the log but {signed} are signed: it was brought back from an old copy; \
         bring back a newer one, or fetch what is missing from a mirror with `shiji log fetch URL`"
    )]
    DatabaseBehind { database: u64, signed: u64 },
    #[error(
        "entry {index} of the database is not the one that was signed: the database was brought back from an old copy and \
         went on from there, or was altered; bring back a newer copy, or fetch the signed records from a mirror with \
         `shiji log fetch URL`"
    )]
    DatabaseDiffers { index: u64 },
    #[error(
        "the database knows of {database} signed entries but the state only of {signed}: the state was brought back from \
         an old copy; bring back the newest one"
    )]
    StateBehind { database: u64, signed: u64 },
    #[error(
        "witness {witness} countersigned {seen} entries of this log, more than the {ours} here (or others): the town was \
         brought back from an old copy; bring back a newer one, or fetch what is missing from a mirror"
    )]
    WitnessAhead { witness: String, seen: u64, ours: u64 },
    #[error(
        "the files of the log do not make up the last signed tree: some were altered or lost; bring them back from a copy \
         or a mirror"
    )]
    FilesDiffer,
    #[error(
        "{name} of the log is there with other bytes than would be written now: the database was brought back from an old \
         copy and went on from there; bring back a newer copy"
    )]
    FileDiffers { name: String },
    #[error("this log was closed by its last entry; begin one under a new origin with `shiji log init`")]
    Closed,
}

impl Standstill {
    /// Names the text that tells a person.
    pub fn code(&self) -> &'static str {
        match self {
            Standstill::NoState => "no-state",
            Standstill::PublishedAhead { .. } | Standstill::StateBehind { .. } => "state-behind",
            Standstill::PublishedForeign => "foreign-key",
            Standstill::PublishedDiffers => "two-histories",
            Standstill::DatabaseBehind { .. } | Standstill::DatabaseDiffers { .. } => "database-behind",
            Standstill::WitnessAhead { .. } => "witness-ahead",
            Standstill::FilesDiffer | Standstill::FileDiffers { .. } => "files-differ",
            Standstill::Closed => "closed",
        }
    }
}
