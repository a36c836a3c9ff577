//! Webhooks of a place.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use shiji_domain::id::{HookId, PersonId, PlaceId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    pub hook_id: HookId,
    pub url: String,
    pub secret_sealed: String,
    /// Of a robot that asks for a signature in its own form.
    pub robot_secret_sealed: Option<String>,
    pub created_at: i64,
    pub created_by: PersonId,
}

fn hook_of(row: &Row) -> Result<Hook, StoreError> {
    Ok(Hook {
        hook_id: row.parsed("hook_id")?,
        url: row.text("url")?,
        secret_sealed: row.text("secret_sealed")?,
        robot_secret_sealed: row.optional_text("robot_secret_sealed")?,
        created_at: row.int("created_at")?,
        created_by: row.parsed("created_by")?,
    })
}

pub async fn hooks(tx: &mut Tx, place: PlaceId) -> Result<Vec<Hook>, StoreError> {
    let sql = "SELECT hook_id, url, secret_sealed, robot_secret_sealed, created_at, created_by FROM hook \
               WHERE place_id = $1 ORDER BY created_at, hook_id";
    tx.fetch_all(sql, &[place.into()]).await?.iter().map(hook_of).collect()
}

pub async fn hook(tx: &mut Tx, place: PlaceId, id: HookId) -> Result<Option<Hook>, StoreError> {
    let sql = "SELECT hook_id, url, secret_sealed, robot_secret_sealed, created_at, created_by FROM hook \
               WHERE place_id = $1 AND hook_id = $2";
    tx.fetch_optional(sql, &[place.into(), id.into()]).await?.as_ref().map(hook_of).transpose()
}

pub async fn insert_hook(tx: &mut Tx, place: PlaceId, hook: &Hook) -> Result<(), StoreError> {
    let sql = "INSERT INTO hook (place_id, hook_id, url, secret_sealed, robot_secret_sealed, created_at, created_by) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        place.into(),
        hook.hook_id.into(),
        (&hook.url).into(),
        (&hook.secret_sealed).into(),
        hook.robot_secret_sealed.clone().into(),
        hook.created_at.into(),
        hook.created_by.into(),
    ];
    tx.execute(sql, &values).await.map(|_| ())
}

pub async fn delete_hook(tx: &mut Tx, place: PlaceId, id: HookId) -> Result<bool, StoreError> {
    let sql = "DELETE FROM hook WHERE place_id = $1 AND hook_id = $2";
    Ok(tx.execute(sql, &[place.into(), id.into()]).await? == 1)
}
