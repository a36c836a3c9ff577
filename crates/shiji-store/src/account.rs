//! Invitations, passwords, sessions and failed sign-ins.

use crate::database::{StoreError, Tx};
use shiji_domain::id::{PersonId, PlaceId};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    pub person_id: PersonId,
    pub password_hash: Option<String>,
}

pub async fn credential(
    tx: &mut Tx,
    place: PlaceId,
    sign_in_name: &str,
) -> Result<Option<Credential>, StoreError> {
    let sql = "SELECT person_id, password_hash FROM person WHERE place_id = $1 AND sign_in_name = $2";
    let Some(row) = tx.fetch_optional(sql, &[place.into(), sign_in_name.into()]).await? else {
        return Ok(None);
    };
    Ok(Some(Credential {
        person_id: row.parsed("person_id")?,
        password_hash: row.optional_text("password_hash")?,
    }))
}

pub async fn credential_of(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
) -> Result<Option<(String, Option<String>)>, StoreError> {
    let sql = "SELECT sign_in_name, password_hash FROM person WHERE place_id = $1 AND person_id = $2";
    let Some(row) = tx.fetch_optional(sql, &[place.into(), person.into()]).await? else { return Ok(None) };
    Ok(Some((row.optional_text("sign_in_name")?.unwrap_or_default(), row.optional_text("password_hash")?)))
}

pub async fn set_password(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    sign_in_name: &str,
    password_hash: &str,
    now: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE person SET sign_in_name = $3, password_hash = $4, password_at = $5 \
         WHERE place_id = $1 AND person_id = $2",
        &[place.into(), person.into(), sign_in_name.into(), password_hash.into(), now.into()],
    )
    .await?;
    Ok(())
}

pub async fn insert_invitation(
    tx: &mut Tx,
    place: PlaceId,
    token_hash: &str,
    person: PersonId,
    by: Option<PersonId>,
    now: i64,
    expires_at: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO invitation (place_id, token_hash, person_id, created_by, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[place.into(), token_hash.into(), person.into(), by.into(), now.into(), expires_at.into()],
    )
    .await?;
    Ok(())
}

/// The person an unused invitation that has not run out is for.
pub async fn invited(
    tx: &mut Tx,
    place: PlaceId,
    token_hash: &str,
    now: i64,
) -> Result<Option<PersonId>, StoreError> {
    let sql = "SELECT person_id FROM invitation \
               WHERE place_id = $1 AND token_hash = $2 AND used_at IS NULL AND expires_at > $3";
    let row = tx.fetch_optional(sql, &[place.into(), token_hash.into(), now.into()]).await?;
    row.map(|row| row.parsed("person_id")).transpose()
}

/// Every open invitation of the person is used up with the one that was taken.
pub async fn use_invitations(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    now: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE invitation SET used_at = $3 WHERE place_id = $1 AND person_id = $2 AND used_at IS NULL";
    tx.execute(sql, &[place.into(), person.into(), now.into()]).await?;
    Ok(())
}

pub async fn insert_session(
    tx: &mut Tx,
    place: PlaceId,
    token_hash: &str,
    person: PersonId,
    now: i64,
    expires_at: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO session (place_id, token_hash, person_id, created_at, seen_at, expires_at) \
         VALUES ($1, $2, $3, $4, $4, $5)",
        &[place.into(), token_hash.into(), person.into(), now.into(), expires_at.into()],
    )
    .await?;
    Ok(())
}

pub async fn session_person(
    tx: &mut Tx,
    place: PlaceId,
    token_hash: &str,
    now: i64,
) -> Result<Option<PersonId>, StoreError> {
    let sql = "SELECT person_id FROM session WHERE place_id = $1 AND token_hash = $2 AND expires_at > $3";
    let row = tx.fetch_optional(sql, &[place.into(), token_hash.into(), now.into()]).await?;
    row.map(|row| row.parsed("person_id")).transpose()
}

pub async fn delete_session(tx: &mut Tx, place: PlaceId, token_hash: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM session WHERE place_id = $1 AND token_hash = $2";
    tx.execute(sql, &[place.into(), token_hash.into()]).await?;
    Ok(())
}

/// Sessions ended.
pub async fn delete_sessions(tx: &mut Tx, place: PlaceId, person: PersonId) -> Result<u64, StoreError> {
    let sql = "DELETE FROM session WHERE place_id = $1 AND person_id = $2";
    tx.execute(sql, &[place.into(), person.into()]).await
}

pub async fn insert_failure(
    tx: &mut Tx,
    place: PlaceId,
    sign_in_name: &str,
    now: i64,
    id: Uuid,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO sign_in_failure (place_id, sign_in_name, failed_at, failure_id) VALUES ($1, $2, $3, $4)",
        &[place.into(), sign_in_name.into(), now.into(), id.to_string().into()],
    )
    .await?;
    Ok(())
}

/// Number of failures since `since`, and the last one.
pub async fn failures(
    tx: &mut Tx,
    place: PlaceId,
    sign_in_name: &str,
    since: i64,
) -> Result<(i64, Option<i64>), StoreError> {
    let sql = "SELECT count(*) AS many, max(failed_at) AS latest FROM sign_in_failure \
               WHERE place_id = $1 AND sign_in_name = $2 AND failed_at > $3";
    let row = tx.fetch_optional(sql, &[place.into(), sign_in_name.into(), since.into()]).await?;
    match row {
        None => Ok((0, None)),
        Some(row) => Ok((row.int("many")?, row.optional_int("latest")?)),
    }
}

pub async fn forget_failures(tx: &mut Tx, place: PlaceId, sign_in_name: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM sign_in_failure WHERE place_id = $1 AND sign_in_name = $2";
    tx.execute(sql, &[place.into(), sign_in_name.into()]).await?;
    Ok(())
}
