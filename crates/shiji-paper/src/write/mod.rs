//! Sheets that an office asks for, written as workbooks. Every cell is text or a count; nothing that a person wrote can
//! become a formula, whatever sign it begins with.

mod cell;
mod week;
mod year;

pub use cell::WriteError;
pub use week::{WeekLine, WeekTable, write_week};
pub use year::{YearLine, YearTable, write_year};
