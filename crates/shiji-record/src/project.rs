//! What the records of a key project add up to.

use crate::affair::{Affair, ProjectFact, ProjectMove, ProjectStepFact};
use crate::projection::AffairRow;
use jiff::civil::Date;
use shiji_domain::id::{MilestoneId, ProjectId};
use shiji_domain::project::{Milestone, Project, ProjectState};

impl ProjectStepFact {
    /// A step that says nothing yet but what it is.
    pub fn new(project: ProjectId, step: ProjectMove, on: Date, by: String) -> ProjectStepFact {
        ProjectStepFact {
            project,
            step,
            on,
            by,
            milestone: None,
            name: None,
            from: None,
            to: None,
            reason: None,
            item: None,
            aim: None,
            leader: None,
            leader_name: None,
            units: None,
            money: None,
            site: None,
        }
    }
}

/// One step, in its place among the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectStep {
    pub fact: ProjectStepFact,
    /// From 2: the baseline is 1.
    pub revision: i64,
    pub published_on: Date,
    /// Names of the fields that were taken away.
    pub withheld: Vec<String>,
}

/// A project as everybody may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectStory {
    /// As it is described now; its baseline is the one that was promised.
    pub fact: ProjectFact,
    pub standing: Project,
    /// The oldest first.
    pub steps: Vec<ProjectStep>,
    pub published_on: Date,
}

impl ProjectStory {
    pub fn id(&self) -> ProjectId {
        self.fact.project
    }

    /// The step that called the milestone reached, as it stands now.
    pub fn reached_by(&self, milestone: MilestoneId) -> Option<&ProjectStep> {
        self.steps_of(milestone).filter(|step| step.fact.step == ProjectMove::Reached).last()
    }

    /// Steps that touched a milestone, the oldest first.
    pub fn steps_of(&self, milestone: MilestoneId) -> impl Iterator<Item = &ProjectStep> {
        self.steps.iter().filter(move |step| step.fact.milestone == Some(milestone))
    }
}

/// The story of one project out of its rows, in their order; `None` where its first record is missing.
pub fn story(rows: &[AffairRow]) -> Option<ProjectStory> {
    let mut rows = rows.iter();
    let first = rows.next()?;
    let Affair::Project(fact) = &first.affair else { return None };
    let mut story = ProjectStory {
        standing: promised(fact, first.published_on),
        fact: fact.clone(),
        steps: Vec::new(),
        published_on: first.published_on,
    };
    for row in rows {
        let Affair::ProjectStep(step) = &row.affair else { continue };
        apply(&mut story, step);
        story.steps.push(ProjectStep {
            fact: step.clone(),
            revision: row.revision,
            published_on: row.published_on,
            withheld: row.withheld.clone(),
        });
    }
    Some(story)
}

/// The stories of many projects out of their rows, which stand by project and then in their order.
pub fn stories(rows: &[AffairRow]) -> Vec<ProjectStory> {
    rows.chunk_by(|one, other| one.affair.subject() == other.affair.subject()).filter_map(story).collect()
}

fn promised(fact: &ProjectFact, public_since: Date) -> Project {
    let (started_on, public_since) = (fact.started_on, Some(public_since));
    let mut project = Project { started_on, public_since, ..Project::default() };
    for line in &fact.baseline {
        project.put(Milestone::promised(line.milestone, line.name.clone(), line.due_on));
    }
    project
}

/// The one place where a step changes where a project stands: for the working side and for every reader of the records.
/// What was published was checked before; a step that fits nothing changes nothing.
fn apply(story: &mut ProjectStory, step: &ProjectStepFact) {
    let found = story.standing.milestones.iter_mut().find(|one| Some(one.milestone_id) == step.milestone);
    match (step.step, found) {
        (ProjectMove::Shifted, Some(one)) => one.forecast_on = step.to.unwrap_or(one.forecast_on),
        (ProjectMove::Reached, Some(one)) => one.reached_on = step.to.or(Some(step.on)),
        (ProjectMove::NotReached, Some(one)) => one.reached_on = None,
        (ProjectMove::Dropped, Some(one)) => one.dropped_on = Some(step.on),
        (ProjectMove::TakenUp, Some(one)) => one.dropped_on = None,
        (ProjectMove::Added, None) => {
            if let (Some(id), Some(name), Some(day)) = (step.milestone, &step.name, step.to) {
                story.standing.put(Milestone::promised(id, name.clone(), day));
            }
        }
        (ProjectMove::Described, _) => {
            let fact = &mut story.fact;
            fact.aim.clone_from(&step.aim);
            fact.leader = step.leader;
            fact.leader_name.clone_from(&step.leader_name);
            fact.units = step.units.clone().unwrap_or_default();
            fact.money.clone_from(&step.money);
            fact.site.clone_from(&step.site);
        }
        (ProjectMove::Finished, _) => story.standing.state = ProjectState::Finished,
        (ProjectMove::Stopped, _) => story.standing.state = ProjectState::Stopped,
        (ProjectMove::Resumed, _) => story.standing.state = ProjectState::Open,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::affair::BaselineLine;
    use jiff::civil::date;
    use shiji_domain::project::Status;
    use uuid::Uuid;

    fn id(number: u128) -> MilestoneId {
        MilestoneId(Uuid::from_u128(number))
    }

    fn row(affair: Affair, revision: i64) -> AffairRow {
        let published_on = date(2026, 3, 1);
        AffairRow { affair, revision, published_on, commitment: String::new(), withheld: vec![] }
    }

    fn begun() -> Affair {
        let line = |number, name: &str, month| BaselineLine {
            milestone: id(number),
            name: name.into(),
            due_on: date(2026, month, 1),
        };
        Affair::Project(ProjectFact {
            project: ProjectId(Uuid::from_u128(100)),
            name: "饮水工程".into(),
            aim: None,
            leader: None,
            leader_name: None,
            units: vec!["水务所".into()],
            money: None,
            site: None,
            started_on: None,
            baseline: vec![line(1, "开工", 4), line(2, "通水", 10)],
        })
    }

    fn step(step: ProjectMove, milestone: Option<u128>, to: Option<Date>) -> Affair {
        let project = ProjectId(Uuid::from_u128(100));
        Affair::ProjectStep(ProjectStepFact {
            milestone: milestone.map(id),
            name: Some("验收".into()),
            to,
            reason: Some("雨季".into()),
            money: Some("300万元".into()),
            ..ProjectStepFact::new(project, step, date(2026, 5, 1), "林远".into())
        })
    }

    fn told(steps: Vec<Affair>) -> ProjectStory {
        let rows: Vec<AffairRow> =
            (1..).zip([begun()].into_iter().chain(steps)).map(|(at, affair)| row(affair, at)).collect();
        story(&rows).unwrap()
    }

    #[test]
    fn shifts_and_reached_milestones_add_up_and_the_promised_days_stay() {
        let told = told(vec![
            step(ProjectMove::Reached, Some(1), Some(date(2026, 4, 2))),
            step(ProjectMove::Shifted, Some(2), Some(date(2026, 11, 1))),
            step(ProjectMove::Added, Some(3), Some(date(2026, 12, 1))),
        ]);
        let milestones = &told.standing.milestones;
        assert_eq!(milestones[0].reached_on, Some(date(2026, 4, 2)));
        assert_eq!(
            (milestones[1].promised_on, milestones[1].forecast_on),
            (date(2026, 10, 1), date(2026, 11, 1))
        );
        assert_eq!(milestones[2].name, "验收");
        assert_eq!(told.standing.status(date(2026, 5, 2)), Status::Behind);
        assert_eq!(told.steps_of(id(2)).count(), 1);
    }

    #[test]
    fn a_new_description_leaves_the_baseline_alone() {
        let told = told(vec![step(ProjectMove::Described, None, None)]);
        assert_eq!(told.fact.money.as_deref(), Some("300万元"));
        assert_eq!((told.fact.baseline.len(), told.fact.units.len()), (2, 0));
    }

    #[test]
    fn steps_that_fit_nothing_change_nothing() {
        let told = told(vec![
            step(ProjectMove::Shifted, Some(9), Some(date(2026, 11, 1))),
            step(ProjectMove::Added, Some(1), Some(date(2026, 12, 1))),
            step(ProjectMove::Dropped, None, None),
        ]);
        assert_eq!(told.standing, promised(&told.fact, told.published_on));
        assert_eq!(story(&[row(step(ProjectMove::Finished, None, None), 1)]), None);
    }

    #[test]
    fn a_milestone_that_was_late_when_it_was_dropped_is_late_until_it_is_taken_up_and_reached() {
        let dropped = || step(ProjectMove::Dropped, Some(1), None);
        let later = date(2026, 6, 1);
        assert_eq!(told(vec![dropped()]).standing.status(later), Status::Behind);
        let reached = step(ProjectMove::Reached, Some(1), Some(date(2026, 5, 1)));
        let told = told(vec![dropped(), step(ProjectMove::TakenUp, Some(1), None), reached]);
        assert_eq!(told.standing.status(later), Status::OnTime);
        assert!(told.reached_by(id(1)).is_some_and(|step| step.fact.item.is_none()));
    }

    #[test]
    fn projects_are_told_apart() {
        let mut other = begun();
        if let Affair::Project(fact) = &mut other {
            fact.project = ProjectId(Uuid::from_u128(101));
        }
        let rows = [row(begun(), 1), row(step(ProjectMove::Stopped, None, None), 2), row(other, 1)];
        let states: Vec<bool> =
            stories(&rows).iter().map(|one| one.standing.must_be_open().is_ok()).collect();
        assert_eq!(states, [false, true]);
    }
}
