//! An act that is sent twice is done once: a phone on a bad connection does not know whether its act arrived.

use crate::app::Act;
use crate::error::AppError;
use shiji_domain::id::ItemId;
use shiji_store::Tx;
use shiji_store::task::{self, Receipt};
use uuid::Uuid;

/// Milliseconds for which an act is known again.
const KEPT: i64 = 14 * 24 * 60 * 60 * 1_000;

/// Whether the act that carries `key` was done already.
pub(super) async fn is_done(tx: &mut Tx, act: &Act, key: Uuid) -> Result<bool, AppError> {
    Ok(task::receipt(tx, act.place.place_id, act.person(), key).await?.is_some())
}

/// Whether `kind` was the last that was done with the line: a second tap, under another key, changes nothing any more.
pub(super) async fn is_last(tx: &mut Tx, act: &Act, kind: &str, subject: Uuid) -> Result<bool, AppError> {
    let receipts = task::receipts_since(tx, act.place.place_id, act.person(), act.millis() - KEPT).await?;
    // Two within one millisecond cannot be told apart by their time: one of them is enough.
    let latest = receipts.iter().find(|one| one.subject == subject).map(|one| one.done_at);
    let same = |one: &Receipt| one.subject == subject && Some(one.done_at) == latest && one.kind == kind;
    Ok(receipts.iter().any(same))
}

/// Keeps what the act did, in its own transaction.
pub(super) async fn keep(
    tx: &mut Tx,
    act: &Act,
    key: Uuid,
    kind: &str,
    subject: Uuid,
    item: Option<ItemId>,
) -> Result<(), AppError> {
    let place = act.place.place_id;
    task::forget_receipts(tx, place, act.person(), act.millis() - KEPT).await?;
    let receipt = Receipt { key, kind: kind.to_owned(), subject, item, done_at: act.millis() };
    task::insert_receipt(tx, place, act.person(), &receipt).await?;
    Ok(())
}
