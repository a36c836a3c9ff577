//! When a matter is in season: months of the year, stretches of days, and the weeks around the Spring Festival.

use jiff::civil::Date;

/// First day of the lunar year from 2020 on, month and day, as in the official calendars.
const SPRING_FESTIVALS: [(i8, i8); 16] = [
    (1, 25),
    (2, 12),
    (2, 1),
    (1, 22),
    (2, 10),
    (1, 29),
    (2, 17),
    (2, 6),
    (1, 26),
    (2, 13),
    (2, 3),
    (1, 23),
    (2, 11),
    (1, 31),
    (2, 19),
    (2, 8),
];
const FIRST_FESTIVAL_YEAR: i16 = 2020;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Season {
    /// Months from one to the other, both included; may pass the turn of the year.
    Months(Vec<(i8, i8)>),
    BeforeSpringFestival,
    AfterSpringFestival,
}

impl Season {
    /// Reads `1-12`, `3-5,9-10`, `节前` or `节后`.
    pub fn read(text: &str) -> Option<Season> {
        match text {
            "节前" => return Some(Season::BeforeSpringFestival),
            "节后" => return Some(Season::AfterSpringFestival),
            _ => {}
        }
        let spans = text.split(',').map(|span| {
            let (from, to) = span.split_once('-').unwrap_or((span, span));
            let (from, to) = (from.parse().ok()?, to.parse().ok()?);
            ((1..=12).contains(&from) && (1..=12).contains(&to)).then_some((from, to))
        });
        spans.collect::<Option<Vec<_>>>().map(Season::Months)
    }

    pub fn holds(&self, day: Date) -> bool {
        match self {
            Season::Months(spans) => spans.iter().any(|&(from, to)| {
                let month = day.month();
                if from <= to { from <= month && month <= to } else { from <= month || month <= to }
            }),
            Season::BeforeSpringFestival => (1..=24).contains(&days_until_festival(day)),
            Season::AfterSpringFestival => (-22..=-6).contains(&days_until_festival(day)),
        }
    }
}

/// Days until the lunar new year of the same civil year; negative after it. Beyond the table the fifth of February stands in.
pub fn days_until_festival(day: Date) -> i32 {
    let row = usize::try_from(day.year() - FIRST_FESTIVAL_YEAR).ok();
    let (month, date) = row.and_then(|row| SPRING_FESTIVALS.get(row)).copied().unwrap_or((2, 5));
    Date::new(day.year(), month, date).map_or(i32::MAX, |festival| (festival - day).get_days())
}

/// Whether a day is an ordinary day of work: no Sunday, no national holiday week, no festival week.
pub fn is_workday(day: Date) -> bool {
    let holiday = (day.month() == 10 && day.day() <= 7)
        || (day.month() == 1 && day.day() == 1)
        || (day.month() == 5 && day.day() <= 3);
    let festival = (-6..=1).contains(&days_until_festival(day));
    day.weekday().to_monday_one_offset() <= 6 && !holiday && !festival
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_season_may_pass_the_turn_of_the_year() {
        let winter = Season::read("11-2").unwrap();
        assert!(winter.holds(date(2026, 12, 5)) && winter.holds(date(2027, 2, 5)));
        assert!(!winter.holds(date(2026, 6, 5)));
    }

    #[test]
    fn the_weeks_before_the_festival_end_with_it() {
        assert!(Season::BeforeSpringFestival.holds(date(2026, 2, 10)));
        assert!(!Season::BeforeSpringFestival.holds(date(2026, 2, 20)));
        assert!(Season::AfterSpringFestival.holds(date(2026, 2, 25)));
    }

    #[test]
    fn a_season_that_is_no_month_is_refused() {
        assert_eq!(Season::read("13"), None);
        assert_eq!(Season::read("夏"), None);
    }
}
