//! The last signed tree, in a database apart from every town's: what is signed once can be taken back by no restored copy.

use crate::database::{Store, StoreError, Tx};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogState {
    pub origin: String,
    pub size: u64,
    /// Base64.
    pub root: String,
    /// Milliseconds since 1970 UTC.
    pub signed_at: i64,
    /// The log takes no further entries since then.
    pub closed_at: Option<i64>,
}

async fn read(tx: &mut Tx, origin: &str) -> Result<Option<LogState>, StoreError> {
    let sql = "SELECT origin, size, root, signed_at, closed_at FROM log_state WHERE origin = $1";
    let Some(row) = tx.fetch_optional(sql, &[origin.into()]).await? else { return Ok(None) };
    Ok(Some(LogState {
        origin: row.text("origin")?,
        size: row.size("size")?,
        root: row.text("root")?,
        signed_at: row.int("signed_at")?,
        closed_at: row.optional_int("closed_at")?,
    }))
}

pub async fn log_state(store: &Store, origin: &str) -> Result<Option<LogState>, StoreError> {
    read(&mut store.read().await?, origin).await
}

/// Begins the state of a log; what stands there already stays.
pub async fn begin_log_state(store: &Store, state: &LogState) -> Result<(), StoreError> {
    store
        .write("begin_log_state", state, |tx, state| {
            Box::pin(async move {
                if read(tx, &state.origin).await?.is_some() {
                    return Ok(());
                }
                tx.execute(
                    "INSERT INTO log_state (origin, size, root, signed_at) VALUES ($1, $2, $3, $4)",
                    &[
                        (&state.origin).into(),
                        i64::try_from(state.size).unwrap_or(i64::MAX).into(),
                        (&state.root).into(),
                        state.signed_at.into(),
                    ],
                )
                .await
                .map(|_| ())
            })
        })
        .await
}

/// Moves the state from `old` to `new` when it is still `old`; false when somebody else moved it meanwhile.
pub async fn swap_log_state(store: &Store, old: &LogState, new: &LogState) -> Result<bool, StoreError> {
    store
        .write("swap_log_state", &(old, new), |tx, (old, new)| {
            Box::pin(async move {
                let changed = tx
                    .execute(
                        "UPDATE log_state SET size = $1, root = $2, signed_at = $3, closed_at = $4 \
                         WHERE origin = $5 AND size = $6 AND root = $7",
                        &[
                            i64::try_from(new.size).unwrap_or(i64::MAX).into(),
                            (&new.root).into(),
                            new.signed_at.into(),
                            new.closed_at.into(),
                            (&old.origin).into(),
                            i64::try_from(old.size).unwrap_or(i64::MAX).into(),
                            (&old.root).into(),
                        ],
                    )
                    .await?;
                Ok::<_, StoreError>(changed == 1)
            })
        })
        .await
}
