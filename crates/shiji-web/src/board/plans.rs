//! Plan items with a day, and the meetings that were held, as calendars that can be subscribed to. The day of a meeting to
//! come is no public record, so it is not here.

use super::cache::Rendered;
use super::calendar_file::{Event, calendar};
use super::view::is_gone;
use crate::Shared;
use crate::frame::{Here, WebError};
use jiff::civil::Date;
use shiji_app::AppError;
use shiji_app::board::PersonRecord;
use shiji_app::feed::{newest_issues, unit_records};
use shiji_app::meeting::public_minutes;
use shiji_domain::id::{ItemId, OrganizationId, PersonId};
use shiji_domain::item::{ItemKind, Outcome};
use shiji_record::affair::MinutesFact;
use shiji_record::fact::AnswerFact;
use shiji_record::projection::ItemRow;
use std::collections::{BTreeMap, HashMap};

/// Issues whose plans are in the calendar of a whole place.
const ISSUES: i64 = 4;
/// Issues of one person.
const ISSUES_OF_PERSON: i64 = 52;

pub async fn place(web: &Shared, here: Here) -> Result<Rendered, WebError> {
    let contents = newest_issues(&web.app, &here.place, ISSUES).await?;
    let mut plans = Plans::default();
    for content in &contents {
        plans.answers.extend(content.answers.iter().map(|answer| (answer.plan_item, answer.clone())));
    }
    for content in &contents {
        for row in &content.items {
            let line = content.people.iter().find(|line| line.person == row.fact.person);
            plans.add(content.issue.number, line.map_or("", |line| line.name.as_str()), row);
        }
    }
    for content in &contents {
        let (number, published) = (content.issue.number, content.issue.published_on);
        if let Some(held) = public_minutes(&web.app, &here.place, number).await? {
            plans.meetings.push(meeting(web, &here, &held.fact, published));
        }
    }
    let name = format!("{} {}", here.place.name, here.t.get("plans-calendar"));
    Ok(plans.file(web, &here, &name))
}

pub async fn person(web: &Shared, here: Here, id: PersonId) -> Result<Rendered, WebError> {
    let record = shiji_app::board::person(&web.app, &here.place, id).await?;
    let name = record.lines.first().map(|(_, line)| line.name.clone()).ok_or(AppError::NotFound)?;
    of_records(web, &here, &name, &[record])
}

pub async fn unit(web: &Shared, here: Here, id: OrganizationId) -> Result<Rendered, WebError> {
    let (name, records) = unit_records(&web.app, &here.place, id).await?;
    of_records(web, &here, &name, &records)
}

fn of_records(
    web: &Shared,
    here: &Here,
    title: &str,
    records: &[PersonRecord],
) -> Result<Rendered, WebError> {
    let mut plans = Plans::default();
    for record in records {
        let latest = record.issues.first().map_or(0, |issue| issue.number);
        plans.answers.extend(record.answers.iter().map(|(_, answer)| (answer.plan_item, answer.clone())));
        let name = record.lines.first().map_or("", |(_, line)| line.name.as_str());
        for (number, row) in &record.items {
            let here_then = record.lines.iter().any(|(line, _)| line == number);
            if here_then && *number > latest - ISSUES_OF_PERSON {
                plans.add(*number, name, row);
            }
        }
    }
    Ok(plans.file(web, here, &format!("{title} {}", here.t.get("plans-calendar"))))
}

#[derive(Default)]
struct Plans {
    answers: HashMap<ItemId, AnswerFact>,
    /// In the order of their day; the latest revision of each.
    found: BTreeMap<(Date, ItemId), (i64, String, ItemRow)>,
    meetings: Vec<Event>,
}

fn meeting(web: &Shared, here: &Here, held: &MinutesFact, published: Date) -> Event {
    Event {
        uid: format!("{}@{}.shiji", held.meeting, here.place.place_id),
        day: held.held_on,
        summary: here.t.one("calendar-meeting", "number", held.number),
        description: held.decisions.join("\n"),
        url: web.app.outward.address_of(&here.to(&format!("/minutes/{}", held.number))),
        stamp: published,
        sequence: 0,
        cancelled: false,
    }
}

impl Plans {
    fn add(&mut self, issue: i64, name: &str, row: &ItemRow) {
        if row.fact.item_kind != ItemKind::Plan {
            return;
        }
        // A correction may have moved the day.
        self.found.retain(|(_, item), _| *item != row.fact.item);
        if let Some(due) = row.fact.due_on.filter(|_| !is_gone(row)) {
            self.found.insert((due, row.fact.item), (issue, name.to_owned(), row.clone()));
        }
    }

    fn file(&self, web: &Shared, here: &Here, name: &str) -> Rendered {
        let events: Vec<Event> = self
            .found
            .iter()
            .map(|((day, item), (issue, name, row))| self.event(web, here, *day, *item, *issue, name, row))
            .chain(self.meetings.iter().cloned())
            .collect();
        Rendered {
            text: calendar(name, &events),
            media_type: "text/calendar; charset=utf-8",
            sealed: false,
            opened: None,
        }
    }

    #[expect(clippy::too_many_arguments, reason = "all of one line of the calendar")]
    fn event(
        &self,
        web: &Shared,
        here: &Here,
        day: Date,
        item: ItemId,
        issue: i64,
        name: &str,
        row: &ItemRow,
    ) -> Event {
        let t = here.t;
        let answer = self.answers.get(&item);
        let mut description = t.one("issue-number", "number", issue);
        if let Some(answer) = answer {
            description = format!("{description}\n{}", t.get(format!("outcome-{}", answer.outcome.code())));
            if let Some(reason) = &answer.reason {
                description = format!("{description} {reason}");
            }
        }
        Event {
            uid: format!("{item}@{}.shiji", here.place.place_id),
            day,
            summary: format!("{name}: {}", row.fact.text),
            description,
            url: web.app.outward.address_of(&here.to(&format!("/item/{item}"))),
            stamp: row.published_on,
            sequence: row.revision - 1 + i64::from(answer.is_some()),
            cancelled: answer.is_some_and(|answer| answer.outcome == Outcome::Dropped),
        }
    }
}
