//! Sheets that an office hands in — the roster and the weekly table — read into plain rows; and sheets that an office asks
//! for, written.
//!
//! Architecture invariant: bytes come in and rows or one [`SheetError`] go out; nothing is opened, kept or looked up,
//! and no file, however it was made, costs more than the limits in `grid` and `workbook`.

mod clean;
mod csv_table;
mod error;
mod grid;
mod header;
pub mod open_table;
mod roster;
mod week;
mod workbook;
mod write;

pub use error::{CellPlace, SheetError};
pub use grid::Unread;
pub use roster::{RosterSheet, read_roster};
pub use week::{WeekRow, WeekSheet, read_week};
pub use write::{WeekLine, WeekTable, WriteError, YearLine, YearTable, write_week, write_year};

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod sample;
