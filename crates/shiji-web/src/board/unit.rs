//! A unit: who is there now, who was.

use super::cache::Rendered;
use super::issue::rendered;
use crate::Shared;
use crate::frame::{Here, Page, WebError};
use askama::Template;
use shiji_domain::id::OrganizationId;
use shiji_record::fact::RosterFact;

#[derive(Template)]
#[template(path = "board/unit.html")]
struct UnitPage {
    page: Page,
    name: String,
    /// In the newest issue.
    now: Vec<RosterFact>,
    /// In earlier issues only, with the last of them.
    before: Vec<(i64, RosterFact)>,
    issue: i64,
    /// Behind the place and the language.
    rest: String,
}

pub async fn page(web: &Shared, here: Here, unit: OrganizationId) -> Result<Rendered, WebError> {
    let lines = shiji_app::board::unit(&web.app, &here.place, unit).await?;
    let issue = lines.first().map_or(0, |(number, _)| *number);
    let name = lines.first().map_or_else(String::new, |(_, line)| line.unit_name.clone());
    let now: Vec<RosterFact> =
        lines.iter().filter(|(number, _)| *number == issue).map(|(_, line)| line.clone()).collect();
    let mut before: Vec<(i64, RosterFact)> = Vec::new();
    for (number, line) in lines {
        let known = now.iter().any(|now| now.person == line.person)
            || before.iter().any(|(_, earlier)| earlier.person == line.person);
        if !known {
            before.push((number, line));
        }
    }
    let rest = format!("/unit/{unit}");
    rendered(&UnitPage { page: Page::public(here), name, now, before, issue, rest })
}
