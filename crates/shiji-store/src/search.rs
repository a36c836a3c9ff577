//! Finds published items by any word of two characters or more. The index holds pairs of neighbouring characters: a
//! contentless FTS5 table on SQLite, a GIN index on PostgreSQL. Both are asked the same and what they propose is read
//! again, so both find the same.

use crate::database::{StoreError, Tx};
use crate::value::Value;
use shiji_domain::id::{ItemId, PlaceId};
use shiji_record::projection::ItemRow;
use shiji_text::{contains, grams, runs};
use std::collections::HashMap;

/// Run after the migrations. The index itself is the one thing that each engine has in its own form; SQLite's full-text
/// tables know nothing but a number and words, so there the place stands beside the number in `search_doc` alone.
pub(crate) const SQLITE_INDEX: &str = "CREATE VIRTUAL TABLE IF NOT EXISTS search_gram USING fts5 \
     (grams, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')";
const POSTGRES_INDEX: [&str; 2] = [
    "CREATE TABLE IF NOT EXISTS search_gram (place_id TEXT NOT NULL, doc BIGINT NOT NULL, grams TEXT NOT NULL, \
     PRIMARY KEY (place_id, doc))",
    "CREATE INDEX IF NOT EXISTS search_gram_pairs ON search_gram USING gin (string_to_array(grams, ' '))",
];

pub(crate) async fn prepare_postgres(pool: &sqlx::PgPool) -> Result<(), StoreError> {
    for statement in POSTGRES_INDEX {
        // Two copies of the program that start together may both find it missing; one of them is refused.
        if sqlx::query(statement).execute(pool).await.is_err() {
            sqlx::query(statement).execute(pool).await?;
        }
    }
    Ok(())
}

// CROSS JOIN keeps SQLite to this order; left to choose, it walks all items and asks the full-text index about each. The words
// themselves are fetched for what is within the limit only.
const MATCH_SQLITE: &str = "SELECT m.doc AS doc, m.item_id AS item_id, p.body AS body FROM \
     (SELECT d.doc AS doc, d.item_id AS item_id, d.revision AS revision FROM search_gram g \
     CROSS JOIN search_doc d ON d.place_id = $1 AND d.doc = g.rowid \
     WHERE search_gram MATCH $2 AND g.rowid < $3 ORDER BY g.rowid DESC LIMIT $4) m \
     CROSS JOIN public_item p ON p.place_id = $1 AND p.item_id = m.item_id AND p.revision = m.revision \
     ORDER BY m.doc DESC";
const MATCH_POSTGRES: &str = "SELECT m.doc AS doc, m.item_id AS item_id, p.body AS body FROM \
     (SELECT d.doc AS doc, d.item_id AS item_id, d.revision AS revision FROM search_gram g \
     JOIN search_doc d ON d.place_id = $1 AND d.doc = g.doc \
     WHERE g.place_id = $1 AND string_to_array(g.grams, ' ') @> string_to_array($2, ' ') AND g.doc < $3 \
     ORDER BY g.doc DESC LIMIT $4) m \
     JOIN public_item p ON p.place_id = $1 AND p.item_id = m.item_id AND p.revision = m.revision \
     ORDER BY m.doc DESC";

/// Up to this many items, each is looked for alone; beyond, all of their issue at once.
const FEW: usize = 8;

/// Puts items of one issue into the index; the latest revision of each counts. Words that were taken away leave it.
pub(crate) async fn index_items(
    tx: &mut Tx,
    place: PlaceId,
    issue: i64,
    items: &[&ItemRow],
) -> Result<(), StoreError> {
    let mut latest: Vec<&ItemRow> = Vec::with_capacity(items.len());
    let mut at: HashMap<ItemId, usize> = HashMap::new();
    for item in items.iter().copied() {
        match at.get(&item.fact.item) {
            Some(known) if latest[*known].revision <= item.revision => latest[*known] = item,
            Some(_) => {}
            None => {
                at.insert(item.fact.item, latest.len());
                latest.push(item);
            }
        }
    }
    let known = known_docs(tx, place, issue, &latest).await?;
    let mut next = next_doc(tx, place).await?;
    let (mut docs, mut entries): (Vec<Vec<Value>>, Vec<Vec<Value>>) = (Vec::new(), Vec::new());
    for item in latest {
        let id = item.fact.item;
        let doc = match known.get(&id) {
            Some((_, revision)) if *revision > item.revision => continue,
            Some((doc, _)) => {
                remove(tx, place, id, *doc).await?;
                *doc
            }
            None => {
                next += 1;
                next - 1
            }
        };
        let words = grams(&item.fact.text).join(" ");
        if item.withheld.iter().any(|field| field == "text") || words.is_empty() {
            continue;
        }
        docs.push(vec![place.into(), doc.into(), id.into(), issue.into(), item.revision.into()]);
        entries.push(match tx {
            Tx::Sqlite(_) => vec![doc.into(), words.into()],
            Tx::Postgres(_) => vec![place.into(), doc.into(), words.into()],
        });
    }
    tx.insert_many("INSERT INTO search_doc (place_id, doc, item_id, issue_number, revision)", &docs).await?;
    let insert = match tx {
        Tx::Sqlite(_) => "INSERT INTO search_gram (rowid, grams) /* place_id: search_doc */",
        Tx::Postgres(_) => "INSERT INTO search_gram (place_id, doc, grams)",
    };
    tx.insert_many(insert, &entries).await
}

async fn next_doc(tx: &mut Tx, place: PlaceId) -> Result<i64, StoreError> {
    let row = match tx {
        Tx::Sqlite(_) => {
            // One row of numbers for all places: the index of each is the same table.
            let sql = "SELECT max(rowid) AS latest FROM search_gram /* place_id: search_doc */";
            tx.fetch_optional(sql, &[]).await?
        }
        Tx::Postgres(_) => {
            let sql = "SELECT max(doc) AS latest FROM search_gram WHERE place_id = $1";
            tx.fetch_optional(sql, &[place.into()]).await?
        }
    };
    Ok(row.map_or(Ok(None), |row| row.optional_int("latest"))?.unwrap_or(0) + 1)
}

async fn remove(tx: &mut Tx, place: PlaceId, item: ItemId, doc: i64) -> Result<(), StoreError> {
    match tx {
        Tx::Sqlite(_) => {
            let sql = "DELETE FROM search_gram WHERE rowid = $1 /* place_id: search_doc */";
            tx.execute(sql, &[doc.into()]).await?
        }
        Tx::Postgres(_) => {
            let sql = "DELETE FROM search_gram WHERE place_id = $1 AND doc = $2";
            tx.execute(sql, &[place.into(), doc.into()]).await?
        }
    };
    let sql = "DELETE FROM search_doc WHERE place_id = $1 AND item_id = $2";
    tx.execute(sql, &[place.into(), item.into()]).await.map(|_| ())
}

/// Number and revision of items that are in the index.
async fn known_docs(
    tx: &mut Tx,
    place: PlaceId,
    issue: i64,
    items: &[&ItemRow],
) -> Result<HashMap<ItemId, (i64, i64)>, StoreError> {
    let mut rows = Vec::new();
    if items.len() <= FEW {
        let sql = "SELECT item_id, doc, revision FROM search_doc WHERE place_id = $1 AND item_id = $2";
        for item in items {
            rows.extend(tx.fetch_all(sql, &[place.into(), item.fact.item.into()]).await?);
        }
    } else {
        let sql = "SELECT item_id, doc, revision FROM search_doc WHERE place_id = $1 AND issue_number = $2";
        rows = tx.fetch_all(sql, &[place.into(), issue.into()]).await?;
    }
    rows.iter().map(|row| Ok((row.parsed("item_id")?, (row.int("doc")?, row.int("revision")?)))).collect()
}

/// Empties the index of a place.
pub async fn forget_all(tx: &mut Tx, place: PlaceId) -> Result<(), StoreError> {
    let clear = match tx {
        Tx::Sqlite(_) => {
            "DELETE FROM search_gram WHERE rowid IN (SELECT doc FROM search_doc WHERE place_id = $1)"
        }
        Tx::Postgres(_) => "DELETE FROM search_gram WHERE place_id = $1",
    };
    tx.execute(clear, &[place.into()]).await?;
    tx.execute("DELETE FROM search_doc WHERE place_id = $1", &[place.into()]).await.map(|_| ())
}

/// Makes the index of a place anew, in the order of its issues.
pub async fn reindex(tx: &mut Tx, place: PlaceId) -> Result<usize, StoreError> {
    forget_all(tx, place).await?;
    let mut indexed = 0;
    for issue in crate::projection::issues(tx, place).await? {
        let items = crate::projection::items_of_issue(tx, place, issue).await?;
        let items: Vec<&ItemRow> = items.iter().collect();
        index_items(tx, place, issue, &items).await?;
        indexed += items.len();
    }
    Ok(indexed)
}

/// Items in the index.
pub async fn indexed(tx: &mut Tx, place: PlaceId) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) AS many FROM search_doc WHERE place_id = $1";
    tx.fetch_optional(sql, &[place.into()]).await?.map_or(Ok(0), |row| row.size("many"))
}

/// A place in the list of hits: older than this number.
pub const NEWEST: i64 = i64::MAX;

/// Items that hold every word of `words`, the newest first, with their number; at most `most` of those older than `before`.
/// A word shorter than two characters is not looked for; without any word nothing is found.
pub async fn find(
    tx: &mut Tx,
    place: PlaceId,
    words: &str,
    before: i64,
    most: usize,
) -> Result<Vec<(i64, ItemId)>, StoreError> {
    let words: Vec<String> = runs(words).into_iter().filter(|word| word.chars().count() >= 2).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let (sql, pattern) = match tx {
        Tx::Sqlite(_) => {
            let phrases: Vec<String> =
                words.iter().map(|word| format!("\"{}\"", grams(word).join(" "))).collect();
            (MATCH_SQLITE, phrases.join(" AND "))
        }
        Tx::Postgres(_) => {
            (MATCH_POSTGRES, words.iter().flat_map(|word| grams(word)).collect::<Vec<_>>().join(" "))
        }
    };
    let mut found = Vec::new();
    let mut before = before;
    while found.len() < most {
        let batch = (most - found.len()).max(8);
        let limit = i64::try_from(batch).unwrap_or(i64::MAX);
        let values: [Value; 4] = [place.into(), pattern.as_str().into(), before.into(), limit.into()];
        let proposed = tx.fetch_all(sql, &values).await?;
        for row in &proposed {
            let (doc, item): (i64, ItemId) = (row.int("doc")?, row.parsed("item_id")?);
            before = doc;
            // Pairs that stand side by side in the index may have had a mark between them: the text itself decides.
            let body = row.text("body")?;
            if found.len() < most && words.iter().all(|word| contains(&body, word)) {
                found.push((doc, item));
            }
        }
        if proposed.len() < batch {
            break;
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    /// The other way round takes seconds in a town of one year.
    #[tokio::test]
    async fn sqlite_asks_the_index_first_and_looks_up_its_hits_only() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_sqlite(&folder.path().join("search.sqlite")).await.unwrap();
        let explained: &'static str =
            Box::leak(format!("EXPLAIN QUERY PLAN {MATCH_SQLITE}").into_boxed_str());
        let values: [Value; 4] = ["place".into(), "\"水渠\"".into(), 9_i64.into(), 8_i64.into()];
        let plan = store.read().await.unwrap().fetch_all(explained, &values).await.unwrap();
        let steps: Vec<String> = plan.iter().map(|row| row.text("detail").unwrap()).collect();
        let at = |what: &str| steps.iter().position(|step| step.contains(what));
        let (index, hit, words) = (at("SCAN g VIRTUAL TABLE"), at("SEARCH d USING"), at("SEARCH p USING"));
        assert!(index.is_some() && index < hit && hit < words, "{steps:?}");
    }
}
