use super::*;
use crate::office::refused::{all_but_the_clerk, is_refused, key};
use crate::office::{WeekRow, WeekState, plan_week, week_page};
use crate::testing::{FIRST_WEEK, Town};
use jiff::civil::date;
use shiji_domain::calendar::Days;

fn row(number: usize, unit: &str, name: &str, work: &str) -> WeekRow {
    WeekRow {
        row: number,
        unit: Some(unit.into()),
        name: name.into(),
        post: None,
        work: work.into(),
        plan: "1、检修西湾泵站；2、清运垃圾6吨。".into(),
    }
}

fn input(rows: Vec<WeekRow>) -> WeekInput {
    WeekInput { rows, days: FIRST_WEEK, skip_written: false, skip_unknown: false }
}

async fn import(town: &Town, by: &By<'_>, input: &WeekInput) -> Result<WeekApplied, AppError> {
    let plan = plan_week(&town.app, by, input).await?;
    apply_week(&town.app, by, input, &plan.fingerprint).await
}

async fn reports(town: &Town) -> usize {
    let period = town.open_period().await;
    let mut tx = town.app.store.read().await.unwrap();
    report::reports_in(&mut tx, town.place.place_id, period.period_id).await.unwrap().len()
}

#[tokio::test]
async fn a_sheet_makes_filed_reports_and_whoever_is_missing_is_waited_for() {
    for town in Town::each().await {
        let clerk = town.act("党政办").await;
        let rows = vec![
            row(3, "水务所", "水务", "1、更换东湾村水表38只；2、巡河4次。"),
            row(4, "别的写法", "东村", "修通水渠260米"),
            row(5, "民政办", "民政", " "),
        ];
        let applied = import(&town, &By::Person(&clerk), &input(rows)).await.unwrap();
        assert_eq!(applied, WeekApplied { reports: 2, items: 7, late: 5, ..WeekApplied::default() });
        let page = week_page(&town.app, &clerk, None).await.unwrap();
        let water = page.lines.iter().find(|line| line.name == "水务").unwrap();
        assert_eq!((water.state, water.work, water.plan), (WeekState::Filed, 2, 2));
        assert_eq!(water.filed_by.as_deref(), Some("党政办"), "the importer is named");
        assert_eq!(page.lines.iter().find(|line| line.name == "民政").unwrap().state, WeekState::None);
    }
}

#[tokio::test]
async fn a_mended_sheet_replaces_the_import_and_never_what_people_wrote() {
    for town in Town::each().await {
        let clerk = town.act("党政办").await;
        let by = By::Person(&clerk);
        import(&town, &by, &input(vec![row(3, "水务所", "水务", "更换水表83只")])).await.unwrap();
        import(&town, &by, &input(vec![row(3, "水务所", "水务", "更换水表38只")])).await.unwrap();
        assert_eq!(reports(&town).await, 1);
        // 东村 writes a word of their own.
        let period = town.open_period().await;
        let draft = Report {
            report_id: town.app.new_id(),
            period_id: period.period_id,
            person_id: town.person("东村"),
            state: ReportState::Filed,
            filed_at: Some(town.app.now()),
            filed_by: Some(town.person("东村")),
            return_reason: None,
            seconds: 30,
            version: 0,
        };
        let written = (town.place.place_id, draft);
        town.app
            .store
            .write("test", &written, |tx, (place, draft)| Box::pin(report::insert_report(tx, *place, draft)))
            .await
            .unwrap();
        let both = vec![row(3, "水务所", "水务", "更换水表38只"), row(4, "东湾村", "东村", "修渠")];
        assert_eq!(key(import(&town, &by, &input(both.clone())).await), "refusal-week-exists");
        let skipping = WeekInput { skip_written: true, ..input(both) };
        let applied = import(&town, &by, &skipping).await.unwrap();
        assert_eq!((applied.reports, applied.skipped), (1, 1));
    }
}

#[tokio::test]
async fn one_bad_row_keeps_the_whole_sheet_out() {
    for town in Town::each().await {
        let clerk = town.act("党政办").await;
        let good = || row(3, "水务所", "水务", "更换水表38只");
        let cases = [
            (row(4, "水务所", "陌生人", "巡河"), "refusal-week-unknown"),
            (row(4, "东湾村", "东村", &"长".repeat(501)), "refusal-week-long"),
        ];
        for (bad, why) in cases {
            let result = import(&town, &By::Person(&clerk), &input(vec![good(), bad])).await;
            assert_eq!(key(result), why);
            assert_eq!(reports(&town).await, 0);
        }
        let stranger = vec![good(), row(4, "水务所", "陌生人", "巡河")];
        let skipping = WeekInput { skip_unknown: true, ..input(stranger) };
        assert_eq!(import(&town, &By::Person(&clerk), &skipping).await.unwrap().reports, 1);
    }
}

#[tokio::test]
async fn an_earlier_week_is_laid_down_and_days_that_cut_a_period_are_not() {
    for town in Town::each().await {
        let by = By::CommandLine { place: &town.place, now: town.app.clock.now() };
        let rows = vec![row(3, "水务所", "水务", "更换水表38只")];
        let earlier = Days { first: date(2026, 10, 26), last: date(2026, 11, 1) };
        import(&town, &by, &WeekInput { days: earlier, ..input(rows.clone()) }).await.unwrap();
        assert_eq!(town.open_period().await.days, earlier);
        let page = week_page(&town.app, &town.act("党政办").await, None).await.unwrap();
        assert!(page.lines.iter().all(|line| line.filed_by.is_none()));
        assert!(page.lines.iter().any(|line| line.state == WeekState::Filed && !line.late));
        for days in [
            Days { first: date(2026, 11, 4), last: date(2026, 11, 10) },
            Days { first: date(2027, 11, 1), last: date(2027, 11, 7) },
        ] {
            let result = import(&town, &by, &WeekInput { days, ..input(rows.clone()) }).await;
            assert_eq!(key(result), "refusal-week-period");
        }
    }
}

#[tokio::test]
async fn what_seems_to_name_a_residents_data_waits_as_a_draft_for_its_owner() {
    for town in Town::each().await {
        let clerk = town.act("党政办").await;
        let by = By::Person(&clerk);
        let bad = || row(4, "东湾村", "东村", "走访低保户，联系电话13812345678");
        let rows = vec![row(3, "水务所", "水务", "更换水表38只"), bad()];
        let applied = import(&town, &by, &input(rows.clone())).await.unwrap();
        assert_eq!((applied.reports, applied.drafts), (1, 1));
        let page = week_page(&town.app, &clerk, None).await.unwrap();
        assert_eq!(page.lines.iter().find(|line| line.name == "东村").unwrap().state, WeekState::Draft);
        assert_eq!(
            import(&town, &by, &input(rows)).await.unwrap().drafts,
            1,
            "an untouched draft is replaced"
        );
    }
}

#[tokio::test]
async fn several_rows_of_one_person_are_one_report() {
    for town in Town::each().await {
        let clerk = town.act("党政办").await;
        let rows = vec![row(3, "水务所", "水务", "更换水表38只"), row(4, "水务所", "水务", "巡河4次")];
        let applied = import(&town, &By::Person(&clerk), &input(rows)).await.unwrap();
        assert_eq!((applied.reports, applied.items), (1, 6));
    }
}

#[tokio::test]
async fn only_the_clerk_imports_a_week() {
    for town in Town::each().await {
        let wanted = input(vec![row(3, "水务所", "水务", "更换水表38只")]);
        for act in all_but_the_clerk(&town).await {
            assert!(is_refused(&plan_week(&town.app, &By::Person(&act), &wanted).await));
            assert!(is_refused(&apply_week(&town.app, &By::Person(&act), &wanted, "").await));
        }
        assert_eq!(reports(&town).await, 0);
    }
}

/// A real office's roster and week, when they lie beside the project; their lines stay there.
#[tokio::test]
async fn an_offices_real_papers_become_people_and_reports() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/town");
    let (Ok(people), Ok(week)) =
        (std::fs::read(folder.join("roster.xlsx")), std::fs::read(folder.join("week.xlsx")))
    else {
        println!("no papers in {}: skipped", folder.display());
        return;
    };
    for town in Town::each().await {
        let place = crate::place::NewPlace {
            slug: "papers".into(),
            name: "双溪镇".into(),
            name_en: "Shuangxi Town".into(),
            time_zone: "Asia/Shanghai".into(),
            administrator: "管理员".into(),
            unit: "党政办".into(),
            title: "系统管理员".into(),
        };
        let (place, _) = crate::place::found_place(&town.app, place).await.unwrap();
        let by = By::CommandLine { place: &place, now: town.app.clock.now() };
        let sheet = crate::office::read_roster_sheet(people.clone(), "roster.xlsx".into()).await.unwrap();
        let count = sheet.rows.len();
        println!("roster: {count} people, {} cells not read", sheet.unread.len());
        let roster = crate::office::RosterInput { rows: sheet.rows, day: date(2026, 11, 6) };
        let plan = crate::office::plan_roster(&town.app, &by, &roster).await.unwrap();
        let done = crate::office::apply_roster(&town.app, &by, &roster, &plan.fingerprint).await.unwrap();
        println!("roster: {done:?}, {} problems", plan.comparison.problems.len());
        assert_eq!(done.joined, count);
        let again = crate::office::plan_roster(&town.app, &by, &roster).await.unwrap();
        assert_eq!((again.comparison.changes.len(), again.comparison.same), (0, count));
        let sheet = crate::office::read_week_sheet(week.clone(), "week.xlsx".into()).await.unwrap();
        let days = Days { first: date(2026, 11, 9), last: date(2026, 11, 15) };
        let week = WeekInput { rows: sheet.rows, days, skip_written: false, skip_unknown: true };
        let plan = plan_week(&town.app, &by, &week).await.unwrap();
        let problems: Vec<_> = plan.problems.iter().map(|problem| (problem.row, problem.trouble)).collect();
        println!("week: problems {problems:?}");
        let done = apply_week(&town.app, &by, &week, &plan.fingerprint).await.unwrap();
        println!("week: {done:?}");
        assert_eq!(done.reports + done.drafts + done.late + done.on_leave, count);
    }
}
