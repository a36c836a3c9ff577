//! Schemathesis, in a Python environment of its own in the target folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::{needs, workspace};

const PACKAGE: &str = "schemathesis";
const VERSION: &str = "4.32.5";

/// Schemathesis asks for it.
const OLDEST_PYTHON: u32 = 10;

/// What an installer says that cannot reach its package index.
const OFFLINE: [&str; 7] = [
    "NewConnectionError",
    "Max retries exceeded",
    "Temporary failure in name resolution",
    "Name or service not known",
    "Network is unreachable",
    "ConnectTimeoutError",
    "ProxyError",
];

pub enum Schemathesis {
    Ready(Installed),
    /// The package index cannot be reached; why.
    Offline(String),
}

/// Where it lies and what runs it.
pub struct Installed {
    python: PathBuf,
    /// None in an environment that finds its own packages.
    packages: Option<PathBuf>,
}

impl Installed {
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.python);
        if let Some(packages) = &self.packages {
            command.env("PYTHONPATH", packages);
        }
        command.args(["-c", "from schemathesis.cli import schemathesis; schemathesis()"]);
        command
    }
}

/// Installs it when it is missing.
pub fn schemathesis() -> Result<Schemathesis> {
    let folder = workspace::target()?.join(format!("{PACKAGE}-{VERSION}"));
    let finished = folder.join("installed");
    if !finished.exists() {
        // What was begun and not finished is of no use.
        let _ = fs::remove_dir_all(&folder);
        let python = python().or_else(|_| needs::install_python().and_then(|()| python()))?;
        println!("\n── {PACKAGE} {VERSION} into {}", folder.display());
        let mut pip = match environment(&python, &folder)? {
            Some(own) => pip(&own, &["install"]),
            // Without the parts that make an environment, the packages alone do.
            None => {
                let mut pip = pip(&python, &["install", "--target"]);
                pip.arg(folder.join("packages"));
                pip
            }
        };
        pip.arg(format!("{PACKAGE}=={VERSION}"));
        if let Some(why) = install(&mut pip)? {
            return Ok(Schemathesis::Offline(why));
        }
        fs::write(&finished, python.to_string_lossy().as_bytes()).context("noting what pip installed")?;
    }
    let own = own_python(&folder);
    Ok(Schemathesis::Ready(if own.exists() {
        Installed { python: own, packages: None }
    } else {
        let python = fs::read_to_string(&finished)?;
        Installed { python: python.into(), packages: Some(folder.join("packages")) }
    }))
}

fn own_python(folder: &Path) -> PathBuf {
    folder.join("environment/bin/python")
}

/// A Python that is new enough: the first on PATH, or one that carries its version in its name.
fn python() -> Result<PathBuf> {
    let names = std::iter::once("python3".to_owned())
        .chain((OLDEST_PYTHON..=OLDEST_PYTHON + 10).rev().map(|minor| format!("python3.{minor}")));
    names
        .filter_map(|name| needs::on_path(&name))
        .find(|python| is_new_enough(python))
        .with_context(|| format!("Python 3.{OLDEST_PYTHON} or newer is needed for {PACKAGE}"))
}

fn is_new_enough(python: &Path) -> bool {
    let test = format!("import sys; sys.exit(sys.version_info < (3, {OLDEST_PYTHON}))");
    succeeds(Command::new(python).args(["-c", &test]))
}

fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// A new environment's Python. Debian leaves out what makes one unless `python3-venv` is installed; where that cannot be
/// had, None, if pip at least is there.
fn environment(python: &Path, folder: &Path) -> Result<Option<PathBuf>> {
    let place = folder.join("environment");
    let make = || succeeds(Command::new(python).args(["-m", "venv"]).arg(&place));
    if make() {
        return Ok(Some(own_python(folder)));
    }
    let _ = fs::remove_dir_all(&place);
    if needs::install_python().is_ok() && make() {
        return Ok(Some(own_python(folder)));
    }
    let _ = fs::remove_dir_all(&place);
    if succeeds(Command::new(python).args(["-m", "pip", "--version"])) {
        return Ok(None);
    }
    bail!("{} can make no environment. On Debian: sudo apt-get install python3-venv", python.display());
}

fn pip(python: &Path, arguments: &[&str]) -> Command {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "--disable-pip-version-check", "--no-input"]).args(arguments);
    pip
}

/// Runs pip; returns why nothing could be had when its index cannot be reached.
fn install(pip: &mut Command) -> Result<Option<String>> {
    let output = pip.stdin(Stdio::null()).output().context("starting pip")?;
    if output.status.success() {
        return Ok(None);
    }
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if is_offline(&said) {
        return Ok(Some(format!(
            "{PACKAGE} {VERSION} is not installed, and the package index cannot be reached"
        )));
    }
    bail!("pip could not install {PACKAGE} {VERSION}:\n{said}");
}

fn is_offline(said: &str) -> bool {
    OFFLINE.iter().any(|words| said.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_index_that_cannot_be_reached_is_a_reason_to_skip() {
        assert!(is_offline(
            "WARNING: Retrying … NewConnectionError('… Failed to establish a new connection')"
        ));
        assert!(!is_offline(
            "ERROR: Could not find a version that satisfies the requirement schemathesis==0"
        ));
    }
}
