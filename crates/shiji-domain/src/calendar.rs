//! Reporting periods: weeks from Monday to Sunday, merged around long holidays.

use crate::refusal::Refusal;
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

/// The days one issue covers, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Days {
    pub first: Date,
    pub last: Date,
}

/// A period longer than this is a mistake in typing, not a holiday.
const DAYS_MOST: i32 = 45;
const LEAVE_DAYS_MOST: i32 = 366;
/// Fewer days than this are no period of their own; they are joined to their neighbour.
const DAYS_LEAST: i32 = 4;

impl Days {
    /// # Errors
    /// Refuses an end before the start and more than 45 days.
    pub fn new(first: Date, last: Date) -> Result<Days, Refusal> {
        Days::within(first, last, DAYS_MOST)
    }

    /// Days of leave, which may last longer than a period.
    ///
    /// # Errors
    /// Refuses an end before the start and more than a year.
    pub fn of_leave(first: Date, last: Date) -> Result<Days, Refusal> {
        Days::within(first, last, LEAVE_DAYS_MOST)
    }

    fn within(first: Date, last: Date, most: i32) -> Result<Days, Refusal> {
        let days = Days { first, last };
        if last < first {
            return Err(Refusal::new("refusal-days-backwards").with("first", first).with("last", last));
        }
        if days.count() > most {
            return Err(Refusal::new("refusal-days-many").with("count", days.count()).with("most", most));
        }
        Ok(days)
    }

    pub fn count(self) -> i32 {
        (self.last - self.first).get_days() + 1
    }

    pub fn contains(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    pub fn overlaps(self, other: Days) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// The week, Monday to Sunday, that `day` lies in (ISO 8601).
pub fn week_of(day: Date) -> Days {
    let back: Span = i64::from(day.weekday().to_monday_zero_offset()).days();
    let first = day.saturating_sub(back);
    Days { first, last: first.saturating_add(6.days()) }
}

/// The period that follows `previous` when nobody has laid down another: the days up to the next Sunday.
/// A period that ended on a day other than Sunday is followed by a shorter or longer one that falls back into step:
/// fewer than four remaining days are joined to the week after.
pub fn following(previous: Days) -> Days {
    let first = previous.last.saturating_add(1.days());
    let rest = week_of(first);
    let remaining = Days { first, last: rest.last };
    if remaining.count() < DAYS_LEAST {
        Days { first, last: rest.last.saturating_add(7.days()) }
    } else {
        remaining
    }
}

/// The day of the Monday meeting: the first Monday after the last day.
pub fn meeting_day(days: Days) -> Date {
    days.last.nth_weekday(1, Weekday::Monday).unwrap_or(days.last)
}

/// Lays `merged` over a row of periods: whatever it touches is cut back or goes, so that every day stays covered once.
/// What is left of a period and is shorter than four days is joined to the next period away from `merged`, if there is one.
/// Published periods are not passed in; they cannot be merged any more.
///
/// # Errors
/// Refuses days that touch no period of the row: the calendar would have a hole.
pub fn merge(row: &[Days], merged: Days) -> Result<Vec<Days>, Refusal> {
    let (Some(first), Some(last)) = (row.first(), row.last()) else {
        return Err(Refusal::new("refusal-days-outside"));
    };
    if merged.first < first.first || merged.first > last.last {
        return Err(Refusal::new("refusal-days-outside"));
    }
    let mut result = Vec::with_capacity(row.len());
    for days in row {
        if !days.overlaps(merged) {
            result.push(*days);
            continue;
        }
        if days.first < merged.first {
            result.push(Days { first: days.first, last: merged.first.saturating_sub(1.days()) });
        }
        if merged.last < days.last {
            result.push(Days { first: merged.last.saturating_add(1.days()), last: days.last });
        }
    }
    result.push(merged);
    result.sort();
    join_rests(&mut result, merged);
    Ok(result)
}

fn join_rests(row: &mut Vec<Days>, merged: Days) {
    if let Some(at) = row.iter().position(|days| days.first > merged.last)
        && row[at].count() < DAYS_LEAST
        && at + 1 < row.len()
    {
        row[at + 1].first = row[at].first;
        row.remove(at);
    }
    if let Some(at) = row.iter().rposition(|days| days.last < merged.first)
        && row[at].count() < DAYS_LEAST
        && at > 0
    {
        row[at - 1].last = row[at].last;
        row.remove(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn weeks(from: Date, count: usize) -> Vec<Days> {
        let mut row = vec![week_of(from)];
        while row.len() < count {
            let next = following(row[row.len() - 1]);
            row.push(next);
        }
        row
    }

    #[test]
    fn a_week_runs_from_monday_to_sunday() {
        assert_eq!(week_of(date(2026, 11, 22)), Days { first: date(2026, 11, 16), last: date(2026, 11, 22) });
        assert_eq!(meeting_day(week_of(date(2026, 11, 22))), date(2026, 11, 23));
    }

    #[test]
    fn the_autumn_holidays_are_one_period_and_no_day_is_lost_or_doubled() {
        let merged = Days::new(date(2026, 9, 25), date(2026, 10, 9)).unwrap();
        let row = merge(&weeks(date(2026, 9, 7), 8), merged).unwrap();
        assert!(row.contains(&merged));
        assert!(
            row.contains(&Days { first: date(2026, 10, 10), last: date(2026, 10, 18) }),
            "no period of two days"
        );
        for pair in row.windows(2) {
            assert_eq!(pair[0].last.saturating_add(1.days()), pair[1].first, "{row:?}");
        }
        assert_eq!(row[0].first, date(2026, 9, 7));
        assert_eq!(row.last().unwrap().last, date(2026, 11, 1));
    }

    #[test]
    fn after_a_merged_period_the_row_falls_back_into_step() {
        let merged = Days::new(date(2026, 9, 25), date(2026, 10, 9)).unwrap();
        assert_eq!(following(merged), Days { first: date(2026, 10, 10), last: date(2026, 10, 18) });
    }

    #[test]
    fn days_backwards_or_without_end_are_refused() {
        assert!(Days::new(date(2026, 9, 25), date(2026, 9, 24)).is_err());
        assert!(Days::new(date(2026, 1, 1), date(2026, 12, 31)).is_err());
    }
}
