//! `shiji witness`: this program as a witness for the logs of others.

use crate::log::{make_key, read_key};
use crate::wiring::{DataSettings, SystemClock};
use anyhow::{Context as _, Result};
use shiji_app::witness::Witness;
use shiji_record::log::key::{PublicKey, Purpose};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;

#[derive(clap::Args)]
pub struct WitnessArguments {
    /// The witness's name for ever: an address without https://, such as witness.county.example. Only needed the first
    /// time, when the key is made.
    #[arg(long)]
    name: Option<String>,
    /// Verifier key of a log to watch; once for each log.
    #[arg(long = "log", value_name = "VKEY")]
    logs: Vec<String>,
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// Make the key, print the verifier key, and stop.
    #[arg(long)]
    init: bool,
}

const KEY_FILE: &str = "witness.key";

pub async fn run(settings: &DataSettings, arguments: WitnessArguments) -> Result<()> {
    let folder = &settings.data;
    let file = folder.join(KEY_FILE);
    if !file.exists() {
        let name = arguments.name.as_deref().context("the first time a witness needs its --name")?;
        std::fs::create_dir_all(folder)?;
        make_key(&file, name, Purpose::Cosignature)?;
    }
    let key = read_key(&file)?;
    println!("witness {}", key.public().to_text());
    if arguments.init {
        return Ok(());
    }
    let witness = open(key, &arguments.logs, folder)?;
    let listener = TcpListener::bind(arguments.listen)
        .await
        .with_context(|| format!("cannot listen on {}", arguments.listen))?;
    println!("listening http://{}", listener.local_addr()?);
    let router = shiji_web::log::witness::router(Arc::new(witness));
    axum::serve(listener, router).with_graceful_shutdown(crate::serve::stopped()).await?;
    Ok(())
}

fn open(key: shiji_record::log::key::SecretKey, logs: &[String], folder: &Path) -> Result<Witness> {
    anyhow::ensure!(!logs.is_empty(), "name at least one log to watch with --log VKEY");
    let logs = logs
        .iter()
        .map(|text| PublicKey::from_text(text).with_context(|| format!("{text} is not a verifier key")))
        .collect::<Result<Vec<_>>>()?;
    anyhow::ensure!(
        logs.iter().all(|log| log.purpose() == Purpose::Log),
        "a witness watches logs, not other witnesses"
    );
    Ok(Witness::open(key, logs, &folder.join("witness"), Arc::new(SystemClock))?)
}
