//! Reporting periods, leave and reminders.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use jiff::civil::Date;
use shiji_domain::calendar::Days;
use shiji_domain::id::{LeaveId, PeriodId, PersonId, PlaceId};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub period_id: PeriodId,
    pub days: Days,
    /// Milliseconds; filing later is possible and shown as late until the meeting closes.
    pub due_at: i64,
    pub meeting_at: i64,
    /// Published by itself at this instant when no meeting was closed before.
    pub publish_at: Option<i64>,
    /// Set when it has been published.
    pub issue_number: Option<i64>,
}

impl Period {
    pub fn is_published(&self) -> bool {
        self.issue_number.is_some()
    }
}

macro_rules! period_columns {
    () => {
        "period_id, first_day, last_day, due_at, meeting_at, publish_at, issue_number"
    };
}

fn period_of(row: &Row) -> Result<Period, StoreError> {
    Ok(Period {
        period_id: row.parsed("period_id")?,
        days: Days { first: row.parsed("first_day")?, last: row.parsed("last_day")? },
        due_at: row.int("due_at")?,
        meeting_at: row.int("meeting_at")?,
        publish_at: row.optional_int("publish_at")?,
        issue_number: row.optional_int("issue_number")?,
    })
}

/// All periods, the oldest first.
pub async fn periods(tx: &mut Tx, place: PlaceId) -> Result<Vec<Period>, StoreError> {
    let sql = concat!("SELECT ", period_columns!(), " FROM period WHERE place_id = $1 ORDER BY first_day");
    tx.fetch_all(sql, &[place.into()]).await?.iter().map(period_of).collect()
}

pub async fn period(tx: &mut Tx, place: PlaceId, id: PeriodId) -> Result<Option<Period>, StoreError> {
    let sql = concat!("SELECT ", period_columns!(), " FROM period WHERE place_id = $1 AND period_id = $2");
    tx.fetch_optional(sql, &[place.into(), id.into()]).await?.as_ref().map(period_of).transpose()
}

/// The period that people work on: the earliest that is not published.
pub async fn open_period(tx: &mut Tx, place: PlaceId) -> Result<Option<Period>, StoreError> {
    let sql = concat!(
        "SELECT ",
        period_columns!(),
        " FROM period WHERE place_id = $1 AND issue_number IS NULL ORDER BY first_day LIMIT 1"
    );
    tx.fetch_optional(sql, &[place.into()]).await?.as_ref().map(period_of).transpose()
}

/// The published period before `first_day`, whose plans are to be answered.
pub async fn period_before(
    tx: &mut Tx,
    place: PlaceId,
    first_day: Date,
) -> Result<Option<Period>, StoreError> {
    let sql = concat!(
        "SELECT ",
        period_columns!(),
        " FROM period WHERE place_id = $1 AND first_day < $2 ORDER BY first_day DESC LIMIT 1"
    );
    tx.fetch_optional(sql, &[place.into(), first_day.into()]).await?.as_ref().map(period_of).transpose()
}

pub async fn insert_period(tx: &mut Tx, place: PlaceId, period: &Period) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO period (place_id, period_id, first_day, last_day, due_at, meeting_at, publish_at, issue_number) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            place.into(),
            period.period_id.into(),
            period.days.first.into(),
            period.days.last.into(),
            period.due_at.into(),
            period.meeting_at.into(),
            period.publish_at.into(),
            period.issue_number.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Days and instants of a period that is not published; rows changed.
pub async fn update_period(tx: &mut Tx, place: PlaceId, period: &Period) -> Result<u64, StoreError> {
    tx.execute(
        "UPDATE period SET first_day = $3, last_day = $4, due_at = $5, meeting_at = $6, publish_at = $7 \
         WHERE place_id = $1 AND period_id = $2 AND issue_number IS NULL",
        &[
            place.into(),
            period.period_id.into(),
            period.days.first.into(),
            period.days.last.into(),
            period.due_at.into(),
            period.meeting_at.into(),
            period.publish_at.into(),
        ],
    )
    .await
}

pub async fn delete_period(tx: &mut Tx, place: PlaceId, id: PeriodId) -> Result<(), StoreError> {
    let sql = "DELETE FROM period WHERE place_id = $1 AND period_id = $2 AND issue_number IS NULL";
    tx.execute(sql, &[place.into(), id.into()]).await?;
    Ok(())
}

/// Gives the period its issue number; rows changed: 0 when somebody else was first.
pub async fn number_period(
    tx: &mut Tx,
    place: PlaceId,
    id: PeriodId,
    number: i64,
) -> Result<u64, StoreError> {
    let sql =
        "UPDATE period SET issue_number = $3 WHERE place_id = $1 AND period_id = $2 AND issue_number IS NULL";
    tx.execute(sql, &[place.into(), id.into(), number.into()]).await
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leave {
    pub leave_id: LeaveId,
    pub person_id: PersonId,
    pub substitute_id: PersonId,
    pub days: Days,
}

fn leave_of(row: &Row) -> Result<Leave, StoreError> {
    Ok(Leave {
        leave_id: row.parsed("leave_id")?,
        person_id: row.parsed("person_id")?,
        substitute_id: row.parsed("substitute_id")?,
        days: Days { first: row.parsed("from_day")?, last: row.parsed("to_day")? },
    })
}

/// Leave that touches `days`.
pub async fn leave_in(tx: &mut Tx, place: PlaceId, days: Days) -> Result<Vec<Leave>, StoreError> {
    let sql = "SELECT leave_id, person_id, substitute_id, from_day, to_day FROM absence \
               WHERE place_id = $1 AND from_day <= $2 AND to_day >= $3 ORDER BY from_day, leave_id";
    tx.fetch_all(sql, &[place.into(), days.last.into(), days.first.into()])
        .await?
        .iter()
        .map(leave_of)
        .collect()
}

pub async fn insert_leave(
    tx: &mut Tx,
    place: PlaceId,
    leave: &Leave,
    by: PersonId,
    now: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO absence (place_id, leave_id, person_id, substitute_id, from_day, to_day, created_by, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            place.into(),
            leave.leave_id.into(),
            leave.person_id.into(),
            leave.substitute_id.into(),
            leave.days.first.into(),
            leave.days.last.into(),
            by.into(),
            now.into(),
        ],
    )
    .await?;
    Ok(())
}

pub async fn delete_leave(tx: &mut Tx, place: PlaceId, id: LeaveId) -> Result<u64, StoreError> {
    tx.execute("DELETE FROM absence WHERE place_id = $1 AND leave_id = $2", &[place.into(), id.into()]).await
}
