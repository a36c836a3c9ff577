//! Several units on one day at one place, instead of several visits.

use crate::item::code;
use crate::refusal::Refusal;
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
}

code!(VisitMove { VisitMove::Moved => "moved", VisitMove::Held => "held", VisitMove::Cancelled => "cancelled" });

impl VisitState {
    /// # Errors
    /// Refuses whatever comes after a visit was held or cancelled, and holding it before its day.
    pub fn after(self, step: VisitMove, on: Date, today: Date) -> Result<VisitState, Refusal> {
        if self != VisitState::Planned {
            return Err(Refusal::new("refusal-visit-over"));
        }
        match step {
            VisitMove::Moved => Ok(VisitState::Planned),
            VisitMove::Held if today < on => Err(Refusal::new("refusal-visit-not-yet").with("day", on)),
            VisitMove::Held => Ok(VisitState::Held),
            VisitMove::Cancelled => Ok(VisitState::Cancelled),
        }
    }
}

/// Refuses a day that has passed.
///
/// # Errors
/// As it says.
pub fn check_day(on: Date, today: Date) -> Result<(), Refusal> {
    if on < today { Err(Refusal::new("refusal-visit-past").with("day", on)) } else { Ok(()) }
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
    fn a_refused_proposal_comes_again_only_with_somebody_new() {
        let refused = vec![vec![1, 2, 3]];
        assert!(is_refused(&[1, 2], &refused) && is_refused(&[3, 2, 1], &refused));
        assert!(!is_refused(&[1, 2, 4], &refused));
    }
}
