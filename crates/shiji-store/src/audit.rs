//! The audit trail: who did what when, before and after (invariant 7).

use crate::database::{StoreError, Tx};
use crate::value::Row;
use shiji_domain::id::{PersonId, PlaceId};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    pub audit_id: Uuid,
    pub at: i64,
    /// None for what the program did by itself or from the command line.
    pub actor_id: Option<PersonId>,
    pub act: String,
    pub subject_id: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

pub async fn insert_audit(tx: &mut Tx, place: PlaceId, entry: &AuditEntry) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO audit (place_id, audit_id, at, actor_id, act, subject_id, before_text, after_text) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            place.into(),
            entry.audit_id.to_string().into(),
            entry.at.into(),
            entry.actor_id.into(),
            (&entry.act).into(),
            (&entry.subject_id).into(),
            entry.before.clone().into(),
            entry.after.clone().into(),
        ],
    )
    .await?;
    Ok(())
}

/// The newest first, those before `before` (milliseconds).
pub async fn audit_entries(
    tx: &mut Tx,
    place: PlaceId,
    before: i64,
    most: i64,
) -> Result<Vec<AuditEntry>, StoreError> {
    let sql = "SELECT audit_id, at, actor_id, act, subject_id, before_text, after_text FROM audit \
               WHERE place_id = $1 AND at < $2 ORDER BY at DESC, audit_id DESC LIMIT $3";
    let rows = tx.fetch_all(sql, &[place.into(), before.into(), most.into()]).await?;
    rows.iter().map(entry_of).collect()
}

/// The newest first, those behind the entry `behind`: one act may write many entries at one instant.
pub async fn audit_entries_behind(
    tx: &mut Tx,
    place: PlaceId,
    behind: (i64, Uuid),
    most: i64,
) -> Result<Vec<AuditEntry>, StoreError> {
    let sql = "SELECT audit_id, at, actor_id, act, subject_id, before_text, after_text FROM audit \
               WHERE place_id = $1 AND (at < $2 OR (at = $2 AND audit_id < $3)) ORDER BY at DESC, audit_id DESC LIMIT $4";
    let values = [place.into(), behind.0.into(), behind.1.to_string().into(), most.into()];
    tx.fetch_all(sql, &values).await?.iter().map(entry_of).collect()
}

fn entry_of(row: &Row) -> Result<AuditEntry, StoreError> {
    Ok(AuditEntry {
        audit_id: row.parsed("audit_id")?,
        at: row.int("at")?,
        actor_id: row.optional_parsed("actor_id")?,
        act: row.text("act")?,
        subject_id: row.text("subject_id")?,
        before: row.optional_text("before_text")?,
        after: row.optional_text("after_text")?,
    })
}

/// Empties what was said before and after in every entry about a subject; who did what and when stands.
pub async fn scrub_subject(tx: &mut Tx, place: PlaceId, subject: &str) -> Result<(), StoreError> {
    let sql =
        "UPDATE audit SET before_text = NULL, after_text = NULL WHERE place_id = $1 AND subject_id = $2";
    tx.execute(sql, &[place.into(), subject.into()]).await.map(|_| ())
}
