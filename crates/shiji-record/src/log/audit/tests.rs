use super::*;
use crate::canonical::{Heading, Record};
use crate::fact::{AbsenceFact, CorrectionFact, IssueFact, ItemFact, RedactionFact};
use crate::log::path::FULL;
use jiff::civil::date;
use shiji_domain::id::{ItemId, PersonId, RecordId};
use shiji_domain::issue::Standing;
use shiji_domain::item::ItemKind;
use shiji_domain::redaction::RedactionReason;

/// A log in memory: entries with what opens them.
pub(super) struct Book {
    pub entries: Vec<(String, Payload)>,
    pub records: Vec<Record>,
    salt: u8,
}

fn item(number: u128, text: &str) -> ItemFact {
    ItemFact {
        item: ItemId(Uuid::from_u128(number)),
        person: PersonId(Uuid::from_u128(1)),
        item_kind: ItemKind::Work,
        position: 1,
        text: text.into(),
        due_on: None,
        difficulty: None,
        answers: None,
        evidence: vec![],
        question: None,
        links: vec![],
    }
}

impl Book {
    pub fn add(&mut self, id: u128, revision: i64, replaces: Option<String>, fact: Fact) -> String {
        let heading = Heading {
            record_id: RecordId(Uuid::from_u128(self.entries.len() as u128)),
            place: PlaceId(Uuid::from_u128(9)),
            id: Uuid::from_u128(id),
            revision,
            replaces,
            issue: 1,
            day: date(2026, 11, 23),
        };
        let mut field = 0;
        let salt = || {
            field += 1;
            let mut salt = [self.salt; 16];
            salt[0] = field;
            salt
        };
        let record = Record::new(heading, fact, salt).unwrap();
        self.salt = self.salt.wrapping_add(1);
        self.entries.push((record.leaf.to_json(), Payload::from_stored(&record.disclosures)));
        self.records.push(record.clone());
        record.leaf.commitment
    }

    /// One person late, `items` items, the closing line; then a correction of the first item.
    pub fn of(items: u128) -> Book {
        let mut book = Book { entries: vec![], records: vec![], salt: 1 };
        let late =
            AbsenceFact { person: PersonId(Uuid::from_u128(1)), standing: Standing::Late, substitute: None };
        book.add(1, 1, None, Fact::Absence(late));
        let mut first = String::new();
        for number in 0..items {
            let commitment = book.add(100 + number, 1, None, Fact::Item(item(100 + number, "更换水表83只")));
            if number == 0 {
                first = commitment;
            }
        }
        let closing = IssueFact {
            number: 1,
            place_name: "澄湾镇".into(),
            first_day: date(2026, 11, 16),
            last_day: date(2026, 11, 22),
            expected: 1,
            filed: 0,
            on_leave: 0,
            late: 1,
            items: items as i64,
            records: 1 + items as i64,
            closed_by: None,
        };
        book.add(9, 1, None, Fact::Issue(closing));
        let correction = CorrectionFact {
            item: item(100, "更换水表38只"),
            reason: "数字颠倒".into(),
            corrected_by: "文书".into(),
        };
        book.add(100, 2, Some(first), Fact::Correction(correction));
        book
    }

    pub fn checkpoint(&self) -> Checkpoint {
        let mut edge = Edge::default();
        self.entries.iter().for_each(|(leaf, _)| edge.push(leaf.as_bytes(), |_| ()));
        Checkpoint { origin: "town.example/log".into(), size: edge.size(), root: edge.root() }
    }

    pub fn read(&self, checkpoint: &Checkpoint, older: Vec<Checkpoint>) -> Finished {
        let mut audit = Audit::new(older).keeping_latest();
        for (leaf, payload) in &self.entries {
            audit.entry(leaf.as_bytes(), Some(payload));
        }
        audit.finish(checkpoint)
    }

    pub fn violations(&self) -> Vec<Violation> {
        self.read(&self.checkpoint(), vec![]).violations
    }
}

#[test]
fn a_log_as_it_should_be_has_nothing_to_say() {
    let book = Book::of(300);
    let finished = book.read(&book.checkpoint(), vec![]);
    assert_eq!(finished.violations, []);
    let counts = finished.counts;
    assert_eq!((counts.entries, counts.payloads, counts.issues), (303, 303, 1));
    assert!(counts.entries > FULL);
    let corrected = &finished.latest[&Uuid::from_u128(100)];
    assert_eq!((corrected.revision, corrected.text.as_deref()), (2, Some("更换水表38只")));
}

#[test]
fn an_older_checkpoint_has_to_be_met_on_the_way() {
    let (short, long) = (Book::of(20), Book::of(300));
    let mut older = Edge::default();
    long.entries[..40].iter().for_each(|(leaf, _)| older.push(leaf.as_bytes(), |_| ()));
    let older = Checkpoint { size: 40, root: older.root(), ..long.checkpoint() };
    assert_eq!(long.read(&long.checkpoint(), vec![older.clone()]).violations, []);
    let fork = Checkpoint { root: short.checkpoint().root, ..older.clone() };
    assert_eq!(long.read(&long.checkpoint(), vec![fork]).violations, [Violation::Root { size: 40 }]);
    // A rollback: what is served now is shorter than what was signed before.
    assert_eq!(short.read(&short.checkpoint(), vec![older]).violations, [Violation::Root { size: 40 }]);
}

#[test]
fn one_flipped_byte_and_one_dropped_leaf_are_found() {
    let book = Book::of(20);
    let checkpoint = book.checkpoint();
    let mut flipped = Book::of(20);
    flipped.entries[3].0 = flipped.entries[3].0.replacen("\"issue\":1", "\"issue\":2", 1);
    assert!(
        flipped.read(&checkpoint, vec![]).violations.contains(&Violation::Root { size: checkpoint.size })
    );
    let mut dropped = Book::of(20);
    dropped.entries.remove(3);
    let found = dropped.read(&checkpoint, vec![]).violations;
    assert!(found.contains(&Violation::Root { size: checkpoint.size }));
    assert!(found.iter().any(|violation| matches!(violation, Violation::Count { .. })), "{found:?}");
}

#[test]
fn words_that_are_missing_are_a_violation_unless_the_log_says_so() {
    let mut book = Book::of(3);
    let target = book.records[1].clone();
    book.entries[1].1 = Payload::from_stored(&target.without(&["text"]).unwrap().disclosures);
    assert_eq!(book.violations(), [Violation::Withheld { index: 1, missing: 1 }]);
    let said = RedactionFact {
        target: target.leaf.commitment.clone(),
        fields: vec!["text".into()],
        reason: RedactionReason::PersonalData,
        redacted_by: "文书".into(),
    };
    book.add(100, 1, Some(target.leaf.commitment), Fact::Redaction(said));
    assert_eq!(book.violations(), []);
}

#[test]
fn altered_words_a_second_first_revision_and_a_wrong_predecessor_are_found() {
    let mut book = Book::of(3);
    let other = book.entries[2].1.clone();
    book.entries[1].1 = other;
    assert!(matches!(book.violations()[..], [Violation::Payload { index: 1, .. }]));
    let mut book = Book::of(3);
    book.add(100, 1, None, Fact::Item(item(100, "另一种说法")));
    assert!(matches!(book.violations()[..], [Violation::Revision { index: 6, .. }]));
    let mut book = Book::of(3);
    let correction = CorrectionFact { item: item(101, "x"), reason: "y".into(), corrected_by: "z".into() };
    book.add(101, 2, Some("0".repeat(64)), Fact::Correction(correction));
    assert!(matches!(book.violations()[..], [Violation::Revision { index: 6, .. }]));
}

#[test]
fn a_tile_that_is_not_the_one_over_the_entries_is_found() {
    let book = Book::of(300);
    let mut audit = Audit::new(vec![]);
    for (leaf, payload) in &book.entries {
        for tile in audit.entry(leaf.as_bytes(), Some(payload)) {
            audit.tile(&tile, &tile.bytes.clone());
        }
    }
    for tile in audit.last_tiles() {
        let mut served = tile.bytes.clone();
        served[0] ^= 1;
        audit.tile(&tile, &served);
    }
    let finished = audit.finish(&book.checkpoint());
    assert_eq!(finished.counts.tiles, 3);
    assert_eq!(finished.violations.len(), 2);
}
