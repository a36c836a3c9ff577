//! What opens a record: the digests that its leaf commits to, and the disclosures that are (still) shown.

use crate::canonical::{Leaf, Opened, RecordError, open_fields, read_leaf};
use crate::disclosure::{Disclosure, commitment, digest};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// In the place of a disclosure that was taken away: its digest, so that everything else still verifies.
const WITHHELD: &str = "sha256:";

/// Served at `/log/payload/INDEX`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// SHA-256 of every disclosure in hexadecimal, sorted; also of those that were taken away.
    pub digests: Vec<String>,
    /// In the order of the fields (RFC 9901 section 4.2.1).
    pub disclosures: Vec<String>,
}

impl Payload {
    /// From the stored form, in which `sha256:…` stands in the place of what was taken away.
    pub fn from_stored(stored: &[String]) -> Payload {
        let mut digests: Vec<String> = stored.iter().map(|entry| digest_of(entry)).collect();
        digests.sort_unstable();
        let disclosures = stored.iter().filter(|entry| !is_withheld(entry)).cloned().collect();
        Payload { digests, disclosures }
    }

    /// The form that a store keeps; what was taken away stands last.
    pub fn to_stored(&self) -> Vec<String> {
        let shown: BTreeSet<String> = self.disclosures.iter().map(|entry| digest(entry)).collect();
        let withheld = self.digests.iter().filter(|digest| !shown.contains(*digest));
        self.disclosures.iter().cloned().chain(withheld.map(|digest| format!("{WITHHELD}{digest}"))).collect()
    }

    /// Digests without a disclosure.
    pub fn withheld(&self) -> usize {
        self.digests.len().saturating_sub(self.disclosures.len())
    }

    /// Proves the disclosures against the leaf and reads what they say.
    ///
    /// # Errors
    /// An unknown leaf, a digest that was changed, added or lost, a disclosure that belongs to none.
    pub fn open(&self, leaf: &str) -> Result<Opened, RecordError> {
        let leaf = read_leaf(leaf)?;
        self.prove(&leaf)?;
        let fields = self
            .disclosures
            .iter()
            .map(|entry| Disclosure::decode(entry).map(|disclosure| (disclosure.name, disclosure.value)))
            .collect::<Result<Vec<_>, _>>()?;
        open_fields(leaf, fields, self.withheld())
    }

    /// The digests make up the leaf's commitment, and each disclosure belongs to one of them.
    ///
    /// # Errors
    /// [`RecordError::Commitment`] when they do not.
    pub fn prove(&self, leaf: &Leaf) -> Result<(), RecordError> {
        if commitment(&self.digests) != leaf.commitment {
            return Err(RecordError::Commitment);
        }
        let mut digests: BTreeSet<&str> = self.digests.iter().map(String::as_str).collect();
        for entry in &self.disclosures {
            // Taken out, so that none is shown twice.
            if !digests.remove(digest(entry).as_str()) {
                return Err(RecordError::Commitment);
            }
        }
        Ok(())
    }
}

pub fn is_withheld(stored: &str) -> bool {
    stored.starts_with(WITHHELD)
}

/// What stands in the place of a disclosure that is taken away.
pub fn withhold(disclosure: &str) -> String {
    format!("{WITHHELD}{}", digest_of(disclosure))
}

fn digest_of(stored: &str) -> String {
    stored.strip_prefix(WITHHELD).map_or_else(|| digest(stored), str::to_owned)
}
