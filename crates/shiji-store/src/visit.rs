//! Joint visits as the working side has them, and proposals that were refused.

use crate::database::{StoreError, Tx};
use crate::value::{Row, Value};
use jiff::civil::Date;
use shiji_domain::id::{ItemId, PeriodId, PersonId, PlaceId, VisitId};
use shiji_domain::spot::SpotKind;
use shiji_domain::visit::{LeadSaid, VisitState};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    pub visit_id: VisitId,
    /// In whose reports the plan items stand.
    pub period_id: PeriodId,
    pub spot_kind: SpotKind,
    pub spot: String,
    pub on: Date,
    pub purpose: String,
    pub lead: PersonId,
    pub lead_said: LeadSaid,
    /// Why whoever was named does not lead.
    pub lead_reason: Option<String>,
    /// Those who are visited know of it; otherwise nothing is published before it was held.
    pub announced: bool,
    pub published: bool,
    pub state: VisitState,
    /// What was done there, written once, and by whom.
    pub record_words: Option<String>,
    pub record_by: Option<PersonId>,
    pub created_by: PersonId,
    pub created_at: i64,
}

/// Somebody who comes, and the plan item that said so; none for whoever joined after the plans were published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub item: Option<ItemId>,
    pub person: PersonId,
    pub unit_name: String,
}

/// Somebody who was to come and stepped out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    pub person: PersonId,
    pub unit_name: String,
    pub reason: String,
    pub at: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedProposal {
    pub refusal_id: Uuid,
    pub spot: String,
    pub items: Vec<ItemId>,
    pub reason: String,
    pub by: PersonId,
    pub at: i64,
}

macro_rules! columns {
    () => {
        "v.visit_id AS visit_id, v.period_id AS period_id, v.spot_kind AS spot_kind, v.spot AS spot, \
         v.visit_on AS visit_on, v.purpose AS purpose, v.lead_id AS lead_id, v.announced AS announced, \
         v.lead_said AS lead_said, v.lead_reason AS lead_reason, v.published AS published, v.state AS state, v.record_words AS record_words, v.record_by AS record_by, \
         v.created_by AS created_by, v.created_at AS created_at"
    };
}

fn visit_of(row: &Row) -> Result<Visit, StoreError> {
    Ok(Visit {
        visit_id: row.parsed("visit_id")?,
        period_id: row.parsed("period_id")?,
        spot_kind: row.code("spot_kind", SpotKind::from_code)?,
        spot: row.text("spot")?,
        on: row.parsed("visit_on")?,
        purpose: row.text("purpose")?,
        lead: row.parsed("lead_id")?,
        lead_said: row.code("lead_said", LeadSaid::from_code)?,
        lead_reason: row.optional_text("lead_reason")?,
        announced: row.flag("announced")?,
        published: row.flag("published")?,
        state: row.code("state", VisitState::from_code)?,
        record_words: row.optional_text("record_words")?,
        record_by: row.optional_parsed("record_by")?,
        created_by: row.parsed("created_by")?,
        created_at: row.int("created_at")?,
    })
}

pub async fn insert_visit(
    tx: &mut Tx,
    place: PlaceId,
    visit: &Visit,
    parts: &[Part],
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO visit (place_id, visit_id, period_id, spot_kind, spot, visit_on, purpose, lead_id, announced, \
         published, state, record_words, record_by, created_by, created_at, lead_said, lead_reason) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        &[
            place.into(),
            visit.visit_id.to_string().into(),
            visit.period_id.into(),
            visit.spot_kind.code().into(),
            (&visit.spot).into(),
            visit.on.into(),
            (&visit.purpose).into(),
            visit.lead.into(),
            visit.announced.into(),
            visit.published.into(),
            visit.state.code().into(),
            visit.record_words.clone().into(),
            visit.record_by.into(),
            visit.created_by.into(),
            visit.created_at.into(),
            visit.lead_said.code().into(),
            visit.lead_reason.clone().into(),
        ],
    )
    .await?;
    insert_parts(tx, place, visit.visit_id, parts, 0).await
}

async fn insert_parts(
    tx: &mut Tx,
    place: PlaceId,
    visit: VisitId,
    parts: &[Part],
    first: i64,
) -> Result<(), StoreError> {
    let rows: Vec<Vec<Value>> = (first..)
        .zip(parts)
        .map(|(order, part)| {
            vec![
                place.into(),
                visit.into(),
                order.into(),
                part.item.into(),
                part.person.into(),
                (&part.unit_name).into(),
            ]
        })
        .collect();
    let sql = "INSERT INTO visitor (place_id, visit_id, sort_order, item_id, person_id, unit_name)";
    tx.insert_many(sql, &rows).await
}

/// Somebody comes along, after all others.
pub async fn add_part(tx: &mut Tx, place: PlaceId, visit: VisitId, part: &Part) -> Result<(), StoreError> {
    let sql =
        "SELECT coalesce(max(sort_order), 0) AS last FROM visitor WHERE place_id = $1 AND visit_id = $2";
    let last = tx.fetch_optional(sql, &[place.into(), visit.into()]).await?;
    let last = last.as_ref().map_or(Ok(0), |row| row.int("last"))?;
    insert_parts(tx, place, visit, std::slice::from_ref(part), last + 1).await
}

/// Somebody does not come after all.
pub async fn leave(
    tx: &mut Tx,
    place: PlaceId,
    visit: VisitId,
    person: PersonId,
    (reason, at): (&str, i64),
) -> Result<(), StoreError> {
    let sql = "UPDATE visitor SET left_at = $4, left_reason = $5 \
               WHERE place_id = $1 AND visit_id = $2 AND person_id = $3 AND left_at IS NULL";
    let values = [place.into(), visit.into(), person.into(), at.into(), reason.into()];
    tx.execute(sql, &values).await.map(|_| ())
}

/// Who stepped out, each once with the latest reason, whoever came back left out.
pub async fn left_of(tx: &mut Tx, place: PlaceId, visit: VisitId) -> Result<Vec<Left>, StoreError> {
    let sql = "SELECT person_id, unit_name, left_reason, left_at FROM visitor o \
               WHERE place_id = $1 AND visit_id = $2 AND left_at IS NOT NULL AND NOT EXISTS \
               (SELECT 1 FROM visitor n WHERE n.place_id = $1 AND n.visit_id = $2 AND n.person_id = o.person_id \
                AND n.sort_order > o.sort_order) ORDER BY left_at, sort_order";
    tx.fetch_all(sql, &[place.into(), visit.into()])
        .await?
        .iter()
        .map(|row| {
            Ok(Left {
                person: row.parsed("person_id")?,
                unit_name: row.text("unit_name")?,
                reason: row.optional_text("left_reason")?.unwrap_or_default(),
                at: row.int("left_at")?,
            })
        })
        .collect()
}

/// Keeps what can change: the day, the lead, where it stands, whether it is published, what was done.
pub async fn update_visit(tx: &mut Tx, place: PlaceId, visit: &Visit) -> Result<(), StoreError> {
    let sql = "UPDATE visit SET visit_on = $3, published = $4, state = $5, record_words = $6, record_by = $7, \
               lead_id = $8, lead_said = $9, lead_reason = $10 \
               WHERE place_id = $1 AND visit_id = $2";
    let values = [
        place.into(),
        visit.visit_id.to_string().into(),
        visit.on.into(),
        visit.published.into(),
        visit.state.code().into(),
        visit.record_words.clone().into(),
        visit.record_by.into(),
        visit.lead.into(),
        visit.lead_said.code().into(),
        visit.lead_reason.clone().into(),
    ];
    tx.execute(sql, &values).await.map(|_| ())
}

pub async fn visit(tx: &mut Tx, place: PlaceId, id: VisitId) -> Result<Option<Visit>, StoreError> {
    let sql = concat!("SELECT ", columns!(), " FROM visit v WHERE v.place_id = $1 AND v.visit_id = $2");
    tx.fetch_optional(sql, &[place.into(), id.to_string().into()]).await?.as_ref().map(visit_of).transpose()
}

/// Who comes, in the order in which they were put together and joined; whoever led first stands first.
pub async fn parts_of(tx: &mut Tx, place: PlaceId, id: VisitId) -> Result<Vec<Part>, StoreError> {
    let sql = "SELECT item_id, person_id, unit_name FROM visitor WHERE place_id = $1 AND visit_id = $2 \
               AND left_at IS NULL ORDER BY sort_order";
    tx.fetch_all(sql, &[place.into(), id.to_string().into()])
        .await?
        .iter()
        .map(|row| {
            Ok(Part {
                item: row.optional_parsed("item_id")?,
                person: row.parsed("person_id")?,
                unit_name: row.text("unit_name")?,
            })
        })
        .collect()
}

/// The visit that a plan item is part of, unless it was cancelled.
pub async fn visit_of_item(tx: &mut Tx, place: PlaceId, item: ItemId) -> Result<Option<Visit>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM visit v JOIN visitor p ON p.place_id = v.place_id AND p.visit_id = v.visit_id \
         WHERE v.place_id = $1 AND p.item_id = $2 AND p.left_at IS NULL AND v.state <> 'cancelled' LIMIT 1"
    );
    tx.fetch_optional(sql, &[place.into(), item.into()]).await?.as_ref().map(visit_of).transpose()
}

/// Visits from `since` on, the next day first.
pub async fn visits_since(tx: &mut Tx, place: PlaceId, since: Date) -> Result<Vec<Visit>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM visit v WHERE v.place_id = $1 AND v.visit_on >= $2 ORDER BY v.visit_on, v.created_at, v.visit_id"
    );
    tx.fetch_all(sql, &[place.into(), since.into()]).await?.iter().map(visit_of).collect()
}

/// Visits of one person from `since` on that were not cancelled.
pub async fn visits_with(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    since: Date,
) -> Result<Vec<Visit>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM visit v WHERE v.place_id = $1 AND v.visit_on >= $3 AND v.state <> 'cancelled' AND v.visit_id IN \
         (SELECT visit_id FROM visitor WHERE place_id = $1 AND person_id = $2 AND left_at IS NULL) ORDER BY v.visit_on, v.visit_id"
    );
    tx.fetch_all(sql, &[place.into(), person.into(), since.into()]).await?.iter().map(visit_of).collect()
}

pub async fn insert_refusal(
    tx: &mut Tx,
    place: PlaceId,
    period: PeriodId,
    refused: &RefusedProposal,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO visit_refusal (place_id, refusal_id, period_id, spot, items, reason, person_id, refused_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = [
        place.into(),
        refused.refusal_id.to_string().into(),
        period.into(),
        (&refused.spot).into(),
        serde_json::to_string(&refused.items)?.into(),
        (&refused.reason).into(),
        refused.by.into(),
        refused.at.into(),
    ];
    tx.execute(sql, &values).await.map(|_| ())
}

pub async fn refusals_in(
    tx: &mut Tx,
    place: PlaceId,
    period: PeriodId,
) -> Result<Vec<RefusedProposal>, StoreError> {
    let sql = "SELECT refusal_id, spot, items, reason, person_id, refused_at FROM visit_refusal \
               WHERE place_id = $1 AND period_id = $2 ORDER BY refused_at, refusal_id";
    tx.fetch_all(sql, &[place.into(), period.into()])
        .await?
        .iter()
        .map(|row| {
            Ok(RefusedProposal {
                refusal_id: row.parsed("refusal_id")?,
                spot: row.text("spot")?,
                items: row.json("items")?,
                reason: row.text("reason")?,
                by: row.parsed("person_id")?,
                at: row.int("refused_at")?,
            })
        })
        .collect()
}

/// Takes the words of a visit away: why somebody stepped out at once, the others once nobody has to read them any more to make it.
pub async fn scrub(tx: &mut Tx, place: PlaceId, id: VisitId) -> Result<(), StoreError> {
    let sql = "UPDATE visitor SET left_reason = NULL WHERE place_id = $1 AND visit_id = $2";
    tx.execute(sql, &[place.into(), id.into()]).await?;
    let sql = "UPDATE visit SET spot = '', purpose = '', record_words = NULL, lead_reason = NULL \
               WHERE place_id = $1 AND visit_id = $2 AND state <> 'planned'";
    tx.execute(sql, &[place.into(), id.into()]).await.map(|_| ())
}

/// The words that a visit was agreed on with go when it is over; what was done there was written since, and stays for the others.
pub async fn scrub_place(tx: &mut Tx, place: PlaceId, id: VisitId) -> Result<(), StoreError> {
    let sql = "UPDATE visit SET spot = '', purpose = '', lead_reason = NULL \
               WHERE place_id = $1 AND visit_id = $2 AND state <> 'planned'";
    tx.execute(sql, &[place.into(), id.into()]).await.map(|_| ())
}
