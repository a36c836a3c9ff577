//! Divides a pasted text into the items that a person wrote: work done and work planned.

mod day;
mod frame;
mod heading;
mod marker;
mod nesting;
mod number;
mod numeral;
mod paragraph;
mod segment;

use serde::Serialize;

use heading::{Heading, Sense, Time, heading_at};
use marker::{Strength, is_space, markers};
use nesting::Nesting;
use segment::{Line, items};

pub(crate) use frame::family_name;
pub(crate) use numeral::digit;

/// The items of a paste, in their order, as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Split {
    pub work: Vec<String>,
    pub plan: Vec<String>,
}

/// Divides a whole paste. Headings decide what is work and what is plan; without a heading everything is work.
pub fn split(text: &str) -> Split {
    let mut sections = sections(text, false);
    settle_kinds(&mut sections);
    let mut result = Split::default();
    for section in sections {
        let found = items(&section.lines);
        if section.plan { &mut result.plan } else { &mut result.work }.extend(found);
    }
    result
}

/// Divides a sheet cell whose column already says what it holds.
pub fn split_cell(text: &str) -> Vec<String> {
    sections(text, true).iter().flat_map(|section| items(&section.lines)).collect()
}

/// The lines below one heading.
struct Section<'a> {
    sense: Option<Sense>,
    plan: bool,
    lines: Vec<Line<'a>>,
}

fn sections(text: &str, cell: bool) -> Vec<Section<'_>> {
    let lines = lines_of(text);
    let last = lines.iter().rposition(|line| !ends_paste(line.text)).map_or(0, |at| at + 1);
    let mut sections = vec![Section { sense: None, plan: false, lines: Vec::new() }];
    let mut preamble = !cell;
    for (index, line) in lines[..last].iter().enumerate() {
        let mut line = *line;
        if index + 1 == last {
            line.text = line.text[..frame::tail_signoff(line.text)].trim_end_matches(is_space);
        }
        if preamble {
            let marked = begins_marked(line.text);
            if heading_at(line.text).is_none() {
                if frame::is_preamble(line.text, marked) {
                    continue;
                }
                let greeting = if marked { 0 } else { frame::greeting_length(line.text) };
                line.text = line.text[greeting..].trim_start_matches(is_space);
            }
        }
        preamble &= line.text.is_empty();
        divide_line(line, &mut sections);
    }
    sections
}

/// Cuts a line at the headings it contains and hands the rest to the sections.
fn divide_line<'a>(line: Line<'a>, sections: &mut Vec<Section<'a>>) {
    let mut rest = line.text;
    let mut first = true;
    if let Some(heading) = heading_at(rest) {
        sections.push(Section { sense: Some(heading.sense), plan: false, lines: Vec::new() });
        rest = &rest[heading.length..];
        first = false;
    }
    let nesting = Nesting::of(rest);
    let marked = begins_marked(rest) && first;
    let mut from = 0;
    let mut boundary = false;
    for (at, sign) in rest.char_indices() {
        if at < from {
            continue;
        }
        if at > from
            && (boundary || sign == '【' || matches!(sign, '下' | '明'))
            && !nesting.holds(at)
            && !is_space(sign)
            && let Some(heading) =
                heading_at(&rest[at..]).filter(|heading| turns(heading, &rest[at..], marked))
            && (boundary || sign == '【' || follows_directly(&heading, &rest[at..]))
        {
            push_line(sections, Line { text: &rest[from..at], ..line });
            sections.push(Section { sense: Some(heading.sense), plan: false, lines: Vec::new() });
            from = at + heading.length;
        }
        boundary = matches!(sign, '。' | '；' | ';' | '！' | '!' | '】') || is_space(sign);
    }
    push_line(sections, Line { text: &rest[from..], ..line });
}

fn push_line<'a>(sections: &mut [Section<'a>], line: Line<'a>) {
    let text = line.text.trim_matches(is_space);
    if let Some(section) = sections.last_mut()
        && !text.is_empty()
        && !frame::is_rule(text)
        && !frame::is_owner_line(text)
    {
        section.lines.push(Line { text, ..line });
    }
}

/// Whether a heading in the middle of a line turns to another half of the paste. "目前进展：" and a "下一步：" inside
/// a numbered item belong to the item.
fn turns(heading: &Heading, text: &str, in_item: bool) -> bool {
    if !heading.closed || heading.length >= text.len() && !text.starts_with('【') {
        return false;
    }
    let open = ["目前", "现阶段", "近期", "近日", "最近", "每"].iter().any(|word| text.starts_with(word));
    let loose = ["下一步", "下步", "后续", "接下来", "今后", "计划", "打算"]
        .iter()
        .any(|word| text.starts_with(word));
    let timed = heading.sense.time.is_some() || heading.sense.plan;
    text.starts_with('【') || timed && !open && (!loose || !in_item || begins_marked(&text[heading.length..]))
}

/// A heading that no stop precedes ("…走访6户下周计划（1）…"): only the next period's, and only before a number.
fn follows_directly(heading: &Heading, text: &str) -> bool {
    heading.sense.time == Some(Time::After) && begins_marked(&text[heading.length..])
}

fn begins_marked(text: &str) -> bool {
    markers(text).iter().any(|marker| marker.strength == Strength::Strong)
        || text.starts_with("1.") && text[2..].starts_with(|sign: char| sign.is_ascii_digit())
}

fn ends_paste(line: &str) -> bool {
    !begins_counted(line) && frame::is_signoff(line, true)
}

fn begins_counted(line: &str) -> bool {
    markers(line)
        .iter()
        .any(|marker| marker.strength == Strength::Strong && !frame::is_rule(line) && !marker.names_a_day())
}

/// The lines that hold something, trimmed, with what their blanks say.
fn lines_of(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut after_blank = false;
    for raw in text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']) {
        let trimmed = raw.trim_matches(is_space);
        if trimmed.is_empty() {
            after_blank = true;
            continue;
        }
        let middle =
            !begins_counted(trimmed) && frame::is_signoff(trimmed, false) && !frame::is_rule(trimmed);
        if !middle {
            lines.push(Line {
                text: trimmed,
                indented: raw.starts_with([' ', '\t', '\u{3000}']),
                after_blank,
            });
        }
        after_blank = middle;
    }
    // A carriage return before a line feed leaves an empty piece; it is no blank line.
    if text.contains("\r\n") && !text.contains("\r\n\r\n") {
        lines.iter_mut().for_each(|line| line.after_blank = false);
    }
    lines
}

/// Decides for every section whether it holds plans. Tense is relative: of two halves, the earlier is work.
fn settle_kinds(sections: &mut [Section<'_>]) {
    let senses: Vec<Sense> =
        sections.iter().filter_map(|section| section.sense).filter(|sense| !sense.title).collect();
    let has = |time| senses.iter().any(|sense| sense.time == Some(time));
    let (before, after) = (has(Time::Before), has(Time::After));
    let mut day_heads = 0;
    let mut plan = false;
    let any_plan = senses.iter().any(|sense| sense.plan || sense.time == Some(Time::After));
    for section in sections {
        if let Some(sense) = section.sense {
            day_heads += usize::from(sense.days);
            plan = match sense {
                Sense { title: true, .. } => false,
                Sense { plan: true, time: Some(Time::Now), .. } => !after,
                Sense { plan: true, time: Some(Time::Before), .. } => false,
                Sense { plan: true, .. } => true,
                Sense { time: Some(Time::After), .. } => true,
                Sense { time: Some(Time::Now), work: false, .. } => before && !after && !any_plan,
                Sense { days: true, .. } => day_heads > 1 && !any_plan,
                _ => false,
            };
        }
        section.plan = plan;
    }
}
