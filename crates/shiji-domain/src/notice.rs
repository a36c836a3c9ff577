//! What officials are told without having asked.

/// Milliseconds before the deadline at which those who have not filed are told.
pub const BEFORE_DEADLINE: i64 = 24 * 60 * 60 * 1_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// The clerk reminds of the report.
    Reminder,
    /// Somebody left a word on the report or an item of it.
    Comment,
    /// The leader or the meeting sent something back.
    Returned,
    /// The deadline is less than a day away and nothing is filed.
    DeadlineComing,
    /// The deadline has passed and nothing is filed.
    Late,
    /// A resident asked.
    NewQuestion,
    /// A resident has waited longer for an answer than was promised.
    QuestionOverdue,
    /// Somebody moved a forecast of a project that the person is in charge of.
    ProjectShifted,
    /// An order was given to the person, as owner or helper.
    DirectiveGiven,
    /// An owner accepted, objected, or asked for more time: the giver's.
    DirectiveAnswered,
    /// The giver upheld, extended, closed or withdrew.
    DirectiveDecided,
    DirectiveOverdue,
    /// Somebody is stuck and asks the person for help, or it was handed up to them.
    DifficultyRaised,
    DifficultyAnswered,
    /// A colleague offers the help that was asked for.
    HelpOffered,
    /// The help that was offered is wanted, or not.
    HelpAccepted,
    HelpDeclined,
    /// A colleague takes an offer back that was not decided on yet.
    HelpWithdrawn,
    /// A plan of one's own is part of a joint visit now; or the visit was moved, held or cancelled.
    VisitPlanned,
    VisitChanged,
    /// A colleague brought the person into a joint visit for which they have no plan of their own.
    VisitInvited,
    /// A colleague named the person to lead a joint visit.
    VisitLead,
}

impl NoticeKind {
    pub const ALL: [NoticeKind; 22] = [
        NoticeKind::Reminder,
        NoticeKind::Comment,
        NoticeKind::Returned,
        NoticeKind::DeadlineComing,
        NoticeKind::Late,
        NoticeKind::NewQuestion,
        NoticeKind::QuestionOverdue,
        NoticeKind::ProjectShifted,
        NoticeKind::DirectiveGiven,
        NoticeKind::DirectiveAnswered,
        NoticeKind::DirectiveDecided,
        NoticeKind::DirectiveOverdue,
        NoticeKind::DifficultyRaised,
        NoticeKind::DifficultyAnswered,
        NoticeKind::HelpOffered,
        NoticeKind::HelpAccepted,
        NoticeKind::HelpDeclined,
        NoticeKind::HelpWithdrawn,
        NoticeKind::VisitPlanned,
        NoticeKind::VisitChanged,
        NoticeKind::VisitInvited,
        NoticeKind::VisitLead,
    ];

    pub fn code(self) -> &'static str {
        match self {
            NoticeKind::Reminder => "reminder",
            NoticeKind::Comment => "comment",
            NoticeKind::Returned => "returned",
            NoticeKind::DeadlineComing => "deadline_coming",
            NoticeKind::Late => "late",
            NoticeKind::NewQuestion => "new_question",
            NoticeKind::QuestionOverdue => "question_overdue",
            NoticeKind::ProjectShifted => "project_shifted",
            NoticeKind::DirectiveGiven => "directive_given",
            NoticeKind::DirectiveAnswered => "directive_answered",
            NoticeKind::DirectiveDecided => "directive_decided",
            NoticeKind::DirectiveOverdue => "directive_overdue",
            NoticeKind::DifficultyRaised => "difficulty_raised",
            NoticeKind::DifficultyAnswered => "difficulty_answered",
            NoticeKind::HelpOffered => "help_offered",
            NoticeKind::HelpAccepted => "help_accepted",
            NoticeKind::HelpDeclined => "help_declined",
            NoticeKind::HelpWithdrawn => "help_withdrawn",
            NoticeKind::VisitPlanned => "visit_planned",
            NoticeKind::VisitChanged => "visit_changed",
            NoticeKind::VisitInvited => "visit_invited",
            NoticeKind::VisitLead => "visit_lead",
        }
    }

    pub fn from_code(code: &str) -> Option<NoticeKind> {
        NoticeKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// As in keys of texts.
    pub fn key(self) -> String {
        format!("notice-{}", self.code().replace('_', "-"))
    }
}

/// Which notice the calendar owes those who have not filed, if any.
pub fn owed(now: i64, due_at: i64) -> Option<NoticeKind> {
    if now >= due_at {
        Some(NoticeKind::Late)
    } else if now >= due_at - BEFORE_DEADLINE {
        Some(NoticeKind::DeadlineComing)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_not_filed_is_told_the_day_before_and_once_it_is_late() {
        let due = 10 * BEFORE_DEADLINE;
        assert_eq!(owed(due - BEFORE_DEADLINE - 1, due), None);
        assert_eq!(owed(due - BEFORE_DEADLINE, due), Some(NoticeKind::DeadlineComing));
        assert_eq!(owed(due - 1, due), Some(NoticeKind::DeadlineComing));
        assert_eq!(owed(due, due), Some(NoticeKind::Late));
    }

    #[test]
    fn every_kind_is_read_back() {
        for kind in NoticeKind::ALL {
            assert_eq!(NoticeKind::from_code(kind.code()), Some(kind));
        }
    }
}
