//! The documents as tables.

use super::document::{Absence, Answer, Issue, IssuePerson, Item, Question, Redaction, WholeIssue};
use super::popolo::{Membership, Organization, Person, Post};
use shiji_paper::open_table::{csv_rows, csv_start};
use std::fmt::Display;

/// What has a line of its own in a table.
pub(super) trait Line {
    const COLUMNS: &'static [&'static str];

    fn cells(&self) -> Vec<String>;
}

pub(super) fn text(value: Option<impl Display>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Lists stand in one cell, parted as Chinese parts them.
pub(super) fn list(values: &[String]) -> String {
    values.join("、")
}

macro_rules! line {
    ($type:ty, $one:ident { $($column:literal => $value:expr),+ $(,)? }) => {
        impl Line for $type {
            const COLUMNS: &'static [&'static str] = &[$($column),+];

            fn cells(&self) -> Vec<String> {
                let $one = self;
                vec![$($value),+]
            }
        }
    };
}

/// Of one kind of affair: the columns of all kinds first.
macro_rules! affair_line {
    ($type:ty, $one:ident { $($column:literal => $value:expr),+ $(,)? }) => {
        $crate::open_data::row::line!($type, $one {
            "id" => $one.affair.id.to_string(), "number" => text($one.affair.number),
            "published_on" => $one.affair.published_on.to_string(), "changed_on" => $one.affair.changed_on.to_string(),
            "state" => $one.affair.state.clone(), "text" => text($one.affair.text.as_ref()),
            "on" => text($one.affair.on), "due_on" => text($one.affair.due_on),
            "items" => $one.affair.items.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            $($column => $value),+
        });
    };
}

pub(super) use {affair_line, line};

line!(Issue, issue {
    "number" => issue.number.to_string(), "place_name" => issue.place_name.clone(),
    "first_day" => issue.first_day.to_string(), "last_day" => issue.last_day.to_string(),
    "published_on" => issue.published_on.to_string(), "expected" => issue.expected.to_string(),
    "filed" => issue.filed.to_string(), "on_leave" => issue.on_leave.to_string(), "late" => issue.late.to_string(),
    "items" => issue.items.to_string(), "closed_by" => text(issue.closed_by.as_ref()),
});

line!(Item, item {
    "id" => item.id.to_string(), "issue" => item.issue.to_string(), "person" => item.person.to_string(),
    "kind" => item.kind.clone(), "position" => item.position.to_string(), "text" => text(item.text.as_ref()),
    "due_on" => text(item.due_on), "difficulty" => text(item.difficulty.as_ref()), "answers" => text(item.answers),
    "published_on" => item.published_on.to_string(), "revision" => item.revision.to_string(),
    "reason" => text(item.reason.as_ref()), "corrected_by" => text(item.corrected_by.as_ref()),
    "withheld" => item.withheld.join(" "), "photos" => item.evidence.len().to_string(),
    "outcome" => outcome(item), "outcome_issue" => text(item.answer.as_ref().map(|answer| answer.issue)),
    "outcome_reason" => text(item.answer.as_ref().and_then(|answer| answer.reason.as_ref())),
    "log_index" => text(item.log_index), "commitment" => item.commitment.clone(),
});

fn outcome(item: &Item) -> String {
    match &item.answer {
        Some(answer) => answer.outcome.clone(),
        None if item.unanswered => "unanswered".to_owned(),
        None => String::new(),
    }
}

line!(Answer, answer {
    "plan_item" => answer.plan_item.to_string(), "issue" => answer.issue.to_string(),
    "person" => answer.person.to_string(), "outcome" => answer.outcome.clone(),
    "reason" => text(answer.reason.as_ref()), "work_item" => text(answer.work_item),
});

line!(Absence, absence {
    "issue" => absence.issue.to_string(), "person" => absence.person.to_string(),
    "standing" => absence.standing.clone(), "substitute" => text(absence.substitute.as_ref()),
});

line!(Redaction, redaction {
    "subject" => redaction.subject.to_string(), "issue" => redaction.issue.to_string(),
    "target" => redaction.target.clone(), "fields" => redaction.fields.join(" "),
    "reason" => redaction.reason.clone(), "redacted_by" => redaction.redacted_by.clone(),
    "published_on" => redaction.published_on.to_string(),
});

line!(Question, question {
    "id" => question.id.to_string(), "number" => question.number.to_string(), "kind" => question.kind.clone(),
    "received_on" => question.received_on.to_string(), "due_on" => question.due_on.to_string(),
    "first_due_on" => question.first_due_on.to_string(), "is_public" => question.is_public.to_string(),
    "person" => text(question.person), "person_name" => text(question.person_name.as_ref()),
    "unit_name" => text(question.unit_name.as_ref()), "item" => text(question.item),
    "project" => text(question.project),
    "state" => question.state.clone(), "answered_on" => text(question.answered_on),
    "answered_late" => question.answered_late.to_string(), "verdict" => text(question.verdict.as_ref()),
    "withheld_reason" => text(question.withheld_reason.as_ref()), "words" => text(question.words.as_ref()),
    "words_salt" => text(question.words_salt.as_ref()), "words_commitment" => question.words_commitment.clone(),
    "commitment" => question.commitment.clone(),
});

line!(Person, person {
    "id" => person.id.to_string(), "name" => person.name.clone(),
    "other_names" => list(&names(&person.other_names)), "organization_id" => person.organization_id.to_string(),
    "filing_duty" => person.filing_duty.clone(), "voice" => contact(person, "voice"),
    "address" => contact(person, "address"),
    "hours" => text(person.contact_details.iter().find_map(|contact| contact.note.as_ref())),
    "duties" => list(&person.duties), "supervisor" => text(person.supervisor.as_ref()),
    "deputy" => text(person.deputy.as_ref()), "first_issue" => person.first_issue.to_string(),
    "last_issue" => person.last_issue.to_string(),
});

fn names(others: &[super::popolo::OtherName]) -> Vec<String> {
    others.iter().map(|other| other.name.clone()).collect()
}

fn contact(person: &Person, kind: &str) -> String {
    text(person.contact_details.iter().find(|contact| contact.kind == kind).map(|contact| &contact.value))
}

line!(Organization, body {
    "id" => body.id.to_string(), "name" => body.name.clone(), "other_names" => list(&names(&body.other_names)),
    "first_issue" => body.first_issue.to_string(),
    "last_issue" => body.last_issue.to_string(),
});

line!(Post, post {
    "id" => post.id.to_string(), "label" => post.label.clone(),
    "organization_id" => post.organization_id.to_string(),
});

line!(Membership, membership {
    "id" => membership.id.to_string(), "role" => membership.role.clone(),
    "person_id" => membership.person_id.to_string(), "organization_id" => membership.organization_id.to_string(),
    "post_id" => membership.post_id.to_string(), "start_date" => text(membership.start_date),
    "end_date" => text(membership.end_date), "first_issue" => membership.first_issue.to_string(),
    "last_issue" => membership.last_issue.to_string(),
});

/// Columns before the item's own, in the table of one issue.
const ISSUE_COLUMNS: [&str; 10] = [
    "issue_number",
    "first_day",
    "last_day",
    "organization_name",
    "name",
    "posts",
    "standing",
    "substitute",
    "filed_on",
    "filed_by",
];

/// A line for each item with the names that people look for, and one for each official without items: who did not file is
/// not missing.
pub fn issue_table(whole: &WholeIssue) -> Vec<u8> {
    let columns: Vec<&str> = ISSUE_COLUMNS.iter().chain(Item::COLUMNS).copied().collect();
    let mut rows = Vec::new();
    for person in &whole.people {
        let own: Vec<&Item> = whole.items.iter().filter(|item| item.person == person.id).collect();
        for item in &own {
            rows.push([person_cells(&whole.issue, person), item.cells()].concat());
        }
        if own.is_empty() {
            let nothing = Item::COLUMNS.iter().map(|column| match *column {
                "person" => person.id.to_string(),
                _ => String::new(),
            });
            rows.push(person_cells(&whole.issue, person).into_iter().chain(nothing).collect());
        }
    }
    let mut table = csv_start(&columns);
    table.extend(csv_rows(&rows));
    table
}

fn person_cells(issue: &Issue, person: &IssuePerson) -> Vec<String> {
    vec![
        issue.number.to_string(),
        issue.first_day.to_string(),
        issue.last_day.to_string(),
        person.organization_name.clone(),
        person.name.clone(),
        list(&person.posts),
        person.standing.clone(),
        text(person.substitute.as_ref()),
        text(person.filed_on),
        text(person.filed_by.as_ref()),
    ]
}
