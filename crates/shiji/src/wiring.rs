//! The real clock and randomness, and the store that the settings name. The only place that reads either.

use crate::secret_key::{self, SECRET_KEY_FILE};
use anyhow::{Context as _, Result};
use jiff::Timestamp;
use shiji_app::outward::Outward;
use shiji_app::{App, Clock, Entropy};
use shiji_store::Store;
use shiji_store::evidence::EvidenceFolder;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the wall clock is read")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Randomness of the operating system.
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "the one place where randomness is drawn")]
    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness there are no secrets: better no program than a guessable one.
        getrandom::fill(bytes).expect("the operating system has randomness");
    }
}

/// A clock that the making of the demo moves through its year.
pub struct SetClock(AtomicI64);

impl SetClock {
    pub fn new(now: Timestamp) -> SetClock {
        SetClock(AtomicI64::new(now.as_millisecond()))
    }

    pub fn set_millis(&self, millis: i64) {
        self.0.store(millis, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap_or_default()
    }
}

/// Where the town's data lies.
#[derive(Debug, Clone, clap::Args)]
pub struct DataSettings {
    /// Folder of the database, photos and files.
    #[arg(long, env = "SHIJI_DATA", default_value = "data", global = true)]
    pub data: PathBuf,
    /// A PostgreSQL database instead of the SQLite file, such as postgres://user@host/shiji.
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// Where the files of the transparency log lie instead of the data folder: s3://BUCKET/PREFIX, with the usual AWS_…
    /// variables for endpoint, region and keys.
    #[arg(long, env = "SHIJI_LOG_FILES", global = true)]
    pub log_files: Option<String>,
    /// A PostgreSQL database of its own for the log's last signed state instead of a file in the data folder; needed when
    /// several copies of the program share one log.
    #[arg(long, env = "SHIJI_LOG_STATE", global = true, hide_env_values = true)]
    pub log_state: Option<String>,
    /// The key that seals readers' addresses, instead of secret.key in the data folder; made when it is not there. Copies
    /// of the program on one database share it.
    #[arg(long, env = "SHIJI_SECRET_KEY", global = true)]
    pub secret_key: Option<PathBuf>,
}

pub const DATABASE_FILE: &str = "shiji.sqlite";

impl DataSettings {
    pub async fn open(&self) -> Result<App> {
        std::fs::create_dir_all(&self.data)
            .with_context(|| format!("cannot make the data folder {}", self.data.display()))?;
        let store = match &self.database_url {
            Some(address) => open_postgres(address).await?,
            None => {
                let file = self.data.join(DATABASE_FILE);
                Store::open_sqlite(&file).await.with_context(|| format!("cannot open {}", file.display()))?
            }
        };
        let app = app(store, &self.data);
        let key_file = self.secret_key.clone().unwrap_or_else(|| self.data.join(SECRET_KEY_FILE));
        let app = App { secrets: secret_key::open_or_make(&key_file)?, ..app };
        let log = crate::log::open(self, &app).await?;
        Ok(App { log: log.map(Arc::new), ..app })
    }
}

async fn open_postgres(address: &str) -> Result<Store> {
    anyhow::ensure!(
        address.starts_with("postgres://") || address.starts_with("postgresql://"),
        "DATABASE_URL must start with postgres:// (SQLite needs no address: leave it out and set --data)"
    );
    Store::open_postgres(address).await.context("cannot open the PostgreSQL database named by DATABASE_URL")
}

/// Without a log, and with a key of its own that is gone with the process.
pub fn app(store: Store, data: &Path) -> App {
    App {
        store,
        evidence: EvidenceFolder::new(data.join("evidence")),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        log: None,
        secrets: secret_key::passing(),
        outward: Outward::default(),
        rehearsal: false,
    }
}
