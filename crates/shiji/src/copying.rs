//! Copying a log that somebody serves: downloaded first, proved as a whole, then taken in entry by entry.

use crate::verify::Reader;
use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};
use shiji_app::App;
use shiji_app::log::{Copied, copied_size, hold, take_in};
use shiji_log::source::Source;
use shiji_log::{LogFiles, Peer};
use shiji_record::canonical::read_leaf;
use shiji_record::fact::{Fact, PublicEvidence};
use shiji_record::log::audit::Audit;
use shiji_record::log::bundle;
use shiji_record::log::checkpoint::{Checkpoint, SignedCheckpoint};
use shiji_record::log::path::{FULL, Kind, TilePath};
use shiji_record::log::tree::Edge;
use shiji_record::payload::Payload;
use std::collections::HashMap;

/// What is here already, proved or not.
pub struct Held<'a> {
    pub log: &'a LogFiles,
    pub part: &'a LogFiles,
}

impl Held<'_> {
    pub async fn bundle(&self, path: TilePath) -> Result<Vec<u8>> {
        if let Some(bytes) = self.log.get(&path.to_string()).await? {
            return Ok(bytes);
        }
        Ok(self.part.tile(path).await?)
    }
}

/// Fetches the bundles that are missing; one that is there is not fetched again.
pub async fn download(source: &Source, log: &LogFiles, part: &LogFiles, size: u64) -> Result<()> {
    let mut at = 0;
    while let Some(path) = TilePath::holding(Kind::Entries, at, size) {
        let name = path.to_string();
        if log.get(&name).await?.is_none() && part.get(&name).await?.is_none() {
            let bytes = source.tile(path).await?;
            let entries = bundle::entries(&bytes, path.width.into())?;
            let mut exact = Vec::with_capacity(bytes.len());
            for entry in entries {
                bundle::push(&mut exact, entry)?;
            }
            part.put_for_ever(&name, &exact).await?;
        }
        at = (path.index + 1) * FULL;
    }
    Ok(())
}

/// The downloaded entries make up the signed tree, and it goes on from what was copied before.
pub async fn prove(held: &Held<'_>, signed: &SignedCheckpoint, older: &[Checkpoint]) -> Result<()> {
    let size = signed.checkpoint.size;
    let mut edge = Edge::default();
    while let Some(path) = TilePath::holding(Kind::Entries, edge.size(), size) {
        let bytes = held.bundle(path).await?;
        for entry in bundle::entries(&bytes, path.width.into())? {
            edge.push(entry, |_| ());
            for checkpoint in older.iter().filter(|older| older.size == edge.size()) {
                anyhow::ensure!(
                    checkpoint.root == edge.root(),
                    "the log has another history than the {} entries copied before: keep both and call its auditor",
                    checkpoint.size
                );
            }
        }
    }
    anyhow::ensure!(
        older.iter().all(|older| older.size <= size),
        "the log has shrunk below the entries copied before: keep the copy and call its auditor"
    );
    anyhow::ensure!(
        edge.root() == signed.checkpoint.root,
        "the entries do not make up the signed tree; remove the folder log-part and try again"
    );
    Ok(())
}

/// Photos by place address and digest.
pub type Photos = HashMap<(String, String), shiji_domain::id::PlaceId>;

pub async fn take_everything(
    app: &App,
    origin: &str,
    reader: &Reader<'_>,
    held: &Held<'_>,
    audit: &mut Audit,
    size: u64,
) -> Result<Photos> {
    let mut photos = Photos::new();
    let mut slugs = HashMap::new();
    let known = copied_size(app, origin).await?;
    while let Some(path) = TilePath::holding(Kind::Entries, audit.size(), size) {
        let first = path.index * FULL;
        let bytes = held.bundle(path).await?;
        let entries = bundle::entries(&bytes, path.width.into())?;
        // Also of entries that were copied before: words may have been taken away since.
        let payloads = reader.payloads(path.index, entries.len()).await?;
        let mut copied = Vec::with_capacity(entries.len());
        for (entry, payload) in entries.iter().zip(payloads) {
            audit.entry(entry, Some(&payload));
            let text = std::str::from_utf8(entry).context("an entry that is not text")?;
            note_photos(text, &payload, &mut slugs, &mut photos);
            copied.push((text.to_owned(), payload));
        }
        if let Some(log) = app.log.as_deref().filter(|log| log.key.is_some()) {
            hold(app, log).await?;
        }
        take_in(app, &Copied { origin, first, entries: copied }).await?;
        if first.is_multiple_of(64 * FULL) && first > known {
            eprintln!("{} of {size} entries taken in", audit.size());
        }
    }
    Ok(photos)
}

fn note_photos(
    leaf: &str,
    payload: &Payload,
    slugs: &mut HashMap<shiji_domain::id::PlaceId, String>,
    photos: &mut Photos,
) {
    let Ok(opened) = payload.open(leaf) else { return };
    let Ok(leaf) = read_leaf(leaf) else { return };
    let evidence: Vec<PublicEvidence> = match opened.fact {
        Fact::Place(place) => {
            slugs.insert(leaf.place, place.slug);
            Vec::new()
        }
        Fact::Item(item) => item.evidence,
        Fact::Correction(correction) => correction.item.evidence,
        _ => Vec::new(),
    };
    if let Some(slug) = slugs.get(&leaf.place) {
        photos.extend(evidence.into_iter().map(|photo| ((slug.clone(), photo.sha256), leaf.place)));
    }
}

/// Photos that are missing; each has to be the one that its record names.
pub async fn fetch_photos(app: &App, peer: &Peer, site: &str, photos: Photos) -> Result<usize> {
    let mut fetched = 0;
    for ((slug, sha256), place) in photos {
        if app.evidence.get(place, &sha256).await.is_ok() {
            continue;
        }
        let bytes = peer.get(&format!("{site}/{slug}/zh/photo/{sha256}")).await?;
        let bytes = bytes.with_context(|| format!("photo {sha256} is missing"))?;
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        anyhow::ensure!(digest == sha256, "photo {sha256} is another one than its record names");
        app.evidence.put(place, &sha256, bytes).await?;
        fetched += 1;
    }
    Ok(fetched)
}

/// Bundles and tiles under their names, made from the proved entries.
pub async fn write_files(held: &Held<'_>, log: &LogFiles, size: u64) -> Result<()> {
    let mut edge = Edge::default();
    while let Some(path) = TilePath::holding(Kind::Entries, edge.size(), size) {
        let bytes = held.bundle(path).await?;
        let mut full = Vec::new();
        for entry in bundle::entries(&bytes, path.width.into())? {
            edge.push(entry, |tile| full.push(tile));
        }
        log.put_for_ever(&path.to_string(), &bytes).await?;
        for tile in full {
            log.put_for_ever(&tile.path.to_string(), &tile.bytes).await?;
        }
    }
    for tile in edge.partial_tiles() {
        log.put_for_ever(&tile.path.to_string(), &tile.bytes).await?;
    }
    Ok(())
}
