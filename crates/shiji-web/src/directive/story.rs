//! What happened to an order, in sentences: the same at work and in public.

use crate::frame::Texts;
use shiji_domain::directive::State;
use shiji_record::affair::{DirectiveStepFact, in_brief};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// For programs that hold the page against the log.
    pub brief: String,
    pub day: String,
    pub what: String,
    /// The reason, or the giver's words.
    pub text: Option<String>,
}

pub fn event(t: Texts, fact: &DirectiveStepFact) -> Event {
    let due = fact.due_on.map_or_else(String::new, |day| t.day(&day));
    let position = fact.position.unwrap_or_default().to_string();
    let arguments = [("name", fact.by.clone()), ("due", due), ("position", position)];
    let key = format!("directive-step-{}", fact.step.replace('_', "-"));
    Event {
        brief: in_brief(fact.on, &fact.step),
        day: t.day(&fact.on),
        what: t.format(&key, &arguments),
        text: fact.text.clone(),
    }
}

/// Class and word for where it stands.
pub fn state(t: Texts, state: State) -> (&'static str, String) {
    let class = match state {
        State::Given => "warn",
        State::Objected => "bad",
        State::UnderWay | State::Withdrawn => "idle",
        State::Closed => "good",
    };
    (class, t.get(format!("directive-state-{}", state.code())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Language;
    use jiff::civil::date;
    use shiji_domain::id::DirectiveId;
    use uuid::Uuid;

    #[test]
    fn every_step_and_state_is_told_in_both_languages() {
        let steps = [
            "accepted",
            "objected",
            "upheld",
            "asked",
            "declined",
            "extended",
            "step_done",
            "step_reopened",
            "closed",
            "withdrawn",
        ];
        for language in [Language::Zh, Language::En] {
            let t = Texts { language };
            for step in steps {
                let fact = DirectiveStepFact {
                    directive: DirectiveId(Uuid::nil()),
                    step: step.into(),
                    on: date(2026, 11, 6),
                    by: "林远".into(),
                    owner: None,
                    text: None,
                    due_on: Some(date(2026, 11, 20)),
                    position: Some(2),
                    item: None,
                };
                let what = event(t, &fact).what;
                assert!(what.contains("林远") && !what.contains("directive-step"), "{what}");
            }
            let all = [State::Given, State::Objected, State::UnderWay, State::Closed, State::Withdrawn];
            assert!(all.into_iter().all(|one| !state(t, one).1.contains("directive-state")));
        }
    }
}
