//! What a log says of projects, directives, difficulties, visits and minutes: kept record by record, to be held against what is
//! shown of them. That the steps follow each other is looked at in their leaves.

use crate::affair::Affair;
use crate::canonical::Leaf;
use crate::projection::AffairRow;
use shiji_domain::id::PlaceId;
use std::collections::HashMap;
use uuid::Uuid;

/// One of them, as its records say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedAffair {
    pub place: PlaceId,
    /// In their order, without what was taken away.
    pub rows: Vec<AffairRow>,
    /// The entry of each.
    pub indexes: Vec<u64>,
}

#[derive(Default)]
pub(super) struct Affairs {
    all: HashMap<Uuid, LoggedAffair>,
}

impl Affairs {
    pub fn add(&mut self, index: u64, leaf: &Leaf, affair: Affair, withheld: &[&'static str]) {
        let known = self.all.entry(leaf.id).or_insert_with(|| LoggedAffair {
            place: leaf.place,
            rows: Vec::new(),
            indexes: Vec::new(),
        });
        known.rows.push(AffairRow {
            affair,
            revision: leaf.revision,
            published_on: leaf.day,
            commitment: leaf.commitment.clone(),
            withheld: withheld.iter().map(|name| (*name).to_owned()).collect(),
        });
        known.indexes.push(index);
    }

    pub fn all(self) -> HashMap<Uuid, LoggedAffair> {
        self.all
    }
}
