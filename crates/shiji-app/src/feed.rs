//! Reading for feeds and calendars: public tables only, as in [`crate::board`].

use crate::app::App;
use crate::board::{PersonRecord, issue, person, unit};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, OrganizationId, PersonId};
use shiji_record::fact::RosterFact;
use shiji_record::projection::ItemRow;
use shiji_store::public::{self, Issue, IssueContent};
use shiji_store::roster::Place;
use shiji_store::search;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// When something was last taken away of an item.
///
/// # Errors
/// Only when the store fails.
pub async fn redactions(app: &App, place: &Place) -> Result<HashMap<ItemId, Date>, AppError> {
    let mut tx = app.store.read().await?;
    Ok(public::redacted_items(&mut tx, place.place_id).await?.into_iter().collect())
}

/// Everybody who ever filed in the unit, each with the lines of the time in this unit only; those of the newest issue
/// first.
///
/// # Errors
/// `NotFound` for a unit that stands in no issue.
pub async fn unit_records(
    app: &App,
    place: &Place,
    of: OrganizationId,
) -> Result<(String, Vec<PersonRecord>), AppError> {
    let lines = unit(app, place, of).await?;
    let name = lines.first().map(|(_, line)| line.unit_name.clone()).unwrap_or_default();
    let mut people: Vec<PersonId> = Vec::new();
    for (_, line) in &lines {
        if !people.contains(&line.person) {
            people.push(line.person);
        }
    }
    let mut records = Vec::with_capacity(people.len());
    for id in people {
        let mut record = person(app, place, id).await?;
        record.lines.retain(|(_, line)| line.unit == of);
        records.push(record);
    }
    Ok((name, records))
}

/// A published item that holds a word.
#[derive(Debug, Clone)]
pub struct Hit {
    pub issue: Issue,
    pub person: Option<RosterFact>,
    /// The first published first.
    pub revisions: Vec<ItemRow>,
}

/// The newest items with every word of `words`.
///
/// # Errors
/// Only when the store fails.
pub async fn matter(app: &App, place: &Place, words: &str, most: usize) -> Result<Vec<Hit>, AppError> {
    let mut tx = app.store.read().await?;
    let place_id = place.place_id;
    let mut issues: HashMap<i64, (Issue, Vec<RosterFact>)> = HashMap::new();
    let mut hits = Vec::new();
    for (_, item) in search::find(&mut tx, place_id, words, search::NEWEST, most).await? {
        let revisions = public::item_revisions(&mut tx, place_id, item).await?;
        let Some((number, first)) = revisions.first().map(|(number, row)| (*number, row.fact.person)) else {
            continue;
        };
        let (issue, people) = match issues.entry(number) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => {
                let found = public::issue(&mut tx, place_id, number).await?.ok_or(AppError::NotFound)?;
                let people = shiji_store::projection::people_of_issue(&mut tx, place_id, number).await?;
                free.insert((found, people))
            }
        };
        hits.push(Hit {
            issue: issue.clone(),
            person: people.iter().find(|line| line.person == first).cloned(),
            revisions: revisions.into_iter().map(|(_, row)| row).collect(),
        });
    }
    Ok(hits)
}

/// The newest issues whole, the newest first; at most `most`.
///
/// # Errors
/// Only when the store fails.
pub async fn newest_issues(app: &App, place: &Place, most: i64) -> Result<Vec<IssueContent>, AppError> {
    let mut contents = Vec::new();
    let Some(latest) = issue(app, place, None).await? else { return Ok(contents) };
    let number = latest.issue.number;
    contents.push(latest);
    for earlier in ((number - most + 1).max(1)..number).rev() {
        contents.extend(issue(app, place, Some(earlier)).await?);
    }
    Ok(contents)
}
