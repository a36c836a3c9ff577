//! The log's files, as C2SP tlog-tiles lays them out.

use object_store::aws::{AmazonS3Builder, S3ConditionalPut};
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{Error, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions, PutPayload};
use shiji_record::log::path::TilePath;
use std::path::Path;
use std::sync::Arc;

pub const CHECKPOINT: &str = "checkpoint";

#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    #[error("the log's files: {0}")]
    Store(#[from] Error),
    #[error("the folder of the log's files: {0}")]
    Folder(#[from] std::io::Error),
    #[error("{0} is there already with other bytes: this would be a second history of the log")]
    Differs(String),
    #[error("{0} is missing from the log's files")]
    Missing(String),
    #[error("the address of the log's files is neither a folder nor s3://BUCKET/PREFIX: {0}")]
    Address(String),
}

/// A folder or a part of a bucket.
#[derive(Debug, Clone)]
pub struct LogFiles {
    store: Arc<dyn ObjectStore>,
    prefix: ObjectPath,
}

impl LogFiles {
    /// A folder of this machine; it is made when it is missing. Every file is on the disk before the next one is written.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn folder(folder: &Path) -> Result<LogFiles, FilesError> {
        std::fs::create_dir_all(folder)?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(LogFiles { store: Arc::new(store), prefix: ObjectPath::default() })
    }

    /// `s3://BUCKET/PREFIX`; the endpoint, region and keys stand in `settings` under their AWS_… names, as in the
    /// environment. The server has to honour `If-None-Match: *` (RFC 9110 section 13.1.2).
    ///
    /// # Errors
    /// When the address or the settings cannot be read.
    pub fn s3(
        address: &str,
        settings: impl IntoIterator<Item = (String, String)>,
    ) -> Result<LogFiles, FilesError> {
        let rest = address.strip_prefix("s3://").ok_or_else(|| FilesError::Address(address.into()))?;
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        crate::peer::install_crypto();
        let builder = settings.into_iter().fold(AmazonS3Builder::new(), |builder, (name, value)| match name
            .to_ascii_lowercase()
            .parse()
        {
            Ok(key) if name.starts_with("AWS_") => builder.with_config(key, value),
            _ => builder,
        });
        let store =
            builder.with_bucket_name(bucket).with_conditional_put(S3ConditionalPut::ETagMatch).build()?;
        Ok(LogFiles { store: Arc::new(store), prefix: ObjectPath::parse(prefix).map_err(Error::from)? })
    }

    /// Any other store; tests hand in one that fails.
    pub fn over(store: Arc<dyn ObjectStore>) -> LogFiles {
        LogFiles { store, prefix: ObjectPath::default() }
    }

    fn path(&self, name: &str) -> ObjectPath {
        name.split('/').fold(self.prefix.clone(), |path, part| path.join(part))
    }

    /// # Errors
    /// When the store cannot be read; a file that is not there is `None`.
    pub async fn get(&self, name: &str) -> Result<Option<Vec<u8>>, FilesError> {
        match self.store.get(&self.path(name)).await {
            Ok(found) => Ok(Some(found.bytes().await?.to_vec())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The bytes of a tile, or of the full tile that has taken its place.
    ///
    /// # Errors
    /// When neither is there, or the store cannot be read.
    pub async fn tile(&self, path: TilePath) -> Result<Vec<u8>, FilesError> {
        if let Some(bytes) = self.get(&path.to_string()).await? {
            return Ok(bytes);
        }
        match self.get(&path.full().to_string()).await? {
            Some(bytes) => Ok(bytes),
            None => Err(FilesError::Missing(path.to_string())),
        }
    }

    /// Puts a file that never changes. That the same bytes are there already is no error: a run that was cut off is done
    /// again.
    ///
    /// # Errors
    /// [`FilesError::Differs`] when other bytes are there; whatever the store says.
    pub async fn put_for_ever(&self, name: &str, bytes: &[u8]) -> Result<(), FilesError> {
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        let payload = PutPayload::from(bytes.to_vec());
        match self.store.put_opts(&self.path(name), payload, options).await {
            Ok(_) => Ok(()),
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => match self.get(name).await? {
                Some(there) if there == bytes => Ok(()),
                _ => Err(FilesError::Differs(name.to_owned())),
            },
            Err(error) => Err(error.into()),
        }
    }

    /// Puts the one file that changes.
    ///
    /// # Errors
    /// Whatever the store says; then the old checkpoint stands.
    pub async fn put_checkpoint(&self, text: &str) -> Result<(), FilesError> {
        self.store.put(&self.path(CHECKPOINT), PutPayload::from(text.as_bytes().to_vec())).await?;
        Ok(())
    }

    /// # Errors
    /// Whatever the store says.
    pub async fn checkpoint(&self) -> Result<Option<Vec<u8>>, FilesError> {
        self.get(CHECKPOINT).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_for_ever_takes_the_same_bytes_again_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let files = LogFiles::folder(folder.path()).unwrap();
        files.put_for_ever("tile/0/000.p/3", b"abc").await.unwrap();
        files.put_for_ever("tile/0/000.p/3", b"abc").await.unwrap();
        let refused = files.put_for_ever("tile/0/000.p/3", b"abd").await.unwrap_err();
        assert!(matches!(refused, FilesError::Differs(_)), "{refused}");
        assert_eq!(files.get("tile/0/000.p/3").await.unwrap().unwrap(), b"abc");
        assert!(folder.path().join("tile/0/000.p/3").exists(), "served by any web server as it lies there");
    }

    #[tokio::test]
    async fn the_full_tile_serves_in_the_place_of_a_partial_one() {
        let folder = tempfile::tempdir().unwrap();
        let files = LogFiles::folder(folder.path()).unwrap();
        let partial: TilePath = "tile/0/000.p/3".parse().unwrap();
        assert!(matches!(files.tile(partial).await.unwrap_err(), FilesError::Missing(_)));
        files.put_for_ever("tile/0/000", b"whole").await.unwrap();
        assert_eq!(files.tile(partial).await.unwrap(), b"whole");
    }

    #[tokio::test]
    async fn the_checkpoint_is_the_one_file_that_changes() {
        let folder = tempfile::tempdir().unwrap();
        let files = LogFiles::folder(folder.path()).unwrap();
        assert_eq!(files.checkpoint().await.unwrap(), None);
        files.put_checkpoint("one").await.unwrap();
        files.put_checkpoint("two").await.unwrap();
        assert_eq!(files.checkpoint().await.unwrap().unwrap(), b"two");
    }
}
