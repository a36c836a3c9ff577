//! One door to both engines: pools, migrations, and transactions that are tried again when the engine asks for it.

use crate::search;
use crate::value::{Row, Value};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, Postgres};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, Row as _, SqlSafeStr as _, Sqlite, Transaction};
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::str::FromStr as _;
use std::time::Duration;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");
/// Of the database that keeps the last signed tree of the log, apart from every town's data.
static LOG_STATE_MIGRATIONS: Migrator = sqlx::migrate!("./migrations-log-state");

/// Attempts at a transaction that the engine refuses for concurrency (SQLSTATE 40001, 40P01, SQLITE_BUSY).
const ATTEMPTS: usize = 8;
const READERS: u32 = 4;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("column {column}: {source}")]
    Column { column: &'static str, source: sqlx::Error },
    #[error("column {column} holds {value:?}, which cannot be read")]
    Corrupt { column: &'static str, value: String },
    #[error("record {record}: {source}")]
    Record { record: String, source: Box<shiji_record::canonical::RecordError> },
    #[error("the database address is neither sqlite: nor postgres: {0}")]
    Address(String),
    #[error("a file of the store: {0}")]
    File(#[from] std::io::Error),
    #[error("a value cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl StoreError {
    /// The engine wants the whole transaction again.
    fn asks_for_another_try(&self) -> bool {
        let StoreError::Database(sqlx::Error::Database(error)) = self else { return false };
        matches!(error.code().as_deref(), Some("40001" | "40P01" | "5" | "517" | "261"))
    }
}

/// Turns the error of an act into a store error when it is one, so that `write` can see what to try again.
pub trait FromStore: From<StoreError> {
    fn as_store_error(&self) -> Option<&StoreError>;
}

impl FromStore for StoreError {
    fn as_store_error(&self) -> Option<&StoreError> {
        Some(self)
    }
}

pub type Pending<'t, T> = Pin<Box<dyn Future<Output = T> + Send + 't>>;

#[derive(Clone)]
enum Pools {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Postgres(PgPool),
}

#[derive(Clone)]
pub struct Store {
    pools: Pools,
}

/// A transaction; dropped without `commit`, nothing has happened.
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Makes the file when it is missing, so that nobody but its owner ever reads it; the engine makes its companions the same way.
fn keep_to_owner(file: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map_err(StoreError::File)?;
    Ok(())
}

impl Store {
    /// Opens the SQLite file, makes it when it is missing, and brings the schema up to date.
    ///
    /// # Errors
    /// When the file cannot be opened or a migration fails.
    pub async fn open_sqlite(file: &Path) -> Result<Store, StoreError> {
        let store = Store::open_sqlite_with(file, &MIGRATIONS).await?;
        if let Pools::Sqlite { writer, .. } = &store.pools {
            sqlx::query(search::SQLITE_INDEX).execute(writer).await?;
        }
        Ok(store)
    }

    /// As [`Store::open_sqlite`], for the log's state.
    ///
    /// # Errors
    /// When the file cannot be opened or a migration fails.
    pub async fn open_log_state_sqlite(file: &Path) -> Result<Store, StoreError> {
        Store::open_sqlite_with(file, &LOG_STATE_MIGRATIONS).await
    }

    async fn open_sqlite_with(file: &Path, migrations: &Migrator) -> Result<Store, StoreError> {
        keep_to_owner(file)?;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .busy_timeout(Duration::from_secs(10))
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .pragma("temp_store", "memory")
            // What is taken away is overwritten, not only given free.
            .pragma("secure_delete", "on")
            .statement_cache_capacity(200);
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        migrations.run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_lazy_with(options.pragma("query_only", "1").pragma("cache_size", "-4096"));
        Ok(Store { pools: Pools::Sqlite { writer, readers } })
    }

    /// # Errors
    /// When the server cannot be reached or a migration fails.
    pub async fn open_postgres(address: &str) -> Result<Store, StoreError> {
        let store = Store::open_postgres_with(address, 12, &MIGRATIONS).await?;
        if let Pools::Postgres(pool) = &store.pools {
            search::prepare_postgres(pool).await?;
        }
        Ok(store)
    }

    /// As [`Store::open_postgres`], for the log's state: another database than the town's, better another server.
    ///
    /// # Errors
    /// When the server cannot be reached or a migration fails.
    pub async fn open_log_state_postgres(address: &str) -> Result<Store, StoreError> {
        Store::open_postgres_with(address, 2, &LOG_STATE_MIGRATIONS).await
    }

    async fn open_postgres_with(
        address: &str,
        connections: u32,
        migrations: &Migrator,
    ) -> Result<Store, StoreError> {
        let options = PgConnectOptions::from_str(address)?.application_name("shiji");
        let pool = PgPoolOptions::new().max_connections(connections).connect_with(options).await?;
        migrations.run(&pool).await?;
        Ok(Store { pools: Pools::Postgres(pool) })
    }

    /// The engine's name, for the log and `/readyz`.
    pub fn engine(&self) -> &'static str {
        match self.pools {
            Pools::Sqlite { .. } => "sqlite",
            Pools::Postgres(_) => "postgresql",
        }
    }

    /// A consistent view for reading; writes in it are refused by the engine.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        match &self.pools {
            Pools::Sqlite { readers, .. } => Ok(Tx::Sqlite(readers.begin().await?)),
            Pools::Postgres(pool) => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                Ok(Tx::Postgres(pool.begin_with(begin).await?))
            }
        }
    }

    async fn begin_write(&self) -> Result<Tx, StoreError> {
        match &self.pools {
            Pools::Sqlite { writer, .. } => Ok(Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?)),
            Pools::Postgres(pool) => {
                let begin = "BEGIN ISOLATION LEVEL SERIALIZABLE";
                Ok(Tx::Postgres(pool.begin_with(begin).await?))
            }
        }
    }

    /// Runs `body` in one transaction: all of it or nothing. The body may run several times, so it must have no effect
    /// outside the transaction; what it needs comes in through `input`.
    ///
    /// # Errors
    /// Whatever the body refuses, or the engine after the last attempt.
    pub async fn write<I, T, E>(
        &self,
        name: &'static str,
        input: &I,
        body: impl for<'t> Fn(&'t mut Tx, &'t I) -> Pending<'t, Result<T, E>>,
    ) -> Result<T, E>
    where
        I: Sync + ?Sized,
        E: FromStore,
    {
        let mut attempt = 1;
        loop {
            let result = self.attempt(input, &body).await;
            match result {
                Err(error)
                    if attempt < ATTEMPTS
                        && error.as_store_error().is_some_and(StoreError::asks_for_another_try) =>
                {
                    tracing::debug!(transaction = name, attempt, "tried again");
                    tokio::time::sleep(Duration::from_millis(4 << attempt)).await;
                    attempt += 1;
                }
                result => return result,
            }
        }
    }

    async fn attempt<I, T, E>(
        &self,
        input: &I,
        body: &impl for<'t> Fn(&'t mut Tx, &'t I) -> Pending<'t, Result<T, E>>,
    ) -> Result<T, E>
    where
        I: Sync + ?Sized,
        E: FromStore,
    {
        let mut tx = self.begin_write().await?;
        let value = body(&mut tx, input).await?;
        tx.commit().await?;
        Ok(value)
    }

    /// Copies a running SQLite database into `file` (VACUUM INTO: a consistent snapshot that blocks no reader).
    ///
    /// # Errors
    /// When `file` exists, the disk is full, or the engine is PostgreSQL (which has `pg_dump` for this).
    pub async fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        let Pools::Sqlite { writer, .. } = &self.pools else {
            return Err(StoreError::Address("a copy of a PostgreSQL database is made with pg_dump".into()));
        };
        sqlx::query("VACUUM INTO $1").bind(file.to_string_lossy().into_owned()).execute(writer).await?;
        Ok(())
    }

    /// Folds SQLite's log into the file and empties it, so that what was deleted stands in neither. Nothing on PostgreSQL,
    /// which keeps its log its own way. False when a reader still needs the log: then another time.
    ///
    /// # Errors
    /// As the engine says.
    pub async fn fold_log(&self) -> Result<bool, StoreError> {
        let Pools::Sqlite { writer, .. } = &self.pools else { return Ok(true) };
        let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(writer).await?;
        Ok(row.try_get::<i64, _>(0)? == 0)
    }

    /// Has the engine look at how its data are spread, which it plans its ways by.
    ///
    /// # Errors
    /// As the engine says.
    pub async fn analyze(&self) -> Result<(), StoreError> {
        match &self.pools {
            Pools::Sqlite { writer, .. } => sqlx::query("ANALYZE").execute(writer).await.map(|_| ())?,
            Pools::Postgres(pool) => sqlx::query("ANALYZE").execute(pool).await.map(|_| ())?,
        }
        Ok(())
    }

    /// Whether a statement gets through.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.read().await?.fetch_all("SELECT 1 AS one", &[]).await.map(|_| ())
    }

    /// Waits until no connection is in use any more and closes them; SQLite folds its log into the file.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

macro_rules! bind_all {
    ($sql:expr, $values:expr) => {{
        let mut query = sqlx::query($sql);
        for value in $values {
            query = match value {
                Value::Text(text) => query.bind(text.clone()),
                Value::Int(number) => query.bind(*number),
                Value::Flag(flag) => query.bind(*flag),
            };
        }
        query
    }};
}

impl Tx {
    /// Rows changed.
    ///
    /// # Errors
    /// As the engine says.
    pub async fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, StoreError> {
        Ok(match self {
            Tx::Sqlite(tx) => bind_all!(sql, values).execute(&mut **tx).await?.rows_affected(),
            Tx::Postgres(tx) => bind_all!(sql, values).execute(&mut **tx).await?.rows_affected(),
        })
    }

    /// Adds many rows with few statements. `insert` is everything up to VALUES, such as `INSERT INTO t (a, b)`.
    ///
    /// # Errors
    /// As the engine says.
    pub async fn insert_many(&mut self, insert: &'static str, rows: &[Vec<Value>]) -> Result<(), StoreError> {
        // SQLite allows 32,766 parameters and PostgreSQL 65,535; a fixed chunk keeps the statement cached.
        const CHUNK: usize = 50;
        for chunk in rows.chunks(CHUNK) {
            let width = chunk[0].len();
            let mut sql = String::from(insert);
            sql.push_str(" VALUES ");
            for row in 0..chunk.len() {
                sql.push_str(if row == 0 { "(" } else { ",(" });
                for column in 0..width {
                    sql.push_str(if column == 0 { "$" } else { ",$" });
                    sql.push_str(&(row * width + column + 1).to_string());
                }
                sql.push(')');
            }
            // Only placeholders are put together here; every value is bound.
            let sql = AssertSqlSafe(sql).into_sql_str();
            let values = chunk.iter().flatten();
            match self {
                Tx::Sqlite(tx) => bind_all!(sql, values).execute(&mut **tx).await?.rows_affected(),
                Tx::Postgres(tx) => bind_all!(sql, values).execute(&mut **tx).await?.rows_affected(),
            };
        }
        Ok(())
    }

    /// # Errors
    /// As the engine says.
    pub async fn fetch_all(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        Ok(match self {
            Tx::Sqlite(tx) => {
                bind_all!(sql, values).fetch_all(&mut **tx).await?.into_iter().map(Row::Sqlite).collect()
            }
            Tx::Postgres(tx) => {
                bind_all!(sql, values).fetch_all(&mut **tx).await?.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// The only row there can be, if there is one.
    ///
    /// # Errors
    /// As the engine says.
    pub async fn fetch_optional(
        &mut self,
        sql: &'static str,
        values: &[Value],
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.fetch_all(sql, values).await?.into_iter().next())
    }

    async fn commit(self) -> Result<(), StoreError> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await?,
            Tx::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

#[cfg(feature = "testing")]
impl Store {
    /// A new, empty database on the server at `address`, named `name`.
    ///
    /// # Errors
    /// As the server says.
    pub async fn create_postgres(address: &str, name: &str) -> Result<Store, StoreError> {
        use sqlx::Connection as _;
        let options = PgConnectOptions::from_str(address)?;
        let mut connection = sqlx::postgres::PgConnection::connect_with(&options).await?;
        let create = AssertSqlSafe(format!("CREATE DATABASE \"{name}\"")).into_sql_str();
        sqlx::query(create).execute(&mut connection).await?;
        connection.close().await?;
        let pool = PgPoolOptions::new().max_connections(4).connect_with(options.database(name)).await?;
        MIGRATIONS.run(&pool).await?;
        search::prepare_postgres(&pool).await?;
        Ok(Store { pools: Pools::Postgres(pool) })
    }
}
