//! One sheet as cells of text, whatever file it came from; and the kinds of file that are told apart.

use crate::error::{CellPlace, SheetError};
use crate::{csv_table, workbook};
use serde::Serialize;
use std::collections::BTreeMap;

/// Most rows with anything in them that a sheet may have.
pub(crate) const MAX_ROWS: usize = 5_000;
/// Most columns, counted from `A`.
pub(crate) const MAX_COLUMNS: usize = 60;
/// Most characters in one cell.
pub(crate) const MAX_CELL: usize = 20_000;
/// Most characters in all cells together: one shared string may be told in every cell.
const MAX_CHARACTERS: usize = 16_000_000;
/// Most bytes of a table in text.
const MAX_TEXT: usize = 64 << 20;

/// A cell or row that was passed over; the rest was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    pub sheet: String,
    /// Counted from 1.
    pub row: usize,
    /// In letters.
    pub column: String,
    /// The cell as it is written.
    pub what: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    pub text: String,
    pub is_formula: bool,
}

/// The cells that hold something. Rows that hold nothing take no memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Grid {
    pub sheet: String,
    rows: BTreeMap<usize, Vec<Cell>>,
    characters: usize,
}

impl Grid {
    pub fn new(sheet: &str) -> Grid {
        Grid { sheet: sheet.to_owned(), ..Grid::default() }
    }

    /// Puts a cell in its place; `row` and `column` are counted from 0. A cell without content is dropped.
    ///
    /// Errors: a limit is passed.
    pub fn put(&mut self, file: &str, row: usize, column: usize, cell: Cell) -> Result<(), SheetError> {
        if cell.text.trim().is_empty() && !cell.is_formula {
            return Ok(());
        }
        if column >= MAX_COLUMNS {
            return Err(SheetError::TooWide { place: self.place(row + 1, column), limit: MAX_COLUMNS });
        }
        let length = cell.text.chars().count();
        if length > MAX_CELL {
            return Err(SheetError::LongCell { place: self.place(row + 1, column), limit: MAX_CELL });
        }
        self.characters += length;
        if self.characters > MAX_CHARACTERS {
            return Err(SheetError::TooLarge { file: file.to_owned() });
        }
        if !self.rows.contains_key(&row) && self.rows.len() == MAX_ROWS {
            return Err(SheetError::TooManyRows { sheet: self.sheet.clone(), limit: MAX_ROWS });
        }
        let cells = self.rows.entry(row).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, Cell::default());
        }
        cells[column] = cell;
        Ok(())
    }

    /// Rows that hold something, from the top, each with its number counted from 1.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &[Cell])> {
        self.rows.iter().map(|(row, cells)| (row + 1, cells.as_slice()))
    }

    /// `row` is counted from 1 and `column` from 0.
    pub fn place(&self, row: usize, column: usize) -> CellPlace {
        CellPlace { sheet: self.sheet.clone(), row, column: letters(column) }
    }

    pub fn unread(&self, row: usize, column: usize, what: &str) -> Unread {
        Unread { sheet: self.sheet.clone(), row, column: letters(column), what: what.to_owned() }
    }
}

/// Reads the file and gives `find` one sheet after the other until it answers.
///
/// Errors: the file cannot be read, or `find` refuses a sheet; `Ok(None)` when no sheet is what is looked for.
pub(crate) fn find_in_file<T>(
    file: &str,
    bytes: &[u8],
    find: &mut dyn FnMut(&Grid) -> Result<Option<T>, SheetError>,
) -> Result<Option<T>, SheetError> {
    let named = || file.to_owned();
    if bytes.trim_ascii().is_empty() {
        return Err(SheetError::Empty { file: named() });
    }
    if bytes.starts_with(b"PK") {
        return workbook::find_in_workbook(file, bytes, find);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        let package: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let encrypted = bytes.windows(package.len()).any(|window| window == package);
        return Err(match encrypted {
            true => SheetError::Encrypted { file: named() },
            false => SheetError::OldWorkbook { file: named() },
        });
    }
    if bytes.len() > MAX_TEXT {
        return Err(SheetError::TooLarge { file: named() });
    }
    let start: Vec<u8> = bytes.trim_ascii_start().iter().take(5).map(u8::to_ascii_lowercase).collect();
    let marked = [&b"%pdf"[..], b"<html", b"<!doc", b"<?xml", b"<tabl", b"{\\rtf"];
    if marked.iter().any(|mark| start.starts_with(mark)) || bytes.contains(&0) {
        return Err(SheetError::WrongKind { file: named() });
    }
    find(&csv_table::read(file, bytes)?)
}

/// The letters of a column counted from 0: `A` … `Z`, `AA` …
pub(crate) fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_spreadsheet_programs_do() {
        assert_eq!([0, 25, 26, 59, 702].map(letters), ["A", "Z", "AA", "BH", "AAA"]);
    }

    #[test]
    fn a_sheet_has_its_limits() {
        let cell = |text: &str| Cell { text: text.into(), is_formula: false };
        let mut grid = Grid::new("表");
        assert!(grid.put("f", 0, 900, cell("  ")).is_ok());
        assert!(matches!(grid.put("f", 0, 60, cell("字")), Err(SheetError::TooWide { .. })));
        assert!(matches!(grid.put("f", 0, 0, cell(&"字".repeat(20_001))), Err(SheetError::LongCell { .. })));
        for row in 0..MAX_ROWS {
            grid.put("f", row * 100, 1, cell("字")).unwrap();
        }
        assert!(matches!(grid.put("f", 7, 1, cell("字")), Err(SheetError::TooManyRows { .. })));
        let long = "字".repeat(20_000);
        let mut full = (0..MAX_ROWS).map(|row| grid.put("f", row * 100, 0, cell(&long)));
        assert!(full.any(|put| matches!(put, Err(SheetError::TooLarge { .. }))));
    }
}
