//! `shiji log`: the installation's own transparency log.

use crate::wiring::{DataSettings, SystemEntropy};
use anyhow::{Context as _, Result};
use clap::Subcommand;
use shiji_app::log::{Log, begin, close_log, sequence, status};
use shiji_app::{App, Entropy as _};
use shiji_log::{LogFiles, Peer};
use shiji_record::log::key::{PublicKey, Purpose, SecretKey};
use shiji_record::log::policy::Policy;
use shiji_store::Store;
use std::io::Write as _;
use std::path::Path;

pub const KEY_FILE: &str = "log.key";
/// Where a log is only read: its verifier key.
pub const VKEY_FILE: &str = "log.vkey";
pub const POLICY_FILE: &str = "log-policy.txt";
pub const STATE_FILE: &str = "log-state.sqlite";
pub const FILES_FOLDER: &str = "log";

#[derive(clap::Args)]
pub struct LogArguments {
    #[command(subcommand)]
    act: LogAct,
}

#[derive(Subcommand)]
enum LogAct {
    /// Make the key and begin a log. What was published before enters it first.
    Init {
        /// The log's name for ever: an address without https://, such as board.chengwan.gov.example/log.
        #[arg(long)]
        origin: String,
    },
    /// Say how the log stands.
    Status,
    /// Bring what is published into the log now, and ask the witnesses; `shiji serve` does this by itself.
    Sequence,
    /// After an old copy of the database was brought back: take in what was signed since, from a mirror or from the site.
    Fetch {
        /// Address of the board that still has it.
        url: String,
    },
    /// Close the log for good with a last entry; a new one begins under the new origin, with a new key.
    Rotate {
        #[arg(long)]
        origin: String,
    },
}

pub async fn run(settings: &DataSettings, arguments: LogArguments) -> Result<()> {
    match arguments.act {
        LogAct::Init { origin } => init(settings, &origin).await,
        LogAct::Status => show(&settings.open().await?).await,
        LogAct::Sequence => {
            let app = settings.open().await?;
            let done = sequence(&app, of(&app)?).await?;
            println!("{} entries, {} of them new", done.size, done.added);
            show(&app).await
        }
        LogAct::Fetch { url } => crate::bring_back::run(settings, &url).await,
        LogAct::Rotate { origin } => rotate(settings, &origin).await,
    }
}

pub fn of(app: &App) -> Result<&Log> {
    app.log.as_deref().context("there is no log here yet; begin one with `shiji log init --origin NAME`")
}

async fn init(settings: &DataSettings, origin: &str) -> Result<()> {
    let key = begin_quietly(settings, origin).await?;
    println!("log {origin}");
    println!("verifier key, for everybody: {}", key.to_text());
    let file = settings.data.join(KEY_FILE);
    println!("secret key: {} (keep a copy in a safe, apart from the data)", file.display());
    println!("last signed state: {} (never bring it back from an old copy)", state_of(settings));
    Ok(())
}

/// Makes the key and begins the log.
pub async fn begin_quietly(settings: &DataSettings, origin: &str) -> Result<PublicKey> {
    let file = settings.data.join(KEY_FILE);
    anyhow::ensure!(
        !file.exists(),
        "{} is there already: this installation has its log; `shiji log rotate` closes it and begins another",
        file.display()
    );
    std::fs::create_dir_all(&settings.data)?;
    let key = make_key(&file, origin, Purpose::Log)?;
    let app = settings.open().await?;
    begin(&app, of(&app)?).await?;
    app.store.close().await;
    Ok(key)
}

fn state_of(settings: &DataSettings) -> String {
    match &settings.log_state {
        Some(_) => "the database named by SHIJI_LOG_STATE".into(),
        None => settings.data.join(STATE_FILE).display().to_string(),
    }
}

/// Makes a key file that only its owner can read; one that is there is never written over.
pub fn make_key(file: &Path, name: &str, purpose: Purpose) -> Result<PublicKey> {
    let mut seed = [0_u8; 32];
    SystemEntropy.fill(&mut seed);
    let key = SecretKey::new(name, purpose, seed)?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut written = options.open(file).with_context(|| format!("cannot make {}", file.display()))?;
    writeln!(written, "{}", key.to_text())?;
    written.sync_all()?;
    Ok(key.public())
}

/// # Errors
/// Refuses a key file that others can read.
pub fn read_key(file: &Path) -> Result<SecretKey> {
    must_be_private(file)?;
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    SecretKey::from_text(&text).with_context(|| format!("{} does not hold a key", file.display()))
}

/// # Errors
/// Refuses a file that others than its owner can read.
pub fn must_be_private(file: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(file)?.permissions().mode();
        anyhow::ensure!(
            mode & 0o077 == 0,
            "{} can be read by others than its owner; take that right away (chmod 600) and think about whether it was read",
            file.display()
        );
    }
    Ok(())
}

/// The log of the data folder, when there is one.
pub async fn open(settings: &DataSettings, app: &App) -> Result<Option<Log>> {
    let (key_file, vkey_file) = (settings.data.join(KEY_FILE), settings.data.join(VKEY_FILE));
    let (key, public) = if key_file.exists() {
        let key = read_key(&key_file)?;
        let public = key.public();
        (Some(key), public)
    } else if vkey_file.exists() {
        let text = std::fs::read_to_string(&vkey_file)?;
        (None, PublicKey::from_text(&text).with_context(|| format!("{}", vkey_file.display()))?)
    } else {
        return Ok(None);
    };
    anyhow::ensure!(public.purpose() == Purpose::Log, "{} is not the key of a log", key_file.display());
    let policy_file = settings.data.join(POLICY_FILE);
    let policy = if policy_file.exists() {
        let text = std::fs::read_to_string(&policy_file)?;
        Policy::from_text(&text).with_context(|| format!("{}", policy_file.display()))?
    } else {
        Policy::none()
    };
    let files = match &settings.log_files {
        Some(address) => LogFiles::s3(address, std::env::vars())?,
        None => LogFiles::folder(&settings.data.join(FILES_FOLDER))?,
    };
    let state = match &settings.log_state {
        Some(address) => Store::open_log_state_postgres(address).await?,
        None => Store::open_log_state_sqlite(&settings.data.join(STATE_FILE)).await?,
    };
    let holder: [u8; 8] = app.random();
    let holder: String = holder.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Some(Log::new(files, state, key, public, policy, Peer::new()?, holder)))
}

async fn show(app: &App) -> Result<()> {
    let log = of(app)?;
    let status = status(app, log).await?;
    println!("log {}", status.origin);
    println!("verifier key {}", status.key);
    match &status.published {
        None => println!("no checkpoint is published yet"),
        Some(published) => println!(
            "published checkpoint: {} entries, root {}",
            published.checkpoint.size, published.checkpoint.root
        ),
    }
    for (witness, time) in &status.cosigned {
        match time {
            Some(time) => println!("witness {witness}: countersigned at {time} (seconds since 1970)"),
            None => println!("witness {witness}: has not countersigned this checkpoint"),
        }
    }
    for (witness, why) in log.silent() {
        println!("witness {witness}: {why}");
    }
    println!("waiting: {}", status.waiting);
    if let Some(standstill) = status.standstill {
        anyhow::bail!("nothing is signed: {standstill}");
    }
    Ok(())
}

/// The new key is made first, so that the last entry of the old log can name it.
async fn rotate(settings: &DataSettings, origin: &str) -> Result<()> {
    let data = &settings.data;
    anyhow::ensure!(
        settings.log_files.is_none(),
        "close a log in an object store by hand: `shiji log rotate` moves folders of this machine"
    );
    let (key_file, next_file) = (data.join(KEY_FILE), data.join("log.key.next"));
    let app = settings.open().await?;
    let log = of(&app)?;
    anyhow::ensure!(log.origin() != origin, "the new log needs a name of its own");
    let next = if next_file.exists() {
        read_key(&next_file)?.public()
    } else {
        make_key(&next_file, origin, Purpose::Log)?
    };
    let closed = close_log(&app, log, Some(&next)).await?;
    anyhow::ensure!(
        closed.published,
        "the last checkpoint waits for its witnesses; call this again when they are up"
    );
    let old_origin = log.origin().to_owned();
    let kept = data.join("log-closed").join(format!("{:08x}", log.public.id()));
    app.store.close().await;
    std::fs::create_dir_all(&kept)?;
    std::fs::rename(data.join(FILES_FOLDER), kept.join(FILES_FOLDER))?;
    std::fs::rename(&key_file, kept.join(KEY_FILE))?;
    std::fs::rename(&next_file, &key_file)?;
    let app = settings.open().await?;
    begin(&app, of(&app)?).await?;
    println!("closed {old_origin} with {} entries; its files and key are in {}", closed.size, kept.display());
    println!("log {origin}");
    println!("verifier key, for everybody: {}", next.to_text());
    Ok(())
}
