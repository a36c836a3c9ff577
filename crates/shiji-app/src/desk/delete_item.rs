//! An item goes from the report, and with it what was said by it.

use crate::app::{Act, App};
use crate::directive::reopen_steps_of;
use crate::error::AppError;
use shiji_domain::id::ItemId;
use shiji_store::{Tx, link, report};

/// Within the caller's transaction, after the caller has looked at rights. Steps of orders that were done by the item are open again.
///
/// # Errors
/// Only when the store fails.
pub(crate) async fn delete_item(app: &App, tx: &mut Tx, act: &Act, item: ItemId) -> Result<(), AppError> {
    let place = act.place.place_id;
    for link in link::links_of(tx, place, item).await? {
        reopen_steps_of(app, tx, act, item, link).await?;
    }
    Ok(report::delete_item(tx, place, item).await?)
}
