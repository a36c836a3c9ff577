//! One event to one webhook.

use super::sealed_context;
use crate::app::App;
use crate::job::{JobError, JobKind, NewJob};
use serde_json::{Value, json};
use shiji_domain::id::HookId;
use shiji_send::hook::{Call, CallError};
use shiji_store::job::Job;
use shiji_store::public::Issue;
use shiji_store::roster::Place;
use shiji_store::{hook, public};

/// The delivery of an issue, or of a call that only tries the way; each issue goes to each webhook once.
pub(crate) fn delivery(hook: HookId, issue: Option<i64>, now: i64) -> NewJob {
    let key = match issue {
        Some(issue) => format!("{hook}/issue {issue}"),
        None => format!("{hook}/try {now}"),
    };
    NewJob {
        kind: JobKind::CallHook,
        key: Some(key),
        payload: json!({ "hook": hook, "issue": issue }),
        run_at: now,
    }
}

/// Job. The id in the call is the job's, so that a receiver can tell a second attempt from a second event.
pub(crate) async fn call_hook(
    app: &App,
    place: &Place,
    id: HookId,
    issue: Option<i64>,
    job: &Job,
) -> Result<(), JobError> {
    let mut tx = app.store.read().await?;
    let Some(found) = hook::hook(&mut tx, place.place_id, id).await? else { return Ok(()) };
    let issue = match issue {
        Some(number) => public::issue(&mut tx, place.place_id, number).await?,
        None => None,
    };
    drop(tx);
    let secret = app
        .secrets
        .open(&sealed_context(place.place_id, id), &found.secret_sealed)
        .map_err(|error| JobError::Never(error.to_string()))?;
    let call = Call {
        url: found.url,
        id: format!("msg_{}", job.job_id.0.simple()),
        timestamp: app.clock.now().as_second(),
        body: body(app, place, issue.as_ref()).to_string(),
        secret,
    };
    app.outward.hooks.call(&call).await.map_err(|error| match error {
        CallError::Again(cause) => JobError::Again(cause),
        CallError::Never(cause) => JobError::Never(cause),
    })
}

fn body(app: &App, place: &Place, issue: Option<&Issue>) -> Value {
    let named = json!({ "slug": place.slug, "name": place.name });
    let Some(issue) = issue else {
        return json!({ "event": "test", "place": named });
    };
    let path = format!("/{}/zh/issue/{}", place.slug, issue.number);
    json!({
        "event": "issue.published",
        "place": named,
        "issue": issue.number,
        "first_day": issue.first_day,
        "last_day": issue.last_day,
        "published_on": issue.published_on,
        "url": app.outward.address_of(&path).unwrap_or(path),
        "counts": {
            "expected": issue.expected,
            "filed": issue.filed,
            "on_leave": issue.on_leave,
            "late": issue.late,
            "items": issue.items,
        },
    })
}
