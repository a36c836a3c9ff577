//! The clerk's page of what leaves the house: webhooks, what was delivered, what failed.

use super::{delivery, robot_context, sealed_context};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::job::{JobKind, enqueue};
use shiji_domain::hook::{HOOKS_MOST, Listener, URL_LENGTH_MOST};
use shiji_domain::id::{HookId, JobId};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_send::hook::{AddressError, secret_of};
use shiji_store::hook::{self, Hook};
use shiji_store::job::{self, JobLine};
use shiji_store::{Tx, follow, roster};

/// Lines of each list.
const LINES_MOST: i64 = 30;
const DELIVERIES_MOST: i64 = 8;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookLine {
    pub hook: Hook,
    pub created_by: String,
    /// The newest first.
    pub deliveries: Vec<JobLine>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingPage {
    pub sends_mail: bool,
    /// Readers who confirmed, and who have not yet.
    pub readers: (u64, u64),
    pub hooks: Vec<HookLine>,
    pub failed: Vec<JobLine>,
    pub delayed: Vec<JobLine>,
    pub waiting: u64,
}

fn must_keep(act: &Act) -> Result<(), Refusal> {
    if act.actor.has(Role::Administrator) { Ok(()) } else { act.actor.must_be(Role::Clerk) }
}

/// # Errors
/// Refuses everybody but clerk and administrator.
pub async fn outgoing_page(app: &App, act: &Act) -> Result<OutgoingPage, AppError> {
    must_keep(act)?;
    let place = act.place.place_id;
    let mut tx = app.store.read().await?;
    let staff = roster::staff(&mut tx, place).await?;
    let mut hooks = Vec::new();
    for hook in hook::hooks(&mut tx, place).await? {
        let prefix = format!("{}/", hook.hook_id);
        let kind = JobKind::CallHook.code();
        let deliveries = job::jobs_with_key(&mut tx, place, kind, &prefix, DELIVERIES_MOST).await?;
        hooks.push(HookLine { created_by: staff.name(hook.created_by), hook, deliveries });
    }
    Ok(OutgoingPage {
        sends_mail: app.outward.sends_mail(),
        readers: follow::subscription_counts(&mut tx, place).await?,
        hooks,
        failed: job::failed_jobs(&mut tx, place, LINES_MOST).await?,
        delayed: job::delayed_jobs(&mut tx, place, LINES_MOST).await?,
        waiting: job::job_count(&mut tx, place, "waiting").await?,
    })
}

/// Adds a webhook and returns its secret, which is shown this once. `robot_secret` is what a robot of 钉钉 or 飞书 gave out to
/// have its messages signed with.
///
/// # Errors
/// Refuses everybody but clerk and administrator, an address that may not be called, a robot's secret for whoever takes none,
/// and more than ten.
pub async fn add_hook(
    app: &App,
    act: &Act,
    url: &str,
    robot_secret: Option<&str>,
) -> Result<String, AppError> {
    must_keep(act)?;
    let url = url.trim();
    if url.len() > URL_LENGTH_MOST {
        return Err(Refusal::new("refusal-hook-address").into());
    }
    let checked = app.outward.hooks.check(url).map_err(|error| {
        Refusal::new(match error {
            AddressError::Private => "refusal-hook-private",
            AddressError::NotHttps => "refusal-hook-https",
            _ => "refusal-hook-address",
        })
    })?;
    if let Some(robot_secret) = robot_secret {
        Listener::of_address(checked.as_str()).check_robot_secret(robot_secret)?;
    }
    let secret = secret_of(&app.random());
    let hook_id: HookId = app.new_id();
    let place = act.place.place_id;
    let seal = |context: &str, secret: &str| app.secrets.seal(&*app.entropy, context, secret);
    let hook = Hook {
        hook_id,
        url: checked.to_string(),
        secret_sealed: seal(&sealed_context(place, hook_id), &secret),
        robot_secret_sealed: robot_secret.map(|secret| seal(&robot_context(place, hook_id), secret)),
        created_at: act.millis(),
        created_by: act.person(),
    };
    app.store
        .write("add_hook", &(app, act, hook), |tx, (app, act, hook)| Box::pin(add(app, tx, act, hook)))
        .await?;
    Ok(secret)
}

async fn add(app: &App, tx: &mut Tx, act: &Act, hook: &Hook) -> Result<(), AppError> {
    let place = act.place.place_id;
    if hook::hooks(tx, place).await?.len() >= HOOKS_MOST {
        return Err(Refusal::new("refusal-hook-many").with("most", HOOKS_MOST).into());
    }
    hook::insert_hook(tx, place, hook).await?;
    // An address may carry a key of its own, so the trail names the host only.
    let after = hook.url.split('/').nth(2).map(str::to_owned);
    audit(app, tx, act, Change { act: "hook.add", subject: &hook.hook_id, before: None, after }).await
}

/// # Errors
/// Refuses everybody but clerk and administrator; `NotFound` for none of this place.
pub async fn remove_hook(app: &App, act: &Act, id: HookId) -> Result<(), AppError> {
    must_keep(act)?;
    app.store
        .write("remove_hook", &(app, act, id), |tx, (app, act, id)| {
            Box::pin(async move {
                if !hook::delete_hook(tx, act.place.place_id, *id).await? {
                    return Err(AppError::NotFound);
                }
                let change = Change { act: "hook.remove", subject: id, before: None, after: None };
                audit(app, tx, act, change).await
            })
        })
        .await
}

/// Queues a call that only tries the way.
///
/// # Errors
/// As [`remove_hook`].
pub async fn try_hook(app: &App, act: &Act, id: HookId) -> Result<(), AppError> {
    must_keep(act)?;
    app.store
        .write("try_hook", &(app, act, id), |tx, (app, act, id)| {
            Box::pin(async move {
                let place = act.place.place_id;
                hook::hook(tx, place, *id).await?.ok_or(AppError::NotFound)?;
                enqueue(app, tx, place, delivery(*id, None, act.millis())).await?;
                let change = Change { act: "hook.try", subject: id, before: None, after: None };
                audit(app, tx, act, change).await
            })
        })
        .await
}

/// A job that was given up begins anew.
///
/// # Errors
/// Refuses everybody but clerk and administrator; `NotFound` for what did not fail.
pub async fn retry_job(app: &App, act: &Act, id: JobId) -> Result<(), AppError> {
    must_keep(act)?;
    app.store
        .write("retry_job", &(app, act, id), |tx, (app, act, id)| {
            Box::pin(async move {
                if !job::revive_job(tx, act.place.place_id, *id, act.millis()).await? {
                    return Err(AppError::NotFound);
                }
                let change = Change { act: "job.retry", subject: id, before: None, after: None };
                audit(app, tx, act, change).await
            })
        })
        .await
}
