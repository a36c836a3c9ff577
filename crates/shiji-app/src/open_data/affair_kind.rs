//! Directives, difficulties, visits and minutes as documents.

use super::affair::{AffairDocument, AffairSource, Head, doer, person, words};
use super::affair_document::{Affair, Difficulty, Directive, Minutes, Task, Visit};
use crate::{difficulty, directive, together};
use shiji_domain::spot::SpotKind;
use shiji_record::affair::{self as record, DifficultyStepFact, DirectiveStepFact, VisitStepFact};
use shiji_record::fact::Kind;

impl AffairDocument for Directive {
    const KIND: Kind = Kind::Directive;

    fn of(source: &AffairSource<'_>) -> Option<Directive> {
        let record::Affair::Directive(fact) = source.first()? else { return None };
        let rows = source.published.rows.iter();
        let steps: Vec<DirectiveStepFact> = rows
            .filter_map(|row| match &row.affair {
                record::Affair::DirectiveStep(step) => Some(step.clone()),
                _ => None,
            })
            .collect();
        let course = directive::replay(fact, &steps);
        let giver = person("giver", Some(fact.giver), Some(&fact.giver_name));
        let owners = fact.owners.iter().map(|owner| doer("owner", owner));
        let helpers = fact.helpers.iter().map(|helper| doer("helper", helper));
        let tasks = (1..).zip(&fact.steps).enumerate().map(|(at, (position, text))| Task {
            position,
            text: text.clone(),
            due_on: fact.step_days.get(at).copied().flatten(),
            done_by: course.done.get(at).copied().flatten().map(|item| item.0),
        });
        let head = Head {
            number: Some(fact.number),
            state: course.state().code(),
            text: words(&fact.text),
            due_on: Some(course.due_on),
            people: std::iter::once(giver).chain(owners).chain(helpers).collect(),
            page: Some(format!("order/{}", fact.directive)),
            ..Head::default()
        };
        Some(Directive {
            affair: source.head(head)?,
            given_on: fact.given_on,
            first_due_on: fact.due_on,
            source: fact.source.clone(),
            source_text: fact.source_text.clone(),
            tasks: tasks.collect(),
            steps: source.steps(),
        })
    }

    fn into_affair(self) -> Affair {
        self.affair
    }
}

impl AffairDocument for Difficulty {
    const KIND: Kind = Kind::Difficulty;

    fn of(source: &AffairSource<'_>) -> Option<Difficulty> {
        let record::Affair::Difficulty(fact) = source.first()? else { return None };
        let rows = source.published.rows.iter();
        let steps: Vec<DifficultyStepFact> = rows
            .filter_map(|row| match &row.affair {
                record::Affair::DifficultyStep(step) => Some(step.clone()),
                _ => None,
            })
            .collect();
        let (state, due_on) = difficulty::replay(fact, &steps);
        // Whoever it went up to has to help from then on.
        let to = steps.iter().rev().find_map(|step| step.to_name.as_deref());
        let addressee = match to {
            Some(name) => person("addressee", None, Some(name)),
            None => person("addressee", fact.to_person, Some(&fact.to_name)),
        };
        let head = Head {
            state: state.code(),
            text: fact.words.clone().or_else(|| source.published.told.clone()),
            due_on: Some(due_on),
            people: vec![person("asker", Some(fact.person), None), addressee],
            page: Some(format!("difficulty/{}", fact.difficulty)),
            ..Head::default()
        };
        Some(Difficulty {
            affair: source.head(head)?,
            item: fact.item.0,
            raised_on: fact.raised_on,
            first_due_on: fact.due_on,
            steps: source.steps(),
        })
    }

    fn into_affair(self) -> Affair {
        self.affair
    }
}

impl AffairDocument for Visit {
    const KIND: Kind = Kind::Visit;

    fn of(source: &AffairSource<'_>) -> Option<Visit> {
        let record::Affair::Visit(fact) = source.first()? else { return None };
        let rows = source.published.rows.iter();
        let steps: Vec<VisitStepFact> = rows
            .filter_map(|row| match &row.affair {
                record::Affair::VisitStep(step) => Some(step.clone()),
                _ => None,
            })
            .collect();
        let (state, on) = together::replay(fact, &steps);
        let visitors = fact.visitors(&steps);
        let people = visitors.iter().enumerate();
        let people = people.map(|(at, who)| doer(if at == 0 { "lead" } else { "visitor" }, who));
        let is_place = SpotKind::from_code(&fact.spot_kind).is_none_or(SpotKind::is_place);
        let spot = words(&fact.spot);
        let page = spot.as_deref().filter(|_| is_place).map(|spot| format!("visits/{}", percent(spot)));
        let head = Head {
            state: state.code(),
            text: words(&fact.purpose),
            on: Some(on),
            people: people.collect(),
            page,
            ..Head::default()
        };
        Some(Visit {
            affair: source.head(head)?,
            spot_kind: fact.spot_kind.clone(),
            spot,
            first_on: fact.on,
            steps: source.steps(),
        })
    }

    fn into_affair(self) -> Affair {
        self.affair
    }
}

impl AffairDocument for Minutes {
    const KIND: Kind = Kind::Minutes;

    fn of(source: &AffairSource<'_>) -> Option<Minutes> {
        let record::Affair::Minutes(fact) = source.first()? else { return None };
        let chair = words(&fact.chair).map(|name| person("chair", None, Some(&name)));
        let head = Head {
            number: Some(fact.number),
            state: "held",
            on: Some(fact.held_on),
            people: chair.into_iter().collect(),
            page: Some(format!("minutes/{}", fact.number)),
            ..Head::default()
        };
        Some(Minutes {
            affair: source.head(head)?,
            minutes: fact.minutes,
            heard: fact.heard,
            returned: fact.returned,
            decisions: fact.decisions.clone(),
        })
    }

    fn into_affair(self) -> Affair {
        self.affair
    }
}

/// One segment of an address.
fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
