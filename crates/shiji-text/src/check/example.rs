//! Examples that show how an item could be mended, made from the item's own words where it has any.

use std::sync::LazyLock;

use super::reading::{Reading, Token};
use super::{FindingKind, Kind};
use crate::lexicon::Class;

/// No example repeats more of an item than this many characters.
const LONGEST_CORE: usize = 24;

struct Pattern {
    verb: &'static str,
    measure: &'static str,
    outcome: &'static str,
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let rows = include_str!("../../data/examples.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let mut fields = row.split('\t');
        Some(Pattern { verb: fields.next()?, measure: fields.next()?, outcome: fields.next()? })
    })
    .collect()
});

static MATTERS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let rows = include_str!("../../data/matters.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t')).collect()
});

/// An example for one finding. It always exists: where the item has no words of its own to keep, the matter decides.
pub fn example(reading: &Reading, finding: FindingKind, kind: Kind) -> String {
    let core = core(reading);
    match (finding, core) {
        (FindingKind::NoPlace, Some(core)) if core.starts_with('到') => core,
        (FindingKind::NoPlace, Some(core)) => format!("到××村{core}"),
        (FindingKind::NoAmount, Some(core)) => with_amount(&core, kind),
        (FindingKind::NoDeadline, Some(core)) => format!("×月×日前{core}"),
        (FindingKind::NoDeadline, None) => format!("×月×日前{}", matter(reading)),
        (FindingKind::SeveralTasks, _) => first_task(reading),
        _ => matter(reading).to_owned(),
    }
}

/// From the first act to the end of its thing, without the words that only say how earnestly.
fn core(reading: &Reading) -> Option<String> {
    let verb =
        reading.tokens.iter().find(|token| matches!(token.class, Class::Act | Class::Soft | Class::Hand))?;
    let end = clause_end(reading, verb.start);
    let mut core: String = reading
        .tokens
        .iter()
        .filter(|token| token.class == Class::Manner && token.start >= verb.start && token.end <= end)
        .fold((String::new(), verb.start), |(text, from), token| {
            (text + reading.part(from.min(token.start), token.start), token.end)
        })
        .0;
    let from = reading
        .tokens
        .iter()
        .rfind(|token| token.class == Class::Manner && token.start >= verb.start && token.end <= end)
        .map_or(verb.start, |token| token.end);
    core.push_str(reading.part(from, end));
    let short: String = core.trim_end_matches("工作").chars().take(LONGEST_CORE).collect();
    (short.chars().count() >= 3).then_some(short)
}

fn clause_end(reading: &Reading, from: usize) -> usize {
    let stop = |sign: &char| matches!(sign, '，' | '。' | '；' | '！' | '：' | '（');
    reading.chars[from..].iter().position(stop).map_or(reading.chars.len(), |length| from + length)
}

fn with_amount(core: &str, kind: Kind) -> String {
    let pattern = PATTERNS.iter().find(|pattern| core.contains(pattern.verb)).or(PATTERNS.last());
    let Some(pattern) = pattern else { return core.to_owned() };
    let counted = core.chars().any(|sign| sign.is_ascii_digit());
    let amount = if counted { String::new() } else { format!("×{}", pattern.measure) };
    match kind {
        Kind::Work => format!("{core}{amount}，{}", pattern.outcome),
        Kind::Plan => format!("×月×日前{core}{amount}"),
    }
}

fn matter(reading: &Reading) -> &'static str {
    let found = MATTERS.iter().find(|(word, _)| reading.folded.contains(word)).or(MATTERS.last());
    found.map_or("", |(_, example)| example)
}

/// The first task of several, to stand alone.
fn first_task(reading: &Reading) -> String {
    let stop = |sign: &char| matches!(sign, '。' | '；');
    let end = reading.chars.iter().position(stop).unwrap_or_else(|| clause_end(reading, 0));
    reading.part(0, end).chars().take(2 * LONGEST_CORE).collect()
}

/// Whether the tokens between two places of the text hold a task. Between semicolons a verb is enough, between full
/// stops a thing must stand with it, since a second sentence often only explains the first.
pub fn is_task(tokens: &[Token], start: usize, end: usize, between_semicolons: bool) -> bool {
    let inside = |classes: &[Class]| {
        tokens.iter().any(|token| token.start >= start && token.end <= end && classes.contains(&token.class))
    };
    let thing = [Class::Thing, Class::People, Class::Body, Class::Quantity, Class::Name, Class::Event];
    inside(&[Class::Act, Class::Soft]) && (between_semicolons || inside(&thing))
}
