//! One person's year: a row for each item, and plain counts on a leaf of their own.

use super::cell::{A4, Looks, WriteError, height, lines, pieces, sheet_name, text, workbook};
use jiff::civil::Date;
use rust_xlsxwriter::Worksheet;

/// A year with everything that the sheets say, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearTable {
    pub title: String,
    pub subtitle: String,
    /// Names of the two leaves: items, counts.
    pub sheets: [String; 2],
    /// Issue, period, kind, words, due, outcome, difficulty and other remarks.
    pub columns: [String; 7],
    pub day: Date,
    pub lines: Vec<YearLine>,
    /// Plain counts with their names; nothing is rated or ranked.
    pub counts: Vec<(String, u32)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearLine {
    pub issue: String,
    pub period: String,
    pub kind: String,
    pub text: String,
    pub due: String,
    pub outcome: String,
    pub remark: String,
}

/// Chinese characters that each column holds.
const WIDTHS: [usize; 7] = [6, 11, 5, 40, 7, 12, 16];

/// # Errors
/// Only when the workbook cannot be put together.
pub fn write_year(table: &YearTable) -> Result<Vec<u8>, WriteError> {
    let looks = Looks::new();
    let mut book = workbook(&table.title, table.day)?;
    let sheet = book.add_worksheet();
    set_up(sheet, table, &looks)?;
    let mut row = 3;
    for line in &table.lines {
        for piece in pieces(&line.text) {
            write_line(sheet, row, line, &piece, &looks)?;
            row += 1;
        }
    }
    if row > 3 {
        sheet.autofilter(2, 0, row - 1, 6)?;
    }
    let counts = book.add_worksheet();
    counts.set_name(sheet_name(&table.sheets[1]))?;
    counts.set_column_width(0, 44)?.set_column_width(1, 12)?;
    text(counts, 0, 0, &table.title, &looks.title)?;
    counts.set_row_height(0, 28)?;
    for (row, (name, count)) in (1..).zip(&table.counts) {
        text(counts, row, 0, name, &looks.words)?;
        counts.write_number_with_format(row, 1, *count, &looks.count)?;
    }
    Ok(book.save_to_buffer()?)
}

fn set_up(sheet: &mut Worksheet, table: &YearTable, looks: &Looks) -> Result<(), WriteError> {
    sheet.set_name(sheet_name(&table.sheets[0]))?;
    sheet.merge_range(0, 0, 0, 6, "", &looks.title)?;
    text(sheet, 0, 0, &table.title, &looks.title)?;
    sheet.set_row_height(0, 30)?;
    sheet.merge_range(1, 0, 1, 6, "", &looks.subtitle)?;
    text(sheet, 1, 0, &table.subtitle, &looks.subtitle)?;
    for (column, (title, width)) in (0..).zip(table.columns.iter().zip(WIDTHS)) {
        text(sheet, 2, column, title, &looks.head)?;
        sheet.set_column_width(column, f64::from(u32::try_from(width * 2).unwrap_or(20)) + 1.5)?;
    }
    sheet.set_freeze_panes(3, 0)?;
    sheet.set_repeat_rows(2, 2)?;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&C&P / &N");
    Ok(())
}

fn write_line(
    sheet: &mut Worksheet,
    row: u32,
    line: &YearLine,
    words: &str,
    looks: &Looks,
) -> Result<(), WriteError> {
    let cells = [&line.issue, &line.period, &line.kind, words, &line.due, &line.outcome, &line.remark];
    let mut tallest = 1;
    for (column, (cell, width)) in (0..).zip(cells.iter().zip(WIDTHS)) {
        let look = if column < 3 { &looks.middle } else { &looks.words };
        text(sheet, row, column, cell, look)?;
        tallest = tallest.max(lines(cell, width));
    }
    height(sheet, row, tallest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader as _, Xlsx};
    use jiff::civil::date;
    use std::io::Cursor;

    #[test]
    fn every_item_has_a_row_and_the_counts_stand_apart() {
        let line = |text: &str| YearLine {
            issue: "第 12 期".into(),
            period: "11月16日—22日".into(),
            kind: "计划".into(),
            text: text.into(),
            due: String::new(),
            outcome: "完成".into(),
            remark: "=1".into(),
        };
        let table = YearTable {
            title: "林远 2026 年实绩".into(),
            subtitle: "水务所 所长".into(),
            sheets: ["逐条".into(), "计数".into()],
            columns: ["期", "周期", "类别", "内容", "期限", "结果", "说明"].map(str::to_owned),
            day: date(2026, 11, 23),
            lines: vec![line("=SUM(A1:A9)"), line("修渠道")],
            counts: vec![("完成".into(), 2)],
        };
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(write_year(&table).unwrap())).unwrap();
        let items = book.worksheet_range("逐条").unwrap();
        assert_eq!(items.get_value((3, 3)), Some(&Data::String("=SUM(A1:A9)".into())));
        assert_eq!(items.get_value((4, 3)), Some(&Data::String("修渠道".into())));
        assert_eq!(book.worksheet_formula("逐条").unwrap().used_cells().count(), 0);
        let counts = book.worksheet_range("计数").unwrap();
        assert_eq!(counts.get_value((1, 1)), Some(&Data::Float(2.0)));
    }
}
