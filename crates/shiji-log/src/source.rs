//! Where a log is read from: its own files, or another installation's address.

use crate::files::{FilesError, LogFiles};
use crate::peer::{Peer, PeerError};
use shiji_record::log::path::TilePath;

#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    #[error(transparent)]
    Files(#[from] FilesError),
    #[error(transparent)]
    Peer(#[from] PeerError),
    #[error("{0} is not there")]
    Missing(String),
}

#[derive(Debug, Clone)]
pub enum Source {
    Files(LogFiles),
    /// `prefix` ends in `/log`.
    Remote {
        peer: Peer,
        prefix: String,
    },
}

impl Source {
    /// # Errors
    /// When it cannot be read; `None` when there is no such file.
    pub async fn get(&self, name: &str) -> Result<Option<Vec<u8>>, SourceError> {
        match self {
            Source::Files(files) => Ok(files.get(name).await?),
            Source::Remote { peer, prefix } => Ok(peer.get(&format!("{prefix}/{name}")).await?),
        }
    }

    /// # Errors
    /// When it cannot be read or is not there.
    pub async fn need(&self, name: &str) -> Result<Vec<u8>, SourceError> {
        self.get(name).await?.ok_or_else(|| SourceError::Missing(name.to_owned()))
    }

    /// A tile, or the full tile that has taken its place.
    ///
    /// # Errors
    /// When neither is there.
    pub async fn tile(&self, path: TilePath) -> Result<Vec<u8>, SourceError> {
        match self.get(&path.to_string()).await? {
            Some(bytes) => Ok(bytes),
            None if path.is_full() => Err(SourceError::Missing(path.to_string())),
            None => self.need(&path.full().to_string()).await,
        }
    }
}
