//! One issue to one reader, never twice.

use super::{Purpose, link, name_of, sealed_context};
use crate::app::App;
use crate::error::AppError;
use crate::job::{JobError, Worker};
use crate::letter::{Links, Named};
use shiji_domain::follow::Followed;
use shiji_domain::id::SubscriptionId;
use shiji_send::mail::Letter;
use shiji_store::follow::{self, Subscription};
use shiji_store::public::{self, IssueContent};
use shiji_store::roster::Place;

/// Job. What is about to be handed to the mail server is noted first: a program that dies in between leaves the note,
/// and the reader misses a letter rather than getting it twice. What the server did not take is handed over again.
pub(crate) async fn mail_digest(
    worker: &Worker<'_>,
    place: &Place,
    id: SubscriptionId,
    issue: i64,
) -> Result<(), JobError> {
    let app = worker.app;
    let mut tx = app.store.read().await?;
    let found = follow::subscription(&mut tx, place.place_id, id).await?;
    let wanted =
        found.filter(|subscription| subscription.confirmed_at.is_some() && subscription.last_issue < issue);
    let Some(subscription) = wanted else { return Ok(()) };
    let followed: Followed = subscription.followed.parse().map_err(AppError::from)?;
    let named = name_of(&mut tx, place, &followed).await?;
    let content = public::issue_content(&mut tx, place.place_id, issue).await?;
    drop(tx);
    let content = content.ok_or_else(|| JobError::Never(format!("there is no issue {issue}")))?;
    let Some(letter) = letter(worker, place, &subscription, &named, &content)? else {
        return note(app, place, id, issue, Note::End).await;
    };
    if !begin(app, place, id, issue).await? {
        tracing::warn!(place = %place.slug, issue, "a letter may have been sent before the program died; it is not sent again");
        return note(app, place, id, issue, Note::End).await;
    }
    match worker.mail(&letter).await {
        Ok(()) => note(app, place, id, issue, Note::End).await,
        Err(error) => {
            note(app, place, id, issue, Note::TakeBack).await?;
            Err(error)
        }
    }
}

fn letter(
    worker: &Worker<'_>,
    place: &Place,
    subscription: &Subscription,
    named: &Named,
    content: &IssueContent,
) -> Result<Option<Letter>, JobError> {
    let (app, id) = (worker.app, subscription.subscription_id);
    let base = format!("/{}/{}", place.slug, subscription.language);
    let stop = worker.absolute(&format!("{base}{}", link(app, place, Purpose::Stop, id)))?;
    let links = Links { base: worker.absolute(&base)?, stop: stop.clone() };
    let words = worker.letters.digest(place, &subscription.language, named, content, &links);
    let Some(words) = words else { return Ok(None) };
    let to = app
        .secrets
        .open(&sealed_context(place, id), &subscription.address_sealed)
        .map_err(|error| JobError::Never(error.to_string()))?;
    Ok(Some(Letter {
        to,
        from_name: worker.sender(place),
        subject: words.subject,
        text: words.text,
        html: words.html,
        id: format!("digest.{id}.{}", content.issue.number),
        unsubscribe: Some(stop),
    }))
}

async fn begin(app: &App, place: &Place, id: SubscriptionId, issue: i64) -> Result<bool, JobError> {
    let input = (place.place_id, id, issue);
    Ok(app
        .store
        .write("begin_sending", &input, |tx, (place, id, issue)| {
            Box::pin(follow::begin_sending(tx, *place, *id, *issue))
        })
        .await?)
}

#[derive(Clone, Copy)]
enum Note {
    End,
    TakeBack,
}

async fn note(app: &App, place: &Place, id: SubscriptionId, issue: i64, note: Note) -> Result<(), JobError> {
    let input = (place.place_id, id, issue, note);
    app.store
        .write("note_sending", &input, |tx, (place, id, issue, note)| {
            Box::pin(async move {
                match note {
                    Note::End => follow::end_sending(tx, *place, *id, *issue).await,
                    Note::TakeBack => follow::take_back_sending(tx, *place, *id, *issue).await,
                }
            })
        })
        .await?;
    Ok(())
}
