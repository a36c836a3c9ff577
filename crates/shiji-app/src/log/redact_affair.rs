//! Takes the public words of an order, a difficulty's story, or whatever else people do together, away for good. Who, when and what
//! became of it stays.

use super::redact::append;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use serde_json::Value;
use shiji_domain::id::{DifficultyId, DirectiveId, PlaceId, VisitId};
use shiji_domain::redaction::RedactionReason;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_record::affair::Affair;
use shiji_record::canonical::Record;
use shiji_record::fact::{Fact, withholdable};
use shiji_record::projection::derive;
use shiji_store::{Tx, difficulty, directive, projection, record, visit};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactAffair {
    /// The order, difficulty, project, visit or meeting.
    pub subject: Uuid,
    pub reason: RedactionReason,
}

/// Takes the words away in the records, the public rows and on the working side; an order that is open keeps its own words there
/// for whoever has to do it, until it ends. Minutes that say an order's words lose their decisions with it.
///
/// # Errors
/// Refuses everybody but the clerk, something that nothing was published of, and what has no words any more.
pub async fn redact_affair(app: &App, act: &Act, wanted: RedactAffair) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    app.store
        .write("redact_affair", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(redact_in(app, tx, act, wanted))
        })
        .await?;
    // A dump is a copy of the words; the next one is made without them.
    crate::open_data::forget_dumps(app, act.place.place_id).await
}

async fn redact_in(app: &App, tx: &mut Tx, act: &Act, wanted: &RedactAffair) -> Result<(), AppError> {
    let place = act.place.place_id;
    let by = shiji_store::roster::staff(tx, place).await?.name(act.person());
    let (mut known, mut taken, mut has_own_words) = (false, false, false);
    let mut all = record::records_about(tx, place, wanted.subject).await?;
    all.extend(minutes_with(tx, place, &all).await?);
    for old in all {
        let Fact::Affair(affair) = &old.fact else { continue };
        known = true;
        has_own_words |= matches!(affair, Affair::Difficulty(fact) if fact.words.is_some());
        let fields = words_of(affair);
        if fields.is_empty() {
            continue;
        }
        let without = old.without(&fields)?;
        record::put_disclosures(tx, &without).await?;
        if let Some(row) = derive(&without) {
            projection::replace_row(tx, &row).await?;
        }
        append(app, tx, act, &old, &fields, wanted.reason, &by).await?;
        taken = true;
    }
    if !known {
        return Err(AppError::NotFound);
    }
    if !taken {
        return Err(Refusal::new("refusal-redacted-already").into());
    }
    directive::scrub(tx, place, DirectiveId(wanted.subject)).await?;
    visit::scrub(tx, place, VisitId(wanted.subject)).await?;
    difficulty::scrub_events(tx, place, DifficultyId(wanted.subject)).await?;
    if has_own_words {
        difficulty::scrub_own_words(tx, place, DifficultyId(wanted.subject)).await?;
    }
    shiji_store::audit::scrub_subject(tx, place, &wanted.subject.to_string()).await?;
    let change = Change {
        act: "affair.redact",
        subject: &wanted.subject,
        before: None,
        after: Some(wanted.reason.code().to_owned()),
    };
    audit(app, tx, act, change).await
}

/// The minutes that say an order's words once more.
async fn minutes_with(tx: &mut Tx, place: PlaceId, records: &[Record]) -> Result<Vec<Record>, AppError> {
    let words = records.iter().find_map(|record| match &record.fact {
        Fact::Affair(Affair::Directive(fact)) => Some((fact.directive, fact.text.clone())),
        _ => None,
    });
    let Some((id, words)) = words.filter(|(_, words)| !words.is_empty()) else { return Ok(Vec::new()) };
    let Some(meeting) = directive::directive(tx, place, id).await?.and_then(|order| order.meeting_id) else {
        return Ok(Vec::new());
    };
    let mut minutes = record::records_about(tx, place, meeting.0).await?;
    minutes.retain(|record| match &record.fact {
        Fact::Affair(Affair::Minutes(fact)) => fact.decisions.contains(&words),
        _ => false,
    });
    Ok(minutes)
}

/// The fields that may be taken away and have something in them.
fn words_of(affair: &Affair) -> Vec<&'static str> {
    let Ok(fact) = affair.to_value() else { return Vec::new() };
    let has_words = |name: &str| match fact.get(name) {
        Some(Value::String(words)) => !words.is_empty(),
        Some(Value::Array(lines)) => !lines.is_empty(),
        _ => false,
    };
    withholdable(affair.kind()).iter().map(|(name, _)| *name).filter(|name| has_words(name)).collect()
}
