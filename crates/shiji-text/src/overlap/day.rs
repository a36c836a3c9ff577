//! The days on which a plan may be carried out: from its field and from its words.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use shiji_domain::calendar::Days;

/// When a plan is to be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanDays {
    /// One day, or the days up to a term, or the whole period.
    pub days: Days,
    /// The words that say so; none where the field says it, or nothing does.
    pub words: Option<String>,
    /// The plan itself says a day.
    pub told: bool,
}

/// What a text says of days: the day, whether it is a term, and the words.
struct Told {
    day: Date,
    until: bool,
    words: String,
}

/// Reads the day of a plan for `period`. 本周 and 下周 both mean that period: plans for it are written the week before.
pub fn plan_days(text: &str, due_on: Option<Date>, period: Days) -> PlanDays {
    let told = told(text, period);
    let day = due_on.or(told.as_ref().map(|told| told.day));
    let Some(day) = day else {
        return PlanDays { days: period, words: None, told: false };
    };
    let until = told.as_ref().is_some_and(|told| told.until && told.day == day);
    let first = if until && period.first <= day { period.first } else { day };
    PlanDays { days: Days { first, last: day }, words: told.map(|told| told.words), told: true }
}

fn told(text: &str, period: Days) -> Option<Told> {
    let letters: Vec<char> = text.chars().collect();
    (0..letters.len()).find_map(|at| {
        let (day, mut end) = weekday(&letters, at, period).or_else(|| date(&letters, at, period))?;
        for part in ["上午", "下午", "中午", "晚上", "全天"] {
            if starts(&letters, end, part) {
                end += part.chars().count();
            }
        }
        let before = ["之前", "以前", "前"].into_iter().find(|word| starts(&letters, end, word));
        end += before.map_or(0, |word| word.chars().count());
        Some(Told { day, until: before.is_some(), words: letters[at..end].iter().collect() })
    })
}

fn starts(letters: &[char], at: usize, word: &str) -> bool {
    let wanted = word.chars();
    letters.len() >= at
        && wanted.clone().count() <= letters.len() - at
        && wanted.eq(letters[at..].iter().copied().take(word.chars().count()))
}

/// 周三, 本周三, 下周三, 星期三, 礼拜三.
fn weekday(letters: &[char], at: usize, period: Days) -> Option<(Date, usize)> {
    let mut end = at;
    if matches!(letters[at], '本' | '下' | '这') {
        end += 1;
    }
    let word = ["周", "星期", "礼拜"].into_iter().find(|word| starts(letters, end, word))?;
    end += word.chars().count();
    let sign = *letters.get(end)?;
    let number = "一二三四五六日天".chars().position(|known| known == sign)?.min(6);
    let weekday = i8::try_from(number).ok()?;
    // Of a period of several weeks, the first such day; 周末 and 周边 are no weekdays.
    let day = period
        .first
        .series(Span::new().days(1))
        .take_while(|day| *day <= period.last)
        .find(|day| day.weekday().to_monday_zero_offset() == weekday)?;
    Some((day, end + 1))
}

/// 11月18日, 18日, 11月18号, where the day lies within a month of the period.
fn date(letters: &[char], at: usize, period: Days) -> Option<(Date, usize)> {
    if at > 0 && (letters[at - 1].is_ascii_digit() || matches!(letters[at - 1], '月' | '年' | '.')) {
        return None;
    }
    let (first, mut end) = number(letters, at)?;
    let (month, day) = match letters.get(end)? {
        '月' => {
            let (day, after) = number(letters, end + 1)?;
            end = after;
            (Some(first), day)
        }
        _ => (None, first),
    };
    if !matches!(letters.get(end)?, '日' | '号') {
        return None;
    }
    let day = i8::try_from(day).ok()?;
    let near = Days {
        first: period.first.checked_sub(31.days()).ok()?,
        last: period.last.checked_add(31.days()).ok()?,
    };
    let date = match month {
        Some(month) => {
            let month = i8::try_from(month).ok()?;
            let same_year = Date::new(period.first.year(), month, day).ok().filter(|day| near.contains(*day));
            same_year.or_else(|| Date::new(period.last.year(), month, day).ok())
        }
        None => [period.first, period.last]
            .into_iter()
            .filter_map(|edge| Date::new(edge.year(), edge.month(), day).ok())
            .find(|date| period.contains(*date)),
    }?;
    near.contains(date).then_some((date, end + 1))
}

fn number(letters: &[char], at: usize) -> Option<(u32, usize)> {
    let digits: Vec<u32> = letters.get(at..)?.iter().take(2).map_while(|c| c.to_digit(10)).collect();
    let value = digits.iter().copied().reduce(|all, digit| all * 10 + digit)?;
    Some((value, at + digits.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const WEEK: Days = Days { first: date(2026, 11, 16), last: date(2026, 11, 22) };

    fn days(text: &str, due_on: Option<Date>) -> (i8, i8) {
        let found = plan_days(text, due_on, WEEK);
        (found.days.first.day(), found.days.last.day())
    }

    #[test]
    fn days_in_words_are_days_of_the_period() {
        assert_eq!(days("周三上午检查配电房", None), (18, 18));
        assert_eq!(days("11月19日到合作社抽样", None), (19, 19));
        assert_eq!(days("19日检查消防", None), (19, 19));
        assert_eq!(days("下周二检查仓库", None), (17, 17));
        assert_eq!(days("本周五前走访3户", None), (16, 20));
    }

    #[test]
    fn the_field_holds_where_the_words_say_another_day() {
        assert_eq!(days("周五前走访", Some(date(2026, 11, 20))), (16, 20));
        assert_eq!(days("周五检查", Some(date(2026, 11, 18))), (18, 18));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in
            ["整治周边环境", "发放8号文件20份", "走访18户", "本周内清理边沟", "周末值班", "3月产值报表"]
        {
            assert_eq!(days(text, None), (16, 22), "{text}");
        }
    }
}
