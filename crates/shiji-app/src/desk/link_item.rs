//! Saying what an item belongs to, so that the directive, the milestone or the visit is moved by it.

use super::file_report::{file, take_back_filed};
use super::writable::addable_item;
use crate::app::{Act, App, Change, audit};
use crate::directive::reopen_steps_of;
use crate::error::AppError;
use shiji_domain::id::ItemId;
use shiji_domain::link::ItemLink;
use shiji_domain::refusal::Refusal;
use shiji_store::Tx;
use shiji_store::link;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkItem {
    pub item: ItemId,
    pub link: ItemLink,
    /// False takes the link away; a step of an order that was done by the item is open again.
    pub linked: bool,
}

/// # Errors
/// Refuses who may not write there now, and what the item's owner has no part in. A report that is handed in is taken back for it
/// and handed in again, until the meeting begins.
pub async fn link_item(app: &App, act: &Act, wanted: LinkItem) -> Result<(), AppError> {
    app.store
        .write("link_item", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, *wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: LinkItem) -> Result<(), AppError> {
    let place = act.place.place_id;
    let (report, item) = addable_item(tx, act, wanted.item).await?;
    let was_filed = take_back_filed(app, tx, act, report.person_id).await?;
    let code = format!("{} {}", wanted.link.kind.code(), wanted.link.subject);
    let change = if wanted.linked {
        let candidates = crate::affair::candidates(tx, act, report.person_id, &item.body).await?;
        if !candidates.iter().any(|candidate| candidate.link == wanted.link) {
            return Err(Refusal::new("refusal-link-unknown").into());
        }
        link::link_item(tx, place, wanted.item, wanted.link, act.millis()).await?;
        Change { act: "item.link", subject: &wanted.item, before: None, after: Some(code) }
    } else {
        reopen_steps_of(app, tx, act, wanted.item, wanted.link).await?;
        link::unlink_item(tx, place, wanted.item, wanted.link).await?;
        Change { act: "item.unlink", subject: &wanted.item, before: Some(code), after: None }
    };
    audit(app, tx, act, change).await?;
    if was_filed { file(app, tx, act, report.person_id).await } else { Ok(()) }
}
