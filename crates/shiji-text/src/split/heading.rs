//! Headings that say whether work done or work planned follows: 本周工作, 下步打算：, 【完成情况】, 一、上周工作小结.

use std::sync::LazyLock;

use super::day::date_length;
use super::frame;
use super::marker::{Strength, is_space, markers, skip_spaces};
use super::nesting::closer_of;
use crate::table::Words;

/// No heading is longer than this many characters.
const LONGEST: usize = 44;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Time(Time),
    Plan,
    Work,
    Doubt,
    Filler,
    Link,
    Opener,
}

/// When the named work lies, seen from the day of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Time {
    Before,
    Now,
    After,
}

/// What a heading says by itself; its final meaning may depend on the other headings of the paste.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sense {
    pub time: Option<Time>,
    pub plan: bool,
    pub work: bool,
    /// It names both halves: the title of the whole paste.
    pub title: bool,
    /// It names days only ("11月9日—15日").
    pub days: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct Heading {
    pub sense: Sense,
    /// Bytes up to the first character below the heading.
    pub length: usize,
    /// A colon, a bracket or a number closes it, so it may also stand in the middle of a line.
    pub closed: bool,
}

static VOCABULARY: LazyLock<Words<Class>> = LazyLock::new(|| {
    let rows = crate::table::rows(include_str!("../../data/heading.tsv"));
    let words = rows.flat_map(|(class, words)| {
        let class = match class {
            "before" => Class::Time(Time::Before),
            "now" => Class::Time(Time::Now),
            "after" => Class::Time(Time::After),
            "plan" => Class::Plan,
            "work" => Class::Work,
            "doubt" => Class::Doubt,
            "link" => Class::Link,
            "opener" => Class::Opener,
            _ => Class::Filler,
        };
        words.map(move |word| (word, class))
    });
    Words::new(words.collect::<Vec<_>>().into_iter())
});

/// The heading with which `text` begins, if any. `text` is the rest of one line.
pub fn heading_at(text: &str) -> Option<Heading> {
    let mut start = 0;
    let mut numbered = false;
    for _ in 0..3 {
        start += decoration(&text[start..]);
        let rest = &text[start..];
        let marker =
            markers(rest).into_iter().find(|marker| marker.strength == Strength::Strong && marker.counts());
        if !numbered && let Some(marker) = marker {
            start += marker.length;
            numbered = true;
        }
    }
    let mut closer = None;
    if let Some(sign) = text[start..].chars().next()
        && let Some(closing) = closer_of(sign)
    {
        closer = Some(closing);
        start += sign.len_utf8();
        start += skip_spaces(&text[start..]);
    }
    if start >= text.len() {
        return None;
    }
    heading_from(text, start, closer).or_else(|| {
        let owner = owner_length(&text[start..])?;
        heading_from(text, start + owner, closer)
            .filter(|heading| heading.closed || heading.length == text.len())
    })
}

/// Tries every length that the vocabulary covers, the longest first.
fn heading_from(text: &str, start: usize, closer: Option<char>) -> Option<Heading> {
    let ends = covered(&text[start..]);
    ends.into_iter().rev().find_map(|end| {
        let body = &text[start..start + end];
        let (length, closed) = terminator(text, start + end, closer)?;
        let colon = closed && !text[start + end..length].trim().is_empty();
        let sense = sense(body, colon)?;
        let spaced = !closed && length < text.len();
        (!spaced || sense.time.is_some()).then_some(Heading { sense, length, closed })
    })
}

/// Bullets, rules and signs that decorate a heading line ("## ", "★ ", "📌").
fn decoration(text: &str) -> usize {
    text.char_indices()
        .find(|(_, sign)| sign.is_alphanumeric() || closer_of(*sign).is_some() || *sign == '〇')
        .map_or(text.len(), |(at, _)| at)
        .min(24)
        .min(text.len())
        .clamp(0, floor_boundary(text, 24))
}

fn floor_boundary(text: &str, most: usize) -> usize {
    (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Every length up to which `text` consists of heading words, spaces, dates and parentheses.
fn covered(text: &str) -> Vec<usize> {
    let limit = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let mut reachable = vec![false; limit + 1];
    reachable[0] = true;
    let mut ends = Vec::new();
    for at in 0..=limit {
        if !reachable[at] || !text.is_char_boundary(at) {
            continue;
        }
        if at > 0 {
            ends.push(at);
        }
        let rest = &text[at..];
        let mut reach = |length: usize| {
            if let Some(mark) = reachable.get_mut(at + length) {
                *mark = true;
            }
        };
        for (word, class) in VOCABULARY.starting(rest) {
            if class != Class::Opener {
                reach(word.len());
            }
        }
        if let Some(space) = rest.chars().next().filter(|sign| is_space(*sign)) {
            reach(space.len_utf8());
        }
        for length in
            [date_length(rest), ordinal_week(rest), weekday_range(rest), parenthesis(rest), counted(rest)]
                .into_iter()
                .flatten()
        {
            reach(length);
        }
    }
    ends
}

/// 第3周, 第四十六周, 11月第2周.
fn ordinal_week(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('第')?;
    let number = super::numeral::numerals(rest).into_iter().next()?.length;
    let week = ["周", "期", "季度"].iter().find(|word| rest[number..].starts_with(**word))?;
    Some('第'.len_utf8() + number + week.len())
}

/// 周一至周五, 一至五.
fn weekday_range(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('周')?;
    let day = rest.chars().next().filter(|sign| "一二三四五六日".contains(*sign))?;
    Some('周'.len_utf8() + day.len_utf8())
}

/// 共3项: how many items follow.
fn counted(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('共').unwrap_or(text);
    let number = rest.len() - rest.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
    let unit = rest[number..].chars().next().filter(|sign| matches!(sign, '项' | '件' | '条' | '个'))?;
    (1..=2).contains(&number).then(|| text.len() - rest.len() + number + unit.len_utf8())
}

fn parenthesis(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(['（', '(', '[', '〔'])?;
    let opener = text.len() - rest.len();
    rest.char_indices()
        .take(26)
        .find(|(_, sign)| matches!(sign, '）' | ')' | ']' | '〕'))
        .map(|(at, sign)| opener + at + sign.len_utf8())
}

/// Where the text below the heading begins when the heading's words end at `end`; whether something closes it.
fn terminator(text: &str, end: usize, closer: Option<char>) -> Option<(usize, bool)> {
    let rest = &text[end..];
    if let Some(closer) = closer {
        let inner = skip_spaces(rest);
        let inner = inner
            + rest[inner..]
                .chars()
                .next()
                .filter(|sign| matches!(sign, ':' | '：'))
                .map_or(0, char::len_utf8);
        let sign =
            rest[inner..].chars().next().filter(|sign| *sign == closer || closer == '）' && *sign == ')')?;
        let mut length = end + inner + sign.len_utf8();
        // 【本周工作】情况： and the like.
        length += skip_after(&text[length..]);
        return Some((length, true));
    }
    let spaces = skip_spaces(rest);
    let Some(sign) = rest[spaces..].chars().next() else { return Some((text.len(), false)) };
    if matches!(sign, ':' | '：' | '︰' | '∶' | '﹕') {
        let after = end + spaces + sign.len_utf8();
        return Some((after + skip_after(&text[after..]), true));
    }
    if rest[spaces..].chars().all(|sign| !sign.is_alphanumeric() && closer_of(sign).is_none()) {
        return Some((text.len(), false));
    }
    let after = end + spaces;
    let numbered = |at: usize| {
        markers(&text[at..]).into_iter().any(|marker| {
            marker.strength == Strength::Strong && marker.counts()
                || marker.look.after == "." && marker.value == 1 && !marker.decimal
        })
    };
    if numbered(after) {
        return Some((after, true));
    }
    if matches!(sign, '，' | ',')
        && let Some(asked) = rest[spaces + sign.len_utf8()..].strip_prefix('请')
        && let Some((colon, mark)) =
            asked.char_indices().take(10).find(|(_, sign)| matches!(sign, ':' | '：'))
    {
        let after = text.len() - asked.len() + colon + mark.len_utf8();
        return Some((after + skip_after(&text[after..]), true));
    }
    if matches!(sign, '，' | ',' | '。' | '；') && numbered(after + sign.len_utf8()) {
        return Some((after + sign.len_utf8(), true));
    }
    if matches!(sign, '—' | '–' | '|' | '｜' | '→' | '>' | '»') {
        let after = after
            + rest[spaces..].chars().take_while(|next| *next == sign).map(char::len_utf8).sum::<usize>();
        return Some((after + skip_spaces(&text[after..]), true));
    }
    (spaces > 0).then_some((after, false))
}

fn skip_after(text: &str) -> usize {
    text.len() - text.trim_start_matches(|sign| is_space(sign) || matches!(sign, ':' | '：' | '—')).len()
}

/// What the covered words say; `None` when they say neither a time nor a kind, or open an item.
fn sense(body: &str, colon: bool) -> Option<Sense> {
    let mut sense = Sense::default();
    let (mut link_after_kind, mut doubt, mut dates, mut words) = (false, false, 0, 0);
    let mut plan_answered = false;
    let mut at = 0;
    while at < body.len() {
        let rest = &body[at..];
        let Some((word, class)) = VOCABULARY.starting(rest).find(|(_, class)| *class != Class::Opener) else {
            let dated = date_length(rest).filter(|_| rest.contains(['月', '.', '/', '日', '号']));
            dates += usize::from(dated.is_some());
            at +=
                dated.or(parenthesis(rest)).unwrap_or_else(|| rest.chars().next().map_or(1, char::len_utf8));
            continue;
        };
        words += 1;
        match class {
            Class::Time(time) => {
                if sense.time.is_some_and(|before| before != time) && link_after_kind {
                    sense.title = true;
                }
                sense.time = Some(sense.time.map_or(time, |before| before.max(time)));
            }
            Class::Plan => {
                sense.title |= sense.work && link_after_kind;
                sense.plan = true;
            }
            Class::Work => {
                plan_answered |= sense.plan && !link_after_kind;
                sense.work = true;
            }
            Class::Doubt => doubt = true,
            Class::Link => link_after_kind = true,
            Class::Filler | Class::Opener => {}
        }
        at += word.len();
    }
    if plan_answered && !sense.title {
        sense.plan = false;
    }
    if doubt && !sense.plan && sense.time.is_none() {
        sense.work = true;
    }
    sense.days = dates > 0 && sense.time.is_none() && !sense.plan && !sense.work;
    let opens_item = VOCABULARY
        .starting(body)
        .any(|(word, class)| class == Class::Opener && word.len() < body.trim_end().len());
    if opens_item
        && !colon
        && sense.time.is_none()
        && !body.contains("情况")
        && !body.contains("事项")
        && !body.ends_with("完成")
    {
        return None;
    }
    if body.starts_with("完成") && !colon && !body.starts_with("完成情况") && sense.time.is_some() {
        return None;
    }
    let says = sense.time.is_some() || sense.plan || sense.work || sense.days && words > 0;
    says.then_some(sense)
}

/// A unit or a person named before the heading ("农科站本周工作："): bytes up to the first time word.
fn owner_length(text: &str) -> Option<usize> {
    for (count, (at, sign)) in text.char_indices().enumerate() {
        if count > 14 || matches!(sign, '，' | '。' | '；' | '：' | ':' | ',' | ';' | '！') {
            return None;
        }
        if count > 0 {
            let timed = VOCABULARY.starting(&text[at..]).any(|(_, class)| matches!(class, Class::Time(_)))
                || ordinal_week(&text[at..]).is_some();
            if timed && frame::is_owner(text[..at].trim_end_matches(['的', ' ', '\u{3000}'])) {
                return Some(at);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<&'static str> {
        heading_at(text).map(|heading| match heading.sense {
            Sense { title: true, .. } => "title",
            Sense { plan: true, .. } => "plan",
            Sense { time: Some(Time::After), .. } => "plan",
            _ => "work",
        })
    }

    #[test]
    fn headings_of_many_wordings_are_read() {
        for text in [
            "本周工作",
            "一、本周完成工作",
            "上周工作小结：",
            "【本周工作】",
            "完成情况",
            "（一）上周计划完成情况",
            "## 今日完成",
            "本周主要工作情况如下：",
            "11月9日—11月15日工作情况：",
            "农科站本周工作：",
            "Done:",
            "★本周重点工作★",
            "现将本周工作汇报如下：",
            "本周工作（11月9日—15日）：",
        ] {
            assert_eq!(kind(text), Some("work"), "{text}");
        }
        for text in [
            "下周计划：",
            "二、下周工作打算",
            "下步打算",
            "明日工作计划",
            "【下周安排】x",
            "下一步工作思路：",
            "本周工作计划：",
            "Next week:",
            "三、下周重点工作",
        ] {
            assert_eq!(kind(text), Some("plan"), "{text}");
        }
        assert_eq!(kind("本周工作总结及下周工作计划"), Some("title"));
    }

    #[test]
    fn items_are_not_headings() {
        for text in [
            "完成日常工作",
            "做好日常工作",
            "继续推进重点工作",
            "完成各项工作",
            "落实各项任务",
            "制定下周工作计划",
            "完成本周工作总结",
            "8:30参加会议",
            "3.15宣传",
        ] {
            assert_eq!(kind(text), None, "{text}");
        }
    }
}
