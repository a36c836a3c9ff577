//! Kills a program that publishes and writes the log, again and again, at any instant; then reads the whole log again.

use jiff::ToSpan as _;
use shiji_app::log::sequence;
use shiji_app::testing::Town;
use shiji_app::testing::log::{log_key, read_log};
use shiji_domain::calendar::following;
use shiji_record::log::policy::Policy;
use shiji_store::StoreError;
use shiji_store::calendar::{self, Period};
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const KILLS: usize = 200;
const FOLDER: &str = "SHIJI_LOG_KILL_TEST_FOLDER";
const NAME: &str = "a_killed_program_leaves_a_log_that_goes_on_correctly";

#[test]
fn a_killed_program_leaves_a_log_that_goes_on_correctly() {
    if let Ok(folder) = std::env::var(FOLDER) {
        return work_until_killed(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    runtime().block_on(async { Town::in_folder(folder.path()).await.app.store.close().await });
    let (mut signed, mut kills) = (0, 0);
    let mut slowness = 1;
    for round in 0..KILLS {
        // On a busy machine the same work takes longer; the kills have to reach as far into it.
        if round % 10 == 9 && signed < round as u64 * 12 && slowness < 20 {
            slowness += 1;
        }
        // Spread over the first moments of the work; the numbers need not be random, only different.
        let pause = Duration::from_micros(500 + (round as u64 * 7_919) % 180_000 * slowness);
        let (killed, said) = run_and_kill(folder.path(), pause);
        kills += usize::from(killed);
        signed = signed.max(said);
        if folder.path().join("log/checkpoint").exists() {
            let size = runtime().block_on(read_again(folder.path()));
            assert!(size >= signed, "a tree of {signed} entries was acknowledged, but {size} are published");
        }
    }
    println!("{kills} kills, {signed} entries acknowledged and none of them lost");
    assert_eq!(kills, KILLS);
    assert!(signed > 2_000, "the work got far enough to be worth killing: {signed}");
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// Whether it was killed, and the largest tree that it acknowledged.
fn run_and_kill(folder: &Path, pause: Duration) -> (bool, u64) {
    let mut worker = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", NAME, "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let output = worker.stdout.take().unwrap();
    let (ready, wait) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let lines = BufReader::new(output).lines().map_while(Result::ok);
        lines
            .inspect(|line| {
                if line == "ready" {
                    let _ = ready.send(());
                }
            })
            .collect::<Vec<String>>()
    });
    wait.recv_timeout(Duration::from_secs(30)).expect("the worker begins");
    std::thread::sleep(pause);
    worker.kill().unwrap();
    // A worker that failed by itself has a code; one that was killed has none.
    let status = worker.wait().unwrap();
    assert!(status.code().is_none(), "the worker failed by itself: {status}");
    let killed = status.code().is_none();
    let lines = reader.join().unwrap();
    let sizes = lines.iter().filter_map(|line| line.strip_prefix("signed ")?.parse().ok());
    (killed, sizes.max().unwrap_or(0))
}

async fn read_again(folder: &Path) -> u64 {
    let files = shiji_log::LogFiles::folder(&folder.join("log")).unwrap();
    let (checkpoint, entries) = read_log(&files, &log_key().public()).await;
    let unique: BTreeSet<&String> = entries.iter().collect();
    assert_eq!(unique.len(), entries.len(), "no entry twice");
    checkpoint.checkpoint.size
}

fn work_until_killed(folder: &Path) {
    runtime().block_on(async {
        let town = Town::in_folder(folder).await;
        let mut log = town.log(folder, Policy::none()).await;
        println!("ready");
        // The lease of the one that was killed has run out by now.
        loop {
            town.pass(1.hours());
            let done = sequence(&town.app, &log).await.unwrap();
            if !done.elsewhere {
                say(done.size);
                break;
            }
            log = town.log(folder, Policy::none()).await;
        }
        loop {
            more_weeks(&town).await;
            town.publish_week(90).await;
            town.pass(60.seconds());
            let done = sequence(&town.app, &log).await.unwrap();
            assert!(done.published || done.elsewhere);
            if !done.elsewhere {
                say(done.size);
            }
        }
    });
}

/// Nothing is acknowledged before it is published, and a line is out before the next act begins.
fn say(size: u64) {
    let mut output = std::io::stdout().lock();
    writeln!(output, "signed {size}").unwrap();
    output.flush().unwrap();
}

/// The calendar never ends before the test does.
async fn more_weeks(town: &Town) {
    let mut tx = town.app.store.read().await.unwrap();
    let periods = calendar::periods(&mut tx, town.place.place_id).await.unwrap();
    drop(tx);
    let open = periods.iter().filter(|period| period.issue_number.is_none()).count();
    let Some(last) = periods.last().filter(|_| open < 2) else { return };
    let week = 7 * 24 * 60 * 60 * 1_000;
    let next = Period {
        period_id: town.app.new_id(),
        days: following(last.days),
        due_at: last.due_at + week,
        meeting_at: last.meeting_at + week,
        publish_at: None,
        issue_number: None,
    };
    let input = (town.place.place_id, next);
    town.app
        .store
        .write("test", &input, |tx, (place, next)| {
            Box::pin(async move {
                calendar::insert_period(tx, *place, next).await?;
                Ok::<_, StoreError>(())
            })
        })
        .await
        .unwrap();
}
