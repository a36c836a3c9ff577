use super::*;
use crate::app::Act;
use crate::desk::{LinkItem, capture_items, desk_page, link_item};
use crate::error::AppError;
use crate::log::{RedactProject, redact_project};
use crate::office::refused::{is_refused, key};
use crate::office::{By, audit_page};
use crate::publish::rebuild;
use crate::testing::Town;
use jiff::civil::{Date, date};
use shiji_domain::id::{ItemId, MilestoneId, ProjectId};
use shiji_domain::item::ItemKind;
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::project::Status;
use shiji_domain::redaction::RedactionReason;
use shiji_record::fact::Kind;
use shiji_record::log::audit::Audit;
use shiji_record::log::checkpoint::Checkpoint;
use shiji_record::log::tree::Edge;
use shiji_record::payload::Payload;
use shiji_store::{notice, record, roster};

mod corrected;

/// The day of the test town is 6 November 2026.
const TODAY: Date = date(2026, 11, 6);
const OPENED: Date = date(2026, 11, 30);
const FLOWING: Date = date(2027, 5, 31);

async fn unit(town: &Town, name: &str) -> shiji_domain::id::OrganizationId {
    let mut tx = town.app.store.read().await.unwrap();
    let staff = roster::staff(&mut tx, town.place.place_id).await.unwrap();
    staff.organizations.iter().find(|unit| unit.name == name).unwrap().organization_id
}

async fn wanted(town: &Town) -> NewProject {
    NewProject {
        name: "农村饮水安全工程".into(),
        description: Description {
            aim: "让东湾、西湾两村7000人喝上自来水".into(),
            leader: Some(town.person("镇长")),
            units: vec![unit(town, "水务所").await],
            money: "3200万元".into(),
            site: "东湾村".into(),
        },
        started_on: Some(date(2026, 9, 1)),
        milestones: vec![("水厂通水".into(), FLOWING), ("主管网铺设".into(), OPENED)],
    }
}

/// The project and its milestones, by day.
async fn begun(town: &Town) -> (ProjectId, Vec<MilestoneId>) {
    let id = begin_project(&town.app, &town.act("党政办").await, wanted(town).await).await.unwrap();
    let public = one(&town.app, &town.place, id).await.unwrap();
    (id, public.story.standing.milestones.iter().map(|one| one.milestone_id).collect())
}

async fn shift(
    town: &Town,
    act: &Act,
    project: ProjectId,
    milestone: MilestoneId,
    to: Date,
) -> Result<(), AppError> {
    let reason = "雨季延长，管沟塌方".into();
    shift_forecast(&town.app, act, ShiftForecast { project, milestone, to, reason }).await
}

/// 水务 writes an item, and puts it to the milestone.
async fn item_on(town: &Town, milestone: MilestoneId, words: &str) -> ItemId {
    let act = town.act("水务").await;
    let owner = town.person("水务");
    capture_items(&town.app, &act, owner, ItemKind::Work, words, None).await.unwrap();
    let desk = desk_page(&town.app, &act, owner).await.unwrap();
    let item = desk.work.iter().find(|entry| entry.item.body == words).unwrap().item.item_id;
    let link = ItemLink { kind: LinkKind::Milestone, subject: milestone.0 };
    link_item(&town.app, &act, LinkItem { item, link, linked: true }).await.unwrap();
    item
}

/// The public side is the records, and whoever reads the log in its order has nothing to say against it.
async fn the_records_hold(town: &Town) {
    assert!(rebuild(&town.app, &town.place).await.unwrap().differed.is_empty());
    let mut tx = town.app.store.read().await.unwrap();
    let mut records = Vec::new();
    for issue in record::issues(&mut tx, town.place.place_id).await.unwrap() {
        records.extend(record::records_of_issue(&mut tx, town.place.place_id, issue).await.unwrap());
    }
    let (mut audit, mut edge) = (Audit::new(vec![]), Edge::default());
    for record in &records {
        let leaf = record.leaf.to_json();
        edge.push(leaf.as_bytes(), |_| ());
        audit.entry(leaf.as_bytes(), Some(&Payload::from_stored(&record.disclosures)));
    }
    let end = Checkpoint { origin: "chengwan.example/log".into(), size: edge.size(), root: edge.root() };
    assert_eq!(audit.finish(&end).violations, []);
}

#[tokio::test]
async fn a_project_is_public_at_once_and_its_baseline_stays_when_forecasts_move() {
    for town in Town::each().await {
        town.publish_week(1).await;
        let (id, milestones) = begun(&town).await;
        let public = one(&town.app, &town.place, id).await.unwrap();
        assert_eq!(public.status, Status::OnTime);
        assert_eq!(public.story.fact.leader_name.as_deref(), Some("镇长"));
        let official = town.act("水务").await;
        shift(&town, &official, id, milestones[0], date(2026, 12, 20)).await.unwrap();
        let public = one(&town.app, &town.place, id).await.unwrap();
        assert_eq!(public.status, Status::Behind);
        let first = &public.story.standing.milestones[0];
        assert_eq!((first.promised_on, first.forecast_on), (OPENED, date(2026, 12, 20)));
        let step = &public.new_steps().next().unwrap().fact;
        assert_eq!((step.by.as_str(), step.from), ("水务", Some(OPENED)));
        assert_eq!(step.reason.as_deref(), Some("雨季延长，管沟塌方"));
        let mut tx = town.app.store.read().await.unwrap();
        let told = notice::unread(&mut tx, town.place.place_id, town.person("镇长")).await.unwrap();
        assert_eq!(told.len(), 1, "the leader in charge hears of it");
        drop(tx);
        the_records_hold(&town).await;
    }
}

#[tokio::test]
async fn a_milestone_is_reached_with_the_item_that_reached_it_and_the_item_leads_back() {
    for town in Town::each().await {
        let (id, milestones) = begun(&town).await;
        let item = item_on(&town, milestones[0], "主管网铺设最后600米，全线贯通").await;
        let leader = town.act("镇长").await;
        let page = working_page(&town.app, &leader, id).await.unwrap();
        assert!(page.linked.is_empty(), "a draft is nobody else's to read");
        let official = town.act("水务").await;
        assert_eq!(working_page(&town.app, &official, id).await.unwrap().linked[0].item, item);
        let reached = ReachMilestone { project: id, milestone: milestones[0], on: TODAY, item: Some(item) };
        let other = ReachMilestone { milestone: milestones[1], ..reached };
        assert_eq!(key(reach_milestone(&town.app, &official, other).await), "refusal-project-item");
        reach_milestone(&town.app, &official, reached).await.unwrap();
        let public = one(&town.app, &town.place, id).await.unwrap();
        assert!(public.published(item).is_none(), "the item is not public before its issue");

        crate::desk::file_report(&town.app, &official, town.person("水务")).await.unwrap();
        town.publish_week(0).await;
        let public = one(&town.app, &town.place, id).await.unwrap();
        let moved = public.published(item).unwrap();
        assert!(moved.is_new && moved.milestone == milestones[0]);
        assert_eq!(moved.by.as_deref(), Some("水务"));
        let links = moved.item.fact.links.clone();
        let named = milestones_named(&town.app, &town.place, &links).await.unwrap();
        assert_eq!((named[0].0, named[0].3.as_str()), (id, "主管网铺设"));
        the_records_hold(&town).await;

        let undo = TakeBack { project: id, milestone: milestones[0], reason: "试压没有通过".into() };
        take_back(&town.app, &leader, undo.clone()).await.unwrap();
        assert_eq!(key(take_back(&town.app, &leader, undo).await), "refusal-project-not-reached");
        the_records_hold(&town).await;
    }
}

#[tokio::test]
async fn nobody_else_touches_a_project_and_what_was_done_is_in_the_trail() {
    for town in Town::each().await {
        for name in ["水务", "东村", "监察"] {
            let begun = begin_project(&town.app, &town.act(name).await, wanted(&town).await).await;
            assert!(is_refused(&begun), "{name}");
        }
        let (project, milestones) = begun(&town).await;
        let milestone = milestones[0];
        let reason = || "无".to_owned();
        for name in ["书记", "民政", "东村", "监察", "党政办", "水务"] {
            let act = town.act(name).await;
            if name != "水务" {
                assert!(is_refused(&shift(&town, &act, project, milestone, FLOWING).await), "{name}");
                let reached = ReachMilestone { project, milestone, on: TODAY, item: None };
                assert!(is_refused(&reach_milestone(&town.app, &act, reached).await), "{name}");
                let undo = TakeBack { project, milestone, reason: reason() };
                assert!(is_refused(&take_back(&town.app, &act, undo).await), "{name}");
            }
            if name != "党政办" {
                let more = AddMilestone { project, name: "验收".into(), day: FLOWING, reason: reason() };
                assert!(is_refused(&add_milestone(&town.app, &act, more).await), "{name}");
                let less = DropMilestone { project, milestone, reason: reason() };
                assert!(is_refused(&drop_milestone(&town.app, &act, less).await), "{name}");
                let description = wanted(&town).await.description;
                let other = DescribeProject { project, description, reason: reason() };
                assert!(is_refused(&describe_project(&town.app, &act, other).await), "{name}");
                for end in [End::Finish, End::Stop, End::Resume] {
                    assert!(is_refused(&end_project(&town.app, &act, project, end, "无").await), "{name}");
                }
            }
        }
        let public = one(&town.app, &town.place, project).await.unwrap();
        assert!(public.story.steps.is_empty(), "what was refused left nothing");
        shift(&town, &town.act("镇长").await, project, milestone, FLOWING).await.unwrap();
        let trail = audit_page(&town.app, &town.act("监察").await, None).await.unwrap();
        let acts: Vec<&str> = trail.lines.iter().map(|line| line.act.as_str()).collect();
        assert_eq!(acts[..2], ["project.shift", "project.begin"]);
    }
}

#[tokio::test]
async fn a_project_is_shaped_by_its_leader_and_ends_with_words() {
    for town in Town::each().await {
        let (project, milestones) = begun(&town).await;
        let leader = town.act("镇长").await;
        let more = AddMilestone {
            project,
            name: "竣工验收".into(),
            day: date(2027, 6, 30),
            reason: "上级要求单独验收".into(),
        };
        add_milestone(&town.app, &leader, more).await.unwrap();
        let less = |milestone| DropMilestone { project, milestone, reason: "并入验收".into() };
        drop_milestone(&town.app, &leader, less(milestones[1])).await.unwrap();
        assert_eq!(
            key(drop_milestone(&town.app, &leader, less(milestones[1])).await),
            "refusal-project-dropped"
        );
        let mut description = wanted(&town).await.description;
        description.leader = Some(town.person("书记"));
        description.units.push(unit(&town, "东湾村").await);
        let other = DescribeProject { project, description, reason: "分工调整".into() };
        describe_project(&town.app, &leader, other).await.unwrap();
        assert!(is_refused(&end_project(&town.app, &leader, project, End::Stop, "无").await));
        let village = town.act("东村").await;
        shift(&town, &village, project, milestones[0], date(2026, 12, 1)).await.unwrap();
        let leader = town.act("书记").await;
        let early = end_project(&town.app, &leader, project, End::Finish, "").await;
        assert_eq!(key(early), "refusal-project-unfinished");
        assert_eq!(
            key(end_project(&town.app, &leader, project, End::Stop, " ").await),
            "refusal-reason-missing"
        );
        end_project(&town.app, &leader, project, End::Stop, "资金未到位").await.unwrap();
        assert_eq!(one(&town.app, &town.place, project).await.unwrap().status, Status::Stopped);
        assert!(summaries(&town.app, &town.place).await.unwrap().0.is_empty());
        end_project(&town.app, &leader, project, End::Resume, "资金到位").await.unwrap();
        let stood = one(&town.app, &town.place, project).await.unwrap().story;
        assert_eq!(stood.fact.units, ["水务所", "东湾村"]);
        assert_eq!(stood.standing.milestones.len(), 3);
        the_records_hold(&town).await;
    }
}

#[tokio::test]
async fn lateness_is_not_dropped_away_and_what_was_dropped_can_be_taken_up() {
    for town in Town::each().await {
        let (project, milestones) = begun(&town).await;
        town.pass_days(40);
        let leader = town.act("镇长").await;
        let reason = || "并入验收".to_owned();
        let less = DropMilestone { project, milestone: milestones[0], reason: reason() };
        drop_milestone(&town.app, &leader, less).await.unwrap();
        let again = |name: &str| AddMilestone {
            project,
            name: name.into(),
            day: date(2027, 3, 31),
            reason: reason(),
        };
        let twin = add_milestone(&town.app, &leader, again("主管网铺设")).await;
        assert_eq!(key(twin), "refusal-project-milestone-dropped");
        add_milestone(&town.app, &leader, again("主管网铺设完成")).await.unwrap();
        let stood = one(&town.app, &town.place, project).await.unwrap();
        assert_eq!(stood.status, Status::Behind, "another name does not help either");
        let up = TakeUpMilestone { project, milestone: milestones[0], reason: reason() };
        assert!(is_refused(&take_up_milestone(&town.app, &town.act("水务").await, up.clone()).await));
        take_up_milestone(&town.app, &leader, up.clone()).await.unwrap();
        assert_eq!(key(take_up_milestone(&town.app, &leader, up).await), "refusal-project-not-dropped");
        let stood = one(&town.app, &town.place, project).await.unwrap().story.standing;
        assert_eq!(stood.milestone(milestones[0]).unwrap().promised_on, OPENED);
        the_records_hold(&town).await;
    }
}

#[tokio::test]
async fn a_form_that_is_sent_again_begins_no_second_project() {
    for town in Town::each().await {
        let clerk = town.act("党政办").await;
        let form = FormKey::new(&town.app);
        let shown = propose_project(&town.app, &clerk, &wanted(&town).await).await.unwrap();
        assert_eq!(shown.standing.milestones[0].name, "主管网铺设");
        assert!(portfolio(&town.app, &town.place).await.unwrap().0.is_empty(), "looking publishes nothing");
        let first = begin_project_once(&town.app, &clerk, wanted(&town).await, form).await.unwrap();
        let again = begin_project_once(&town.app, &clerk, wanted(&town).await, form).await.unwrap();
        assert_eq!(first, again);
        let mut other = wanted(&town).await;
        other.name = "河堤加固".into();
        let changed = begin_project_once(&town.app, &clerk, other.clone(), form).await;
        assert_eq!(key(changed), "refusal-project-form-used");
        let leader = town.act("镇长").await;
        let theirs = begin_project_once(&town.app, &leader, other, form).await.unwrap();
        assert_ne!(theirs, first, "a number that somebody else has is another number");
        assert_eq!(portfolio(&town.app, &town.place).await.unwrap().0.len(), 2);
        let refused = propose_project(&town.app, &town.act("水务").await, &wanted(&town).await).await;
        assert!(is_refused(&refused));
        the_records_hold(&town).await;
    }
}

#[tokio::test]
async fn nothing_is_reached_or_begun_on_a_day_that_makes_no_sense() {
    let town = Town::on_sqlite().await;
    let (project, milestones) = begun(&town).await;
    let official = town.act("水务").await;
    let reached = ReachMilestone { project, milestone: milestones[1], on: date(2000, 1, 1), item: None };
    assert_eq!(key(reach_milestone(&town.app, &official, reached).await), "refusal-project-reached-early");
    let mut other = wanted(&town).await;
    other.name = "河堤加固".into();
    other.started_on = Some(date(-9999, 1, 1));
    let clerk = town.act("党政办").await;
    assert_eq!(key(begin_project(&town.app, &clerk, other.clone()).await), "refusal-project-day");
    other.started_on = Some(date(2027, 6, 1));
    assert_eq!(key(begin_project(&town.app, &clerk, other).await), "refusal-project-start-late");
}

#[tokio::test]
async fn words_without_sense_or_with_personal_data_are_refused() {
    for town in Town::each().await {
        let clerk = town.act("党政办").await;
        let refused = |change: fn(&mut NewProject)| {
            let (town, clerk) = (&town, &clerk);
            async move {
                let mut wanted = wanted(town).await;
                change(&mut wanted);
                key(begin_project(&town.app, clerk, wanted).await)
            }
        };
        assert_eq!(refused(|one| one.name = " ".into()).await, "refusal-text-empty");
        assert_eq!(refused(|one| one.milestones.clear()).await, "refusal-project-no-milestone");
        assert_eq!(refused(|one| one.description.units.clear()).await, "refusal-project-units");
        let phone = |one: &mut NewProject| one.description.aim = "联系王芳13912345678".into();
        assert_eq!(refused(phone).await, "refusal-personal-data");
        let (project, milestones) = begun(&town).await;
        assert_eq!(refused(|_| ()).await, "refusal-project-twice");
        let official = town.act("水务").await;
        let silent = ShiftForecast { project, milestone: milestones[0], to: FLOWING, reason: " ".into() };
        assert_eq!(key(shift_forecast(&town.app, &official, silent).await), "refusal-reason-missing");
    }
}

#[tokio::test]
async fn the_desk_proposes_what_the_words_speak_of_and_the_meeting_hears_what_is_behind() {
    for town in Town::each().await {
        let (project, milestones) = begun(&town).await;
        let act = town.act("水务").await;
        let mut tx = town.app.store.read().await.unwrap();
        let owner = town.person("水务");
        let words = "饮水安全工程主管网铺设1.2公里";
        let found = crate::affair::candidates(&mut tx, &act, owner, words).await.unwrap();
        let told: Vec<(&str, bool)> = found.iter().map(|one| (one.name.as_str(), one.proposed)).collect();
        assert_eq!(told, [("农村饮水安全工程 · 主管网铺设", true), ("农村饮水安全工程 · 水厂通水", false)]);
        let other = town.person("民政");
        assert!(crate::affair::candidates(&mut tx, &act, other, words).await.unwrap().is_empty());
        assert!(behind(&mut tx, &act, TODAY).await.unwrap().is_empty());
        let matters = behind(&mut tx, &act, date(2026, 12, 1)).await.unwrap();
        assert_eq!(matters[0].text, "农村饮水安全工程 · 主管网铺设");
        assert_eq!((matters[0].day, &matters[0].people[..1]), (Some(OPENED), &["镇长".to_owned()][..]));
        assert!(due(&mut tx, &act, owner).await.unwrap().is_empty(), "three weeks are left");
        drop(tx);
        town.pass_days(20);
        let act = town.act("水务").await;
        let mut tx = town.app.store.read().await.unwrap();
        for name in ["水务", "镇长"] {
            let due = due(&mut tx, &act, town.person(name)).await.unwrap();
            assert_eq!(due.len(), 1, "{name}");
            assert_eq!(due[0].due_on, Some(OPENED));
        }
        drop(tx);
        let done = ReachMilestone {
            project,
            milestone: milestones[0],
            on: OPENED - jiff::ToSpan::days(5),
            item: None,
        };
        reach_milestone(&town.app, &act, done).await.unwrap();
        let mut tx = town.app.store.read().await.unwrap();
        assert!(due(&mut tx, &act, owner).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn words_taken_away_are_nowhere_and_the_project_stands_where_it_did() {
    for town in Town::each().await {
        let (project, milestones) = begun(&town).await;
        let official = town.act("水务").await;
        let reason = "李四光家不肯让路".to_owned();
        let wanted = ShiftForecast { project, milestone: milestones[0], to: FLOWING, reason };
        shift_forecast(&town.app, &official, wanted).await.unwrap();
        let wanted = RedactProject { project, revision: 2, reason: RedactionReason::PersonalData };
        assert!(is_refused(&redact_project(&town.app, &official, wanted.clone()).await));
        let clerk = town.act("党政办").await;
        redact_project(&town.app, &clerk, wanted.clone()).await.unwrap();
        assert_eq!(key(redact_project(&town.app, &clerk, wanted).await), "refusal-redacted-already");
        let public = one(&town.app, &town.place, project).await.unwrap();
        assert_eq!(public.story.standing.milestones[0].forecast_on, FLOWING);
        assert_eq!(public.story.steps[0].withheld, ["reason"]);
        the_records_hold(&town).await;
        if town.app.store.engine() == "sqlite" {
            let copy = tempfile::tempdir().unwrap();
            let file = copy.path().join("copy.sqlite");
            town.app.store.copy_to(&file).await.unwrap();
            assert!(!String::from_utf8_lossy(&std::fs::read(file).unwrap()).contains("李四光"));
        }
        shift(&town, &official, project, milestones[0], OPENED).await.unwrap();
        the_records_hold(&town).await;
    }
}

#[tokio::test]
async fn the_kinds_of_records_are_those_that_others_know() {
    for town in Town::each().await {
        let (project, milestones) = begun(&town).await;
        shift(&town, &town.act("水务").await, project, milestones[0], FLOWING).await.unwrap();
        let mut tx = town.app.store.read().await.unwrap();
        let records = record::records_about(&mut tx, town.place.place_id, project.0).await.unwrap();
        let kinds: Vec<(Kind, i64)> =
            records.iter().map(|record| (record.leaf.kind, record.leaf.revision)).collect();
        assert_eq!(kinds, [(Kind::Project, 1), (Kind::ProjectStep, 2)]);
        assert_eq!(records[1].leaf.replaces.as_ref(), Some(&records[0].leaf.commitment));
    }
}

const LIST: &str = "项目名称,责任单位,分管领导,总投资(万元),节点,计划完成时间,实际完成时间\n\
    农村饮水安全工程,水务所,镇长,3200,主管网铺设,2026年11月底,\n,,,,水厂通水,2027年5月底,\n\
    敬老院改造,民政办,镇长,180,设计,2026年9月,2026年9月20日\n,,,,竣工,2026.12,\n";

async fn rows(list: &str) -> shiji_paper::ProjectSheet {
    read_projects_sheet(list.as_bytes().to_vec(), "工程.csv".into()).await.unwrap()
}

#[tokio::test]
async fn a_list_is_taken_in_as_it_was_shown_and_only_once() {
    for town in Town::each().await {
        let act = town.act("党政办").await;
        let by = By::Person(&act);
        let rows = rows(LIST).await;
        let plan = plan_projects(&town.app, &by, &rows).await.unwrap();
        assert_eq!((plan.projects.len(), plan.milestones, plan.problems.len()), (2, 4, 0));
        let mut fewer = rows.clone();
        fewer.projects.truncate(1);
        let other = apply_projects(&town.app, &by, &fewer, &plan.fingerprint).await;
        assert_eq!(key(other), "refusal-projects-changed");
        let applied = apply_projects(&town.app, &by, &rows, &plan.fingerprint).await.unwrap();
        assert_eq!((applied.projects, applied.milestones), (2, 4));
        let (all, _) = portfolio(&town.app, &town.place).await.unwrap();
        let home = all.iter().find(|story| story.fact.name == "敬老院改造").unwrap();
        assert_eq!(home.standing.milestones[0].reached_on, Some(date(2026, 9, 20)));
        assert_eq!(home.fact.money.as_deref(), Some("180万元"));
        let again = plan_projects(&town.app, &by, &rows).await.unwrap();
        assert_eq!(again.problems.len(), 2, "they are there already");
        the_records_hold(&town).await;
    }
}

#[tokio::test]
async fn a_list_in_which_something_was_reached_before_the_start_is_kept_out() {
    let town = Town::on_sqlite().await;
    let act = town.act("党政办").await;
    let list = "项目名称,责任单位,开工时间,节点,计划完成时间,实际完成时间\n\
        河堤加固,水务所,2026年9月1日,清基,2026年9月30日,2026年8月20日\n\
        饮水工程,水务所,,招标,2026年9月30日,2019年8月20日\n";
    let plan = plan_projects(&town.app, &By::Person(&act), &rows(list).await).await.unwrap();
    assert!(
        matches!(plan.problems[..], [ProjectTrouble::ReachedEarly { row: 2, .. }]),
        "{:?}",
        plan.problems
    );
}

#[tokio::test]
async fn what_is_expected_comes_with_its_reason_and_a_cell_that_cannot_be_read_keeps_the_list_out() {
    for town in Town::each().await {
        let act = town.act("党政办").await;
        let by = By::Person(&act);
        let list = "项目名称,责任单位,节点,计划完成时间,预计完成时间,原因\n\
            河堤加固,水务所,合龙,2026年10月31日,2026年12月20日,汛期延长\n";
        let sheet = rows(list).await;
        let plan = plan_projects(&town.app, &by, &sheet).await.unwrap();
        assert_eq!(plan.problems, []);
        apply_projects(&town.app, &by, &sheet, &plan.fingerprint).await.unwrap();
        let story = portfolio(&town.app, &town.place).await.unwrap().0.remove(0);
        let first = &story.standing.milestones[0];
        assert_eq!((first.promised_on, first.forecast_on), (date(2026, 10, 31), date(2026, 12, 20)));
        assert_eq!(story.steps[0].fact.reason.as_deref(), Some("汛期延长"));
        the_records_hold(&town).await;

        let past = list.replace("河堤", "水渠").replace("2026年12月20日", "2026年11月1日");
        let plan = plan_projects(&town.app, &by, &rows(&past).await).await.unwrap();
        assert!(
            matches!(plan.problems[..], [ProjectTrouble::ForecastPast { row: 2, .. }]),
            "{:?}",
            plan.problems
        );
        let sheet = rows(&list.replace("河堤", "水渠").replace("2026年10月31日", "尽快")).await;
        let plan = plan_projects(&town.app, &by, &sheet).await.unwrap();
        assert!(matches!(plan.problems[..], [ProjectTrouble::Cell { row: 2, .. }]), "{:?}", plan.problems);
        let applied = apply_projects(&town.app, &by, &sheet, &plan.fingerprint).await;
        assert_eq!(key(applied), "refusal-projects-problem");
    }
}

#[tokio::test]
async fn one_row_that_fits_nothing_keeps_the_whole_list_out() {
    for town in Town::each().await {
        let act = town.act("党政办").await;
        let by = By::Person(&act);
        let list = LIST.replace("民政办", "畜牧站").replace("180", "13912345678");
        let rows = rows(&list).await;
        let plan = plan_projects(&town.app, &by, &rows).await.unwrap();
        assert!(matches!(plan.problems[0], ProjectTrouble::Unit { row: 4, .. }), "{:?}", plan.problems);
        assert!(plan.problems.iter().any(|problem| matches!(problem, ProjectTrouble::Words { .. })));
        let applied = apply_projects(&town.app, &by, &rows, &plan.fingerprint).await;
        assert_eq!(key(applied), "refusal-projects-problem");
        assert!(portfolio(&town.app, &town.place).await.unwrap().0.is_empty());
        for act in crate::office::refused::all_but_the_clerk(&town).await {
            assert!(is_refused(&plan_projects(&town.app, &By::Person(&act), &rows).await));
            assert!(is_refused(&apply_projects(&town.app, &By::Person(&act), &rows, "").await));
        }
    }
}
