//! Where an official says to be: in the office, out until when, on leave. Said by the person, for a day or two; nothing is
//! located, nothing is counted, nothing is kept.

use crate::id::PersonId;
use crate::item::code;
use crate::refusal::Refusal;
use jiff::civil::{Date, Time};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    InOffice,
    Out,
    OnLeave,
}

impl Presence {
    pub const ALL: [Presence; 3] = [Presence::InOffice, Presence::Out, Presence::OnLeave];
}

code!(Presence { Presence::InOffice => "in", Presence::Out => "out", Presence::OnLeave => "leave" });

/// Until when this may hold at most, in days.
pub const HOLDS_DAYS_MOST: i64 = 60;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whereabouts {
    pub person: PersonId,
    pub presence: Presence,
    /// Of somebody who is out: the day, and the time where one was said.
    pub back_on: Option<Date>,
    pub back_at: Option<Time>,
    /// Whom to ask meanwhile.
    pub ask: Option<PersonId>,
    /// The last day for which it holds.
    pub until: Date,
}

impl Whereabouts {
    /// What is kept of what somebody said on `today`: out holds until the day of coming back, being in the office for today.
    ///
    /// # Errors
    /// Refuses a day of coming back that is past or more than 60 days away, and oneself as the one to ask.
    pub fn said(
        person: PersonId,
        presence: Presence,
        back: (Option<Date>, Option<Time>),
        ask: Option<PersonId>,
        today: Date,
    ) -> Result<Whereabouts, Refusal> {
        let (back_on, back_at) = match presence {
            Presence::InOffice => (None, None),
            Presence::Out => (Some(back.0.unwrap_or(today)), back.1),
            Presence::OnLeave => (back.0, None),
        };
        if let Some(back) = back_on {
            let days = back.duration_since(today).as_hours() / 24;
            if !(0..=HOLDS_DAYS_MOST).contains(&days) {
                return Err(Refusal::new("refusal-back-day").with("most", HOLDS_DAYS_MOST));
            }
        }
        if ask == Some(person) {
            return Err(Refusal::new("refusal-ask-self"));
        }
        let ask = ask.filter(|_| presence != Presence::InOffice);
        Ok(Whereabouts { person, presence, back_on, back_at, ask, until: back_on.unwrap_or(today) })
    }

    pub fn holds_on(&self, day: Date) -> bool {
        day <= self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};
    use uuid::Uuid;

    const TODAY: Date = date(2026, 11, 6);

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn said(presence: Presence, back: Option<Date>, ask: Option<PersonId>) -> Result<Whereabouts, Refusal> {
        Whereabouts::said(person(1), presence, (back, Some(time(14, 30, 0, 0))), ask, TODAY)
    }

    #[test]
    fn out_without_a_day_is_until_tonight() {
        let out = said(Presence::Out, None, None).unwrap();
        assert!(out.holds_on(TODAY) && !out.holds_on(date(2026, 11, 7)));
        assert_eq!(out.back_at, Some(time(14, 30, 0, 0)));
    }

    #[test]
    fn who_is_in_the_office_comes_back_from_nowhere_and_sends_nobody_on() {
        let inside = said(Presence::InOffice, Some(date(2026, 11, 9)), Some(person(2))).unwrap();
        assert_eq!((inside.back_on, inside.ask, inside.until), (None, None, TODAY));
    }

    #[test]
    fn a_day_that_is_past_or_far_away_and_oneself_are_refused() {
        assert!(said(Presence::Out, Some(date(2026, 11, 5)), None).is_err());
        assert!(said(Presence::OnLeave, Some(date(2027, 3, 1)), None).is_err());
        assert!(said(Presence::OnLeave, Some(date(2026, 11, 20)), Some(person(1))).is_err());
    }
}
