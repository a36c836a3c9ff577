//! The days of an order's steps: one that its words name, or the order's own.

use crate::directive::Course;
use crate::id::ItemId;
use crate::refusal::Refusal;
use jiff::civil::Date;

/// The days by which steps are to be done, as their words name them: `named` in the order of the steps. A day before the order was
/// given tells of something that was; none of its steps is due then. Empty when no step has a day of its own.
///
/// # Errors
/// Refuses a step that is due after its order.
pub fn step_days(named: &[Option<Date>], given_on: Date, due_on: Date) -> Result<Vec<Option<Date>>, Refusal> {
    let days: Vec<Option<Date>> = named.iter().map(|named| named.filter(|day| *day >= given_on)).collect();
    for (position, day) in (1_usize..).zip(&days) {
        if let Some(day) = day.filter(|day| *day > due_on) {
            let refusal = Refusal::new("refusal-directive-step-late").with("position", position);
            return Err(refusal.with("day", day).with("due", due_on));
        }
    }
    Ok(if days.iter().all(Option::is_none) { Vec::new() } else { days })
}

impl Course {
    /// The steps of an open order that are not done, counted from 1, each with its day or else the order's.
    pub fn steps_left(&self, days: &[Option<Date>]) -> Vec<(usize, Date)> {
        if !self.is_open() {
            return Vec::new();
        }
        let left = self.done.iter().enumerate().filter(|(_, done)| done.is_none());
        left.map(|(at, _)| (at + 1, days.get(at).copied().flatten().unwrap_or(self.due_on))).collect()
    }

    /// The step's day has passed, and it is not done. `position` counts from 1.
    pub fn is_step_overdue(&self, days: &[Option<Date>], position: usize, today: Date) -> bool {
        self.steps_left(days).iter().any(|(left, day)| *left == position && *day < today)
    }

    /// What a step was said to be done by does not say so any more.
    ///
    /// # Errors
    /// Refuses after the end, and a step that another item, or none, has finished.
    pub fn reopen_step(&mut self, position: usize, item: ItemId) -> Result<(), Refusal> {
        if !self.is_open() {
            return Err(Refusal::new("refusal-directive-ended"));
        }
        match position.checked_sub(1).and_then(|at| self.done.get_mut(at)) {
            Some(step) if *step == Some(item) => *step = None,
            _ => return Err(Refusal::new("refusal-directive-step")),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directive::End;
    use crate::id::PersonId;
    use jiff::civil::date;
    use uuid::Uuid;

    const GIVEN: Date = date(2026, 11, 6);
    const DUE: Date = date(2026, 11, 20);

    fn course(steps: usize) -> Course {
        Course::new(GIVEN, DUE, &[PersonId(Uuid::from_u128(1))], steps).unwrap()
    }

    #[test]
    fn a_day_behind_the_orders_is_refused_and_one_before_it_was_given_is_none() {
        let late = step_days(&[None, Some(date(2026, 11, 21))], GIVEN, DUE);
        assert_eq!(late.map_err(|no| no.key), Err("refusal-directive-step-late"));
        assert_eq!(step_days(&[Some(DUE), Some(date(2026, 11, 5))], GIVEN, DUE), Ok(vec![Some(DUE), None]));
        assert_eq!(step_days(&[Some(date(2026, 11, 5)), None], GIVEN, DUE), Ok(vec![]));
    }

    #[test]
    fn a_step_without_a_day_is_due_with_its_order_also_when_that_got_more_time() {
        let days = [Some(date(2026, 11, 11)), None];
        let mut course = course(2);
        assert_eq!(course.steps_left(&days), [(1, date(2026, 11, 11)), (2, DUE)]);
        assert!(course.is_step_overdue(&days, 1, date(2026, 11, 12)));
        assert!(!course.is_step_overdue(&days, 1, date(2026, 11, 11)));
        course.extend(date(2026, 11, 27)).unwrap();
        assert!(!course.is_step_overdue(&days, 2, date(2026, 11, 21)));
        assert_eq!(course.steps_left(&[]), [(1, date(2026, 11, 27)), (2, date(2026, 11, 27))]);
        course.finish(End::Closed).unwrap();
        assert!(course.steps_left(&days).is_empty());
    }

    #[test]
    fn only_the_item_that_finished_a_step_opens_it_again() {
        let (item, other) = (ItemId(Uuid::from_u128(7)), ItemId(Uuid::from_u128(8)));
        let mut course = course(1);
        assert!(course.reopen_step(1, item).is_err());
        course.finish_step(1, item, &[item]).unwrap();
        assert!(course.steps_left(&[]).is_empty());
        assert!(course.reopen_step(1, other).is_err() && course.reopen_step(0, item).is_err());
        course.reopen_step(1, item).unwrap();
        assert_eq!(course.steps_left(&[]).len(), 1);
    }
}
