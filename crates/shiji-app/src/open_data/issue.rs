//! A whole issue as one document.

use super::document::{Absence, Issue, IssuePerson, WholeIssue};
use super::item::{LogIndexes, item_document};
use super::read::{answer_document, latest_number};
use crate::app::App;
use crate::error::AppError;
use shiji_domain::issue::Standing;
use shiji_record::fact::RosterFact;
use shiji_store::Tx;
use shiji_store::open_data::{IssueRange, ItemFilter, items};
use shiji_store::public::{self, IssueContent};
use shiji_store::roster::Place;
use std::collections::HashMap;

pub fn issue_head(slug: &str, issue: &public::Issue) -> Issue {
    Issue {
        number: issue.number,
        place_name: issue.place_name.clone(),
        first_day: issue.first_day,
        last_day: issue.last_day,
        published_on: issue.published_on,
        expected: issue.expected,
        filed: issue.filed,
        on_leave: issue.on_leave,
        late: issue.late,
        items: issue.items,
        closed_by: issue.closed_by.clone(),
        url: format!("/{slug}/api/v1/issues/{}", issue.number),
        csv: format!("/{slug}/api/v1/issues/{}.csv", issue.number),
    }
}

/// # Errors
/// `NotFound` for an issue that was not published.
pub async fn whole_issue(app: &App, place: &Place, number: i64) -> Result<WholeIssue, AppError> {
    let mut tx = app.store.read().await?;
    whole_issue_in(app, &mut tx, place, number).await
}

pub(super) async fn whole_issue_in(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    number: i64,
) -> Result<WholeIssue, AppError> {
    let content = public::issue_content(tx, place.place_id, number).await?.ok_or(AppError::NotFound)?;
    let filter = ItemFilter { issues: IssueRange::one(number), person: None, unit: None, kind: None };
    let mut found = items(tx, place.place_id, &filter, None, i64::MAX).await?;
    let order: HashMap<_, _> = content.people.iter().map(|line| line.person).zip(0_usize..).collect();
    // As on the board: by person, what was done before what is planned.
    found.sort_by_key(|item| {
        let fact = &item.revisions[0].fact;
        (order.get(&fact.person).copied(), fact.item_kind, fact.position, fact.item)
    });
    let latest = latest_number(tx, place).await?;
    let log = log_indexes(app, tx, place, number).await?;
    let answered: Vec<_> = content.answers.iter().map(|answer| answer.plan_item).collect();
    let promised = content.promised.iter().filter(|row| row.revision == 1).map(|row| row.fact.item);
    Ok(WholeIssue {
        issue: issue_head(&place.slug, &content.issue),
        people: content.people.iter().map(|line| person(&content, line)).collect(),
        items: found.iter().filter_map(|item| item_document(&place.slug, item, latest, &log)).collect(),
        answers: content.answers.iter().map(|fact| answer_document(number, fact)).collect(),
        unanswered: promised.filter(|item| !answered.contains(item)).map(|item| item.0).collect(),
    })
}

/// Where the records of an issue stand in the log, if there is one.
async fn log_indexes(app: &App, tx: &mut Tx, place: &Place, issue: i64) -> Result<LogIndexes, AppError> {
    let Some(log) = &app.log else { return Ok(LogIndexes::new()) };
    let leaves = shiji_store::log::leaves_of_issue(tx, log.origin(), place.place_id, issue).await?;
    leaves
        .into_iter()
        .map(|(index, leaf)| Ok((shiji_record::canonical::read_leaf(&leaf)?.commitment, index)))
        .collect()
}

fn person(content: &IssueContent, line: &RosterFact) -> IssuePerson {
    let report = content.reports.iter().find(|report| report.person == line.person);
    let absence = content.absences.iter().find(|absence| absence.person == line.person);
    let day = content.issue.last_day;
    let held = line
        .posts
        .iter()
        .filter(|post| post.from.is_none_or(|from| from <= day) && post.to.is_none_or(|to| day <= to));
    IssuePerson {
        id: line.person.0,
        name: line.name.clone(),
        organization: line.unit.0,
        organization_name: line.unit_name.clone(),
        posts: held.map(|post| post.title.clone()).collect(),
        filing_duty: line.filing_duty.code().to_owned(),
        standing: absence.map_or(Standing::Filed, |absence| absence.standing).code().to_owned(),
        substitute: absence.and_then(|absence| absence.substitute.clone()),
        filed_on: report.map(|report| report.filed_on),
        filed_by: report.and_then(|report| report.filed_by.clone()),
        office_telephone: line.office_telephone.clone(),
        duties: line.duties.clone(),
    }
}

/// Who did not file, out of a whole issue.
pub fn absences(whole: &WholeIssue) -> Vec<Absence> {
    whole
        .people
        .iter()
        .filter(|person| person.standing != Standing::Filed.code())
        .map(|person| Absence {
            issue: whole.issue.number,
            person: person.id,
            standing: person.standing.clone(),
            substitute: person.substitute.clone(),
        })
        .collect()
}
