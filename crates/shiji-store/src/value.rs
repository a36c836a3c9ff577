//! Values in and rows out, the same for both engines.

use crate::database::StoreError;
use jiff::civil::Date;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{ColumnIndex, Decode, Row as _, Type};
use std::str::FromStr;

/// What a statement is given. `None` is NULL of the right type (PostgreSQL wants to know).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Flag(bool),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(Some(text.to_owned()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(Some(text))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Value::Text(Some(text.clone()))
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Int(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Value::Int(number)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Value::Flag(flag)
    }
}

impl From<Date> for Value {
    fn from(day: Date) -> Self {
        Value::Text(Some(day.to_string()))
    }
}

impl From<Option<Date>> for Value {
    fn from(day: Option<Date>) -> Self {
        Value::Text(day.map(|day| day.to_string()))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Value::Text(text)
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        Value::Text(text.map(str::to_owned))
    }
}

macro_rules! from_id {
    ($($name:ident),+) => {$(
        impl From<shiji_domain::id::$name> for Value {
            fn from(id: shiji_domain::id::$name) -> Self {
                Value::Text(Some(id.to_string()))
            }
        }

        impl From<Option<shiji_domain::id::$name>> for Value {
            fn from(id: Option<shiji_domain::id::$name>) -> Self {
                Value::Text(id.map(|id| id.to_string()))
            }
        }
    )+};
}

from_id!(
    PlaceId,
    OrganizationId,
    PersonId,
    PostId,
    MembershipId,
    PeriodId,
    ReportId,
    ItemId,
    EvidenceId,
    MeetingId,
    RecordId,
    CommentId,
    LeaveId,
    NoticeId,
    ConflictId,
    QuestionId,
    JobId,
    SubscriptionId,
    HookId,
    TaskId,
    DirectiveId,
    DifficultyId,
    ProjectId,
    MilestoneId,
    HelpId,
    OfferId,
    VisitId,
    SpotId
);

/// A row; every reader names its column, and what cannot be read is a loud error, never a default.
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    fn get<'r, T>(&'r self, column: &'static str) -> Result<T, StoreError>
    where
        T: Decode<'r, sqlx::Sqlite> + Type<sqlx::Sqlite> + Decode<'r, sqlx::Postgres> + Type<sqlx::Postgres>,
        &'static str: ColumnIndex<SqliteRow> + ColumnIndex<PgRow>,
    {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
        .map_err(|source| StoreError::Column { column, source })
    }

    pub fn text(&self, column: &'static str) -> Result<String, StoreError> {
        self.get(column)
    }

    pub fn optional_text(&self, column: &'static str) -> Result<Option<String>, StoreError> {
        self.get(column)
    }

    pub fn int(&self, column: &'static str) -> Result<i64, StoreError> {
        self.get(column)
    }

    /// A number that is never negative.
    pub fn size(&self, column: &'static str) -> Result<u64, StoreError> {
        let number = self.int(column)?;
        u64::try_from(number).map_err(|_| StoreError::Corrupt { column, value: number.to_string() })
    }

    pub fn optional_int(&self, column: &'static str) -> Result<Option<i64>, StoreError> {
        self.get(column)
    }

    pub fn flag(&self, column: &'static str) -> Result<bool, StoreError> {
        self.get(column)
    }

    /// Ids and dates: anything that is written as text and read back with `FromStr`.
    pub fn parsed<T: FromStr>(&self, column: &'static str) -> Result<T, StoreError> {
        let text = self.text(column)?;
        text.parse().map_err(|_| StoreError::Corrupt { column, value: text })
    }

    pub fn optional_parsed<T: FromStr>(&self, column: &'static str) -> Result<Option<T>, StoreError> {
        match self.optional_text(column)? {
            None => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| StoreError::Corrupt { column, value: text }),
        }
    }

    /// Code words such as an item's kind.
    pub fn code<T>(
        &self,
        column: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        let text = self.text(column)?;
        read(&text).ok_or(StoreError::Corrupt { column, value: text })
    }

    /// JSON kept in a text column.
    pub fn json<T: serde::de::DeserializeOwned>(&self, column: &'static str) -> Result<T, StoreError> {
        let text = self.text(column)?;
        serde_json::from_str(&text).map_err(|_| StoreError::Corrupt { column, value: text })
    }
}
