//! Taking in a log that was published, another installation's or one's own that was lost: the records, and from them
//! everything public.

use super::fault::LogError;
use crate::app::App;
use crate::error::AppError;
use shiji_domain::calendar::Days;
use shiji_domain::id::PlaceId;
use shiji_domain::report::ReportState;
use shiji_record::canonical::{Record, RecordError};
use shiji_record::fact::{Fact, IssueFact, PlaceFact};
use shiji_record::payload::Payload;
use shiji_record::projection::derive;
use shiji_store::calendar::{self, Period};
use shiji_store::roster::Place;
use shiji_store::{Tx, log as entries, projection, record, report, roster};
use std::collections::BTreeSet;

/// Entries of a log from `first` on, each with what opens it.
pub struct Copied<'a> {
    pub origin: &'a str,
    pub first: u64,
    pub entries: Vec<(String, Payload)>,
}

/// Writes verified entries and derives their rows; an entry that is there already only loses what was taken away since.
///
/// # Errors
/// When an entry does not open, or the store fails; then none of them is written.
pub async fn take_in(app: &App, copied: &Copied<'_>) -> Result<(), LogError> {
    let less = app
        .store
        .write::<_, _, AppError>("take_in", &(app, copied), |tx, (app, copied)| {
            Box::pin(async move {
                let mut less = BTreeSet::new();
                let known = entries::entry_count(tx, copied.origin).await?;
                let queued = entries::queued(tx).await?;
                for (index, (leaf, payload)) in (copied.first..).zip(&copied.entries) {
                    let stored = payload.to_stored();
                    if index < known {
                        less.extend(refresh(tx, copied.origin, index, leaf, stored).await?);
                    } else if let Some(own) = queued.iter().find(|own| own.leaf == *leaf) {
                        // Published here and signed, and the copy that was brought back did not know of its index yet.
                        entries::insert_entry(tx, copied.origin, index, own.place, own.record).await?;
                        entries::unqueue(tx, own.place, own.record).await?;
                    } else {
                        add(app, tx, copied.origin, index, leaf, stored).await?;
                    }
                }
                Ok(less)
            })
        })
        .await?;
    for place in less {
        crate::open_data::forget_dumps(app, place).await?;
    }
    Ok(())
}

async fn add(
    app: &App,
    tx: &mut Tx,
    origin: &str,
    index: u64,
    leaf: &str,
    stored: Vec<String>,
) -> Result<(), AppError> {
    let new = Record::open(app.new_id(), leaf, stored)?;
    if let Fact::LogEnd(_) = new.fact {
        entries::append_own(tx, origin, &new).await?;
        return Ok(());
    }
    let place = new.leaf.place;
    if let Fact::Place(fact) = &new.fact {
        put_place(app, tx, place, fact).await?;
    }
    let position = record::record_count(tx, place, new.leaf.issue).await?;
    record::insert_records(tx, place, position, std::slice::from_ref(&new)).await?;
    projection::insert_rows(tx, &Vec::from_iter(derive(&new))).await?;
    entries::insert_entry(tx, origin, index, place, new.record_id).await?;
    if let Fact::Issue(issue) = &new.fact {
        close_period(app, tx, place, issue).await?;
    }
    Ok(())
}

/// Where a town works on, the week of an issue that comes back is over; in a copy nobody works, and there are no weeks.
async fn close_period(app: &App, tx: &mut Tx, place: PlaceId, issue: &IssueFact) -> Result<(), AppError> {
    let periods = calendar::periods(tx, place).await?;
    let days = Days { first: issue.first_day, last: issue.last_day };
    if let Some(period) = periods.iter().find(|period| period.days == days) {
        calendar::number_period(tx, place, period.period_id, issue.number).await?;
        let published = [ReportState::Accepted, ReportState::Filed];
        report::publish_reports(tx, place, period.period_id, &published).await?;
    } else if let Some(last) = periods.last() {
        let period = Period { period_id: app.new_id(), days, issue_number: Some(issue.number), ..*last };
        calendar::insert_period(tx, place, &period).await?;
    }
    Ok(())
}

/// Words that the original has taken away since are taken away here; nothing else of an entry can change. Returns the place
/// whose words they were.
async fn refresh(
    tx: &mut Tx,
    origin: &str,
    index: u64,
    leaf: &str,
    stored: Vec<String>,
) -> Result<Option<PlaceId>, AppError> {
    let ours = entries::entries(tx, origin, index, index + 1).await?.pop();
    if ours.as_deref() != Some(leaf) {
        return Err(RecordError::Canonical.into());
    }
    let Some((_, id)) = entries::record_at(tx, origin, index).await? else { return Ok(None) };
    let known = entries::payloads(tx, origin, index, index + 1).await?.pop();
    if known.is_some_and(|known| known.withheld() >= Payload::from_stored(&stored).withheld()) {
        return Ok(None);
    }
    let less = Record::open(id, leaf, stored)?;
    record::put_disclosures(tx, &less).await?;
    if let Some(row) = derive(&less) {
        projection::replace_row(tx, &row).await?;
    }
    Ok(Some(less.leaf.place))
}

async fn put_place(app: &App, tx: &mut Tx, place_id: PlaceId, fact: &PlaceFact) -> Result<(), AppError> {
    let place = Place {
        place_id,
        slug: fact.slug.clone(),
        name: fact.name.clone(),
        name_en: fact.name_en.clone(),
        time_zone: fact.time_zone.clone(),
    };
    if roster::update_place(tx, &place).await? == 0 {
        roster::insert_place(tx, &place, app.now()).await?;
    }
    Ok(())
}

/// Notes the checkpoint up to which the copy reaches.
///
/// # Errors
/// When the store fails.
pub async fn note_copied(app: &App, origin: &str, size: u64, root: &str) -> Result<(), LogError> {
    app.store
        .write("note_copied", &(origin, size, root), |tx, (origin, size, root)| {
            Box::pin(entries::put_head(tx, origin, *size, root))
        })
        .await?;
    Ok(())
}

/// Entries that the copy holds.
///
/// # Errors
/// When the store fails.
pub async fn copied_size(app: &App, origin: &str) -> Result<u64, LogError> {
    Ok(entries::entry_count(&mut app.store.read().await?, origin).await?)
}
