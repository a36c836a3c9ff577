//! Reads a log from its first entry to its last, in order, and hands it to the audit.

use anyhow::{Context as _, Result};
use shiji_app::App;
use shiji_log::source::Source;
use shiji_record::canonical::read_leaf;
use shiji_record::fact::{Fact, Kind as RecordKind};
use shiji_record::log::audit::{Audit, Finished};
use shiji_record::log::bundle;
use shiji_record::log::checkpoint::Checkpoint;
use shiji_record::log::path::{FULL, Kind, TilePath};
use shiji_record::payload::Payload;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Where what opens the entries comes from.
pub enum Opening {
    /// The site's own address.
    Served,
    /// The database of a data folder.
    Stored(Box<App>),
    /// Only the log's files are here, as of a log that was closed.
    Nothing,
}

pub struct Reader<'a> {
    source: &'a Source,
    opening: &'a Opening,
    checkpoint: Checkpoint,
    /// First part of every address, by place.
    pub places: BTreeMap<Uuid, String>,
}

impl<'a> Reader<'a> {
    pub fn new(source: &'a Source, opening: &'a Opening, checkpoint: Checkpoint) -> Reader<'a> {
        Reader { source, opening, checkpoint, places: BTreeMap::new() }
    }

    pub async fn read(&mut self, mut audit: Audit) -> Result<Finished> {
        let size = self.checkpoint.size;
        let mut told = Instant::now();
        while audit.size() < size {
            let path = TilePath::holding(Kind::Entries, audit.size(), size).context("beyond the log")?;
            let bytes = self.source.tile(path).await?;
            let entries = bundle::entries(&bytes, path.width.into())?;
            let payloads = self.payloads(path.index, entries.len()).await?;
            let mut full = Vec::new();
            for (at, entry) in entries.iter().enumerate() {
                let payload = payloads.get(at);
                if let Some(payload) = payload {
                    self.note_place(entry, payload);
                }
                full.extend(audit.entry(entry, payload));
            }
            for tile in full {
                let served = self.source.tile(tile.path).await?;
                audit.tile(&tile, &served);
            }
            if told.elapsed() > Duration::from_secs(2) {
                eprintln!("{} of {size} entries read", audit.size());
                told = Instant::now();
            }
        }
        for tile in audit.last_tiles() {
            let served = self.source.tile(tile.path).await?;
            audit.tile(&tile, &served);
        }
        Ok(audit.finish(&self.checkpoint))
    }

    /// What opens the entries of a bundle, all of them; none when there is nothing of the kind.
    pub async fn payloads(&self, bundle: u64, wanted: usize) -> Result<Vec<Payload>> {
        let mut payloads: Vec<Payload> = match self.opening {
            Opening::Served => {
                let name = format!("payloads/{bundle}");
                let text = String::from_utf8(self.source.need(&name).await?).context("payloads")?;
                text.lines()
                    .map(serde_json::from_str)
                    .collect::<Result<_, _>>()
                    .with_context(|| format!("{name} is not of the form"))?
            }
            Opening::Stored(app) => {
                let log = crate::log::of(app)?;
                shiji_app::log::payloads(app, log, bundle * FULL, bundle * FULL + wanted as u64).await?
            }
            Opening::Nothing => return Ok(Vec::new()),
        };
        anyhow::ensure!(
            payloads.len() >= wanted,
            "bundle {bundle}: only {} of {wanted} entries can be opened",
            payloads.len()
        );
        payloads.truncate(wanted);
        Ok(payloads)
    }

    fn note_place(&mut self, entry: &[u8], payload: &Payload) {
        let Some(text) = std::str::from_utf8(entry).ok().filter(|text| text.contains("\"kind\":\"place\""))
        else {
            return;
        };
        let is_place = read_leaf(text).is_ok_and(|leaf| leaf.kind == RecordKind::Place);
        if let (true, Ok(opened)) = (is_place, payload.open(text))
            && let Fact::Place(place) = opened.fact
        {
            self.places.insert(opened.leaf.place.0, place.slug);
        }
    }
}
