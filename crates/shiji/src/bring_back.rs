//! `shiji log fetch`: after an old copy of the database was brought back, what was signed since comes from a mirror, or
//! from the site's own pages if they still stand.

use crate::copying::{Held, download, fetch_photos, prove, take_everything, write_files};
use crate::verify::{Opening, Reader};
use crate::wiring::DataSettings;
use anyhow::{Context as _, Result};
use shiji_app::log::{finish_bring_back, hold, last_signed, may_bring_back};
use shiji_log::source::Source;
use shiji_log::{LogFiles, Peer};
use shiji_record::log::Hash;
use shiji_record::log::audit::Audit;
use shiji_record::log::bundle;
use shiji_record::log::checkpoint::{Checkpoint, SignedCheckpoint};
use shiji_record::log::path::{Kind, TilePath};

/// # Errors
/// When the source is of another log, lacks entries, or tells another history; when somebody worked in the meantime.
pub async fn run(settings: &DataSettings, url: &str) -> Result<()> {
    let app = settings.open().await?;
    let log = crate::log::of(&app)?;
    anyhow::ensure!(log.key.is_some(), "this is a copy; `shiji mirror` brings it up to date");
    let site = url.trim_end_matches('/').to_owned();
    let peer = Peer::new()?;
    let source = Source::Remote { peer: peer.clone(), prefix: format!("{site}/log") };
    let bytes = source.need("checkpoint").await.context("the log has no checkpoint there")?;
    let signed = SignedCheckpoint::open(&bytes, &log.public).context("the checkpoint there")?;
    let (state_size, state_root) = last_signed(log).await?;
    let root = Hash::parse_hash(&state_root).ok().context("the last signed root cannot be read")?;
    let origin = log.origin().to_owned();
    let last = Checkpoint { origin: origin.clone(), size: state_size, root };
    let size = signed.checkpoint.size;
    hold(&app, log).await?;
    let folder = settings.data.join("log-part");
    let part = LogFiles::folder(&folder)?;
    // Nothing of what lies here is believed: everything is fetched, and what is here is compared with it at the end.
    let held = Held { log: &part, part: &part };
    download(&source, &part, &part, size).await?;
    if size >= state_size {
        prove(&held, &signed, std::slice::from_ref(&last)).await?;
    }
    may_bring_back(&app, log, &leaves(&held, size).await?).await?;
    let known = shiji_app::log::copied_size(&app, &origin).await?;
    let opening = Opening::Served;
    let reader = Reader::new(&source, &opening, signed.checkpoint.clone());
    let mut audit = Audit::new(vec![last]);
    let photos = take_everything(&app, &origin, &reader, &held, &mut audit, size).await?;
    let finished = audit.finish(&signed.checkpoint);
    if let Some(violation) = finished.violations.first() {
        anyhow::bail!(
            "NOT brought back to the end: {} faults; the first: {violation}",
            finished.counts.violations
        );
    }
    hold(&app, log).await?;
    let files = fetch_photos(&app, &peer, &site, photos).await?;
    write_files(&held, &log.files, size).await?;
    finish_bring_back(&app, log, &signed).await?;
    std::fs::remove_dir_all(folder)?;
    println!("brought back: {} entries of {origin} up to {size}, {files} photos", size.saturating_sub(known));
    app.store.close().await;
    Ok(())
}

async fn leaves(held: &Held<'_>, size: u64) -> Result<Vec<String>> {
    let mut leaves = Vec::new();
    while let Some(path) = TilePath::holding(Kind::Entries, leaves.len() as u64, size) {
        let bytes = held.bundle(path).await?;
        for entry in bundle::entries(&bytes, path.width.into())? {
            leaves.push(String::from_utf8(entry.to_vec()).context("an entry that is not text")?);
        }
    }
    Ok(leaves)
}
