//! `shiji mirror`: a full copy of another installation's log, verified as it is taken in. From it the whole public site is
//! derived, and served by `shiji serve` on the same folder.

use crate::log::{FILES_FOLDER, POLICY_FILE, VKEY_FILE};
use crate::verify::{Opening, Reader};
use crate::wiring::DataSettings;
use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};
use shiji_app::App;
use shiji_app::log::{Copied, copied_size, note_copied, take_in};
use shiji_log::source::Source;
use shiji_log::{LogFiles, Peer};
use shiji_record::canonical::read_leaf;
use shiji_record::fact::{Fact, PublicEvidence};
use shiji_record::log::audit::Audit;
use shiji_record::log::bundle;
use shiji_record::log::checkpoint::SignedCheckpoint;
use shiji_record::log::key::PublicKey;
use shiji_record::log::path::{FULL, Kind, TilePath};
use shiji_record::log::tree::Edge;
use shiji_record::payload::Payload;
use std::collections::HashMap;
use std::path::Path;

#[derive(clap::Args)]
pub struct MirrorArguments {
    /// Address of the board to copy.
    url: String,
    /// The log's verifier key, got elsewhere than from the site; needed the first time.
    #[arg(long)]
    vkey: Option<String>,
    /// Believe the key that the site names, the first time.
    #[arg(long)]
    trust_first: bool,
}

/// Whether the data folder is a copy, which nobody works in.
pub fn is_mirror(app: &App) -> bool {
    app.log.as_ref().is_some_and(|log| log.key.is_none())
}

pub async fn run(settings: &DataSettings, arguments: MirrorArguments) -> Result<()> {
    let site = arguments.url.trim_end_matches('/').to_owned();
    let peer = Peer::new()?;
    let source = Source::Remote { peer: peer.clone(), prefix: format!("{site}/log") };
    prepare(&settings.data, &source, &arguments).await?;
    let app = settings.open().await?;
    let log = crate::log::of(&app)?;
    anyhow::ensure!(is_mirror(&app), "{} is a town, not a copy", settings.data.display());
    let bytes = source.need("checkpoint").await.context("the log has no checkpoint")?;
    let signed = SignedCheckpoint::open(&bytes, &log.public).context("the checkpoint")?;
    anyhow::ensure!(log.policy.is_met(&signed), "fewer witnesses countersigned than the policy asks for");
    let older = match log.files.checkpoint().await? {
        Some(bytes) => vec![SignedCheckpoint::open(&bytes, &log.public)?.checkpoint],
        None => Vec::new(),
    };
    // Nothing of the new part is taken in before its root is the signed one; what was downloaded stays for the next try.
    let part = LogFiles::folder(&settings.data.join("log-part"))?;
    let size = signed.checkpoint.size;
    download(&source, &log.files, &part, size).await?;
    let held = Held { log: &log.files, part: &part };
    prove(&held, &signed, &older).await?;
    let opening = Opening::Served;
    let reader = Reader::new(&source, &opening, signed.checkpoint.clone());
    let mut audit = Audit::new(older);
    let photos = take_everything(&app, log.origin(), &reader, &held, &mut audit, size).await?;
    let finished = audit.finish(&signed.checkpoint);
    if let Some(violation) = finished.violations.first() {
        anyhow::bail!("NOT copied to the end: {} faults; the first: {violation}", finished.counts.violations);
    }
    let files = fetch_photos(&app, &peer, &site, photos).await?;
    write_files(&held, &log.files, size).await?;
    note_copied(&app, log.origin(), size, &signed.checkpoint.root.to_string()).await?;
    log.files.put_checkpoint(&signed.to_text()).await?;
    std::fs::remove_dir_all(settings.data.join("log-part"))?;
    println!("copied and verified: {size} entries of {}, {files} photos", log.origin());
    app.store.close().await;
    Ok(())
}

/// The first time: whose log this is, and its witnesses.
async fn prepare(data: &Path, source: &Source, arguments: &MirrorArguments) -> Result<()> {
    std::fs::create_dir_all(data.join(FILES_FOLDER))?;
    let file = data.join(VKEY_FILE);
    if file.exists() {
        return Ok(());
    }
    anyhow::ensure!(
        !data.join(crate::log::KEY_FILE).exists(),
        "{} is a town of its own; choose an empty folder with --data",
        data.display()
    );
    let key = match &arguments.vkey {
        Some(key) => key.clone(),
        None => {
            anyhow::ensure!(
                arguments.trust_first,
                "give the log's verifier key with --vkey, or --trust-first to believe the one that the site names"
            );
            String::from_utf8(source.need("key").await?)?
        }
    };
    let key = PublicKey::from_text(&key).context("the log's key")?;
    let policy = String::from_utf8(source.need("policy").await?).context("the log's policy")?;
    std::fs::write(data.join(POLICY_FILE), policy)?;
    std::fs::write(&file, format!("{}\n", key.to_text()))?;
    Ok(())
}

/// What is here already, proved or not.
struct Held<'a> {
    log: &'a LogFiles,
    part: &'a LogFiles,
}

impl Held<'_> {
    async fn bundle(&self, path: TilePath) -> Result<Vec<u8>> {
        if let Some(bytes) = self.log.get(&path.to_string()).await? {
            return Ok(bytes);
        }
        Ok(self.part.tile(path).await?)
    }
}

/// Fetches the bundles that are missing; one that is there is not fetched again.
async fn download(source: &Source, log: &LogFiles, part: &LogFiles, size: u64) -> Result<()> {
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
async fn prove(
    held: &Held<'_>,
    signed: &SignedCheckpoint,
    older: &[shiji_record::log::checkpoint::Checkpoint],
) -> Result<()> {
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
type Photos = HashMap<(String, String), shiji_domain::id::PlaceId>;

async fn take_everything(
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
async fn fetch_photos(app: &App, peer: &Peer, site: &str, photos: Photos) -> Result<usize> {
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
async fn write_files(held: &Held<'_>, log: &LogFiles, size: u64) -> Result<()> {
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
