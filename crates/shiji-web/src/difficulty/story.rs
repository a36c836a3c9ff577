//! What happened to a difficulty, in sentences: the same at work and in public.

use crate::frame::Texts;
use shiji_domain::difficulty::State;
use shiji_record::affair::{DifficultyStepFact, in_brief};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// For programs that hold the page against the log.
    pub brief: String,
    pub day: String,
    pub what: String,
    pub text: Option<String>,
    /// Somebody's help, to be set apart.
    pub is_answer: bool,
}

pub fn event(t: Texts, fact: &DifficultyStepFact) -> Event {
    // The calendar has no name.
    let key = match (fact.step.as_str(), fact.by.is_empty()) {
        ("escalated", true) => "difficulty-step-escalated-itself".to_owned(),
        (step, _) => format!("difficulty-step-{step}"),
    };
    let due = fact.due_on.map_or_else(String::new, |day| t.day(&day));
    let arguments = [
        ("name", fact.by.clone()),
        ("to", fact.to_name.clone().unwrap_or_default()),
        ("due", due),
        ("solver", fact.solved_by.clone().unwrap_or_default()),
    ];
    Event {
        brief: in_brief(fact.on, &fact.step),
        day: t.day(&fact.on),
        what: t.format(&key, &arguments),
        text: fact.text.clone(),
        is_answer: matches!(fact.step.as_str(), "answered" | "solved"),
    }
}

/// Class and word for where it stands.
pub fn state(t: Texts, state: State) -> (&'static str, String) {
    let class = match state {
        State::Open => "warn",
        State::Answered => "idle",
        State::Solved => "good",
    };
    (class, t.get(format!("difficulty-state-{}", state.code())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Language;
    use jiff::civil::date;
    use shiji_domain::id::DifficultyId;
    use uuid::Uuid;

    #[test]
    fn every_step_is_told_in_both_languages_and_the_calendar_by_what_it_did() {
        for language in [Language::Zh, Language::En] {
            let t = Texts { language };
            for (step, by) in [
                ("answered", "林远"),
                ("escalated", "林远"),
                ("escalated", ""),
                ("solved", "林远"),
                ("reopened", "林远"),
            ] {
                let fact = DifficultyStepFact {
                    difficulty: DifficultyId(Uuid::nil()),
                    step: step.into(),
                    on: date(2026, 11, 6),
                    by: by.into(),
                    text: None,
                    to_name: Some("谭旭".into()),
                    due_on: Some(date(2026, 11, 11)),
                    item: None,
                    solved_by: Some("谭旭".into()),
                };
                let what = event(t, &fact).what;
                assert!(what.contains(by) && !what.contains("difficulty-step"), "{what}");
            }
        }
    }
}
