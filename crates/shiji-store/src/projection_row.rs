//! Rows of the public tables, read back as the facts that they were derived from.

use crate::database::{StoreError, Tx};
use jiff::civil::Date;
use shiji_domain::id::PlaceId;
use shiji_domain::issue::Standing;
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::redaction::RedactionReason;
use shiji_domain::roster::FilingDuty;
use shiji_record::fact::{
    AbsenceFact, AnswerFact, ItemFact, PlaceFact, RedactionFact, ReportFact, RosterFact,
};
use shiji_record::projection::ItemRow;
use uuid::Uuid;

/// In the order of the board.
pub async fn people_of_issue(tx: &mut Tx, place: PlaceId, issue: i64) -> Result<Vec<RosterFact>, StoreError> {
    let sql = "SELECT person_id, name, organization_id, organization_name, sort_order, posts, filing_duty, \
               office_telephone, duties, leader, deputy, office_place, office_hours \
               FROM public_person WHERE place_id = $1 AND issue_number = $2 \
               ORDER BY sort_order, person_id";
    tx.fetch_all(sql, &[place.into(), issue.into()]).await?.iter().map(person_of).collect()
}

pub(crate) fn person_of(row: &crate::Row) -> Result<RosterFact, StoreError> {
    Ok(RosterFact {
        person: row.parsed("person_id")?,
        name: row.text("name")?,
        unit: row.parsed("organization_id")?,
        unit_name: row.text("organization_name")?,
        order: row.int("sort_order")?,
        posts: row.json("posts")?,
        filing_duty: row.code("filing_duty", FilingDuty::from_code)?,
        office_telephone: row.optional_text("office_telephone")?,
        duties: row.json("duties")?,
        leader: row.optional_text("leader")?,
        deputy: row.optional_text("deputy")?,
        office_place: row.optional_text("office_place")?,
        office_hours: row.optional_text("office_hours")?,
    })
}

pub async fn reports_of_issue(
    tx: &mut Tx,
    place: PlaceId,
    issue: i64,
) -> Result<Vec<ReportFact>, StoreError> {
    let sql = "SELECT person_id, filed_on, filed_by FROM public_report WHERE place_id = $1 AND issue_number = $2 \
               ORDER BY person_id";
    let rows = tx.fetch_all(sql, &[place.into(), issue.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(ReportFact {
                person: row.parsed("person_id")?,
                filed_on: row.parsed("filed_on")?,
                filed_by: row.optional_text("filed_by")?,
            })
        })
        .collect()
}

pub async fn absences_of_issue(
    tx: &mut Tx,
    place: PlaceId,
    issue: i64,
) -> Result<Vec<AbsenceFact>, StoreError> {
    let sql = "SELECT person_id, standing, substitute FROM public_absence WHERE place_id = $1 AND issue_number = $2 \
               ORDER BY person_id";
    let rows = tx.fetch_all(sql, &[place.into(), issue.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(AbsenceFact {
                person: row.parsed("person_id")?,
                standing: row.code("standing", Standing::from_code)?,
                substitute: row.optional_text("substitute")?,
            })
        })
        .collect()
}

macro_rules! item_columns {
    () => {
        "item_id, revision, issue_number, person_id, kind, position, body, due_on, difficulty, answers_id, evidence, \
         published_on, reason, corrected_by, commitment, withheld, question_id, links"
    };
}
pub(crate) use item_columns;

pub(crate) fn item_of(row: &crate::Row) -> Result<ItemRow, StoreError> {
    Ok(ItemRow {
        fact: ItemFact {
            item: row.parsed("item_id")?,
            person: row.parsed("person_id")?,
            item_kind: row.code("kind", ItemKind::from_code)?,
            position: row.int("position")?,
            text: row.text("body")?,
            due_on: row.optional_parsed("due_on")?,
            difficulty: row.optional_text("difficulty")?,
            answers: row.optional_parsed("answers_id")?,
            evidence: row.json("evidence")?,
            question: row.optional_parsed("question_id")?,
            links: row.json("links")?,
        },
        revision: row.int("revision")?,
        published_on: row.parsed("published_on")?,
        reason: row.optional_text("reason")?,
        corrected_by: row.optional_text("corrected_by")?,
        commitment: row.text("commitment")?,
        withheld: row.json("withheld")?,
    })
}

pub(crate) fn place_of(row: &crate::Row) -> Result<PlaceFact, StoreError> {
    Ok(PlaceFact {
        slug: row.text("slug")?,
        name: row.text("name")?,
        name_en: row.text("name_en")?,
        time_zone: row.text("time_zone")?,
    })
}

/// What the records say the place is called.
pub async fn latest_place(tx: &mut Tx, place: PlaceId) -> Result<Option<PlaceFact>, StoreError> {
    let sql = "SELECT slug, name, name_en, time_zone FROM public_place WHERE place_id = $1 \
               ORDER BY issue_number DESC LIMIT 1";
    tx.fetch_optional(sql, &[place.into()]).await?.as_ref().map(place_of).transpose()
}

pub(crate) fn redaction_of(row: &crate::Row) -> Result<(Uuid, RedactionFact, Date), StoreError> {
    let fact = RedactionFact {
        target: row.text("target")?,
        fields: row.json("fields")?,
        reason: row.code("reason", RedactionReason::from_code)?,
        redacted_by: row.text("redacted_by")?,
    };
    Ok((row.parsed("subject_id")?, fact, row.parsed("published_on")?))
}

/// Every revision, by person, kind and position; the latest revision of an item comes last.
pub async fn items_of_issue(tx: &mut Tx, place: PlaceId, issue: i64) -> Result<Vec<ItemRow>, StoreError> {
    let sql = concat!(
        "SELECT ",
        item_columns!(),
        " FROM public_item WHERE place_id = $1 AND issue_number = $2 \
         ORDER BY person_id, kind DESC, position, item_id, revision"
    );
    tx.fetch_all(sql, &[place.into(), issue.into()]).await?.iter().map(item_of).collect()
}

pub async fn answers_of_issue(
    tx: &mut Tx,
    place: PlaceId,
    issue: i64,
) -> Result<Vec<AnswerFact>, StoreError> {
    let sql = "SELECT plan_item_id, person_id, outcome, reason, work_item_id FROM public_answer \
               WHERE place_id = $1 AND issue_number = $2 ORDER BY plan_item_id";
    tx.fetch_all(sql, &[place.into(), issue.into()]).await?.iter().map(answer_of).collect()
}

pub(crate) fn answer_of(row: &crate::Row) -> Result<AnswerFact, StoreError> {
    Ok(AnswerFact {
        plan_item: row.parsed("plan_item_id")?,
        person: row.parsed("person_id")?,
        outcome: row.code("outcome", Outcome::from_code)?,
        reason: row.optional_text("reason")?,
        work_item: row.optional_parsed("work_item_id")?,
    })
}
