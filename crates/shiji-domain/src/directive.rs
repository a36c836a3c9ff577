//! Orders from a leader or the meeting (交办督办): who has to do what by when, and where it stands. How far it is, only the
//! items of those who do it say.

use crate::id::{ItemId, PersonId};
use crate::item::code;
use crate::refusal::Refusal;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Characters of an order.
pub const DIRECTIVE_LENGTH_MOST: usize = 500;
/// Characters of one step.
pub const STEP_LENGTH_MOST: usize = 120;
pub const STEPS_MOST: usize = 12;
/// Owners and helpers together; an order to more is a circular.
pub const PEOPLE_MOST: usize = 20;

/// Years ahead of which an order is due at most; a later day is a slip of the finger.
const DUE_YEARS_MOST: i64 = 2;

/// # Errors
/// Refuses a day by which whoever gives the order may long be gone.
pub fn check_far(today: Date, due_on: Date) -> Result<(), Refusal> {
    if due_on > today.saturating_add(DUE_YEARS_MOST.years()) {
        return Err(Refusal::new("refusal-directive-far").with("years", DUE_YEARS_MOST));
    }
    Ok(())
}

/// Where an order comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Meeting,
    Inspection,
    Document,
    /// A resident's question.
    Question,
}

code!(Source {
    Source::Meeting => "meeting", Source::Inspection => "inspection", Source::Document => "document",
    Source::Question => "question",
});

impl Source {
    pub const ALL: [Source; 4] = [Source::Inspection, Source::Document, Source::Question, Source::Meeting];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Answers for it.
    Owner,
    Helper,
}

code!(Part { Part::Owner => "owner", Part::Helper => "helper" });

/// What an owner has said to the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    Silent,
    Accepted,
    Objected,
    /// Objected; the giver has heard the reason, and the order stands.
    Upheld,
}

code!(Stance {
    Stance::Silent => "silent", Stance::Accepted => "accepted", Stance::Objected => "objected",
    Stance::Upheld => "upheld",
});

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    Closed,
    Withdrawn,
}

/// More time that an owner asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub by: PersonId,
    pub until: Date,
    pub reason: String,
}

/// Where an order stands, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// At least one owner has not answered.
    Given,
    /// An owner's objection waits for the giver.
    Objected,
    UnderWay,
    Closed,
    Withdrawn,
}

code!(State {
    State::Given => "given", State::Objected => "objected", State::UnderWay => "under-way",
    State::Closed => "closed", State::Withdrawn => "withdrawn",
});

/// The part of an order that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    pub due_on: Date,
    /// Each owner's, in their order.
    pub owners: Vec<(PersonId, Stance)>,
    /// For each step the item by which it was done.
    pub done: Vec<Option<ItemId>>,
    pub asked: Option<Asked>,
    pub end: Option<End>,
}

impl Course {
    /// # Errors
    /// Refuses an order without an owner, one that is due before the day it is given, and one that is due years ahead.
    pub fn new(today: Date, due_on: Date, owners: &[PersonId], steps: usize) -> Result<Course, Refusal> {
        if owners.is_empty() {
            return Err(Refusal::new("refusal-directive-nobody"));
        }
        if due_on < today {
            return Err(Refusal::new("refusal-directive-past"));
        }
        check_far(today, due_on)?;
        let owners = owners.iter().map(|owner| (*owner, Stance::Silent)).collect();
        Ok(Course { due_on, owners, done: vec![None; steps], asked: None, end: None })
    }

    pub fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// Its day has passed and it is not closed.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.is_open() && self.due_on < today
    }

    pub fn state(&self) -> State {
        let says = |wanted: Stance| self.owners.iter().any(|(_, stance)| *stance == wanted);
        match self.end {
            Some(End::Closed) => State::Closed,
            Some(End::Withdrawn) => State::Withdrawn,
            None if says(Stance::Objected) => State::Objected,
            None if says(Stance::Silent) => State::Given,
            None => State::UnderWay,
        }
    }

    pub fn stance(&self, person: PersonId) -> Option<Stance> {
        self.owners.iter().find(|(owner, _)| *owner == person).map(|(_, stance)| *stance)
    }

    /// Whether an owner's word is still to come: to accept, or to object.
    pub fn waits_for(&self, person: PersonId, to_accept: bool) -> bool {
        match self.stance(person) {
            Some(Stance::Silent) => true,
            Some(Stance::Objected) => to_accept,
            _ => false,
        }
    }

    fn must_be_open(&self) -> Result<(), Refusal> {
        if self.is_open() { Ok(()) } else { Err(Refusal::new("refusal-directive-ended")) }
    }

    /// The owner accepts or objects; whoever has objected may still accept.
    ///
    /// # Errors
    /// Refuses after the end, whoever is no owner, and a second answer.
    pub fn answer(&mut self, owner: PersonId, accepts: bool) -> Result<(), Refusal> {
        self.must_be_open()?;
        let own = self.owners.iter_mut().find(|(person, _)| *person == owner);
        let (_, stance) = own.ok_or_else(crate::right::not_yours)?;
        *stance = match (*stance, accepts) {
            (Stance::Silent | Stance::Objected, true) => Stance::Accepted,
            (Stance::Silent, false) => Stance::Objected,
            _ => return Err(Refusal::new("refusal-directive-answered")),
        };
        Ok(())
    }

    /// The giver has read the objections, and the order stands.
    ///
    /// # Errors
    /// Refuses after the end and where nobody objects.
    pub fn uphold(&mut self) -> Result<(), Refusal> {
        self.must_be_open()?;
        if self.state() != State::Objected {
            return Err(Refusal::new("refusal-directive-no-objection"));
        }
        for (_, stance) in &mut self.owners {
            if *stance == Stance::Objected {
                *stance = Stance::Upheld;
            }
        }
        Ok(())
    }

    /// # Errors
    /// Refuses after the end and a day that is not later.
    pub fn ask(&mut self, asked: Asked) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.must_be_later(asked.until)?;
        self.asked = Some(asked);
        Ok(())
    }

    fn must_be_later(&self, until: Date) -> Result<(), Refusal> {
        if until > self.due_on { Ok(()) } else { Err(Refusal::new("refusal-directive-later")) }
    }

    /// # Errors
    /// As [`Course::ask`].
    pub fn extend(&mut self, until: Date) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.must_be_later(until)?;
        self.due_on = until;
        self.asked = None;
        Ok(())
    }

    /// The day stays, and nobody asks any more.
    ///
    /// # Errors
    /// Refuses after the end and when nobody has asked.
    pub fn decline(&mut self) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.asked.take().map(|_| ()).ok_or_else(|| Refusal::new("refusal-directive-not-asked"))
    }

    /// `position` counts from 1; `linked` are the items that belong to the order. Only one of them can say that a step is done.
    ///
    /// # Errors
    /// Refuses after the end, a step that there is not or that is done, and an item that does not belong to the order.
    pub fn finish_step(&mut self, position: usize, item: ItemId, linked: &[ItemId]) -> Result<(), Refusal> {
        self.must_be_open()?;
        if !linked.contains(&item) {
            return Err(Refusal::new("refusal-directive-item"));
        }
        let step = position.checked_sub(1).and_then(|at| self.done.get_mut(at));
        match step {
            Some(step @ None) => *step = Some(item),
            Some(Some(_)) => return Err(Refusal::new("refusal-directive-step-done")),
            None => return Err(Refusal::new("refusal-directive-step")),
        }
        Ok(())
    }

    /// # Errors
    /// Refuses what has ended.
    pub fn finish(&mut self, end: End) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.end = Some(end);
        self.asked = None;
        Ok(())
    }
}

/// Steps as they are written, a line each.
///
/// # Errors
/// Refuses too many and too long ones.
pub fn steps_of(lines: &str) -> Result<Vec<String>, Refusal> {
    let mut steps = Vec::new();
    for line in lines.lines() {
        steps.extend(crate::text::optional_line(line, STEP_LENGTH_MOST)?);
    }
    if steps.len() > STEPS_MOST {
        return Err(Refusal::new("refusal-directive-steps").with("most", STEPS_MOST));
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn item(number: u128) -> ItemId {
        ItemId(Uuid::from_u128(number))
    }

    fn course() -> Course {
        Course::new(date(2026, 11, 6), date(2026, 11, 12), &[person(1), person(2)], 2).unwrap()
    }

    #[test]
    fn it_is_under_way_when_every_owner_has_answered_and_an_objection_waits_for_the_giver() {
        let mut course = course();
        assert_eq!(course.state(), State::Given);
        course.answer(person(1), true).unwrap();
        assert_eq!(course.answer(person(1), false).map_err(|no| no.key), Err("refusal-directive-answered"));
        course.answer(person(2), false).unwrap();
        assert_eq!(course.state(), State::Objected);
        course.uphold().unwrap();
        assert_eq!((course.state(), course.stance(person(2))), (State::UnderWay, Some(Stance::Upheld)));
        assert!(course.uphold().is_err() && course.answer(person(3), true).is_err());
    }

    #[test]
    fn more_time_is_a_later_day_and_the_day_that_was_given_still_counts_as_its_last() {
        let mut course = course();
        assert!(!course.is_overdue(date(2026, 11, 12)) && course.is_overdue(date(2026, 11, 13)));
        assert!(course.extend(date(2026, 11, 12)).is_err());
        let asked = Asked { by: person(1), until: date(2026, 11, 20), reason: "配件未到".into() };
        course.ask(asked.clone()).unwrap();
        course.decline().unwrap();
        assert!(course.decline().is_err());
        course.ask(asked).unwrap();
        course.extend(date(2026, 11, 18)).unwrap();
        assert_eq!((course.due_on, &course.asked), (date(2026, 11, 18), &None));
    }

    #[test]
    fn a_step_is_done_once_and_only_by_an_item_that_belongs_to_the_order() {
        let mut course = course();
        let linked = [item(7)];
        assert_eq!(
            course.finish_step(1, item(8), &linked).map_err(|no| no.key),
            Err("refusal-directive-item")
        );
        course.finish_step(1, item(7), &linked).unwrap();
        assert!(course.finish_step(1, item(7), &linked).is_err());
        assert!(
            course.finish_step(0, item(7), &linked).is_err()
                && course.finish_step(3, item(7), &linked).is_err()
        );
        assert_eq!(course.done, [Some(item(7)), None]);
    }

    #[test]
    fn after_the_end_nothing_moves() {
        let mut course = course();
        course.finish(End::Withdrawn).unwrap();
        assert_eq!(course.state(), State::Withdrawn);
        assert!(!course.is_overdue(date(2027, 1, 1)));
        assert!(course.answer(person(1), true).is_err() && course.finish(End::Closed).is_err());
        assert!(
            course.extend(date(2027, 1, 1)).is_err() && course.finish_step(1, item(1), &[item(1)]).is_err()
        );
    }

    #[test]
    fn nobody_and_yesterday_are_refused_and_blank_lines_are_no_steps() {
        let today = date(2026, 11, 6);
        assert!(Course::new(today, today, &[], 0).is_err());
        assert!(Course::new(today, date(2026, 11, 5), &[person(1)], 0).is_err());
        assert_eq!(steps_of("查清名单\n\n  换表 \n").unwrap(), ["查清名单", "换表"]);
        assert!(steps_of(&"一步\n".repeat(13)).is_err());
    }
}
