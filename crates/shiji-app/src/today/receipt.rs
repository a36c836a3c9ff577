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
