//! Several units on one day at one place, instead of several visits.

use crate::item::code;
use crate::refusal::Refusal;
use crate::today::MOVE_DAYS_MOST;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Characters of a visit's purpose.
pub const PURPOSE_LENGTH_MOST: usize = 200;
/// People in one visit.
pub const VISITORS_MOST: usize = 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VisitState {
    Planned,
    Held,
    Cancelled,
}

code!(VisitState {
    VisitState::Planned => "planned", VisitState::Held => "held", VisitState::Cancelled => "cancelled",
});

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VisitMove {
    Moved,
    Held,
    Cancelled,
    /// Somebody else leads.
    Lead,
    Joined,
    Left,
}

code!(VisitMove {
    VisitMove::Moved => "moved", VisitMove::Held => "held", VisitMove::Cancelled => "cancelled",
    VisitMove::Lead => "lead", VisitMove::Joined => "joined", VisitMove::Left => "left",
});

/// What whoever was named to lead a visit says to it. The visit takes place whatever is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeadSaid {
    /// Named by somebody else, and no word yet.
    Asked,
    Yes,
    /// With a reason; any other who comes can take the lead.
    No,
}

code!(LeadSaid { LeadSaid::Asked => "asked", LeadSaid::Yes => "yes", LeadSaid::No => "no" });

impl LeadSaid {
    /// # Errors
    /// Refuses to take the lead from somebody who comes and has not said no.
    pub fn check_taken_over(self, lead_comes: bool) -> Result<(), Refusal> {
        if lead_comes && self != LeadSaid::No { Err(Refusal::new("refusal-visit-led")) } else { Ok(()) }
    }
}

/// Whether somebody can come along besides `people`.
///
/// # Errors
/// Refuses more people than a visit has.
pub fn check_join(people: usize) -> Result<(), Refusal> {
    if people < VISITORS_MOST {
        Ok(())
    } else {
        Err(Refusal::new("refusal-visit-many").with("most", VISITORS_MOST))
    }
}

/// One who is left alone with a visit cancels it; with colleagues of the same unit it is a single visit from then on.
///
/// # Errors
/// Refuses the last who would come.
pub fn check_leave(others: usize) -> Result<(), Refusal> {
    if others > 0 { Ok(()) } else { Err(Refusal::new("refusal-visit-last")) }
}

impl VisitState {
    /// # Errors
    /// Refuses whatever comes after a visit was held or cancelled, and holding it before its day.
    pub fn after(self, step: VisitMove, on: Date, today: Date) -> Result<VisitState, Refusal> {
        if self != VisitState::Planned {
            return Err(Refusal::new("refusal-visit-over"));
        }
        match step {
            VisitMove::Moved | VisitMove::Lead | VisitMove::Joined | VisitMove::Left => {
                Ok(VisitState::Planned)
            }
            VisitMove::Held if today < on => Err(Refusal::new("refusal-visit-not-yet").with("day", on)),
            VisitMove::Held => Ok(VisitState::Held),
            VisitMove::Cancelled => Ok(VisitState::Cancelled),
        }
    }
}

/// # Errors
/// Refuses a day that has passed, and one that is farther away than a line of the day's list is moved.
pub fn check_day(on: Date, today: Date) -> Result<(), Refusal> {
    if on < today {
        return Err(Refusal::new("refusal-visit-past").with("day", on));
    }
    if today.checked_add(MOVE_DAYS_MOST.days()).is_ok_and(|last| on > last) {
        return Err(Refusal::new("refusal-visit-far").with("most", MOVE_DAYS_MOST));
    }
    Ok(())
}

/// Whether a proposal was refused before: all of its items were in one that was.
pub fn is_refused<T: PartialEq>(items: &[T], refused: &[Vec<T>]) -> bool {
    refused.iter().any(|known| items.iter().all(|item| known.contains(item)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_visit_is_held_on_its_day_and_then_it_is_over() {
        let (on, before) = (date(2026, 11, 18), date(2026, 11, 17));
        assert!(VisitState::Planned.after(VisitMove::Held, on, before).is_err());
        assert_eq!(VisitState::Planned.after(VisitMove::Held, on, on), Ok(VisitState::Held));
        assert!(VisitState::Held.after(VisitMove::Cancelled, on, on).is_err());
        assert!(VisitState::Cancelled.after(VisitMove::Moved, on, on).is_err());
    }

    #[test]
    fn whoever_comes_can_lead_once_the_lead_said_no_or_stays_away() {
        assert!(LeadSaid::Asked.check_taken_over(true).is_err());
        assert!(LeadSaid::Yes.check_taken_over(true).is_err());
        assert!(LeadSaid::No.check_taken_over(true).is_ok());
        assert!(LeadSaid::Yes.check_taken_over(false).is_ok());
    }

    #[test]
    fn nobody_joins_or_leaves_what_is_over_and_the_last_one_cancels() {
        let on = date(2026, 11, 18);
        for step in [VisitMove::Lead, VisitMove::Joined, VisitMove::Left] {
            assert_eq!(VisitState::Planned.after(step, on, on), Ok(VisitState::Planned));
            assert!(VisitState::Held.after(step, on, on).is_err());
            assert_eq!(VisitMove::from_code(step.code()), Some(step));
        }
        assert!(check_leave(0).is_err() && check_leave(1).is_ok());
        assert!(check_join(VISITORS_MOST).is_err() && check_join(VISITORS_MOST - 1).is_ok());
    }

    #[test]
    fn a_visit_is_on_a_day_to_come_that_is_not_far_away() {
        let today = date(2026, 11, 18);
        let key = |on| check_day(on, today).map_err(|refusal| refusal.key);
        assert_eq!(key(today), Ok(()));
        assert_eq!(key(date(2026, 11, 17)), Err("refusal-visit-past"));
        assert_eq!(key(date(9999, 12, 31)), Err("refusal-visit-far"));
    }

    #[test]
    fn a_refused_proposal_comes_again_only_with_somebody_new() {
        let refused = vec![vec![1, 2, 3]];
        assert!(is_refused(&[1, 2], &refused) && is_refused(&[3, 2, 1], &refused));
        assert!(!is_refused(&[1, 2, 4], &refused));
    }
}
