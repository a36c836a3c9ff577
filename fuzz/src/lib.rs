//! A genuine log to start from: every target changes its files, and nothing that is believed afterwards may differ from
//! what was signed. Keys, salts and texts are fixed, so that a finding can be repeated.

use std::collections::HashMap;
use std::sync::LazyLock;

use arbitrary::Arbitrary;
use jiff::civil::date;
use shiji_domain::id::{ItemId, PersonId, PlaceId, RecordId};
use shiji_domain::item::ItemKind;
use shiji_record::canonical::{Heading, Record};
use shiji_record::fact::{Fact, ItemFact};
use shiji_record::log::bundle;
use shiji_record::log::checkpoint::{Checkpoint, SignedCheckpoint};
use shiji_record::log::cosignature::cosign;
use shiji_record::log::key::{Purpose, SecretKey};
use shiji_record::log::path::{Kind, TilePath};
use shiji_record::log::proof::ProofFile;
use shiji_record::log::tile_reader::{Step, Wanted, prove};
use shiji_record::log::tree::Edge;
use shiji_record::log::witness::AddCheckpoint;
use shiji_record::payload::Payload;
use uuid::Uuid;

/// More than one full tile, and a part of another.
pub const SIZE: u64 = 300;
/// What the witness of the requests has seen before.
pub const OLDER: u64 = 260;

/// One change of a file.
#[derive(Debug, Arbitrary)]
pub enum Edit {
    Set { at: u16, to: u8 },
    Flip { at: u16, bit: u8 },
    Remove { at: u16, count: u8 },
    Insert { at: u16, bytes: Vec<u8> },
    Copy { from: u16, count: u8, to: u16 },
    Cut { at: u16 },
}

/// Either bytes of any kind, or a genuine file with changes.
#[derive(Debug, Arbitrary)]
pub enum Input {
    Any(Vec<u8>),
    Changed(Vec<Edit>),
}

impl Input {
    pub fn bytes(&self, genuine: &[u8]) -> Vec<u8> {
        match self {
            Input::Any(bytes) => bytes.clone(),
            Input::Changed(edits) => {
                let mut bytes = genuine.to_vec();
                edits.iter().for_each(|edit| edit.apply(&mut bytes));
                bytes
            }
        }
    }
}

impl Edit {
    pub fn apply(&self, bytes: &mut Vec<u8>) {
        let place = |at: u16| usize::from(at) % bytes.len().max(1);
        let part = |at: u16, count: u8| {
            let start = place(at);
            start..(start + usize::from(count)).min(bytes.len())
        };
        if bytes.is_empty() {
            return;
        }
        match self {
            Edit::Set { at, to } => {
                let at = place(*at);
                bytes[at] = *to;
            }
            Edit::Flip { at, bit } => {
                let at = place(*at);
                bytes[at] ^= 1 << (bit % 8);
            }
            Edit::Remove { at, count } => {
                let part = part(*at, *count);
                bytes.drain(part);
            }
            Edit::Insert { at, bytes: more } => {
                let at = place(*at);
                bytes.splice(at..at, more.iter().copied());
            }
            Edit::Copy { from, count, to } => {
                let copied = bytes[part(*from, *count)].to_vec();
                let to = place(*to);
                bytes.splice(to..to, copied);
            }
            Edit::Cut { at } => {
                let at = place(*at);
                bytes.truncate(at);
            }
        }
    }
}

/// A log of [`SIZE`] records with its witness.
pub struct Book {
    pub log: SecretKey,
    pub witness: SecretKey,
    pub entries: Vec<(String, Payload)>,
    /// Every tile and bundle of the last size.
    pub files: HashMap<TilePath, Vec<u8>>,
    pub older: Checkpoint,
    pub checkpoint: Checkpoint,
    /// Signed by the log, countersigned by the witness.
    pub signed: SignedCheckpoint,
}

pub static BOOK: LazyLock<Book> = LazyLock::new(Book::genuine);

impl Book {
    fn genuine() -> Book {
        let name = "town.example/log";
        let log = SecretKey::new(name, Purpose::Log, [1; 32]).expect("a log's key");
        let witness =
            SecretKey::new("county.example", Purpose::Cosignature, [2; 32]).expect("a witness's key");
        let entries: Vec<(String, Payload)> = (0..SIZE).map(entry).collect();
        let mut edge = Edge::default();
        let mut files = HashMap::new();
        let mut bundles: HashMap<u64, Vec<u8>> = HashMap::new();
        let mut older = None;
        for (index, (leaf, _)) in (0..).zip(&entries) {
            if edge.size() == OLDER {
                older = Some(edge.root());
            }
            edge.push(leaf.as_bytes(), |tile| {
                files.insert(tile.path, tile.bytes);
            });
            bundle::push(bundles.entry(index / 256).or_default(), leaf.as_bytes()).expect("a short leaf");
        }
        files.extend(edge.partial_tiles().into_iter().map(|tile| (tile.path, tile.bytes)));
        for (number, bytes) in bundles {
            let path = TilePath::holding(Kind::Entries, number * 256, SIZE).expect("a bundle of the log");
            files.insert(path, bytes);
        }
        let origin = name.to_owned();
        let older =
            Checkpoint { origin: origin.clone(), size: OLDER, root: older.expect("a root on the way") };
        let checkpoint = Checkpoint { origin, size: SIZE, root: edge.root() };
        let mut signed = checkpoint.sign(&log).expect("the log signs");
        signed.add(cosign(&checkpoint, &witness, 1_795_000_000).expect("the witness signs"));
        Book { log, witness, entries, files, older, checkpoint, signed }
    }

    pub fn prove(&self, wanted: Wanted) -> Vec<tlog_tiles::Hash> {
        match prove(wanted, SIZE, self.checkpoint.root, &self.files) {
            Ok(Step::Proof(proof)) => proof,
            other => panic!("the genuine log proves itself: {other:?}"),
        }
    }

    pub fn proof(&self, index: u64) -> ProofFile {
        let (leaf, payload) = self.entries[index as usize].clone();
        let hashes = self.prove(Wanted::Entry(index));
        ProofFile { index, hashes, checkpoint: self.signed.clone(), leaf, payload }
    }

    pub fn request(&self) -> AddCheckpoint {
        AddCheckpoint {
            old: OLDER,
            proof: self.prove(Wanted::Older(OLDER)),
            checkpoint: self.checkpoint.sign(&self.log).expect("the log signs"),
        }
    }
}

fn entry(number: u64) -> (String, Payload) {
    let id = u128::from(number) + 1_000;
    let heading = Heading {
        record_id: RecordId(Uuid::from_u128(id)),
        place: PlaceId(Uuid::from_u128(9)),
        id: Uuid::from_u128(id),
        revision: 1,
        replaces: None,
        issue: 1,
        day: date(2026, 11, 23),
    };
    let fact = ItemFact {
        item: ItemId(Uuid::from_u128(id)),
        person: PersonId(Uuid::from_u128(1)),
        item_kind: ItemKind::Work,
        position: 1,
        text: format!("清理北渠第{number}段淤泥"),
        due_on: None,
        difficulty: None,
        answers: None,
        evidence: vec![],
        question: None,
    };
    let mut field = 0;
    let salt = || {
        field += 1;
        let mut salt = [field; 16];
        salt[..8].copy_from_slice(&number.to_be_bytes());
        salt
    };
    let record = Record::new(heading, Fact::Item(fact), salt).expect("a record");
    (record.leaf.to_json(), Payload::from_stored(&record.disclosures))
}
