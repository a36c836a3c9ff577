//! Lists in pages, and single items.

use super::cursor::Cursor;
use super::document::{Answer, Correction, Issue, Item, Redaction};
use super::issue::issue_head;
use super::item::{LogIndexes, item_document, shown};
use crate::app::App;
use crate::error::AppError;
use jiff::civil::Date;
use serde::Serialize;
use shiji_domain::id::ItemId;
use shiji_record::fact::AnswerFact;
use shiji_store::Tx;
use shiji_store::open_data::{
    self, AnswerFilter, ChangePosition, ItemFilter, ItemPosition, PublishedItem, PublishedRedaction,
};
use shiji_store::public;
use shiji_store::roster::Place;
use utoipa::ToSchema;

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Page<T> {
    pub data: Vec<T>,
    /// Address of the next page, relative to this document; null on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Of one element more than wanted: whether there is a next page, and what it goes on after. `next` holds the cursor
    /// until whoever knows the address puts it there.
    pub(super) fn cut<C: Cursor>(mut data: Vec<T>, limit: usize, key: impl Fn(&T) -> C) -> Page<T> {
        let more = data.len() > limit;
        data.truncate(limit);
        let next = data.last().filter(|_| more).map(|last| key(last).to_text());
        Page { data, next }
    }
}

pub(super) fn one_more(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX - 1).saturating_add(1)
}

/// The newest first.
///
/// # Errors
/// Only when the store fails; this holds for every function here that does not say otherwise.
pub async fn issues(
    app: &App,
    place: &Place,
    since: Option<Date>,
    after: Option<i64>,
    limit: usize,
) -> Result<Page<Issue>, AppError> {
    let mut tx = app.store.read().await?;
    let below = after.unwrap_or(i64::MAX);
    let found = public::issues_below(&mut tx, place.place_id, since, below, one_more(limit)).await?;
    let data = found.iter().map(|issue| issue_head(&place.slug, issue)).collect();
    Ok(Page::cut(data, limit, |issue: &Issue| issue.number))
}

/// The issues from the first that was published on or after `since`; `None` when there is none.
async fn narrowed(
    tx: &mut Tx,
    place: &Place,
    issues: open_data::IssueRange,
    since: Option<Date>,
) -> Result<Option<open_data::IssueRange>, AppError> {
    let Some(day) = since else { return Ok(Some(issues)) };
    let first = public::first_issue_since(tx, place.place_id, day).await?;
    Ok(first.map(|first| open_data::IssueRange { first: issues.first.max(first), ..issues }))
}

/// Items of issues that were published on or after `since`, the newest issue first.
pub async fn items(
    app: &App,
    place: &Place,
    mut filter: ItemFilter,
    since: Option<Date>,
    after: Option<ItemPosition>,
    limit: usize,
) -> Result<Page<Item>, AppError> {
    let mut tx = app.store.read().await?;
    let Some(issues) = narrowed(&mut tx, place, filter.issues, since).await? else {
        return Ok(Page { data: Vec::new(), next: None });
    };
    filter.issues = issues;
    let latest = latest_number(&mut tx, place).await?;
    let found = open_data::items(&mut tx, place.place_id, &filter, after, one_more(limit)).await?;
    let data = found
        .iter()
        .filter_map(|item| item_document(&place.slug, item, latest, &LogIndexes::new()))
        .collect();
    Ok(Page::cut(data, limit, |item: &Item| ItemPosition { issue: item.issue, item: ItemId(item.id) }))
}

pub(super) async fn latest_number(tx: &mut Tx, place: &Place) -> Result<i64, AppError> {
    Ok(public::latest_issue(tx, place.place_id).await?.map_or(0, |issue| issue.number))
}

/// # Errors
/// `NotFound` for an item that was never published.
pub async fn item(app: &App, place: &Place, id: ItemId) -> Result<Item, AppError> {
    let mut tx = app.store.read().await?;
    let revisions = public::item_revisions(&mut tx, place.place_id, id).await?;
    let Some((issue, _)) = revisions.first() else { return Err(AppError::NotFound) };
    let found = PublishedItem {
        issue: *issue,
        answer: public::answer_to(&mut tx, place.place_id, id).await?,
        revisions: revisions.into_iter().map(|(_, row)| row).collect(),
    };
    let latest = latest_number(&mut tx, place).await?;
    let mut indexes = LogIndexes::new();
    if let Some(log) = &app.log {
        let entries = shiji_store::log::entries_about(&mut tx, log.origin(), place.place_id, id.0).await?;
        for (index, leaf, _) in entries {
            indexes.insert(shiji_record::canonical::read_leaf(&leaf)?.commitment, index);
        }
    }
    item_document(&place.slug, &found, latest, &indexes).ok_or(AppError::NotFound)
}

/// Answers in issues that were published on or after `since`, the newest issue first.
pub async fn answers(
    app: &App,
    place: &Place,
    mut filter: AnswerFilter,
    since: Option<Date>,
    after: Option<ItemPosition>,
    limit: usize,
) -> Result<Page<Answer>, AppError> {
    let mut tx = app.store.read().await?;
    let Some(issues) = narrowed(&mut tx, place, filter.issues, since).await? else {
        return Ok(Page { data: Vec::new(), next: None });
    };
    filter.issues = issues;
    let found = open_data::answers(&mut tx, place.place_id, &filter, after, one_more(limit)).await?;
    let data = found.iter().map(|(issue, fact)| answer_document(*issue, fact)).collect();
    Ok(Page::cut(data, limit, |answer: &Answer| ItemPosition {
        issue: answer.issue,
        item: ItemId(answer.plan_item),
    }))
}

pub(super) fn answer_document(issue: i64, fact: &AnswerFact) -> Answer {
    Answer {
        plan_item: fact.plan_item.0,
        issue,
        person: fact.person.0,
        outcome: fact.outcome.code().to_owned(),
        reason: fact.reason.clone(),
        work_item: fact.work_item.map(|id| id.0),
    }
}

/// The newest first.
pub async fn corrections(
    app: &App,
    place: &Place,
    since: Option<Date>,
    after: Option<ChangePosition>,
    limit: usize,
) -> Result<Page<Correction>, AppError> {
    let mut tx = app.store.read().await?;
    let limit_more = one_more(limit);
    let found = open_data::corrections(&mut tx, place.place_id, since, after.as_ref(), limit_more).await?;
    let data = found
        .into_iter()
        .map(|(issue, row)| Correction {
            item: row.fact.item.0,
            issue,
            revision: row.revision,
            text: shown(&row, "text", Some(&row.fact.text)),
            reason: shown(&row, "reason", row.reason.as_ref()),
            corrected_by: row.corrected_by.clone(),
            published_on: row.published_on,
            commitment: row.commitment.clone(),
            withheld: row.withheld,
        })
        .collect();
    Ok(Page::cut(data, limit, |correction: &Correction| ChangePosition {
        day: correction.published_on,
        key: correction.item.to_string(),
        revision: correction.revision,
    }))
}

/// The newest first.
pub async fn redactions(
    app: &App,
    place: &Place,
    since: Option<Date>,
    after: Option<ChangePosition>,
    limit: usize,
) -> Result<Page<Redaction>, AppError> {
    let mut tx = app.store.read().await?;
    let limit_more = one_more(limit);
    let found = open_data::redactions(&mut tx, place.place_id, since, after.as_ref(), limit_more).await?;
    let data = found.into_iter().map(redaction_document).collect();
    Ok(Page::cut(data, limit, |redaction: &Redaction| ChangePosition {
        day: redaction.published_on,
        key: redaction.target.clone(),
        revision: 0,
    }))
}

pub(super) fn redaction_document(found: PublishedRedaction) -> Redaction {
    Redaction {
        subject: found.subject,
        issue: found.issue,
        target: found.fact.target,
        fields: found.fact.fields,
        reason: found.fact.reason.code().to_owned(),
        redacted_by: found.fact.redacted_by,
        published_on: found.published_on,
    }
}
