//! What was done on a visit is written once. Whoever writes it has the item in the own report; the others put the same words
//! into theirs with one tap, and all of them point to the visit.

use super::accept_visit::{tell_others, visit_link};
use super::step_visit::{Step, take_step};
use crate::app::{Act, App, Change, audit};
use crate::desk::{add_work_item, done_in_words};
use crate::error::AppError;
use shiji_domain::id::{ItemId, PersonId, VisitId};
use shiji_domain::item::ItemKind;
use shiji_domain::notice::NoticeKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::not_yours;
use shiji_domain::text::{ITEM_LENGTH_MOST, optional_line};
use shiji_domain::visit::{VisitMove, VisitState};
use shiji_store::visit::{self, Part};
use shiji_store::{Tx, link, report};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordVisit {
    pub visit: VisitId,
    /// In whose report it goes.
    pub owner: PersonId,
    /// Empty takes the words that another wrote.
    pub text: String,
}

/// # Errors
/// Refuses who does not come, a visit before its day or one that was cancelled, no words where nobody wrote any, a second
/// time, and a report that is filed.
pub async fn record_visit(app: &App, act: &Act, wanted: RecordVisit) -> Result<ItemId, AppError> {
    act.actor.must_write_for(wanted.owner)?;
    let text = optional_line(&wanted.text, ITEM_LENGTH_MOST)?.unwrap_or_default();
    let wanted = RecordVisit { text, ..wanted };
    app.store
        .write("record_visit", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &RecordVisit) -> Result<ItemId, AppError> {
    let place = act.place.place_id;
    let mut visit = visit::visit(tx, place, wanted.visit).await?.ok_or(AppError::NotFound)?;
    let parts = visit::parts_of(tx, place, wanted.visit).await?;
    let own: Vec<&Part> = parts.iter().filter(|part| part.person == wanted.owner).collect();
    if own.is_empty() {
        return Err(not_yours().into());
    }
    let is_first = visit.record_words.is_none();
    let text = match (&visit.record_words, wanted.text.as_str()) {
        // The one record stands; whoever comes later takes it as it is.
        (Some(words), "") => words.clone(),
        (Some(words), typed) if typed == words => words.clone(),
        // Words that somebody typed are never dropped without a word.
        (Some(_), _) => return Err(Refusal::new("refusal-visit-words").into()),
        (None, "") => return Err(Refusal::new("refusal-text-empty").into()),
        (None, words) => words.to_owned(),
    };
    if visit.state == VisitState::Cancelled {
        return Err(Refusal::new("refusal-visit-over").into());
    }
    if is_recorded(tx, act, wanted).await? {
        return Err(Refusal::new("refusal-visit-recorded").into());
    }
    let mut item = None;
    for plan in own.into_iter().filter_map(|part| part.item) {
        let made = done_in_words(app, tx, act, wanted.owner, plan, &text).await?;
        item = item.or(made);
    }
    let item = match item {
        Some(item) => item,
        None => add_work_item(app, tx, act, wanted.owner, &text).await?,
    };
    link::link_item(tx, place, item, visit_link(visit.visit_id), act.millis()).await?;
    if is_first {
        visit.record_words = Some(text.clone());
        visit.record_by = Some(act.person());
    }
    if visit.state == VisitState::Planned {
        // The words are the item's, and public with the issue.
        let held = Step { item: Some(item), ..Step::of(VisitMove::Held) };
        take_step(app, tx, act, &mut visit, &parts, held).await?;
    } else {
        visit::update_visit(tx, place, &visit).await?;
    }
    if is_first {
        tell_others(app, tx, act, &visit, &parts, NoticeKind::VisitChanged).await?;
    }
    let change = Change { act: "visit.record", subject: &visit.visit_id, before: None, after: Some(text) };
    audit(app, tx, act, change).await?;
    Ok(item)
}

async fn is_recorded(tx: &mut Tx, act: &Act, wanted: &RecordVisit) -> Result<bool, AppError> {
    let place = act.place.place_id;
    let link = visit_link(wanted.visit);
    for item in link::items_of_subject(tx, place, link.kind, link.subject).await? {
        if item.kind == ItemKind::Work
            && let Some(report) = report::report(tx, place, item.report_id).await?
            && report.person_id == wanted.owner
        {
            return Ok(true);
        }
    }
    Ok(false)
}
