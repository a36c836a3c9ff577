//! Kills a program that files and publishes, again and again, at any instant; then looks for what is half or lost
//! (invariant 1).

use jiff::ToSpan as _;
use shiji_app::testing::Town;
use shiji_app::{AppError, publish};
use shiji_domain::calendar::following;
use shiji_domain::id::ReportId;
use shiji_domain::item::ItemKind;
use shiji_domain::report::ReportState;
use shiji_store::calendar::{self, Period};
use shiji_store::report::{self, Item, Report};
use shiji_store::{StoreError, public, record};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const KILLS: usize = 200;
const FOLDER: &str = "SHIJI_KILL_TEST_FOLDER";
const WRITERS: [&str; 4] = ["水务", "民政", "东村", "西村"];

#[test]
fn a_killed_program_leaves_no_half_issue_and_loses_nothing_acknowledged() {
    if let Ok(folder) = std::env::var(FOLDER) {
        return work_until_killed(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    // The town itself is made first, so that every kill hits filing or publishing.
    runtime().block_on(async { Town::in_folder(folder.path()).await.app.store.close().await });
    let mut acknowledged = Acknowledged::default();
    let mut kills = 0;
    for round in 0..KILLS {
        // Spread over the first moments of the work; the numbers need not be random, only different.
        let pause = Duration::from_micros(500 + (round as u64 * 7_919) % 60_000);
        kills += usize::from(run_and_kill(folder.path(), pause, &mut acknowledged));
        let last_round = round + 1 == KILLS;
        runtime().block_on(verify(folder.path(), &acknowledged, last_round));
    }
    println!("{kills} kills, {} filings and {} issues kept", acknowledged.filed.len(), acknowledged.issues);
    assert_eq!(kills, KILLS);
    assert!(acknowledged.issues > 5, "the work got far enough to be worth killing");
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

#[derive(Default)]
struct Acknowledged {
    /// Report and its number of items.
    filed: BTreeMap<String, usize>,
    issues: i64,
}

/// Starts this test program as the worker, lets it acknowledge something, and kills it after `pause`.
fn run_and_kill(folder: &Path, pause: Duration, acknowledged: &mut Acknowledged) -> bool {
    let mut worker = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "a_killed_program_leaves_no_half_issue_and_loses_nothing_acknowledged",
            "--nocapture",
        ])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let output = worker.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        BufReader::new(output).lines().map_while(Result::ok).collect::<Vec<String>>()
    });
    std::thread::sleep(Duration::from_millis(25) + pause);
    worker.kill().unwrap();
    let killed = !worker.wait().unwrap().success();
    for line in reader.join().unwrap() {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["filed", id, items] => {
                acknowledged.filed.insert(id.to_owned(), items.parse().unwrap());
            }
            ["published", number] => acknowledged.issues = number.parse().unwrap(),
            _ => {}
        }
    }
    killed
}

fn work_until_killed(folder: &Path) {
    runtime().block_on(async {
        let town = Town::in_folder(folder).await;
        loop {
            let period = town.open_period().await;
            for name in WRITERS {
                file(&town, &period, name).await;
            }
            let number = publish_period(&town, &period).await.unwrap();
            say(&format!("published {number}"));
        }
    });
}

/// Nothing is acknowledged before it is committed, and a line is out before the next act begins.
fn say(line: &str) {
    let mut output = std::io::stdout().lock();
    writeln!(output, "{line}").unwrap();
    output.flush().unwrap();
}

async fn file(town: &Town, period: &Period, name: &str) {
    let mut tx = town.app.store.read().await.unwrap();
    let place = town.place.place_id;
    let there = report::report_for(&mut tx, place, period.period_id, town.person(name)).await.unwrap();
    drop(tx);
    if there.is_some() {
        return;
    }
    let report_id: ReportId = town.app.new_id();
    let row = Report {
        report_id,
        period_id: period.period_id,
        person_id: town.person(name),
        state: ReportState::Filed,
        filed_at: Some(town.app.now()),
        filed_by: Some(town.person(name)),
        return_reason: None,
        seconds: 0,
        version: 0,
    };
    let items: Vec<Item> = (0..7)
        .map(|order| Item {
            item_id: town.app.new_id(),
            report_id,
            kind: if order < 5 { ItemKind::Work } else { ItemKind::Plan },
            order,
            body: format!("{name}检修管道第{order}段"),
            due_on: None,
            difficulty: None,
            answers_id: None,
            passed_by: None,
            version: 0,
            updated_at: 0,
            updated_by: row.person_id,
        })
        .collect();
    let input = (place, row, items);
    town.app
        .store
        .write("file", &input, |tx, (place, row, items)| {
            Box::pin(async move {
                report::insert_report(tx, *place, row).await?;
                report::insert_items(tx, *place, items).await?;
                Ok::<_, StoreError>(())
            })
        })
        .await
        .unwrap();
    say(&format!("filed {report_id} {}", input.2.len()));
}

async fn publish_period(town: &Town, period: &Period) -> Result<i64, AppError> {
    town.app
        .store
        .write("publish", &(town, period), |tx, (town, period)| {
            Box::pin(async move {
                let place = town.place.place_id;
                let periods = calendar::periods(tx, place).await?;
                if periods.iter().filter(|period| !period.is_published()).count() < 3 {
                    let last = periods[periods.len() - 1];
                    let next = Period {
                        period_id: town.app.new_id(),
                        days: following(last.days),
                        issue_number: None,
                        ..last
                    };
                    calendar::insert_period(tx, place, &next).await?;
                }
                let now = town.app.clock.now().saturating_add(1.hour()).unwrap_or_default();
                publish::publish_in(&town.app, tx, &town.place, now, period, Some(town.person("书记"))).await
            })
        })
        .await
}

/// Looks at what the last kill can have touched; at the end, at everything.
async fn verify(folder: &Path, acknowledged: &Acknowledged, everything: bool) {
    let town = Town::in_folder(folder).await;
    let place = town.place.place_id;
    let mut tx = town.app.store.read().await.unwrap();
    let issues = public::issues(&mut tx, place).await.unwrap();
    assert!(issues.len() as i64 >= acknowledged.issues, "an acknowledged issue is gone");
    let numbered = calendar::periods(&mut tx, place).await.unwrap();
    assert_eq!(numbered.iter().filter(|period| period.is_published()).count(), issues.len());
    for issue in issues.iter().take(if everything { issues.len() } else { 3 }) {
        let content = public::issue_content(&mut tx, place, issue.number).await.unwrap().unwrap();
        assert_eq!(content.items.len() as i64, issue.items, "issue {}", issue.number);
        assert_eq!(content.people.len() as i64, issue.expected);
        let records = record::record_count(&mut tx, place, issue.number).await.unwrap();
        // The place says what it is called in its first issue, and again only when that changes.
        let place_facts = usize::from(issue.number == 1);
        assert_eq!(
            records as usize,
            content.people.len() * 2 + content.items.len() + content.answers.len() + 1 + place_facts
        );
    }
    for (id, items) in acknowledged.filed.iter().rev().take(if everything { usize::MAX } else { 8 }) {
        let found = report::items_of(&mut tx, place, id.parse().unwrap()).await.unwrap();
        assert_eq!(found.len(), *items, "an acknowledged filing is gone");
    }
    drop(tx);
    if !everything {
        return town.app.store.close().await;
    }
    let rebuilt = publish::rebuild(&town.app, &town.place).await.unwrap();
    assert_eq!(rebuilt.differed, Vec::<i64>::new());
    town.app.store.close().await;
}
