//! The way of a question as a list of sentences: the same for the asker, the public, the desk and the office.

use crate::frame::Texts;
use shiji_domain::question::{QuestionKind, State, Step};
use shiji_domain::working_day::{DayKind, Term};
use shiji_record::fact::QuestionStepFact;
use shiji_record::question::{Cause, Counted, in_brief};

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// For programs that hold the page against the log.
    pub brief: String,
    pub day: String,
    pub what: String,
    /// Words of the answer, or of the question.
    pub text: Option<String>,
    pub reason: Option<String>,
    /// An answer, to be set apart.
    pub is_answer: bool,
}

/// What a step says; steps that readers learn from elsewhere on the page are none.
pub fn event(t: Texts, fact: &QuestionStepFact) -> Option<Event> {
    let by = fact.by.as_deref().unwrap_or_default();
    let what = match fact.step {
        Step::Shown => t.one("question-step-shown", "name", by),
        Step::Withheld => {
            let reason =
                fact.withheld.map_or_else(String::new, |reason| t.get(format!("withhold-{}", reason.code())));
            t.two("question-step-withheld", "name", by, "reason", reason)
        }
        Step::Moved => {
            let to = [fact.unit_name.as_deref(), fact.person_name.as_deref()];
            let to = to.into_iter().flatten().collect::<Vec<_>>().join(" ");
            t.two("question-step-moved", "name", by, "to", to)
        }
        Step::Extended => {
            let due = fact.due_on.map_or_else(String::new, |day| t.day(&day));
            t.two("question-step-extended", "name", by, "due", due)
        }
        Step::Answered => t.one("question-step-answered", "name", by),
        Step::AnswerShown => t.one("question-step-answer-shown", "name", by),
        Step::Masked => t.one("question-step-masked", "name", by),
        Step::Corrected => t.one("question-step-corrected", "name", by),
        Step::TakenUp => t.one("question-step-taken-up", "name", by),
        Step::Judged => t.one("question-step-judged", "verdict", verdict(t, fact)),
        Step::JudgedLater => t.one("question-step-judged-later", "verdict", verdict(t, fact)),
        Step::Reopened => {
            let due = fact.due_on.map_or_else(String::new, |day| t.day(&day));
            t.one("question-step-reopened", "due", due)
        }
        Step::ReopeningShown => t.one("question-step-reopening-shown", "name", by),
        Step::ReopeningWithheld => {
            let reason =
                fact.withheld.map_or_else(String::new, |reason| t.get(format!("withhold-{}", reason.code())));
            t.two("question-step-reopening-withheld", "name", by, "reason", reason)
        }
    };
    Some(Event {
        brief: in_brief(fact),
        day: t.day(&fact.on),
        what,
        text: fact.text.clone().filter(|_| fact.step != Step::Shown),
        reason: fact.reason.clone(),
        is_answer: fact.step.is_answer(),
    })
}

fn verdict(t: Texts, fact: &QuestionStepFact) -> String {
    fact.verdict.map_or_else(String::new, |verdict| t.get(format!("verdict-{}", verdict.code())))
}

/// How the terms of a question were counted, in a sentence for each and for each thing that was passed over.
pub fn all_counted(t: Texts, terms: &[Counted]) -> Vec<String> {
    let lines = |counted: &Counted| match &counted.term {
        Some(term) => term_counted(t, counted.cause, term),
        None => vec![t.one("term-other", "due", t.day(&counted.due_on))],
    };
    terms.iter().flat_map(lines).collect()
}

fn term_counted(t: Texts, cause: Cause, term: &Term) -> Vec<String> {
    let head = t.format(
        match cause {
            Cause::Received => "term-counted",
            Cause::Extended => "term-counted-extended",
            Cause::Reopened => "term-counted-reopened",
        },
        &[
            ("from", weekday(t, &term.from)),
            ("days", term.days.to_string()),
            ("until", weekday(t, &term.until)),
        ],
    );
    let mut lines = vec![head];
    for because in &term.because {
        let name = match t.language {
            crate::frame::Language::Zh => &because.name,
            crate::frame::Language::En => &because.name_en,
        };
        let key = if because.kind == DayKind::Off { "term-off" } else { "term-work" };
        let days = if because.first == because.last {
            t.short_day(&because.first)
        } else {
            t.two("term-days", "first", t.short_day(&because.first), "last", t.short_day(&because.last))
        };
        lines.push(t.two(key, "days", days, "name", name));
    }
    if term.year_unknown {
        lines.push(t.one("term-year-unknown", "year", term.until.year()));
    }
    lines
}

fn weekday(t: Texts, day: &jiff::civil::Date) -> String {
    let name = t.get(format!("weekday-{}", day.weekday().to_monday_one_offset()));
    t.two("term-day", "day", t.day(day), "weekday", name)
}

pub fn state_class(state: State) -> &'static str {
    match state {
        State::Waiting => "warn",
        State::Overdue => "bad",
        State::Answered => "good",
        State::Closed => "idle",
    }
}

pub fn state_name(t: Texts, state: State) -> String {
    t.get(format!("question-state-{}", state.code()))
}

pub fn kind_name(t: Texts, kind: QuestionKind) -> String {
    t.get(format!("question-kind-{}", kind.code()))
}
