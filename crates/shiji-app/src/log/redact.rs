//! Takes published words away for good: the values and salts go, and a record says who did it and why (a code).

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::ItemId;
use shiji_domain::redaction::RedactionReason;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_record::canonical::{Heading, Record};
use shiji_record::fact::{Fact, PublicEvidence, RedactionFact};
use shiji_record::projection::derive;
use shiji_store::{Tx, copies, difficulty, evidence, log, projection, public, record, report, roster};

/// The fields of an item that can be taken away together, in every revision of it.
const FIELDS: [&str; 4] = ["text", "difficulty", "evidence", "reason"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactItem {
    pub item: ItemId,
    pub reason: RedactionReason,
}

/// Takes the words, difficulty and photos of a published item away, in all its revisions and in the draft it came from.
/// Everything else of it stays provable. Files that nothing else shows are deleted.
///
/// # Errors
/// Refuses everybody but the clerk, an unknown item, and one whose words are gone already.
pub async fn redact_item(app: &App, act: &Act, wanted: RedactItem) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    let files = app
        .store
        .write("redact_item", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(redact_in(app, tx, act, wanted))
        })
        .await?;
    // A dump is a copy of the words; the next one is made without them.
    crate::open_data::forget_dumps(app, act.place.place_id).await?;
    for file in files {
        app.evidence.remove(act.place.place_id, &file.sha256).await?;
    }
    Ok(())
}

async fn redact_in(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    wanted: &RedactItem,
) -> Result<Vec<PublicEvidence>, AppError> {
    let place = act.place.place_id;
    let records: Vec<Record> = record::records_about(tx, place, wanted.item.0)
        .await?
        .into_iter()
        .filter(|record| matches!(record.fact, Fact::Item(_) | Fact::Correction(_)))
        .collect();
    if records.is_empty() {
        return Err(AppError::NotFound);
    }
    if records.iter().all(|record| record.withheld.contains(&"text")) {
        return Err(Refusal::new("refusal-redacted-already").into());
    }
    let by = roster::staff(tx, place).await?.name(act.person());
    let mut files = Vec::new();
    for old in records.iter().filter(|record| !record.withheld.contains(&"text")) {
        files.extend(evidence_of(&old.fact));
        let fields: Vec<&str> = FIELDS.into_iter().filter(|field| is_field(&old.fact, field)).collect();
        let without = old.without(&fields)?;
        record::put_disclosures(tx, &without).await?;
        if let Some(row) = derive(&without) {
            projection::replace_row(tx, &row).await?;
        }
        append(app, tx, act, old, &fields, wanted.reason, &by).await?;
    }
    report::scrub_item(tx, place, wanted.item).await?;
    difficulty::scrub_words(tx, place, wanted.item).await?;
    copies::scrub_copies(tx, place, wanted.item).await?;
    shiji_store::audit::scrub_subject(tx, place, &wanted.item.to_string()).await?;
    let change = Change {
        act: "item.redact",
        subject: &wanted.item,
        before: None,
        after: Some(wanted.reason.code().to_owned()),
    };
    audit(app, tx, act, change).await?;
    let mut gone = Vec::new();
    for file in files {
        evidence::delete_evidence_of_item(tx, place, wanted.item).await?;
        if !public::is_published_evidence(tx, place, &file.sha256).await?
            && !evidence::is_used(tx, place, &file.sha256).await?
        {
            gone.push(file);
        }
    }
    Ok(gone)
}

fn is_field(fact: &Fact, field: &str) -> bool {
    shiji_record::fact::withholdable(fact.kind()).iter().any(|(name, _)| *name == field)
}

fn evidence_of(fact: &Fact) -> Vec<PublicEvidence> {
    match fact {
        Fact::Item(item) => item.evidence.clone(),
        Fact::Correction(correction) => correction.item.evidence.clone(),
        _ => Vec::new(),
    }
}

pub(crate) async fn append(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    old: &Record,
    fields: &[&str],
    reason: RedactionReason,
    by: &str,
) -> Result<(), AppError> {
    let heading = Heading {
        record_id: app.new_id(),
        place: act.place.place_id,
        id: old.leaf.id,
        revision: old.leaf.revision,
        replaces: Some(old.leaf.commitment.clone()),
        issue: old.leaf.issue,
        day: act.day()?,
    };
    let fact = Fact::Redaction(RedactionFact {
        target: old.leaf.commitment.clone(),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        reason,
        redacted_by: by.to_owned(),
    });
    let new = Record::new(heading, fact, || app.random())?;
    let position = record::record_count(tx, act.place.place_id, new.leaf.issue).await?;
    record::insert_records(tx, act.place.place_id, position, std::slice::from_ref(&new)).await?;
    log::enqueue(tx, act.place.place_id, position, std::slice::from_ref(&new), act.millis()).await?;
    projection::insert_rows(tx, &Vec::from_iter(derive(&new))).await?;
    Ok(())
}
