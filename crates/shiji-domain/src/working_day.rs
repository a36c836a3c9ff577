//! Working days: Monday to Friday, but for public holidays, and with the make-up days that stand in for them.

use crate::item::code;
use crate::refusal::Refusal;
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Days in one term; a longer one is a mistake in typing.
pub const TERM_MOST: u32 = 60;
/// Civil days within which any term ends, whatever the calendar says.
const REACH: usize = 400;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// A holiday on what would be a working day.
    Off,
    /// Worked, though it is a Saturday or Sunday.
    Work,
}

code!(DayKind { DayKind::Off => "off", DayKind::Work => "work" });

/// A day that is not what its weekday says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialDay {
    pub day: Date,
    pub kind: DayKind,
    /// What it is called, such as 春节.
    pub name: String,
    pub name_en: String,
}

/// The days laid down for the whole country in the years known so far, in their order.
pub fn public_holidays() -> Vec<SpecialDay> {
    include_str!("../data/holidays.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (first, last) = (columns.next()?.parse().ok()?, columns.next()?.parse().ok()?);
            let kind = DayKind::from_code(columns.next()?)?;
            Some((first, last, kind, columns.next()?, columns.next()?))
        })
        .flat_map(|(first, last, kind, name, name_en): (Date, Date, _, &str, &str)| {
            first.series(1.days()).take_while(move |day| *day <= last).map(move |day| SpecialDay {
                day,
                kind,
                name: name.to_owned(),
                name_en: name_en.to_owned(),
            })
        })
        .collect()
}

/// The calendar of working days of one place.
#[derive(Debug, Clone, Default)]
pub struct WorkingDays {
    special: BTreeMap<Date, SpecialDay>,
}

/// A term with how it was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    pub from: Date,
    /// The last day on which the term is kept.
    pub until: Date,
    /// Working days.
    pub days: u32,
    /// What was passed over or counted otherwise than its weekday says, in order; runs of the same name are one.
    pub because: Vec<Because>,
    /// The year of the last day has no laid-down holidays yet, so only weekends were passed over.
    pub year_unknown: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    pub first: Date,
    pub last: Date,
    pub kind: DayKind,
    pub name: String,
    pub name_en: String,
}

impl WorkingDays {
    /// The country's days, and over them what the place has laid down itself.
    pub fn new(own: impl IntoIterator<Item = SpecialDay>) -> WorkingDays {
        let all = public_holidays().into_iter().chain(own);
        WorkingDays { special: all.map(|special| (special.day, special)).collect() }
    }

    pub fn is_working(&self, day: Date) -> bool {
        match self.special.get(&day) {
            Some(special) => special.kind == DayKind::Work,
            None => !is_weekend(day),
        }
    }

    /// Whether the holidays of the year are known: its first day, which is one everywhere, is laid down. A town's own day alone
    /// says nothing of the year.
    pub fn knows(&self, year: i16) -> bool {
        Date::new(year, 1, 1).is_ok_and(|first| self.special.contains_key(&first))
    }

    /// The term of so many working days that begins on the day after `from`.
    ///
    /// # Errors
    /// Refuses no days at all and more than [`TERM_MOST`].
    pub fn term(&self, from: Date, days: u32) -> Result<Term, Refusal> {
        if days == 0 || days > TERM_MOST {
            return Err(Refusal::new("refusal-term-days").with("days", days).with("most", TERM_MOST));
        }
        let mut left = days;
        let mut until = from;
        let mut because: Vec<Because> = Vec::new();
        for day in from.series(1.days()).skip(1).take(REACH) {
            until = day;
            if let Some(special) = self.special.get(&day)
                && (special.kind == DayKind::Work) == is_weekend(day)
            {
                note(&mut because, special);
            }
            if self.is_working(day) {
                left -= 1;
            }
            if left == 0 {
                break;
            }
        }
        Ok(Term { from, until, days, because, year_unknown: !self.knows(until.year()) })
    }

    /// Working days after `from` up to and with `to`; zero when `to` does not lie behind `from`.
    pub fn between(&self, from: Date, to: Date) -> usize {
        from.series(1.days()).skip(1).take_while(|day| *day <= to).filter(|day| self.is_working(*day)).count()
    }
}

fn note(because: &mut Vec<Because>, special: &SpecialDay) {
    if let Some(last) = because.last_mut()
        && last.name == special.name
        && last.kind == special.kind
    {
        last.last = special.day;
        return;
    }
    because.push(Because {
        first: special.day,
        last: special.day,
        kind: special.kind,
        name: special.name.clone(),
        name_en: special.name_en.clone(),
    });
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn five_working_days_pass_over_mid_autumn_and_national_day() {
        let term = WorkingDays::new([]).term(date(2026, 9, 24), 5).unwrap();
        assert_eq!(term.until, date(2026, 10, 9));
        let names: Vec<&str> = term.because.iter().map(|because| because.name.as_str()).collect();
        assert_eq!(names, ["中秋节", "国庆节"]);
        let autumn = &term.because[0];
        assert_eq!(
            (autumn.first, autumn.last),
            (date(2026, 9, 25), date(2026, 9, 25)),
            "the weekend needs no reason"
        );
        assert!(!term.year_unknown);
    }

    #[test]
    fn a_make_up_saturday_counts() {
        let term = WorkingDays::new([]).term(date(2026, 10, 8), 2).unwrap();
        assert_eq!(term.until, date(2026, 10, 10));
        assert_eq!(term.because[0].kind, DayKind::Work);
    }

    #[test]
    fn the_towns_own_day_goes_before_the_countrys() {
        let fair = SpecialDay {
            day: date(2026, 11, 25),
            kind: DayKind::Off,
            name: "民族节".into(),
            name_en: "local festival".into(),
        };
        let days = WorkingDays::new([fair]);
        assert_eq!(days.term(date(2026, 11, 24), 1).unwrap().until, date(2026, 11, 26));
        let worked = SpecialDay {
            day: date(2026, 10, 3),
            kind: DayKind::Work,
            name: "抢险".into(),
            name_en: "flood work".into(),
        };
        assert!(WorkingDays::new([worked]).is_working(date(2026, 10, 3)));
    }

    #[test]
    fn a_year_that_nobody_has_laid_down_is_said_to_be_unknown() {
        let term = WorkingDays::new([]).term(date(2031, 5, 2), 5).unwrap();
        assert_eq!(term.until, date(2031, 5, 9));
        assert!(term.year_unknown);
    }

    #[test]
    fn no_days_and_endless_terms_are_refused_and_the_count_reads_back() {
        let days = WorkingDays::new([]);
        assert!(days.term(date(2026, 1, 1), 0).is_err());
        assert!(days.term(date(2026, 1, 1), 61).is_err());
        for length in 1..=TERM_MOST {
            let term = days.term(date(2026, 1, 20), length).unwrap();
            assert_eq!(days.between(term.from, term.until), length as usize);
            assert!(days.is_working(term.until));
        }
    }

    #[test]
    fn every_make_up_day_is_a_weekend_and_every_holiday_has_a_working_day() {
        for special in public_holidays() {
            if special.kind == DayKind::Work {
                assert!(is_weekend(special.day), "{special:?}");
            }
        }
        assert!(public_holidays().windows(2).all(|pair| pair[0].day < pair[1].day));
    }
}
