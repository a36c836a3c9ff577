//! Reading the public side in pages, for programs: each page goes on after the last key of the page before, so an issue
//! that is published between two pages moves nothing.
//!
//! Architecture invariant: these statements name public tables only.

use crate::database::{StoreError, Tx};
use crate::projection_row::{answer_of, item_columns, item_of, person_of, redaction_of};
use crate::value::{Row, Value};
use jiff::civil::Date;
use shiji_domain::id::{ItemId, OrganizationId, PersonId, PlaceId};
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::roster::FilingDuty;
use shiji_record::fact::{AnswerFact, PublicPost, RedactionFact, RosterFact};
use shiji_record::projection::ItemRow;
use std::collections::HashMap;
use uuid::Uuid;

/// Comes after every identifier and digest, which are hexadecimal.
const AFTER_ALL: &str = "g";
/// Comes after every day.
const AFTER_ALL_DAYS: &str = "9999-12-32";

/// Issues by number, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IssueRange {
    pub first: i64,
    pub last: i64,
}

impl IssueRange {
    pub const ALL: IssueRange = IssueRange { first: 0, last: i64::MAX };

    pub fn one(number: i64) -> IssueRange {
        IssueRange { first: number, last: number }
    }
}

/// Where the page before ended, in lists whose newest issue comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemPosition {
    pub issue: i64,
    pub item: ItemId,
}

/// Upper ends of the range and, for the first issue of the page, of the identifiers in it.
fn below(range: IssueRange, after: Option<ItemPosition>) -> (i64, String) {
    match after {
        Some(after) if after.issue <= range.last => (after.issue, after.item.to_string()),
        _ => (range.last, AFTER_ALL.to_owned()),
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemFilter {
    pub issues: IssueRange,
    pub person: Option<PersonId>,
    /// The unit under which the person stood in the item's issue.
    pub unit: Option<OrganizationId>,
    pub kind: Option<ItemKind>,
}

/// An item with all its revisions, the first published first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedItem {
    pub issue: i64,
    pub revisions: Vec<ItemRow>,
    /// Of a plan item, with the issue that gave it.
    pub answer: Option<(i64, AnswerFact)>,
}

// Plus signs keep SQLite from bad choices: from the index by revision, under which every first revision of a place stands
// unsorted, and from reading a person's items of all issues where those of one are wanted.
macro_rules! items {
    ($from:literal, $and:literal, $issue:literal, $order:literal) => {
        concat!(
            "SELECT ",
            item_columns!(),
            ", answer_issue, answer_person, outcome, answer_reason, work_item_id FROM ",
            $from,
            " LEFT JOIN (SELECT place_id AS answer_place, plan_item_id, issue_number AS answer_issue, \
             person_id AS answer_person, outcome, reason AS answer_reason, work_item_id FROM public_answer) answer \
             ON answer_place = place_id AND plan_item_id = item_id \
             WHERE place_id = $1 AND +revision = 1 AND ($5 = '' OR kind = $5) AND ",
            $issue,
            " >= $2 AND ",
            $issue,
            " <= $3 AND (",
            $issue,
            " < $3 OR item_id < $4)",
            $and,
            " ORDER BY ",
            $order,
            " DESC, item_id DESC LIMIT $6"
        )
    };
}

/// The newest issue first; at most `limit`.
pub async fn items(
    tx: &mut Tx,
    place: PlaceId,
    filter: &ItemFilter,
    after: Option<ItemPosition>,
    limit: i64,
) -> Result<Vec<PublishedItem>, StoreError> {
    let (last, item) = below(filter.issues, after);
    let kind = filter.kind.map_or("", ItemKind::code);
    let mut values: Vec<Value> =
        vec![place.into(), filter.issues.first.into(), last.into(), item.into(), kind.into(), limit.into()];
    let person = filter.person.map_or_else(String::new, |person| person.to_string());
    let sql = match (filter.unit, filter.person) {
        (Some(unit), _) => {
            values.extend([person.into(), unit.into()]);
            // From the unit's few lines to their items and never the other way, which would be through all items.
            items!(
                "(SELECT issue_number AS unit_issue, person_id AS unit_person FROM public_person \
                 WHERE place_id = $1 AND organization_id = $8) unit \
                 CROSS JOIN public_item",
                " AND unit_issue = issue_number AND unit_person = person_id AND ($7 = '' OR person_id = $7)",
                "+unit_issue",
                "unit_issue"
            )
        }
        (None, Some(_)) => {
            values.push(person.into());
            items!("public_item", " AND person_id = $7", "issue_number", "issue_number")
        }
        (None, None) => items!("public_item", "", "issue_number", "issue_number"),
    };
    let rows = tx.fetch_all(sql, &values).await?;
    let mut found = rows.iter().map(published_of).collect::<Result<Vec<_>, _>>()?;
    add_corrections(tx, place, &mut found).await?;
    Ok(found)
}

fn published_of(row: &Row) -> Result<PublishedItem, StoreError> {
    let first = item_of(row)?;
    let answer = match row.optional_int("answer_issue")? {
        None => None,
        Some(issue) => {
            let fact = AnswerFact {
                plan_item: first.fact.item,
                person: row.parsed("answer_person")?,
                outcome: row.code("outcome", Outcome::from_code)?,
                reason: row.optional_text("answer_reason")?,
                work_item: row.optional_parsed("work_item_id")?,
            };
            Some((issue, fact))
        }
    };
    Ok(PublishedItem { issue: row.int("issue_number")?, revisions: vec![first], answer })
}

/// So many issues are read through sooner than all corrections of a place.
const FEW_ISSUES: i64 = 20;

macro_rules! corrections_of {
    ($issue:literal) => {
        concat!(
            "SELECT ",
            item_columns!(),
            " FROM public_item WHERE place_id = $1 AND revision > 1 AND ",
            $issue,
            " >= $2 AND ",
            $issue,
            " <= $3 ORDER BY item_id, revision"
        )
    };
}

async fn add_corrections(tx: &mut Tx, place: PlaceId, items: &mut [PublishedItem]) -> Result<(), StoreError> {
    let (Some(newest), Some(oldest)) = (items.first(), items.last()) else { return Ok(()) };
    // All corrections of a place are few beside the items of many issues.
    let sql = if newest.issue - oldest.issue < FEW_ISSUES {
        corrections_of!("issue_number")
    } else {
        corrections_of!("+issue_number")
    };
    let rows = tx.fetch_all(sql, &[place.into(), oldest.issue.into(), newest.issue.into()]).await?;
    let mut corrections: HashMap<ItemId, Vec<ItemRow>> = HashMap::new();
    for row in &rows {
        let row = item_of(row)?;
        corrections.entry(row.fact.item).or_default().push(row);
    }
    for item in items {
        if let Some(later) = corrections.remove(&item.revisions[0].fact.item) {
            item.revisions.extend(later);
        }
    }
    Ok(())
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerFilter {
    /// Issues that gave the answers.
    pub issues: IssueRange,
    pub person: Option<PersonId>,
    pub outcome: Option<Outcome>,
}

macro_rules! answers {
    ($and:literal) => {
        concat!(
            "SELECT issue_number, plan_item_id, person_id, outcome, reason, work_item_id FROM public_answer \
             WHERE place_id = $1 AND issue_number >= $2 AND issue_number <= $3 \
             AND (issue_number < $3 OR plan_item_id < $4) AND ($5 = '' OR outcome = $5)",
            $and,
            " ORDER BY issue_number DESC, plan_item_id DESC LIMIT $6"
        )
    };
}

/// Answers with the issue that gave them, the newest issue first; at most `limit`.
pub async fn answers(
    tx: &mut Tx,
    place: PlaceId,
    filter: &AnswerFilter,
    after: Option<ItemPosition>,
    limit: i64,
) -> Result<Vec<(i64, AnswerFact)>, StoreError> {
    let (last, item) = below(filter.issues, after);
    let outcome = filter.outcome.map_or("", Outcome::code);
    let mut values: Vec<Value> = vec![
        place.into(),
        filter.issues.first.into(),
        last.into(),
        item.into(),
        outcome.into(),
        limit.into(),
    ];
    let sql = match filter.person {
        None => answers!(""),
        Some(person) => {
            values.push(person.into());
            answers!(" AND person_id = $7")
        }
    };
    let rows = tx.fetch_all(sql, &values).await?;
    rows.iter().map(|row| Ok((row.int("issue_number")?, answer_of(row)?))).collect()
}

/// Where the page before ended, in lists of changes, the newest day first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangePosition {
    pub day: Date,
    /// The item, or the commitment of the record that was redacted.
    pub key: String,
    /// Zero in lists of redactions.
    pub revision: i64,
}

fn change_values(after: Option<&ChangePosition>) -> [Value; 3] {
    match after {
        None => [AFTER_ALL_DAYS.into(), AFTER_ALL.into(), 0.into()],
        Some(after) => [after.day.into(), (&after.key).into(), after.revision.into()],
    }
}

/// Revisions that corrected an item, with the item's issue, the newest first; at most `limit`.
pub async fn corrections(
    tx: &mut Tx,
    place: PlaceId,
    since: Option<Date>,
    after: Option<&ChangePosition>,
    limit: i64,
) -> Result<Vec<(i64, ItemRow)>, StoreError> {
    let sql = concat!(
        "SELECT ",
        item_columns!(),
        " FROM public_item WHERE place_id = $1 AND revision > 1 AND published_on >= $2 AND published_on <= $3 \
         AND (published_on < $3 OR item_id < $4 OR (item_id = $4 AND revision < $5)) \
         ORDER BY published_on DESC, item_id DESC, revision DESC LIMIT $6"
    );
    let mut values = vec![place.into(), since.map_or_else(String::new, |day| day.to_string()).into()];
    values.extend(change_values(after));
    values.push(limit.into());
    let rows = tx.fetch_all(sql, &values).await?;
    rows.iter().map(|row| Ok((row.int("issue_number")?, item_of(row)?))).collect()
}

/// What was taken away, from whose record and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedRedaction {
    pub issue: i64,
    pub subject: Uuid,
    pub fact: RedactionFact,
    pub published_on: Date,
}

/// The newest first; at most `limit`.
pub async fn redactions(
    tx: &mut Tx,
    place: PlaceId,
    since: Option<Date>,
    after: Option<&ChangePosition>,
    limit: i64,
) -> Result<Vec<PublishedRedaction>, StoreError> {
    let sql = "SELECT issue_number, target, subject_id, fields, reason, redacted_by, published_on FROM public_redaction \
               WHERE place_id = $1 AND published_on >= $2 AND published_on <= $3 \
               AND (published_on < $3 OR target < $4) ORDER BY published_on DESC, target DESC LIMIT $5";
    let [day, key, _] = change_values(after);
    let since = since.map_or_else(String::new, |day| day.to_string());
    let rows = tx.fetch_all(sql, &[place.into(), since.into(), day, key, limit.into()]).await?;
    rows.iter()
        .map(|row| {
            let (subject, fact, published_on) = redaction_of(row)?;
            Ok(PublishedRedaction { issue: row.int("issue_number")?, subject, fact, published_on })
        })
        .collect()
}

/// Issues through which a person's line on the roster said the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterStretch {
    pub person: PersonId,
    pub name: String,
    pub unit: OrganizationId,
    pub unit_name: String,
    pub filing_duty: FilingDuty,
    pub posts: Vec<PublicPost>,
    pub first_issue: i64,
    pub last_issue: i64,
}

/// By person, the latest stretch of each last.
pub async fn roster_stretches(
    tx: &mut Tx,
    place: PlaceId,
    issues: IssueRange,
) -> Result<Vec<RosterStretch>, StoreError> {
    let sql = "SELECT person_id, name, organization_id, organization_name, filing_duty, posts, \
               min(issue_number) AS first_issue, max(issue_number) AS last_issue FROM public_person \
               WHERE place_id = $1 AND issue_number >= $2 AND issue_number <= $3 \
               GROUP BY person_id, name, organization_id, organization_name, filing_duty, posts \
               ORDER BY person_id, max(issue_number)";
    let rows = tx.fetch_all(sql, &[place.into(), issues.first.into(), issues.last.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(RosterStretch {
                person: row.parsed("person_id")?,
                name: row.text("name")?,
                unit: row.parsed("organization_id")?,
                unit_name: row.text("organization_name")?,
                filing_duty: row.code("filing_duty", FilingDuty::from_code)?,
                posts: row.json("posts")?,
                first_issue: row.int("first_issue")?,
                last_issue: row.int("last_issue")?,
            })
        })
        .collect()
}

/// Each person's line in the latest of these issues that names them.
pub async fn latest_lines(
    tx: &mut Tx,
    place: PlaceId,
    issues: IssueRange,
) -> Result<Vec<(i64, RosterFact)>, StoreError> {
    let sql = "SELECT issue_number, person_id, name, organization_id, organization_name, sort_order, posts, filing_duty, \
               office_telephone, duties, leader, deputy, office_place, office_hours FROM public_person \
               JOIN (SELECT person_id AS latest_person, max(issue_number) AS latest_issue FROM public_person \
               WHERE place_id = $1 AND issue_number >= $2 AND issue_number <= $3 GROUP BY person_id) latest \
               ON latest_person = person_id AND latest_issue = issue_number \
               WHERE place_id = $1 ORDER BY person_id";
    let rows = tx.fetch_all(sql, &[place.into(), issues.first.into(), issues.last.into()]).await?;
    rows.iter().map(|row| Ok((row.int("issue_number")?, person_of(row)?))).collect()
}
