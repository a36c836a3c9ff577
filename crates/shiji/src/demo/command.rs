//! `shiji demo`.

use super::{DemoSignIn, fill, set_passwords};
use crate::serve::{self, ServeArguments};
use crate::wiring::{DATABASE_FILE, DataSettings};
use anyhow::{Context as _, Result};
use shiji_app::App;
use shiji_store::roster::{self, Place};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct DemoArguments {
    /// Throw the demo's town away and make it anew.
    #[arg(long)]
    fresh: bool,
    /// Print addresses and sign-ins as plain lines for programs.
    #[arg(long)]
    porcelain: bool,
    /// How many weeks back the first issue lies.
    #[arg(long, default_value_t = 52, value_parser = clap::value_parser!(i64).range(2..=520))]
    weeks: i64,
    /// Make the town and stop.
    #[arg(long)]
    no_serve: bool,
    #[command(flatten)]
    serve: ServeArguments,
}

/// Left in the data folder when the town is whole; without it a half-made one is made anew.
const SIGN_INS_FILE: &str = "demo-sign-in.txt";

pub async fn run(settings: &DataSettings, arguments: DemoArguments) -> Result<()> {
    let settings = DataSettings { data: demo_folder(settings), ..settings.clone() };
    let sign_ins = settings.data.join(SIGN_INS_FILE);
    if arguments.fresh || (settings.database_url.is_none() && !sign_ins.exists()) {
        clear(&settings.data)?;
    }
    let app = settings.open().await?;
    if !sign_ins.exists() {
        make(&app, &sign_ins, arguments.weeks).await?;
    }
    let app = App { rehearsal: true, ..with_log(&settings, app).await? };
    let lines = std::fs::read_to_string(&sign_ins).context("reading the demo's sign-ins")?;
    if arguments.no_serve {
        print_sign_ins(&lines, arguments.porcelain, None);
        return Ok(());
    }
    let server = serve::bind(&arguments.serve).await?;
    print_sign_ins(&lines, arguments.porcelain, Some(server.address()));
    server.run(app, &arguments.serve).await
}

/// The demo has a log of its own, with its key in the data folder; on PostgreSQL it is left to `shiji log init`.
async fn with_log(settings: &DataSettings, app: App) -> Result<App> {
    if app.log.is_some() || settings.database_url.is_some() {
        return Ok(app);
    }
    app.store.close().await;
    crate::log::begin_quietly(settings, ORIGIN).await?;
    let app = settings.open().await?;
    shiji_app::log::sequence(&app, crate::log::of(&app)?)
        .await
        .context("bringing the demo's year into its log")?;
    Ok(app)
}

const ORIGIN: &str = "board.chengwan.example/log";

/// The demo never touches a real town's folder.
fn demo_folder(settings: &DataSettings) -> PathBuf {
    if settings.data == Path::new("data") { PathBuf::from("data/demo") } else { settings.data.clone() }
}

/// Takes away only what a demo leaves: a folder that holds anything else is somebody's and stays as it is.
fn clear(folder: &Path) -> Result<()> {
    let database = folder.join(DATABASE_FILE);
    if database.exists() {
        let half_made = folder.join(UNFINISHED_FILE).exists();
        anyhow::ensure!(
            folder.join(SIGN_INS_FILE).exists() || half_made,
            "{} holds a town that is not a demo; choose another folder with --data",
            folder.display()
        );
    }
    let files = [
        DATABASE_FILE,
        "shiji.sqlite-wal",
        "shiji.sqlite-shm",
        crate::log::STATE_FILE,
        "log-state.sqlite-wal",
        "log-state.sqlite-shm",
        crate::log::KEY_FILE,
        SIGN_INS_FILE,
        UNFINISHED_FILE,
    ];
    for name in files {
        let file = folder.join(name);
        if file.exists() {
            std::fs::remove_file(&file).with_context(|| format!("removing {}", file.display()))?;
        }
    }
    for name in ["evidence", "dumps", crate::log::FILES_FOLDER] {
        let inner = folder.join(name);
        if inner.exists() {
            std::fs::remove_dir_all(&inner).context("removing the demo's files")?;
        }
    }
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join(UNFINISHED_FILE), "")?;
    Ok(())
}

/// Stands in the folder while a demo is being made.
const UNFINISHED_FILE: &str = "demo-unfinished";

async fn make(app: &App, sign_ins_file: &Path, weeks: i64) -> Result<()> {
    let mut tx = app.store.read().await?;
    let places = roster::places(&mut tx).await?;
    drop(tx);
    anyhow::ensure!(places.is_empty(), "the database holds a place already; a demo needs an empty one");
    eprintln!("正在生成演示数据(一个虚构的镇和一年的公示)…");
    eprintln!("Making an invented town and its year of issues …");
    let (place, sign_ins) = fill(app, app.clock.now(), weeks).await?;
    let password = password(app);
    set_passwords(app, &place, &sign_ins, &password).await?;
    std::fs::write(sign_ins_file, lines_of(&place, &sign_ins, &password))
        .context("keeping the demo's sign-ins")?;
    if let Some(folder) = sign_ins_file.parent() {
        let _ = std::fs::remove_file(folder.join(UNFINISHED_FILE));
    }
    Ok(())
}

/// Drawn anew for each demo, so that a demo shown on a network has no password that everybody knows.
fn password(app: &App) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "de", "fu", "gi", "ho", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "wo", "ya", "zu"];
    let random: [u8; 6] = app.random();
    let words: Vec<String> = random
        .chunks(2)
        .map(|pair| pair.iter().map(|byte| SYLLABLES[usize::from(byte % 16)]).collect())
        .collect();
    let number: [u8; 2] = app.random();
    format!("{}-{}", words.join("-"), 100 + u16::from_be_bytes(number) % 900)
}

fn lines_of(place: &Place, sign_ins: &[DemoSignIn], password: &str) -> String {
    sign_ins
        .iter()
        .map(|sign_in| {
            let path = format!("/{}/zh/sign-in", place.slug);
            format!(
                "sign-in\t{0}\t{0}\t{password}\t{path}\t{1}\t{2}\n",
                sign_in.role, sign_in.name, sign_in.title
            )
        })
        .collect()
}

fn print_sign_ins(lines: &str, porcelain: bool, address: Option<String>) {
    if porcelain {
        for line in lines.lines() {
            println!("{}", line.replace('\t', " "));
        }
        if let Some(address) = address {
            println!("listening {address}");
        }
        return;
    }
    let address = address.unwrap_or_default();
    println!();
    println!("  公示栏 Board            {address}/");
    println!("  大厅屏 Lobby screen     {address}/screen");
    println!();
    println!("  登录 Sign in");
    for line in lines.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if let [_, role, name, password, path, person, title] = fields[..] {
            println!("    {role:<14} {name:<14} {password}   {address}{path}   {person} {title}");
        }
    }
    println!();
    println!("  Ctrl-C 停止 stops; --fresh 重新生成 starts anew.");
    println!();
}
