//! Where things lie.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// The root of the repository.
pub fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

/// The folder of the browser tests.
pub fn browser_tests() -> PathBuf {
    root().join("e2e")
}

/// The program as cargo built it in `profile` (`debug` or `release`).
///
/// Cargo puts this task runner at `<target>/<profile>/xtask`, wherever `<target>` was configured to be.
pub fn program(profile: &str) -> Result<PathBuf> {
    Ok(target()?.join(profile).join("shiji"))
}

/// The target folder.
pub fn target() -> Result<PathBuf> {
    let own = std::env::current_exe().context("finding the target folder")?;
    Ok(own.ancestors().nth(2).context("the task runner lies outside a target folder")?.to_path_buf())
}

/// Cargo, started at the root, on the database that its caller names and on no other.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).env_remove("DATABASE_URL");
    command
}
