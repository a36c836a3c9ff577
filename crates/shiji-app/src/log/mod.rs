//! Keeping the transparency log: one sequencer gives indexes, writes files, signs, and asks the witnesses.
//!
//! Architecture invariant: what was signed once is never signed otherwise. The last signed tree is kept apart from the
//! town's database and compared before anything is signed.

mod bring_back;
mod close;
mod compare;
mod copy;
mod fault;
mod proof;
mod redact;
mod redact_affair;
mod redact_project;
mod redact_question;
mod sequence;
mod status;
mod witness;

pub use bring_back::{BringBackError, finish_bring_back, hold, last_signed, may_bring_back};
pub use close::close_log;
pub use copy::{Copied, copied_size, note_copied, take_in};
pub use fault::{LogError, Standstill};
pub use proof::{Located, item_proofs, payload, payloads, proof_file};
pub(crate) use redact::append as append_redaction;
pub use redact::{RedactItem, redact_item};
pub use redact_affair::{RedactAffair, redact_affair};
pub use redact_project::{RedactProject, redact_project};
pub use redact_question::{RedactQuestion, redact_question};
pub use sequence::{Sequenced, Step, sequence, sequence_watched};
pub use status::{LogStatus, status};

use crate::app::App;
use shiji_log::{LogFiles, Peer};
use shiji_record::log::key::{PublicKey, SecretKey};
use shiji_record::log::policy::Policy;
use shiji_record::log::tree::EMPTY_ROOT;
use shiji_store::Store;
use shiji_store::log_state::{LogState, begin_log_state};
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicI64;
use std::sync::{Mutex, PoisonError};

/// The log of an installation: its files, its key, and the state that is kept apart from the towns' database.
pub struct Log {
    pub files: LogFiles,
    pub state: Store,
    /// None where the log is only read.
    pub key: Option<SecretKey>,
    /// Verifies; named by the log's origin.
    pub public: PublicKey,
    /// Who countersigns, and how many of them it takes.
    pub policy: Policy,
    pub peer: Peer,
    /// Of the lease: this copy of the program.
    holder: String,
    compared: AtomicBool,
    /// Milliseconds since 1970 UTC; until then the witnesses are left in peace.
    ask_again_at: AtomicI64,
    standstill: Mutex<Option<Standstill>>,
    /// Witnesses that did not answer as wanted, with what they said.
    silent: Mutex<Vec<(String, String)>>,
}

impl Log {
    /// `holder` is unlike that of every other copy of the program.
    pub fn new(
        files: LogFiles,
        state: Store,
        key: Option<SecretKey>,
        public: PublicKey,
        policy: Policy,
        peer: Peer,
        holder: String,
    ) -> Log {
        Log {
            files,
            state,
            key,
            public,
            policy,
            peer,
            holder,
            compared: AtomicBool::new(false),
            ask_again_at: AtomicI64::new(0),
            standstill: Mutex::new(None),
            silent: Mutex::new(Vec::new()),
        }
    }

    pub fn origin(&self) -> &str {
        self.public.name()
    }

    /// Why nothing is signed, if so.
    pub fn standstill(&self) -> Option<Standstill> {
        self.standstill.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note_standstill(&self, standstill: Option<Standstill>) {
        *self.standstill.lock().unwrap_or_else(PoisonError::into_inner) = standstill;
    }

    /// Witnesses that were asked and did not countersign, with the reason.
    pub fn silent(&self) -> Vec<(String, String)> {
        self.silent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note_silent(&self, silent: Vec<(String, String)>) {
        *self.silent.lock().unwrap_or_else(PoisonError::into_inner) = silent;
    }
}

/// Lays down the state of a new log: an empty tree. What stands there already stays.
///
/// # Errors
/// When the state cannot be written.
pub async fn begin(app: &App, log: &Log) -> Result<(), LogError> {
    let state = LogState {
        origin: log.origin().to_owned(),
        size: 0,
        root: EMPTY_ROOT.to_string(),
        signed_at: app.now(),
        closed_at: None,
    };
    Ok(begin_log_state(&log.state, &state).await?)
}

/// Whether published records wait for an index; one cheap look.
pub async fn is_waiting(app: &App) -> bool {
    let Ok(mut tx) = app.store.read().await else { return false };
    shiji_store::log::queue_length(&mut tx).await.is_ok_and(|length| length > 0)
}

#[cfg(test)]
mod tests;
