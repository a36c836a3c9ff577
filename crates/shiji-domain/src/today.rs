//! What is to be done today: one list from everything that has a day.

use crate::item::code;
use crate::link::LinkKind;
use jiff::civil::Date;
use uuid::Uuid;

/// Where a line of the day's list comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DueKind {
    /// A plan item of the issue before.
    Plan,
    /// A line of one's own.
    Task,
    Directive,
    Milestone,
    Visit,
    Help,
    /// A resident waits for an answer.
    Question,
}

code!(DueKind {
    DueKind::Plan => "plan", DueKind::Task => "task", DueKind::Directive => "directive",
    DueKind::Milestone => "milestone", DueKind::Visit => "visit", DueKind::Help => "help",
    DueKind::Question => "question",
});

impl DueKind {
    /// What an item that is made of such a line is linked to.
    pub fn link(self) -> Option<LinkKind> {
        match self {
            DueKind::Directive => Some(LinkKind::Directive),
            DueKind::Milestone => Some(LinkKind::Milestone),
            DueKind::Visit => Some(LinkKind::Visit),
            DueKind::Help => Some(LinkKind::Help),
            DueKind::Plan | DueKind::Task | DueKind::Question => None,
        }
    }
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub kind: DueKind,
    /// The plan item, task, directive, milestone, visit, help request or question.
    pub subject: Uuid,
    pub text: String,
    /// None for what is to be done in this period on any day.
    pub due_on: Option<Date>,
    /// The page behind it, after place and language.
    pub rest: Option<String>,
}

impl Due {
    /// Its day has passed.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.due_on.is_some_and(|due| due < today)
    }

    pub fn is_due(&self, today: Date) -> bool {
        self.due_on.is_some_and(|due| due <= today)
    }
}

/// What is overdue first, then today's, then what has a day, then what has none.
pub fn order(list: &mut [Due]) {
    list.sort_by(|one, other| {
        let key = |due: &Due| (due.due_on.is_none(), due.due_on, due.kind);
        key(one).cmp(&key(other)).then_with(|| one.text.cmp(&other.text))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn due(text: &str, day: Option<Date>) -> Due {
        Due { kind: DueKind::Task, subject: Uuid::nil(), text: text.into(), due_on: day, rest: None }
    }

    #[test]
    fn the_oldest_day_comes_first_and_what_has_no_day_last() {
        let mut list = [due("c", None), due("b", Some(date(2026, 11, 5))), due("a", Some(date(2026, 11, 4)))];
        order(&mut list);
        let texts: Vec<&str> = list.iter().map(|due| due.text.as_str()).collect();
        assert_eq!(texts, ["a", "b", "c"]);
        assert!(list[0].is_overdue(date(2026, 11, 5)) && !list[1].is_overdue(date(2026, 11, 5)));
    }
}
