//! Tables in text: CSV in UTF-8 or GBK, parted by commas, semicolons or tabs.

use crate::error::SheetError;
use crate::grid::{Cell, Grid};
use std::borrow::Cow;

/// A table in text has no sheets; its only one is named after the file, without the ending.
pub(crate) fn read(file: &str, bytes: &[u8]) -> Result<Grid, SheetError> {
    let text = decode(bytes).ok_or_else(|| SheetError::Encoding { file: file.to_owned() })?;
    let sheet = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut grid = Grid::new(sheet);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut row = 0;
    while reader.read_record(&mut record).map_err(|_| SheetError::Damaged { file: file.to_owned() })? {
        row += empty_lines(&record, reader.position().line());
        for (column, text) in record.iter().enumerate() {
            grid.put(file, row, column, Cell { text: text.to_owned(), is_formula: false })?;
        }
        row += 1;
    }
    Ok(grid)
}

/// Lines that the reader passed over before `record`; spreadsheet programs count them as rows.
fn empty_lines(record: &csv::StringRecord, line_after: u64) -> usize {
    let from = record.position().map_or(0, csv::Position::line);
    let inside: usize = record.iter().map(|field| field.matches('\n').count()).sum();
    let passed = usize::try_from(line_after.saturating_sub(from)).unwrap_or(0);
    passed.saturating_sub(inside + 1)
}

fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Cow::Borrowed(text)),
        Err(_) => encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(bytes),
    }
}

/// The separator that the first lines have most of.
fn delimiter(text: &str) -> u8 {
    let start: Vec<&str> = text.lines().take(20).collect();
    let count = |separator: char| start.iter().map(|line| line.matches(separator).count()).sum::<usize>();
    let separators = [(count(';'), b';'), (count('\t'), b'\t'), (count(','), b',')];
    separators.into_iter().max_by_key(|(count, _)| *count).map_or(b',', |(_, separator)| separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_cells(bytes: &[u8]) -> Vec<(usize, String)> {
        let grid = read("名册.csv", bytes).unwrap();
        grid.rows().map(|(row, cells)| (row, cells[0].text.clone())).collect()
    }

    #[test]
    fn rows_are_counted_with_the_empty_ones() {
        let cells = first_cells("甲,乙\r\n\r\n\"子\n丑\",寅\r\n,\r\n卯,辰".as_bytes());
        assert_eq!(cells, [(1, "甲".into()), (3, "子\n丑".into()), (5, "卯".into())]);
    }

    #[test]
    fn tabs_part_cells_when_there_are_more_of_them() {
        assert_eq!(first_cells("甲,子\t乙\t丙".as_bytes()), [(1, "甲,子".into())]);
    }

    #[test]
    fn gbk_and_a_mark_of_utf8_are_understood_and_garbage_is_not() {
        let gbk = encoding_rs::GBK.encode("姓名,单位").0;
        assert_eq!(first_cells(&gbk), [(1, "姓名".into())]);
        assert_eq!(first_cells("\u{feff}姓名,单位".as_bytes()), [(1, "姓名".into())]);
        assert!(matches!(read("f.csv", b"a,\xFF\xFF\xFF"), Err(SheetError::Encoding { .. })));
    }
}
