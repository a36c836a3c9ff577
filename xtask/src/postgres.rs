//! A PostgreSQL of the tests' own, on a free port of this machine alone, gone when they end.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::{needs, running};

/// Holds the standard input of postgres.sh; the server goes when it is dropped, or when this process dies.
pub struct Postgres {
    keeper: Child,
    port: u16,
    folder: PathBuf,
}

impl Postgres {
    pub fn start() -> Result<Self> {
        let programs = programs().context("PostgreSQL's server programs are not on this machine")?;
        let folder = running::new_folder("postgres")?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();

        let mut command = Command::new("sh");
        command.arg("-c").arg(include_str!("postgres.sh")).arg("postgres.sh");
        command.arg(programs).arg(&folder).arg(port.to_string());
        // In a group of its own, so that Ctrl-C ends this process first and the script then cleans up.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
        if needs::is_root() {
            run_unprivileged(&mut command, &folder)?;
        }

        let mut keeper = command.spawn().context("starting PostgreSQL")?;
        let answer = keeper.stdout.take().context("the keeper of PostgreSQL has no output")?;
        let mut line = String::new();
        BufReader::new(answer).read_line(&mut line)?;
        if line.trim_end() != "ready" {
            keeper.wait()?;
            bail!("PostgreSQL did not start; its own words stand above");
        }
        Ok(Self { keeper, port, folder })
    }

    /// For a superuser who may create databases.
    pub fn url(&self) -> String {
        format!("postgres://shiji@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // The wait only delays this process until everything is gone.
        if self.keeper.wait().is_err() || self.folder.exists() {
            eprintln!("the tests' PostgreSQL may have left {}", self.folder.display());
        }
    }
}

/// The folder with `initdb`, `pg_ctl` and `postgres`: Debian keeps it off PATH, one for each version; the newest
/// is taken.
pub fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = versions
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin")))
        })
        .filter(|(_, folder)| is_complete(folder))
        .max_by_key(|(version, _)| *version)
        .map(|(_, folder)| folder);
    let on_path = || needs::on_path("initdb")?.parent().map(Path::to_path_buf);
    debian.or_else(|| on_path().filter(|folder| is_complete(folder)))
}

fn is_complete(folder: &Path) -> bool {
    ["initdb", "pg_ctl", "postgres"].iter().all(|program| folder.join(program).is_file())
}

/// PostgreSQL refuses to run as root.
fn run_unprivileged(command: &mut Command, folder: &Path) -> Result<()> {
    let (user, group) = ["postgres", "nobody"]
        .into_iter()
        .find_map(account)
        .context("root needs a user “postgres” or “nobody” to run PostgreSQL as")?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    chown(folder, Some(user), Some(group)).context("handing the folder over to PostgreSQL's user")?;
    command.uid(user).gid(group);
    Ok(())
}

/// The numbers of a user and its group.
fn account(name: &str) -> Option<(u32, u32)> {
    let accounts = fs::read_to_string("/etc/passwd").ok()?;
    let fields: Vec<&str> =
        accounts.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|fields| fields[0] == name)?;
    Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn the_server_and_its_folder_go_when_it_is_dropped() {
        if programs().is_none() {
            println!("skipped: PostgreSQL's server programs are not on this machine");
            return;
        }
        let postgres = Postgres::start().unwrap();
        let (address, folder) = (("127.0.0.1", postgres.port), postgres.folder.clone());
        assert!(TcpStream::connect(address).is_ok());

        drop(postgres);
        assert!(TcpStream::connect(address).is_err());
        assert!(!folder.exists());
    }
}
