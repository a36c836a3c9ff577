//! `shiji backup` and `shiji restore`: one folder that holds the database and every file it names.

use crate::wiring::{DATABASE_FILE, DataSettings, app};
use anyhow::{Context as _, Result};
use shiji_store::{Store, roster};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct BackupArguments {
    /// Folder to make; it must not exist.
    folder: PathBuf,
}

#[derive(clap::Args)]
pub struct RestoreArguments {
    /// Folder that `shiji backup` made.
    folder: PathBuf,
}

/// Written last: a folder without it is a copy that was cut off.
const COMPLETE_FILE: &str = "complete";

pub async fn backup(settings: &DataSettings, arguments: BackupArguments) -> Result<()> {
    anyhow::ensure!(
        settings.database_url.is_none(),
        "a PostgreSQL database is copied with pg_dump; copy the evidence folder beside it"
    );
    let target = &arguments.folder;
    anyhow::ensure!(!target.exists(), "{} exists; choose a folder that does not", target.display());
    let database = settings.data.join(DATABASE_FILE);
    anyhow::ensure!(database.exists(), "there is no town in {}", settings.data.display());
    let part = part_of(target);
    if part.exists() {
        std::fs::remove_dir_all(&part).context("removing the remains of a copy that was cut off")?;
    }
    std::fs::create_dir_all(&part).with_context(|| format!("cannot make {}", part.display()))?;
    let store = Store::open_sqlite(&database).await?;
    store.copy_to(&part.join(DATABASE_FILE)).await.context("copying the database")?;
    store.close().await;
    // Files are put down before the rows that name them and are never rewritten, so copying them after the database
    // finds every file that a row of the copy names.
    let files = copy_tree(&settings.data.join("evidence"), &part.join("evidence"))?;
    finish(&part, target)?;
    println!("copied the database and {files} files to {}", target.display());
    Ok(())
}

pub async fn restore(settings: &DataSettings, arguments: RestoreArguments) -> Result<()> {
    anyhow::ensure!(settings.database_url.is_none(), "a PostgreSQL database is brought back with pg_restore");
    let source = &arguments.folder;
    anyhow::ensure!(
        source.join(COMPLETE_FILE).exists(),
        "{} is not a whole copy made by `shiji backup`",
        source.display()
    );
    let target = &settings.data;
    anyhow::ensure!(
        !target.exists() || std::fs::read_dir(target)?.next().is_none(),
        "{} is not empty; a copy is brought back into a new folder, so that nothing is lost by mistake",
        target.display()
    );
    if target.exists() {
        std::fs::remove_dir(target)?;
    }
    let part = part_of(target);
    if part.exists() {
        std::fs::remove_dir_all(&part).context("removing the remains of a restore that was cut off")?;
    }
    copy_tree(source, &part)?;
    std::fs::remove_file(part.join(COMPLETE_FILE))?;
    prove(&part).await?;
    flush(&part)?;
    std::fs::rename(&part, target).with_context(|| format!("putting {} in place", target.display()))?;
    println!("brought back into {}", target.display());
    Ok(())
}

/// Opens every record of the copy before it is put in place.
async fn prove(folder: &Path) -> Result<()> {
    let store = Store::open_sqlite(&folder.join(DATABASE_FILE)).await?;
    let app = app(store, folder);
    let mut tx = app.store.read().await?;
    let places = roster::places(&mut tx).await?;
    drop(tx);
    for place in places {
        let rebuilt =
            shiji_app::publish::rebuild(&app, &place).await.context("a record of the copy is damaged")?;
        println!("{}: {} issues, {} records proved", place.name, rebuilt.issues, rebuilt.records);
    }
    app.store.close().await;
    Ok(())
}

/// Beside the target, so that the last step is a rename on the same disk.
fn part_of(target: &Path) -> PathBuf {
    let name = target.file_name().map_or_else(|| "data".into(), |name| name.to_string_lossy().into_owned());
    target.with_file_name(format!("{name}.part"))
}

fn finish(part: &Path, target: &Path) -> Result<()> {
    std::fs::write(part.join(COMPLETE_FILE), "")?;
    flush(part)?;
    std::fs::rename(part, target).with_context(|| format!("putting {} in place", target.display()))?;
    Ok(())
}

fn flush(folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            flush(&path)?;
        } else {
            std::fs::File::open(&path)?.sync_all()?;
        }
    }
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}

/// Files copied. What has not got its whole name yet is left out: no row names it.
fn copy_tree(from: &Path, to: &Path) -> Result<usize> {
    if !from.exists() {
        return Ok(0);
    }
    std::fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    let mut files = 0;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            files += copy_tree(&path, &target)?;
        } else if path.extension().is_none_or(|extension| !extension.to_string_lossy().starts_with("part")) {
            std::fs::copy(&path, &target).with_context(|| format!("copying {}", path.display()))?;
            files += 1;
        }
    }
    Ok(files)
}
