//! A reader asks for mail; the answer is the same whether the address is known or not.

use super::{Purpose, link, name_of, sealed_context};
use crate::app::App;
use crate::error::AppError;
use crate::job::{JobError, JobKind, NewJob, Worker, enqueue};
use serde_json::json;
use shiji_domain::follow::{
    CONFIRMATIONS_IN_AN_HOUR, DAY, Followed, HOUR, UNCONFIRMED_KEPT, confirmations_in_a_day,
};
use shiji_domain::id::SubscriptionId;
use shiji_domain::refusal::Refusal;
use shiji_send::mail::{Letter, is_address};
use shiji_store::Tx;
use shiji_store::follow::{self, Subscription};
use shiji_store::roster::Place;
use shiji_store::search;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFollow {
    pub address: String,
    pub followed: Followed,
    /// As in addresses of pages.
    pub language: String,
}

/// Queues a letter that asks for confirmation, unless the address follows this already or got its letters of the day.
/// Whoever asks is told the same in each case, so that nobody finds out who reads.
///
/// # Errors
/// Refuses what is no address, when no mail is sent here, and when too many ask at once; `NotFound` for what cannot be
/// followed.
pub async fn ask_to_follow(app: &App, place: &Place, wanted: NewFollow) -> Result<(), AppError> {
    if !app.outward.sends_mail() {
        return Err(Refusal::new("refusal-follow-no-mail").into());
    }
    let address = wanted.address.trim().to_owned();
    if !is_address(&address) {
        return Err(Refusal::new("refusal-follow-address").into());
    }
    let wanted = NewFollow { address, ..wanted };
    app.store
        .write("ask_to_follow", &(app, place, wanted), |tx, (app, place, wanted)| {
            Box::pin(ask(app, tx, place, wanted))
        })
        .await
}

async fn ask(app: &App, tx: &mut Tx, place: &Place, wanted: &NewFollow) -> Result<(), AppError> {
    let (place_id, now) = (place.place_id, app.now());
    name_of(tx, place, &wanted.followed).await?;
    // Asked before the address is looked at, so that this refusal tells nothing of it.
    if follow::letters_since(tx, place_id, None, now - HOUR).await? >= CONFIRMATIONS_IN_AN_HOUR {
        return Err(Refusal::new("refusal-follow-many").into());
    }
    // Providers take capitals and small letters for the same.
    let mark = app.secrets.mark(&format!("subscription/{place_id}"), &wanted.address.to_lowercase());
    let known = follow::subscriptions_of(tx, place_id, &mark).await?;
    let has_confirmed = known.iter().any(|subscription| subscription.confirmed_at.is_some());
    let same = known.iter().find(|subscription| subscription.followed == wanted.followed.to_string());
    if same.is_some_and(|subscription| subscription.confirmed_at.is_some()) {
        return Ok(());
    }
    let letters = follow::letters_since(tx, place_id, Some(&mark), now - DAY).await?;
    if letters >= confirmations_in_a_day(has_confirmed) {
        return Ok(());
    }
    let id = match same {
        Some(subscription) => subscription.subscription_id,
        None => insert(app, tx, place, wanted, &mark).await?,
    };
    follow::insert_letter(tx, place_id, &mark, app.new_id(), now).await?;
    let letter = NewJob {
        kind: JobKind::MailConfirmation,
        key: None,
        payload: json!({ "subscription": id }),
        run_at: now,
    };
    enqueue(app, tx, place_id, letter).await?;
    Ok(())
}

async fn insert(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    wanted: &NewFollow,
    mark: &str,
) -> Result<SubscriptionId, AppError> {
    let (id, now): (SubscriptionId, i64) = (app.new_id(), app.now());
    let subscription = Subscription {
        subscription_id: id,
        address_sealed: app.secrets.seal(&*app.entropy, &sealed_context(place, id), &wanted.address),
        address_mark: mark.to_owned(),
        language: wanted.language.clone(),
        followed: wanted.followed.to_string(),
        created_at: now,
        confirmed_at: None,
        last_issue: 0,
        sending_issue: None,
    };
    follow::insert_subscription(tx, place.place_id, &subscription).await?;
    let forget = NewJob {
        kind: JobKind::ForgetUnconfirmed,
        key: Some(id.to_string()),
        payload: json!({ "subscription": id }),
        run_at: now + UNCONFIRMED_KEPT,
    };
    enqueue(app, tx, place.place_id, forget).await?;
    Ok(id)
}

/// Job: the letter that asks for confirmation. Sent twice it does no harm: both have the same link.
pub(crate) async fn mail_confirmation(
    worker: &Worker<'_>,
    place: &Place,
    id: SubscriptionId,
) -> Result<(), JobError> {
    let app = worker.app;
    let mut tx = app.store.read().await?;
    let found = follow::subscription(&mut tx, place.place_id, id).await?;
    let Some(found) = found.filter(|subscription| subscription.confirmed_at.is_none()) else { return Ok(()) };
    let followed: Followed = found.followed.parse().map_err(AppError::from)?;
    let mut named = name_of(&mut tx, place, &followed).await?;
    // A stranger's own words must not travel to a stranger under the town's name: a word is named when a published item has it.
    if let Followed::Matter(word) = &followed
        && search::find(&mut tx, place.place_id, word, search::NEWEST, 1).await?.is_empty()
    {
        named.name = "……".into();
    }
    drop(tx);
    let to = app
        .secrets
        .open(&sealed_context(place, id), &found.address_sealed)
        .map_err(|error| JobError::Never(error.to_string()))?;
    let path = format!("/{}/{}{}", place.slug, found.language, link(app, place, Purpose::Confirm, id));
    let words = worker.letters.confirmation(place, &found.language, &named, &worker.absolute(&path)?);
    let letter = Letter {
        to,
        from_name: worker.sender(place),
        subject: words.subject,
        text: words.text,
        html: words.html,
        id: format!("confirm.{id}"),
        unsubscribe: None,
    };
    worker.mail(&letter).await
}

/// Job: what was not confirmed in time goes, and so do the notes of who was written to.
pub(crate) async fn forget_unconfirmed(app: &App, place: &Place, id: SubscriptionId) -> Result<(), JobError> {
    let input = (place.place_id, id, app.now() - UNCONFIRMED_KEPT);
    app.store
        .write::<_, _, AppError>("forget_unconfirmed", &input, |tx, (place, id, before)| {
            Box::pin(async move {
                follow::delete_unconfirmed(tx, *place, *id).await?;
                Ok(follow::forget_letters(tx, *place, *before).await?)
            })
        })
        .await?;
    Ok(())
}
