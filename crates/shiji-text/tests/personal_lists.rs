//! How much of residents' personal data is found, and how much else is masked: invented lines, and a town's work lines
//! where they lie beside the project. The held-out lines measure; nothing was made by them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;
use shiji_text::{PersonalData, personal_data, resident_data};

const TUNED: &str = include_str!("../data/personal_tuned.tsv");
const HELD_OUT: &str = include_str!("../data/personal_heldout.tsv");

/// A line, and where in it stands what somebody may be known by.
struct Line {
    text: String,
    marks: Vec<(String, usize, usize)>,
}

/// The lines of a list; what stands in ⟦kind|…⟧ is marked.
fn lines(list: &str) -> Vec<Line> {
    list.lines().filter(|line| !line.starts_with('#')).map(line).collect()
}

fn line(written: &str) -> Line {
    let (mut text, mut marks) = (String::new(), Vec::new());
    for (number, part) in written.split('⟦').enumerate() {
        let Some((mark, after)) = part.split_once('⟧').filter(|_| number > 0) else {
            text.push_str(part);
            continue;
        };
        let (kind, words) = mark.split_once('|').unwrap();
        marks.push((kind.to_owned(), text.len(), text.len() + words.len()));
        text.push_str(words);
        text.push_str(after);
    }
    Line { text, marks }
}

#[derive(Default)]
struct Count {
    marked: usize,
    found: usize,
    said: usize,
    right: usize,
}

struct Figures {
    kinds: BTreeMap<String, Count>,
    clean: usize,
    clean_masked: usize,
}

impl Figures {
    fn share(&self, of: impl Fn(&Count) -> (usize, usize)) -> f64 {
        let (part, all) = self.kinds.values().map(of).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        part as f64 / all.max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.share(|count| (count.found, count.marked))
    }

    fn precision(&self) -> f64 {
        self.share(|count| (count.right, count.said))
    }

    fn print(&self, name: &str) {
        println!("{name}: kind, found of marked, right of said");
        for (kind, count) in &self.kinds {
            let Count { marked, found, said, right } = count;
            println!("  {kind:16} {found:3} of {marked:3}   {right:3} of {said:3}");
        }
        println!("  all: recall {:.3}, precision {:.3}", self.recall(), self.precision());
        println!("  lines without personal data that are masked: {} of {}", self.clean_masked, self.clean);
    }
}

/// A mark counts as found when every character of it is masked; a mask counts as right when it touches a mark.
fn figures(list: &str, reading: fn(&str) -> Vec<PersonalData>, aloud: bool) -> Figures {
    let mut figures = Figures { kinds: BTreeMap::new(), clean: 0, clean_masked: 0 };
    for Line { text, marks } in lines(list) {
        let masks = reading(&text);
        let masked = |at: usize| masks.iter().any(|mask| (mask.range.0..mask.range.1).contains(&at));
        let mut exact = true;
        for (kind, start, end) in &marks {
            let count = figures.kinds.entry(kind.clone()).or_default();
            let all = text[*start..*end].char_indices().all(|(at, _)| masked(start + at));
            count.marked += 1;
            count.found += usize::from(all);
            exact &= all;
        }
        for mask in &masks {
            let count = figures.kinds.entry(mask.kind.name().to_owned()).or_default();
            let right = marks.iter().any(|(_, start, end)| mask.range.0 < *end && *start < mask.range.1);
            count.said += 1;
            count.right += usize::from(right);
            exact &= right;
        }
        figures.clean += usize::from(marks.is_empty());
        figures.clean_masked += usize::from(marks.is_empty() && !masks.is_empty());
        if aloud && !exact {
            let shown: Vec<&str> = masks.iter().map(|mask| &text[mask.range.0..mask.range.1]).collect();
            println!("{text}\n    {shown:?}");
        }
    }
    figures
}

#[test]
fn most_of_what_tells_who_a_resident_is_is_masked_and_little_else() {
    let tuned = figures(TUNED, resident_data, true);
    tuned.print("tuned");
    assert!(tuned.recall() > 0.98 && tuned.precision() > 0.98 && tuned.clean_masked == 0);
    let held_out = figures(HELD_OUT, resident_data, false);
    held_out.print("held out");
    assert!(held_out.recall() > 0.88 && held_out.precision() > 0.97 && held_out.clean_masked <= 1);
}

/// A file that lies beside the project, or none.
fn shared(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    std::fs::read_to_string(&path).ok()
}

#[test]
fn lines_of_ordinary_work_are_left_alone() {
    let (Some(entries), Some(pastes)) = (shared("entries.tsv"), shared("town/pastes.jsonl")) else {
        println!("skipped: no work lines are there");
        return;
    };
    let mut lines: Vec<String> = entries
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.rsplit('\t').next().map(str::to_owned))
        .collect();
    for paste in pastes.lines() {
        let paste: Value = serde_json::from_str(paste).unwrap();
        for half in ["done", "plan"] {
            let items = paste[half].as_array().into_iter().flatten().filter_map(Value::as_str);
            lines.extend(items.map(str::to_owned));
        }
    }
    for (name, reading) in [
        ("officials' reading", personal_data as fn(&str) -> Vec<PersonalData>),
        ("residents' reading", resident_data),
    ] {
        let mut masked = 0;
        for line in &lines {
            let masks = reading(line);
            masked += usize::from(!masks.is_empty());
            for mask in masks {
                println!("{}: {:?} in {line}", mask.kind.name(), &line[mask.range.0..mask.range.1]);
            }
        }
        println!("{name}: {masked} of {} lines", lines.len());
        assert!(masked * 200 <= lines.len(), "one line in two hundred");
    }
}
