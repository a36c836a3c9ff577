//! From the reading of an item to the findings that a person is shown.

use std::collections::BTreeMap;

use super::example::{example, is_task};
use super::reading::{Reading, Token};
use super::{Finding, FindingKind, Kind, Verdict};
use crate::lexicon::Class;
use crate::personal::{PersonalData, personal_data};

/// No item is answered with more findings than this; the gravest stand first.
const MOST: usize = 4;

pub fn findings(text: &str, reading: &Reading, verdict: Verdict, kind: Kind) -> Vec<Finding> {
    let mut found: Vec<Finding> = personal_data(text).iter().map(personal).collect();
    let mut add = |kind_of: FindingKind, part: Option<(usize, usize)>| {
        let args = BTreeMap::from([
            ("example".to_owned(), example(reading, kind_of, kind)),
            (
                "part".to_owned(),
                part.and_then(|(start, end)| text.get(start..end)).unwrap_or(text).to_owned(),
            ),
        ]);
        found.push(Finding { kind: kind_of, part, args });
    };
    match verdict {
        Verdict::Vague => {
            hollow(reading).into_iter().for_each(|(kind, token)| add(kind, span(reading, token)))
        }
        Verdict::Partly => missing(reading, kind).into_iter().for_each(|kind| add(kind, None)),
        Verdict::Concrete if kind == Kind::Plan && !dated(reading) => add(FindingKind::NoDeadline, None),
        Verdict::Concrete => {}
    }
    if let Some(second) = second_task(reading) {
        add(FindingKind::SeveralTasks, Some(reading.written(second, reading.chars.len())));
    }
    found.truncate(MOST);
    found
}

fn span(reading: &Reading, token: Option<Token>) -> Option<(usize, usize)> {
    token.map(|token| reading.written(token.start, token.end))
}

fn personal(data: &PersonalData) -> Finding {
    let args = BTreeMap::from([("what".to_owned(), data.kind.name().to_owned())]);
    Finding { kind: FindingKind::PersonalData, part: Some(data.range), args }
}

/// Why a vague item is vague, the most telling reason first.
fn hollow(reading: &Reading) -> Vec<(FindingKind, Option<Token>)> {
    let first = |class| reading.first(class);
    let verb = [Class::Act, Class::Soft, Class::Process, Class::Light, Class::Attend, Class::Hand];
    let acts = verb.iter().any(|class| reading.has(*class));
    let solid = reading.has(Class::Thing) || reading.has(Class::People) || reading.has(Class::Body);
    let only_formula = reading.tokens.iter().all(|token| {
        matches!(
            token.class,
            Class::Empty | Class::Light | Class::Manner | Class::Process | Class::When | Class::Hand
        )
    });
    let mut found = Vec::new();
    let mut reason = |holds: bool, kind, class| {
        if holds {
            found.push((kind, first(class)));
        }
    };
    reason(reading.has(Class::Relay), FindingKind::Relay, Class::Relay);
    reason(reading.has(Class::Exhort), FindingKind::Exhortation, Class::Exhort);
    let sits = reading.has(Class::Attend) || reading.has(Class::Event);
    let sitting = if reading.has(Class::Attend) { Class::Attend } else { Class::Event };
    reason(sits && !reading.has(Class::Relay), FindingKind::Attendance, sitting);
    reason(reading.has(Class::Slogan), FindingKind::Slogan, Class::Slogan);
    reason(reading.has(Class::Effect), FindingKind::EffectClaimed, Class::Effect);
    let idle = reading.has(Class::Frequency) || reading.has(Class::Quantity);
    let number = if reading.has(Class::Frequency) { Class::Frequency } else { Class::Quantity };
    reason(idle, FindingKind::IdleFigure, number);
    if found.is_empty() {
        if only_formula && reading.has(Class::Empty) {
            found.push((FindingKind::EmptyFormula, first(Class::Empty)));
        } else if !acts {
            found.push((FindingKind::NoAct, None));
        } else if !solid {
            found.push((FindingKind::NoObject, verb.iter().find_map(|class| first(*class))));
        } else {
            found.push((FindingKind::NoAmount, None));
        }
    }
    found.truncate(3);
    found
}

/// What a real act on a named thing still lacks.
fn missing(reading: &Reading, kind: Kind) -> Vec<FindingKind> {
    let placed =
        [Class::Name, Class::Body, Class::People, Class::Place].iter().any(|class| reading.has(*class));
    let yielded = reading.has(Class::Quantity) || reading.has(Class::Outcome);
    let mut found = Vec::new();
    if !placed {
        found.push(FindingKind::NoPlace);
    }
    if !yielded || placed && dated(reading) {
        found.push(FindingKind::NoAmount);
    }
    if kind == Kind::Plan && !dated(reading) {
        found.push(FindingKind::NoDeadline);
    }
    if found.is_empty() {
        found.push(FindingKind::NoAmount);
    }
    found
}

fn dated(reading: &Reading) -> bool {
    [Class::Date, Class::When, Class::Clock].iter().any(|class| reading.has(*class))
}

/// Where the second of several tasks begins, when semicolons or full stops divide them.
fn second_task(reading: &Reading) -> Option<usize> {
    let semicolons = reading.chars.contains(&'；');
    let mut start = 0;
    let mut tasks = 0;
    let mut second = None;
    for at in 0..=reading.chars.len() {
        if reading.chars.get(at).is_none_or(|sign| matches!(sign, '；' | '。')) {
            if is_task(&reading.tokens, start, at, semicolons) {
                tasks += 1;
                if tasks == 2 {
                    second = Some(start);
                }
            }
            start = at + 1;
        }
    }
    second.filter(|_| tasks >= 2)
}
