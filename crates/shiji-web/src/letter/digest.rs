//! One issue, as far as it concerns what a reader follows.

use super::followed_words;
use crate::board::view::{ItemView, PersonView, UnitView, board_view};
use crate::frame::{Texts, WebError};
use askama::Template;
use shiji_app::letter::{Links, Named, Words};
use shiji_domain::follow::Followed;
use shiji_domain::issue::Standing;
use shiji_store::public::{Issue, IssueContent};

/// Items of a matter that are written out.
const ITEMS_MOST: usize = 60;

/// A heading with lines below it; both formats are made of these.
pub(super) struct Section {
    heading: String,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "letter/digest.html")]
pub(super) struct Digest {
    t: Texts,
    pub subject: String,
    summary: String,
    sections: Vec<Section>,
    issue_link: String,
    why: String,
    stop: String,
}

impl Digest {
    /// None when the issue says nothing of what is followed.
    pub fn of(t: Texts, place: &str, named: &Named, content: &IssueContent, links: &Links) -> Option<Digest> {
        let view = board_view(content, &t.get("redacted"));
        let issue = &view.issue;
        let sections = match &named.followed {
            Followed::Board => view.units.iter().map(|unit| unit_counts(t, unit)).collect(),
            Followed::Person(id) => {
                let people = view.units.iter().flat_map(|unit| &unit.people);
                people
                    .filter(|person| person.id == *id)
                    .flat_map(|person| person_sections(t, person))
                    .collect()
            }
            Followed::Unit(id) => view
                .units
                .iter()
                .filter(|unit| unit.id == *id)
                .flat_map(|unit| &unit.people)
                .flat_map(|person| person_sections(t, person))
                .collect(),
            Followed::Matter(word) => matter_sections(t, &view.units, word),
        };
        let sections: Vec<Section> = sections;
        if sections.is_empty() {
            return None;
        }
        let number = t.one("issue-number", "number", issue.number);
        let subject = match named.followed {
            Followed::Board => format!("{place} {} {number}", t.get("product")),
            _ => format!("{} · {place} {} {number}", named.name, t.get("product")),
        };
        Some(Digest {
            t,
            subject,
            summary: summary(t, issue),
            sections,
            issue_link: format!("{}/issue/{}", links.base, issue.number),
            why: t.one("letter-digest-why", "what", followed_words(t, named)),
            stop: links.stop.clone(),
        })
    }

    pub fn words(&self) -> Result<Words, WebError> {
        let html = self.render().map_err(|error| WebError::Template(error.to_string()))?;
        let mut text = format!("{}\n{}\n\n", self.subject, self.summary);
        for section in &self.sections {
            text.push_str(&format!("【{}】\n", section.heading));
            for line in &section.lines {
                text.push_str(&format!("- {line}\n"));
            }
            text.push('\n');
        }
        text.push_str(&format!("{}\n{}\n\n", self.t.get("letter-digest-issue"), self.issue_link));
        text.push_str(&format!("-- \n{}\n{}\n{}\n", self.why, self.t.get("letter-digest-stop"), self.stop));
        Ok(Words { subject: self.subject.clone(), text, html })
    }
}

pub(super) fn summary(t: Texts, issue: &Issue) -> String {
    let counts = t.format(
        "feed-summary",
        &[
            ("expected", issue.expected.to_string()),
            ("filed", issue.filed.to_string()),
            ("leave", issue.on_leave.to_string()),
            ("late", issue.late.to_string()),
            ("items", issue.items.to_string()),
        ],
    );
    format!("{} {counts}", t.days(&issue.first_day, &issue.last_day))
}

/// The whole board would be a book; a letter says who filed how much and leads there.
fn unit_counts(t: Texts, unit: &UnitView) -> Section {
    let lines = unit.people.iter().map(|person| {
        let words = match person.standing {
            Standing::Filed => {
                t.two("letter-digest-counts", "work", person.work.len(), "plan", person.plan.len())
            }
            Standing::OnLeave => t.get("standing-on-leave"),
            Standing::Late => t.get("standing-late"),
        };
        format!("{} {words}", person.name)
    });
    Section { heading: unit.name.clone(), lines: lines.collect() }
}

fn person_sections(t: Texts, person: &PersonView) -> Vec<Section> {
    let heading = |key: &str| format!("{} · {}", person.name, t.get(key));
    let mut sections = Vec::new();
    match person.standing {
        Standing::Filed => {}
        Standing::OnLeave => sections
            .push(Section { heading: person.name.clone(), lines: vec![t.get("standing-on-leave-what")] }),
        Standing::Late => {
            sections.push(Section { heading: person.name.clone(), lines: vec![t.get("standing-late-what")] })
        }
    }
    let promises: Vec<String> = person
        .promises
        .iter()
        .map(|promise| {
            let reason = promise.reason.as_ref().map_or_else(String::new, |reason| format!(" ({reason})"));
            format!("[{}] {}{reason}", t.get(promise.key()), promise.item.text)
        })
        .collect();
    for (key, lines) in [
        ("promises", promises),
        ("kind-work", person.work.iter().map(|item| line(t, item)).collect()),
        ("kind-plan", person.plan.iter().map(|item| line(t, item)).collect()),
    ] {
        if !lines.is_empty() {
            sections.push(Section { heading: heading(key), lines });
        }
    }
    sections
}

fn line(t: Texts, item: &ItemView) -> String {
    let due = item
        .due_beside
        .map_or_else(String::new, |day| format!("[{}] ", t.one("due-by", "day", t.short_day(&day))));
    let difficulty = item
        .difficulty
        .as_ref()
        .map_or_else(String::new, |difficulty| format!(" ({} {difficulty})", t.get("difficulty")));
    format!("{due}{}{difficulty}", item.text)
}

fn matter_sections(t: Texts, units: &[UnitView], word: &str) -> Vec<Section> {
    let words = shiji_text::runs(word);
    let holds = |item: &&ItemView| words.iter().all(|word| shiji_text::contains(&item.text, word));
    let mut left = ITEMS_MOST;
    let mut sections = Vec::new();
    for person in units.iter().flat_map(|unit| &unit.people) {
        let found: Vec<String> = person
            .work
            .iter()
            .chain(&person.plan)
            .filter(holds)
            .take(left)
            .map(|item| line(t, item))
            .collect();
        left -= found.len();
        if !found.is_empty() {
            sections.push(Section { heading: person.name.clone(), lines: found });
        }
    }
    sections
}
