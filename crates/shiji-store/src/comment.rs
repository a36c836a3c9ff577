//! Words on a report or on one of its items, and the meeting's notes.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use shiji_domain::id::{CommentId, ItemId, PersonId, PlaceId, ReportId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub comment_id: CommentId,
    pub report_id: ReportId,
    /// The whole report when empty.
    pub item_id: Option<ItemId>,
    pub author_id: PersonId,
    /// `comment` or `note` (of the meeting).
    pub kind: String,
    pub body: String,
    pub created_at: i64,
    /// When the one whose report it is said that it is dealt with.
    pub dealt_at: Option<i64>,
}

macro_rules! columns {
    () => {
        "comment_id, report_id, item_id, author_id, kind, body, created_at, dealt_at"
    };
}

fn comment_of(row: &Row) -> Result<Comment, StoreError> {
    Ok(Comment {
        comment_id: row.parsed("comment_id")?,
        report_id: row.parsed("report_id")?,
        item_id: row.optional_parsed("item_id")?,
        author_id: row.parsed("author_id")?,
        kind: row.text("kind")?,
        body: row.text("body")?,
        created_at: row.int("created_at")?,
        dealt_at: row.optional_int("dealt_at")?,
    })
}

pub async fn comment(tx: &mut Tx, place: PlaceId, id: CommentId) -> Result<Option<Comment>, StoreError> {
    let sql = concat!("SELECT ", columns!(), " FROM comment WHERE place_id = $1 AND comment_id = $2");
    tx.fetch_optional(sql, &[place.into(), id.into()]).await?.as_ref().map(comment_of).transpose()
}

pub async fn comments_of(tx: &mut Tx, place: PlaceId, report: ReportId) -> Result<Vec<Comment>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM comment WHERE place_id = $1 AND report_id = $2 ORDER BY created_at, comment_id"
    );
    tx.fetch_all(sql, &[place.into(), report.into()]).await?.iter().map(comment_of).collect()
}

pub async fn insert_comment(tx: &mut Tx, place: PlaceId, comment: &Comment) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO comment (place_id, comment_id, report_id, item_id, author_id, kind, body, created_at, dealt_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            place.into(),
            comment.comment_id.into(),
            comment.report_id.into(),
            comment.item_id.into(),
            comment.author_id.into(),
            (&comment.kind).into(),
            (&comment.body).into(),
            comment.created_at.into(),
            comment.dealt_at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// The first time stays; rows changed.
pub async fn mark_dealt(tx: &mut Tx, place: PlaceId, id: CommentId, at: i64) -> Result<u64, StoreError> {
    let sql = "UPDATE comment SET dealt_at = $3 WHERE place_id = $1 AND comment_id = $2 AND dealt_at IS NULL";
    tx.execute(sql, &[place.into(), id.into(), at.into()]).await
}
