//! The town's log in a folder, and a reader of it that trusts nothing.

use super::Town;
use crate::log::{Log, begin};
use crate::publish;
use shiji_domain::id::ReportId;
use shiji_domain::item::ItemKind;
use shiji_domain::report::ReportState;
use shiji_log::{LogFiles, Peer};
use shiji_record::log::audit::Audit;
use shiji_record::log::checkpoint::{Checkpoint, SignedCheckpoint};
use shiji_record::log::key::{PublicKey, Purpose, SecretKey};
use shiji_record::log::policy::Policy;
use shiji_record::log::tree::Edge;
use shiji_record::log::{bundle, path};
use shiji_record::payload::Payload;
use shiji_store::report::{self, Item, Report};
use shiji_store::{Store, StoreError, record};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

pub fn log_key() -> SecretKey {
    SecretKey::new("chengwan.example/log", Purpose::Log, [5; 32]).unwrap()
}

impl Town {
    /// The log in `folder` as another start of the program opens it.
    pub async fn log(&self, folder: &Path, policy: Policy) -> Log {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let holder = format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
        let files = LogFiles::folder(&folder.join("log")).unwrap();
        let state = Store::open_log_state_sqlite(&folder.join("log-state.sqlite")).await.unwrap();
        let key = log_key();
        let public = key.public();
        let log = Log::new(files, state, Some(key), public, policy, Peer::new().unwrap(), holder);
        begin(&self.app, &log).await.unwrap();
        log
    }

    /// Publishes the open period with one report of `work` items.
    pub async fn publish_week(&self, work: usize) -> i64 {
        let period = self.open_period().await;
        let report_id: ReportId = self.app.new_id();
        let person = self.person("水务");
        let row = Report {
            report_id,
            period_id: period.period_id,
            person_id: person,
            state: ReportState::Accepted,
            filed_at: Some(self.app.now()),
            filed_by: Some(person),
            return_reason: None,
            seconds: 60,
            version: 0,
        };
        let items: Vec<Item> = (0..work)
            .map(|order| Item {
                item_id: self.app.new_id(),
                report_id,
                kind: ItemKind::Work,
                order: order as i64,
                body: format!("检修第{order}号水表井"),
                due_on: None,
                difficulty: None,
                answers_id: None,
                passed_by: None,
                version: 0,
                updated_at: 0,
                updated_by: person,
            })
            .collect();
        let input = (self.place.place_id, row, items);
        self.app
            .store
            .write("testing", &input, |tx, (place, row, items)| {
                Box::pin(async move {
                    // A test that is killed between filing and publishing finds its report here the next time.
                    if report::report_for(tx, *place, row.period_id, row.person_id).await?.is_some() {
                        return Ok(());
                    }
                    report::insert_report(tx, *place, row).await?;
                    report::insert_items(tx, *place, items).await?;
                    Ok::<_, StoreError>(())
                })
            })
            .await
            .unwrap();
        let input = (self, period);
        self.app
            .store
            .write("testing", &input, |tx, (town, period)| {
                let now = town.app.clock.now();
                Box::pin(publish::publish_in(&town.app, tx, &town.place, now, period, None))
            })
            .await
            .unwrap()
    }
}

impl Town {
    /// What an outsider finds who reads every record of the place in the order of its publication, and what differs when the
    /// public side is derived anew: nothing.
    pub async fn holds(&self) {
        let rebuilt = publish::rebuild(&self.app, &self.place).await.unwrap();
        assert!(
            rebuilt.differed.is_empty(),
            "public rows of {:?} are not what the records say",
            rebuilt.differed
        );
        let mut tx = self.app.store.read().await.unwrap();
        let (mut audit, mut edge) = (Audit::new(vec![]), Edge::default());
        for issue in record::issues(&mut tx, self.place.place_id).await.unwrap() {
            for record in record::records_of_issue(&mut tx, self.place.place_id, issue).await.unwrap() {
                let leaf = record.leaf.to_json();
                edge.push(leaf.as_bytes(), |_| {});
                audit.entry(leaf.as_bytes(), Some(&Payload::from_stored(&record.disclosures)));
            }
        }
        let checkpoint = Checkpoint { origin: "town".into(), size: edge.size(), root: edge.root() };
        let finished = audit.finish(&checkpoint);
        assert!(finished.violations.is_empty(), "{:?}", finished.violations);
    }
}

/// Reads the published checkpoint and every entry below it from the files alone, and proves the root.
pub async fn read_log(files: &LogFiles, key: &PublicKey) -> (SignedCheckpoint, Vec<String>) {
    let bytes = files.checkpoint().await.unwrap().unwrap();
    let checkpoint = SignedCheckpoint::open(&bytes, key).unwrap();
    let size = checkpoint.checkpoint.size;
    let mut edge = Edge::default();
    let mut entries = Vec::new();
    while edge.size() < size {
        let path = path::TilePath::holding(path::Kind::Entries, edge.size(), size).unwrap();
        let bytes = files.tile(path).await.unwrap();
        let mut full = Vec::new();
        for entry in bundle::entries(&bytes, path.width.into()).unwrap() {
            edge.push(entry, |tile| full.push(tile));
            entries.push(String::from_utf8(entry.to_vec()).unwrap());
        }
        for tile in full {
            assert_eq!(files.tile(tile.path).await.unwrap(), tile.bytes, "{}", tile.path);
        }
    }
    for tile in edge.partial_tiles() {
        assert!(files.tile(tile.path).await.unwrap().starts_with(&tile.bytes), "{}", tile.path);
    }
    assert_eq!(edge.root(), checkpoint.checkpoint.root);
    (checkpoint, entries)
}
