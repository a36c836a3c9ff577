//! `shiji verify`: reads a whole log again, everything that opens it, and the pages that are made from it.

mod affairs;
mod pages;
mod reading;

pub use reading::{Opening, Reader};

use crate::log::{FILES_FOLDER, KEY_FILE, VKEY_FILE, read_key};
use crate::wiring::{DATABASE_FILE, DataSettings};
use anyhow::{Context as _, Result};
use shiji_log::source::Source;
use shiji_log::{LogFiles, Peer};
use shiji_record::log::audit::Audit;
use shiji_record::log::checkpoint::{Checkpoint, SignedCheckpoint};
use shiji_record::log::key::PublicKey;
use shiji_record::log::policy::Policy;
use shiji_record::log::proof::ProofFile;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct VerifyArguments {
    /// Address of a board, or the data folder of a town or a mirror.
    #[arg(required_unless_present = "proof")]
    target: Option<String>,
    /// The log's verifier key; otherwise the one that the site or folder itself names.
    #[arg(long)]
    vkey: Option<String>,
    /// A checkpoint that was kept from before (a file); the log has to run through it. May be given several times.
    #[arg(long, value_name = "FILE")]
    since: Vec<PathBuf>,
    /// The text that was read from a photograph of a slip (a file); spaces and blank lines may be off.
    #[arg(long, value_name = "FILE")]
    photo_text: Vec<PathBuf>,
    /// A tlog-policy file with the witnesses to be believed; otherwise the one that the site names.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Verify one proof file, without a network; needs --vkey.
    #[arg(long, value_name = "FILE")]
    proof: Option<PathBuf>,
    /// Leave the public pages alone.
    #[arg(long)]
    no_pages: bool,
}

/// The log to verify and what is believed beforehand.
struct Target {
    source: Source,
    opening: Opening,
    key: PublicKey,
    /// Taken from the site itself: good for comparing, not for believing.
    key_is_its_own: bool,
    policy: Policy,
    /// Address of the site, without a slash at its end.
    site: Option<String>,
}

pub async fn run(settings: &DataSettings, arguments: VerifyArguments) -> Result<()> {
    if let Some(file) = &arguments.proof {
        return verify_proof(file, arguments.vkey.as_deref());
    }
    let target = target(settings, &arguments).await?;
    let mut older = Vec::new();
    for file in &arguments.since {
        older.push(kept(&std::fs::read(file)?, &target.key).with_context(|| file.display().to_string())?);
    }
    for file in &arguments.photo_text {
        let text = tidy(&std::fs::read_to_string(file)?);
        older.push(kept(text.as_bytes(), &target.key).with_context(|| file.display().to_string())?);
    }
    let bytes = target.source.need("checkpoint").await.context("the log has no checkpoint")?;
    let signed = SignedCheckpoint::open(&bytes, &target.key).context("NOT verified: the checkpoint")?;
    let mut reader = Reader::new(&target.source, &target.opening, signed.checkpoint.clone());
    let audit = Audit::new(older.clone()).keeping_latest();
    let finished = reader.read(audit).await?;
    let mut faults: Vec<String> = finished.violations.iter().map(ToString::to_string).collect();
    let mut count = usize::try_from(finished.counts.violations).unwrap_or(usize::MAX);
    if !target.policy.is_met(&signed) {
        faults.push("fewer witnesses countersigned than the policy asks for".into());
        count += 1;
    }
    let mut pages = None;
    if let (Some(site), false, Source::Remote { peer, .. }) =
        (&target.site, arguments.no_pages, &target.source)
    {
        let seen = pages::compare(peer, site, &reader.places, &finished).await?;
        count += seen.faults.len();
        faults.extend(seen.faults.iter().cloned());
        pages = Some(seen);
    }
    if faults.is_empty() {
        println!("verified: {} entries of {}", finished.counts.entries, target.key.name());
    } else {
        println!("NOT verified: {count} faults in {}", target.key.name());
    }
    report(&target, &signed, &finished.counts, older.len(), pages.as_ref());
    for fault in &faults {
        println!("  fault: {fault}");
    }
    if !faults.is_empty() {
        hint(&target, &signed).await;
    }
    anyhow::ensure!(faults.is_empty(), "{count} faults");
    Ok(())
}

/// Pages and payloads are as of now, the checkpoint is from before them: what is published meanwhile looks like a fault.
async fn hint(target: &Target, signed: &SignedCheckpoint) {
    let now = target.source.get("checkpoint").await.ok().flatten();
    let now = now.and_then(|bytes| SignedCheckpoint::open(&bytes, &target.key).ok());
    if now.is_some_and(|now| now.checkpoint.size > signed.checkpoint.size) {
        println!("  the log has grown while it was read: verify again before you believe this");
    } else if target.site.is_some() {
        println!(
            "  what was published in the last minutes may wait for its witnesses: verify again in a while"
        );
    }
}

fn report(
    target: &Target,
    signed: &SignedCheckpoint,
    counts: &shiji_record::log::audit::Counts,
    older: usize,
    pages: Option<&pages::Seen>,
) {
    println!("  checkpoint: {} entries, root {}, signed", signed.checkpoint.size, signed.checkpoint.root);
    if target.key_is_its_own {
        println!(
            "  key: taken from the log itself; compare it with one that you got elsewhere: {}",
            target.key.to_text()
        );
    }
    let cosigned = target.policy.cosigned(signed);
    println!("  witnesses: {} of {} countersigned", cosigned.len(), target.policy.witnesses.len());
    for (witness, time) in cosigned {
        println!("    {} at {time} (seconds since 1970)", witness.name);
    }
    println!("  older checkpoints met on the way: {older}");
    println!("  tiles: {}", counts.tiles);
    let opened = counts.payloads > 0 || counts.entries == 0;
    if opened {
        println!(
            "  payloads: {} with {} fields, {} of them taken away",
            counts.payloads, counts.fields, counts.withheld
        );
    } else {
        println!("  payloads: there are none here, so what the entries say was not read");
    }
    for (kind, many) in &counts.kinds {
        println!("    {kind:?}: {many}");
    }
    if opened {
        println!("  issues: {}, everybody who was expected accounted for", counts.issues);
    }
    if let Some(pages) = pages {
        println!(
            "  pages compared with the log: {} issues with {} items, {} questions, {} projects, directives, difficulties, \
             visits and minutes",
            pages.issues, pages.items, pages.questions, pages.affairs
        );
    }
}

async fn target(settings: &DataSettings, arguments: &VerifyArguments) -> Result<Target> {
    let name = arguments.target.as_deref().unwrap_or_default();
    let given = arguments.vkey.as_deref().map(PublicKey::from_text).transpose().context("--vkey")?;
    let given_policy =
        arguments.policy.as_ref().map(std::fs::read_to_string).transpose().context("--policy")?;
    if name.starts_with("http://") || name.starts_with("https://") {
        let site = name.trim_end_matches('/').to_owned();
        let source = Source::Remote { peer: Peer::new()?, prefix: format!("{site}/log") };
        let own = String::from_utf8(source.need("key").await?).context("the log's key")?;
        let policy = match given_policy {
            Some(policy) => policy,
            None => String::from_utf8(source.need("policy").await?).context("the log's policy")?,
        };
        let own = PublicKey::from_text(&own).context("the log's key")?;
        return Ok(Target {
            source,
            opening: Opening::Served,
            key_is_its_own: given.is_none(),
            key: given.unwrap_or(own),
            policy: Policy::from_text(&policy)?,
            site: Some(site),
        });
    }
    let folder = Path::new(name);
    anyhow::ensure!(
        folder.join(FILES_FOLDER).exists(),
        "{name} is neither an address nor a data folder with a log"
    );
    let key_is_its_own = given.is_none();
    let key = given.map_or_else(|| own_key(folder), Ok)?;
    // Opening a folder would lay a database down where there is none.
    let (opening, policy) = if folder.join(DATABASE_FILE).exists() || settings.database_url.is_some() {
        let settings = DataSettings { data: folder.to_owned(), ..settings.clone() };
        let app = settings.open().await?;
        let policy = crate::log::of(&app)?.policy.clone();
        (Opening::Stored(Box::new(app)), policy)
    } else {
        (Opening::Nothing, Policy::none())
    };
    let policy = given_policy.as_deref().map_or(Ok(policy), Policy::from_text)?;
    let source = Source::Files(LogFiles::folder(&folder.join(FILES_FOLDER))?);
    Ok(Target { source, opening, key_is_its_own, key, policy, site: None })
}

fn own_key(folder: &Path) -> Result<PublicKey> {
    let file = folder.join(KEY_FILE);
    if file.exists() {
        return Ok(read_key(&file)?.public());
    }
    Ok(PublicKey::from_text(&std::fs::read_to_string(folder.join(VKEY_FILE))?)?)
}

/// A checkpoint that somebody kept; its signature has to fit, or it proves nothing.
fn kept(bytes: &[u8], key: &PublicKey) -> Result<Checkpoint> {
    Ok(SignedCheckpoint::open(bytes, key).context("not a checkpoint that this log signed")?.checkpoint)
}

/// Text recognition loses blank lines, adds spaces, and keeps the line ends of the paper; the note's form is put together
/// again: origin, size, root, then the signatures, each a dash, a name and one word.
fn tidy(text: &str) -> String {
    let mut body: Vec<String> = Vec::new();
    let mut signatures: Vec<(String, String)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut words = line.trim_start_matches(['—', '–', '-']).split_whitespace();
        if line.starts_with(['—', '–', '-']) {
            signatures.push((words.next().unwrap_or_default().to_owned(), words.collect()));
        } else if let Some((_, signature)) = signatures.last_mut() {
            signature.extend(words);
        } else if body.len() < 3 {
            body.push(words.collect());
        } else {
            body[2].extend(words);
        }
    }
    let signatures = signatures.iter().map(|(name, signature)| format!("— {name} {signature}"));
    body.into_iter().chain([String::new()]).chain(signatures).map(|line| line + "\n").collect()
}

fn verify_proof(file: &Path, key: Option<&str>) -> Result<()> {
    let key = key.context("a proof file is verified with the log's key: give --vkey")?;
    let key = PublicKey::from_text(key).context("--vkey")?;
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let proof = ProofFile::from_text(&text)?;
    let opened = proof.verify(&key).context("NOT verified")?;
    println!("verified: entry {} of {}", proof.index, key.name());
    println!(
        "  logged: {:?}, revision {}, issue {}, {}",
        opened.leaf.kind, opened.leaf.revision, opened.leaf.issue, opened.leaf.day
    );
    for entry in &proof.payload.disclosures {
        let field = shiji_record::disclosure::Disclosure::decode(entry)?;
        println!("  {}: {}", field.name, field.value);
    }
    for name in opened.withheld {
        println!("  {name}: taken away");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use shiji_record::log::Hash;
    use shiji_record::log::key::{Purpose, SecretKey};

    #[test]
    fn what_was_read_from_a_photograph_is_put_together_again() {
        let key = SecretKey::new("town.example/log", Purpose::Log, [3; 32]).unwrap();
        let checkpoint = Checkpoint { origin: "town.example/log".into(), size: 7, root: Hash([1; 32]) };
        let text = checkpoint.sign(&key).unwrap().to_text();
        let read = text.replace("\n\n", "\n").replace('\n', "  \n \n").replace('—', "–");
        assert_eq!(kept(tidy(&read).as_bytes(), &key.public()).unwrap(), checkpoint);
        // A narrow sheet breaks the root and the signature.
        let narrow: String = text
            .lines()
            .flat_map(|line| {
                let letters: Vec<char> = line.chars().collect();
                letters.chunks(30).map(|part| part.iter().collect::<String>() + "\n").collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(kept(tidy(&narrow).as_bytes(), &key.public()).unwrap(), checkpoint, "{narrow}");
    }
}
