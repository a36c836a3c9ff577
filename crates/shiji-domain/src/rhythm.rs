//! When a period's reports are due, heard and published: hours that are laid down once and carried to later periods.

use crate::calendar::{Days, meeting_day};
use crate::refusal::Refusal;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time, time};

/// A time of day, some days after a day that the period itself gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Hour {
    days_after: i64,
    time: Time,
}

impl Hour {
    fn between(anchor: Date, at: DateTime) -> Hour {
        Hour { days_after: i64::from((at.date() - anchor).get_days()), time: at.time() }
    }

    fn after(self, anchor: Date) -> DateTime {
        anchor.saturating_add(self.days_after.days()).to_datetime(self.time)
    }
}

/// The wall-clock hours of one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    pub due: DateTime,
    pub meeting: DateTime,
    /// Publishing by the calendar when no meeting was closed before.
    pub publish: Option<DateTime>,
}

impl Deadlines {
    /// # Errors
    /// Refuses a deadline before the period begins or after the meeting, and publishing before the meeting.
    pub fn check(&self, days: Days) -> Result<(), Refusal> {
        let late_enough = self.due.date() >= days.first;
        let in_order = self.due <= self.meeting && self.publish.is_none_or(|publish| self.meeting <= publish);
        if late_enough && in_order { Ok(()) } else { Err(Refusal::new("refusal-deadline-order")) }
    }
}

/// The hours of a period told by distance: the deadline from its last day, meeting and publishing from the Monday after,
/// so that a period that ends on a Friday before a holiday is still heard on a Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    due: Hour,
    meeting: Hour,
    publish: Option<Hour>,
}

impl Rhythm {
    /// What a new place begins with, until the clerk lays down other hours: due on the last day at 18:00, heard on the
    /// Monday after at 9:00, published by nobody but the meeting.
    pub const FIRST: Rhythm = Rhythm {
        due: Hour { days_after: 0, time: time(18, 0, 0, 0) },
        meeting: Hour { days_after: 0, time: time(9, 0, 0, 0) },
        publish: None,
    };

    pub fn of(days: Days, deadlines: Deadlines) -> Rhythm {
        let monday = meeting_day(days);
        Rhythm {
            due: Hour::between(days.last, deadlines.due),
            meeting: Hour::between(monday, deadlines.meeting),
            publish: deadlines.publish.map(|publish| Hour::between(monday, publish)),
        }
    }

    pub fn deadlines(self, days: Days) -> Deadlines {
        let monday = meeting_day(days);
        Deadlines {
            due: self.due.after(days.last),
            meeting: self.meeting.after(monday),
            publish: self.publish.map(|publish| publish.after(monday)),
        }
    }
}

/// The first day on which the meeting of a period can begin: before its last day nobody can have told all of it. A meeting that is
/// laid down for an earlier day is held on that.
pub fn first_meeting_day(days: Days, laid_down: Date) -> Date {
    days.last.min(laid_down)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::week_of;
    use jiff::civil::date;

    #[test]
    fn hours_laid_down_for_one_week_are_those_of_a_holiday_too() {
        let week = week_of(date(2026, 11, 16));
        let deadlines = Deadlines {
            due: date(2026, 11, 21).at(12, 0, 0, 0),
            meeting: date(2026, 11, 23).at(8, 30, 0, 0),
            publish: Some(date(2026, 11, 24).at(18, 0, 0, 0)),
        };
        let rhythm = Rhythm::of(week, deadlines);
        assert_eq!(rhythm.deadlines(week), deadlines);
        let holiday = Days { first: date(2026, 9, 25), last: date(2026, 10, 9) };
        let carried = rhythm.deadlines(holiday);
        assert_eq!(carried.due, date(2026, 10, 8).at(12, 0, 0, 0));
        assert_eq!(carried.meeting, date(2026, 10, 12).at(8, 30, 0, 0));
        assert_eq!(carried.publish, Some(date(2026, 10, 13).at(18, 0, 0, 0)));
    }

    #[test]
    fn no_meeting_begins_before_the_last_day_unless_it_was_laid_down_so() {
        let week = week_of(date(2026, 11, 16));
        assert_eq!(first_meeting_day(week, date(2026, 11, 23)), date(2026, 11, 22));
        assert_eq!(first_meeting_day(week, date(2026, 11, 20)), date(2026, 11, 20));
    }

    #[test]
    fn nothing_is_heard_before_it_is_due_nor_published_before_it_is_heard() {
        let week = week_of(date(2026, 11, 16));
        let first = Rhythm::FIRST.deadlines(week);
        assert!(first.check(week).is_ok());
        assert!(Deadlines { due: first.meeting.saturating_add(1.hours()), ..first }.check(week).is_err());
        assert!(Deadlines { publish: Some(first.due), ..first }.check(week).is_err());
        assert!(Deadlines { due: date(2026, 11, 15).at(18, 0, 0, 0), ..first }.check(week).is_err());
    }
}
