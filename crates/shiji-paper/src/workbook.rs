//! Workbooks in `.xlsx`: what is packed is counted before any of it is believed, then cells are streamed.

use crate::error::SheetError;
use crate::grid::{Cell, Grid};
use calamine::{DataRef, Reader, SheetVisible, Xlsx, XlsxError};
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use zip::ZipArchive;

/// Most files in the package.
const MAX_ENTRIES: usize = 2_000;
/// Most bytes of everything in the package, unpacked.
const MAX_UNPACKED: u64 = 64 << 20;
/// Most visible sheets that are looked into.
const MAX_SHEETS: usize = 50;

pub(crate) fn find_in_workbook<T>(
    file: &str,
    bytes: &[u8],
    find: &mut dyn FnMut(&Grid) -> Result<Option<T>, SheetError>,
) -> Result<Option<T>, SheetError> {
    check_package(file, bytes)?;
    // A file made to confuse may make the reader panic; it is then a damaged file and no more.
    catch_unwind(AssertUnwindSafe(|| find_in_sheets(file, bytes, find)))
        .unwrap_or_else(|_| Err(SheetError::Damaged { file: file.to_owned() }))
}

/// Unpacks everything once, keeping nothing, so that later reading is known to end.
fn check_package(file: &str, bytes: &[u8]) -> Result<(), SheetError> {
    let damaged = || SheetError::Damaged { file: file.to_owned() };
    let too_large = || SheetError::TooLarge { file: file.to_owned() };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > MAX_ENTRIES {
        return Err(too_large());
    }
    let mut left = MAX_UNPACKED;
    let mut has_workbook = false;
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).map_err(|_| damaged())?;
        let name = entry.name().map_err(|_| damaged())?.to_ascii_lowercase();
        has_workbook |= name == "xl/workbook.xml";
        let mut limited = (&mut entry).take(left + 1);
        let read = if name.ends_with("sharedstrings.xml") {
            let mut strings = Vec::new();
            limited.read_to_end(&mut strings).map_err(|_| damaged())?;
            if !is_string_count_possible(&strings) {
                return Err(damaged());
            }
            strings.len() as u64
        } else {
            std::io::copy(&mut limited, &mut std::io::sink()).map_err(|_| damaged())?
        };
        left = left.checked_sub(read).ok_or_else(too_large)?;
    }
    if has_workbook { Ok(()) } else { Err(SheetError::NotAWorkbook { file: file.to_owned() }) }
}

/// The reader sets aside memory for as many strings as are announced, so an announcement must fit the bytes.
fn is_string_count_possible(strings: &[u8]) -> bool {
    const ANNOUNCED: &[u8] = b"uniqueCount";
    if strings.contains(&0) {
        return false;
    }
    let found = strings.windows(ANNOUNCED.len()).enumerate().filter(|(_, window)| *window == ANNOUNCED);
    found.map(|(at, _)| &strings[at + ANNOUNCED.len()..]).all(|rest| {
        let is_between = |byte: &u8| byte.is_ascii_whitespace() || b"='\"+".contains(byte);
        let digits = rest.iter().skip_while(|byte| is_between(byte)).take_while(|byte| byte.is_ascii_digit());
        let count = digits
            .fold(0_usize, |count, digit| count.saturating_mul(10).saturating_add(usize::from(digit - b'0')));
        count <= strings.len()
    })
}

fn find_in_sheets<T>(
    file: &str,
    bytes: &[u8],
    find: &mut dyn FnMut(&Grid) -> Result<Option<T>, SheetError>,
) -> Result<Option<T>, SheetError> {
    let damaged = |error| match error {
        XlsxError::Password => SheetError::Encrypted { file: file.to_owned() },
        _ => SheetError::Damaged { file: file.to_owned() },
    };
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let shown = workbook.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = shown.map(|sheet| sheet.name.clone()).collect();
    if names.len() > MAX_SHEETS {
        return Err(SheetError::TooLarge { file: file.to_owned() });
    }
    for name in names {
        let mut cells = match workbook.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            // A sheet that is a chart.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(damaged(error)),
        };
        let mut grid = Grid::new(&name);
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
            let (row, column) = (cell.pos.0 as usize, cell.pos.1 as usize);
            let cell = Cell { text: text(&cell.value), is_formula: cell.formula.is_some() };
            grid.put(file, row, column, cell)?;
        }
        if let Some(found) = find(&grid)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// What the cell shows: whole numbers without a point, days in ISO 8601.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string().to_uppercase(),
        DataRef::Error(error) => error.to_string(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
            }
        }
        DataRef::DateTime(moment) => moment.as_f64().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_no_point() {
        assert_eq!(text(&DataRef::Float(13_900_000_001.0)), "13900000001");
        assert_eq!(text(&DataRef::Float(2.5)), "2.5");
    }

    #[test]
    fn more_strings_than_bytes_are_not_believed() {
        assert!(is_string_count_possible(b"<sst count='9' uniqueCount='2'><si/><si/></sst>"));
        assert!(!is_string_count_possible(b"<sst uniqueCount = \"99999999999999999999999\"/>"));
    }
}
