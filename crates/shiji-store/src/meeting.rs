//! The Monday meeting.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use shiji_domain::id::{MeetingId, PeriodId, PersonId, PlaceId, ReportId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    pub meeting_id: MeetingId,
    pub period_id: PeriodId,
    pub opened_at: i64,
    pub opened_by: PersonId,
    pub closed_at: Option<i64>,
    pub closed_by: Option<PersonId>,
    /// The report on the big screen, and since when.
    pub shown_report_id: Option<ReportId>,
    pub shown_at: Option<i64>,
    /// Notes for the minutes, beyond those on single reports.
    pub notes: String,
    /// Grows with every change, so that screens know when to draw again.
    pub version: i64,
}

impl Meeting {
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }
}

fn meeting_of(row: &Row) -> Result<Meeting, StoreError> {
    Ok(Meeting {
        meeting_id: row.parsed("meeting_id")?,
        period_id: row.parsed("period_id")?,
        opened_at: row.int("opened_at")?,
        opened_by: row.parsed("opened_by")?,
        closed_at: row.optional_int("closed_at")?,
        closed_by: row.optional_parsed("closed_by")?,
        shown_report_id: row.optional_parsed("shown_report_id")?,
        shown_at: row.optional_int("shown_at")?,
        notes: row.text("notes")?,
        version: row.int("version")?,
    })
}

pub async fn meeting_of_period(
    tx: &mut Tx,
    place: PlaceId,
    period: PeriodId,
) -> Result<Option<Meeting>, StoreError> {
    let sql = "SELECT meeting_id, period_id, opened_at, opened_by, closed_at, closed_by, shown_report_id, shown_at, \
               notes, version FROM meeting WHERE place_id = $1 AND period_id = $2";
    tx.fetch_optional(sql, &[place.into(), period.into()]).await?.as_ref().map(meeting_of).transpose()
}

/// The newest closed ones.
pub async fn closed_meetings(tx: &mut Tx, place: PlaceId, most: i64) -> Result<Vec<Meeting>, StoreError> {
    let sql = "SELECT meeting_id, period_id, opened_at, opened_by, closed_at, closed_by, shown_report_id, shown_at, \
               notes, version FROM meeting WHERE place_id = $1 AND closed_at IS NOT NULL \
               ORDER BY closed_at DESC, meeting_id LIMIT $2";
    tx.fetch_all(sql, &[place.into(), most.into()]).await?.iter().map(meeting_of).collect()
}

pub async fn insert_meeting(tx: &mut Tx, place: PlaceId, meeting: &Meeting) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO meeting (place_id, meeting_id, period_id, opened_at, opened_by, closed_at, closed_by, \
         shown_report_id, shown_at, notes, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &[
            place.into(),
            meeting.meeting_id.into(),
            meeting.period_id.into(),
            meeting.opened_at.into(),
            meeting.opened_by.into(),
            meeting.closed_at.into(),
            meeting.closed_by.into(),
            meeting.shown_report_id.into(),
            meeting.shown_at.into(),
            (&meeting.notes).into(),
            meeting.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes the meeting when nobody changed it since `meeting.version` was read; rows changed.
pub async fn update_meeting(tx: &mut Tx, place: PlaceId, meeting: &Meeting) -> Result<u64, StoreError> {
    tx.execute(
        "UPDATE meeting SET closed_at = $4, closed_by = $5, shown_report_id = $6, shown_at = $7, notes = $8, \
         version = version + 1 WHERE place_id = $1 AND meeting_id = $2 AND version = $3",
        &[
            place.into(),
            meeting.meeting_id.into(),
            meeting.version.into(),
            meeting.closed_at.into(),
            meeting.closed_by.into(),
            meeting.shown_report_id.into(),
            meeting.shown_at.into(),
            (&meeting.notes).into(),
        ],
    )
    .await
}

/// A note was made on one of its reports since it was opened.
pub async fn has_notes_on_reports(
    tx: &mut Tx,
    place: PlaceId,
    meeting: &Meeting,
) -> Result<bool, StoreError> {
    let sql = "SELECT comment_id FROM comment WHERE place_id = $1 AND kind = 'note' AND created_at >= $3 AND report_id IN \
               (SELECT report_id FROM report WHERE place_id = $1 AND period_id = $2) LIMIT 1";
    let values = [place.into(), meeting.period_id.into(), meeting.opened_at.into()];
    Ok(tx.fetch_optional(sql, &values).await?.is_some())
}

/// Takes the meeting away when nobody changed it since `meeting.version` was read; rows deleted.
pub async fn delete_meeting(tx: &mut Tx, place: PlaceId, meeting: &Meeting) -> Result<u64, StoreError> {
    let sql = "DELETE FROM meeting WHERE place_id = $1 AND meeting_id = $2 AND version = $3";
    tx.execute(sql, &[place.into(), meeting.meeting_id.into(), meeting.version.into()]).await
}

/// Something on a report of the meeting changed: screens draw again.
pub async fn touch_meeting(tx: &mut Tx, place: PlaceId, id: MeetingId) -> Result<(), StoreError> {
    let sql = "UPDATE meeting SET version = version + 1 WHERE place_id = $1 AND meeting_id = $2";
    tx.execute(sql, &[place.into(), id.into()]).await?;
    Ok(())
}
