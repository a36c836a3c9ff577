//! The key that seals addresses of readers in the database. It lies outside the database, readable by its owner only, and
//! is made at the first start.

use crate::wiring::SystemEntropy;
use anyhow::{Context as _, Result};
use shiji_app::Entropy as _;
use shiji_app::secret::SecretBox;
use std::io::Write as _;
use std::path::Path;

pub const SECRET_KEY_FILE: &str = "secret.key";
const HEADING: &str = "shiji secret key 1";

/// The key in `file`; made when there is none.
///
/// # Errors
/// When the file cannot be read or made, can be read by others than its owner, or holds no key.
pub fn open_or_make(file: &Path) -> Result<SecretBox> {
    if !file.exists() {
        // Two copies of the program may start together: the one whose file is there first has made the key.
        let made = make(file);
        if !file.exists() {
            made?;
        }
    }
    read(file)
}

/// A key that is gone with the process, for work on copies in which nothing is sealed or opened.
pub fn passing() -> SecretBox {
    SecretBox::new(random())
}

fn random() -> [u8; 32] {
    let mut key = [0_u8; 32];
    SystemEntropy.fill(&mut key);
    key
}

/// Written whole beside its place and linked there, so that nobody ever reads half a key.
fn make(file: &Path) -> Result<()> {
    let hex: String = random().iter().map(|byte| format!("{byte:02x}")).collect();
    let beside = file.with_extension(format!("key.part{}", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut written = options.open(&beside).with_context(|| format!("cannot make {}", file.display()))?;
    writeln!(written, "{HEADING}\n{hex}")?;
    written.sync_all()?;
    let linked = std::fs::hard_link(&beside, file).with_context(|| format!("cannot make {}", file.display()));
    std::fs::remove_file(&beside)?;
    linked
}

fn read(file: &Path) -> Result<SecretBox> {
    crate::log::must_be_private(file)?;
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let key = text.strip_prefix(HEADING).map(str::trim).and_then(bytes);
    let key = key.with_context(|| format!("{} does not hold a key", file.display()))?;
    Ok(SecretBox::new(key))
}

fn bytes(hex: &str) -> Option<[u8; 32]> {
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    let mut key = [0_u8; 32];
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).ok()?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_for_its_owner_only_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(SECRET_KEY_FILE);
        let first = open_or_make(&file).unwrap();
        let again = open_or_make(&file).unwrap();
        assert_eq!(first.mark("a", "b"), again.mark("a", "b"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let open = std::fs::Permissions::from_mode(0o644);
            assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
            std::fs::set_permissions(&file, open).unwrap();
            assert!(open_or_make(&file).is_err(), "a key that others can read is refused");
        }
    }

    #[test]
    fn a_broken_key_file_is_refused_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(SECRET_KEY_FILE);
        open_or_make(&file).unwrap();
        std::fs::write(&file, "shiji secret key 1\nabc").unwrap();
        assert!(open_or_make(&file).is_err());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "shiji secret key 1\nabc");
    }
}
