//! Measures the verdicts against lines that people judged.

use std::collections::BTreeMap;
use std::io::BufRead;

use serde::Serialize;

use crate::check::{Kind, Verdict, check};

#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    #[error("reading the lines failed: {0}")]
    Read(#[from] std::io::Error),
    #[error("line {line}: {reason}")]
    Row { line: usize, reason: &'static str },
}

/// Precision, recall and their harmonic mean, each between 0 and 1; 0 where nothing was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Score {
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
    /// Lines that readers put here.
    pub lines: usize,
}

/// A line on which the check and the readers differ.
#[derive(Clone, Debug, Serialize)]
pub struct Miss {
    pub line: usize,
    pub group: String,
    pub expected: Verdict,
    pub found: Verdict,
    pub text: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    pub lines: usize,
    /// Lines left out: readers disagree, or their group is left out.
    pub skipped: usize,
    pub concrete: Score,
    pub partly: Score,
    pub vague: Score,
    /// The share of concrete lines called vague, between 0 and 1.
    pub concrete_called_vague: f64,
    /// Vague against the rest, for every group of lines.
    pub groups: BTreeMap<String, Score>,
    pub misses: Vec<Miss>,
}

struct Judged {
    line: usize,
    group: String,
    expected: Verdict,
    found: Verdict,
    text: String,
}

/// Reads tab-separated lines, either `id group reader1 reader2 text` (scored where both readers agree) or
/// `group verdict text`; verdicts are C, M or V; `#` starts a comment. Groups in `left_out` are not scored.
pub fn evaluate(reader: impl BufRead, left_out: &[&str]) -> Result<Report, EvaluateError> {
    evaluate_where(reader, left_out, |_| true)
}

/// As [`evaluate`], for the lines whose number in the file `choose` accepts.
pub fn evaluate_where(
    reader: impl BufRead,
    left_out: &[&str],
    choose: impl Fn(&str) -> bool,
) -> Result<Report, EvaluateError> {
    let mut judged = Vec::new();
    let mut skipped = 0;
    for (index, row) in reader.lines().enumerate() {
        let row = row?;
        let line = index + 1;
        if row.trim().is_empty() || row.starts_with('#') || row.starts_with("id\t") {
            continue;
        }
        let fields: Vec<&str> = row.split('\t').collect();
        let (id, group, first, second, text) = match fields[..] {
            [id, group, first, second, text] => (id, group, first, second, text),
            [group, first, text] => ("", group, first, first, text),
            _ => return Err(EvaluateError::Row { line, reason: "neither three nor five columns" }),
        };
        if !choose(id) {
            continue;
        }
        if first != second || left_out.contains(&group) {
            skipped += 1;
            continue;
        }
        let expected =
            read_verdict(first).ok_or(EvaluateError::Row { line, reason: "the verdict is not C, M or V" })?;
        let kind = if matches!(group, "B" | "plan" | "school") { Kind::Plan } else { Kind::Work };
        let found = check(text, kind).verdict;
        judged.push(Judged { line, group: group.to_owned(), expected, found, text: text.to_owned() });
    }
    Ok(summarize(judged, skipped))
}

fn read_verdict(letter: &str) -> Option<Verdict> {
    match letter.trim() {
        "C" => Some(Verdict::Concrete),
        "M" => Some(Verdict::Partly),
        "V" => Some(Verdict::Vague),
        _ => None,
    }
}

fn summarize(judged: Vec<Judged>, skipped: usize) -> Report {
    let of = |verdict| score(judged.iter(), verdict);
    let mut groups: BTreeMap<String, Score> = BTreeMap::new();
    for line in &judged {
        if !groups.contains_key(&line.group) {
            let score = score(judged.iter().filter(|other| other.group == line.group), Verdict::Vague);
            groups.insert(line.group.clone(), score);
        }
    }
    let concrete = judged.iter().filter(|line| line.expected == Verdict::Concrete);
    let called = concrete.clone().filter(|line| line.found == Verdict::Vague).count();
    let concrete_called_vague = share(called, concrete.count());
    Report {
        lines: judged.len(),
        skipped,
        concrete: of(Verdict::Concrete),
        partly: of(Verdict::Partly),
        vague: of(Verdict::Vague),
        concrete_called_vague,
        groups,
        misses: judged
            .into_iter()
            .filter(|line| line.expected != line.found)
            .map(|line| Miss {
                line: line.line,
                group: line.group,
                expected: line.expected,
                found: line.found,
                text: line.text,
            })
            .collect(),
    }
}

fn score<'a>(lines: impl Iterator<Item = &'a Judged> + Clone, verdict: Verdict) -> Score {
    let count = |test: &dyn Fn(&Judged) -> bool| lines.clone().filter(|line| test(line)).count();
    let expected = count(&|line| line.expected == verdict);
    let found = count(&|line| line.found == verdict);
    let right = count(&|line| line.expected == verdict && line.found == verdict);
    let (precision, recall) = (share(right, found), share(right, expected));
    let f1 = if right == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    Score { precision, recall, f1, lines: expected }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shapes_of_lines_are_read_and_disagreement_is_left_out() {
        let lines = "# comment\n1\tA\tC\tV\tx\n2\tA\tV\tV\t做好日常工作\ntown\tV\t完成日常工作\n";
        let report = evaluate(lines.as_bytes(), &[]).unwrap();
        assert_eq!((report.lines, report.skipped), (2, 1));
        assert!(evaluate("a\tb\n".as_bytes(), &[]).is_err());
    }
}
