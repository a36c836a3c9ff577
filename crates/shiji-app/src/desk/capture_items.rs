//! One box for everything: a line, several, or a whole list with headings.

use super::writable::writable;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, PersonId};
use shiji_domain::item::ItemKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::text::{ITEM_LENGTH_MOST, ITEMS_MOST, PASTE_LENGTH_MOST, required_line};
use shiji_store::Tx;
use shiji_store::report::{self, Item};

/// How many items came out of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Captured {
    pub work: usize,
    pub plan: usize,
}

/// Divides `words` into items and puts them behind those there. Without a heading they are of `kind`.
///
/// # Errors
/// Refuses empty words, more than 20,000 characters, an item over 500, and more than 60 items of a kind.
pub async fn capture_items(
    app: &App,
    act: &Act,
    owner: PersonId,
    kind: ItemKind,
    words: &str,
    due_on: Option<Date>,
) -> Result<Captured, AppError> {
    let length = words.chars().count();
    if length > PASTE_LENGTH_MOST {
        return Err(Refusal::new("refusal-text-long")
            .with("length", length)
            .with("most", PASTE_LENGTH_MOST)
            .into());
    }
    let lines = lines(kind, words)?;
    app.store
        .write("capture_items", &(app, act, owner, lines, due_on), |tx, (app, act, owner, lines, due_on)| {
            Box::pin(add(app, tx, act, *owner, lines, *due_on))
        })
        .await
}

fn lines(kind: ItemKind, words: &str) -> Result<Vec<(ItemKind, String)>, AppError> {
    let (work, plan) = match kind {
        ItemKind::Work => {
            let split = shiji_text::split(words);
            (split.work, split.plan)
        }
        ItemKind::Plan => (Vec::new(), shiji_text::split_cell(words)),
    };
    let tagged = work
        .into_iter()
        .map(|text| (ItemKind::Work, text))
        .chain(plan.into_iter().map(|text| (ItemKind::Plan, text)));
    let mut lines = Vec::new();
    for (kind, text) in tagged {
        lines.push((kind, required_line(&text, ITEM_LENGTH_MOST)?));
    }
    if lines.is_empty() { Err(Refusal::new("refusal-text-empty").into()) } else { Ok(lines) }
}

/// Puts one plan item behind those there, within the caller's transaction.
///
/// # Errors
/// Refuses who may not write for `owner`, more than 60 plans, and a report that is filed or published.
pub(crate) async fn add_plan_item(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    owner: PersonId,
    text: &str,
) -> Result<ItemId, AppError> {
    let lines = [(ItemKind::Plan, text.to_owned())];
    add(app, tx, act, owner, &lines, None).await?;
    let (_, report) = writable(app, tx, act, owner).await?;
    let items = report::items_of(tx, act.place.place_id, report.report_id).await?;
    let newest = items.into_iter().filter(|item| item.kind == ItemKind::Plan).max_by_key(|item| item.order);
    newest.map(|item| item.item_id).ok_or(AppError::NotFound)
}

pub(super) async fn add(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    owner: PersonId,
    lines: &[(ItemKind, String)],
    due_on: Option<Date>,
) -> Result<Captured, AppError> {
    let (_, report) = writable(app, tx, act, owner).await?;
    let place = act.place.place_id;
    let there = report::items_of(tx, place, report.report_id).await?;
    let last = there.iter().map(|item| item.order).max().unwrap_or(0);
    for kind in [ItemKind::Work, ItemKind::Plan] {
        let count = there.iter().map(|item| item.kind).chain(lines.iter().map(|line| line.0));
        if count.filter(|of| *of == kind).count() > ITEMS_MOST {
            return Err(Refusal::new("refusal-items-many").with("most", ITEMS_MOST).into());
        }
    }
    let items: Vec<Item> = (last + 1..)
        .zip(lines)
        .map(|(order, (kind, text))| Item {
            item_id: app.new_id(),
            report_id: report.report_id,
            kind: *kind,
            order,
            body: text.clone(),
            due_on: due_on.filter(|_| *kind == ItemKind::Plan),
            difficulty: None,
            answers_id: None,
            passed_by: None,
            version: 1,
            updated_at: act.millis(),
            updated_by: act.person(),
        })
        .collect();
    report::insert_items(tx, place, &items).await?;
    // One entry for each item, under the item itself: words that are taken away later go from the trail, too.
    for item in &items {
        let (subject, after) = (item.item_id, Some(item.body.clone()));
        audit(app, tx, act, Change { act: "item.capture", subject: &subject, before: None, after }).await?;
    }
    let work = lines.iter().filter(|line| line.0 == ItemKind::Work).count();
    Ok(Captured { work, plan: lines.len() - work })
}
