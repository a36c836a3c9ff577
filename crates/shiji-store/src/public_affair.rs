//! The public side of projects, directives, difficulties, visits and meetings: rows derived from their records.
//!
//! Architecture invariant: these statements name public tables only.

use crate::database::{StoreError, Tx};
use crate::projection_row::{item_columns, item_of};
use crate::value::{Row, Value};
use shiji_domain::id::{ItemId, MilestoneId, PlaceId, ProjectId};
use shiji_record::affair::{Affair, ProjectMove};
use shiji_record::fact::Kind;
use shiji_record::projection::{AffairRow, ItemRow};
use uuid::Uuid;

pub(crate) const INSERT: &str = "INSERT INTO public_affair (place_id, issue_number, subject_id, revision, kind, \
                                 published_on, fact, commitment, withheld)";
const INSERT_LINK: &str = "INSERT INTO public_item_link (place_id, issue_number, subject_id, item_id, kind)";

macro_rules! columns {
    () => {
        "subject_id, revision, kind, published_on, fact, commitment, withheld"
    };
}

pub(crate) fn kind_code(kind: Kind) -> Result<String, StoreError> {
    match serde_json::to_value(kind)? {
        serde_json::Value::String(code) => Ok(code),
        other => Err(StoreError::Corrupt { column: "kind", value: other.to_string() }),
    }
}

pub(crate) fn values_of(row: &AffairRow) -> Result<Vec<Value>, StoreError> {
    Ok(vec![
        row.affair.subject().to_string().into(),
        row.revision.into(),
        kind_code(row.affair.kind())?.into(),
        row.published_on.into(),
        serde_json::to_string(&row.affair.to_value()?)?.into(),
        (&row.commitment).into(),
        serde_json::to_string(&row.withheld)?.into(),
    ])
}

pub(crate) fn affair_of(row: &Row) -> Result<AffairRow, StoreError> {
    let code = row.text("kind")?;
    let corrupt = || StoreError::Corrupt { column: "kind", value: code.clone() };
    let kind: Kind = serde_json::from_value(code.clone().into()).map_err(|_| corrupt())?;
    let affair = Affair::from_value(kind, row.json("fact")?)?.ok_or_else(corrupt)?;
    Ok(AffairRow {
        affair,
        revision: row.int("revision")?,
        published_on: row.parsed("published_on")?,
        commitment: row.text("commitment")?,
        withheld: row.json("withheld")?,
    })
}

/// Everything published under an issue: with it, or after it and before the next.
pub async fn affairs_of_issue(tx: &mut Tx, place: PlaceId, issue: i64) -> Result<Vec<AffairRow>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM public_affair WHERE place_id = $1 AND issue_number = $2 ORDER BY subject_id, revision"
    );
    tx.fetch_all(sql, &[place.into(), issue.into()]).await?.iter().map(affair_of).collect()
}

/// Everything published about one of them, in its order.
pub async fn affairs_about(tx: &mut Tx, place: PlaceId, subject: Uuid) -> Result<Vec<AffairRow>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM public_affair WHERE place_id = $1 AND subject_id = $2 ORDER BY revision"
    );
    tx.fetch_all(sql, &[place.into(), subject.to_string().into()]).await?.iter().map(affair_of).collect()
}

/// Changes whenever a record is added.
pub(crate) async fn version(tx: &mut Tx, place: PlaceId) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) AS many FROM public_affair WHERE place_id = $1";
    tx.fetch_optional(sql, &[place.into()]).await?.map_or(Ok(0), |row| row.int("many"))
}

/// The newest of one kind.
pub async fn newest_of_kind(
    tx: &mut Tx,
    place: PlaceId,
    kind: Kind,
    most: i64,
) -> Result<Vec<AffairRow>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM public_affair WHERE place_id = $1 AND kind = $2 ORDER BY published_on DESC, subject_id DESC LIMIT $3"
    );
    let values = [place.into(), kind_code(kind)?.into(), most.into()];
    tx.fetch_all(sql, &values).await?.iter().map(affair_of).collect()
}

/// Difficulties published under one of the issues from `first` to `last`.
pub async fn difficulties_in(
    tx: &mut Tx,
    place: PlaceId,
    first: i64,
    last: i64,
) -> Result<Vec<AffairRow>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM public_affair WHERE place_id = $1 AND issue_number BETWEEN $2 AND $3 AND kind = 'difficulty' \
         ORDER BY issue_number, subject_id, revision"
    );
    tx.fetch_all(sql, &[place.into(), first.into(), last.into()]).await?.iter().map(affair_of).collect()
}

/// All records of one kind, by subject and revision: all projects, or all steps of projects.
pub async fn affairs_of_kind(tx: &mut Tx, place: PlaceId, kind: Kind) -> Result<Vec<AffairRow>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM public_affair WHERE place_id = $1 AND kind = $2 ORDER BY subject_id, revision"
    );
    tx.fetch_all(sql, &[place.into(), kind_code(kind)?.into()]).await?.iter().map(affair_of).collect()
}

/// All projects with all their steps, by project and then in their order.
pub async fn projects(tx: &mut Tx, place: PlaceId) -> Result<Vec<AffairRow>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM public_affair WHERE place_id = $1 AND kind IN ('project', 'project_step') ORDER BY subject_id, revision"
    );
    tx.fetch_all(sql, &[place.into()]).await?.iter().map(affair_of).collect()
}

/// The project that a milestone belongs to.
pub async fn project_of_milestone(
    tx: &mut Tx,
    place: PlaceId,
    milestone: MilestoneId,
) -> Result<Option<ProjectId>, StoreError> {
    let sql = "SELECT project_id FROM public_milestone WHERE place_id = $1 AND milestone_id = $2";
    let row = tx.fetch_optional(sql, &[place.into(), milestone.into()]).await?;
    row.map(|row| row.parsed("project_id")).transpose()
}

/// Published items that belong to something, every revision, the newest issue first.
pub async fn items_linked(tx: &mut Tx, place: PlaceId, subject: Uuid) -> Result<Vec<ItemRow>, StoreError> {
    let sql = concat!(
        "SELECT ",
        item_columns!(),
        " FROM public_item WHERE place_id = $1 AND item_id IN \
         (SELECT item_id FROM public_item_link WHERE place_id = $1 AND subject_id = $2) \
         ORDER BY issue_number DESC, person_id, position, item_id, revision"
    );
    tx.fetch_all(sql, &[place.into(), subject.to_string().into()]).await?.iter().map(item_of).collect()
}

/// Which project the milestones of a record belong to; written again, they stay as they are.
pub(crate) async fn note_milestones(
    tx: &mut Tx,
    place: PlaceId,
    issue: i64,
    affair: &Affair,
) -> Result<(), StoreError> {
    let milestones: Vec<MilestoneId> = match affair {
        Affair::Project(fact) => fact.baseline.iter().map(|line| line.milestone).collect(),
        Affair::ProjectStep(fact) if fact.step == ProjectMove::Added => fact.milestone.into_iter().collect(),
        _ => Vec::new(),
    };
    let sql = "INSERT INTO public_milestone (place_id, milestone_id, project_id, issue_number) \
               VALUES ($1, $2, $3, $4) ON CONFLICT (place_id, milestone_id) DO NOTHING";
    for milestone in milestones {
        let project = affair.subject().to_string();
        tx.execute(sql, &[place.into(), milestone.into(), project.into(), issue.into()]).await?;
    }
    Ok(())
}

/// One line for each thing that an item belongs to; written again, they stay as they are.
pub(crate) async fn link_items(
    tx: &mut Tx,
    place: PlaceId,
    issue: i64,
    items: &[&ItemRow],
) -> Result<(), StoreError> {
    for item in items {
        unlink_item(tx, place, item.fact.item).await?;
        let rows: Vec<Vec<Value>> = item
            .fact
            .links
            .iter()
            .map(|link| {
                vec![
                    place.into(),
                    issue.into(),
                    link.subject.to_string().into(),
                    item.fact.item.into(),
                    link.kind.code().into(),
                ]
            })
            .collect();
        tx.insert_many(INSERT_LINK, &rows).await?;
    }
    Ok(())
}

async fn unlink_item(tx: &mut Tx, place: PlaceId, item: ItemId) -> Result<(), StoreError> {
    let sql = "DELETE FROM public_item_link WHERE place_id = $1 AND item_id = $2";
    tx.execute(sql, &[place.into(), item.into()]).await?;
    Ok(())
}
