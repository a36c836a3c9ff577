//! Corrects a published item: a new record that names the old; the page shows both (invariant 2).

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::ItemId;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_domain::text::{ITEM_LENGTH_MOST, REMARK_LENGTH_MOST, required_line, required_reason};
use shiji_record::canonical::{Heading, Record};
use shiji_record::fact::{CorrectionFact, Fact, ItemFact};
use shiji_record::projection::derive;
use shiji_store::{Tx, log, projection, record, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectItem {
    pub item: ItemId,
    pub text: String,
    pub reason: String,
}

/// # Errors
/// Refuses everybody but the clerk, an unknown item, an empty or unchanged text, a missing reason, and a resident's
/// personal data.
pub async fn correct_item(app: &App, act: &Act, correction: CorrectItem) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    let text = required_line(&correction.text, ITEM_LENGTH_MOST)?;
    let reason = required_reason(&correction.reason, REMARK_LENGTH_MOST)?;
    let found = shiji_text::personal_data(&text).len() + shiji_text::personal_data(&reason).len();
    if found > 0 {
        return Err(Refusal::new("refusal-personal-data").with("count", found).into());
    }
    let wanted = CorrectItem { text, reason, ..correction };
    app.store
        .write("correct_item", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write_correction(app, tx, act, wanted))
        })
        .await
}

async fn write_correction(app: &App, tx: &mut Tx, act: &Act, wanted: &CorrectItem) -> Result<(), AppError> {
    let place_id = act.place.place_id;
    let Some(old) = record::latest_item_record(tx, place_id, wanted.item.0).await? else {
        return Err(AppError::NotFound);
    };
    let fact: &ItemFact = match &old.fact {
        Fact::Item(fact) => fact,
        Fact::Correction(correction) => &correction.item,
        _ => return Err(AppError::NotFound),
    };
    if fact.text == wanted.text {
        return Err(Refusal::new("refusal-text-unchanged").into());
    }
    let staff = roster::staff(tx, place_id).await?;
    let heading = Heading {
        record_id: app.new_id(),
        place: place_id,
        id: wanted.item.0,
        revision: old.leaf.revision + 1,
        replaces: Some(old.leaf.commitment.clone()),
        issue: old.leaf.issue,
        day: act.day()?,
    };
    let corrected = Fact::Correction(CorrectionFact {
        item: ItemFact { text: wanted.text.clone(), ..fact.clone() },
        reason: wanted.reason.clone(),
        corrected_by: staff.name(act.person()),
    });
    let new = Record::new(heading, corrected, || app.random())?;
    let position = record::record_count(tx, place_id, new.leaf.issue).await?;
    record::insert_records(tx, place_id, position, std::slice::from_ref(&new)).await?;
    log::enqueue(tx, place_id, position, std::slice::from_ref(&new), act.millis()).await?;
    projection::insert_rows(tx, &Vec::from_iter(derive(&new))).await?;
    let change = Change {
        act: "item.correct",
        subject: &wanted.item,
        before: Some(fact.text.clone()),
        after: Some(format!("{} ({})", wanted.text, wanted.reason)),
    };
    audit(app, tx, act, change).await
}
