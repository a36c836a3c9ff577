//! Days as offices write them: 2026年6月底, 6月30日前, 2026.6, 二季度末.

use crate::clean::{half_width, without_blanks};
use jiff::civil::Date;
use std::ops::Range;

/// A day in a text, and the characters that say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub day: Date,
    pub at: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading {
    Day(Told),
    /// A month without a year, and nothing nearby says which.
    WithoutYear,
    Nothing,
}

/// The text in which days are looked for: positions count its characters.
pub(crate) fn plain(text: &str) -> Vec<char> {
    without_blanks(&half_width(text)).chars().collect()
}

/// The first day in the text. A month, a quarter or a year means its last day; "前" means by that day.
pub(crate) fn first_day(text: &[char], year: Option<i16>) -> Reading {
    let mut without_year = false;
    for start in 0..text.len() {
        // A month behind a year that made no sense is not a month of the year that is known.
        let behind_a_year = start > 1 && text[start - 1] == '年' && text[start - 2].is_ascii_digit();
        if start > 0 && text[start - 1].is_ascii_digit() || behind_a_year {
            continue;
        }
        match read_at(text, start, year) {
            Some(Reading::Day(told)) => return Reading::Day(told),
            Some(Reading::WithoutYear) => without_year = true,
            _ => {}
        }
    }
    if without_year { Reading::WithoutYear } else { Reading::Nothing }
}

/// A year between 2000 and 2100 that the text names with 年.
pub(crate) fn year_in(text: &str) -> Option<i16> {
    let text = plain(text);
    (0..text.len()).find_map(|start| {
        let (year, end) = number(&text, start, 4)?;
        let fresh = start == 0 || !text[start - 1].is_ascii_digit();
        (fresh && end - start == 4 && text.get(end) == Some(&'年')).then(|| i16::try_from(year).ok())?
    })
}

fn read_at(text: &[char], start: usize, year: Option<i16>) -> Option<Reading> {
    let mut reader = Reader { text, at: start };
    let day = reader.day(year)?;
    reader.take("前");
    Some(match day {
        Some(day) => Reading::Day(Told { day, at: start..reader.at }),
        None => Reading::WithoutYear,
    })
}

fn number(text: &[char], start: usize, most: usize) -> Option<(i32, usize)> {
    let digits: String = text.iter().skip(start).take_while(|c| c.is_ascii_digit()).take(most + 1).collect();
    (!digits.is_empty() && digits.len() <= most)
        .then(|| Some((digits.parse().ok()?, start + digits.len())))?
}

struct Reader<'a> {
    text: &'a [char],
    at: usize,
}

impl Reader<'_> {
    fn take(&mut self, word: &str) -> bool {
        let there = word.chars().enumerate().all(|(at, c)| self.text.get(self.at + at) == Some(&c));
        if there {
            self.at += word.chars().count();
        }
        there
    }

    fn take_any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.take(word))
    }

    fn number(&mut self, most: usize) -> Option<i32> {
        let (number, end) = number(self.text, self.at, most)?;
        self.at = end;
        Some(number)
    }

    /// `None`: no day here; `Some(None)`: a day without its year.
    fn day(&mut self, year: Option<i16>) -> Option<Option<Date>> {
        let start = self.at;
        if let Some(digits) = self.number(8) {
            match self.at - start {
                8 => return date(digits / 10_000, digits / 100 % 100, digits % 100).map(Some),
                4 if self.take_any(&["年", ".", "-", "/"]) => return self.within(digits).map(Some),
                _ => self.at = start,
            }
        }
        if let Some(month) = self.number(2)
            && self.take("月")
        {
            return self.in_month(year.map(i32::from), month);
        }
        self.at = start;
        let end = self.part_of_year()?;
        Some(year.and_then(|year| last_of(i32::from(year), end)))
    }

    /// What follows a year.
    fn within(&mut self, year: i32) -> Option<Date> {
        if let Some(month) = self.part_of_year() {
            return last_of(year, month);
        }
        if self.take_any(&["底", "末"]) {
            return last_of(year, 12);
        }
        let month = self.number(2)?;
        if self.take("月") {
            return self.in_month(Some(year), month).flatten();
        }
        if self.take_any(&[".", "-", "/"]) {
            let day = self.number(2)?;
            self.take_any(&["日", "号"]);
            // A workbook's own days may come with an hour.
            if self.take("T") {
                while self.text.get(self.at).is_some_and(|c| c.is_ascii_digit() || *c == ':') {
                    self.at += 1;
                }
            }
            return date(year, month, day);
        }
        last_of(year, month)
    }

    /// What follows a month.
    fn in_month(&mut self, year: Option<i32>, month: i32) -> Option<Option<Date>> {
        if !(1..=12).contains(&month) {
            return None;
        }
        let day = if self.take("上旬") {
            Some(10)
        } else if self.take("中旬") {
            Some(20)
        } else if self.take_any(&["下旬", "底", "末"]) {
            None
        } else if let Some(day) = self.number(2) {
            self.take_any(&["日", "号"]);
            Some(day)
        } else {
            None
        };
        let Some(year) = year else { return Some(None) };
        match day {
            Some(day) => date(year, month, day).map(Some),
            None => last_of(year, month).map(Some),
        }
    }

    /// A quarter, a half or the end of the year, as its last month.
    fn part_of_year(&mut self) -> Option<i32> {
        const PARTS: [(&[&str], i32); 8] = [
            (&["上半年"], 6),
            (&["下半年", "年底", "年末"], 12),
            (&["第一季度", "一季度", "1季度"], 3),
            (&["第二季度", "二季度", "2季度"], 6),
            (&["第三季度", "三季度", "3季度"], 9),
            (&["第四季度", "四季度", "4季度"], 12),
            (&["第1季度"], 3),
            (&["第2季度"], 6),
        ];
        let found = PARTS.iter().find(|(words, _)| self.take_any(words)).map(|(_, month)| *month)?;
        self.take_any(&["底", "末"]);
        Some(found)
    }
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| (2000..=2100).contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn last_of(year: i32, month: i32) -> Option<Date> {
    date(year, month, 1).map(Date::last_of_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, year: Option<i16>) -> Option<String> {
        match first_day(&plain(text), year) {
            Reading::Day(told) => Some(told.day.to_string()),
            Reading::WithoutYear => Some("without year".into()),
            Reading::Nothing => None,
        }
    }

    #[test]
    fn days_are_read_as_offices_write_them() {
        let told = [
            ("2026年6月30日", "2026-06-30"),
            ("２０２６年６月３０日前", "2026-06-30"),
            ("2026年6月底", "2026-06-30"),
            ("2026 年 2 月", "2026-02-28"),
            ("2026.6", "2026-06-30"),
            ("2026.6.5", "2026-06-05"),
            ("2026-06-05T08:00:00", "2026-06-05"),
            ("2026/9/1", "2026-09-01"),
            ("20260901", "2026-09-01"),
            ("2026年9月中旬", "2026-09-20"),
            ("2026年底", "2026-12-31"),
            ("2026年二季度末", "2026-06-30"),
            ("2027年上半年", "2027-06-30"),
            ("主体封顶（2026年8月10日）", "2026-08-10"),
        ];
        for (text, day) in told {
            assert_eq!(read(text, None).as_deref(), Some(day), "{text}");
        }
    }

    #[test]
    fn a_month_takes_the_year_that_is_known_and_is_nothing_without() {
        assert_eq!(read("6月30日前", Some(2026)).as_deref(), Some("2026-06-30"));
        assert_eq!(read("三季度", Some(2026)).as_deref(), Some("2026-09-30"));
        assert_eq!(read("年底前", Some(2026)).as_deref(), Some("2026-12-31"));
        assert_eq!(read("6月底前", None).as_deref(), Some("without year"));
        assert_eq!(year_in("青溪镇2026年度重点工程"), Some(2026));
        assert_eq!(year_in("12026年"), None);
    }

    #[test]
    fn figures_that_are_no_days_are_left_alone() {
        for text in [
            "铺管3.5公里",
            "投资1200万元",
            "待定",
            "2026",
            "13月",
            "2026年13月1日",
            "2026.2.30",
            "9999年9月",
            "999999999999",
        ] {
            assert_eq!(read(text, Some(2026)), None, "{text}");
        }
    }

    #[test]
    fn the_characters_of_the_day_are_told() {
        let text = plain("6月底前完成铺设");
        let Reading::Day(told) = first_day(&text, Some(2026)) else { panic!() };
        assert_eq!(text[told.at.end..].iter().collect::<String>(), "完成铺设");
    }
}
