//! What happens before anything else: the log.

use tracing_subscriber::EnvFilter;

/// Lines go to standard error, so that standard output stays for results. `RUST_LOG` says how much.
pub fn logging() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).compact().init();
}
