//! Changing and taking away an item. Two phones never overwrite each other: words typed against an older version are
//! kept beside it until the person has looked at both.

use super::delete_item::delete_item;
use super::writable::writable_item;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::ItemId;
use shiji_domain::refusal::Refusal;
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
    /// Somebody was first with another text: both are kept, and this one waits to be looked at.
    Conflict { theirs: String },
    /// Somebody was first with another day or difficulty: both are in the item now, which is to be looked at.
    Merged { theirs: String },
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
    let late = item.version != edit.version;
    let differs = late && item.body != edit.text;
    if differs {
        keep_conflict(app, tx, act, edit, &item).await?;
    }
    let theirs = item.body.clone();
    let changed = if late { merged(edit, &item) } else { replaced(edit, &item) };
    let version = item.version + 1;
    if changed.due_on != item.due_on || changed.difficulty != item.difficulty || changed.body != item.body {
        put(app, tx, act, &item, changed).await?;
    }
    Ok(match (differs, late) {
        (true, _) => Edited::Conflict { theirs },
        (false, true) => Edited::Merged { theirs },
        (false, false) => Edited::Saved { version },
    })
}

fn replaced(edit: &EditItem, item: &Item) -> Item {
    Item {
        body: edit.text.clone(),
        due_on: edit.due_on,
        difficulty: edit.difficulty.clone(),
        // A pass is for the words that were looked at.
        passed_by: item.passed_by.filter(|_| item.body == edit.text && item.difficulty == edit.difficulty),
        ..item.clone()
    }
}

/// What was typed against an older version, beside what has come since: no word of either goes. A day that is there
/// stays.
fn merged(edit: &EditItem, item: &Item) -> Item {
    let difficulty = match (&item.difficulty, &edit.difficulty) {
        (Some(theirs), Some(own)) if own.contains(theirs.as_str()) => Some(own.clone()),
        (Some(theirs), Some(own)) if !theirs.contains(own.as_str()) => Some(format!("{theirs} {own}")),
        (theirs, own) => theirs.clone().or_else(|| own.clone()),
    };
    let passed_by = item.passed_by.filter(|_| item.difficulty == difficulty);
    Item { due_on: item.due_on.or(edit.due_on), difficulty, passed_by, ..item.clone() }
}

async fn put(app: &App, tx: &mut Tx, act: &Act, before: &Item, after: Item) -> Result<(), AppError> {
    let changed = Item { updated_at: act.millis(), updated_by: act.person(), ..after };
    report::update_item(tx, act.place.place_id, &changed).await?;
    let change = Change {
        act: "item.edit",
        subject: &before.item_id,
        before: Some(words(before)),
        after: Some(words(&changed)),
    };
    audit(app, tx, act, change).await
}

/// Everything that was written in an item, for the audit trail.
fn words(item: &Item) -> String {
    let due = item.due_on.map(|day| day.to_string());
    [Some(item.body.clone()), due, item.difficulty.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("\n")
}

async fn keep_conflict(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    edit: &EditItem,
    item: &Item,
) -> Result<(), AppError> {
    let place = act.place.place_id;
    let waiting = report::conflicts_of(tx, place, item.report_id).await?;
    let same = waiting.iter().find(|conflict| {
        conflict.item_id == item.item_id
            && (edit.text.starts_with(&conflict.body) || conflict.body.starts_with(&edit.text))
    });
    match same {
        // One tab that goes on typing makes one conflict, not one per pause. The longer text holds the shorter.
        Some(conflict) if edit.text.len() <= conflict.body.len() => return Ok(()),
        Some(conflict) => report::update_conflict(tx, place, conflict.conflict_id, &edit.text).await?,
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
        }
    }
    let after = Some(edit.text.clone());
    audit(app, tx, act, Change { act: "item.conflict", subject: &item.item_id, before: None, after }).await
}

fn must_be_at(item: &Item, version: i64) -> Result<(), Refusal> {
    if item.version == version { Ok(()) } else { Err(Refusal::new("refusal-report-changed")) }
}

/// A named person looked at a warning of personal data and says that it is none (invariant 8).
///
/// # Errors
/// Refuses who may not write there now, and words that have changed since `version` was looked at.
pub async fn pass_item(app: &App, act: &Act, item: ItemId, version: i64) -> Result<(), AppError> {
    app.store
        .write("pass_item", &(app, act, item, version), |tx, (app, act, item, version)| {
            Box::pin(async move {
                let (_, found) = writable_item(tx, act, *item).await?;
                must_be_at(&found, *version)?;
                let passed = Item { passed_by: Some(act.person()), ..found };
                report::update_item(tx, act.place.place_id, &passed).await?;
                let after = Some(passed.body.clone());
                audit(app, tx, act, Change { act: "item.pass", subject: item, before: None, after }).await
            })
        })
        .await
}

/// # Errors
/// Refuses who may not write there now, words that have changed since `version` was looked at, and an item beside
/// which other words still wait.
pub async fn remove_item(app: &App, act: &Act, item: ItemId, version: i64) -> Result<(), AppError> {
    app.store
        .write("remove_item", &(app, act, item, version), |tx, (app, act, item, version)| {
            Box::pin(async move {
                let (_, found) = writable_item(tx, act, *item).await?;
                must_be_at(&found, *version)?;
                let place = act.place.place_id;
                let waiting = report::conflicts_of(tx, place, found.report_id).await?;
                let waiting = waiting.iter().filter(|conflict| conflict.item_id == *item).count();
                if waiting > 0 {
                    return Err(Refusal::new("refusal-conflict-open").with("count", waiting).into());
                }
                delete_item(app, tx, act, *item).await?;
                let before = Some(words(&found));
                audit(app, tx, act, Change { act: "item.remove", subject: item, before, after: None }).await
            })
        })
        .await
}
