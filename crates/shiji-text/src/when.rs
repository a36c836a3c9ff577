//! The day and the place that a short line names: "周四前到大营村核查低保户".

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use std::ops::Range;

/// A day found in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    pub day: Date,
    /// Where its words stand, in bytes of the text.
    pub at: Range<usize>,
}

/// Days that lie longer ago are of the next year: a line is about what is to come.
const PAST_DAYS_MOST: i64 = 90;

/// The first day that `text` names, seen from `today`. A weekday without 上 or 下 is the next one, today included; 本周 and
/// 下周 alone end on their Friday; a month's end is its last day.
pub fn when(text: &str, today: Date) -> Option<When> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.into_iter().find_map(|at| {
        let rest = &text[at..];
        let before = text[..at].chars().next_back();
        let (day, length) = near_day(rest, today)
            .or_else(|| weekday(rest, before, today))
            .or_else(|| month_end(rest, today))
            .or_else(|| full_date(rest, before, today))
            .or_else(|| day_of_month(rest, before, today))?;
        Some(When { day, at: at..at + length })
    })
}

/// `text` without the first day that it names and what hangs on it: 周四前, 11月20日上午. Words that are nothing else stay.
pub fn without_day(text: &str, today: Date) -> String {
    const BEHIND: [&str; 14] =
        ["之前", "以前", "前", "上午", "下午", "晚上", "晚", "早上", "内", "，", "、", " ", "：", "务必"];
    const BEFORE: [&str; 4] = ["请于", "争取", "于", "在"];
    let Some(When { at, .. }) = when(text, today) else { return text.to_owned() };
    let mut head = text[..at.start].trim_end();
    let mut tail = &text[at.end..];
    while let Some(rest) = BEHIND.iter().find_map(|word| tail.strip_prefix(word)) {
        tail = rest;
    }
    while let Some(rest) = BEFORE.iter().find_map(|word| head.strip_suffix(word)) {
        head = rest.trim_end();
    }
    let rest = format!("{head}{tail}");
    let is_empty = rest.trim_matches(|one: char| !one.is_alphanumeric()).is_empty();
    if is_empty { text.to_owned() } else { rest.trim().to_owned() }
}

fn after(today: Date, days: i64) -> Option<Date> {
    today.checked_add(days.days()).ok()
}

fn near_day(rest: &str, today: Date) -> Option<(Date, usize)> {
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
    Some((after(today, *days)?, word.len()))
}

/// Days from Monday of this week to what the words name. 上周三 is past, and 每周三 is no single day.
fn weekday(rest: &str, before: Option<char>, today: Date) -> Option<(Date, usize)> {
    if before.is_some_and(|before| matches!(before, '上' | '每' | '个')) {
        return None;
    }
    const WEEKS: [(&str, Option<i64>); 5] =
        [("下下", Some(2)), ("下", Some(1)), ("本", Some(0)), ("这", Some(0)), ("", None)];
    let (prefix, week) = WEEKS.iter().find(|(prefix, _)| {
        let rest = rest.strip_prefix(prefix);
        rest.is_some_and(|rest| week_word(rest.strip_prefix('个').unwrap_or(rest)).is_some())
    })?;
    let behind = rest.strip_prefix(prefix)?;
    let behind = behind.strip_prefix('个').unwrap_or(behind);
    let behind = &behind[week_word(behind)?..];
    let monday = after(today, -i64::from(today.weekday().to_monday_zero_offset()))?;
    let named = behind.chars().next().and_then(weekday_number);
    let (day, length) = match (named, week) {
        (Some(number), Some(week)) => {
            (after(monday, week * 7 + number)?, rest.len() - behind.len() + first_length(behind))
        }
        (Some(number), None) => {
            let days = if number < offset(today) { number + 7 } else { number };
            (after(monday, days)?, rest.len() - behind.len() + first_length(behind))
        }
        // A week alone: its last working day. Without a word before, 周 is part of another word (周边, 周期).
        (None, Some(week)) => {
            let friday = after(monday, week * 7 + 4)?;
            let day = if friday < today { after(monday, week * 7 + 6)? } else { friday };
            (day, rest.len() - behind.len())
        }
        (None, None) => return None,
    };
    Some((day, length))
}

fn offset(day: Date) -> i64 {
    i64::from(day.weekday().to_monday_zero_offset())
}

fn first_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

fn week_word(rest: &str) -> Option<usize> {
    ["星期", "礼拜", "周"].iter().find(|word| rest.starts_with(**word)).map(|word| word.len())
}

fn weekday_number(character: char) -> Option<i64> {
    match character {
        '一' | '1' => Some(0),
        '二' | '2' => Some(1),
        '三' | '3' => Some(2),
        '四' | '4' => Some(3),
        '五' | '5' => Some(4),
        '六' | '6' => Some(5),
        '日' | '天' | '末' | '7' => Some(i64::from(Weekday::Sunday.to_monday_zero_offset())),
        _ => None,
    }
}

fn month_end(rest: &str, today: Date) -> Option<(Date, usize)> {
    const WORDS: [(&str, i64); 7] = [
        ("本月底", 0),
        ("本月末", 0),
        ("月底", 0),
        ("月末", 0),
        ("下月底", 1),
        ("下月末", 1),
        ("下个月底", 1),
    ];
    let (word, months) = WORDS.iter().find(|(word, _)| rest.starts_with(word))?;
    let day = today.first_of_month().checked_add(months.months()).ok()?.last_of_month();
    Some((day, word.len()))
}

/// 2026年11月20日, 11月20日, 11月20, 十一月二十日, 11月底, 11.20 and 11/20.
fn full_date(rest: &str, before: Option<char>, today: Date) -> Option<(Date, usize)> {
    if before.is_some_and(|before| before.is_ascii_digit() || matches!(before, '.' | '/' | '-')) {
        return None;
    }
    let (first, first_length) = number(rest)?;
    let behind = &rest[first_length..];
    if let Some(behind) = behind.strip_prefix('年')
        && let Some((month, month_length)) = number(behind)
    {
        let behind = behind[month_length..].strip_prefix('月')?;
        return of_month(rest, behind, Some(i16::try_from(first).ok()?), month, today);
    }
    if let Some(behind) = behind.strip_prefix('月') {
        return of_month(rest, behind, None, first, today);
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
    let date = in_year(None, first, day, today)?;
    let sign = behind.chars().next().filter(|next| matches!(next, '日' | '号')).map_or(0, char::len_utf8);
    Some((date, rest.len() - behind.len() + sign))
}

fn of_month(rest: &str, behind: &str, year: Option<i16>, month: i64, today: Date) -> Option<(Date, usize)> {
    if behind.starts_with('底') || behind.starts_with('末') {
        let first = in_year(year, month, 1, today)?;
        // The month's first day may be long past and its end not.
        let first = if year.is_none() && month == i64::from(today.month()) { today } else { first };
        return Some((first.last_of_month(), rest.len() - behind.len() + first_length(behind)));
    }
    let (day, length) = number(behind)?;
    let behind = &behind[length..];
    let sign = behind.chars().next().filter(|next| matches!(next, '日' | '号')).map_or(0, char::len_utf8);
    Some((in_year(year, month, day, today)?, rest.len() - behind.len() + sign))
}

fn in_year(year: Option<i16>, month: i64, day: i64, today: Date) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let date = Date::new(year.unwrap_or(today.year()), month, day).ok()?;
    let long_past = today.duration_since(date).as_hours() / 24 > PAST_DAYS_MOST;
    if year.is_none() && long_past { Date::new(today.year() + 1, month, day).ok() } else { Some(date) }
}

/// 20日, and 20号 where it cannot be a house or a well: this month's, or the next one's when it is past.
fn day_of_month(rest: &str, before: Option<char>, today: Date) -> Option<(Date, usize)> {
    if before.is_some_and(|before| before.is_ascii_digit() || matches!(before, '.' | '第' | '月' | '年')) {
        return None;
    }
    let (number, length) = number(rest)?;
    let behind = &rest[length..];
    let (sign, behind) = if let Some(behind) = behind.strip_prefix('日') {
        ('日', behind)
    } else {
        ('号', behind.strip_prefix('号')?)
    };
    let time_follows = behind.starts_with(['前', '之', '以', '上', '下', '，', '、']) || behind.is_empty();
    // 5日内, 3日游: a number of days.
    let counts = behind.starts_with(['内', '游']);
    if counts || !time_follows {
        return None;
    }
    let day = i8::try_from(number).ok()?;
    let this = Date::new(today.year(), today.month(), day).ok().filter(|date| *date >= today);
    let date = match this {
        Some(date) => date,
        None => {
            let next = today.first_of_month().checked_add(1.month()).ok()?;
            Date::new(next.year(), next.month(), day).ok()?
        }
    };
    Some((date, length + sign.len_utf8()))
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

/// Where a place's name may begin, and how it ends.
const GO: [&str; 5] = ["到", "去", "在", "赴", "往"];
const ENDS: [&str; 14] = [
    "村",
    "社区",
    "小组",
    "学校",
    "小学",
    "中学",
    "公司",
    "合作社",
    "水库",
    "泵站",
    "工地",
    "中心",
    "卫生院",
    "厂",
];
/// Characters of a place's name that nobody has told us of.
const NAME_MOST: usize = 8;

/// The place that `text` names: one of `known` (the longest), else what stands between 到, 去, 在 and the like and the end of a
/// place's name.
pub fn place_named<'t>(text: &'t str, known: &[&'t str]) -> Option<&'t str> {
    let named = known.iter().filter(|name| !name.is_empty() && text.contains(**name));
    named.max_by_key(|name| name.chars().count()).copied().or_else(|| guessed(text))
}

fn guessed(text: &str) -> Option<&str> {
    let start = GO.iter().filter_map(|word| text.find(word).map(|at| at + word.len())).min()?;
    let name: usize = text[start..].chars().take(NAME_MOST).map(char::len_utf8).sum();
    let rest = &text[start..start + name];
    let end = ENDS.iter().filter_map(|end| rest.find(end).map(|at| at + end.len())).min()?;
    let found = &rest[..end];
    (found.chars().count() > 1).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// A Friday.
    const TODAY: Date = date(2026, 11, 6);

    fn day(text: &str) -> Option<Date> {
        when(text, TODAY).map(|when| when.day)
    }

    #[test]
    fn days_are_understood_as_people_write_them() {
        for (text, expected) in [
            ("周四前到大营村核查低保户", date(2026, 11, 12)),
            ("周五下午开会", date(2026, 11, 6)),
            ("下周三之前交材料", date(2026, 11, 11)),
            ("下下周一", date(2026, 11, 16)),
            ("本周日值班", date(2026, 11, 8)),
            ("星期一上午走访", date(2026, 11, 9)),
            ("礼拜天查渠", date(2026, 11, 8)),
            ("本周内完成", date(2026, 11, 6)),
            ("下周完成", date(2026, 11, 13)),
            ("明天送表", date(2026, 11, 7)),
            ("大后天复查", date(2026, 11, 9)),
            ("月底前报账", date(2026, 11, 30)),
            ("12月底竣工", date(2026, 12, 31)),
            ("11月底竣工", date(2026, 11, 30)),
            ("11月20日前清淤", date(2026, 11, 20)),
            ("十一月二十日前清淤", date(2026, 11, 20)),
            ("11.20前清淤", date(2026, 11, 20)),
            ("2027年1月5日验收", date(2027, 1, 5)),
            ("1月5日验收", date(2027, 1, 5)),
            ("20日前上报", date(2026, 11, 20)),
            ("3号前上报", date(2026, 12, 3)),
            ("１１月２０日清淤", date(2026, 11, 20)),
        ] {
            assert_eq!(day(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_not_taken_for_one() {
        for text in [
            "修渠1.5公里",
            "拨付3.15万元",
            "检修3号泵站",
            "整治周边环境",
            "上周三的会议记录归档",
            "每周三巡河",
            "发放第2批物资",
            "5日内办结",
            "安装42户水表",
            "巡河",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn the_words_of_the_day_are_pointed_at() {
        let text = "请于下周三之前交";
        assert_eq!(&text[when(text, TODAY).unwrap().at], "下周三");
    }

    #[test]
    fn what_was_done_is_told_without_the_day_by_which() {
        for (text, expected) in [
            ("周四前到大营村核查低保户", "到大营村核查低保户"),
            ("11月20日上午，东湾村防汛演练", "东湾村防汛演练"),
            ("东湾支渠清淤1.2公里，于下周五前完成", "东湾支渠清淤1.2公里，完成"),
            ("走访脱贫户12户", "走访脱贫户12户"),
            ("周四前", "周四前"),
        ] {
            assert_eq!(without_day(text, TODAY), expected);
        }
    }

    #[test]
    fn places_are_the_towns_own_first() {
        let known = ["大营村", "小营村", "大营村卫生室"];
        assert_eq!(place_named("周四前到大营村核查低保户", &known), Some("大营村"));
        assert_eq!(place_named("到大营村卫生室看药品", &known), Some("大营村卫生室"));
        assert_eq!(place_named("到湾口水库查坝", &known), Some("湾口水库"));
        assert_eq!(place_named("去复印材料", &known), None);
    }
}
