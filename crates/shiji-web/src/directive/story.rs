//! What happened to an order, in sentences: the same at work and in public.

use crate::frame::Texts;
use shiji_domain::directive::State;
use shiji_record::affair::DirectiveStepFact;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
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
    Event { day: t.day(&fact.on), what: t.format(&key, &arguments), text: fact.text.clone() }
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
