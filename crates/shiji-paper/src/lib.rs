//! Sheets that an office hands in — the roster, the weekly table and the list of key projects — read into plain rows; and sheets that an office asks
//! for, written.
//!
//! Architecture invariant: bytes come in and rows or one [`SheetError`] go out; nothing is opened, kept or looked up,
//! and no file, however it was made, costs more than the limits in `grid` and `workbook`.

mod clean;
mod csv_table;
mod day;
mod error;
mod grid;
mod header;
pub mod open_table;
mod projects;
mod roster;
mod week;
mod workbook;
mod write;

pub use error::{CellPlace, SheetError};
pub use grid::Unread;
pub use projects::{MilestoneRow, ProjectRow, ProjectSheet, read_projects};
pub use roster::{RosterSheet, read_roster};
pub use week::{WeekRow, WeekSheet, read_week};
pub use write::{WeekLine, WeekTable, WriteError, YearLine, YearTable, write_week, write_year};

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod sample;
