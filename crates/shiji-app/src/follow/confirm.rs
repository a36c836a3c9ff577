//! Following a link from a letter: saying yes, or saying no for good.

use super::{Purpose, name_of, token};
use crate::app::App;
use crate::error::AppError;
use crate::letter::Named;
use crate::secret::is_same;
use shiji_domain::follow::Followed;
use shiji_domain::id::SubscriptionId;
use shiji_domain::refusal::Refusal;
use shiji_store::roster::Place;
use shiji_store::{follow, public};

/// How the subscription of a link stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Not confirmed yet, or confirmed.
    There { named: Named, confirmed: bool },
    /// Ended, or never confirmed in time.
    Gone,
}

fn check(
    app: &App,
    place: &Place,
    purpose: Purpose,
    id: SubscriptionId,
    given: &str,
) -> Result<(), AppError> {
    if is_same(&token(app, place, purpose, id), given) { Ok(()) } else { Err(AppError::NotFound) }
}

/// # Errors
/// `NotFound` for a link that no letter of ours holds.
pub async fn follow_of_link(
    app: &App,
    place: &Place,
    purpose: Purpose,
    id: SubscriptionId,
    given: &str,
) -> Result<Standing, AppError> {
    check(app, place, purpose, id, given)?;
    let mut tx = app.store.read().await?;
    let Some(found) = follow::subscription(&mut tx, place.place_id, id).await? else {
        return Ok(Standing::Gone);
    };
    let followed: Followed = found.followed.parse()?;
    let named = name_of(&mut tx, place, &followed).await?;
    Ok(Standing::There { named, confirmed: found.confirmed_at.is_some() })
}

/// The next issue is the first that is sent. Saying yes twice is saying it once.
///
/// # Errors
/// `NotFound` for a link that no letter of ours holds; refuses when it came too late.
pub async fn confirm_follow(
    app: &App,
    place: &Place,
    id: SubscriptionId,
    given: &str,
) -> Result<(), AppError> {
    check(app, place, Purpose::Confirm, id, given)?;
    app.store
        .write("confirm_follow", &(app, place.place_id, id), |tx, (app, place, id)| {
            Box::pin(async move {
                if follow::subscription(tx, *place, *id).await?.is_none() {
                    return Err(Refusal::new("refusal-follow-late").into());
                }
                let latest = public::latest_issue(tx, *place).await?.map_or(0, |issue| issue.number);
                Ok(follow::confirm_subscription(tx, *place, *id, app.now(), latest).await?)
            })
        })
        .await
}

/// Deletes the subscription with its address. Saying no twice is saying it once.
///
/// # Errors
/// `NotFound` for a link that no letter of ours holds.
pub async fn stop_following(
    app: &App,
    place: &Place,
    id: SubscriptionId,
    given: &str,
) -> Result<(), AppError> {
    check(app, place, Purpose::Stop, id, given)?;
    app.store
        .write("stop_following", &(place.place_id, id), |tx, (place, id)| {
            Box::pin(async move { Ok(follow::delete_subscription(tx, *place, *id).await?) })
        })
        .await
}
