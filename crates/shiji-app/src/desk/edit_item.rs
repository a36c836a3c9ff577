//! Changing and taking away an item. Two phones never overwrite each other: words typed against an older version are
//! kept beside it until the person has looked at both.

use super::writable::writable_item;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{ConflictId, ItemId};
use shiji_domain::text::{ITEM_LENGTH_MOST, REMARK_LENGTH_MOST, optional_line, required_line};
use shiji_store::Tx;
use shiji_store::report::{self, Conflict, Item};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditItem {
    pub item: ItemId,
    /// The version that the words were typed against.
    pub version: i64,
    pub text: String,
    pub due_on: Option<Date>,
    pub difficulty: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edited {
    /// Kept; the item's version now.
    Saved { version: i64 },
    /// Somebody was first: both texts are kept, and this one waits to be looked at.
    Conflict { conflict: ConflictId, theirs: String, version: i64 },
}

/// # Errors
/// Refuses an empty or endless text, and who may not write there now.
pub async fn edit_item(app: &App, act: &Act, edit: EditItem) -> Result<Edited, AppError> {
    let edit = EditItem {
        text: required_line(&edit.text, ITEM_LENGTH_MOST)?,
        difficulty: optional_line(edit.difficulty.as_deref().unwrap_or_default(), REMARK_LENGTH_MOST)?,
        ..edit
    };
    app.store
        .write("edit_item", &(app, act, edit), |tx, (app, act, edit)| Box::pin(write(app, tx, act, edit)))
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, edit: &EditItem) -> Result<Edited, AppError> {
    let (_, item) = writable_item(tx, act, edit.item).await?;
    let same = item.body == edit.text && item.due_on == edit.due_on && item.difficulty == edit.difficulty;
    if same {
        return Ok(Edited::Saved { version: item.version });
    }
    if item.version != edit.version && item.body != edit.text {
        return keep_conflict(app, tx, act, edit, &item).await;
    }
    // A pass is for the words that were looked at.
    let passed_by = item.passed_by.filter(|_| item.body == edit.text);
    let changed = Item {
        body: edit.text.clone(),
        due_on: edit.due_on,
        difficulty: edit.difficulty.clone(),
        passed_by,
        updated_at: act.millis(),
        updated_by: act.person(),
        ..item.clone()
    };
    report::update_item(tx, act.place.place_id, &changed).await?;
    let change = Change {
        act: "item.edit",
        subject: &edit.item,
        before: Some(item.body.clone()),
        after: Some(edit.text.clone()),
    };
    audit(app, tx, act, change).await?;
    Ok(Edited::Saved { version: item.version + 1 })
}

async fn keep_conflict(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    edit: &EditItem,
    item: &Item,
) -> Result<Edited, AppError> {
    let place = act.place.place_id;
    let waiting = report::conflicts_of(tx, place, item.report_id).await?;
    let same = waiting.iter().find(|conflict| {
        conflict.item_id == item.item_id
            && (edit.text.starts_with(&conflict.body) || conflict.body.starts_with(&edit.text))
    });
    let conflict = match same {
        // One tab that goes on typing makes one conflict, not one per pause.
        Some(conflict) => {
            report::update_conflict(tx, place, conflict.conflict_id, &edit.text).await?;
            conflict.conflict_id
        }
        None => {
            let conflict = Conflict {
                conflict_id: app.new_id(),
                report_id: item.report_id,
                item_id: item.item_id,
                kind: item.kind,
                body: edit.text.clone(),
                created_at: act.millis(),
                created_by: act.person(),
            };
            report::insert_conflict(tx, place, &conflict).await?;
            conflict.conflict_id
        }
    };
    Ok(Edited::Conflict { conflict, theirs: item.body.clone(), version: item.version })
}

/// A named person looked at a warning of personal data and says that it is none (invariant 8).
///
/// # Errors
/// Refuses who may not write there now.
pub async fn pass_item(app: &App, act: &Act, item: ItemId) -> Result<(), AppError> {
    app.store
        .write("pass_item", &(app, act, item), |tx, (app, act, item)| {
            Box::pin(async move {
                let (_, found) = writable_item(tx, act, *item).await?;
                let passed = Item { passed_by: Some(act.person()), ..found };
                report::update_item(tx, act.place.place_id, &passed).await?;
                let after = Some(passed.body.clone());
                audit(app, tx, act, Change { act: "item.pass", subject: item, before: None, after }).await
            })
        })
        .await
}

/// # Errors
/// Refuses who may not write there now.
pub async fn remove_item(app: &App, act: &Act, item: ItemId) -> Result<(), AppError> {
    app.store
        .write("remove_item", &(app, act, item), |tx, (app, act, item)| {
            Box::pin(async move {
                let (_, found) = writable_item(tx, act, *item).await?;
                let place = act.place.place_id;
                for conflict in report::conflicts_of(tx, place, found.report_id).await? {
                    if conflict.item_id == *item {
                        report::delete_conflict(tx, place, conflict.conflict_id).await?;
                    }
                }
                report::delete_item(tx, place, *item).await?;
                let before = Some(found.body);
                audit(app, tx, act, Change { act: "item.remove", subject: item, before, after: None }).await
            })
        })
        .await
}
