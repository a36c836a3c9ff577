//! The year of the demo: weeks, merged around the long holidays, up to the one that is open now.

use anyhow::Result;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use shiji_app::App;
use shiji_app::app::instant_of;
use shiji_domain::calendar::{Days, following, meeting_day, merge, week_of};
use shiji_store::calendar::Period;
use shiji_store::roster::Place;

/// First day of the Spring Festival, by the lunar calendar.
const SPRING_FESTIVAL: [Date; 8] = [
    date(2025, 1, 29),
    date(2026, 2, 17),
    date(2027, 2, 6),
    date(2028, 1, 26),
    date(2029, 2, 13),
    date(2030, 2, 3),
    date(2031, 1, 23),
    date(2032, 2, 11),
];

/// Weeks laid down after the open one.
const AHEAD: usize = 8;

/// The days of a year of periods, the oldest first.
pub struct Year {
    pub days: Vec<Days>,
    /// Index of the open period; those after it lie ahead.
    open: usize,
}

impl Year {
    /// On a Monday the week that has just ended is the open one: its meeting is today.
    pub fn up_to(today: Date, weeks: i64) -> Result<Year> {
        let open = week_of(today.saturating_sub(1.days()));
        let first = week_of(open.first.saturating_sub(weeks.weeks()));
        let mut days = vec![first];
        while days[days.len() - 1].last < open.last {
            days.push(following(days[days.len() - 1]));
        }
        for holiday in holidays(first.first, open.first) {
            days = merge(&days, holiday).map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
        }
        let open = days.len() - 1;
        for _ in 0..AHEAD {
            days.push(following(days[days.len() - 1]));
        }
        Ok(Year { days, open })
    }

    /// The published periods and the open one.
    pub fn past_and_open(&self) -> &[Days] {
        &self.days[..=self.open]
    }
}

/// Merged periods that lie wholly between the two days.
fn holidays(from: Date, to: Date) -> Vec<Days> {
    let autumn =
        (from.year()..=to.year()).map(|year| Days { first: date(year, 9, 25), last: date(year, 10, 9) });
    let spring = SPRING_FESTIVAL.iter().map(|day| {
        let first = week_of(*day).first;
        Days { first, last: first.saturating_add(13.days()) }
    });
    autumn.chain(spring).filter(|days| from <= days.first && days.last < to).collect()
}

/// Due on the last day at 18:00, heard on the Monday after at 9:00.
pub fn period(app: &App, place: &Place, days: Days) -> Result<Period> {
    let monday = meeting_day(days);
    Ok(Period {
        period_id: app.new_id(),
        days,
        due_at: instant_of(place, days.last.at(18, 0, 0, 0))?,
        meeting_at: instant_of(place, monday.at(9, 0, 0, 0))?,
        publish_at: None,
        issue_number: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_has_no_hole_and_ends_with_the_open_week() {
        let year = Year::up_to(date(2026, 11, 23), 52).unwrap();
        for pair in year.days.windows(2) {
            assert_eq!(pair[0].last.saturating_add(1.days()), pair[1].first);
        }
        let past_and_open = year.past_and_open();
        assert!(past_and_open.contains(&Days { first: date(2026, 9, 25), last: date(2026, 10, 9) }));
        assert!(past_and_open.contains(&Days { first: date(2026, 2, 16), last: date(2026, 3, 1) }));
        assert_eq!(past_and_open.last().unwrap().last, date(2026, 11, 22));
    }
}
