//! What projects give to the desk, the meeting and the list of the day.

use crate::affair::Candidate;
use crate::app::Act;
use crate::error::AppError;
use jiff::ToSpan;
use jiff::civil::Date;
use shiji_domain::agenda::{Matter, MatterKind};
use shiji_domain::id::{MilestoneId, PersonId, PlaceId, ProjectId};
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::project::Status;
use shiji_domain::today::{Due, DueKind};
use shiji_record::project::stories;
use shiji_store::project::{self, KeptMilestone};
use shiji_store::{Tx, public_affair};
use shiji_text::{shared_pairs, speaks_of};
use uuid::Uuid;

/// Days before its forecast on which a milestone appears in the list of the day.
const COMING: i64 = 7;

/// How a milestone is called away from its project's page.
fn name(project: &str, milestone: &str) -> String {
    format!("{project} · {milestone}")
}

/// Open milestones of the owner's projects; of each project that the words speak of, one is proposed.
pub(crate) async fn candidates(
    tx: &mut Tx,
    act: &Act,
    owner: PersonId,
    words: &str,
) -> Result<Vec<Candidate>, AppError> {
    let open = project::open_milestones_for(tx, act.place.place_id, owner, act.day()?).await?;
    let proposed = proposed(words, &open);
    let mut found: Vec<Candidate> = open
        .iter()
        .map(|(project, one)| Candidate {
            link: ItemLink { kind: LinkKind::Milestone, subject: one.milestone_id.0 },
            name: name(project, &one.name),
            proposed: proposed.contains(&one.milestone_id),
        })
        .collect();
    found.sort_by_key(|candidate| !candidate.proposed);
    Ok(found)
}

/// Of each project that the words speak of, by its own name or a milestone's: the milestone whose name they share most with, of
/// equals the next one to come. `open` stands by forecast.
fn proposed(words: &str, open: &[(String, KeptMilestone)]) -> Vec<MilestoneId> {
    let mut projects: Vec<ProjectId> = Vec::new();
    let mut proposed = Vec::new();
    for (project, one) in open {
        if projects.contains(&one.project_id) {
            continue;
        }
        projects.push(one.project_id);
        let own = || open.iter().filter(|(_, other)| other.project_id == one.project_id);
        if !speaks_of(words, project) && !own().any(|(_, milestone)| speaks_of(words, &milestone.name)) {
            continue;
        }
        let most = own().map(|(_, milestone)| shared_pairs(words, &milestone.name)).max();
        let best = own().find(|(_, milestone)| Some(shared_pairs(words, &milestone.name)) == most);
        proposed.extend(best.map(|(_, milestone)| milestone.milestone_id));
    }
    proposed
}

pub(crate) async fn name_of(tx: &mut Tx, place: PlaceId, subject: Uuid) -> Result<Option<String>, AppError> {
    let found = project::milestone(tx, place, MilestoneId(subject)).await?;
    Ok(found.map(|(project, one)| name(&project, &one.name)))
}

/// Projects that are behind, with the milestone that is furthest from its promised day.
pub(crate) async fn behind(tx: &mut Tx, act: &Act, today: Date) -> Result<Vec<Matter>, AppError> {
    let all = stories(&public_affair::projects(tx, act.place.place_id).await?);
    let behind = all.iter().filter(|story| story.standing.status(today) == Status::Behind);
    let mut matters: Vec<Matter> = behind
        .map(|story| {
            let latest = story.standing.latest(today);
            let leader = story.fact.leader_name.iter().cloned();
            Matter {
                kind: MatterKind::ProjectBehind,
                text: match latest {
                    Some(latest) => name(&story.fact.name, &latest.name),
                    None => story.fact.name.clone(),
                },
                people: leader.chain(story.fact.units.iter().cloned()).collect(),
                day: latest.map(|latest| latest.promised_on),
                rest: format!("/project/{}", story.id()),
                is_internal: false,
            }
        })
        .collect();
    matters.sort_by_key(|matter| matter.day);
    Ok(matters)
}

/// Milestones that fall due within a week, or have, for whoever answers for them.
pub(crate) async fn due(tx: &mut Tx, act: &Act, owner: PersonId) -> Result<Vec<Due>, AppError> {
    let today = act.day()?;
    let until = today.checked_add(COMING.days()).unwrap_or(today);
    let open = project::open_milestones_for(tx, act.place.place_id, owner, today).await?;
    let coming = open.into_iter().filter(|(_, one)| one.forecast_on <= until);
    Ok(coming
        .map(|(project, one)| Due {
            kind: DueKind::Milestone,
            is_internal: false,
            step_of: None,
            subject: one.milestone_id.0,
            text: name(&project, &one.name),
            due_on: Some(one.forecast_on),
            rest: Some(format!("/desk/project/{}", one.project_id)),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn open(number: u128, project: u128, name: &str) -> KeptMilestone {
        KeptMilestone {
            project_id: ProjectId(Uuid::from_u128(project)),
            milestone_id: MilestoneId(Uuid::from_u128(number)),
            name: name.into(),
            forecast_on: date(2026, 11, 30),
            is_open: true,
        }
    }

    #[test]
    fn one_milestone_of_a_project_is_proposed_and_the_one_that_is_spoken_of() {
        let all = [
            ("农村饮水安全工程".to_owned(), open(1, 100, "水厂主体封顶")),
            ("农村饮水安全工程".to_owned(), open(2, 100, "主管网铺设")),
            ("河堤加固工程".to_owned(), open(3, 101, "合龙")),
        ];
        let ids = |words| -> Vec<u128> { proposed(words, &all).iter().map(|id| id.0.as_u128()).collect() };
        assert_eq!(ids("饮水安全工程主管网铺设2公里"), [2]);
        assert_eq!(ids("到饮水安全工程工地检查安全生产"), [1], "the next to come where none is named");
        assert_eq!(ids("河堤加固合龙"), [3]);
        assert!(ids("走访低保户12户").is_empty());
    }
}
