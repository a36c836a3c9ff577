//! Feeds (Atom, RFC 4287): of the issues, of a person, of a unit, of a matter. Ids never change; `updated` is the day on
//! which an entry last read otherwise.

use super::cache::Rendered;
use super::person::{Week, weeks};
use super::view::{ItemView, PromiseView, item};
use crate::Shared;
use crate::frame::error::percent;
use crate::frame::{Here, Texts, WebError};
use askama::Template;
use jiff::civil::Date;
use shiji_app::AppError;
use shiji_app::board::PersonRecord;
use shiji_app::feed::{Hit, matter as find_matter, redactions, unit_records};
use shiji_domain::follow::Followed;
use shiji_domain::id::{ItemId, OrganizationId, PersonId};
use shiji_domain::issue::Standing;
use std::collections::{BTreeMap, HashMap};

/// Entries in a feed of issues.
const ISSUES: usize = 20;
/// Entries in a feed of items.
const ITEMS: usize = 40;

struct Entry {
    title: String,
    id: String,
    /// Behind the place and the language.
    rest: String,
    published: Date,
    updated: Date,
    summary: Option<String>,
    html: Option<String>,
}

#[derive(Template)]
#[template(path = "board/feed.xml")]
struct Feed {
    here: Here,
    title: String,
    id: String,
    /// Addresses behind the place and the language: the feed's own and its page's.
    own: String,
    page: String,
    entries: Vec<Entry>,
}

impl Feed {
    fn updated(&self) -> Option<Date> {
        self.entries.iter().map(|entry| entry.updated).max()
    }

    fn rendered(&self) -> Result<Rendered, WebError> {
        let text = self.render().map_err(|error| WebError::Template(error.to_string()))?;
        Ok(Rendered { text, media_type: "application/atom+xml; charset=utf-8", sealed: false, opened: None })
    }
}

/// What one person did in one issue, as an entry shows it.
struct Part {
    /// Where several people stand in one entry.
    name: Option<String>,
    standing: Standing,
    promises: Vec<PromiseView>,
    work: Vec<ItemView>,
    plan: Vec<ItemView>,
}

#[derive(Template)]
#[template(path = "board/feed_entry.html")]
struct EntryWords {
    t: Texts,
    parts: Vec<Part>,
}

pub async fn atom(web: &Shared, here: Here) -> Result<Rendered, WebError> {
    let mut issues = shiji_app::board::issues_with_changes(&web.app, &here.place).await?;
    issues.truncate(ISSUES);
    let t = here.t;
    let id = format!("tag:shiji,2026:{}/{}", here.place.place_id, t.language.code());
    let entries = issues
        .into_iter()
        .map(|(issue, updated)| Entry {
            title: format!(
                "{} {}",
                t.one("issue-number", "number", issue.number),
                t.days(&issue.first_day, &issue.last_day)
            ),
            id: format!(
                "tag:shiji,{}:{}/{}/issue/{}",
                issue.published_on.year(),
                here.place.place_id,
                t.language.code(),
                issue.number
            ),
            rest: format!("/issue/{}", issue.number),
            published: issue.published_on,
            updated,
            summary: Some(t.format(
                "feed-summary",
                &[
                    ("expected", issue.expected.to_string()),
                    ("filed", issue.filed.to_string()),
                    ("leave", issue.on_leave.to_string()),
                    ("late", issue.late.to_string()),
                    ("items", issue.items.to_string()),
                ],
            )),
            html: None,
        })
        .collect();
    let title = format!("{} {}", here.place.name, t.get("product"));
    Feed { title, id, own: "/feed.atom".into(), page: "/".into(), entries, here }.rendered()
}

pub async fn person(web: &Shared, here: Here, id: PersonId) -> Result<Rendered, WebError> {
    let record = shiji_app::board::person(&web.app, &here.place, id).await?;
    let name = record.lines.first().map(|(_, line)| line.name.clone()).ok_or(AppError::NotFound)?;
    let of = Of { rest: format!("/person/{id}"), title: name };
    of.feed(web, here, &[record]).await
}

pub async fn unit(web: &Shared, here: Here, id: OrganizationId) -> Result<Rendered, WebError> {
    let (name, records) = unit_records(&web.app, &here.place, id).await?;
    let of = Of { rest: format!("/unit/{id}"), title: name };
    of.feed(web, here, &records).await
}

/// Whose feed it is.
struct Of {
    rest: String,
    title: String,
}

impl Of {
    /// One entry for each issue, with everybody of `records` who stands in it.
    async fn feed(self, web: &Shared, here: Here, records: &[PersonRecord]) -> Result<Rendered, WebError> {
        let gone_on = redactions(&web.app, &here.place).await?;
        let several = records.len() > 1;
        let mut issues: BTreeMap<i64, (Date, Date, String, Vec<Part>)> = BTreeMap::new();
        for record in records {
            let name = record.lines.first().map(|(_, line)| line.name.clone());
            for week in weeks(record, &here.t.get("redacted")) {
                let updated = changed_on(&week, &gone_on);
                let days = here.t.days(&week.issue.first_day, &week.issue.last_day);
                let entry = issues.entry(week.issue.number).or_insert((
                    week.issue.published_on,
                    updated,
                    days,
                    Vec::new(),
                ));
                entry.1 = entry.1.max(updated);
                entry.3.push(Part {
                    name: name.clone().filter(|_| several),
                    standing: week.standing,
                    promises: week.promises,
                    work: week.work,
                    plan: week.plan,
                });
            }
        }
        let t = here.t;
        let base = format!("{}/{}{}", here.place.place_id, t.language.code(), self.rest);
        let mut entries = Vec::new();
        for (number, (published, updated, days, parts)) in issues.into_iter().rev().take(ISSUES) {
            let words = EntryWords { t, parts };
            entries.push(Entry {
                title: format!("{} {} {days}", self.title, t.one("issue-number", "number", number)),
                id: format!("tag:shiji,{}:{base}/issue/{number}", published.year()),
                rest: format!("/issue/{number}"),
                published,
                updated,
                summary: None,
                html: Some(words.render().map_err(|error| WebError::Template(error.to_string()))?),
            });
        }
        let title = format!("{} · {} {}", self.title, here.place.name, t.get("product"));
        let own = format!("{}/feed.atom", self.rest);
        Feed { title, id: format!("tag:shiji,2026:{base}"), own, page: self.rest, entries, here }.rendered()
    }
}

/// The day on which what a week says of a person last changed.
fn changed_on(week: &Week, gone_on: &HashMap<ItemId, Date>) -> Date {
    let items = week.work.iter().chain(&week.plan);
    items.fold(week.issue.published_on, |latest, item| {
        let corrected = item.before.last().map(|words| words.replaced_on);
        let redacted = gone_on.get(&item.id).copied();
        [corrected, redacted].into_iter().flatten().fold(latest, Date::max)
    })
}

/// Every item with a word: the matter that somebody is in charge of, in the words of the work itself.
pub async fn matter(web: &Shared, here: Here, word: &str) -> Result<Rendered, WebError> {
    let Followed::Matter(word) = Followed::matter(word)? else { return Err(AppError::NotFound.into()) };
    let hits = find_matter(&web.app, &here.place, &word, ITEMS).await?;
    let t = here.t;
    let base = format!("{}/{}/matter/{}", here.place.place_id, t.language.code(), percent(&word));
    let mut entries = Vec::new();
    for hit in hits {
        entries.extend(hit_entry(&here, &base, hit)?);
    }
    let title = format!("{word} · {} {}", here.place.name, t.get("product"));
    let own = format!("/matter/{}/feed.atom", percent(&word));
    Feed { title, id: format!("tag:shiji,2026:{base}"), own, page: "/".into(), entries, here }.rendered()
}

fn hit_entry(here: &Here, base: &str, hit: Hit) -> Result<Option<Entry>, WebError> {
    let t = here.t;
    let revisions: Vec<_> = hit.revisions.iter().collect();
    let (Some(view), Some(latest)) = (item(&revisions, &t.get("redacted")), revisions.last()) else {
        return Ok(None);
    };
    let kind = latest.fact.item_kind;
    let key = if kind == shiji_domain::item::ItemKind::Work { "kind-work" } else { "kind-plan" };
    let name = hit.person.as_ref().map_or("", |line| line.name.as_str());
    let (id, updated) = (view.id, latest.published_on);
    let part = Part {
        name: None,
        standing: Standing::Filed,
        promises: Vec::new(),
        work: if key == "kind-work" { vec![view.clone()] } else { Vec::new() },
        plan: if key == "kind-plan" { vec![view] } else { Vec::new() },
    };
    let words = EntryWords { t, parts: vec![part] };
    Ok(Some(Entry {
        title: format!("{name} {} {}", t.get(key), t.one("issue-number", "number", hit.issue.number)),
        id: format!("tag:shiji,{}:{base}/item/{id}", hit.issue.published_on.year()),
        rest: format!("/item/{id}"),
        published: hit.issue.published_on,
        updated,
        summary: None,
        html: Some(words.render().map_err(|error| WebError::Template(error.to_string()))?),
    }))
}
