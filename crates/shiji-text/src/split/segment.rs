//! Finds the items in the lines below one heading.

use std::collections::HashMap;

use super::frame;
use super::marker::{Counting, Look, Marker, Strength, markers};
use super::nesting::Nesting;
use super::paragraph::{
    Chained, chain, clean, join, joins_on, led_chain, paragraphs, pieces, shares_sequence,
};

/// One line of a paste, without the blanks around it.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    pub text: &'a str,
    pub indented: bool,
    pub after_blank: bool,
}

/// The items of the lines, as written, without their markers and closing signs.
pub fn items(lines: &[Line<'_>]) -> Vec<String> {
    let accepted = accepted_markers(lines);
    if accepted.iter().all(Option::is_none) {
        return plain_items(lines);
    }
    let mut walk = Walk::new(lines);
    for (index, line) in lines.iter().enumerate() {
        let next = accepted.get(index + 1).copied().flatten();
        match accepted[index] {
            Some(marker) => walk.marked(line, marker, next),
            None => walk.unmarked(line, next),
        }
    }
    walk.finish()
}

/// Lines without any number or bullet: each line, or each part between semicolons, is an item.
fn plain_items(lines: &[Line<'_>]) -> Vec<String> {
    let paragraphs = paragraphs(lines);
    let alone = paragraphs.len() == 1;
    paragraphs.iter().flat_map(|paragraph| divided(paragraph, alone)).collect()
}

fn divided(paragraph: &str, at_full_stops: bool) -> Vec<String> {
    match led_chain(paragraph) {
        Some(Chained::Items(found)) => found.into_iter().filter_map(clean).collect(),
        Some(Chained::Whole) => clean(paragraph).into_iter().collect(),
        None => pieces(paragraph, at_full_stops).into_iter().filter_map(clean).collect(),
    }
}

/// How often and from where a look counts upward through the lines.
#[derive(Clone, Copy, Default)]
struct Sequence {
    start: u32,
    length: usize,
    strong: bool,
    decimals: usize,
    before_digits: usize,
}

/// The marker of each line, where the line has one that its neighbours bear out.
fn accepted_markers<'a>(lines: &[Line<'a>]) -> Vec<Option<Marker<'a>>> {
    let readings: Vec<Vec<Marker<'a>>> = lines.iter().map(|line| markers(line.text)).collect();
    let mut sequences: Vec<Sequence> = Vec::new();
    let mut latest: HashMap<Look<'a>, (u32, usize)> = HashMap::new();
    let mut alike: HashMap<Look<'a>, usize> = HashMap::new();
    let mut member: Vec<Vec<usize>> = Vec::with_capacity(lines.len());
    for found in &readings {
        let mut places = Vec::with_capacity(found.len());
        for marker in found {
            *alike.entry(marker.look).or_default() += 1;
            let going_on =
                latest.get(&marker.look).filter(|(value, _)| value + 1 == marker.value).map(|(_, at)| *at);
            let at = going_on.unwrap_or_else(|| {
                sequences.push(Sequence { start: marker.value, ..Sequence::default() });
                sequences.len() - 1
            });
            let sequence = &mut sequences[at];
            sequence.length += 1;
            sequence.strong |= marker.strength == Strength::Strong;
            sequence.decimals += usize::from(marker.decimal);
            sequence.before_digits += usize::from(marker.before_digit);
            latest.insert(marker.look, (marker.value, at));
            places.push(at);
        }
        member.push(places);
    }
    readings
        .iter()
        .zip(&member)
        .zip(lines)
        .map(|((found, places), line)| {
            let mut accepted = found.iter().zip(places).filter(|(marker, at)| {
                marker.strength == Strength::Strong
                    || if marker.counts() {
                        borne_out(marker, &sequences[**at], line.text, lines.len() == 1)
                    } else {
                        alike[&marker.look] > 1
                    }
            });
            accepted.next().map(|(marker, _)| *marker)
        })
        .collect()
}

/// Whether a weak number is a list number: its sequence, a second number in the line, or what follows it says so.
/// `alone`: no other line stands below the heading, so a first number has no neighbour to show.
fn borne_out(marker: &Marker<'_>, sequence: &Sequence, line: &str, alone: bool) -> bool {
    let counted = sequence.length >= 2 && sequence.decimals < sequence.length;
    let undoubted = marker.look.before.is_empty() && sequence.before_digits == 0;
    if sequence.strong
        || counted && (sequence.start == 1 || sequence.start == 0 || undoubted && sequence.length >= 2)
    {
        return true;
    }
    if marker.value != 1 || marker.decimal {
        return false;
    }
    let timed = marker.before_digit
        && matches!(marker.look.after, "." | "．" | "、")
        && marker.look.before.is_empty()
        && opens_with_time_or_count(&line[marker.length..], marker.look.after == "、");
    let sole = alone && !marker.before_digit && !marker.look.after.is_empty();
    timed || sole || chain(line, marker, &Nesting::of(line)).len() > 1
}

/// "8:30", "3月5日", "30名" after "1.": no decimal goes on like that.
fn opens_with_time_or_count(text: &str, pair_possible: bool) -> bool {
    let rest = text.trim_start_matches(|sign: char| sign.is_ascii_digit());
    if pair_possible {
        return rest.starts_with([':', '：', '月']);
    }
    rest.starts_with([
        ':', '：', '月', '日', '号', '名', '人', '户', '家', '件', '份', '起', '批', '场', '年', '.', '时',
    ])
}

/// What becomes of the items below an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Below {
    /// Each is an item of its own.
    Own,
    /// They complete the sentence above and stay with it.
    Glued,
}

struct Level<'a> {
    look: Look<'a>,
    value: u32,
    below: Below,
}

struct Draft {
    text: String,
    day: bool,
    /// A text that must not be divided at its semicolons.
    whole: bool,
}

/// Goes through the lines of a numbered list with the levels that are open.
struct Walk<'a> {
    levels: Vec<Level<'a>>,
    drafts: Vec<Draft>,
    /// Most lines of the list end with a stop, so a line without one goes on below.
    stopped: bool,
    widest: usize,
    last_line: &'a str,
}

impl<'a> Walk<'a> {
    fn new(lines: &[Line<'a>]) -> Self {
        let stops = lines.iter().filter(|line| line.text.ends_with(['。', '；', ';', '！', '.'])).count();
        let widest = lines.iter().map(|line| line.text.chars().count()).max().unwrap_or(0);
        Self {
            levels: Vec::new(),
            drafts: Vec::new(),
            stopped: stops * 2 >= lines.len(),
            widest,
            last_line: "",
        }
    }

    fn marked(&mut self, line: &Line<'a>, marker: Marker<'a>, next: Option<Marker<'a>>) {
        self.last_line = line.text;
        let below = self.enter(&marker);
        let text = &line.text[marker.length..];
        if below == Below::Glued {
            if let Some(draft) = self.drafts.last_mut() {
                join(&mut draft.text, line.text);
            }
            return;
        }
        if marker.names_a_day() && text.is_empty() {
            return;
        }
        let child_follows =
            next.is_some_and(|next| next.look != marker.look && !shares_sequence(&marker, &next));
        let label = frame::is_topic(text) && (child_follows || next.is_none() && text.ends_with([':', '：']));
        if label && self.last_of_label(next) {
            return;
        }
        let nesting = Nesting::of(line.text);
        let parts = chain(line.text, &marker, &nesting);
        if let Some(level) = self.levels.last_mut() {
            level.value = parts.last().map_or(marker.value, |(_, value)| *value);
        }
        for (part, _) in parts {
            self.drafts.push(Draft { text: part.to_owned(), day: marker.names_a_day(), whole: true });
        }
    }

    /// A label's level stays open, and the items below it are items of their own.
    fn last_of_label(&mut self, next: Option<Marker<'a>>) -> bool {
        next.is_some()
    }

    /// Opens or returns to the level of `marker` and says what becomes of its item.
    fn enter(&mut self, marker: &Marker<'a>) -> Below {
        let same = |level: &Level<'a>| {
            level.look == marker.look
                || matches!((level.look.counting, marker.look.counting), (Counting::Number(a), Counting::Number(b)) if a == b && level.value + 1 == marker.value)
        };
        if let Some(at) = self.levels.iter().rposition(same) {
            self.levels.truncate(at + 1);
            self.levels[at].value = marker.value;
            return self.levels[at].below;
        }
        let nested = self.levels.last().is_some();
        let parent_open = nested && self.drafts.last().is_some_and(|draft| draft.text.ends_with(['：', ':']));
        let below = if parent_open || self.levels.last().is_some_and(|level| level.below == Below::Glued) {
            Below::Glued
        } else {
            Below::Own
        };
        self.levels.push(Level { look: marker.look, value: marker.value, below });
        below
    }

    fn unmarked(&mut self, line: &Line<'a>, next: Option<Marker<'a>>) {
        let topic = next.is_some_and(|next| next.value <= 1)
            && (frame::is_topic(line.text)
                || line.text.ends_with(['：', ':']) && frame::is_leadin(line.text));
        if topic {
            self.levels.clear();
            self.last_line = line.text;
            return;
        }
        if !self.levels.is_empty() && self.continues(line) {
            let marker = self.levels.last().map(|level| Marker {
                look: level.look,
                value: level.value,
                length: 0,
                strength: Strength::Strong,
                decimal: false,
                before_digit: false,
            });
            let parts =
                marker.map(|marker| chain(line.text, &marker, &Nesting::of(line.text))).unwrap_or_default();
            for (index, (part, value)) in parts.into_iter().enumerate() {
                match self.drafts.last_mut() {
                    Some(draft) if index == 0 => join(&mut draft.text, part),
                    _ => self.drafts.push(Draft { text: part.to_owned(), day: false, whole: true }),
                }
                if let Some(level) = self.levels.last_mut() {
                    level.value = value;
                }
            }
        } else {
            self.drafts.push(Draft { text: line.text.to_owned(), day: false, whole: false });
        }
        self.last_line = line.text;
    }

    /// Whether an unnumbered line goes on with the item before it.
    fn continues(&self, line: &Line<'a>) -> bool {
        let Some(draft) = self.drafts.last() else { return false };
        if line.after_blank || frame::is_fresh(line.text) {
            return false;
        }
        if joins_on(&draft.text, line.text) {
            return true;
        }
        let ended = draft.text.ends_with(['。', '；', ';', '！']);
        let full = self.last_line.chars().count() * 10 >= self.widest * 7;
        !ended && (self.stopped || line.indented || full || self.last_line.chars().count() >= 15)
            || ended && line.indented && !draft.text.ends_with(['；', ';'])
    }

    fn finish(self) -> Vec<String> {
        let mut found = Vec::new();
        for draft in self.drafts {
            if draft.whole && !draft.day {
                found.extend(clean(&draft.text));
            } else {
                found.extend(divided(&draft.text, false));
            }
        }
        found
    }
}
