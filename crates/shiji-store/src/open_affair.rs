//! Projects, directives, difficulties, visits and minutes in pages, for programs: the newest first, each with all its records.
//!
//! Architecture invariant: these statements name public tables only.

use crate::database::{StoreError, Tx};
use crate::public;
use crate::public_affair::{affair_of, affairs_about, kind_code};
use crate::value::Value;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, PlaceId};
use shiji_record::affair::Affair;
use shiji_record::fact::Kind;
use shiji_record::projection::AffairRow;
use std::collections::HashMap;
use uuid::Uuid;

/// Comes after every day and every identifier.
const AFTER_ALL: &str = "g";

/// Where the page before ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AffairPosition {
    /// The day on which it became public.
    pub day: Date,
    pub subject: Uuid,
}

/// One of them with everything that was published about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedAffair {
    /// In their order; what it begins with comes first.
    pub rows: Vec<AffairRow>,
    /// Published items that belong to it, in their order, with what exactly they belong to: a milestone of a project,
    /// otherwise the affair itself.
    pub items: Vec<(Uuid, ItemId)>,
    /// Of a difficulty: what is in the way, in its item's words as they read now.
    pub told: Option<String>,
}

/// Those that became public before `after`; with `since`, of which something was published on that day or later. At most
/// `limit`.
pub async fn affairs(
    tx: &mut Tx,
    place: PlaceId,
    kind: Kind,
    since: Option<Date>,
    after: Option<AffairPosition>,
    limit: i64,
) -> Result<Vec<PublishedAffair>, StoreError> {
    let sql = "SELECT f.subject_id AS subject_id, f.published_on AS published_on FROM public_affair f \
               WHERE f.place_id = $1 AND f.kind = $2 AND f.published_on <= $3 \
               AND (f.published_on < $3 OR f.subject_id < $4) \
               AND ($5 = '' OR EXISTS (SELECT 1 FROM public_affair s WHERE s.place_id = f.place_id \
               AND s.subject_id = f.subject_id AND s.published_on >= $5)) \
               ORDER BY f.published_on DESC, f.subject_id DESC LIMIT $6";
    let (day, subject) = match after {
        None => (AFTER_ALL.to_owned(), AFTER_ALL.to_owned()),
        Some(after) => (after.day.to_string(), after.subject.to_string()),
    };
    let since = since.map_or_else(String::new, |day| day.to_string());
    let code = kind_code(kind)?;
    let values: [Value; 6] =
        [place.into(), (&code).into(), day.into(), subject.into(), since.into(), limit.into()];
    let mut subjects: Vec<Uuid> = Vec::new();
    let mut days: Vec<Date> = Vec::new();
    for row in tx.fetch_all(sql, &values).await? {
        subjects.push(row.parsed("subject_id")?);
        days.push(row.parsed("published_on")?);
    }
    let (Some(newest), Some(oldest)) = (days.first(), days.last()) else { return Ok(Vec::new()) };
    let bounds: [Value; 4] = [place.into(), code.into(), (*oldest).into(), (*newest).into()];
    let mut rows = rows_between(tx, &bounds).await?;
    let mut items = items_between(tx, kind, &bounds).await?;
    let mut found = Vec::with_capacity(subjects.len());
    for subject in subjects {
        let rows = rows.remove(&subject).unwrap_or_default();
        let items = items.remove(&subject).unwrap_or_default();
        found.push(complete(tx, place, rows, items).await?);
    }
    Ok(found)
}

/// Records of those that became public from the third to the fourth of `bounds`.
async fn rows_between(tx: &mut Tx, bounds: &[Value; 4]) -> Result<HashMap<Uuid, Vec<AffairRow>>, StoreError> {
    let sql = "SELECT s.subject_id AS subject_id, s.revision AS revision, s.kind AS kind, \
               s.published_on AS published_on, s.fact AS fact, s.commitment AS commitment, s.withheld AS withheld \
               FROM public_affair f JOIN public_affair s ON s.place_id = f.place_id AND s.subject_id = f.subject_id \
               WHERE f.place_id = $1 AND f.kind = $2 AND f.published_on >= $3 AND f.published_on <= $4 \
               ORDER BY s.subject_id, s.revision";
    let mut found: HashMap<Uuid, Vec<AffairRow>> = HashMap::new();
    for row in &tx.fetch_all(sql, bounds).await? {
        found.entry(row.parsed("subject_id")?).or_default().push(affair_of(row)?);
    }
    Ok(found)
}

type Linked = HashMap<Uuid, Vec<(Uuid, ItemId)>>;

async fn items_between(tx: &mut Tx, kind: Kind, bounds: &[Value; 4]) -> Result<Linked, StoreError> {
    let sql = if kind == Kind::Project {
        "SELECT f.subject_id AS affair_id, l.subject_id AS subject_id, l.item_id AS item_id FROM public_affair f \
         JOIN public_milestone m ON m.place_id = f.place_id AND m.project_id = f.subject_id \
         JOIN public_item_link l ON l.place_id = m.place_id AND l.subject_id = m.milestone_id \
         WHERE f.place_id = $1 AND f.kind = $2 AND f.published_on >= $3 AND f.published_on <= $4 \
         ORDER BY l.item_id, l.subject_id"
    } else {
        "SELECT f.subject_id AS affair_id, l.subject_id AS subject_id, l.item_id AS item_id FROM public_affair f \
         JOIN public_item_link l ON l.place_id = f.place_id AND l.subject_id = f.subject_id \
         WHERE f.place_id = $1 AND f.kind = $2 AND f.published_on >= $3 AND f.published_on <= $4 ORDER BY l.item_id"
    };
    let mut found = Linked::new();
    for row in &tx.fetch_all(sql, bounds).await? {
        let link = (row.parsed("subject_id")?, row.parsed("item_id")?);
        found.entry(row.parsed("affair_id")?).or_default().push(link);
    }
    Ok(found)
}

/// A difficulty's item tells it, and stands in its record instead of a link.
async fn complete(
    tx: &mut Tx,
    place: PlaceId,
    rows: Vec<AffairRow>,
    mut items: Vec<(Uuid, ItemId)>,
) -> Result<PublishedAffair, StoreError> {
    let mut told = None;
    if let Some(Affair::Difficulty(fact)) = rows.first().map(|row| &row.affair) {
        let revisions = public::item_revisions(tx, place, fact.item).await?;
        told = revisions.into_iter().last().and_then(|(_, row)| row.fact.difficulty);
        items.push((fact.difficulty.0, fact.item));
    }
    Ok(PublishedAffair { rows, items, told })
}

/// `None` for one that nothing was published of, and for one of another kind.
pub async fn affair(
    tx: &mut Tx,
    place: PlaceId,
    kind: Kind,
    subject: Uuid,
) -> Result<Option<PublishedAffair>, StoreError> {
    let rows = affairs_about(tx, place, subject).await?;
    let Some(first) = rows.first().filter(|row| row.affair.kind() == kind) else { return Ok(None) };
    // Its own day is narrow enough.
    let bounds: [Value; 4] =
        [place.into(), kind_code(kind)?.into(), first.published_on.into(), first.published_on.into()];
    let items = items_between(tx, kind, &bounds).await?.remove(&subject).unwrap_or_default();
    complete(tx, place, rows, items).await.map(Some)
}
