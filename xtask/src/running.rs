//! Programs and folders that last as long as a measurement or a test run.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// How many times 50 ms a server may take to end when it is asked to.
const PATIENCE: u32 = 100;

static FOLDERS: AtomicU32 = AtomicU32::new(0);

/// A new, empty folder under the system's temporary folder.
pub fn new_folder(purpose: &str) -> Result<PathBuf> {
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let name = format!("shiji-{purpose}-{}-{number}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir(&folder).with_context(|| format!("creating {}", folder.display()))?;
    Ok(folder)
}

/// A folder that is removed with what it holds.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(purpose: &str) -> Result<Self> {
        new_folder(purpose).map(Self)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A leftover in the temporary folder harms nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A server that is ended when it is dropped.
pub struct Server(Child);

impl Server {
    pub fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_owned();
        let child = command.stdin(Stdio::null()).spawn();
        child.map(Self).with_context(|| format!("starting {}", name.display()))
    }

    /// Starts `shiji demo --porcelain` and reads its address, `http://127.0.0.1:PORT`, from its output.
    pub fn start_demo(command: &mut Command) -> Result<(Self, String)> {
        let mut server = Self::start(command.stdout(Stdio::piped()))?;
        let output = server.0.stdout.take().context("the program has no output")?;
        let mut lines = BufReader::new(output).lines();
        for line in &mut lines {
            if let Some(address) = line?.strip_prefix("listening ") {
                let address = address.trim().to_owned();
                // The rest is read and thrown away, so that the program never waits for a reader.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok((server, address));
            }
        }
        bail!("the program ended before it listened");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Asked first: killed outright, nginx would leave its worker behind.
        let id = self.0.id().to_string();
        let _ = Command::new("sh").args(["-c", "kill -TERM \"$0\"", &id]).status();
        for _ in 0..PATIENCE {
            if matches!(self.0.try_wait(), Ok(Some(_))) {
                return;
            }
            sleep(Duration::from_millis(50));
        }
        // Either fails only when the server is gone already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
