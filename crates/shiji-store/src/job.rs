//! The queue of work that is done later. A job is had by whoever holds its lease, and by nobody twice at a time.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use shiji_domain::id::{JobId, PlaceId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob<'a> {
    pub job_id: JobId,
    pub kind: &'a str,
    /// Two jobs of one kind with one key are one job, for as long as it is remembered.
    pub key: &'a str,
    /// JSON.
    pub payload: &'a str,
    /// Milliseconds; not before.
    pub run_at: i64,
    pub created_at: i64,
}

/// A claimed job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub job_id: JobId,
    pub kind: String,
    pub key: String,
    pub payload: String,
    /// This one included. Whoever claims later has a higher number, so it also tells an old holder from the new one.
    pub attempts: i64,
}

/// What became of a job, for people to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobLine {
    pub job_id: JobId,
    pub kind: String,
    pub state: String,
    pub created_at: i64,
    pub run_at: i64,
    pub attempts: i64,
    pub last_error: Option<String>,
    pub finished_at: Option<i64>,
}

/// Queues a job in the transaction of the change that asks for it; false when its key is known already.
pub async fn insert_job(tx: &mut Tx, place: PlaceId, job: &NewJob<'_>) -> Result<bool, StoreError> {
    let sql = "INSERT INTO job (place_id, job_id, kind, job_key, payload, state, created_at, run_at, attempts, lease_until) \
               VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7, 0, 0) ON CONFLICT (place_id, kind, job_key) DO NOTHING";
    let values = [
        place.into(),
        job.job_id.into(),
        job.kind.into(),
        job.key.into(),
        job.payload.into(),
        job.created_at.into(),
        job.run_at.into(),
    ];
    Ok(tx.execute(sql, &values).await? == 1)
}

/// Takes the job that has waited longest and gives it to the caller until `until`. A lost race returns none.
pub async fn claim_job(tx: &mut Tx, place: PlaceId, now: i64, until: i64) -> Result<Option<Job>, StoreError> {
    let sql = "UPDATE job SET lease_until = $2, attempts = attempts + 1 \
               WHERE place_id = $1 AND job_id = (\
               SELECT job_id FROM job WHERE place_id = $1 AND state = 'waiting' AND run_at <= $3 AND lease_until < $3 \
               ORDER BY run_at, job_id LIMIT 1) \
               AND state = 'waiting' AND lease_until < $3 \
               RETURNING job_id, kind, job_key, payload, attempts";
    let row = tx.fetch_optional(sql, &[place.into(), until.into(), now.into()]).await?;
    row.map(|row| {
        Ok(Job {
            job_id: row.parsed("job_id")?,
            kind: row.text("kind")?,
            key: row.text("job_key")?,
            payload: row.text("payload")?,
            attempts: row.int("attempts")?,
        })
    })
    .transpose()
}

/// The job is done; its payload is not needed any more and may name people, so it goes. False when the lease had run
/// out and somebody else has the job now.
pub async fn finish_job(tx: &mut Tx, place: PlaceId, job: &Job, now: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE job SET state = 'done', payload = '', last_error = NULL, lease_until = 0, finished_at = $4 \
               WHERE place_id = $1 AND job_id = $2 AND attempts = $3 AND state = 'waiting'";
    let values = [place.into(), job.job_id.into(), job.attempts.into(), now.into()];
    Ok(tx.execute(sql, &values).await? == 1)
}

/// Another attempt at `run_at`.
pub async fn put_off_job(
    tx: &mut Tx,
    place: PlaceId,
    job: &Job,
    run_at: i64,
    error: &str,
) -> Result<bool, StoreError> {
    let sql = "UPDATE job SET run_at = $4, lease_until = 0, last_error = $5 \
               WHERE place_id = $1 AND job_id = $2 AND attempts = $3 AND state = 'waiting'";
    let values = [place.into(), job.job_id.into(), job.attempts.into(), run_at.into(), error.into()];
    Ok(tx.execute(sql, &values).await? == 1)
}

/// No further attempt until a person asks for one.
pub async fn give_up_job(
    tx: &mut Tx,
    place: PlaceId,
    job: &Job,
    now: i64,
    error: &str,
) -> Result<bool, StoreError> {
    let sql = "UPDATE job SET state = 'failed', lease_until = 0, last_error = $5, finished_at = $4 \
               WHERE place_id = $1 AND job_id = $2 AND attempts = $3 AND state = 'waiting'";
    let values = [place.into(), job.job_id.into(), job.attempts.into(), now.into(), error.into()];
    Ok(tx.execute(sql, &values).await? == 1)
}

/// A failed job begins anew.
pub async fn revive_job(tx: &mut Tx, place: PlaceId, job: JobId, now: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE job SET state = 'waiting', attempts = 0, run_at = $3, finished_at = NULL \
               WHERE place_id = $1 AND job_id = $2 AND state = 'failed'";
    Ok(tx.execute(sql, &[place.into(), job.into(), now.into()]).await? == 1)
}

/// Failed jobs, the newest first.
pub async fn failed_jobs(tx: &mut Tx, place: PlaceId, most: i64) -> Result<Vec<JobLine>, StoreError> {
    let sql = "SELECT job_id, kind, state, created_at, run_at, attempts, last_error, finished_at FROM job \
               WHERE place_id = $1 AND state = 'failed' ORDER BY finished_at DESC, job_id LIMIT $2";
    tx.fetch_all(sql, &[place.into(), most.into()]).await?.iter().map(line_of).collect()
}

/// Jobs that failed at least once and are tried again, the next first.
pub async fn delayed_jobs(tx: &mut Tx, place: PlaceId, most: i64) -> Result<Vec<JobLine>, StoreError> {
    let sql = "SELECT job_id, kind, state, created_at, run_at, attempts, last_error, finished_at FROM job \
               WHERE place_id = $1 AND state = 'waiting' AND last_error IS NOT NULL ORDER BY run_at, job_id LIMIT $2";
    tx.fetch_all(sql, &[place.into(), most.into()]).await?.iter().map(line_of).collect()
}

/// Jobs in a state, such as `waiting`.
pub async fn job_count(tx: &mut Tx, place: PlaceId, state: &str) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) AS many FROM job WHERE place_id = $1 AND state = $2";
    tx.fetch_optional(sql, &[place.into(), state.into()]).await?.map_or(Ok(0), |row| row.size("many"))
}

/// Forgets jobs that were done before `before`, and failed ones too: nobody has asked for them for as long.
pub async fn forget_jobs(tx: &mut Tx, place: PlaceId, before: i64) -> Result<u64, StoreError> {
    let sql = "DELETE FROM job WHERE place_id = $1 AND state <> 'waiting' AND finished_at < $2";
    tx.execute(sql, &[place.into(), before.into()]).await
}

fn line_of(row: &Row) -> Result<JobLine, StoreError> {
    Ok(JobLine {
        job_id: row.parsed("job_id")?,
        kind: row.text("kind")?,
        state: row.text("state")?,
        created_at: row.int("created_at")?,
        run_at: row.int("run_at")?,
        attempts: row.int("attempts")?,
        last_error: row.optional_text("last_error")?,
        finished_at: row.optional_int("finished_at")?,
    })
}

/// Jobs of a kind whose key begins with `prefix`, the newest first.
pub async fn jobs_with_key(
    tx: &mut Tx,
    place: PlaceId,
    kind: &str,
    prefix: &str,
    most: i64,
) -> Result<Vec<JobLine>, StoreError> {
    let sql = "SELECT job_id, kind, state, created_at, run_at, attempts, last_error, finished_at FROM job \
               WHERE place_id = $1 AND kind = $2 AND job_key >= $3 AND job_key < $4 \
               ORDER BY created_at DESC, job_id DESC LIMIT $5";
    // Behind every key with this beginning: ids and what follows them are ASCII.
    let values = [place.into(), kind.into(), prefix.into(), format!("{prefix}\u{7f}").into(), most.into()];
    tx.fetch_all(sql, &values).await?.iter().map(line_of).collect()
}

/// Whether a claim would find something, without writing.
pub async fn is_job_due(tx: &mut Tx, place: PlaceId, now: i64) -> Result<bool, StoreError> {
    let sql = "SELECT job_id FROM job \
               WHERE place_id = $1 AND state = 'waiting' AND run_at <= $2 AND lease_until < $2 LIMIT 1";
    Ok(tx.fetch_optional(sql, &[place.into(), now.into()]).await?.is_some())
}
