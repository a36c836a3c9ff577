//! Records that are published between two issues: questions, projects, directives and whatever else does not wait for Monday.
//! They stand under the latest issue.

use crate::app::{App, day_in};
use crate::error::AppError;
use jiff::Timestamp;
use shiji_record::affair::Affair;
use shiji_record::canonical::{Heading, Record};
use shiji_record::fact::{Fact, PlaceFact};
use shiji_record::projection::derive;
use shiji_store::roster::Place;
use shiji_store::{Tx, log, projection, public, record};

/// The number of the latest issue: what happens between two issues stands under the first.
pub(crate) async fn issue_now(tx: &mut Tx, place: &Place) -> Result<i64, AppError> {
    Ok(public::latest_issue(tx, place.place_id).await?.map_or(0, |issue| issue.number))
}

/// What a place is called stands before everything else of it: a question may come before the first issue, and whoever
/// reads the log in its order has to know whose it is.
pub(crate) async fn name_place(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    now: Timestamp,
) -> Result<(), AppError> {
    if projection::latest_place(tx, place.place_id).await?.is_some() {
        return Ok(());
    }
    let heading = Heading {
        record_id: app.new_id(),
        place: place.place_id,
        id: place.place_id.0,
        revision: 1,
        replaces: None,
        issue: issue_now(tx, place).await?,
        day: day_in(place, now)?,
    };
    let fact = PlaceFact {
        slug: place.slug.clone(),
        name: place.name.clone(),
        name_en: place.name_en.clone(),
        time_zone: place.time_zone.clone(),
    };
    append(tx, place, now, Record::new(heading, Fact::Place(fact), || app.random())?).await
}

pub(crate) async fn append(tx: &mut Tx, place: &Place, now: Timestamp, new: Record) -> Result<(), AppError> {
    let position = record::record_count(tx, place.place_id, new.leaf.issue).await?;
    record::insert_records(tx, place.place_id, position, std::slice::from_ref(&new)).await?;
    log::enqueue(tx, place.place_id, position, std::slice::from_ref(&new), now.as_millisecond()).await?;
    projection::insert_rows(tx, &Vec::from_iter(derive(&new))).await?;
    Ok(())
}

/// Publishes the next record of a project, directive, difficulty, visit or meeting within the caller's transaction; it names
/// the one before it. Returns its number, from 1.
///
/// # Errors
/// `NotFound` for a step of something that nothing was published of.
pub(crate) async fn publish_affair(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    now: Timestamp,
    affair: Affair,
) -> Result<i64, AppError> {
    name_place(app, tx, place, now).await?;
    let subject = affair.subject();
    let before = record::records_about(tx, place.place_id, subject)
        .await?
        .into_iter()
        .filter(|record| matches!(record.fact, Fact::Affair(_)))
        .max_by_key(|record| record.leaf.revision);
    if affair.kind().goes_on() && before.is_none() {
        return Err(AppError::NotFound);
    }
    let revision = before.as_ref().map_or(0, |record| record.leaf.revision) + 1;
    let heading = Heading {
        record_id: app.new_id(),
        place: place.place_id,
        id: subject,
        revision,
        replaces: before.map(|record| record.leaf.commitment),
        issue: issue_now(tx, place).await?,
        day: day_in(place, now)?,
    };
    append(tx, place, now, Record::new(heading, Fact::Affair(affair), || app.random())?).await?;
    Ok(revision)
}
