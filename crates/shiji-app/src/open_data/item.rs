//! From the rows of an item to its document: pure.

use super::document::{Evidence, Item, ItemAnswer, Revision};
use shiji_domain::item::ItemKind;
use shiji_record::projection::ItemRow;
use shiji_store::open_data::PublishedItem;
use std::collections::HashMap;

/// Indexes in the log by commitment.
pub type LogIndexes = HashMap<String, u64>;

/// None for an item without revisions, which the store never gives.
pub fn item_document(slug: &str, item: &PublishedItem, latest_issue: i64, log: &LogIndexes) -> Option<Item> {
    let (latest, before) = item.revisions.split_last()?;
    let fact = &latest.fact;
    let answer = item.answer.as_ref().map(|(issue, answer)| ItemAnswer {
        issue: *issue,
        outcome: answer.outcome.code().to_owned(),
        reason: answer.reason.clone(),
        work_item: answer.work_item.map(|id| id.0),
    });
    Some(Item {
        id: fact.item.0,
        issue: item.issue,
        person: fact.person.0,
        kind: fact.item_kind.code().to_owned(),
        position: fact.position,
        text: shown(latest, "text", Some(&fact.text)),
        due_on: fact.due_on,
        difficulty: fact.difficulty.clone(),
        answers: fact.answers.map(|id| id.0),
        evidence: evidence(slug, latest),
        published_on: latest.published_on,
        revision: latest.revision,
        reason: shown(latest, "reason", latest.reason.as_ref()),
        corrected_by: latest.corrected_by.clone(),
        commitment: latest.commitment.clone(),
        withheld: latest.withheld.clone(),
        log_index: log.get(&latest.commitment).copied(),
        earlier: before.iter().map(|row| revision(row, log)).collect(),
        unanswered: fact.item_kind == ItemKind::Plan && answer.is_none() && latest_issue > item.issue,
        answer,
    })
}

/// Nothing, rather than the empty words that stand in the place of what was taken away.
pub(super) fn shown(row: &ItemRow, field: &str, value: Option<&String>) -> Option<String> {
    value.filter(|_| !row.withheld.iter().any(|withheld| withheld == field)).cloned()
}

fn evidence(slug: &str, row: &ItemRow) -> Vec<Evidence> {
    row.fact
        .evidence
        .iter()
        .map(|photo| Evidence {
            caption: photo.caption.clone(),
            media_type: photo.media_type.clone(),
            sha256: photo.sha256.clone(),
            url: format!("/{slug}/zh/photo/{}", photo.sha256),
        })
        .collect()
}

fn revision(row: &ItemRow, log: &LogIndexes) -> Revision {
    Revision {
        revision: row.revision,
        text: shown(row, "text", Some(&row.fact.text)),
        difficulty: row.fact.difficulty.clone(),
        published_on: row.published_on,
        reason: shown(row, "reason", row.reason.as_ref()),
        corrected_by: row.corrected_by.clone(),
        commitment: row.commitment.clone(),
        withheld: row.withheld.clone(),
        log_index: log.get(&row.commitment).copied(),
    }
}
