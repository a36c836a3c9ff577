//! The day and the place that a short line names: "周四前到大营村核查低保户".

use crate::day_word::{DayWord, Said, day_words, part_of_day, term};
use jiff::ToSpan as _;
use jiff::civil::Date;
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
    day_words(text).into_iter().find_map(|word| Some(When { day: day_of(&word, today)?, at: word.at }))
}

/// A day by which something is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    pub day: Date,
    /// Nobody said the year or the month that it lies in: it is the next such day.
    pub is_guess: bool,
}

/// The first day of `text` that is a term: 前 and the like stand behind it, or it stands at the beginning. Any other day may tell
/// of something that was, such as the day of a document.
pub fn term_named(text: &str, today: Date) -> Option<Term> {
    day_words(text).into_iter().find_map(|word| {
        let behind = &text[word.at.end..];
        let behind = &behind[part_of_day(behind)..];
        let within = matches!(word.said, Said::Week(_)) && behind.starts_with('内');
        if term(behind) == 0 && !within && !begins(&text[..word.at.start]) {
            return None;
        }
        let day = day_of(&word, today)?;
        let is_guess = match word.said {
            Said::Date { year: None, .. } | Said::EndOf { year: None, .. } => day.year() != today.year(),
            Said::Day(_) => (day.year(), day.month()) != (today.year(), today.month()),
            _ => false,
        };
        Some(Term { day, is_guess })
    })
}

/// Nothing stands before a day but a number of a list and words that lead to the day.
fn begins(head: &str) -> bool {
    const LEADING: [&str; 7] = ["请于", "请在", "务必于", "争取", "最迟", "于", "在"];
    let mut head = head.trim_end();
    while let Some(rest) = LEADING.iter().find_map(|word| head.strip_suffix(word)) {
        head = rest.trim_end();
    }
    head.chars().all(|one| !one.is_alphabetic() || "一二三四五六七八九十".contains(one))
}

/// `text` without the first day that it names and what hangs on it: 周四前, 11月20日上午. Words that are nothing else stay.
pub fn without_day(text: &str, today: Date) -> String {
    const BEHIND: [&str; 6] = ["内", "，", "、", " ", "：", "务必"];
    const BEFORE: [&str; 4] = ["请于", "争取", "于", "在"];
    let Some(When { at, .. }) = when(text, today) else { return text.to_owned() };
    let mut head = text[..at.start].trim_end();
    let mut tail = &text[at.end..];
    loop {
        let marks = BEHIND.iter().find(|word| tail.starts_with(**word)).map_or(0, |word| word.len());
        let length = [term(tail), part_of_day(tail), marks].into_iter().max().unwrap_or(0);
        if length == 0 {
            break;
        }
        tail = &tail[length..];
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

/// Which day the words mean when somebody writes them on `today`.
fn day_of(word: &DayWord, today: Date) -> Option<Date> {
    let monday = after(today, -offset(today))?;
    match word.said {
        Said::After(days) => after(today, days),
        Said::Weekday { weeks, number } => in_week(monday, weeks, number, today),
        Said::Weekend { weeks } => in_week(monday, weeks, SUNDAY, today),
        // A week alone: its last working day.
        Said::Week(weeks) => {
            let friday = after(monday, weeks * 7 + 4)?;
            if friday < today { after(monday, weeks * 7 + SUNDAY) } else { Some(friday) }
        }
        Said::MonthEnd(months) => {
            Some(today.first_of_month().checked_add(months.months()).ok()?.last_of_month())
        }
        Said::EndOf { year, month } => {
            let first = in_year(year, month, 1, today)?;
            // The month's first day may be long past and its end not.
            let is_now = year.is_none() && month == i64::from(today.month());
            Some(if is_now { today.last_of_month() } else { first.last_of_month() })
        }
        Said::Date { year, month, day } => in_year(year, month, day, today),
        Said::Day(day) => day_of_month(day, today).filter(|_| word.sure),
    }
}

/// Days from Monday to Sunday.
const SUNDAY: i64 = 6;

/// A weekday without a week is the next one, today included.
fn in_week(monday: Date, weeks: Option<i64>, number: i64, today: Date) -> Option<Date> {
    let next = if number < offset(today) { 1 } else { 0 };
    after(monday, weeks.unwrap_or(next) * 7 + number)
}

fn offset(day: Date) -> i64 {
    i64::from(day.weekday().to_monday_zero_offset())
}

fn in_year(year: Option<i64>, month: i64, day: i64, today: Date) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let said = year.map(i16::try_from).transpose().ok()?;
    let date = Date::new(said.unwrap_or(today.year()), month, day).ok()?;
    let long_past = today.duration_since(date).as_hours() / 24 > PAST_DAYS_MOST;
    if said.is_none() && long_past { Date::new(today.year() + 1, month, day).ok() } else { Some(date) }
}

/// This month's, or the next one's when it is past.
fn day_of_month(day: i64, today: Date) -> Option<Date> {
    let day = i8::try_from(day).ok()?;
    let this = Date::new(today.year(), today.month(), day).ok().filter(|date| *date >= today);
    this.or_else(|| {
        let next = today.first_of_month().checked_add(1.month()).ok()?;
        Date::new(next.year(), next.month(), day).ok()
    })
}

/// Words that say a day there is none of, such as 2月30日 or 32日前, where they say no other: whoever wrote them meant one.
pub fn no_such_day(text: &str, today: Date) -> Option<&str> {
    let words = day_words(text);
    if words.iter().any(|word| day_of(word, today).is_some()) {
        return None;
    }
    // 号 alone also numbers houses.
    let is_day = |word: &DayWord| text[word.at.clone()].ends_with('日') || term(&text[word.at.end..]) > 0;
    let is_none = |word: &&DayWord| match word.said {
        Said::Date { year, month, day } => !exists(year, month, day, today),
        Said::Day(day) => !(1..=31).contains(&day) && is_day(word),
        _ => false,
    };
    words.iter().filter(|word| word.sure).find(is_none).map(|word| &text[word.at.clone()])
}

/// In the year that is said, or in this one or the next.
fn exists(year: Option<i64>, month: i64, day: i64, today: Date) -> bool {
    let years =
        year.map_or_else(|| vec![today.year(), today.year() + 1], |year| Vec::from_iter(i16::try_from(year)));
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { return false };
    years.into_iter().any(|year| Date::new(year, month, day).is_ok())
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
            "走访幸福路20号，登记住户",
            "拆除人民路12号前的棚子",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn a_term_is_a_day_with_a_word_that_makes_it_one_or_at_the_beginning() {
        let named = |text| term_named(text, TODAY).map(|term| (term.day, term.is_guess));
        for (text, day, is_guess) in [
            ("11月30日前查清名单", date(2026, 11, 30), false),
            ("名单于11月30日之前查清", date(2026, 11, 30), false),
            ("周三换表", date(2026, 11, 11), false),
            ("1、请于周三上午换表", date(2026, 11, 11), false),
            ("按15日下发的通知，20日前整改", date(2026, 11, 20), false),
            ("台账本周内补齐", date(2026, 11, 6), false),
            ("3日前报名单", date(2026, 12, 3), true),
            ("7月15日暗访的隐患销号", date(2027, 7, 15), true),
            ("2027年1月5日前验收", date(2027, 1, 5), false),
        ] {
            assert_eq!(named(text), Some((day, is_guess)), "{text}");
        }
        for text in [
            "逐项销号7月15日暗访发现的隐患",
            "落实15日下发的整改通知",
            "走访幸福路20号，登记住户",
            "核对上报周三例会的台账",
            "查清名单",
        ] {
            assert_eq!(named(text), None, "{text}");
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
    fn a_clock_time_stays_with_its_part_of_the_day() {
        for (text, expected) in [
            ("周四下午3点到大营村开会", "下午3点到大营村开会"),
            ("明天上午9:30，查水库", "上午9:30，查水库"),
            ("周四下午，到大营村开会", "到大营村开会"),
        ] {
            assert_eq!(without_day(text, TODAY), expected);
        }
        assert_eq!(day("下午3点到大营村开会"), None);
    }

    #[test]
    fn a_day_there_is_none_of_is_pointed_at() {
        for (text, words) in [
            ("2月30日前报账", "2月30日"),
            ("11月31日上午开会", "11月31日"),
            ("2027年2月29日复查", "2027年2月29日"),
            ("十一月三十一日前", "十一月三十一日"),
            ("2.30前报账", "2.30"),
            ("32日前上报", "32日"),
            ("32号前上报", "32号"),
            ("13月5日开工", "13月5日"),
        ] {
            assert_eq!(no_such_day(text, TODAY), Some(words), "{text}");
            assert_eq!(day(text), None, "{text}");
        }
        for text in [
            "2月28日前报账",
            "11月31户复查",
            "8.35到校",
            "检修45号井",
            "走访人民路128号，发放告知书",
            "到幸福路45号、47号入户",
            "登记3栋45号",
            "发放2月30份凭证",
            "周五前报2月30日的账",
        ] {
            assert_eq!(no_such_day(text, TODAY), None, "{text}");
        }
        assert_eq!(no_such_day("2月29日前", jiff::civil::date(2027, 6, 1)), None, "next year has one");
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
