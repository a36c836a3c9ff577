//! What was deleted stands in no file of the SQLite database.

use std::path::Path;

use shiji_store::{Store, StoreError, Tx, Value};

const WORDS: &str = "村里水表的字，谁也不该再读到";

fn is_kept(folder: &Path) -> bool {
    let files = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap());
    files.into_iter().any(|bytes| bytes.windows(WORDS.len()).any(|part| part == WORDS.as_bytes()))
}

async fn change(store: &Store, sql: &'static str, values: &[Value]) {
    let changed: Result<u64, StoreError> = store
        .write("test", &(sql, values), |tx: &mut Tx, (sql, values)| {
            Box::pin(async move { tx.execute(sql, values).await })
        })
        .await;
    changed.unwrap();
}

#[tokio::test]
async fn deleted_words_leave_the_log_when_it_is_folded() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_sqlite(&folder.path().join("town.sqlite")).await.unwrap();
    change(&store, "CREATE TABLE said (words TEXT NOT NULL)", &[]).await;
    change(&store, "INSERT INTO said (words) VALUES ($1)", &[Value::Text(Some(WORDS.to_owned()))]).await;
    change(&store, "DELETE FROM said", &[]).await;
    assert!(is_kept(folder.path()), "the log still holds them");

    let mut reader = store.read().await.unwrap();
    reader.fetch_all("SELECT words FROM said", &[]).await.unwrap();
    drop(reader);
    assert!(store.fold_log().await.unwrap());
    assert!(!is_kept(folder.path()));
}
