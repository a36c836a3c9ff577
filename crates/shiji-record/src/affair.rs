//! Records of what people do together, apart from the week's items: key projects, directives, difficulties, joint visits,
//! minutes. Each begins with one record and goes on with steps; a step names the record before it, so none can be left out.

use crate::fact::{Kind, Nothing};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use shiji_domain::id::{
    DifficultyId, DirectiveId, ItemId, MeetingId, MilestoneId, PersonId, ProjectId, VisitId,
};
use uuid::Uuid;

/// A milestone as it was promised: its day never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaselineLine {
    pub milestone: MilestoneId,
    pub name: String,
    pub due_on: Date,
}

/// A key project with its frozen baseline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectFact {
    pub project: ProjectId,
    pub name: String,
    /// What it is for, in a sentence.
    pub aim: Option<String>,
    pub leader: Option<PersonId>,
    pub leader_name: Option<String>,
    pub units: Vec<String>,
    /// As stated, with its unit; none where it is not public.
    pub money: Option<String>,
    pub site: Option<String>,
    pub started_on: Option<Date>,
    /// In the order of their days.
    pub baseline: Vec<BaselineLine>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectMove {
    /// The forecast of a milestone moved.
    Shifted,
    Reached,
    /// A milestone that was called reached is not.
    NotReached,
    /// A milestone was added after the baseline; it has a baseline of its own.
    Added,
    /// A milestone will not be built.
    Dropped,
    /// A milestone that was dropped will be built after all; its promised day is the one that it had.
    TakenUp,
    /// Leader, units, money, site or aim are others now.
    Described,
    Finished,
    Stopped,
    Resumed,
}

impl ProjectMove {
    pub fn code(self) -> &'static str {
        match self {
            ProjectMove::Shifted => "shifted",
            ProjectMove::Reached => "reached",
            ProjectMove::NotReached => "not_reached",
            ProjectMove::Added => "added",
            ProjectMove::Dropped => "dropped",
            ProjectMove::TakenUp => "taken_up",
            ProjectMove::Described => "described",
            ProjectMove::Finished => "finished",
            ProjectMove::Stopped => "stopped",
            ProjectMove::Resumed => "resumed",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectStepFact {
    pub project: ProjectId,
    #[serde(rename = "move")]
    pub step: ProjectMove,
    pub on: Date,
    /// Name of who said so.
    pub by: String,
    pub milestone: Option<MilestoneId>,
    /// Of an added milestone.
    pub name: Option<String>,
    /// The forecast before.
    pub from: Option<Date>,
    /// The new forecast; the day it was reached; the baseline of an added milestone.
    pub to: Option<Date>,
    pub reason: Option<String>,
    /// The item that moved it.
    pub item: Option<ItemId>,
    /// Only when the project is described anew: all of it again, without the baseline.
    pub aim: Option<String>,
    pub leader: Option<PersonId>,
    pub leader_name: Option<String>,
    pub units: Option<Vec<String>>,
    pub money: Option<String>,
    pub site: Option<String>,
}

/// Somebody who has a part in something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doer {
    pub person: PersonId,
    pub name: String,
    pub unit: String,
}

/// A directive that was given in public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectiveFact {
    pub directive: DirectiveId,
    /// Counted from 1 in the place.
    pub number: i64,
    pub text: String,
    pub giver: PersonId,
    pub giver_name: String,
    pub owners: Vec<Doer>,
    pub helpers: Vec<Doer>,
    pub given_on: Date,
    pub due_on: Date,
    /// `meeting`, `inspection`, `document` or `question`.
    pub source: String,
    /// Number of the document, the place inspected, and so on.
    pub source_text: Option<String>,
    pub steps: Vec<String>,
    /// The day by which each step is to be done, where its words name one; nothing when none does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub step_days: Vec<Option<Date>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectiveStepFact {
    pub directive: DirectiveId,
    /// `accepted`, `objected`, `upheld`, `extended`, `step_done`, `step_reopened`, `closed`, `withdrawn`.
    pub step: String,
    pub on: Date,
    pub by: String,
    /// The owner who accepted or objected; a delegate may have done it for them.
    pub owner: Option<PersonId>,
    pub text: Option<String>,
    /// The new day of an extension.
    pub due_on: Option<Date>,
    /// Which of the steps, from 1.
    pub position: Option<i64>,
    pub item: Option<ItemId>,
}

/// A difficulty that was told on a published item, and who has to help. Its words are the item's, unless the item tells none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifficultyFact {
    pub difficulty: DifficultyId,
    pub item: ItemId,
    pub person: PersonId,
    /// To whom it was addressed: a leader or a unit.
    pub to_person: Option<PersonId>,
    pub to_name: String,
    pub raised_on: Date,
    pub due_on: Date,
    /// What is in the way, where the item itself tells no difficulty: it got stuck after it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifficultyStepFact {
    pub difficulty: DifficultyId,
    /// `answered`, `escalated`, `solved`, `reopened`.
    pub step: String,
    pub on: Date,
    pub by: String,
    pub text: Option<String>,
    /// Whom it was escalated to.
    pub to_name: Option<String>,
    pub due_on: Option<Date>,
    /// The item in which it was solved.
    pub item: Option<ItemId>,
    /// Who solved it, as whoever raised it says.
    pub solved_by: Option<String>,
}

/// Several units on one day at one place, instead of several visits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitFact {
    pub visit: VisitId,
    /// `village`, `firm`, `site`, `other`, or `subject` for what is done together without a place of its own.
    pub spot_kind: String,
    pub spot: String,
    pub on: Date,
    pub lead: Doer,
    pub helpers: Vec<Doer>,
    pub purpose: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitStepFact {
    pub visit: VisitId,
    /// `moved`, `held`, `cancelled`, `lead`, `joined`, `left`.
    pub step: String,
    pub on: Date,
    pub by: String,
    pub text: Option<String>,
    /// The new day.
    pub to: Option<Date>,
    pub item: Option<ItemId>,
    /// Who leads from now on, who joined, or who stepped out. Steps of other kinds do not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Doer>,
}

impl VisitFact {
    /// Who comes after `steps`, in their order: the lead first.
    pub fn visitors<'a>(&self, steps: impl IntoIterator<Item = &'a VisitStepFact>) -> Vec<Doer> {
        let mut people: Vec<Doer> = std::iter::once(&self.lead).chain(&self.helpers).cloned().collect();
        for step in steps {
            let Some(who) = &step.who else { continue };
            match step.step.as_str() {
                "joined" if people.iter().all(|known| known.person != who.person) => people.push(who.clone()),
                "left" => people.retain(|known| known.person != who.person),
                "lead" => {
                    people.retain(|known| known.person != who.person);
                    people.insert(0, who.clone());
                }
                _ => {}
            }
        }
        people
    }
}

/// One of the villages, firms and sites whose visits everybody may look up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicSpot {
    /// `village`, `firm` or `site`.
    pub kind: String,
    pub name: String,
    /// Other names by which items speak of it.
    pub others: Vec<String>,
}

/// The town's whole list of firms and sites; a later list takes the place of the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpotsFact {
    /// The same for all lists of a place.
    pub list: Uuid,
    pub spots: Vec<PublicSpot>,
}

/// What everybody may know of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesFact {
    pub meeting: MeetingId,
    /// The issue that closing it published.
    pub number: i64,
    pub held_on: Date,
    pub chair: String,
    pub minutes: i64,
    /// Reports that were heard.
    pub heard: i64,
    /// Reports and items that were sent back.
    pub returned: i64,
    /// What was decided, in public directives' words.
    pub decisions: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Affair {
    Project(ProjectFact),
    ProjectStep(ProjectStepFact),
    Directive(DirectiveFact),
    DirectiveStep(DirectiveStepFact),
    Difficulty(DifficultyFact),
    DifficultyStep(DifficultyStepFact),
    Visit(VisitFact),
    VisitStep(VisitStepFact),
    Minutes(MinutesFact),
    Spots(SpotsFact),
}

impl Affair {
    pub fn kind(&self) -> Kind {
        match self {
            Affair::Project(_) => Kind::Project,
            Affair::ProjectStep(_) => Kind::ProjectStep,
            Affair::Directive(_) => Kind::Directive,
            Affair::DirectiveStep(_) => Kind::DirectiveStep,
            Affair::Difficulty(_) => Kind::Difficulty,
            Affair::DifficultyStep(_) => Kind::DifficultyStep,
            Affair::Visit(_) => Kind::Visit,
            Affair::VisitStep(_) => Kind::VisitStep,
            Affair::Minutes(_) => Kind::Minutes,
            Affair::Spots(_) => Kind::Spots,
        }
    }

    /// What its records are filed under.
    pub fn subject(&self) -> Uuid {
        match self {
            Affair::Project(fact) => fact.project.0,
            Affair::ProjectStep(fact) => fact.project.0,
            Affair::Directive(fact) => fact.directive.0,
            Affair::DirectiveStep(fact) => fact.directive.0,
            Affair::Difficulty(fact) => fact.difficulty.0,
            Affair::DifficultyStep(fact) => fact.difficulty.0,
            Affair::Visit(fact) => fact.visit.0,
            Affair::VisitStep(fact) => fact.visit.0,
            Affair::Minutes(fact) => fact.meeting.0,
            Affair::Spots(fact) => fact.list,
        }
    }

    /// The fact alone, as JSON.
    ///
    /// # Errors
    /// Never for the facts of this file.
    pub fn to_value(&self) -> Result<Value, serde_json::Error> {
        match self {
            Affair::Project(fact) => serde_json::to_value(fact),
            Affair::ProjectStep(fact) => serde_json::to_value(fact),
            Affair::Directive(fact) => serde_json::to_value(fact),
            Affair::DirectiveStep(fact) => serde_json::to_value(fact),
            Affair::Difficulty(fact) => serde_json::to_value(fact),
            Affair::DifficultyStep(fact) => serde_json::to_value(fact),
            Affair::Visit(fact) => serde_json::to_value(fact),
            Affair::VisitStep(fact) => serde_json::to_value(fact),
            Affair::Minutes(fact) => serde_json::to_value(fact),
            Affair::Spots(fact) => serde_json::to_value(fact),
        }
    }

    /// The inverse of `to_value`; `None` for a kind that is no affair.
    ///
    /// # Errors
    /// When the fields are not those of `kind`.
    pub fn from_value(kind: Kind, value: Value) -> Result<Option<Affair>, serde_json::Error> {
        Ok(Some(match kind {
            Kind::Project => Affair::Project(serde_json::from_value(value)?),
            Kind::ProjectStep => Affair::ProjectStep(serde_json::from_value(value)?),
            Kind::Directive => Affair::Directive(serde_json::from_value(value)?),
            Kind::DirectiveStep => Affair::DirectiveStep(serde_json::from_value(value)?),
            Kind::Difficulty => Affair::Difficulty(serde_json::from_value(value)?),
            Kind::DifficultyStep => Affair::DifficultyStep(serde_json::from_value(value)?),
            Kind::Visit => Affair::Visit(serde_json::from_value(value)?),
            Kind::VisitStep => Affair::VisitStep(serde_json::from_value(value)?),
            Kind::Minutes => Affair::Minutes(serde_json::from_value(value)?),
            Kind::Spots => Affair::Spots(serde_json::from_value(value)?),
            _ => return Ok(None),
        }))
    }
}

/// A step in one line for programs that hold a page against the log.
pub fn in_brief(on: Date, step: &str) -> String {
    format!("{on} {step}")
}

/// As [`crate::fact::withholdable`], for affairs: people's words.
pub(crate) fn withholdable(kind: Kind) -> &'static [(&'static str, Nothing)] {
    match kind {
        Kind::Project => &[("aim", Nothing::Absent), ("money", Nothing::Absent), ("site", Nothing::Absent)],
        Kind::ProjectStep => &[
            ("reason", Nothing::Absent),
            ("aim", Nothing::Absent),
            ("money", Nothing::Absent),
            ("site", Nothing::Absent),
        ],
        Kind::Directive => {
            &[("text", Nothing::Words), ("source_text", Nothing::Absent), ("steps", Nothing::List)]
        }
        Kind::Difficulty => &[("words", Nothing::Absent)],
        Kind::DirectiveStep | Kind::DifficultyStep | Kind::VisitStep => &[("text", Nothing::Absent)],
        Kind::Visit => &[("spot", Nothing::Words), ("purpose", Nothing::Words)],
        Kind::Minutes => &[("decisions", Nothing::List)],
        Kind::Spots => &[("spots", Nothing::List)],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn doer(number: u128) -> Doer {
        Doer { person: PersonId(Uuid::from_u128(number)), name: number.to_string(), unit: "站".into() }
    }

    fn step(step: &str, who: Option<Doer>) -> VisitStepFact {
        VisitStepFact {
            visit: VisitId(Uuid::nil()),
            step: step.into(),
            on: date(2026, 11, 18),
            by: "甲".into(),
            text: None,
            to: None,
            item: None,
            who,
        }
    }

    #[test]
    fn who_comes_follows_from_the_steps_with_the_lead_first() {
        let fact = VisitFact {
            visit: VisitId(Uuid::nil()),
            spot_kind: "firm".into(),
            spot: "厂".into(),
            on: date(2026, 11, 18),
            lead: doer(1),
            helpers: vec![doer(2)],
            purpose: "查".into(),
        };
        let steps = [
            step("joined", Some(doer(3))),
            step("joined", Some(doer(3))),
            step("left", Some(doer(1))),
            step("lead", Some(doer(3))),
            step("held", None),
        ];
        let names: Vec<String> = fact.visitors(&steps).into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["3", "2"]);
    }

    #[test]
    fn a_step_that_names_nobody_has_the_bytes_that_it_always_had() {
        let value = serde_json::to_value(step("held", None)).unwrap();
        assert!(value.get("who").is_none());
        assert_eq!(serde_json::from_value::<VisitStepFact>(value).unwrap(), step("held", None));
    }
}
