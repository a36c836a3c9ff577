//! The days on which a plan may be carried out: from its field and from its words.

use crate::day_word::{DayWord, Said, day_words, part_of_day, term};
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

/// Reads the day of a plan for `period`. 本周 and 下周 both mean that period: plans for it are written the week before.
pub fn plan_days(text: &str, due_on: Option<Date>, period: Days) -> PlanDays {
    let told = day_words(text).into_iter().find_map(|word| day_of(&word, period).map(|day| (day, word.at)));
    let Some(day) = due_on.or(told.as_ref().map(|(day, _)| *day)) else {
        return PlanDays { days: period, words: None, told: false };
    };
    let (mut until, mut words) = (false, None);
    if let Some((said, at)) = told {
        let part = at.end + part_of_day(&text[at.end..]);
        let end = part + term(&text[part..]);
        until = end > part && said == day;
        words = Some(text[at.start..end].to_owned());
    }
    let first = if until && period.first <= day { period.first } else { day };
    PlanDays { days: Days { first, last: day }, words, told: true }
}

/// Which day the words mean in a plan for `period`; a date may lie within a month of it.
fn day_of(word: &DayWord, period: Days) -> Option<Date> {
    match word.said {
        // Of a period of several weeks, the first such day.
        Said::Weekday { weeks: None | Some(0 | 1), number } => period
            .first
            .series(Span::new().days(1))
            .take_while(|day| *day <= period.last)
            .find(|day| i64::from(day.weekday().to_monday_zero_offset()) == number),
        Said::Date { year, month, day } if word.sure => {
            let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
            let said = year.map(i16::try_from).transpose().ok()?;
            let years = said.map_or([period.first.year(), period.last.year()], |year| [year, year]);
            let near = Days {
                first: period.first.checked_sub(31.days()).ok()?,
                last: period.last.checked_add(31.days()).ok()?,
            };
            let dates = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
            dates.into_iter().find(|date| near.contains(*date))
        }
        Said::Day(day) => {
            let day = i8::try_from(day).ok()?;
            let dates = [period.first, period.last].map(|edge| Date::new(edge.year(), edge.month(), day));
            dates.into_iter().filter_map(Result::ok).find(|date| period.contains(*date))
        }
        // The week before, today and the end of a month say nothing of the days of the period.
        _ => None,
    }
}

/// The text with a mark in the place of each word for a day, with its part of the day and its term: when something is done says
/// nothing of what it is.
pub(super) fn without_days(text: &str) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for word in day_words(text) {
        rest.push_str(&text[from..word.at.start]);
        rest.push('，');
        from = word.at.end + part_of_day(&text[word.at.end..]);
        from += term(&text[from..]);
    }
    rest.push_str(&text[from..]);
    rest
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
    fn the_words_of_a_day_are_told_with_its_part_and_term() {
        let words = |text| plan_days(text, None, WEEK).words;
        assert_eq!(words("周三上午检查配电房").as_deref(), Some("周三上午"));
        assert_eq!(words("本周五之前走访3户").as_deref(), Some("本周五之前"));
        assert_eq!(words("周三下午3点检查").as_deref(), Some("周三"));
        assert_eq!(words("十一月十九日抽样").as_deref(), Some("十一月十九日"));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "整治周边环境",
            "发放8号文件20份",
            "走访18户",
            "本周内清理边沟",
            "周末值班",
            "3月产值报表",
            "每周三巡河",
        ] {
            assert_eq!(days(text, None), (16, 22), "{text}");
        }
    }
}
