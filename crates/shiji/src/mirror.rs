//! `shiji mirror`: a full copy of another installation's log, verified as it is taken in. From it the whole public site is
//! derived, and served by `shiji serve` on the same folder.

use crate::copying::{Held, download, fetch_photos, prove, take_everything, write_files};
use crate::log::{FILES_FOLDER, POLICY_FILE, VKEY_FILE};
use crate::verify::{Opening, Reader};
use crate::wiring::DataSettings;
use anyhow::{Context as _, Result};
use shiji_app::log::note_copied;
use shiji_log::source::Source;
use shiji_log::{LogFiles, Peer};
use shiji_record::log::audit::Audit;
use shiji_record::log::checkpoint::SignedCheckpoint;
use shiji_record::log::key::PublicKey;
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

pub async fn run(settings: &DataSettings, arguments: MirrorArguments) -> Result<()> {
    let site = arguments.url.trim_end_matches('/').to_owned();
    let peer = Peer::new()?;
    let source = Source::Remote { peer: peer.clone(), prefix: format!("{site}/log") };
    prepare(&settings.data, &source, &arguments).await?;
    let app = settings.open().await?;
    let log = crate::log::of(&app)?;
    anyhow::ensure!(app.is_copy(), "{} is a town, not a copy", settings.data.display());
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
