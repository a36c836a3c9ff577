//! Reading the public side: what the board, person, unit and item pages are made from.
//!
//! Architecture invariant: these statements name public tables only.

use crate::database::{StoreError, Tx};
use crate::projection_row::{answer_of, item_columns, item_of, person_of};
use crate::value::Row;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, OrganizationId, PersonId, PlaceId};
use shiji_record::fact::{AbsenceFact, AnswerFact, ReportFact, RosterFact};
use shiji_record::projection::ItemRow;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    pub number: i64,
    pub place_name: String,
    pub first_day: Date,
    pub last_day: Date,
    pub published_on: Date,
    pub expected: i64,
    pub filed: i64,
    pub on_leave: i64,
    pub late: i64,
    pub items: i64,
    pub closed_by: Option<String>,
}

macro_rules! issue_columns {
    () => {
        "issue_number, place_name, first_day, last_day, published_on, expected, filed, on_leave, late, items, closed_by"
    };
}

fn issue_of(row: &Row) -> Result<Issue, StoreError> {
    Ok(Issue {
        number: row.int("issue_number")?,
        place_name: row.text("place_name")?,
        first_day: row.parsed("first_day")?,
        last_day: row.parsed("last_day")?,
        published_on: row.parsed("published_on")?,
        expected: row.int("expected")?,
        filed: row.int("filed")?,
        on_leave: row.int("on_leave")?,
        late: row.int("late")?,
        items: row.int("items")?,
        closed_by: row.optional_text("closed_by")?,
    })
}

pub async fn latest_issue(tx: &mut Tx, place: PlaceId) -> Result<Option<Issue>, StoreError> {
    let sql = concat!(
        "SELECT ",
        issue_columns!(),
        " FROM public_issue WHERE place_id = $1 ORDER BY issue_number DESC LIMIT 1"
    );
    tx.fetch_optional(sql, &[place.into()]).await?.as_ref().map(issue_of).transpose()
}

pub async fn issue(tx: &mut Tx, place: PlaceId, number: i64) -> Result<Option<Issue>, StoreError> {
    let sql =
        concat!("SELECT ", issue_columns!(), " FROM public_issue WHERE place_id = $1 AND issue_number = $2");
    tx.fetch_optional(sql, &[place.into(), number.into()]).await?.as_ref().map(issue_of).transpose()
}

/// The newest first.
pub async fn issues(tx: &mut Tx, place: PlaceId) -> Result<Vec<Issue>, StoreError> {
    let sql = concat!(
        "SELECT ",
        issue_columns!(),
        " FROM public_issue WHERE place_id = $1 ORDER BY issue_number DESC"
    );
    tx.fetch_all(sql, &[place.into()]).await?.iter().map(issue_of).collect()
}

/// Issues with a number below `below`, the newest first; at most `limit`.
pub async fn issues_below(
    tx: &mut Tx,
    place: PlaceId,
    since: Option<Date>,
    below: i64,
    limit: i64,
) -> Result<Vec<Issue>, StoreError> {
    let sql = concat!(
        "SELECT ",
        issue_columns!(),
        " FROM public_issue WHERE place_id = $1 AND issue_number < $2 AND published_on >= $3 \
         ORDER BY issue_number DESC LIMIT $4"
    );
    let since = since.map_or_else(String::new, |day| day.to_string());
    let rows = tx.fetch_all(sql, &[place.into(), below.into(), since.into(), limit.into()]).await?;
    rows.iter().map(issue_of).collect()
}

/// The first issue that was published on or after a day.
pub async fn first_issue_since(tx: &mut Tx, place: PlaceId, day: Date) -> Result<Option<i64>, StoreError> {
    let sql =
        "SELECT min(issue_number) AS first FROM public_issue WHERE place_id = $1 AND published_on >= $2";
    let row = tx.fetch_optional(sql, &[place.into(), day.into()]).await?;
    row.map_or(Ok(None), |row| row.optional_int("first"))
}

/// Everything that stands in one issue, and the issue before it, whose plans it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueContent {
    pub issue: Issue,
    pub people: Vec<RosterFact>,
    pub reports: Vec<ReportFact>,
    pub absences: Vec<AbsenceFact>,
    /// Every revision, the latest last.
    pub items: Vec<ItemRow>,
    pub answers: Vec<AnswerFact>,
    /// Plan items of the issue before, every revision.
    pub promised: Vec<ItemRow>,
}

pub async fn issue_content(
    tx: &mut Tx,
    place: PlaceId,
    number: i64,
) -> Result<Option<IssueContent>, StoreError> {
    let Some(found) = issue(tx, place, number).await? else { return Ok(None) };
    let sql = concat!(
        "SELECT ",
        item_columns!(),
        " FROM public_item WHERE place_id = $1 AND issue_number = $2 AND kind = 'plan' \
         ORDER BY person_id, position, item_id, revision"
    );
    let promised = tx.fetch_all(sql, &[place.into(), (number - 1).into()]).await?;
    Ok(Some(IssueContent {
        issue: found,
        people: crate::projection::people_of_issue(tx, place, number).await?,
        reports: crate::projection::reports_of_issue(tx, place, number).await?,
        absences: crate::projection::absences_of_issue(tx, place, number).await?,
        items: crate::projection::items_of_issue(tx, place, number).await?,
        answers: crate::projection::answers_of_issue(tx, place, number).await?,
        promised: promised.iter().map(item_of).collect::<Result<_, _>>()?,
    }))
}

/// The name under which a person stood in an issue.
pub async fn name_in_issue(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    issue: i64,
) -> Result<Option<String>, StoreError> {
    let sql = "SELECT name FROM public_person WHERE place_id = $1 AND issue_number = $2 AND person_id = $3";
    let row = tx.fetch_optional(sql, &[place.into(), issue.into(), person.into()]).await?;
    row.map(|row| row.text("name")).transpose()
}

/// Whether somebody of a unit of this name stood on the roster of an issue from `first` on.
pub async fn had_unit(tx: &mut Tx, place: PlaceId, name: &str, first: i64) -> Result<bool, StoreError> {
    let sql = "SELECT issue_number FROM public_person WHERE place_id = $1 AND issue_number >= $2 \
               AND organization_name = $3 LIMIT 1";
    Ok(tx.fetch_optional(sql, &[place.into(), first.into(), name.into()]).await?.is_some())
}

/// What the public knows of one person: a roster line per issue, the newest first.
pub async fn person_lines(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
) -> Result<Vec<(i64, RosterFact)>, StoreError> {
    let sql = "SELECT issue_number, person_id, name, organization_id, organization_name, sort_order, posts, filing_duty, \
               office_telephone, duties, leader, deputy, office_place, office_hours FROM public_person WHERE place_id = $1 AND person_id = $2 \
               ORDER BY issue_number DESC";
    let rows = tx.fetch_all(sql, &[place.into(), person.into()]).await?;
    rows.iter().map(|row| Ok((row.int("issue_number")?, person_of(row)?))).collect()
}

/// A person's items with their issue, the newest issue first, every revision.
pub async fn person_items(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
) -> Result<Vec<(i64, ItemRow)>, StoreError> {
    let sql = concat!(
        "SELECT ",
        item_columns!(),
        " FROM public_item WHERE place_id = $1 AND person_id = $2 \
         ORDER BY issue_number DESC, kind DESC, position, item_id, revision"
    );
    let rows = tx.fetch_all(sql, &[place.into(), person.into()]).await?;
    rows.iter().map(|row| Ok((row.int("issue_number")?, item_of(row)?))).collect()
}

/// A person's answers with the issue that gave them.
pub async fn person_answers(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
) -> Result<Vec<(i64, AnswerFact)>, StoreError> {
    let sql = "SELECT issue_number, plan_item_id, person_id, outcome, reason, work_item_id FROM public_answer \
               WHERE place_id = $1 AND person_id = $2 ORDER BY issue_number DESC, plan_item_id";
    let rows = tx.fetch_all(sql, &[place.into(), person.into()]).await?;
    rows.iter().map(|row| Ok((row.int("issue_number")?, answer_of(row)?))).collect()
}

/// Issues in which the person was on leave or late.
pub async fn person_absences(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
) -> Result<Vec<(i64, AbsenceFact)>, StoreError> {
    let sql = "SELECT issue_number, person_id, standing, substitute FROM public_absence \
               WHERE place_id = $1 AND person_id = $2 ORDER BY issue_number DESC";
    let rows = tx.fetch_all(sql, &[place.into(), person.into()]).await?;
    rows.iter()
        .map(|row| {
            let fact = AbsenceFact {
                person: row.parsed("person_id")?,
                standing: row.code("standing", shiji_domain::issue::Standing::from_code)?,
                substitute: row.optional_text("substitute")?,
            };
            Ok((row.int("issue_number")?, fact))
        })
        .collect()
}

/// Roster lines of a unit, by issue, the newest first.
pub async fn unit_lines(
    tx: &mut Tx,
    place: PlaceId,
    unit: OrganizationId,
) -> Result<Vec<(i64, RosterFact)>, StoreError> {
    let sql = "SELECT issue_number, person_id, name, organization_id, organization_name, sort_order, posts, filing_duty, \
               office_telephone, duties, leader, deputy, office_place, office_hours FROM public_person WHERE place_id = $1 AND organization_id = $2 \
               ORDER BY issue_number DESC, sort_order";
    let rows = tx.fetch_all(sql, &[place.into(), unit.into()]).await?;
    rows.iter().map(|row| Ok((row.int("issue_number")?, person_of(row)?))).collect()
}

/// Every revision of an item, the first published first, with its issue.
pub async fn item_revisions(
    tx: &mut Tx,
    place: PlaceId,
    item: ItemId,
) -> Result<Vec<(i64, ItemRow)>, StoreError> {
    let sql = concat!(
        "SELECT ",
        item_columns!(),
        " FROM public_item WHERE place_id = $1 AND item_id = $2 ORDER BY revision"
    );
    let rows = tx.fetch_all(sql, &[place.into(), item.into()]).await?;
    rows.iter().map(|row| Ok((row.int("issue_number")?, item_of(row)?))).collect()
}

/// The answer a plan item got, with the issue that gave it.
pub async fn answer_to(
    tx: &mut Tx,
    place: PlaceId,
    plan_item: ItemId,
) -> Result<Option<(i64, AnswerFact)>, StoreError> {
    let sql = "SELECT issue_number, plan_item_id, person_id, outcome, reason, work_item_id FROM public_answer \
               WHERE place_id = $1 AND plan_item_id = $2";
    let row = tx.fetch_optional(sql, &[place.into(), plan_item.into()]).await?;
    row.as_ref().map(|row| Ok((row.int("issue_number")?, answer_of(row)?))).transpose()
}

/// Issues with words that were corrected or taken away, and the day of the latest such change.
pub async fn changed_issues(tx: &mut Tx, place: PlaceId) -> Result<Vec<(i64, Date)>, StoreError> {
    let corrected = "SELECT issue_number, max(published_on) AS latest FROM public_item \
                     WHERE place_id = $1 AND revision > 1 GROUP BY issue_number";
    let redacted = "SELECT issue_number, max(published_on) AS latest FROM public_redaction \
                    WHERE place_id = $1 GROUP BY issue_number";
    let mut changes = Vec::new();
    for sql in [corrected, redacted] {
        for row in tx.fetch_all(sql, &[place.into()]).await? {
            changes.push((row.int("issue_number")?, row.parsed("latest")?));
        }
    }
    Ok(changes)
}

/// What was taken away of the records about a subject, and when.
pub async fn redactions_of(
    tx: &mut Tx,
    place: PlaceId,
    subject: uuid::Uuid,
) -> Result<Vec<(shiji_record::fact::RedactionFact, Date)>, StoreError> {
    let sql = "SELECT target, subject_id, fields, reason, redacted_by, published_on FROM public_redaction \
               WHERE place_id = $1 AND subject_id = $2 ORDER BY published_on, target";
    let rows = tx.fetch_all(sql, &[place.into(), subject.to_string().into()]).await?;
    rows.iter()
        .map(|row| crate::projection_row::redaction_of(row).map(|(_, fact, day)| (fact, day)))
        .collect()
}

/// Plans of an issue that are for one day, in the order of the board: whose, and in which words now. What was taken away says
/// nothing.
pub async fn plans_on(
    tx: &mut Tx,
    place: PlaceId,
    issue: i64,
    day: Date,
) -> Result<Vec<(PersonId, String)>, StoreError> {
    let sql = "SELECT person_id, body FROM public_item i WHERE place_id = $1 AND issue_number = $2 AND kind = 'plan' \
               AND due_on = $3 AND body <> '' AND revision = (SELECT max(n.revision) FROM public_item n \
               WHERE n.place_id = $1 AND n.item_id = i.item_id) ORDER BY person_id, position";
    let rows = tx.fetch_all(sql, &[place.into(), issue.into(), day.into()]).await?;
    rows.iter().map(|row| Ok((row.parsed("person_id")?, row.text("body")?))).collect()
}

/// What changes whenever a public page of the place may read otherwise: the number of records.
pub async fn public_version(tx: &mut Tx, place: PlaceId) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) AS many FROM public_item WHERE place_id = $1 AND revision > 1";
    let corrections = match tx.fetch_optional(sql, &[place.into()]).await? {
        None => 0,
        Some(row) => row.int("many")?,
    };
    let sql = "SELECT count(*) AS many FROM public_redaction WHERE place_id = $1";
    let redactions = match tx.fetch_optional(sql, &[place.into()]).await? {
        None => 0,
        Some(row) => row.int("many")?,
    };
    let sql = "SELECT max(issue_number) AS latest FROM public_issue WHERE place_id = $1";
    let latest = match tx.fetch_optional(sql, &[place.into()]).await? {
        None => 0,
        Some(row) => row.optional_int("latest")?.unwrap_or(0),
    };
    let questions = crate::public_question::version(tx, place).await?;
    let affairs = crate::public_affair::version(tx, place).await?;
    // An item's page says where it stands in the log.
    let logged = crate::log::latest_index(tx).await?;
    // Different counts give different numbers, but for one chance in very many.
    let mix = |sum: i64, count: i64| sum.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(count);
    Ok([latest, corrections, redactions, questions, affairs, logged].into_iter().fold(0, mix))
}

/// Whether a published item shows the file with this digest.
pub async fn is_published_evidence(tx: &mut Tx, place: PlaceId, sha256: &str) -> Result<bool, StoreError> {
    if sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(false);
    }
    let sql = "SELECT item_id FROM public_item WHERE place_id = $1 AND evidence <> '[]' AND evidence LIKE $2 LIMIT 1";
    Ok(tx.fetch_optional(sql, &[place.into(), format!("%{sha256}%").into()]).await?.is_some())
}

/// Items of which something was taken away, with the day of the latest removal.
pub async fn redacted_items(tx: &mut Tx, place: PlaceId) -> Result<Vec<(ItemId, Date)>, StoreError> {
    let sql = "SELECT subject_id, max(published_on) AS latest FROM public_redaction \
               WHERE place_id = $1 GROUP BY subject_id";
    let rows = tx.fetch_all(sql, &[place.into()]).await?;
    rows.iter().map(|row| Ok((row.parsed("subject_id")?, row.parsed("latest")?))).collect()
}
