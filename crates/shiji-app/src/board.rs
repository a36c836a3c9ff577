//! Reading for the public pages. What is here names public tables only and asks nobody who they are.

use crate::app::App;
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, OrganizationId, PersonId};
use shiji_record::fact::{AbsenceFact, AnswerFact, RedactionFact, RosterFact};
use shiji_record::projection::ItemRow;
use shiji_store::public::{self, Issue, IssueContent};
use shiji_store::roster::Place;

/// Changes whenever a public page may read otherwise: with what is published, and with the day, on which terms end.
///
/// # Errors
/// Only when the store fails; this holds for every function here that does not say otherwise.
pub async fn version(app: &App, place: &Place) -> Result<i64, AppError> {
    let version = public::public_version(&mut app.store.read().await?, place.place_id).await?;
    let day = crate::app::day_in(place, app.clock.now())?;
    Ok(version.wrapping_mul(31).wrapping_add(i64::from(day.year()) * 366 + i64::from(day.day_of_year())))
}

/// The newest first.
pub async fn issues(app: &App, place: &Place) -> Result<Vec<Issue>, AppError> {
    Ok(public::issues(&mut app.store.read().await?, place.place_id).await?)
}

/// The newest first, each with the day on which it last changed: published, corrected, or something taken away.
pub async fn issues_with_changes(app: &App, place: &Place) -> Result<Vec<(Issue, Date)>, AppError> {
    let mut tx = app.store.read().await?;
    let issues = public::issues(&mut tx, place.place_id).await?;
    let changes = public::changed_issues(&mut tx, place.place_id).await?;
    Ok(issues
        .into_iter()
        .map(|issue| {
            let of_issue = changes.iter().filter(|(number, _)| *number == issue.number).map(|(_, day)| *day);
            let latest = of_issue.fold(issue.published_on, Date::max);
            (issue, latest)
        })
        .collect())
}

/// The issue, or the latest when no number is given; `None` when there is none yet.
pub async fn issue(app: &App, place: &Place, number: Option<i64>) -> Result<Option<IssueContent>, AppError> {
    let mut tx = app.store.read().await?;
    let number = match number {
        Some(number) => number,
        None => match public::latest_issue(&mut tx, place.place_id).await? {
            Some(issue) => issue.number,
            None => return Ok(None),
        },
    };
    Ok(public::issue_content(&mut tx, place.place_id, number).await?)
}

/// Everything the public knows of one person; lists have the newest issue first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRecord {
    pub issues: Vec<Issue>,
    pub lines: Vec<(i64, RosterFact)>,
    pub items: Vec<(i64, ItemRow)>,
    pub answers: Vec<(i64, AnswerFact)>,
    pub absences: Vec<(i64, AbsenceFact)>,
}

/// # Errors
/// `NotFound` for somebody who stands in no issue.
pub async fn person(app: &App, place: &Place, person: PersonId) -> Result<PersonRecord, AppError> {
    let mut tx = app.store.read().await?;
    let place = place.place_id;
    let lines = public::person_lines(&mut tx, place, person).await?;
    if lines.is_empty() {
        return Err(AppError::NotFound);
    }
    Ok(PersonRecord {
        issues: public::issues(&mut tx, place).await?,
        items: public::person_items(&mut tx, place, person).await?,
        answers: public::person_answers(&mut tx, place, person).await?,
        absences: public::person_absences(&mut tx, place, person).await?,
        lines,
    })
}

/// Roster lines of a unit, the newest issue first.
///
/// # Errors
/// `NotFound` for a unit that stands in no issue.
pub async fn unit(
    app: &App,
    place: &Place,
    unit: OrganizationId,
) -> Result<Vec<(i64, RosterFact)>, AppError> {
    let lines = public::unit_lines(&mut app.store.read().await?, place.place_id, unit).await?;
    if lines.is_empty() { Err(AppError::NotFound) } else { Ok(lines) }
}

/// An item's revisions, the first published first, whose it is, and for a plan item the answer it got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemHistory {
    pub issue: Issue,
    pub person: Option<RosterFact>,
    pub revisions: Vec<ItemRow>,
    pub answer: Option<(i64, AnswerFact)>,
    /// There is an issue after this one, so a plan item without an answer is unanswered.
    pub answer_is_due: bool,
    /// What was taken away, and when.
    pub redactions: Vec<(RedactionFact, Date)>,
}

/// # Errors
/// `NotFound` for an item that was never published.
pub async fn item(app: &App, place: &Place, item: ItemId) -> Result<ItemHistory, AppError> {
    let mut tx = app.store.read().await?;
    let place = place.place_id;
    let revisions = public::item_revisions(&mut tx, place, item).await?;
    let Some((number, first)) = revisions.first() else { return Err(AppError::NotFound) };
    let issue = public::issue(&mut tx, place, *number).await?.ok_or(AppError::NotFound)?;
    let lines = public::person_lines(&mut tx, place, first.fact.person).await?;
    let latest = public::latest_issue(&mut tx, place).await?.map_or(0, |issue| issue.number);
    Ok(ItemHistory {
        person: lines.into_iter().find(|(line, _)| line == number).map(|(_, line)| line),
        answer: public::answer_to(&mut tx, place, item).await?,
        answer_is_due: latest > issue.number,
        redactions: public::redactions_of(&mut tx, place, item.0).await?,
        revisions: revisions.into_iter().map(|(_, row)| row).collect(),
        issue,
    })
}

/// The bytes of a photo that stands in a published item.
///
/// # Errors
/// `NotFound` for anything that is not published.
pub async fn photo(app: &App, place: &Place, sha256: &str) -> Result<Vec<u8>, AppError> {
    let mut tx = app.store.read().await?;
    if !public::is_published_evidence(&mut tx, place.place_id, sha256).await? {
        return Err(AppError::NotFound);
    }
    drop(tx);
    app.evidence.get(place.place_id, sha256).await.map_err(|_| AppError::NotFound)
}
