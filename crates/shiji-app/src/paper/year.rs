//! What one person published in a year.

use crate::app::App;
use crate::board;
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, PersonId};
use shiji_domain::issue::Standing;
use shiji_domain::item::{ItemKind, Outcome};
use shiji_record::fact::{AnswerFact, RosterFact};
use shiji_record::projection::ItemRow;
use shiji_store::public::Issue;
use shiji_store::roster::Place;
use std::collections::HashMap;

/// Issues whose last day lies in the year; the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonYear {
    /// As the person stood in the latest issue of the year.
    pub line: RosterFact,
    pub year: i16,
    /// Issues in which the person stood.
    pub issues: Vec<Issue>,
    pub items: Vec<YearItem>,
    /// Issues in which the person was on leave or late.
    pub absences: Vec<(i64, Standing)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearItem {
    pub issue: i64,
    pub first_day: Date,
    pub last_day: Date,
    /// The latest words.
    pub row: ItemRow,
    /// Of a plan item: what the next issue said of it. `None` inside: nothing, though there is a next issue.
    pub outcome: Option<Option<(Outcome, Option<String>)>>,
}

/// # Errors
/// `NotFound` for somebody who stands in no issue of the year.
pub async fn person_year(
    app: &App,
    place: &Place,
    person: PersonId,
    year: i16,
) -> Result<PersonYear, AppError> {
    let known = board::person(app, place, person).await?;
    let latest = known.issues.first().map_or(0, |issue| issue.number);
    let issues: HashMap<i64, &Issue> = known
        .issues
        .iter()
        .filter(|issue| issue.last_day.year() == year)
        .map(|issue| (issue.number, issue))
        .collect();
    let lines = known.lines.iter().filter(|(number, _)| issues.contains_key(number));
    let mut stood: Vec<Issue> = lines.clone().map(|(number, _)| issues[number].clone()).collect();
    stood.sort_by_key(|issue| issue.number);
    let line = lines.map(|(_, line)| line.clone()).next().ok_or(AppError::NotFound)?;
    let answers: HashMap<ItemId, &AnswerFact> =
        known.answers.iter().map(|(_, answer)| (answer.plan_item, answer)).collect();
    let mut items: Vec<YearItem> = Vec::new();
    for (number, row) in &known.items {
        let Some(issue) = issues.get(number) else { continue };
        // Revisions stand one after the other, the latest last.
        if let Some(last) = items.last_mut().filter(|last| last.row.fact.item == row.fact.item) {
            last.row = row.clone();
            continue;
        }
        let is_due = row.fact.item_kind == ItemKind::Plan && latest > *number;
        let outcome = is_due.then(|| {
            let answer = answers.get(&row.fact.item);
            answer.map(|answer| (answer.outcome, answer.reason.clone()))
        });
        let (first_day, last_day) = (issue.first_day, issue.last_day);
        items.push(YearItem { issue: *number, first_day, last_day, row: row.clone(), outcome });
    }
    // The newest issue came first; inside an issue the order stays.
    items.sort_by_key(|item| item.issue);
    let absences = known.absences.iter().filter(|(number, _)| issues.contains_key(number));
    let absences = absences.map(|(number, fact)| (*number, fact.standing)).collect();
    Ok(PersonYear { line, year, issues: stood, items, absences })
}
