//! Inside one line or paragraph: numbered sequences, semicolons, lines that go on with the line before.

use super::frame;
use super::marker::{Counting, Marker, Strength, is_space, markers};
use super::nesting::Nesting;
use super::numeral::{Script, digit};
use super::segment::Line;

/// Two markers of one script count on although their signs differ ("1、" and then "2.").
pub fn shares_sequence(marker: &Marker<'_>, next: &Marker<'_>) -> bool {
    marker.counts() && marker.look.counting == next.look.counting && next.value == marker.value + 1
}

/// The parts of a line that starts with `first` (its length skipped), cut where the counting goes on, each with its number.
pub fn chain<'a>(line: &'a str, first: &Marker<'_>, nesting: &Nesting) -> Vec<(&'a str, u32)> {
    let mut parts = Vec::new();
    let (mut start, mut value) = (first.length, first.value);
    let mut previous = None;
    for (at, sign) in line.char_indices() {
        if at >= start.max(1) && at > first.length && may_begin(sign, first) && !nesting.holds(at) {
            let found =
                markers(&line[at..]).into_iter().find(|next| goes_on(first, value, next, line, at, previous));
            if let Some(next) = found {
                parts.push((&line[start..at], value));
                start = at + next.length;
                value = next.value;
            }
        }
        previous = Some(sign);
    }
    parts.push((&line[start..], value));
    parts
}

/// A quick look at one character, so that long lines are read once.
fn may_begin(sign: char, first: &Marker<'_>) -> bool {
    if let Some(opening) = first.look.before.chars().next()
        && opening == sign
    {
        return true;
    }
    match first.look.counting {
        Counting::Number(Script::Digits) | Counting::Date => digit(sign).is_some(),
        Counting::Number(Script::Chinese) => "一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾".contains(sign),
        Counting::Number(Script::Table(_)) | Counting::Words(_) => !is_space(sign),
        Counting::Weekday => matches!(sign, '周' | '星' | '礼'),
        Counting::Bullet => false,
    }
}

fn goes_on(
    first: &Marker<'_>,
    value: u32,
    next: &Marker<'_>,
    line: &str,
    at: usize,
    previous: Option<char>,
) -> bool {
    let previous_written = line[..at].trim_end_matches(is_space).chars().next_back();
    let spaced = previous.is_some_and(is_space);
    let stopped =
        previous_written.is_some_and(|sign| matches!(sign, '；' | ';' | '。' | '！' | '!')) || spaced;
    let paused = stopped || previous_written.is_some_and(|sign| matches!(sign, '，' | ',' | '：' | ':'));
    match first.look.counting {
        Counting::Bullet => {
            let common = first.look.before.chars().all(|sign| {
                matches!(
                    sign,
                    '-' | '*' | '+' | '>' | '#' | '.' | '~' | '·' | '/' | '—' | '－' | '=' | '|' | '→'
                )
            });
            next.look == first.look && next.strength == Strength::Strong && (stopped || !common)
        }
        Counting::Weekday => {
            next.look == first.look && next.value > value && stopped && next.strength == Strength::Strong
        }
        Counting::Date => next.look == first.look && stopped && next.strength == Strength::Strong,
        Counting::Words(_) => next.look.counting == first.look.counting && next.value > value && paused,
        Counting::Number(script) => {
            let counted = next.value == value + 1 && next.look.counting == first.look.counting;
            let same = next.look == first.look;
            let broken = previous_written.is_some_and(|sign| {
                matches!(sign, '、' | '第' | '-' | '—' | '~' | '～' | '/' | '.' | '至' | '和')
                    || (digit(sign).is_some() && !spaced)
                    || sign.is_ascii_alphabetic()
            });
            if !counted
                || broken
                || !(same
                    || stopped && next.strength == Strength::Strong && next.look.before == first.look.before)
            {
                return false;
            }
            let strong = next.strength == Strength::Strong;
            let classes = line[at + next.length..].starts_with(['班', '组', '号', '队']);
            let free = match script {
                Script::Digits => {
                    strong
                        && !classes
                        && !next.before_digit
                        && !next.look.after.is_empty()
                        && next.look.after != ":"
                }
                Script::Chinese => false,
                Script::Table(_) => strong,
            } || !first.look.before.is_empty() && same && !classes && !next.before_digit;
            let bare = next.look.after.is_empty() && next.look.before.is_empty() && !strong;
            free || strong && paused && !next.decimal || stopped && !next.decimal && !bare
        }
    }
}

/// A sequence inside an unnumbered paragraph.
pub enum Chained<'a> {
    Items(Vec<&'a str>),
    /// The numbers complete the sentence before them; the paragraph is one item.
    Whole,
}

/// Looks for a sequence that begins after a lead-in ("主要工作：1.…2.…", "一是…" after "：").
pub fn led_chain(paragraph: &str) -> Option<Chained<'_>> {
    let nesting = Nesting::of(paragraph);
    let mut boundary = false;
    let mut tries = 0;
    for (at, sign) in paragraph.char_indices() {
        if boundary && !nesting.holds(at) && !is_space(sign) {
            tries += 1;
            let first =
                markers(&paragraph[at..]).into_iter().find(|marker| marker.value == 1 && marker.counts());
            if let Some(first) = first {
                let inner = &paragraph[at..];
                let parts = chain(inner, &first, &Nesting::of(inner));
                if parts.len() > 1 {
                    return Some(led(&paragraph[..at], parts));
                }
            }
        }
        if tries > 40 {
            return None;
        }
        boundary = matches!(sign, '：' | ':' | '。' | '；' | ';') || is_space(sign) && boundary;
    }
    None
}

fn led<'a>(lead: &'a str, parts: Vec<(&'a str, u32)>) -> Chained<'a> {
    let written = lead.trim_end_matches(is_space);
    let parts = parts.into_iter().map(|(part, _)| part);
    if frame::is_leadin(written) || written.ends_with(['：', ':']) && frame::is_topic(written) {
        return Chained::Items(parts.collect());
    }
    if written.ends_with(['：', ':']) {
        return Chained::Whole;
    }
    Chained::Items(pieces(lead, true).into_iter().chain(parts).collect())
}

/// Cuts at semicolons, and at full stops where the paragraph stands alone; never inside quotations and brackets.
pub fn pieces(paragraph: &str, at_full_stops: bool) -> Vec<&str> {
    let nesting = Nesting::of(paragraph);
    let mut found = Vec::new();
    let mut start = 0;
    let semicolons =
        paragraph.char_indices().any(|(at, sign)| matches!(sign, '；' | ';') && !nesting.holds(at));
    for (at, sign) in paragraph.char_indices() {
        let after = at + sign.len_utf8();
        let stop = match sign {
            '；' | ';' => true,
            '。' => (at_full_stops || semicolons) && !frame::goes_on(&paragraph[after..]),
            _ => false,
        };
        if stop && !nesting.holds(at) {
            found.push(&paragraph[start..at]);
            start = after;
        }
    }
    found.push(&paragraph[start..]);
    found
}

/// Joins the lines of unnumbered text that a narrow page broke.
pub fn paragraphs(lines: &[Line<'_>]) -> Vec<String> {
    let stops = lines.iter().filter(|line| line.text.ends_with(['。', '；', ';', '！'])).count();
    let widest = lines.iter().map(|line| line.text.chars().count()).max().unwrap_or(0);
    let mut found: Vec<String> = Vec::new();
    let mut last_width = 0;
    for line in lines {
        let width = line.text.chars().count();
        let broken = stops > 0 && last_width + 2 >= widest && widest >= 16;
        match found.last_mut() {
            Some(text) if !line.after_blank && !ended(text) && (joins_on(text, line.text) || broken) => {
                join(text, line.text)
            }
            _ => found.push(line.text.to_owned()),
        }
        last_width = width;
    }
    found
}

fn ended(text: &str) -> bool {
    text.ends_with(['。', '；', ';', '！', '!'])
}

/// The text before ends in the middle of a sentence, or the line begins in the middle of one.
pub fn joins_on(before: &str, line: &str) -> bool {
    before.ends_with(['，', ',', '、', '（', '(', '“', '《', '—', '：'])
        || line.starts_with(['，', ',', '、', '。', '；', ';', '）', ')', '”', '》', '：'])
}

/// Appends a wrapped line; words of letters and digits keep a space between them.
pub fn join(text: &mut String, line: &str) {
    let latin = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphabetic());
    if latin(text.chars().next_back()) && latin(line.chars().next()) {
        text.push(' ');
    }
    text.push_str(line);
}

/// An item without the blanks and stops around it; nothing when only signs, or a "none", are left.
pub fn clean(text: &(impl AsRef<str> + ?Sized)) -> Option<String> {
    let text = text.as_ref().trim_matches(is_space);
    let text = text
        .trim_start_matches(|sign| is_space(sign) || matches!(sign, '，' | '、' | '；' | '。' | ',' | ';'));
    let mut text =
        text.trim_end_matches(|sign| is_space(sign) || matches!(sign, '；' | ';' | '。' | '，' | ',' | '、'));
    if text.ends_with('.') && !text.ends_with("..") {
        text = text.trim_end_matches('.');
    }
    let none = matches!(text, "无" | "暂无" | "没有" | "略");
    (!none && text.chars().any(char::is_alphanumeric)).then(|| text.to_owned())
}
