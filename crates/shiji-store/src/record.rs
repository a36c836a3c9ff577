//! The published records. Rows are only ever added; of a row that stands nothing changes, but that the value and salt of a
//! field can be taken away.

use crate::database::{StoreError, Tx};
use crate::value::{Row, Value};
use shiji_domain::id::{PlaceId, RecordId};
use shiji_record::canonical::Record;
use shiji_record::fact::Fact;
use uuid::Uuid;

/// Adds records of one issue behind those it has; positions are counted from `first`.
pub async fn insert_records(
    tx: &mut Tx,
    place: PlaceId,
    first: i64,
    records: &[Record],
) -> Result<(), StoreError> {
    let mut rows: Vec<Vec<Value>> = Vec::with_capacity(records.len());
    for (position, record) in (first..).zip(records) {
        rows.push(vec![
            place.into(),
            record.leaf.issue.into(),
            position.into(),
            record.record_id.into(),
            record.leaf.id.to_string().into(),
            record.leaf.revision.into(),
            record.leaf.to_json().into(),
            serde_json::to_string(&record.disclosures)?.into(),
        ]);
    }
    tx.insert_many(
        "INSERT INTO record (place_id, issue_number, position, record_id, subject_id, revision, leaf, disclosures)",
        &rows,
    )
    .await
}

fn record_of(row: &Row) -> Result<Record, StoreError> {
    let id: RecordId = row.parsed("record_id")?;
    Record::open(id, &row.text("leaf")?, row.json("disclosures")?)
        .map_err(|source| StoreError::Record { record: id.to_string(), source: Box::new(source) })
}

/// The records of an issue in their order, each proved against its own commitment.
pub async fn records_of_issue(tx: &mut Tx, place: PlaceId, issue: i64) -> Result<Vec<Record>, StoreError> {
    let sql = "SELECT record_id, leaf, disclosures FROM record WHERE place_id = $1 AND issue_number = $2 \
               ORDER BY position";
    tx.fetch_all(sql, &[place.into(), issue.into()]).await?.iter().map(record_of).collect()
}

/// Numbers of the issues that have records.
pub async fn issues(tx: &mut Tx, place: PlaceId) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT DISTINCT issue_number FROM record WHERE place_id = $1 ORDER BY issue_number";
    tx.fetch_all(sql, &[place.into()]).await?.iter().map(|row| row.int("issue_number")).collect()
}

/// How many records the issue has: the next position.
pub async fn record_count(tx: &mut Tx, place: PlaceId, issue: i64) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) AS many FROM record WHERE place_id = $1 AND issue_number = $2";
    match tx.fetch_optional(sql, &[place.into(), issue.into()]).await? {
        None => Ok(0),
        Some(row) => row.int("many"),
    }
}

/// The latest revision of an item. A plan item's id also heads the record of its answer, so the kind is looked at.
pub async fn latest_item_record(
    tx: &mut Tx,
    place: PlaceId,
    item: Uuid,
) -> Result<Option<Record>, StoreError> {
    let sql = "SELECT record_id, leaf, disclosures FROM record WHERE place_id = $1 AND subject_id = $2 \
               ORDER BY revision DESC";
    let rows = tx.fetch_all(sql, &[place.into(), item.to_string().into()]).await?;
    for row in &rows {
        let record = record_of(row)?;
        if matches!(record.fact, Fact::Item(_) | Fact::Correction(_)) {
            return Ok(Some(record));
        }
    }
    Ok(None)
}

/// Every record about a subject, the first first.
pub async fn records_about(tx: &mut Tx, place: PlaceId, subject: Uuid) -> Result<Vec<Record>, StoreError> {
    let sql = "SELECT record_id, leaf, disclosures FROM record WHERE place_id = $1 AND subject_id = $2 \
               ORDER BY issue_number, position";
    tx.fetch_all(sql, &[place.into(), subject.to_string().into()]).await?.iter().map(record_of).collect()
}

/// Keeps what is left of the record's disclosures; its leaf stands.
pub async fn put_disclosures(tx: &mut Tx, record: &Record) -> Result<(), StoreError> {
    let sql = "UPDATE record SET disclosures = $3 WHERE place_id = $1 AND record_id = $2";
    let disclosures = serde_json::to_string(&record.disclosures)?;
    tx.execute(sql, &[record.leaf.place.into(), record.record_id.into(), disclosures.into()])
        .await
        .map(|_| ())
}
