//! Help that is asked for on plan items, and what colleagues offer.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use shiji_domain::help::{HelpKind, OfferState, RequestState};
use shiji_domain::id::{HelpId, ItemId, OfferId, PeriodId, PersonId, PlaceId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub help_id: HelpId,
    /// In whose report the item stands.
    pub period_id: PeriodId,
    pub item_id: ItemId,
    pub person_id: PersonId,
    pub kind: HelpKind,
    pub words: String,
    pub state: RequestState,
    pub created_at: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub offer_id: OfferId,
    pub help_id: HelpId,
    /// Who would help.
    pub person_id: PersonId,
    /// What stands in the helper's report once it is accepted.
    pub words: String,
    pub state: OfferState,
    pub made_at: i64,
    pub decided_at: Option<i64>,
}

macro_rules! request_columns {
    () => {
        "help_id, period_id, item_id, person_id, kind, words, state, created_at"
    };
}

macro_rules! offer_columns {
    () => {
        "offer_id, help_id, person_id, words, state, made_at, decided_at"
    };
}

fn request_of(row: &Row) -> Result<Request, StoreError> {
    Ok(Request {
        help_id: row.parsed("help_id")?,
        period_id: row.parsed("period_id")?,
        item_id: row.parsed("item_id")?,
        person_id: row.parsed("person_id")?,
        kind: row.code("kind", HelpKind::from_code)?,
        words: row.text("words")?,
        state: row.code("state", RequestState::from_code)?,
        created_at: row.int("created_at")?,
    })
}

fn offer_of(row: &Row) -> Result<Offer, StoreError> {
    Ok(Offer {
        offer_id: row.parsed("offer_id")?,
        help_id: row.parsed("help_id")?,
        person_id: row.parsed("person_id")?,
        words: row.text("words")?,
        state: row.code("state", OfferState::from_code)?,
        made_at: row.int("made_at")?,
        decided_at: row.optional_int("decided_at")?,
    })
}

pub async fn insert_request(tx: &mut Tx, place: PlaceId, request: &Request) -> Result<(), StoreError> {
    let sql = "INSERT INTO help_request (place_id, help_id, period_id, item_id, person_id, kind, words, state, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = [
        place.into(),
        request.help_id.to_string().into(),
        request.period_id.into(),
        request.item_id.into(),
        request.person_id.into(),
        request.kind.code().into(),
        (&request.words).into(),
        request.state.code().into(),
        request.created_at.into(),
    ];
    tx.execute(sql, &values).await.map(|_| ())
}

pub async fn request(tx: &mut Tx, place: PlaceId, id: HelpId) -> Result<Option<Request>, StoreError> {
    let sql =
        concat!("SELECT ", request_columns!(), " FROM help_request WHERE place_id = $1 AND help_id = $2");
    tx.fetch_optional(sql, &[place.into(), id.to_string().into()]).await?.as_ref().map(request_of).transpose()
}

/// Of the items of a period's reports, the oldest first.
pub async fn requests_in(tx: &mut Tx, place: PlaceId, period: PeriodId) -> Result<Vec<Request>, StoreError> {
    let sql = concat!(
        "SELECT ",
        request_columns!(),
        " FROM help_request WHERE place_id = $1 AND period_id = $2 ORDER BY created_at, help_id"
    );
    tx.fetch_all(sql, &[place.into(), period.into()]).await?.iter().map(request_of).collect()
}

pub async fn request_of_item(
    tx: &mut Tx,
    place: PlaceId,
    item: ItemId,
) -> Result<Option<Request>, StoreError> {
    let sql = concat!(
        "SELECT ",
        request_columns!(),
        " FROM help_request WHERE place_id = $1 AND item_id = $2 ORDER BY created_at DESC LIMIT 1"
    );
    tx.fetch_optional(sql, &[place.into(), item.into()]).await?.as_ref().map(request_of).transpose()
}

pub async fn set_request_state(
    tx: &mut Tx,
    place: PlaceId,
    id: HelpId,
    state: RequestState,
) -> Result<(), StoreError> {
    let sql = "UPDATE help_request SET state = $3 WHERE place_id = $1 AND help_id = $2";
    tx.execute(sql, &[place.into(), id.to_string().into(), state.code().into()]).await.map(|_| ())
}

pub async fn insert_offer(tx: &mut Tx, place: PlaceId, offer: &Offer) -> Result<(), StoreError> {
    let sql = "INSERT INTO help_offer (place_id, offer_id, help_id, person_id, words, state, made_at, decided_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = [
        place.into(),
        offer.offer_id.to_string().into(),
        offer.help_id.to_string().into(),
        offer.person_id.into(),
        (&offer.words).into(),
        offer.state.code().into(),
        offer.made_at.into(),
        offer.decided_at.into(),
    ];
    tx.execute(sql, &values).await.map(|_| ())
}

pub async fn offer(tx: &mut Tx, place: PlaceId, id: OfferId) -> Result<Option<Offer>, StoreError> {
    let sql = concat!("SELECT ", offer_columns!(), " FROM help_offer WHERE place_id = $1 AND offer_id = $2");
    tx.fetch_optional(sql, &[place.into(), id.to_string().into()]).await?.as_ref().map(offer_of).transpose()
}

/// The oldest first.
pub async fn offers_to(tx: &mut Tx, place: PlaceId, help: HelpId) -> Result<Vec<Offer>, StoreError> {
    let sql = concat!(
        "SELECT ",
        offer_columns!(),
        " FROM help_offer WHERE place_id = $1 AND help_id = $2 ORDER BY made_at, offer_id"
    );
    tx.fetch_all(sql, &[place.into(), help.to_string().into()]).await?.iter().map(offer_of).collect()
}

/// What somebody promised to help with since `since`, the newest first.
pub async fn accepted_of(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    since: i64,
) -> Result<Vec<Offer>, StoreError> {
    let sql = concat!(
        "SELECT ",
        offer_columns!(),
        " FROM help_offer WHERE place_id = $1 AND person_id = $2 AND state = 'accepted' AND coalesce(decided_at, made_at) >= $3 \
         ORDER BY made_at DESC, offer_id"
    );
    tx.fetch_all(sql, &[place.into(), person.into(), since.into()]).await?.iter().map(offer_of).collect()
}

pub async fn decide_offer(
    tx: &mut Tx,
    place: PlaceId,
    id: OfferId,
    state: OfferState,
    at: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE help_offer SET state = $3, decided_at = $4 WHERE place_id = $1 AND offer_id = $2";
    tx.execute(sql, &[place.into(), id.to_string().into(), state.code().into(), at.into()]).await.map(|_| ())
}
