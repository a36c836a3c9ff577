//! Photos and files beside an item: the rows, and the bytes in a folder under their own digest.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use shiji_domain::id::{EvidenceId, ItemId, PeriodId, PlaceId, ReportId};
use std::path::{Path, PathBuf};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub evidence_id: EvidenceId,
    pub item_id: ItemId,
    pub report_id: ReportId,
    pub caption: String,
    pub media_type: String,
    /// Hexadecimal, of the bytes as kept.
    pub sha256: String,
    /// Bytes.
    pub size: i64,
    /// Shown on the board; otherwise for clerk, leader and auditor only.
    pub public: bool,
    pub created_at: i64,
}

fn evidence_row(row: &Row) -> Result<Evidence, StoreError> {
    Ok(Evidence {
        evidence_id: row.parsed("evidence_id")?,
        item_id: row.parsed("item_id")?,
        report_id: row.parsed("report_id")?,
        caption: row.text("caption")?,
        media_type: row.text("media_type")?,
        sha256: row.text("sha256")?,
        size: row.int("size")?,
        public: row.flag("public")?,
        created_at: row.int("created_at")?,
    })
}

pub async fn evidence_of(tx: &mut Tx, place: PlaceId, report: ReportId) -> Result<Vec<Evidence>, StoreError> {
    let sql = "SELECT evidence_id, item_id, report_id, caption, media_type, sha256, size, public, created_at \
               FROM evidence WHERE place_id = $1 AND report_id = $2 ORDER BY created_at, evidence_id";
    tx.fetch_all(sql, &[place.into(), report.into()]).await?.iter().map(evidence_row).collect()
}

/// Evidence of all reports of a period.
pub async fn evidence_in(tx: &mut Tx, place: PlaceId, period: PeriodId) -> Result<Vec<Evidence>, StoreError> {
    let sql = "SELECT evidence_id, item_id, report_id, caption, media_type, sha256, size, public, created_at \
               FROM evidence WHERE place_id = $1 AND report_id IN \
               (SELECT report_id FROM report WHERE place_id = $1 AND period_id = $2) ORDER BY created_at, evidence_id";
    tx.fetch_all(sql, &[place.into(), period.into()]).await?.iter().map(evidence_row).collect()
}

pub async fn evidence(tx: &mut Tx, place: PlaceId, id: EvidenceId) -> Result<Option<Evidence>, StoreError> {
    let sql = "SELECT evidence_id, item_id, report_id, caption, media_type, sha256, size, public, created_at \
               FROM evidence WHERE place_id = $1 AND evidence_id = $2";
    tx.fetch_optional(sql, &[place.into(), id.into()]).await?.as_ref().map(evidence_row).transpose()
}

pub async fn insert_evidence(tx: &mut Tx, place: PlaceId, evidence: &Evidence) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO evidence (place_id, evidence_id, item_id, report_id, caption, media_type, sha256, size, public, \
         created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            place.into(),
            evidence.evidence_id.into(),
            evidence.item_id.into(),
            evidence.report_id.into(),
            (&evidence.caption).into(),
            (&evidence.media_type).into(),
            (&evidence.sha256).into(),
            evidence.size.into(),
            evidence.public.into(),
            evidence.created_at.into(),
        ],
    )
    .await?;
    Ok(())
}

pub async fn delete_evidence(tx: &mut Tx, place: PlaceId, id: EvidenceId) -> Result<(), StoreError> {
    let sql = "DELETE FROM evidence WHERE place_id = $1 AND evidence_id = $2";
    tx.execute(sql, &[place.into(), id.into()]).await?;
    Ok(())
}

pub async fn delete_evidence_of_item(tx: &mut Tx, place: PlaceId, item: ItemId) -> Result<(), StoreError> {
    let sql = "DELETE FROM evidence WHERE place_id = $1 AND item_id = $2";
    tx.execute(sql, &[place.into(), item.into()]).await.map(|_| ())
}

/// Whether any item of the place has the file with this digest beside it.
pub async fn is_used(tx: &mut Tx, place: PlaceId, sha256: &str) -> Result<bool, StoreError> {
    let sql = "SELECT evidence_id FROM evidence WHERE place_id = $1 AND sha256 = $2 LIMIT 1";
    Ok(tx.fetch_optional(sql, &[place.into(), sha256.into()]).await?.is_some())
}

/// The folder that keeps the bytes, one folder per place. A file's name is its digest, so a file is never rewritten and
/// the same photo is kept once.
#[derive(Debug, Clone)]
pub struct EvidenceFolder {
    root: PathBuf,
}

impl EvidenceFolder {
    pub fn new(root: PathBuf) -> EvidenceFolder {
        EvidenceFolder { root }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    fn path(&self, place: PlaceId, sha256: &str) -> PathBuf {
        self.root.join(place.to_string()).join(sha256)
    }

    /// Puts the bytes down so that they survive a power cut, before the row that names them is written.
    ///
    /// # Errors
    /// When the disk is full or the folder cannot be written.
    pub async fn put(&self, place: PlaceId, sha256: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        let path = self.path(place, sha256);
        tokio::task::spawn_blocking(move || write_whole(&path, &bytes))
            .await
            .map_err(std::io::Error::other)??;
        Ok(())
    }

    /// # Errors
    /// When there is no such file.
    pub async fn get(&self, place: PlaceId, sha256: &str) -> Result<Vec<u8>, StoreError> {
        if sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(std::io::Error::from(std::io::ErrorKind::NotFound).into());
        }
        Ok(tokio::fs::read(self.path(place, sha256)).await?)
    }

    /// Deletes the file; that it is gone already is no error.
    ///
    /// # Errors
    /// When it is there and cannot be deleted.
    pub async fn remove(&self, place: PlaceId, sha256: &str) -> Result<(), StoreError> {
        match tokio::fs::remove_file(self.path(place, sha256)).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

/// A half-written file must never stand under its digest: written beside it, flushed, then renamed.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    if path.exists() {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let part = path.with_extension(format!("part{}", std::process::id()));
    let written = std::fs::File::create(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let placed = written.and_then(|()| std::fs::rename(&part, path));
    if placed.is_err() {
        let _ = std::fs::remove_file(&part);
        return placed;
    }
    std::fs::File::open(folder)?.sync_all()
}
