//! The schema is the same on both engines, and `place_id` leads every key.

use shiji_store::{Store, Tx};

// The full-text index, search_gram, is the one table that each engine has in its own form.

/// table, column, type, may be NULL
type Column = (String, String, String, bool);

async fn sqlite() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_sqlite(&folder.path().join("schema.sqlite")).await.unwrap();
    (folder, store)
}

async fn sqlite_columns(tx: &mut Tx) -> Vec<Column> {
    let sql = "SELECT m.name AS of_table, c.name AS of_column, lower(c.type) AS of_type, \
               CASE WHEN c.\"notnull\" = 1 THEN 'no' ELSE 'yes' END AS nullable \
               FROM sqlite_master m JOIN pragma_table_info(m.name) c \
               WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'search\\_gram%' ESCAPE '\\' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' \
               ORDER BY m.name, c.name";
    columns(tx, sql).await
}

async fn postgres_columns(tx: &mut Tx) -> Vec<Column> {
    let sql = "SELECT table_name::text AS of_table, column_name::text AS of_column, data_type::text AS of_type, \
               lower(is_nullable::text) AS nullable FROM information_schema.columns \
               WHERE table_schema = 'public' AND table_name <> 'search_gram' AND table_name NOT LIKE '\\_sqlx%' \
               ORDER BY table_name COLLATE \"C\", column_name COLLATE \"C\"";
    columns(tx, sql).await
}

async fn columns(tx: &mut Tx, sql: &'static str) -> Vec<Column> {
    let rows = tx.fetch_all(sql, &[]).await.unwrap();
    rows.iter()
        .map(|row| {
            let text = |column| row.text(column).unwrap();
            (text("of_table"), text("of_column"), text("of_type"), text("nullable") == "yes")
        })
        .collect()
}

#[tokio::test]
async fn both_engines_have_the_same_tables_and_columns() {
    let Ok(address) = std::env::var("SHIJI_TEST_POSTGRES") else {
        println!("skipped: SHIJI_TEST_POSTGRES names no server");
        return;
    };
    let (_folder, one) = sqlite().await;
    let other = Store::create_postgres(&address, &format!("schema_{}", std::process::id())).await.unwrap();
    let on_sqlite = sqlite_columns(&mut one.read().await.unwrap()).await;
    let on_postgres = postgres_columns(&mut other.read().await.unwrap()).await;
    assert!(on_sqlite.len() > 100, "{}", on_sqlite.len());
    assert_eq!(on_sqlite, on_postgres);
}

#[tokio::test]
async fn the_place_leads_every_key() {
    let (_folder, store) = sqlite().await;
    let mut tx = store.read().await.unwrap();
    let sql = "SELECT m.name AS of_table, i.name AS of_index, c.name AS first_column FROM sqlite_master m \
               JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) c \
               WHERE m.type = 'table' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' \
               AND m.name NOT LIKE 'search\\_gram%' ESCAPE '\\' AND c.seqno = 0";
    let rows = tx.fetch_all(sql, &[]).await.unwrap();
    assert!(rows.len() > 30);
    for row in &rows {
        let (table, index) = (row.text("of_table").unwrap(), row.text("of_index").unwrap());
        // The place itself is found by its address; the log is one for all places.
        if index != "place_slug" && !table.starts_with("log_") {
            assert_eq!(row.text("first_column").unwrap(), "place_id", "{table} {index}");
        }
    }
}

/// Invariant 6, held against the text of every statement: what touches a town's table names its place.
#[test]
fn no_statement_touches_town_data_without_its_place() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut statements = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let source = std::fs::read_to_string(&path).unwrap();
        for text in string_literals(&source) {
            let is_statement = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", " FROM "]
                .iter()
                .any(|start| text.starts_with(start));
            let names_town_data =
                text.contains(" FROM ") || text.contains("INTO ") || text.contains("UPDATE ");
            let of_the_log = ["FROM log_", "INTO log_", "UPDATE log_"].iter().any(|name| text.contains(name));
            if is_statement && names_town_data && !of_the_log && !text.contains("FROM place ") {
                statements += 1;
                assert!(text.contains("place_id"), "{}: {text}", path.display());
            }
        }
    }
    assert!(statements > 80, "{statements}");
}

/// String literals of a source file, with their continued lines joined.
fn string_literals(source: &str) -> Vec<String> {
    let mut literals = Vec::new();
    let mut characters = source.chars();
    while let Some(c) = characters.next() {
        match c {
            '\'' => {
                // A character literal such as '"' must not open a string.
                let mut ahead = characters.clone();
                if ahead.next() == Some('"') && ahead.next() == Some('\'') {
                    characters.nth(1);
                }
            }
            '"' => {
                let mut text = String::new();
                while let Some(c) = characters.next() {
                    match c {
                        '"' => break,
                        '\\' => match characters.next() {
                            Some('\n') | None => {
                                while characters.clone().next().is_some_and(char::is_whitespace) {
                                    characters.next();
                                }
                            }
                            Some(escaped) => text.push(escaped),
                        },
                        c => text.push(c),
                    }
                }
                literals.push(text);
            }
            _ => {}
        }
    }
    literals
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_but_its_owner_reads_the_database_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let _store = Store::open_sqlite(&folder.path().join("town.sqlite")).await.unwrap();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.file_name());
    }
}
