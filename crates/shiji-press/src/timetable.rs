//! Timetables of key projects as they are printed: plain values, every sentence already in the reader's language.

use jiff::civil::Date;
use serde::Serialize;

/// One page for each project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimetableSheets {
    /// `zh` or `en`; the officials' own words are Chinese in both.
    pub language: String,
    pub place: String,
    pub heading: String,
    /// As of which day, in a sentence.
    pub as_of: String,
    /// The day.
    pub published_on: Date,
    pub projects: Vec<TimetableSheet>,
    pub words: TimetableWords,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimetableSheet {
    pub name: String,
    pub aim: Option<String>,
    /// Ahead, on time, behind, in a word.
    pub status: String,
    pub late: bool,
    /// Label and value: leader, units, money, place.
    pub facts: Vec<(String, String)>,
    pub months: Vec<TimetableMonth>,
    /// In thousandths of the drawing's width, as every place here.
    pub today: Option<i64>,
    pub milestones: Vec<TimetableLine>,
    pub shifts: Vec<TimetableShift>,
    /// The project's page; becomes a QR code.
    pub address: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimetableMonth {
    pub at: i64,
    pub label: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimetableLine {
    pub name: String,
    pub promised_on: String,
    pub now_on: String,
    pub difference: String,
    pub late: bool,
    pub reached: bool,
    pub dropped: bool,
    pub from: i64,
    pub to: i64,
    pub promised: i64,
}

/// Why a forecast moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimetableShift {
    pub day: String,
    pub what: String,
    pub reason: Option<String>,
}

/// The sheet's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimetableWords {
    pub milestone: String,
    pub promised: String,
    pub now: String,
    pub shifts: String,
    pub reason: String,
    /// How the drawing is read.
    pub key: String,
    pub scan: String,
    /// Before the list of characters that no font has.
    pub missing: String,
}
