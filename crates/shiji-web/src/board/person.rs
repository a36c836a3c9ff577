//! A person: posts, duties, every issue, and what became of each promise. Plain counts, each leading to its items;
//! never a rank.

use super::cache::Rendered;
use super::issue::rendered;
use super::view::{ItemView, PromiseView, items, outcome_code, promises};
use crate::Shared;
use crate::frame::{Here, Page, WebError};
use crate::question::{Line, line as question_line};
use askama::Template;
use shiji_app::AppError;
use shiji_app::board::PersonRecord;
use shiji_domain::id::{ItemId, PersonId};
use shiji_domain::issue::Standing;
use shiji_domain::item::{ItemKind, Outcome};
use shiji_record::fact::{AnswerFact, RosterFact};
use shiji_record::projection::ItemRow;
use shiji_store::public::Issue;
use std::collections::HashMap;

/// One issue of a person.
pub(super) struct Week {
    pub(super) issue: Issue,
    pub(super) standing: Standing,
    substitute: Option<String>,
    pub(super) promises: Vec<PromiseView>,
    pub(super) work: Vec<ItemView>,
    pub(super) plan: Vec<ItemView>,
}

/// The promises that came out in one way, with their issue.
struct Count {
    code: &'static str,
    key: String,
    found: Vec<(i64, PromiseView)>,
}

#[derive(Template)]
#[template(path = "board/person.html")]
struct PersonPage {
    page: Page,
    line: RosterFact,
    weeks: Vec<Week>,
    counts: Vec<Count>,
    answers: Vec<Line>,
    /// Years with issues, the newest first.
    years: Vec<i16>,
}

impl PersonPage {
    /// Behind the place and the language.
    fn follow(&self) -> String {
        format!("/person/{}", self.line.person)
    }
}

pub async fn page(web: &Shared, here: Here, person: PersonId) -> Result<Rendered, WebError> {
    let record = shiji_app::board::person(&web.app, &here.place, person).await?;
    let line = record.lines.first().map(|(_, line)| line.clone()).ok_or(AppError::NotFound)?;
    let weeks = weeks(&record, &here.t.get("redacted"));
    let counts = counts(&weeks);
    let answered = shiji_app::question::latest_answers(&web.app, &here.place, Some(person), 5).await?;
    let today = shiji_app::app::day_in(&here.place, web.app.clock.now())?;
    let answers = answered.iter().map(|question| question_line(here.t, question, today)).collect();

    let mut years: Vec<i16> = weeks.iter().map(|week| week.issue.last_day.year()).collect();
    years.dedup();
    rendered(&PersonPage { page: Page::public(here), line, weeks, counts, answers, years })
}

pub(super) fn weeks(record: &PersonRecord, gone: &str) -> Vec<Week> {
    let answers: HashMap<ItemId, &AnswerFact> =
        record.answers.iter().map(|(_, answer)| (answer.plan_item, answer)).collect();
    let of = |number: i64, kind: ItemKind| -> Vec<ItemRow> {
        record
            .items
            .iter()
            .filter(|(issue, row)| *issue == number && row.fact.item_kind == kind)
            .map(|(_, row)| row.clone())
            .collect()
    };
    record
        .issues
        .iter()
        .filter(|issue| record.lines.iter().any(|(number, _)| *number == issue.number))
        .map(|issue| {
            let absence = record.absences.iter().find(|(number, _)| *number == issue.number);
            Week {
                standing: absence.map_or(Standing::Filed, |(_, absence)| absence.standing),
                substitute: absence.and_then(|(_, absence)| absence.substitute.clone()),
                promises: promises(&of(issue.number - 1, ItemKind::Plan), &answers, gone),
                work: items(&of(issue.number, ItemKind::Work), gone),
                plan: items(&of(issue.number, ItemKind::Plan), gone),
                issue: issue.clone(),
            }
        })
        .collect()
}

fn counts(weeks: &[Week]) -> Vec<Count> {
    let kinds = Outcome::ALL.into_iter().map(Some).chain([None]);
    kinds
        .map(|outcome| {
            let found = weeks
                .iter()
                .flat_map(|week| week.promises.iter().map(|promise| (week.issue.number, promise.clone())))
                .filter(|(_, promise)| promise.outcome == outcome)
                .collect();
            let code = outcome_code(outcome);
            Count { code, key: format!("outcome-{code}"), found }
        })
        .collect()
}
