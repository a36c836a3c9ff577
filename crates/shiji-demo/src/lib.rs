//! An invented town and its year of weekly work, for the demo and for tests that need a believable full house.
//!
//! Everything here is made up: no place, firm, person or number stands for a real one. The same seed and the same
//! periods always give the same bytes; no clock and no outside randomness is read. The sentences live in `data/`,
//! one file per theme, in the small format that [`matter`] reads.

mod conversation;
mod desk;
mod dice;
mod help;
mod matter;
mod month;
mod phrase;
pub mod picture;
mod place;
mod project;
mod roster;
mod telling;
mod together;
mod vague;
mod works;
mod year;

pub use conversation::{Conversation, conversations};
pub use help::{Help, help};
pub use together::{Asked, add_plans, asked, spots};
pub use works::{Share, Stretch, Works, WorksEvent, works};

use jiff::civil::Date;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Town {
    pub name: String,
    pub name_en: String,
    pub slug: String,
    /// First the leadership, then 36 stations and offices, then 17 villages.
    pub units: Vec<Unit>,
    /// First 13 leaders, then the heads of offices, the village secretaries, and those without a filing duty.
    pub people: Vec<Official>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unit {
    pub name: String,
    pub name_en: String,
    pub kind: UnitKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum UnitKind {
    Leadership,
    Office,
    Village,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Official {
    pub name: String,
    /// Index into [`Town::units`]; after a move, the unit that the person holds now.
    pub unit: usize,
    /// The first post carries the filing duty; the others are held beside it.
    pub posts: Vec<String>,
    pub class: Class,
    /// Index into [`Town::people`] of the leader in charge.
    pub supervisor: Option<usize>,
    /// Index into [`Town::people`] of the official B.
    pub deputy: Option<usize>,
    pub office_place: Option<String>,
    pub office_hours: Option<String>,
    /// In an area code that no place has.
    pub office_telephone: String,
    /// In a range that was never allotted; not a valid mobile number.
    pub mobile: String,
    /// Matters that a resident may come with, in everyday words.
    pub duties: Vec<String>,
    /// First day in office, where it lies within the periods.
    pub joined: Option<Date>,
    /// Last day in office, where it lies within the periods.
    pub left: Option<Date>,
    /// The unit and posts held before, where the person changed units within the periods.
    pub moved: Option<Move>,
    pub roles: Vec<Role>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    pub from_unit: usize,
    pub from_posts: Vec<String>,
    /// Last day in the former unit; the present one begins the day after.
    pub last_day: Date,
}

/// The filing duty. `None` is held by people who run the scheme and file nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Class {
    Leadership,
    MidLevel,
    Village,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Role {
    Clerk,
    Chair,
    Auditor,
    Administrator,
    Leader,
}

impl Official {
    /// Whether the person holds a post of the town on that day.
    pub fn in_office(&self, day: Date) -> bool {
        self.joined.is_none_or(|first| first <= day) && self.left.is_none_or(|last| day <= last)
    }

    /// Whether the person owes a report for a period that ends on that day.
    pub fn owes_report(&self, ends_on: Date) -> bool {
        self.class != Class::None && self.in_office(ends_on)
    }

    /// The unit held on that day, which differs from `unit` before a move.
    pub fn unit_on(&self, day: Date) -> usize {
        match &self.moved {
            Some(moved) if day <= moved.last_day => moved.from_unit,
            _ => self.unit,
        }
    }
}

/// A reporting period, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct WeekSpec {
    pub starts_on: Date,
    pub ends_on: Date,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Week {
    /// One for each person who owes one, in the order of [`Town::people`].
    pub reports: Vec<Report>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Index into [`Town::people`].
    pub person: usize,
    pub state: State,
    /// One for each plan item of this person's report of the period before, unless this report was never filed.
    pub answers: Vec<Answer>,
    pub work: Vec<Line>,
    /// For the period after this one.
    pub plan: Vec<Line>,
    pub returned: Option<Returned>,
    /// Index into [`Town::people`] of whoever filed in this person's place.
    pub filed_by: Option<usize>,
    /// Minutes spent at the desk on this report.
    pub minutes: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum State {
    Filed { late: bool },
    OnLeave { substitute: usize },
    Late,
    Draft,
    Open,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Index into the plan of this person's report of the period before.
    pub plan: usize,
    pub outcome: Outcome,
    /// Given for everything but `Done`.
    pub reason: Option<String>,
    /// Index into this report's `work`: the item that the plan became.
    pub work: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Outcome {
    Done,
    Partly,
    Moved,
    Dropped,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub text: String,
    /// On plan items: a day in the following period.
    pub due_on: Option<Date>,
    /// Where the work got stuck and why.
    pub difficulty: Option<String>,
}

/// A work item that the meeting sent back. In a filed report the item reads as mended; in a draft it still reads as `before`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Returned {
    /// Index into the report's `work`.
    pub item: usize,
    pub reason: String,
    pub before: String,
}

/// The town. `periods` place the changes of its roster (one joins, one leaves, one moves) inside the year;
/// with fewer than eight periods nobody changes.
pub fn town(seed: u64, periods: &[WeekSpec]) -> Town {
    roster::town(seed, periods)
}

/// One week for each period, in order; the last is the open one. The first has no answers, for nothing was planned before it.
pub fn weeks(town: &Town, seed: u64, periods: &[WeekSpec]) -> Vec<Week> {
    year::weeks(town, seed, periods)
}

#[cfg(test)]
mod tests;
