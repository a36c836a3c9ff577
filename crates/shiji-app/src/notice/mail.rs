//! A notice by mail.

use super::contact::sealed_context;
use crate::app::day_in;
use crate::error::AppError;
use crate::job::{JobError, Worker};
use jiff::Timestamp;
use shiji_domain::id::NoticeId;
use shiji_send::mail::Letter;
use shiji_store::roster::Place;
use shiji_store::{notice, roster};

/// Job. A notice that was read meanwhile is not mailed.
pub(crate) async fn mail_notice(worker: &Worker<'_>, place: &Place, id: NoticeId) -> Result<(), JobError> {
    let app = worker.app;
    let mut tx = app.store.read().await?;
    let Some(found) = notice::unread_notice(&mut tx, place.place_id, id).await? else { return Ok(()) };
    let Some(sealed) = notice::contact(&mut tx, place.place_id, found.person_id).await? else {
        return Ok(());
    };
    let staff = roster::staff(&mut tx, place.place_id).await?;
    drop(tx);
    let to = app
        .secrets
        .open(&sealed_context(place.place_id, found.person_id), &sealed)
        .map_err(|error| JobError::Never(error.to_string()))?;
    let written = Timestamp::from_millisecond(found.created_at).map_err(AppError::Time)?;
    let link = worker.absolute(&format!("/{}/zh/desk", place.slug))?;
    let name = staff.name(found.person_id);
    let words = worker.letters.notice(place, found.kind, &name, day_in(place, written)?, &link);
    let letter = Letter {
        to,
        from_name: worker.sender(place),
        subject: words.subject,
        text: words.text,
        html: words.html,
        id: format!("notice.{id}"),
        unsubscribe: None,
    };
    worker.mail(&letter).await
}
