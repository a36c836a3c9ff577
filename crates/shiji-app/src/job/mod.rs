//! Work that is done later: queued in the transaction of the change that asks for it, done at least once by whichever
//! copy of the program comes first, tried again when it fails, and kept as failed when it fails for good.
//!
//! *To add a kind of work:* add it to [`JobKind`], give it an arm in `work.rs`, and call [`enqueue`] in the transaction of
//! the change. A job may be done twice (a worker can die after its last act and before saying so), so what it does must
//! bear that; a `key` makes sure that it is queued once.

mod kind;
mod run;
mod work;

pub use kind::JobKind;
pub use run::{Hands, JobError, Worked, forget_old_jobs, work_one};
pub use work::Worker;

use crate::app::App;
use crate::error::AppError;
use shiji_domain::id::{JobId, PlaceId};
use shiji_store::{Tx, job};

#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    pub kind: JobKind,
    /// Two jobs of one kind with one key are one job, also when the first is done; none: a job of its own.
    pub key: Option<String>,
    /// What the work needs to know: ids, never words that somebody keeps secret.
    pub payload: serde_json::Value,
    /// Milliseconds; not before.
    pub run_at: i64,
}

/// Queues a job; false when its key is known already.
///
/// # Errors
/// Only when the store fails.
pub async fn enqueue(app: &App, tx: &mut Tx, place: PlaceId, new: NewJob) -> Result<bool, AppError> {
    let job_id: JobId = app.new_id();
    let row = job::NewJob {
        job_id,
        kind: new.kind.code(),
        key: &new.key.unwrap_or_else(|| job_id.to_string()),
        payload: &new.payload.to_string(),
        run_at: new.run_at,
        created_at: app.now(),
    };
    Ok(job::insert_job(tx, place, &row).await?)
}

#[cfg(test)]
mod tests;
