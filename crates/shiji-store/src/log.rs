//! Which record stands where in the log: the queue, the indexes given out, and the lease of whoever sequences.

use crate::database::{StoreError, Tx};
use crate::value::{Row, Value};
use jiff::civil::Date;
use shiji_domain::id::{PlaceId, RecordId};
use shiji_record::canonical::Record;
use shiji_record::fact::Kind;
use shiji_record::payload::Payload;

/// Queues records of one issue in the transaction that publishes them; positions are counted from `first`. A clock that went
/// back must not put a correction or a step before what it follows: nothing is queued for a time before what waits.
pub async fn enqueue(
    tx: &mut Tx,
    place: PlaceId,
    first: i64,
    records: &[Record],
    now: i64,
) -> Result<(), StoreError> {
    let latest = tx.fetch_optional("SELECT max(queued_at) AS latest FROM log_queue", &[]).await?;
    let latest = latest.map(|row| row.optional_int("latest")).transpose()?.flatten();
    let now = latest.map_or(now, |latest| latest.max(now));
    let rows: Vec<Vec<Value>> = (first..)
        .zip(records)
        .map(|(position, record)| {
            vec![place.into(), record.record_id.into(), now.into(), record.leaf.issue.into(), position.into()]
        })
        .collect();
    let insert = "INSERT INTO log_queue (place_id, record_id, queued_at, issue_number, position)";
    tx.insert_many(insert, &rows).await
}

/// Takes or prolongs the lease until `until`; false when another holder has it at `now`. Milliseconds.
pub async fn take_lease(tx: &mut Tx, holder: &str, now: i64, until: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE log_lease SET holder = $1, lease_until = $2 \
               WHERE task = 'sequence' AND (holder = $1 OR lease_until < $3)";
    Ok(tx.execute(sql, &[holder.into(), until.into(), now.into()]).await? == 1)
}

pub async fn give_lease_back(tx: &mut Tx, holder: &str) -> Result<(), StoreError> {
    let sql = "UPDATE log_lease SET lease_until = 0 WHERE task = 'sequence' AND holder = $1";
    tx.execute(sql, &[holder.into()]).await.map(|_| ())
}

/// Entries of the log that have an index.
pub async fn entry_count(tx: &mut Tx, origin: &str) -> Result<u64, StoreError> {
    let sql = "SELECT max(log_index) AS latest FROM log_entry WHERE origin = $1";
    match tx.fetch_optional(sql, &[origin.into()]).await? {
        None => Ok(0),
        Some(row) => {
            Ok(row.optional_int("latest")?.map_or(0, |latest| u64::try_from(latest + 1).unwrap_or(0)))
        }
    }
}

/// The highest index of any log.
pub async fn latest_index(tx: &mut Tx) -> Result<i64, StoreError> {
    let sql = "SELECT max(log_index) AS latest FROM log_entry";
    let row = tx.fetch_optional(sql, &[]).await?;
    row.map_or(Ok(0), |row| Ok(row.optional_int("latest")?.unwrap_or(0)))
}

/// Records that wait for an index.
pub async fn queue_length(tx: &mut Tx) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) AS many FROM log_queue";
    tx.fetch_optional(sql, &[]).await?.map_or(Ok(0), |row| row.size("many"))
}

/// A record that waits for an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    pub place: PlaceId,
    pub record: RecordId,
    pub leaf: String,
}

/// Everything that waits for an index.
pub async fn queued(tx: &mut Tx) -> Result<Vec<Queued>, StoreError> {
    // Not a join: an engine that knows nothing of the sizes would go through all records for a queue that is mostly empty.
    let sql = "SELECT q.place_id AS place_id, q.record_id AS record_id, (SELECT r.leaf FROM record r \
               WHERE r.place_id = q.place_id AND r.record_id = q.record_id) AS leaf FROM log_queue q";
    let queued = tx.fetch_all(sql, &[]).await?;
    queued
        .iter()
        .map(|row: &Row| {
            let (place, record) = (row.parsed("place_id")?, row.parsed("record_id")?);
            Ok(Queued { place, record, leaf: row.text("leaf")? })
        })
        .collect()
}

/// Takes a record out of the queue that has its index.
pub async fn unqueue(tx: &mut Tx, place: PlaceId, record: RecordId) -> Result<(), StoreError> {
    let sql = "DELETE FROM log_queue WHERE place_id = $1 AND record_id = $2";
    tx.execute(sql, &[place.into(), record.into()]).await.map(|_| ())
}

/// Gives indexes to up to `most` queued records, in the order of their publication; returns how many.
pub async fn give_indexes(tx: &mut Tx, origin: &str, most: i64) -> Result<usize, StoreError> {
    let sql = "SELECT place_id, record_id FROM log_queue \
               ORDER BY queued_at, place_id, issue_number, position, record_id LIMIT $1";
    let queued = tx.fetch_all(sql, &[most.into()]).await?;
    let first = i64::try_from(entry_count(tx, origin).await?).unwrap_or(i64::MAX);
    let mut rows: Vec<Vec<Value>> = Vec::with_capacity(queued.len());
    for (index, row) in (first..).zip(&queued) {
        rows.push(vec![
            origin.into(),
            index.into(),
            row.text("place_id")?.into(),
            row.text("record_id")?.into(),
        ]);
    }
    tx.insert_many("INSERT INTO log_entry (origin, log_index, place_id, record_id)", &rows).await?;
    for row in &rows {
        let sql = "DELETE FROM log_queue WHERE place_id = $1 AND record_id = $2";
        tx.execute(sql, &row[2..]).await?;
    }
    Ok(rows.len())
}

/// The entries of the log from index `first` to before `end`, byte for byte.
pub async fn entries(tx: &mut Tx, origin: &str, first: u64, end: u64) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT coalesce(r.leaf, o.leaf) AS leaf FROM log_entry e \
               LEFT JOIN record r ON r.place_id = e.place_id AND r.record_id = e.record_id \
               LEFT JOIN log_own_entry o ON o.record_id = e.record_id \
               WHERE e.origin = $1 AND e.log_index >= $2 AND e.log_index < $3 ORDER BY e.log_index";
    tx.fetch_all(sql, &[origin.into(), index(first), index(end)])
        .await?
        .iter()
        .map(|row| row.text("leaf"))
        .collect()
}

/// What opens the entries from index `first` to before `end`.
pub async fn payloads(tx: &mut Tx, origin: &str, first: u64, end: u64) -> Result<Vec<Payload>, StoreError> {
    let sql = "SELECT coalesce(r.disclosures, o.disclosures) AS disclosures FROM log_entry e \
               LEFT JOIN record r ON r.place_id = e.place_id AND r.record_id = e.record_id \
               LEFT JOIN log_own_entry o ON o.record_id = e.record_id \
               WHERE e.origin = $1 AND e.log_index >= $2 AND e.log_index < $3 ORDER BY e.log_index";
    let rows = tx.fetch_all(sql, &[origin.into(), index(first), index(end)]).await?;
    rows.iter().map(|row| Ok(Payload::from_stored(&row.json::<Vec<String>>("disclosures")?))).collect()
}

/// Where records about a subject stand: index, leaf and payload, in the order of the log.
pub async fn entries_about(
    tx: &mut Tx,
    origin: &str,
    place: PlaceId,
    subject: uuid::Uuid,
) -> Result<Vec<(u64, String, Payload)>, StoreError> {
    let sql = "SELECT e.log_index AS log_index, r.leaf AS leaf, r.disclosures AS disclosures \
               FROM record r JOIN log_entry e ON e.place_id = r.place_id AND e.record_id = r.record_id \
               WHERE r.place_id = $1 AND r.subject_id = $2 AND e.origin = $3 ORDER BY e.log_index";
    let rows = tx.fetch_all(sql, &[place.into(), subject.to_string().into(), origin.into()]).await?;
    rows.iter()
        .map(|row: &Row| {
            let payload = Payload::from_stored(&row.json::<Vec<String>>("disclosures")?);
            Ok((row.size("log_index")?, row.text("leaf")?, payload))
        })
        .collect()
}

/// The leaves of an issue's records with their indexes, in the order of the log.
pub async fn leaves_of_issue(
    tx: &mut Tx,
    origin: &str,
    place: PlaceId,
    issue: i64,
) -> Result<Vec<(u64, String)>, StoreError> {
    let sql = "SELECT e.log_index AS log_index, r.leaf AS leaf \
               FROM record r JOIN log_entry e ON e.place_id = r.place_id AND e.record_id = r.record_id \
               WHERE r.place_id = $1 AND r.issue_number = $2 AND e.origin = $3 ORDER BY e.log_index";
    let rows = tx.fetch_all(sql, &[place.into(), issue.into(), origin.into()]).await?;
    rows.iter().map(|row: &Row| Ok((row.size("log_index")?, row.text("leaf")?))).collect()
}

/// The leaves of all records about projects, or directives, or whatever else is of `kind`, that became public from one day to
/// another, with their indexes.
pub async fn leaves_of_affairs(
    tx: &mut Tx,
    origin: &str,
    place: PlaceId,
    kind: Kind,
    days: (Date, Date),
) -> Result<Vec<(u64, String)>, StoreError> {
    let sql = "SELECT e.log_index AS log_index, r.leaf AS leaf FROM public_affair f \
               JOIN record r ON r.place_id = f.place_id AND r.subject_id = f.subject_id \
               JOIN log_entry e ON e.place_id = r.place_id AND e.record_id = r.record_id \
               WHERE f.place_id = $1 AND f.kind = $2 AND f.published_on >= $3 AND f.published_on <= $4 \
               AND e.origin = $5";
    let code = crate::public_affair::kind_code(kind)?;
    let values = [place.into(), code.into(), days.0.into(), days.1.into(), origin.into()];
    let rows = tx.fetch_all(sql, &values).await?;
    rows.iter().map(|row: &Row| Ok((row.size("log_index")?, row.text("leaf")?))).collect()
}

/// Adds an entry that is no town's record at the end of what has an index.
pub async fn append_own(tx: &mut Tx, origin: &str, record: &Record) -> Result<(), StoreError> {
    let sql = "INSERT INTO log_own_entry (record_id, leaf, disclosures) VALUES ($1, $2, $3)";
    let disclosures = serde_json::to_string(&record.disclosures)?;
    tx.execute(sql, &[record.record_id.into(), record.leaf.to_json().into(), disclosures.into()]).await?;
    let at = entry_count(tx, origin).await?;
    insert_entry(tx, origin, at, record.leaf.place, record.record_id).await
}

/// The record at an index.
pub async fn record_at(
    tx: &mut Tx,
    origin: &str,
    at: u64,
) -> Result<Option<(PlaceId, RecordId)>, StoreError> {
    let sql = "SELECT place_id, record_id FROM log_entry WHERE origin = $1 AND log_index = $2";
    let row = tx.fetch_optional(sql, &[origin.into(), index(at)]).await?;
    row.map(|row| Ok((row.parsed("place_id")?, row.parsed("record_id")?))).transpose()
}

/// Adds an entry that was read from another log's files, at the index that it has there.
pub async fn insert_entry(
    tx: &mut Tx,
    origin: &str,
    at: u64,
    place: PlaceId,
    record: RecordId,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO log_entry (origin, log_index, place_id, record_id) VALUES ($1, $2, $3, $4)";
    tx.execute(sql, &[origin.into(), index(at), place.into(), record.into()]).await.map(|_| ())
}

/// A signed tree: size and root in base64.
pub async fn head(tx: &mut Tx, origin: &str) -> Result<Option<(u64, String)>, StoreError> {
    let sql = "SELECT size, root FROM log_head WHERE origin = $1";
    let row = tx.fetch_optional(sql, &[origin.into()]).await?;
    row.map(|row| Ok((row.size("size")?, row.text("root")?))).transpose()
}

pub async fn put_head(tx: &mut Tx, origin: &str, size: u64, root: &str) -> Result<(), StoreError> {
    let values: [Value; 3] = [origin.into(), index(size), root.into()];
    let sql = "UPDATE log_head SET size = $2, root = $3 WHERE origin = $1";
    if tx.execute(sql, &values).await? == 0 {
        tx.execute("INSERT INTO log_head (origin, size, root) VALUES ($1, $2, $3)", &values).await?;
    }
    Ok(())
}

fn index(number: u64) -> Value {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}
