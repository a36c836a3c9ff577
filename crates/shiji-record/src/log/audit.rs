//! Reads a whole log again, entry by entry, and says everything that does not hold. Fed with bytes in their order; holds
//! the right edge of the tree and one line per record, nothing more.

mod affair;
mod question;

pub use affair::LoggedAffair;
pub use question::QuestionWords;

use super::checkpoint::Checkpoint;
use super::tree::{Edge, Tile};
use crate::canonical::{Leaf, RecordError, read_leaf};
use crate::fact::{Fact, ItemFact, Kind};
use crate::payload::Payload;
use affair::Affairs;
use question::Questions;
use shiji_domain::id::PlaceId;
use shiji_domain::link::ItemLink;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Findings kept in words; past it they are only counted.
const FINDINGS_MOST: usize = 1_000;

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    #[error("entry {index} is not a leaf of this form: {what}")]
    Leaf { index: u64, what: String },
    #[error(
        "entry {index} says revision {revision} of {subject}, which does not follow what the log said before"
    )]
    Revision { index: u64, subject: Uuid, revision: i64 },
    #[error("entry {index} does not open: {what}")]
    Payload { index: u64, what: String },
    #[error(
        "entry {index} has {missing} fields without words, and no entry of the log says that they were taken away"
    )]
    Withheld { index: u64, missing: usize },
    #[error(
        "entry {index} says that words of {subject} were taken away, but the entry that it names is not there or has them all"
    )]
    Redaction { index: u64, subject: Uuid },
    #[error("entry {index} shows words as those of question {number}, but other words were received")]
    QuestionWords { index: u64, number: i64 },
    #[error(
        "entry {index} speaks of question {number}, which is not the number that its first entry has, or is another's"
    )]
    QuestionNumber { index: u64, number: i64 },
    #[error("{missing} questions of place {place} are not in the log, although later ones are")]
    QuestionsMissing { place: PlaceId, missing: usize },
    #[error(
        "entry {index}: issue {issue} says it has {said} records before its last line, but {found} stand there"
    )]
    Count { index: u64, issue: i64, said: i64, found: i64 },
    #[error("entry {index}: issue {issue} leaves {people} of those expected to file unaccounted for")]
    Unaccounted { index: u64, issue: i64, people: usize },
    #[error("entry {index} stands behind the last entry of the log")]
    BehindEnd { index: u64 },
    #[error(
        "the tree of the entries at size {size} has another root than the checkpoint: entries were altered, left out or put in"
    )]
    Root { size: u64 },
    #[error("tile {0} is not the one over these entries")]
    Tile(String),
}

/// What was checked, and how many.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    pub entries: u64,
    pub payloads: u64,
    pub fields: u64,
    pub withheld: u64,
    pub tiles: u64,
    pub kinds: BTreeMap<Kind, u64>,
    pub issues: u64,
    pub violations: u64,
}

/// The latest words of an item as the records say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    pub place: PlaceId,
    pub index: u64,
    pub revision: i64,
    pub issue: i64,
    /// None when no payload was given.
    pub text: Option<String>,
    pub difficulty: Option<String>,
    pub links: Vec<ItemLink>,
}

/// What is to be known of a subject to check what follows.
struct Seen {
    revision: i64,
    commitment: [u8; 32],
}

/// One issue while it is being read.
#[derive(Default)]
struct OpenIssue {
    records: i64,
    expected: Vec<Uuid>,
    accounted: Vec<Uuid>,
}

#[derive(Default)]
pub struct Audit {
    edge: Edge,
    seen: HashMap<Uuid, Seen>,
    issues: HashMap<(PlaceId, i64), OpenIssue>,
    /// Commitments of entries with fields that have no words: entry, and which fields.
    bare: HashMap<String, (u64, Vec<&'static str>)>,
    questions: Questions,
    affairs: Affairs,
    latest: HashMap<Uuid, Latest>,
    keep_latest: bool,
    /// Smaller checkpoints to be met on the way.
    older: Vec<Checkpoint>,
    ended: bool,
    counts: Counts,
    violations: Vec<Violation>,
}

impl Audit {
    /// `older` are checkpoints that were kept from before; the log has to run through each of them.
    pub fn new(mut older: Vec<Checkpoint>) -> Audit {
        older.sort_by_key(|checkpoint| checkpoint.size);
        let mut audit = Audit { older, ..Audit::default() };
        audit.meet_older();
        audit
    }

    /// Keeps the latest words of every item, all words of questions, and the records of what people do together, to be compared with
    /// what is shown.
    #[must_use]
    pub fn keeping_latest(mut self) -> Audit {
        self.keep_latest = true;
        self.questions.keep_words();
        self
    }

    pub fn size(&self) -> u64 {
        self.edge.size()
    }

    fn finds(&mut self, violation: Violation) {
        self.counts.violations += 1;
        if self.violations.len() < FINDINGS_MOST {
            self.violations.push(violation);
        }
    }

    /// Reads the next entry; returns the tiles that it fills.
    pub fn entry(&mut self, bytes: &[u8], payload: Option<&Payload>) -> Vec<Tile> {
        let index = self.edge.size();
        let mut full = Vec::new();
        self.edge.push(bytes, |tile| full.push(tile));
        self.counts.entries += 1;
        if self.ended {
            self.finds(Violation::BehindEnd { index });
        }
        match std::str::from_utf8(bytes)
            .map_err(|error| error.to_string())
            .and_then(|text| read_leaf(text).map(|leaf| (text, leaf)).map_err(|error| error.to_string()))
        {
            Ok((text, leaf)) => self.leaf(index, text, leaf, payload),
            Err(what) => self.finds(Violation::Leaf { index, what }),
        }
        self.meet_older();
        full
    }

    fn meet_older(&mut self) {
        while self.older.first().is_some_and(|older| older.size == self.edge.size()) {
            let older = self.older.remove(0);
            if older.root != self.edge.root() {
                self.finds(Violation::Root { size: older.size });
            }
        }
    }

    fn leaf(&mut self, index: u64, text: &str, leaf: Leaf, payload: Option<&Payload>) {
        *self.counts.kinds.entry(leaf.kind).or_default() += 1;
        self.revision(index, &leaf);
        let issue = self.issues.entry((leaf.place, leaf.issue)).or_default();
        match leaf.kind {
            Kind::Roster => issue.expected.push(leaf.id),
            Kind::Absence => issue.accounted.push(leaf.id),
            Kind::LogEnd => self.ended = true,
            _ => {}
        }
        if leaf.kind.is_counted() {
            issue.records += 1;
        }
        match payload {
            Some(payload) => self.payload(index, text, &leaf, payload),
            None if leaf.kind == Kind::Issue => self.counts.issues += 1,
            None => {}
        }
        if self.keep_latest && matches!(leaf.kind, Kind::Item | Kind::Correction) {
            let latest = Latest {
                place: leaf.place,
                index,
                revision: leaf.revision,
                issue: leaf.issue,
                text: None,
                difficulty: None,
                links: Vec::new(),
            };
            let entry = self.latest.entry(leaf.id).or_insert(latest.clone());
            if entry.revision < leaf.revision {
                let (text, difficulty, links) =
                    (entry.text.clone(), entry.difficulty.clone(), entry.links.clone());
                *entry = Latest { text, difficulty, links, ..latest };
            }
        }
    }

    /// An item, a question or an affair begins with revision 1; a correction follows the words before it, a step the one before;
    /// whatever else has no history.
    fn revision(&mut self, index: u64, leaf: &Leaf) {
        let follows = match leaf.kind {
            kind if kind.begins() => {
                leaf.revision == 1 && leaf.replaces.is_none() && !self.seen.contains_key(&leaf.id)
            }
            // The list of places is published anew each time: the first begins it, the others go on.
            Kind::Spots if leaf.revision == 1 => leaf.replaces.is_none() && !self.seen.contains_key(&leaf.id),
            kind if kind.goes_on() || kind == Kind::Spots => self.seen.get(&leaf.id).is_some_and(|seen| {
                leaf.revision == seen.revision + 1
                    && leaf.replaces.as_deref().and_then(bytes_of) == Some(seen.commitment)
            }),
            Kind::Redaction => leaf.revision >= 1 && leaf.replaces.is_some(),
            _ => leaf.revision == 1 && leaf.replaces.is_none(),
        };
        if !follows {
            self.finds(Violation::Revision { index, subject: leaf.id, revision: leaf.revision });
        }
        if (leaf.kind.begins() || leaf.kind.goes_on() || leaf.kind == Kind::Spots)
            && let Some(commitment) = bytes_of(&leaf.commitment)
        {
            self.seen.insert(leaf.id, Seen { revision: leaf.revision, commitment });
        }
    }

    fn payload(&mut self, index: u64, text: &str, leaf: &Leaf, payload: &Payload) {
        self.counts.payloads += 1;
        self.counts.fields += payload.disclosures.len() as u64;
        self.counts.withheld += payload.withheld() as u64;
        match payload.open(text) {
            Ok(opened) => {
                if let (Fact::Affair(affair), true) = (&opened.fact, self.keep_latest) {
                    self.affairs.add(index, leaf, affair.clone(), &opened.withheld);
                }
                if !opened.withheld.is_empty() {
                    self.bare.insert(leaf.commitment.clone(), (index, opened.withheld));
                }
                self.fact(index, leaf, opened.fact);
            }
            Err(RecordError::Missing(missing)) => self.finds(Violation::Withheld { index, missing }),
            Err(error) => self.finds(Violation::Payload { index, what: error.to_string() }),
        }
    }

    fn fact(&mut self, index: u64, leaf: &Leaf, fact: Fact) {
        match fact {
            Fact::Report(report) => {
                let issue = self.issues.entry((leaf.place, leaf.issue)).or_default();
                issue.accounted.push(report.person.0);
            }
            Fact::Issue(fact) => {
                self.counts.issues += 1;
                let mut issue = self.issues.remove(&(leaf.place, leaf.issue)).unwrap_or_default();
                if fact.records != issue.records {
                    self.finds(Violation::Count {
                        index,
                        issue: leaf.issue,
                        said: fact.records,
                        found: issue.records,
                    });
                }
                issue.accounted.sort_unstable();
                let missing = issue
                    .expected
                    .iter()
                    .filter(|person| issue.accounted.binary_search(person).is_err())
                    .count();
                if missing > 0 {
                    self.finds(Violation::Unaccounted { index, issue: leaf.issue, people: missing });
                }
            }
            Fact::Redaction(fact) => {
                // The target stands before its redaction, and its words went before that was written: it has been seen bare.
                let Some((_, fields)) = self.bare.get_mut(&fact.target) else {
                    return self.finds(Violation::Redaction { index, subject: leaf.id });
                };
                fields.retain(|field| !fact.fields.iter().any(|taken| taken == field));
            }
            Fact::Question(fact) => {
                let found = self.questions.received(index, leaf, &fact);
                found.into_iter().for_each(|violation| self.finds(violation));
            }
            Fact::QuestionStep(fact) => {
                let found = self.questions.step(index, fact);
                found.into_iter().for_each(|violation| self.finds(violation));
            }
            Fact::Item(item) if self.keep_latest => self.words(index, leaf, item),
            Fact::Correction(correction) if self.keep_latest => self.words(index, leaf, correction.item),
            _ => {}
        }
    }

    fn words(&mut self, index: u64, leaf: &Leaf, item: ItemFact) {
        let latest = Latest {
            place: leaf.place,
            index,
            revision: leaf.revision,
            issue: leaf.issue,
            text: Some(item.text),
            difficulty: item.difficulty,
            links: item.links,
        };
        self.latest.insert(leaf.id, latest);
    }

    /// A tile as it is served; `wanted` is the one over the entries.
    pub fn tile(&mut self, wanted: &Tile, served: &[u8]) {
        self.counts.tiles += 1;
        if served.get(..wanted.bytes.len()) != Some(wanted.bytes.as_slice()) {
            self.finds(Violation::Tile(wanted.path.to_string()));
        }
    }

    /// The tiles of the right edge, once every entry was read.
    pub fn last_tiles(&self) -> Vec<Tile> {
        self.edge.partial_tiles()
    }

    /// Compares with the checkpoint, once every entry was read.
    pub fn finish(mut self, checkpoint: &Checkpoint) -> Finished {
        if self.edge.size() != checkpoint.size || self.edge.root() != checkpoint.root {
            self.finds(Violation::Root { size: checkpoint.size });
        }
        for older in std::mem::take(&mut self.older) {
            // It was signed for more entries than there are.
            self.finds(Violation::Root { size: older.size });
        }
        for (index, fields) in std::mem::take(&mut self.bare).into_values() {
            if !fields.is_empty() {
                self.finds(Violation::Withheld { index, missing: fields.len() });
            }
        }
        for violation in self.questions.missing() {
            self.finds(violation);
        }
        Finished {
            counts: self.counts,
            violations: self.violations,
            latest: self.latest,
            questions: self.questions.words(),
            affairs: self.affairs.all(),
        }
    }
}

pub struct Finished {
    pub counts: Counts,
    /// The first thousand; [`Counts::violations`] counts them all.
    pub violations: Vec<Violation>,
    /// By item; empty unless they were kept.
    pub latest: HashMap<Uuid, Latest>,
    /// By question; empty unless they were kept.
    pub questions: HashMap<Uuid, QuestionWords>,
    /// By project, directive, difficulty, visit or meeting; empty unless they were kept.
    pub affairs: HashMap<Uuid, LoggedAffair>,
}

fn bytes_of(hexadecimal: &str) -> Option<[u8; 32]> {
    let mut bytes = [0_u8; 32];
    if hexadecimal.len() != 64 || !hexadecimal.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hexadecimal[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod question_tests;
#[cfg(test)]
mod tests;
