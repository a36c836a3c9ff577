//! Looking at both versions of a text and choosing.

use super::writable::writable_item;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::{ConflictId, ItemId};
use shiji_domain::refusal::Refusal;
use shiji_store::Tx;
use shiji_store::report::{self, Item};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// The words that waited replace those of the item.
    Waiting,
    /// The item stays as it is.
    Standing,
    /// The words that waited become an item of their own.
    Both,
}

impl Resolution {
    fn code(self) -> &'static str {
        match self {
            Resolution::Waiting => "waiting",
            Resolution::Standing => "standing",
            Resolution::Both => "both",
        }
    }
}

impl Resolution {
    pub fn from_code(code: &str) -> Option<Resolution> {
        match code {
            "waiting" => Some(Resolution::Waiting),
            "standing" => Some(Resolution::Standing),
            "both" => Some(Resolution::Both),
            _ => None,
        }
    }
}

/// The choice, and the two texts that the person had before the eyes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolveConflict {
    pub item: ItemId,
    pub conflict: ConflictId,
    /// The item's version that was shown.
    pub version: i64,
    /// The waiting words that were shown.
    pub waiting: String,
    pub resolution: Resolution,
}

/// # Errors
/// `NotFound` when the conflict is gone; refuses who may not write there now, and a choice between texts of which one
/// has changed since it was shown: no word goes that nobody looked at.
pub async fn resolve_conflict(app: &App, act: &Act, wanted: ResolveConflict) -> Result<(), AppError> {
    app.store
        .write("resolve_conflict", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(resolve(app, tx, act, wanted))
        })
        .await
}

async fn resolve(app: &App, tx: &mut Tx, act: &Act, wanted: &ResolveConflict) -> Result<(), AppError> {
    let ResolveConflict { item, conflict, resolution, .. } = *wanted;
    let place = act.place.place_id;
    let (report, found) = writable_item(tx, act, item).await?;
    let waiting = report::conflicts_of(tx, place, report.report_id).await?;
    let waiting =
        waiting.into_iter().find(|waiting| waiting.conflict_id == conflict && waiting.item_id == item);
    let waiting = waiting.ok_or(AppError::NotFound)?;
    if found.version != wanted.version || waiting.body != wanted.waiting {
        return Err(Refusal::new("refusal-report-changed").into());
    }
    let stamp = |item: Item| Item {
        body: waiting.body.clone(),
        passed_by: None,
        updated_at: act.millis(),
        updated_by: act.person(),
        ..item
    };
    match resolution {
        Resolution::Standing => {}
        Resolution::Waiting => {
            report::update_item(tx, place, &stamp(found.clone())).await?;
        }
        Resolution::Both => {
            let last = report::items_of(tx, place, report.report_id).await?;
            let order = last.iter().map(|item| item.order).max().unwrap_or(0) + 1;
            let own =
                Item { item_id: app.new_id(), order, answers_id: None, version: 1, ..stamp(found.clone()) };
            report::insert_items(tx, place, &[own]).await?;
        }
    }
    report::delete_conflict(tx, place, conflict).await?;
    let change = Change {
        act: "item.resolve",
        subject: &item,
        before: Some(found.body),
        after: Some(format!("{}: {}", resolution.code(), waiting.body)),
    };
    audit(app, tx, act, change).await
}
