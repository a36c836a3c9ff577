//! Notices to officials, and the address to which an official wants them besides.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use shiji_domain::id::{NoticeId, PeriodId, PersonId, PlaceId};
use shiji_domain::notice::NoticeKind;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub notice_id: NoticeId,
    pub person_id: PersonId,
    pub kind: NoticeKind,
    pub period: Option<PeriodId>,
    /// What it is about when it is no period.
    pub subject: Option<Uuid>,
    pub created_at: i64,
    /// None when the calendar wrote it.
    pub created_by: Option<PersonId>,
}

/// Stands for the calendar.
const NOBODY: PersonId = PersonId(Uuid::nil());

fn notice_of(row: &Row) -> Result<Notice, StoreError> {
    let period = row.text("period_id")?;
    let by: PersonId = row.parsed("created_by")?;
    Ok(Notice {
        notice_id: row.parsed("notice_id")?,
        person_id: row.parsed("person_id")?,
        kind: row.code("kind", NoticeKind::from_code)?,
        period: if period.is_empty() { None } else { Some(row.parsed("period_id")?) },
        subject: row.optional_parsed("subject_id")?,
        created_at: row.int("created_at")?,
        created_by: Some(by).filter(|by| *by != NOBODY),
    })
}

pub async fn insert_notice(tx: &mut Tx, place: PlaceId, notice: &Notice) -> Result<(), StoreError> {
    let sql = "INSERT INTO notice (place_id, notice_id, person_id, kind, period_id, subject_id, created_by, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = [
        place.into(),
        notice.notice_id.into(),
        notice.person_id.into(),
        notice.kind.code().into(),
        notice.period.map_or_else(String::new, |period| period.to_string()).into(),
        notice.subject.map(|subject| subject.to_string()).into(),
        notice.created_by.unwrap_or(NOBODY).into(),
        notice.created_at.into(),
    ];
    tx.execute(sql, &values).await.map(|_| ())
}

/// What a person has not yet put away, the newest first.
pub async fn unread(tx: &mut Tx, place: PlaceId, person: PersonId) -> Result<Vec<Notice>, StoreError> {
    let sql = "SELECT notice_id, person_id, kind, period_id, subject_id, created_at, created_by FROM notice \
               WHERE place_id = $1 AND person_id = $2 AND read_at IS NULL ORDER BY created_at DESC, notice_id LIMIT 50";
    tx.fetch_all(sql, &[place.into(), person.into()]).await?.iter().map(notice_of).collect()
}

/// The notice, unless it was put away.
pub async fn unread_notice(tx: &mut Tx, place: PlaceId, id: NoticeId) -> Result<Option<Notice>, StoreError> {
    let sql = "SELECT notice_id, person_id, kind, period_id, subject_id, created_at, created_by FROM notice \
               WHERE place_id = $1 AND notice_id = $2 AND read_at IS NULL";
    tx.fetch_optional(sql, &[place.into(), id.into()]).await?.as_ref().map(notice_of).transpose()
}

/// Notices of one kind about a period, read or not.
pub async fn notices_of(
    tx: &mut Tx,
    place: PlaceId,
    period: PeriodId,
    kind: NoticeKind,
) -> Result<Vec<Notice>, StoreError> {
    let sql = "SELECT notice_id, person_id, kind, period_id, subject_id, created_at, created_by FROM notice \
               WHERE place_id = $1 AND period_id = $2 AND kind = $3 ORDER BY created_at";
    tx.fetch_all(sql, &[place.into(), period.into(), kind.code().into()])
        .await?
        .iter()
        .map(notice_of)
        .collect()
}

/// Whether the person had a notice of this kind about this since an instant.
pub async fn was_told(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    kind: NoticeKind,
    subject: Uuid,
    since: i64,
) -> Result<bool, StoreError> {
    let sql = "SELECT notice_id FROM notice WHERE place_id = $1 AND person_id = $2 AND kind = $3 AND subject_id = $4 \
               AND created_at >= $5 LIMIT 1";
    let values = [place.into(), person.into(), kind.code().into(), subject.to_string().into(), since.into()];
    Ok(tx.fetch_optional(sql, &values).await?.is_some())
}

/// Sealed; none when the official wants no mail.
pub async fn contact(tx: &mut Tx, place: PlaceId, person: PersonId) -> Result<Option<String>, StoreError> {
    let sql = "SELECT address_sealed FROM person_contact WHERE place_id = $1 AND person_id = $2";
    let row = tx.fetch_optional(sql, &[place.into(), person.into()]).await?;
    row.map(|row| row.text("address_sealed")).transpose()
}

/// `None` takes the address away.
pub async fn put_contact(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    sealed: Option<&str>,
    now: i64,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM person_contact WHERE place_id = $1 AND person_id = $2";
    tx.execute(sql, &[place.into(), person.into()]).await?;
    if let Some(sealed) = sealed {
        let sql = "INSERT INTO person_contact (place_id, person_id, address_sealed, updated_at) VALUES ($1, $2, $3, $4)";
        tx.execute(sql, &[place.into(), person.into(), sealed.into(), now.into()]).await?;
    }
    Ok(())
}

pub async fn read_notices(tx: &mut Tx, place: PlaceId, person: PersonId, now: i64) -> Result<(), StoreError> {
    let sql = "UPDATE notice SET read_at = $3 WHERE place_id = $1 AND person_id = $2 AND read_at IS NULL";
    tx.execute(sql, &[place.into(), person.into(), now.into()]).await?;
    Ok(())
}
