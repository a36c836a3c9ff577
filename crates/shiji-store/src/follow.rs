//! Readers who get mail, and the bound on letters that ask for confirmation.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use shiji_domain::id::{PlaceId, SubscriptionId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub subscription_id: SubscriptionId,
    pub address_sealed: String,
    pub address_mark: String,
    /// As in addresses of pages.
    pub language: String,
    /// As `Followed` is written.
    pub followed: String,
    pub created_at: i64,
    pub confirmed_at: Option<i64>,
    pub last_issue: i64,
    pub sending_issue: Option<i64>,
}

macro_rules! columns {
    () => {
        "subscription_id, address_sealed, address_mark, language, followed, created_at, confirmed_at, last_issue, \
         sending_issue"
    };
}

fn subscription_of(row: &Row) -> Result<Subscription, StoreError> {
    Ok(Subscription {
        subscription_id: row.parsed("subscription_id")?,
        address_sealed: row.text("address_sealed")?,
        address_mark: row.text("address_mark")?,
        language: row.text("language")?,
        followed: row.text("followed")?,
        created_at: row.int("created_at")?,
        confirmed_at: row.optional_int("confirmed_at")?,
        last_issue: row.int("last_issue")?,
        sending_issue: row.optional_int("sending_issue")?,
    })
}

pub async fn insert_subscription(tx: &mut Tx, place: PlaceId, new: &Subscription) -> Result<(), StoreError> {
    let sql = "INSERT INTO subscription (place_id, subscription_id, address_sealed, address_mark, language, followed, \
               created_at, confirmed_at, last_issue) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = [
        place.into(),
        new.subscription_id.into(),
        (&new.address_sealed).into(),
        (&new.address_mark).into(),
        (&new.language).into(),
        (&new.followed).into(),
        new.created_at.into(),
        new.confirmed_at.into(),
        new.last_issue.into(),
    ];
    tx.execute(sql, &values).await.map(|_| ())
}

pub async fn subscription(
    tx: &mut Tx,
    place: PlaceId,
    id: SubscriptionId,
) -> Result<Option<Subscription>, StoreError> {
    let sql =
        concat!("SELECT ", columns!(), " FROM subscription WHERE place_id = $1 AND subscription_id = $2");
    tx.fetch_optional(sql, &[place.into(), id.into()]).await?.as_ref().map(subscription_of).transpose()
}

/// Everything that an address follows, confirmed or not.
pub async fn subscriptions_of(
    tx: &mut Tx,
    place: PlaceId,
    mark: &str,
) -> Result<Vec<Subscription>, StoreError> {
    let sql = concat!("SELECT ", columns!(), " FROM subscription WHERE place_id = $1 AND address_mark = $2");
    tx.fetch_all(sql, &[place.into(), mark.into()]).await?.iter().map(subscription_of).collect()
}

/// Confirmed ones in the order of their ids, behind `after`.
pub async fn confirmed_after(
    tx: &mut Tx,
    place: PlaceId,
    after: Option<SubscriptionId>,
    most: i64,
) -> Result<Vec<Subscription>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM subscription WHERE place_id = $1 AND confirmed_at IS NOT NULL AND subscription_id > $2 \
         ORDER BY subscription_id LIMIT $3"
    );
    let after = after.map_or_else(String::new, |id| id.to_string());
    let rows = tx.fetch_all(sql, &[place.into(), after.into(), most.into()]).await?;
    rows.iter().map(subscription_of).collect()
}

/// What was out before is not sent any more.
pub async fn confirm_subscription(
    tx: &mut Tx,
    place: PlaceId,
    id: SubscriptionId,
    now: i64,
    last_issue: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE subscription SET confirmed_at = $3, last_issue = $4 \
               WHERE place_id = $1 AND subscription_id = $2 AND confirmed_at IS NULL";
    tx.execute(sql, &[place.into(), id.into(), now.into(), last_issue.into()]).await.map(|_| ())
}

pub async fn delete_subscription(tx: &mut Tx, place: PlaceId, id: SubscriptionId) -> Result<(), StoreError> {
    let sql = "DELETE FROM subscription WHERE place_id = $1 AND subscription_id = $2";
    tx.execute(sql, &[place.into(), id.into()]).await.map(|_| ())
}

pub async fn delete_unconfirmed(tx: &mut Tx, place: PlaceId, id: SubscriptionId) -> Result<(), StoreError> {
    let sql =
        "DELETE FROM subscription WHERE place_id = $1 AND subscription_id = $2 AND confirmed_at IS NULL";
    tx.execute(sql, &[place.into(), id.into()]).await.map(|_| ())
}

/// Notes that an issue is about to be handed to the mail server. False when it was noted before, so that nobody knows
/// whether it was handed over.
pub async fn begin_sending(
    tx: &mut Tx,
    place: PlaceId,
    id: SubscriptionId,
    issue: i64,
) -> Result<bool, StoreError> {
    let sql = "UPDATE subscription SET sending_issue = $3 WHERE place_id = $1 AND subscription_id = $2 \
               AND last_issue < $3 AND (sending_issue IS NULL OR sending_issue < $3)";
    Ok(tx.execute(sql, &[place.into(), id.into(), issue.into()]).await? == 1)
}

/// The mail server did not take it; it may be handed over again.
pub async fn take_back_sending(
    tx: &mut Tx,
    place: PlaceId,
    id: SubscriptionId,
    issue: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE subscription SET sending_issue = NULL \
               WHERE place_id = $1 AND subscription_id = $2 AND sending_issue = $3";
    tx.execute(sql, &[place.into(), id.into(), issue.into()]).await.map(|_| ())
}

pub async fn end_sending(
    tx: &mut Tx,
    place: PlaceId,
    id: SubscriptionId,
    issue: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE subscription SET last_issue = $3, sending_issue = NULL \
               WHERE place_id = $1 AND subscription_id = $2 AND last_issue < $3";
    tx.execute(sql, &[place.into(), id.into(), issue.into()]).await.map(|_| ())
}

/// Confirmed subscriptions, and those that wait for it.
pub async fn subscription_counts(tx: &mut Tx, place: PlaceId) -> Result<(u64, u64), StoreError> {
    let sql =
        "SELECT count(confirmed_at) AS confirmed, count(*) AS many FROM subscription WHERE place_id = $1";
    let Some(row) = tx.fetch_optional(sql, &[place.into()]).await? else { return Ok((0, 0)) };
    let confirmed = row.size("confirmed")?;
    Ok((confirmed, row.size("many")? - confirmed))
}

pub async fn insert_letter(
    tx: &mut Tx,
    place: PlaceId,
    mark: &str,
    id: SubscriptionId,
    now: i64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO subscription_letter (place_id, sent_at, letter_id, address_mark) VALUES ($1, $2, $3, $4)";
    tx.execute(sql, &[place.into(), now.into(), id.into(), mark.into()]).await.map(|_| ())
}

/// Letters since `since`: to one address, or in the whole place.
pub async fn letters_since(
    tx: &mut Tx,
    place: PlaceId,
    mark: Option<&str>,
    since: i64,
) -> Result<i64, StoreError> {
    let row = match mark {
        Some(mark) => {
            let sql = "SELECT count(*) AS many FROM subscription_letter \
                       WHERE place_id = $1 AND sent_at > $2 AND address_mark = $3";
            tx.fetch_optional(sql, &[place.into(), since.into(), mark.into()]).await?
        }
        None => {
            let sql = "SELECT count(*) AS many FROM subscription_letter WHERE place_id = $1 AND sent_at > $2";
            tx.fetch_optional(sql, &[place.into(), since.into()]).await?
        }
    };
    row.map_or(Ok(0), |row| row.int("many"))
}

pub async fn forget_letters(tx: &mut Tx, place: PlaceId, before: i64) -> Result<(), StoreError> {
    let sql = "DELETE FROM subscription_letter WHERE place_id = $1 AND sent_at < $2";
    tx.execute(sql, &[place.into(), before.into()]).await.map(|_| ())
}
