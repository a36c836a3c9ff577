//! Doing one job: claimed by its lease, acted on outside every transaction, then marked.

use crate::app::App;
use crate::error::AppError;
use shiji_domain::job::{LEASE, is_last, wait_after};
use shiji_store::database::Pending;
use shiji_store::job::{self, Job};
use shiji_store::roster::Place;
use std::time::Duration;

/// Shorter than the lease, so that nobody else begins a job that is still being done.
const TIME_MOST: Duration = Duration::from_secs(120);
/// Characters of a cause that are kept.
const CAUSE_MOST: usize = 300;
/// Milliseconds for which a job that is done keeps its key, and one that failed can be looked at: a year.
const KEPT: i64 = 366 * 24 * 60 * 60 * 1_000;

/// Why a job was not done.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// The other side may be well again later.
    #[error("{0}")]
    Again(String),
    /// Another attempt would end the same way.
    #[error("{0}")]
    Never(String),
}

impl From<AppError> for JobError {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Refused(_) | AppError::NotFound => JobError::Never(error.to_string()),
            other => JobError::Again(other.to_string()),
        }
    }
}

impl From<shiji_store::StoreError> for JobError {
    fn from(error: shiji_store::StoreError) -> Self {
        JobError::Again(error.to_string())
    }
}

/// Whoever does the work of a job.
pub trait Hands: Sync {
    fn act<'a>(&'a self, place: &'a Place, job: &'a Job) -> Pending<'a, Result<(), JobError>>;
}

/// What became of the attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Worked {
    Done,
    /// Tried again at this instant.
    PutOff(i64),
    GivenUp,
    /// The lease ran out meanwhile and somebody else has the job.
    Overtaken,
}

/// Claims the next job that is due and does it; none when nothing is due. Any number of workers may call this at once.
///
/// # Errors
/// Only when the store fails; the job comes again when its lease has run out.
pub async fn work_one(app: &App, place: &Place, hands: &dyn Hands) -> Result<Option<Worked>, AppError> {
    let now = app.now();
    // Asked every second by every worker, so the writer is left alone while there is nothing to do.
    let mut tx = app.store.read().await?;
    let is_due = job::is_job_due(&mut tx, place.place_id, now).await?;
    drop(tx);
    if !is_due {
        return Ok(None);
    }
    let claimed = app
        .store
        .write("claim_job", &(place.place_id, now), |tx, (place, now)| {
            Box::pin(job::claim_job(tx, *place, *now, *now + LEASE))
        })
        .await?;
    let Some(claimed) = claimed else { return Ok(None) };
    // A job whose worker died every time is not begun for ever.
    let result = if claimed.attempts > shiji_domain::job::ATTEMPTS_MOST {
        Err(JobError::Never("every worker that took it died".into()))
    } else {
        match tokio::time::timeout(TIME_MOST, hands.act(place, &claimed)).await {
            Ok(result) => result,
            Err(_) => Err(JobError::Again("it took too long".into())),
        }
    };
    mark(app, place, &claimed, result).await.map(Some)
}

async fn mark(
    app: &App,
    place: &Place,
    claimed: &Job,
    result: Result<(), JobError>,
) -> Result<Worked, AppError> {
    let now = app.now();
    let cause =
        result.as_ref().err().map(|error| error.to_string().chars().take(CAUSE_MOST).collect::<String>());
    let planned = match &result {
        Ok(()) => Worked::Done,
        Err(JobError::Again(_)) if !is_last(claimed.attempts) => {
            Worked::PutOff(now + wait_after(claimed.attempts))
        }
        Err(_) => Worked::GivenUp,
    };
    if let Some(cause) = &cause {
        tracing::warn!(place = %place.slug, kind = %claimed.kind, attempts = claimed.attempts, cause = %cause, outcome = ?planned, "a job failed");
    }
    let input = (place.place_id, claimed, now, cause.unwrap_or_default(), planned.clone());
    let marked = app
        .store
        .write("mark_job", &input, |tx, (place, claimed, now, cause, planned)| {
            Box::pin(async move {
                match planned {
                    Worked::Done => job::finish_job(tx, *place, claimed, *now).await,
                    Worked::PutOff(at) => job::put_off_job(tx, *place, claimed, *at, cause).await,
                    _ => job::give_up_job(tx, *place, claimed, *now, cause).await,
                }
            })
        })
        .await?;
    Ok(if marked { planned } else { Worked::Overtaken })
}

/// Forgets what was done or given up more than a year ago.
///
/// # Errors
/// Only when the store fails.
pub async fn forget_old_jobs(app: &App, place: &Place) -> Result<u64, AppError> {
    let before = app.now() - KEPT;
    Ok(app
        .store
        .write("forget_jobs", &(place.place_id, before), |tx, (place, before)| {
            Box::pin(job::forget_jobs(tx, *place, *before))
        })
        .await?)
}
