//! Words that name a day: what they say, before anybody asks which day that is. [`crate::when`] asks it from the day of writing,
//! [`crate::plan_days`] for the period that a plan is for.

use jiff::civil::Weekday;
use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// 今天, 后天: days from the day of writing.
    After(i64),
    /// 周三, 下周三: days from Monday, and weeks from that of writing where a week is said.
    Weekday { weeks: Option<i64>, number: i64 },
    /// 周末, with or without a week.
    Weekend { weeks: Option<i64> },
    /// 本周, 下周 alone.
    Week(i64),
    /// 月底, 下月底: months from that of writing.
    MonthEnd(i64),
    /// 11月底.
    EndOf { year: Option<i64>, month: i64 },
    /// 11月20日, 2026年11月20日, 11.20.
    Date { year: Option<i64>, month: i64, day: i64 },
    /// 20日, 20号.
    Day(i64),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DayWord {
    pub said: Said,
    /// In bytes of the text.
    pub at: Range<usize>,
    /// 日 or 号 stands behind figures, or what follows can only follow a day: nothing else is meant.
    pub sure: bool,
}

/// Every word of `text` that may name a day, in order.
pub(crate) fn day_words(text: &str) -> Vec<DayWord> {
    let mut found = Vec::new();
    let mut next = 0;
    for (at, _) in text.char_indices() {
        if at < next {
            continue;
        }
        let rest = &text[at..];
        let before = text[..at].chars().next_back();
        let word = near_day(rest)
            .or_else(|| weekday(rest, before))
            .or_else(|| month_end(rest))
            .or_else(|| date(rest, before))
            .or_else(|| day_of_month(rest, before));
        if let Some((said, length, sure)) = word {
            next = at + length;
            found.push(DayWord { said, at: at..next, sure });
        }
    }
    found
}

/// Parts of a day that stand behind it.
const PARTS: [&str; 8] = ["上午", "下午", "中午", "晚上", "早上", "全天", "傍晚", "晚"];
/// What makes a day a term.
const TERMS: [&str; 3] = ["之前", "以前", "前"];

/// Bytes of what says the part of the day at the beginning of `rest`: 上午. Before a clock time it is a part of that (下午3点).
pub(crate) fn part_of_day(rest: &str) -> usize {
    let part = PARTS.iter().find(|part| rest.starts_with(**part)).map_or(0, |part| part.len());
    if is_clock(&rest[part..]) { 0 } else { part }
}

/// Bytes of what makes a day a term at the beginning of `rest`: 前, 之前.
pub(crate) fn term(rest: &str) -> usize {
    TERMS.iter().find(|word| rest.starts_with(**word)).map_or(0, |word| word.len())
}

/// 3点, 三点半, 15时, 15:30.
fn is_clock(rest: &str) -> bool {
    let Some((_, length)) = number(rest) else { return false };
    rest[length..].starts_with(['点', '时', ':', '：'])
}

type Word = (Said, usize, bool);

fn near_day(rest: &str) -> Option<Word> {
    const WORDS: [(&str, i64); 11] = [
        ("大后天", 3),
        ("今天", 0),
        ("今日", 0),
        ("今晚", 0),
        ("今早", 0),
        ("当天", 0),
        ("明天", 1),
        ("明日", 1),
        ("明早", 1),
        ("明晚", 1),
        ("后天", 2),
    ];
    let (word, days) = WORDS.iter().find(|(word, _)| rest.starts_with(word))?;
    Some((Said::After(*days), word.len(), true))
}

/// 上周三 is past, and 每周三 is no single day. Without a word before it, 周 alone is part of another word (周边, 周期).
fn weekday(rest: &str, before: Option<char>) -> Option<Word> {
    if before.is_some_and(|before| matches!(before, '上' | '每' | '个')) {
        return None;
    }
    const WEEKS: [(&str, Option<i64>); 5] =
        [("下下", Some(2)), ("下", Some(1)), ("本", Some(0)), ("这", Some(0)), ("", None)];
    let behind_week = |prefix: &str| {
        let rest = rest.strip_prefix(prefix)?;
        let rest = rest.strip_prefix('个').unwrap_or(rest);
        ["星期", "礼拜", "周"].iter().find_map(|word| rest.strip_prefix(word))
    };
    let (weeks, behind) =
        WEEKS.iter().find_map(|(prefix, weeks)| behind_week(prefix).map(|behind| (*weeks, behind)))?;
    let week_length = rest.len() - behind.len();
    let sign = behind.chars().next();
    let named = |said| sign.map(|sign| (said, week_length + sign.len_utf8(), true));
    match (sign.and_then(weekday_number), weeks) {
        (Some(number), _) => named(Said::Weekday { weeks, number }),
        _ if sign == Some('末') => named(Said::Weekend { weeks }),
        (None, Some(weeks)) => Some((Said::Week(weeks), week_length, true)),
        (None, None) => None,
    }
}

fn weekday_number(character: char) -> Option<i64> {
    match character {
        '一' | '1' => Some(0),
        '二' | '2' => Some(1),
        '三' | '3' => Some(2),
        '四' | '4' => Some(3),
        '五' | '5' => Some(4),
        '六' | '6' => Some(5),
        '日' | '天' | '7' => Some(i64::from(Weekday::Sunday.to_monday_zero_offset())),
        _ => None,
    }
}

fn month_end(rest: &str) -> Option<Word> {
    const WORDS: [(&str, i64); 8] = [
        ("本月底", 0),
        ("本月末", 0),
        ("月底", 0),
        ("月末", 0),
        ("下月底", 1),
        ("下月末", 1),
        ("下个月底", 1),
        ("下个月末", 1),
    ];
    let (word, months) = WORDS.iter().find(|(word, _)| rest.starts_with(word))?;
    Some((Said::MonthEnd(*months), word.len(), true))
}

/// 2026年11月20日, 11月20日, 11月20, 十一月二十日, 11月底, 11.20 and 11/20.
fn date(rest: &str, before: Option<char>) -> Option<Word> {
    if before.is_some_and(|before| before.is_ascii_digit() || matches!(before, '.' | '/' | '-')) {
        return None;
    }
    let (first, first_length) = number(rest)?;
    let behind = &rest[first_length..];
    if let Some(behind) = behind.strip_prefix('年')
        && let Some((month, month_length)) = number(behind)
    {
        let behind = behind[month_length..].strip_prefix('月')?;
        return of_month(rest, behind, Some(first), month);
    }
    if let Some(behind) = behind.strip_prefix('月') {
        return of_month(rest, behind, None, first);
    }
    let behind = behind.strip_prefix('.').or_else(|| behind.strip_prefix('/'))?;
    let (day, day_length) = number(behind)?;
    let behind = &behind[day_length..];
    // 1.5公里 and 3.15万元 are no days; what may follow a day in figures is little.
    let ends = behind.is_empty()
        || behind
            .starts_with(['前', '日', '号', '之', '以', '上', '下', '，', '、', '。', ' ', '到', '去', '-']);
    let plain = rest.starts_with(|first: char| first.is_ascii_digit());
    (ends && plain).then_some(())?;
    // 8.30到 may be half past eight.
    let sure = behind.starts_with(['日', '号']) || term(behind) > 0;
    let said = Said::Date { year: None, month: first, day };
    Some((said, rest.len() - behind.len() + sign_length(behind), sure))
}

fn of_month(rest: &str, behind: &str, year: Option<i64>, month: i64) -> Option<Word> {
    if let Some(end) = behind.chars().next().filter(|end| matches!(end, '底' | '末')) {
        let length = rest.len() - behind.len() + end.len_utf8();
        return Some((Said::EndOf { year, month }, length, true));
    }
    let (day, length) = number(behind)?;
    let behind = &behind[length..];
    let sign = sign_length(behind);
    let sure = sign > 0 || term(behind) > 0 || PARTS.iter().any(|part| behind.starts_with(part));
    Some((Said::Date { year, month, day }, rest.len() - behind.len() + sign, sure))
}

fn sign_length(behind: &str) -> usize {
    behind.chars().next().filter(|next| matches!(next, '日' | '号')).map_or(0, char::len_utf8)
}

/// 20日, and 20号, which is a day for sure only where it cannot be a house or a well. 5日内 and 3日游 count days.
fn day_of_month(rest: &str, before: Option<char>) -> Option<Word> {
    if before.is_some_and(|before| before.is_ascii_digit() || matches!(before, '.' | '第' | '月' | '年')) {
        return None;
    }
    let (number, length) = number(rest)?;
    let behind = &rest[length..];
    let sign = sign_length(behind);
    if sign == 0 || behind[sign..].starts_with(['内', '游']) {
        return None;
    }
    // A house in its street or a flat in its building.
    if behind.starts_with('号')
        && before.is_some_and(|before| matches!(before, '路' | '街' | '巷' | '弄' | '栋' | '幢'))
    {
        return None;
    }
    let behind = &behind[sign..];
    let sure = behind.is_empty() || behind.starts_with(['前', '之', '以', '上', '下', '，', '、']);
    Some((Said::Day(number), length + sign, sure))
}

/// A number in figures (also full-width) or in words up to 99, with its length in bytes.
fn number(text: &str) -> Option<(i64, usize)> {
    let mut value: i64 = 0;
    let mut length = 0;
    for character in text.chars().take(4) {
        let digit = match character {
            '0'..='9' => character as i64 - '0' as i64,
            '０'..='９' => character as i64 - '０' as i64,
            _ => break,
        };
        value = value * 10 + digit;
        length += character.len_utf8();
    }
    if length > 0 {
        return Some((value, length));
    }
    let digit = |character: char| "一二三四五六七八九".chars().position(|of| of == character);
    let (mut tens, mut ones, mut length) = (None, None, 0);
    for character in text.chars() {
        if character == '十' && tens.is_none() {
            tens = Some(ones.take().unwrap_or(1));
        } else if let Some(position) = digit(character).filter(|_| ones.is_none()) {
            ones = Some(i64::try_from(position).ok()? + 1);
        } else {
            break;
        }
        length += character.len_utf8();
    }
    (length > 0).then(|| (tens.unwrap_or(0) * 10 + ones.unwrap_or(0), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(&str, bool)> {
        day_words(text).into_iter().map(|word| (&text[word.at.clone()], word.sure)).collect()
    }

    #[test]
    fn words_of_days_are_found_with_what_is_sure_of_them() {
        assert_eq!(words("周三上午检查，11月20日前报送"), [("周三", true), ("11月20日", true)]);
        assert_eq!(words("下下周一和下个周五"), [("下下周一", true), ("下个周五", true)]);
        assert_eq!(words("检修3号泵站"), [("3号", false)]);
        assert_eq!(words("11月20送样，11.20前"), [("11月20", false), ("11.20", true)]);
        assert_eq!(words("2月30日前"), [("2月30日", true)], "whether there is such a day is asked later");
    }

    #[test]
    fn what_names_no_single_day_is_not_found() {
        for text in [
            "每周三巡河",
            "上周三归档",
            "整治周边环境",
            "5日内办结",
            "修渠1.5公里",
            "下午3点开会",
            "到幸福路20号入户",
        ] {
            assert!(words(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_part_of_the_day_belongs_to_the_clock_time_behind_it() {
        assert_eq!(part_of_day("下午开会"), "下午".len());
        for text in ["下午3点开会", "下午三点开会", "上午9:30开会", "3点开会"] {
            assert_eq!(part_of_day(text), 0, "{text}");
        }
    }
}
