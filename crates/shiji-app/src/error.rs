//! Two kinds of "no": a refusal is a sentence for the person, an error is broken and becomes a number to quote.

use crate::log::LogError;
use shiji_domain::refusal::Refusal;
use shiji_record::canonical::RecordError;
use shiji_store::StoreError;
use shiji_store::database::FromStore;

#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Expected: too late, not yours, not complete.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no such thing, or not for this person.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in.
    #[error("not signed in")]
    SignedOut,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Record(#[from] RecordError),
    #[error("the log: {0}")]
    Log(Box<LogError>),
    #[error("time: {0}")]
    Time(#[source] jiff::Error),
    #[error("password hashing: {0}")]
    Password(String),
    #[error("printing: {0}")]
    Press(#[from] shiji_press::PressError),
    #[error("packing a bundle: {0}")]
    Bundle(#[from] zip::result::ZipError),
    #[error("writing a sheet: {0}")]
    Sheet(#[from] shiji_paper::WriteError),
    #[error("a background task was lost: {0}")]
    Task(#[from] tokio::task::JoinError),
}

impl From<LogError> for AppError {
    fn from(error: LogError) -> Self {
        match error {
            LogError::App(error) => *error,
            other => AppError::Log(Box::new(other)),
        }
    }
}

impl FromStore for AppError {
    fn as_store_error(&self) -> Option<&StoreError> {
        match self {
            AppError::Store(error) => Some(error),
            _ => None,
        }
    }
}
