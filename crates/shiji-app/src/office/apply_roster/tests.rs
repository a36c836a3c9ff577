use super::*;
use crate::office::refused::{all_but_the_clerk, is_refused, key};
use crate::office::{RosterPage, plan_roster, roster_page};
use crate::place::{NewPlace, found_place};
use crate::testing::Town;
use jiff::civil::{Date, date};
use shiji_domain::right::Role;
use shiji_domain::roster::{FilingDuty, RosterRow};
use shiji_store::roster::Place;

const DAY: Date = date(2026, 11, 6);

fn row(number: usize, unit: &str, name: &str, posts: &[&str], duty: FilingDuty) -> RosterRow {
    RosterRow {
        row: number,
        unit: unit.into(),
        name: name.into(),
        posts: posts.iter().map(|post| (*post).to_owned()).collect(),
        filing_duty: Some(duty),
        supervisor: None,
        office_telephone: Some(format!("0800-80001{number:02}")),
        mobile: None,
        duties: vec![],
    }
}

/// The roster of the tests' town, as a sheet would tell it.
fn known(town: &RosterPage) -> Vec<RosterRow> {
    let mut rows = Vec::new();
    for unit in &town.units {
        for person in unit.people.iter().filter(|person| person.posts[0].filing_duty.is_some()) {
            let post = &person.posts[0];
            rows.push(RosterRow {
                row: rows.len() + 2,
                unit: unit.name.clone(),
                name: person.name.clone(),
                posts: vec![post.title.clone()],
                filing_duty: post.filing_duty,
                supervisor: post
                    .supervisor
                    .as_deref()
                    .and_then(|leader| leader.split(" · ").next())
                    .map(str::to_owned),
                office_telephone: post.office_telephone.clone(),
                mobile: None,
                duties: vec![],
            });
        }
    }
    rows
}

async fn import(town: &Town, by: &By<'_>, rows: Vec<RosterRow>) -> Result<RosterApplied, AppError> {
    let input = RosterInput { rows, day: DAY };
    let plan = plan_roster(&town.app, by, &input).await?;
    apply_roster(&town.app, by, &input, &plan.fingerprint).await
}

async fn filers(town: &Town, place: &Place, day: Date) -> Vec<String> {
    let mut tx = town.app.store.read().await.unwrap();
    let staff = roster::staff(&mut tx, place.place_id).await.unwrap();
    staff.filers(day).iter().map(|filer| staff.name(filer.person_id)).collect()
}

#[tokio::test]
async fn an_empty_place_is_filled_from_the_command_line_in_the_order_of_the_sheet() {
    for town in Town::each().await {
        let wanted = NewPlace {
            slug: "shuangxi".into(),
            name: "双溪镇".into(),
            name_en: "Shuangxi Town".into(),
            time_zone: "Asia/Shanghai".into(),
            administrator: "管理员".into(),
            unit: "党政办".into(),
            title: "系统管理员".into(),
        };
        let (place, _) = found_place(&town.app, wanted).await.unwrap();
        let by = By::CommandLine { place: &place, now: town.app.clock.now() };
        let mut led = row(5, "水务所", "林远", &["所长", "河长办主任"], FilingDuty::MidLevel);
        led.supervisor = Some("高宁".into());
        let rows = vec![
            row(3, "镇领导班子", "高宁", &["党委书记"], FilingDuty::Leadership),
            row(4, "党政办", "苏禾", &["主任"], FilingDuty::MidLevel),
            led,
        ];
        let applied = import(&town, &by, rows.clone()).await.unwrap();
        assert_eq!(applied, RosterApplied { joined: 3, ..RosterApplied::default() });
        let before_the_system = date(2026, 1, 5);
        assert_eq!(filers(&town, &place, before_the_system).await, ["高宁", "苏禾", "林远"]);
        let mut tx = town.app.store.read().await.unwrap();
        let staff = roster::staff(&mut tx, place.place_id).await.unwrap();
        let names: Vec<_> = staff.people.iter().filter_map(|person| person.sign_in_name.as_deref()).collect();
        assert_eq!(names, ["admin", "p001", "p002", "p003"]);
        let leader = staff.people.iter().find(|person| person.name == "高宁").unwrap();
        assert_eq!(staff.supervised_by(leader.person_id, DAY).len(), 1);
        drop(tx);
        let again = import(&town, &by, rows).await.unwrap();
        assert_eq!(again, RosterApplied { same: 3, ..RosterApplied::default() });
    }
}

#[tokio::test]
async fn a_changed_roster_is_a_set_of_changes_with_a_day() {
    for town in Town::each().await {
        let clerk = town.act("党政办").await;
        let by = By::Person(&clerk);
        let mut rows = known(&roster_page(&town.app, &clerk).await.unwrap());
        assert_eq!(import(&town, &by, rows.clone()).await.unwrap().same, 7);
        // 民政 leaves, 水务 takes 民政's post, somebody new takes 水务's, 东村 has another telephone.
        rows.retain(|row| row.name != "民政");
        let water = rows.iter_mut().find(|row| row.name == "水务").unwrap();
        (water.unit, water.posts) = ("民政办".into(), vec!["民政办主任".into()]);
        rows.push(row(20, "水务所", "林远", &["水务所所长"], FilingDuty::MidLevel));
        rows.iter_mut().find(|row| row.name == "东村").unwrap().office_telephone =
            Some("0800-8009999".into());
        let applied = import(&town, &by, rows).await.unwrap();
        assert_eq!(applied, RosterApplied { joined: 1, left: 1, moved: 1, amended: 1, same: 4 });
        let before = filers(&town, &town.place, date(2026, 11, 5)).await;
        let after = filers(&town, &town.place, DAY).await;
        assert!(before.contains(&"民政".into()) && !before.contains(&"林远".into()));
        assert!(!after.contains(&"民政".into()) && after.contains(&"林远".into()));
        let page = roster_page(&town.app, &town.act("党政办").await).await.unwrap();
        let water = page.person(town.person("水务")).unwrap();
        assert_eq!((water.posts.len(), water.posts[0].title.as_str()), (1, "民政办主任"));
        assert_eq!(
            water.posts[0].post_id,
            town.post("民政"),
            "the post that was left is taken, with its roles"
        );
    }
}

#[tokio::test]
async fn the_clerks_role_goes_with_the_post() {
    for town in Town::each().await {
        let clerk = town.act("党政办").await;
        let mut rows = known(&roster_page(&town.app, &clerk).await.unwrap());
        rows.iter_mut().find(|row| row.name == "党政办").unwrap().name = "接任者".into();
        import(&town, &By::Person(&clerk), rows).await.unwrap();
        assert!(!town.act("党政办").await.actor.has(Role::Clerk));
        let mut tx = town.app.store.read().await.unwrap();
        let staff = roster::staff(&mut tx, town.place.place_id).await.unwrap();
        let next = staff.people.iter().find(|person| person.name == "接任者").unwrap();
        assert!(staff.held_posts(next.person_id)[0].roles.contains(&Role::Clerk));
    }
}

#[tokio::test]
async fn one_row_that_cannot_be_told_apart_keeps_the_whole_sheet_out() {
    for town in Town::each().await {
        let clerk = town.act("党政办").await;
        let mut rows = known(&roster_page(&town.app, &clerk).await.unwrap());
        rows.push(row(30, "新单位", "林远", &["主任"], FilingDuty::MidLevel));
        rows.push(row(31, "新单位", "林远", &["副主任"], FilingDuty::MidLevel));
        assert_eq!(key(import(&town, &By::Person(&clerk), rows).await), "refusal-roster-twice");
        assert_eq!(key(import(&town, &By::Person(&clerk), vec![]).await), "refusal-roster-empty");
        assert_eq!(filers(&town, &town.place, DAY).await.len(), 7);
        let mut tx = town.app.store.read().await.unwrap();
        let staff = roster::staff(&mut tx, town.place.place_id).await.unwrap();
        assert!(staff.organizations.iter().all(|unit| unit.name != "新单位"));
    }
}

#[tokio::test]
async fn what_was_not_shown_is_not_applied() {
    for town in Town::each().await {
        let clerk = town.act("党政办").await;
        let by = By::Person(&clerk);
        let mut rows = known(&roster_page(&town.app, &clerk).await.unwrap());
        rows.pop();
        let input = RosterInput { rows: rows.clone(), day: DAY };
        let plan = plan_roster(&town.app, &by, &input).await.unwrap();
        // Between looking and confirming, somebody else imports another sheet.
        rows.pop();
        import(&town, &by, rows).await.unwrap();
        let late = apply_roster(&town.app, &by, &input, &plan.fingerprint).await;
        assert_eq!(key(late), "refusal-roster-changed");
    }
}

#[tokio::test]
async fn only_the_clerk_imports_a_roster() {
    for town in Town::each().await {
        let rows = vec![row(2, "水务所", "林远", &["所长"], FilingDuty::MidLevel)];
        let input = RosterInput { rows, day: DAY };
        for act in all_but_the_clerk(&town).await {
            assert!(is_refused(&plan_roster(&town.app, &By::Person(&act), &input).await));
            assert!(is_refused(&apply_roster(&town.app, &By::Person(&act), &input, "").await));
        }
        assert_eq!(filers(&town, &town.place, DAY).await.len(), 7);
    }
}
