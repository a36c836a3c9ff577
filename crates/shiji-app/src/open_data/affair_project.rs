//! Key projects and their timetables as documents.

use super::affair::{AffairDocument, AffairSource, Head, person, words};
use super::affair_document::{
    Affair, AffairStep, Milestone, Project, ProjectDescription, ProjectStanding, Shift,
};
use shiji_domain::project::{self, ProjectState};
use shiji_record::affair::{ProjectMove, ProjectStepFact};
use shiji_record::fact::Kind;
use shiji_record::project::{ProjectStory, story};

impl AffairDocument for Project {
    const KIND: Kind = Kind::Project;

    fn of(source: &AffairSource<'_>) -> Option<Project> {
        let story = story(&source.published.rows)?;
        let fact = &story.fact;
        let leader = fact.leader_name.as_deref().map(|name| person("leader", fact.leader, Some(name)));
        let head = Head {
            state: match story.standing.state {
                ProjectState::Open => "open",
                ProjectState::Finished => "finished",
                ProjectState::Stopped => "stopped",
            },
            text: words(&fact.name),
            people: leader.into_iter().collect(),
            page: Some(format!("project/{}", story.id())),
            ..Head::default()
        };
        let milestones = story.standing.milestones.iter();
        Some(Project {
            affair: source.head(head)?,
            description: ProjectDescription {
                aim: fact.aim.clone(),
                units: fact.units.clone(),
                money: fact.money.clone(),
                site: fact.site.clone(),
            },
            started_on: fact.started_on,
            standing: source
                .today
                .map(|on| ProjectStanding { on, status: story.standing.status(on).code().to_owned() }),
            milestones: milestones.map(|one| milestone(source, &story, one)).collect(),
            steps: source.steps(),
        })
    }

    fn into_affair(self) -> Affair {
        self.affair
    }
}

fn milestone(source: &AffairSource<'_>, story: &ProjectStory, one: &project::Milestone) -> Milestone {
    let shifts = story.steps_of(one.milestone_id).filter(|step| step.fact.step == ProjectMove::Shifted);
    let items = source.published.items.iter().filter(|(subject, _)| *subject == one.milestone_id.0);
    Milestone {
        id: one.milestone_id.0,
        name: one.name.clone(),
        in_baseline: story.fact.baseline.iter().any(|line| line.milestone == one.milestone_id),
        promised_on: one.promised_on,
        forecast_on: one.forecast_on,
        reached_on: one.reached_on,
        dropped_on: one.dropped_on,
        shifts: shifts
            .map(|step| Shift {
                on: step.fact.on,
                from: step.fact.from,
                to: step.fact.to,
                reason: step.fact.reason.clone(),
                by: step.fact.by.clone(),
            })
            .collect(),
        items: items.map(|(_, item)| item.0).collect(),
    }
}

pub(super) fn step(fact: &ProjectStepFact) -> AffairStep {
    let description = (fact.step == ProjectMove::Described).then(|| ProjectDescription {
        aim: fact.aim.clone(),
        units: fact.units.clone().unwrap_or_default(),
        money: fact.money.clone(),
        site: fact.site.clone(),
    });
    AffairStep {
        on: fact.on,
        step: fact.step.code().to_owned(),
        by: words(&fact.by),
        text: fact.reason.clone(),
        from: fact.from,
        to: fact.to,
        milestone: fact.milestone.map(|id| id.0),
        milestone_name: fact.name.clone(),
        item: fact.item.map(|id| id.0),
        person: fact.leader.map(|id| id.0),
        person_name: fact.leader_name.clone(),
        description,
        ..AffairStep::default()
    }
}
