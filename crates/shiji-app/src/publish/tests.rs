use super::*;
use crate::error::AppError;
use crate::testing::Town;
use shiji_domain::calendar::Days;
use shiji_domain::id::ItemId;
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::report::ReportState;
use shiji_store::calendar::{Leave, Period};
use shiji_store::report::{Answer, Item, Report};
use shiji_store::{StoreError, calendar, public, report};

/// A report of `name` in `state`, with the given work and plan; the ids of its items.
async fn report_of(
    town: &Town,
    period: &Period,
    name: &str,
    state: ReportState,
    work: &[&str],
    plan: &[&str],
) -> (Report, Vec<ItemId>) {
    let row = Report {
        report_id: town.app.new_id(),
        period_id: period.period_id,
        person_id: town.person(name),
        state,
        filed_at: Some(town.app.now()),
        filed_by: Some(town.person(name)),
        return_reason: None,
        seconds: 60,
        version: 0,
    };
    let lines = work
        .iter()
        .map(|text| (ItemKind::Work, *text))
        .chain(plan.iter().map(|text| (ItemKind::Plan, *text)));
    let items: Vec<Item> = lines
        .enumerate()
        .map(|(order, (kind, text))| Item {
            item_id: town.app.new_id(),
            report_id: row.report_id,
            kind,
            order: order as i64,
            body: text.to_owned(),
            due_on: None,
            difficulty: None,
            answers_id: None,
            passed_by: None,
            version: 0,
            updated_at: 0,
            updated_by: row.person_id,
        })
        .collect();
    let ids = items.iter().map(|item| item.item_id).collect();
    let input = (town.place.place_id, row.clone(), items);
    town.app
        .store
        .write("test", &input, |tx, (place, row, items)| {
            Box::pin(async move {
                report::insert_report(tx, *place, row).await?;
                report::insert_items(tx, *place, items).await?;
                Ok::<_, StoreError>(())
            })
        })
        .await
        .unwrap();
    (row, ids)
}

async fn publish(town: &Town, period: &Period) -> Result<i64, AppError> {
    let input = (town, period);
    town.app
        .store
        .write("test", &input, |tx, (town, period)| {
            let now = town.app.clock.now();
            Box::pin(publish_in(&town.app, tx, &town.place, now, period, Some(town.person("书记"))))
        })
        .await
}

async fn content(town: &Town, number: i64) -> public::IssueContent {
    let mut tx = town.app.store.read().await.unwrap();
    public::issue_content(&mut tx, town.place.place_id, number).await.unwrap().unwrap()
}

#[tokio::test]
async fn everybody_with_a_filing_duty_is_accounted_for() {
    for town in Town::each().await {
        let period = town.open_period().await;
        report_of(&town, &period, "水务", ReportState::Accepted, &["更换东湾村水表38只"], &["检修西湾泵站"])
            .await;
        report_of(&town, &period, "东村", ReportState::Filed, &["修通水渠260米"], &[]).await;
        report_of(&town, &period, "西村", ReportState::Returned, &["日常工作"], &[]).await;
        let leave = Leave {
            leave_id: town.app.new_id(),
            person_id: town.person("民政"),
            substitute_id: town.person("党政办"),
            days: Days::new(period.days.first, period.days.last).unwrap(),
        };
        let input = (town.place.place_id, leave, town.person("党政办"));
        town.app
            .store
            .write("test", &input, |tx, (place, leave, by)| {
                Box::pin(calendar::insert_leave(tx, *place, leave, *by, 0))
            })
            .await
            .unwrap();
        assert_eq!(publish(&town, &period).await.unwrap(), 1);
        let content = content(&town, 1).await;
        let issue = &content.issue;
        assert_eq!((issue.expected, issue.filed, issue.on_leave, issue.late, issue.items), (7, 2, 1, 4, 3));
        assert_eq!(content.people.len(), 7);
        let on_leave = content.absences.iter().find(|line| line.person == town.person("民政")).unwrap();
        assert_eq!(on_leave.substitute.as_deref(), Some("党政办"));
        assert!(
            content.items.iter().all(|item| item.fact.text != "日常工作"),
            "what was sent back is not published"
        );
    }
}

#[tokio::test]
async fn an_issue_is_published_once_and_whole_when_two_close_at_the_same_time() {
    for town in Town::each().await {
        let period = town.open_period().await;
        report_of(&town, &period, "水务", ReportState::Accepted, &["更换东湾村水表38只"], &[]).await;
        let (one, other) = tokio::join!(publish(&town, &period), publish(&town, &period));
        let refused = [one, other].into_iter().filter(Result::is_err).count();
        assert_eq!(refused, 1);
        assert_eq!(content(&town, 1).await.items.len(), 1);
    }
}

#[tokio::test]
async fn only_plans_of_the_issue_before_can_be_answered() {
    for town in Town::each().await {
        let first = town.open_period().await;
        let (_, items) =
            report_of(&town, &first, "水务", ReportState::Filed, &["巡河4次"], &["检修西湾泵站"]).await;
        publish(&town, &first).await.unwrap();
        town.pass_days(7);
        let second = town.open_period().await;
        let (row, work) =
            report_of(&town, &second, "水务", ReportState::Filed, &["检修西湾泵站,换轴承2只"], &[]).await;
        let answer = |plan_item_id, work_item_id| Answer {
            report_id: row.report_id,
            plan_item_id,
            outcome: Outcome::Done,
            reason: None,
            work_item_id,
            answered_at: 0,
        };
        let answers = [answer(items[1], Some(work[0])), answer(town.app.new_id(), None)];
        let input = (town.place.place_id, answers);
        town.app
            .store
            .write("test", &input, |tx, (place, answers)| {
                Box::pin(async move {
                    for answer in answers {
                        report::put_answer(tx, *place, answer).await?;
                    }
                    Ok::<_, StoreError>(())
                })
            })
            .await
            .unwrap();
        publish(&town, &second).await.unwrap();
        let content = content(&town, 2).await;
        assert_eq!(content.answers.len(), 1);
        assert_eq!(content.answers[0].plan_item, items[1]);
        assert_eq!(content.promised.len(), 1);
    }
}

#[tokio::test]
async fn a_correction_stands_beside_what_was_published_before() {
    for town in Town::each().await {
        let period = town.open_period().await;
        let (_, items) = report_of(&town, &period, "水务", ReportState::Filed, &["更换水表83只"], &[]).await;
        publish(&town, &period).await.unwrap();
        let correction =
            |text: &str| CorrectItem { item: items[0], text: text.into(), reason: "数字颠倒".into() };
        let clerk = town.act("党政办").await;
        correct_item(&town.app, &clerk, correction("更换水表38只")).await.unwrap();
        assert!(
            correct_item(&town.app, &clerk, correction("更换水表38只")).await.is_err(),
            "nothing new is refused"
        );
        let own = town.act("水务").await;
        assert!(
            correct_item(&town.app, &own, correction("更换水表99只")).await.is_err(),
            "only the clerk corrects"
        );
        let revisions: Vec<(i64, String)> = content(&town, 1)
            .await
            .items
            .iter()
            .map(|item| (item.revision, item.fact.text.clone()))
            .collect();
        assert_eq!(revisions, [(1, "更换水表83只".to_owned()), (2, "更换水表38只".to_owned())]);
        assert_eq!(rebuild(&town.app, &town.place).await.unwrap().differed, Vec::<i64>::new());
    }
}

#[tokio::test]
async fn a_rebuild_finds_and_mends_a_public_row_that_was_tampered_with() {
    for town in Town::each().await {
        let period = town.open_period().await;
        report_of(&town, &period, "水务", ReportState::Filed, &["更换水表38只"], &["巡河"]).await;
        publish(&town, &period).await.unwrap();
        assert_eq!(rebuild(&town.app, &town.place).await.unwrap().differed, Vec::<i64>::new());
        let input = town.place.place_id;
        town.app
            .store
            .write("test", &input, |tx, place| {
                Box::pin(async move {
                    let sql =
                        "UPDATE public_item SET body = '更换水表380只' WHERE place_id = $1 AND kind = 'work'";
                    tx.execute(sql, &[(*place).into()]).await
                })
            })
            .await
            .unwrap();
        assert_eq!(rebuild(&town.app, &town.place).await.unwrap().differed, [1]);
        assert_eq!(content(&town, 1).await.items[0].fact.text, "更换水表38只");
    }
}

#[tokio::test]
async fn the_calendar_publishes_when_no_meeting_was_held() {
    for town in Town::each().await {
        let mut period = town.open_period().await;
        report_of(&town, &period, "水务", ReportState::Filed, &["更换水表38只"], &[]).await;
        period.publish_at = Some(town.app.now() + 1_000);
        let input = (town.place.place_id, period);
        town.app
            .store
            .write("test", &input, |tx, (place, period)| {
                Box::pin(calendar::update_period(tx, *place, period))
            })
            .await
            .unwrap();
        assert_eq!(publish_due(&town.app, &town.place).await.unwrap(), Vec::<i64>::new());
        town.pass_days(3);
        assert_eq!(publish_due(&town.app, &town.place).await.unwrap(), [1]);
        assert_eq!(content(&town, 1).await.issue.closed_by, None);
    }
}
