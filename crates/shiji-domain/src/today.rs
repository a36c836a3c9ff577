//! What is to be done today: one list from everything that has a day.

use crate::id::ItemId;
use crate::item::code;
use crate::link::{ItemLink, LinkKind};
use crate::refusal::Refusal;
use jiff::civil::Date;
use std::collections::HashSet;
use uuid::Uuid;

/// Where a line of the day's list comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DueKind {
    /// A plan item of the issue before.
    Plan,
    /// A line of one's own.
    Task,
    Directive,
    /// One step of a directive.
    Step,
    Milestone,
    Visit,
    Help,
    /// A resident waits for an answer.
    Question,
    /// A colleague is stuck and waits for an answer.
    Difficulty,
}

code!(DueKind {
    DueKind::Plan => "plan", DueKind::Task => "task", DueKind::Directive => "directive",
    DueKind::Step => "step",
    DueKind::Milestone => "milestone", DueKind::Visit => "visit", DueKind::Help => "help",
    DueKind::Question => "question", DueKind::Difficulty => "difficulty",
});

impl DueKind {
    /// It is done by answering somebody, on the page behind the line, and not ticked off.
    pub fn wants_answer(self) -> bool {
        matches!(self, DueKind::Question | DueKind::Difficulty)
    }

    /// What an item that is made of such a line is linked to.
    pub fn link(self) -> Option<LinkKind> {
        match self {
            DueKind::Directive | DueKind::Step => Some(LinkKind::Directive),
            DueKind::Milestone => Some(LinkKind::Milestone),
            DueKind::Visit => Some(LinkKind::Visit),
            DueKind::Help => Some(LinkKind::Help),
            DueKind::Plan | DueKind::Task | DueKind::Question | DueKind::Difficulty => None,
        }
    }
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub kind: DueKind,
    /// The plan item, task, directive, step, milestone, visit, help request or question.
    pub subject: Uuid,
    pub text: String,
    /// None for what is to be done in this period on any day.
    pub due_on: Option<Date>,
    /// The page behind it, after place and language.
    pub rest: Option<String>,
    /// Its words are not for everybody: an internal order, a visit that nobody is told of before. They never become an item's.
    pub is_internal: bool,
    /// Of a step: the order that it is one of.
    pub step_of: Option<StepOf>,
}

/// Where a step belongs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StepOf {
    pub directive: Uuid,
    /// From 1.
    pub position: usize,
    /// What the order is called.
    pub name: String,
}

impl Due {
    /// What an item that is made of the line is linked to: a step's item belongs to its order.
    pub fn link(&self) -> Option<ItemLink> {
        let subject = self.step_of.as_ref().map_or(self.subject, |of| of.directive);
        self.kind.link().map(|kind| ItemLink { kind, subject })
    }

    /// Its day has passed.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.due_on.is_some_and(|due| due < today)
    }

    /// The day was agreed with others, so it is not moved on the own list alone.
    pub fn has_agreed_day(&self) -> bool {
        matches!(self.kind, DueKind::Directive | DueKind::Step | DueKind::Milestone | DueKind::Visit)
    }

    /// # Errors
    /// As [`check_move`]; refuses a day behind the one that was agreed with others.
    pub fn check_move(&self, today: Date, to: Date) -> Result<(), Refusal> {
        check_move(today, to)?;
        match self.due_on {
            Some(due) if self.has_agreed_day() && to > due => {
                Err(Refusal::new("refusal-today-agreed").with("due", due))
            }
            _ => Ok(()),
        }
    }

    pub fn is_due(&self, today: Date) -> bool {
        self.due_on.is_some_and(|due| due <= today)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaskState {
    Open,
    Done,
    /// It turned out to be nothing, or was written by mistake.
    Dropped,
}

code!(TaskState { TaskState::Open => "open", TaskState::Done => "done", TaskState::Dropped => "dropped" });

/// What somebody said of a line that was not done on its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub kind: DueKind,
    pub subject: Uuid,
    /// The day on which the list asks again.
    pub moved_to: Option<Date>,
    /// Where it got stuck.
    pub stuck: Option<String>,
    /// The plan item that it became when it got stuck.
    pub item: Option<ItemId>,
}

/// Another day for a line can be this far away; a later one belongs into a plan.
pub const MOVE_DAYS_MOST: i64 = 60;

/// # Errors
/// Refuses a day that is past, and one that is more than [`MOVE_DAYS_MOST`] days away.
pub fn check_move(today: Date, to: Date) -> Result<(), Refusal> {
    let days = to.duration_since(today).as_hours() / 24;
    if days < 0 {
        return Err(Refusal::new("refusal-day-past"));
    }
    if days > MOVE_DAYS_MOST {
        return Err(Refusal::new("refusal-day-far").with("most", MOVE_DAYS_MOST));
    }
    Ok(())
}

/// A line with what was said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub due: Due,
    pub stuck: Option<String>,
}

/// The list in its parts: each asks something else of the reader.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parts {
    /// Not done on their day: another day, or stuck?
    pub overdue: Vec<Line>,
    pub today: Vec<Line>,
    pub later: Vec<Line>,
    /// To be done in this period on any day.
    pub any_day: Vec<Line>,
    /// Written into this week's report already; whoever gave it has the next word.
    pub waiting: Vec<Line>,
    pub stuck: Vec<Line>,
}

/// Puts every line into its part. A line that was moved asks on its new day; one that is stuck asks for help instead; one of
/// `said` stands in the report already and asks nothing.
pub fn parts(mut list: Vec<Due>, marks: &[Mark], said: &HashSet<(DueKind, Uuid)>, today: Date) -> Parts {
    let mark_of = |due: &Due| marks.iter().find(|mark| (mark.kind, mark.subject) == (due.kind, due.subject));
    for due in &mut list {
        if let Some(to) = mark_of(due).and_then(|mark| mark.moved_to) {
            due.due_on = Some(to);
        }
    }
    order(&mut list);
    let mut parts = Parts::default();
    for due in list {
        let stuck = mark_of(&due).and_then(|mark| mark.stuck.clone());
        let part = match due.due_on {
            _ if said.contains(&(due.kind, due.subject)) => &mut parts.waiting,
            _ if stuck.is_some() => &mut parts.stuck,
            None => &mut parts.any_day,
            Some(day) if day < today => &mut parts.overdue,
            Some(day) if day == today => &mut parts.today,
            Some(_) => &mut parts.later,
        };
        part.push(Line { due, stuck });
    }
    parts
}

/// What is overdue first, then today's, then what has a day, then what has none.
pub fn order(list: &mut [Due]) {
    list.sort_by(|one, other| {
        let key = |due: &Due| (due.due_on.is_none(), due.due_on, due.kind);
        let same_day = || one.step_of.cmp(&other.step_of).then_with(|| one.text.cmp(&other.text));
        key(one).cmp(&key(other)).then_with(same_day)
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn due(text: &str, day: Option<Date>) -> Due {
        Due {
            kind: DueKind::Task,
            subject: Uuid::nil(),
            text: text.into(),
            due_on: day,
            rest: None,
            is_internal: false,
            step_of: None,
        }
    }

    #[test]
    fn the_oldest_day_comes_first_and_what_has_no_day_last() {
        let mut list = [due("c", None), due("b", Some(date(2026, 11, 5))), due("a", Some(date(2026, 11, 4)))];
        order(&mut list);
        let texts: Vec<&str> = list.iter().map(|due| due.text.as_str()).collect();
        assert_eq!(texts, ["a", "b", "c"]);
        assert!(list[0].is_overdue(date(2026, 11, 5)) && !list[1].is_overdue(date(2026, 11, 5)));
    }

    #[test]
    fn what_was_moved_asks_on_its_new_day_and_what_is_stuck_asks_for_help() {
        let today = date(2026, 11, 5);
        let named = |number: u128, day| Due { subject: Uuid::from_u128(number), ..due("", day) };
        let list = vec![
            named(1, Some(date(2026, 11, 4))),
            named(2, Some(date(2026, 11, 4))),
            named(3, Some(date(2026, 11, 4))),
            named(4, Some(today)),
            named(5, None),
        ];
        let mark = |number: u128, moved_to, stuck: Option<&str>| Mark {
            kind: DueKind::Task,
            subject: Uuid::from_u128(number),
            moved_to,
            stuck: stuck.map(str::to_owned),
            item: None,
        };
        let marks = [mark(2, Some(date(2026, 11, 6)), None), mark(3, None, Some("施工队未到位"))];
        let said = HashSet::from([(DueKind::Task, Uuid::from_u128(9))]);
        let parts = parts(list, &marks, &said, today);
        let numbers =
            |lines: &[Line]| -> Vec<u128> { lines.iter().map(|line| line.due.subject.as_u128()).collect() };
        assert_eq!(numbers(&parts.overdue), [1]);
        assert_eq!(numbers(&parts.later), [2]);
        assert_eq!(numbers(&parts.stuck), [3]);
        assert_eq!(numbers(&parts.today), [4]);
        assert_eq!(numbers(&parts.any_day), [5]);
    }

    #[test]
    fn steps_of_one_day_stand_in_their_order_and_belong_to_the_order() {
        let day = Some(date(2026, 11, 5));
        let order = Uuid::from_u128(3);
        let step = |position, text| Due {
            kind: DueKind::Step,
            step_of: Some(StepOf { directive: order, position, name: "换水表".into() }),
            ..due(text, day)
        };
        let mut list = [step(2, "a"), step(10, "0"), step(1, "b")];
        super::order(&mut list);
        let texts: Vec<&str> = list.iter().map(|due| due.text.as_str()).collect();
        assert_eq!(texts, ["b", "a", "0"]);
        assert_eq!(list[0].link(), Some(ItemLink { kind: LinkKind::Directive, subject: order }));
        assert_eq!(due("a", day).link(), None);
    }

    #[test]
    fn a_line_is_moved_to_a_day_to_come() {
        let today = date(2026, 11, 5);
        assert!(check_move(today, today).is_ok());
        assert!(check_move(today, date(2026, 11, 4)).is_err());
        assert!(check_move(today, date(2027, 3, 1)).is_err());
    }
}
