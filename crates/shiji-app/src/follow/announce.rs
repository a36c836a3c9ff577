//! An issue is out: a job for each reader and each webhook.

use crate::app::App;
use crate::error::AppError;
use crate::job::{JobError, JobKind, NewJob, enqueue};
use jiff::Timestamp;
use serde_json::json;
use shiji_domain::id::SubscriptionId;
use shiji_store::roster::Place;
use shiji_store::{Tx, follow, hook};

/// Subscriptions looked at in one transaction.
const BATCH: i64 = 500;

/// The job that publishing queues in its own transaction.
pub fn announcement(number: i64, now: Timestamp) -> NewJob {
    NewJob {
        kind: JobKind::AnnounceIssue,
        key: Some(number.to_string()),
        payload: json!({ "issue": number, "published_at": now.as_millisecond() }),
        run_at: now.as_millisecond(),
    }
}

/// Job: done twice, it queues nothing twice, because each job has its key.
pub(crate) async fn announce_issue(
    app: &App,
    place: &Place,
    issue: i64,
    published_at: i64,
) -> Result<(), JobError> {
    app.store
        .write("announce_to_hooks", &(app, place, issue, published_at), |tx, (app, place, issue, at)| {
            Box::pin(to_hooks(app, tx, place, *issue, *at))
        })
        .await?;
    let mut after: Option<SubscriptionId> = None;
    loop {
        let last = app
            .store
            .write("announce_to_readers", &(app, place, issue, after), |tx, (app, place, issue, after)| {
                Box::pin(to_readers(app, tx, place, *issue, *after))
            })
            .await?;
        match last {
            Some(last) => after = Some(last),
            None => return Ok(()),
        }
    }
}

/// A webhook hears of what was published after it was added.
async fn to_hooks(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    issue: i64,
    published_at: i64,
) -> Result<(), AppError> {
    for hook in hook::hooks(tx, place.place_id).await? {
        if hook.created_at <= published_at {
            let job = crate::hook::delivery(hook.hook_id, Some(issue), app.now());
            enqueue(app, tx, place.place_id, job).await?;
        }
    }
    Ok(())
}

/// The last subscription of the batch, while there was one.
async fn to_readers(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    issue: i64,
    after: Option<SubscriptionId>,
) -> Result<Option<SubscriptionId>, AppError> {
    let batch = follow::confirmed_after(tx, place.place_id, after, BATCH).await?;
    for subscription in batch.iter().filter(|subscription| subscription.last_issue < issue) {
        let id = subscription.subscription_id;
        let job = NewJob {
            kind: JobKind::MailDigest,
            key: Some(format!("{id}/{issue}")),
            payload: json!({ "subscription": id, "issue": issue }),
            run_at: app.now(),
        };
        enqueue(app, tx, place.place_id, job).await?;
    }
    Ok(batch.last().map(|subscription| subscription.subscription_id))
}
