//! What people do together as programs read it, on each engine.

use super::affair_document::{Affair, Difficulty, Directive, Minutes, Project, Visit};
use super::tests::dump_of;
use super::*;
use crate::error::AppError;
use crate::log::{RedactAffair, RedactProject, redact_affair, redact_project, sequence};
use crate::testing::Town;
use crate::testing::together::{INTERNAL, Together};
use crate::together::{StepVisit, step_visit};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use shiji_domain::directive::Source;
use shiji_domain::redaction::RedactionReason;
use shiji_domain::visit::VisitMove;
use shiji_record::log::policy::Policy;
use std::sync::Arc;
use uuid::Uuid;

const TODAY: Date = date(2026, 11, 6);

async fn all<T: AffairDocument>(town: &Town, since: Option<Date>, limit: usize) -> Vec<Affair> {
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = affairs::<T>(&town.app, &town.place, since, after, limit).await.unwrap();
        assert!(page.data.len() <= limit);
        found.extend(page.data);
        match page.next {
            None => return found,
            Some(next) => after = Some(AffairPosition::from_text(&next).unwrap()),
        }
    }
}

async fn read<T: AffairDocument>(town: &Town, id: Uuid) -> T {
    affair(&town.app, &town.place, id).await.unwrap()
}

/// Part and name of everybody with a part in it.
fn people(affair: &Affair) -> Vec<(&str, &str)> {
    affair
        .people
        .iter()
        .map(|person| (person.part.as_str(), person.name.as_deref().unwrap_or_default()))
        .collect()
}

fn steps(steps: &[affair_document::AffairStep]) -> Vec<&str> {
    steps.iter().map(|step| step.step.as_str()).collect()
}

/// The list has the same as each single document, in its head.
async fn are_listed(town: &Town, made: &Together) {
    let project: Project = read(town, made.project.0).await;
    assert_eq!(all::<Project>(town, None, 10).await, [project.into_affair()]);
    let difficulty: Difficulty = read(town, made.difficulty.0).await;
    assert_eq!(all::<Difficulty>(town, None, 10).await, [difficulty.into_affair()]);
    let visit: Visit = read(town, made.visit.0).await;
    assert_eq!(all::<Visit>(town, None, 10).await, [visit.into_affair()]);
    let directive: Directive = read(town, made.directive.0).await;
    assert!(all::<Directive>(town, None, 10).await.contains(&directive.into_affair()));
}

#[tokio::test]
async fn each_kind_tells_its_whole_story_with_people_days_items_and_steps() {
    for town in Town::each().await {
        let made = town.work_together().await;
        let project: Project = read(&town, made.project.0).await;
        let first = &project.milestones[0];
        assert_eq!((first.promised_on, first.forecast_on), (date(2026, 11, 30), date(2026, 12, 20)));
        assert!(first.in_baseline && first.reached_on.is_none());
        assert_eq!(first.shifts[0].reason.as_deref(), Some("雨季延长，管沟塌方"));
        assert_eq!((&first.items, &project.affair.items), (&vec![made.item.0], &vec![made.item.0]));
        assert_eq!(project.milestones[1].items, Vec::<Uuid>::new());
        let standing = project.standing.as_ref().unwrap();
        assert_eq!((standing.on, standing.status.as_str()), (TODAY, "behind"));
        assert_eq!(project.description.money.as_deref(), Some("3200万元"));
        assert_eq!(
            (steps(&project.steps), people(&project.affair)),
            (vec!["shifted"], vec![("leader", "镇长")])
        );

        let directive: Directive = read(&town, made.directive.0).await;
        assert_eq!(steps(&directive.steps), ["accepted", "extended"]);
        assert_eq!((directive.affair.number, directive.affair.state.as_str()), (Some(1), "under-way"));
        assert_eq!(directive.affair.due_on, Some(date(2026, 12, 16)));
        assert_eq!(directive.first_due_on, date(2026, 12, 6));
        assert_eq!(directive.steps[1].text.as_deref(), Some("水表到货推迟"));
        assert_eq!(people(&directive.affair), [("giver", "镇长"), ("owner", "水务"), ("helper", "东村")]);
        assert_eq!((directive.tasks.len(), &directive.affair.items), (2, &vec![made.item.0]));

        let difficulty: Difficulty = read(&town, made.difficulty.0).await;
        assert_eq!(
            difficulty.affair.text.as_deref(),
            Some("西湾泵站电机烧坏，没有配件"),
            "in the item's words"
        );
        assert_eq!(
            (steps(&difficulty.steps), difficulty.affair.state.as_str()),
            (vec!["answered"], "answered")
        );
        assert_eq!(people(&difficulty.affair), [("asker", ""), ("addressee", "镇长")]);

        let visit: Visit = read(&town, made.visit.0).await;
        assert_eq!(people(&visit.affair), [("lead", "水务"), ("visitor", "东村")]);
        assert_eq!((visit.affair.on, visit.affair.state.as_str()), (Some(date(2026, 11, 11)), "planned"));
        assert_eq!(visit.affair.items.len(), 2);

        let minutes = all::<Minutes>(&town, None, 10).await;
        assert_eq!(minutes.iter().map(|one| one.number).collect::<Vec<_>>(), [Some(1)]);
        let minutes: Minutes = read(&town, minutes[0].id).await;
        assert_eq!((minutes.heard, minutes.decisions), (2, vec!["年底前清查全镇水井".to_owned()]));
        are_listed(&town, &made).await;
    }
}

#[tokio::test]
async fn lists_are_read_to_their_end_and_followed_by_day_and_nothing_internal_is_in_them() {
    for town in Town::each().await {
        let made = town.work_together().await;
        for number in 1..=3 {
            town.order(&format!("第{number}项：清查水井"), Source::Document, true).await;
        }
        town.pass_days(3);
        town.order("排查山塘", Source::Document, true).await;
        let whole = all::<Directive>(&town, None, 100).await;
        assert_eq!(whole.len(), 6);
        assert_eq!(whole[0].text.as_deref(), Some("排查山塘"), "the newest first");
        for limit in [1, 4] {
            assert_eq!(all::<Directive>(&town, None, limit).await, whole);
        }
        let later = Some(TODAY.checked_add(1.day()).unwrap());
        assert_eq!(all::<Directive>(&town, later, 1).await, whole[..1]);
        assert_eq!(all::<Visit>(&town, later, 1).await, []);
        let reason = "厂里停电".to_owned();
        let to = Some(date(2026, 11, 13));
        let moved = StepVisit { visit: made.visit, step: VisitMove::Moved, to, reason };
        step_visit(&town.app, &town.act("水务").await, moved).await.unwrap();
        let visits = all::<Visit>(&town, later, 1).await;
        assert_eq!((visits.len(), visits[0].on, visits[0].changed_on), (1, to, date(2026, 11, 9)));

        let internal = affair::<Directive>(&town.app, &town.place, made.internal.0).await;
        assert!(matches!(internal, Err(AppError::NotFound)));
        let other_kind = affair::<Visit>(&town.app, &town.place, made.project.0).await;
        assert!(matches!(other_kind, Err(AppError::NotFound)));
        let (files, _) = dump_of(&town, 2026).await;
        for (name, text) in &files {
            assert!(!text.contains(INTERNAL) && !text.contains(&made.internal.to_string()), "{name}");
        }
        assert_eq!(files["directives.jsonl"].lines().count(), 6);
        assert_eq!(files["tasks.csv"].lines().count(), 13);
        assert!(
            files["projects.jsonl"].contains("管沟塌方") && !files["projects.jsonl"].contains("standing")
        );
        assert!(files["steps.csv"].contains(",extended,") && files["people.csv"].contains(",addressee,"));
        assert!(files["visits.csv"].contains("澄湾金梭") && files["minutes.csv"].contains("清查全镇水井"));
        assert!(files["milestones.csv"].contains("主管网铺设,true,2026-11-30,2026-12-20,"));
    }
}

#[tokio::test]
async fn words_that_are_taken_away_are_gone_and_the_rest_stays() {
    for town in Town::each().await {
        let made = town.work_together().await;
        let clerk = town.act("党政办").await;
        let before: Directive = read(&town, made.directive.0).await;
        let reason = RedactionReason::PersonalData;
        for subject in [made.directive.0, made.visit.0, made.difficulty.0] {
            redact_affair(&town.app, &clerk, RedactAffair { subject, reason }).await.unwrap();
        }
        for revision in [1, 2] {
            let wanted = RedactProject { project: made.project, revision, reason };
            redact_project(&town.app, &clerk, wanted).await.unwrap();
        }
        let after: Directive = read(&town, made.directive.0).await;
        assert_eq!((&after.affair.text, after.tasks.len(), &after.steps[1].text), (&None, 0, &None));
        assert_eq!(after.affair.records[0].withheld, ["text", "source_text", "steps"]);
        assert_eq!(after.affair.people, before.affair.people);
        assert_eq!((after.affair.due_on, steps(&after.steps)), (before.affair.due_on, steps(&before.steps)));
        let visit: Visit = read(&town, made.visit.0).await;
        assert_eq!((visit.affair.text, visit.spot, visit.affair.page), (None, None, None));
        assert_eq!(visit.affair.people.len(), 2);
        let difficulty: Difficulty = read(&town, made.difficulty.0).await;
        assert_eq!(difficulty.steps[0].text, None);
        let project: Project = read(&town, made.project.0).await;
        assert_eq!((&project.description.aim, &project.milestones[0].shifts[0].reason), (&None, &None));
        assert_eq!(project.milestones[0].forecast_on, date(2026, 12, 20));
        assert_eq!(all::<Directive>(&town, None, 10).await.len(), 2, "the stub stays");
        let (files, _) = dump_of(&town, 2026).await;
        for (name, text) in &files {
            for words in ["到货推迟", "一个月内完成", "看望困难", "厂家发货", "管沟", "7000人", "3200"]
            {
                assert!(!text.contains(words), "{words} in {name}");
            }
        }
        assert!(files["records.csv"].contains("text source_text steps"));
    }
}

#[tokio::test]
async fn each_record_says_where_it_stands_in_the_log() {
    for mut town in Town::each().await {
        let folder = tempfile::tempdir().unwrap();
        let log = Arc::new(town.log(folder.path(), Policy::none()).await);
        town.app.log = Some(log.clone());
        let made = town.work_together().await;
        let waiting: Project = read(&town, made.project.0).await;
        assert!(waiting.affair.records.iter().all(|record| record.log_index.is_none()));
        sequence(&town.app, &log).await.unwrap();
        let project: Project = read(&town, made.project.0).await;
        let indexes: Vec<u64> = project.affair.records.iter().map(|one| one.log_index.unwrap()).collect();
        assert!(indexes.len() == 2 && indexes[0] < indexes[1], "{indexes:?}");
        assert_eq!(all::<Project>(&town, None, 1).await[0].records, project.affair.records);
    }
}
