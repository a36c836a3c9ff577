use super::*;
use crate::publish::{self, rebuild};
use crate::testing::Town;
use crate::testing::log::{log_key, read_log};
use jiff::ToSpan as _;
use shiji_domain::id::ItemId;
use shiji_domain::redaction::RedactionReason;
use shiji_record::canonical::read_leaf;
use shiji_record::fact::Kind;
use shiji_store::{StoreError, public};
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

async fn kinds(log: &Log) -> Vec<Kind> {
    let (_, entries) = read_log(&log.files, &log_key().public()).await;
    entries.iter().map(|leaf| read_leaf(leaf).unwrap().kind).collect()
}

async fn refused(town: &Town, log: &Log) -> Standstill {
    match sequence(&town.app, log).await.unwrap_err() {
        LogError::Standstill(standstill) => standstill,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn what_was_published_stands_in_the_log_in_its_order() {
    for town in Town::each().await {
        let folder = folder();
        let log = town.log(folder.path(), Policy::none()).await;
        assert_eq!(sequence(&town.app, &log).await.unwrap().size, 0, "an empty log has a checkpoint too");
        town.publish_week(3).await;
        let done = sequence(&town.app, &log).await.unwrap();
        assert!(done.published);
        let kinds = kinds(&log).await;
        assert_eq!(kinds.len() as u64, done.size);
        assert_eq!((kinds[0], kinds[1], *kinds.last().unwrap()), (Kind::Place, Kind::Roster, Kind::Issue));
        assert_eq!(kinds.iter().filter(|kind| **kind == Kind::Item).count(), 3);
        assert_eq!(kinds.iter().filter(|kind| **kind == Kind::Absence).count(), 6);
        let again = sequence(&town.app, &log).await.unwrap();
        assert_eq!((again.size, again.added), (done.size, 0));
    }
}

#[tokio::test]
async fn each_entry_has_a_proof_that_needs_nothing_else() {
    for town in Town::each().await {
        let folder = folder();
        let log = town.log(folder.path(), Policy::none()).await;
        town.publish_week(300).await;
        assert_eq!(proof_file(&town.app, &log, 0).await.unwrap(), None, "nothing is signed yet");
        let size = sequence(&town.app, &log).await.unwrap().size;
        for index in [0, 1, 255, 256, size - 1] {
            let file = proof_file(&town.app, &log, index).await.unwrap().unwrap();
            let read = shiji_record::log::proof::ProofFile::from_text(&file.to_text()).unwrap();
            assert!(read.verify(&log_key().public()).is_ok(), "{index}");
            let mut moved = read.clone();
            moved.index = (index + 1) % size;
            assert!(moved.verify(&log_key().public()).is_err());
            let mut altered = read.clone();
            altered.payload.disclosures[0].push('A');
            assert!(altered.verify(&log_key().public()).is_err(), "an altered field");
            let mut lost = read.clone();
            lost.payload.disclosures.remove(0);
            assert!(lost.verify(&log_key().public()).is_err(), "a lost field that cannot be taken away");
        }
        assert_eq!(proof_file(&town.app, &log, size).await.unwrap(), None);
    }
}

/// The failure table: the work stops before each step in turn, as often as there are steps; then another start of the
/// program goes on, and the whole tree is read again.
#[tokio::test]
async fn whatever_step_the_program_dies_at_the_log_goes_on_correctly() {
    let steps = {
        let (town, folder) = (Town::on_sqlite().await, folder());
        town.publish_week(520).await;
        let log = town.log(folder.path(), Policy::none()).await;
        let count = AtomicUsize::new(0);
        let watch = |_| {
            count.fetch_add(1, SeqCst);
            Ok(())
        };
        sequence_watched(&town.app, &log, &watch).await.unwrap();
        count.load(SeqCst)
    };
    assert!(steps >= 12, "{steps}");
    for at in 0..steps {
        let (town, folder) = (Town::on_sqlite().await, folder());
        town.publish_week(40).await;
        let log = town.log(folder.path(), Policy::none()).await;
        sequence(&town.app, &log).await.unwrap();
        let (earlier, _) = read_log(&log.files, &log_key().public()).await;
        town.pass_days(7);
        town.publish_week(520).await;
        let count = AtomicUsize::new(0);
        let stop = |step: Step| {
            if count.fetch_add(1, SeqCst) == at {
                return Err(LogError::Stopped);
            }
            let _ = step;
            Ok(())
        };
        let stopped = sequence_watched(&town.app, &log, &stop).await;
        assert!(matches!(stopped, Err(LogError::Stopped)), "step {at}");
        // More is published before the program is up again, and the dead one's lease runs out.
        town.pass(30.seconds());
        town.pass_days(7);
        town.publish_week(7).await;
        let log = town.log(folder.path(), Policy::none()).await;
        let done = sequence(&town.app, &log).await.unwrap();
        assert!(done.published, "step {at}");
        let (checkpoint, entries) = read_log(&log.files, &log_key().public()).await;
        assert_eq!(checkpoint.checkpoint.size, done.size);
        assert!(checkpoint.checkpoint.size > earlier.checkpoint.size);
        let unique: std::collections::BTreeSet<&String> = entries.iter().collect();
        assert_eq!(unique.len(), entries.len(), "no entry twice, step {at}");
        let items = kinds(&log).await.iter().filter(|kind| **kind == Kind::Item).count();
        assert_eq!(items, 40 + 520 + 7, "step {at}");
    }
}

#[tokio::test]
async fn two_copies_of_the_program_write_one_log() {
    for town in Town::each().await {
        let folder = folder();
        let one = town.log(folder.path(), Policy::none()).await;
        let other = town.log(folder.path(), Policy::none()).await;
        town.publish_week(300).await;
        let (first, second) = tokio::join!(sequence(&town.app, &one), sequence(&town.app, &other));
        let both = [first, second];
        let done = both.iter().filter(|done| done.as_ref().is_ok_and(|done| done.published)).count();
        assert!(done >= 1, "{both:?}");
        let (checkpoint, _) = read_log(&one.files, &log_key().public()).await;
        assert!(checkpoint.checkpoint.size > 300);
    }
}

#[tokio::test]
async fn a_database_brought_back_from_an_old_copy_signs_nothing() {
    let (town, folder) = (Town::on_sqlite().await, folder());
    let log = town.log(folder.path(), Policy::none()).await;
    town.publish_week(3).await;
    sequence(&town.app, &log).await.unwrap();
    let copy = folder.path().join("copy.sqlite");
    town.app.store.copy_to(&copy).await.unwrap();
    town.pass_days(7);
    town.publish_week(4).await;
    let signed = sequence(&town.app, &log).await.unwrap().size;
    let mut old = town;
    old.app.store = Store::open_sqlite(&copy).await.unwrap();
    let log = old.log(folder.path(), Policy::none()).await;
    assert!(matches!(refused(&old, &log).await, Standstill::DatabaseBehind { .. }));
    assert_eq!(log.standstill().unwrap().code(), "database-behind");
    // Going on from the old copy does not help: what it publishes now is not what was signed.
    old.publish_week(30).await;
    let standstill = refused(&old, &log).await;
    assert!(
        matches!(
            standstill,
            Standstill::DatabaseBehind { .. }
                | Standstill::DatabaseDiffers { .. }
                | Standstill::FileDiffers { .. }
        ),
        "{standstill}"
    );
    let (checkpoint, _) = read_log(&log.files, &log_key().public()).await;
    assert_eq!(checkpoint.checkpoint.size, signed, "the published log stands as it was");
}

#[tokio::test]
async fn an_old_or_missing_state_signs_nothing() {
    let (town, folder) = (Town::on_sqlite().await, folder());
    let log = town.log(folder.path(), Policy::none()).await;
    town.publish_week(3).await;
    sequence(&town.app, &log).await.unwrap();
    log.state.close().await;
    let state = folder.path().join("log-state.sqlite");
    let old = std::fs::read(&state).unwrap();
    town.pass_days(7);
    town.publish_week(3).await;
    let log = town.log(folder.path(), Policy::none()).await;
    sequence(&town.app, &log).await.unwrap();
    log.state.close().await;
    for rest in ["log-state.sqlite-wal", "log-state.sqlite-shm"] {
        let _ = std::fs::remove_file(folder.path().join(rest));
    }
    std::fs::write(&state, old).unwrap();
    town.pass_days(7);
    town.publish_week(3).await;
    let log = town.log(folder.path(), Policy::none()).await;
    assert!(matches!(refused(&town, &log).await, Standstill::PublishedAhead { .. }));
    // Even when the published checkpoint is gone, the database remembers what it saw signed.
    std::fs::remove_file(folder.path().join("log/checkpoint")).unwrap();
    assert!(matches!(refused(&town, &log).await, Standstill::StateBehind { .. }));
}

#[tokio::test]
async fn an_altered_file_or_a_foreign_key_signs_nothing() {
    let (town, folder) = (Town::on_sqlite().await, folder());
    let log = town.log(folder.path(), Policy::none()).await;
    town.publish_week(3).await;
    let size = sequence(&town.app, &log).await.unwrap().size;
    town.pass_days(7);
    town.publish_week(3).await;
    let tile = folder.path().join(format!("log/tile/0/000.p/{size}"));
    let mut bytes = std::fs::read(&tile).unwrap();
    bytes[40] ^= 1;
    std::fs::write(&tile, &bytes).unwrap();
    assert_eq!(refused(&town, &log).await, Standstill::FilesDiffer);
    bytes[40] ^= 1;
    std::fs::write(&tile, &bytes).unwrap();
    let checkpoint = folder.path().join("log/checkpoint");
    let text = std::fs::read_to_string(&checkpoint).unwrap();
    std::fs::write(&checkpoint, text.replace("chengwan", "elsewhere")).unwrap();
    assert_eq!(refused(&town, &log).await, Standstill::PublishedForeign);
    std::fs::write(&checkpoint, text).unwrap();
    assert!(sequence(&town.app, &log).await.unwrap().published, "put right, it goes on");
}

#[tokio::test]
async fn a_checkpoint_is_signed_anew_every_day() {
    let (town, folder) = (Town::on_sqlite().await, folder());
    let log = town.log(folder.path(), Policy::none()).await;
    town.publish_week(3).await;
    sequence(&town.app, &log).await.unwrap();
    let before = status(&town.app, &log).await.unwrap().signed_at;
    town.pass(1.hour());
    sequence(&town.app, &log).await.unwrap();
    assert_eq!(status(&town.app, &log).await.unwrap().signed_at, before);
    town.pass(23.hours());
    sequence(&town.app, &log).await.unwrap();
    assert_eq!(status(&town.app, &log).await.unwrap().signed_at, Some(town.app.now()));
}

#[tokio::test]
async fn a_closed_log_ends_with_its_last_entry_and_takes_no_other() {
    for town in Town::each().await {
        let folder = folder();
        let log = town.log(folder.path(), Policy::none()).await;
        town.publish_week(3).await;
        close_log(&town.app, &log, None).await.unwrap();
        assert_eq!(kinds(&log).await.last(), Some(&Kind::LogEnd));
        let size = read_log(&log.files, &log_key().public()).await.1.len();
        town.pass_days(7);
        town.publish_week(3).await;
        sequence(&town.app, &log).await.unwrap();
        assert_eq!(read_log(&log.files, &log_key().public()).await.1.len(), size);
        assert!(status(&town.app, &log).await.unwrap().waiting > 0, "what follows waits for the next log");
        let again = close_log(&town.app, &log, None).await.unwrap_err();
        assert!(matches!(again, LogError::Standstill(Standstill::Closed)), "{again}");
    }
}

async fn first_item(town: &Town) -> ItemId {
    let mut tx = town.app.store.read().await.unwrap();
    let content = public::issue_content(&mut tx, town.place.place_id, 1).await.unwrap().unwrap();
    content.items[0].fact.item
}

/// Every text of the database in one string.
async fn everything(town: &Town) -> String {
    let copy = tempfile::tempdir().unwrap();
    let file = copy.path().join("copy.sqlite");
    town.app.store.copy_to(&file).await.unwrap();
    String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned()
}

#[tokio::test]
async fn words_taken_away_are_nowhere_any_more_and_everything_else_still_proves_itself() {
    for town in Town::each().await {
        let folder = folder();
        let log = town.log(folder.path(), Policy::none()).await;
        town.publish_week(3).await;
        let item = first_item(&town).await;
        let clerk = town.act("党政办").await;
        let correct =
            |text: &str| publish::CorrectItem {
                item, text: text.into(), reason: "写错户主李四光".into()
            };
        publish::correct_item(&town.app, &clerk, correct("检修李四光家门前的水表井")).await.unwrap();
        sequence(&town.app, &log).await.unwrap();
        let (before, _) = read_log(&log.files, &log_key().public()).await;
        let wanted = RedactItem { item, reason: RedactionReason::PersonalData };
        let other = town.act("水务").await;
        assert!(redact_item(&town.app, &other, wanted.clone()).await.is_err(), "only the clerk");
        redact_item(&town.app, &clerk, wanted.clone()).await.unwrap();
        assert!(redact_item(&town.app, &clerk, wanted).await.is_err(), "gone is gone");
        sequence(&town.app, &log).await.unwrap();
        let kinds = kinds(&log).await;
        assert_eq!(kinds.iter().filter(|kind| **kind == Kind::Redaction).count(), 2, "one for each revision");
        if town.app.store.engine() == "sqlite" {
            assert!(!everything(&town).await.contains("李四光"));
        }
        assert_eq!(rebuild(&town.app, &town.place).await.unwrap().differed, Vec::<i64>::new());
        let mut withheld = 0;
        for index in 0..kinds.len() as u64 {
            let file = proof_file(&town.app, &log, index).await.unwrap().unwrap();
            withheld += file.verify(&log_key().public()).unwrap().withheld.len();
        }
        assert_eq!(
            withheld,
            3 + 4,
            "text, difficulty and photos of the first words; those and the reason of the second"
        );
        let (after, _) = read_log(&log.files, &log_key().public()).await;
        assert_eq!(after.checkpoint.size, before.checkpoint.size + 2);
    }
}

#[tokio::test]
async fn nothing_is_published_when_the_lease_is_elsewhere() {
    let (town, folder) = (Town::on_sqlite().await, folder());
    town.publish_week(3).await;
    let log = town.log(folder.path(), Policy::none()).await;
    let now = town.app.now();
    town.app
        .store
        .write("test", &now, |tx, now| {
            Box::pin(async move {
                shiji_store::log::take_lease(tx, "another", *now, *now + 15_000).await?;
                Ok::<_, StoreError>(())
            })
        })
        .await
        .unwrap();
    assert!(sequence(&town.app, &log).await.unwrap().elsewhere);
    town.pass(16.seconds());
    assert!(sequence(&town.app, &log).await.unwrap().published);
}

#[tokio::test]
async fn a_clock_that_went_back_puts_no_correction_before_its_item() {
    for town in Town::each().await {
        let folder = folder();
        let log = town.log(folder.path(), Policy::none()).await;
        town.publish_week(3).await;
        let item = first_item(&town).await;
        town.pass((-2).hours());
        let clerk = town.act("党政办").await;
        let wanted =
            publish::CorrectItem { item, text: "更换水表38只".into(), reason: "数字颠倒".into() };
        publish::correct_item(&town.app, &clerk, wanted).await.unwrap();
        sequence(&town.app, &log).await.unwrap();
        assert_eq!(kinds(&log).await.last(), Some(&Kind::Correction));
    }
}
