//! The week's sheet as the office lays it out: one row for each official, units merged.

use super::cell::{A3, LINES_MOST, Looks, WriteError, height, lines, pieces, sheet_name, text, workbook};
use jiff::civil::Date;
use rust_xlsxwriter::Worksheet;

/// A week with everything that the sheet says, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekTable {
    /// Name of the leaf.
    pub sheet: String,
    pub title: String,
    pub subtitle: String,
    /// Number, unit, name, post, work, plan, difficulty, remark.
    pub columns: [String; 8],
    pub day: Date,
    /// In the order of the board; those of a unit one after the other.
    pub lines: Vec<WeekLine>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekLine {
    pub unit: String,
    pub name: String,
    pub posts: String,
    pub work: Vec<String>,
    pub plan: Vec<String>,
    pub difficulty: Vec<String>,
    /// On leave, late, filed by whom.
    pub remark: String,
}

/// Chinese characters that each column holds.
const WIDTHS: [usize; 8] = [3, 7, 5, 9, 32, 24, 12, 7];
/// Rows above the first official.
const HEAD: u32 = 3;

/// What does not fit a row goes on in a further row with the same name, which our own reader takes together.
///
/// # Errors
/// Only when the workbook cannot be put together.
pub fn write_week(table: &WeekTable) -> Result<Vec<u8>, WriteError> {
    let looks = Looks::new();
    let mut book = workbook(&table.title, table.day)?;
    let sheet = book.add_worksheet();
    set_up(sheet, table, &looks)?;
    let mut row = HEAD;
    let mut at = 0;
    while let Some(first) = table.lines.get(at) {
        let of_unit = table.lines[at..].iter().take_while(|line| line.unit == first.unit).count();
        let from = row;
        for (offset, line) in table.lines[at..at + of_unit].iter().enumerate() {
            row = write_line(sheet, row, at + offset + 1, line, &looks)?;
        }
        unit_cell(sheet, from, row - 1, &first.unit, &looks)?;
        at += of_unit;
    }
    Ok(book.save_to_buffer()?)
}

fn set_up(sheet: &mut Worksheet, table: &WeekTable, looks: &Looks) -> Result<(), WriteError> {
    sheet.set_name(sheet_name(&table.sheet))?;
    sheet.merge_range(0, 0, 0, 7, "", &looks.title)?;
    text(sheet, 0, 0, &table.title, &looks.title)?;
    sheet.set_row_height(0, 32)?;
    sheet.merge_range(1, 0, 1, 7, "", &looks.subtitle)?;
    text(sheet, 1, 0, &table.subtitle, &looks.subtitle)?;
    sheet.set_row_height(1, 20)?;
    for (column, (title, width)) in (0..).zip(table.columns.iter().zip(WIDTHS)) {
        text(sheet, 2, column, title, &looks.head)?;
        // The format counts in digits, of which two make a Chinese character.
        sheet.set_column_width(column, f64::from(u32::try_from(width * 2).unwrap_or(20)) + 1.5)?;
    }
    sheet.set_row_height(2, 24)?;
    sheet.set_freeze_panes(HEAD, 0)?;
    sheet.set_repeat_rows(2, 2)?;
    sheet.set_paper_size(A3).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3).set_footer("&C&P / &N");
    Ok(())
}

/// The row after the official's last.
fn write_line(
    sheet: &mut Worksheet,
    row: u32,
    number: usize,
    line: &WeekLine,
    looks: &Looks,
) -> Result<u32, WriteError> {
    let columns = [(4, &line.work), (5, &line.plan), (6, &line.difficulty)];
    let cells = columns.map(|(column, items)| (column, stacked(items, WIDTHS[usize::from(column)])));
    let rows = cells.iter().map(|(_, cells)| cells.len()).max().unwrap_or(1).max(1);
    for offset in 0..rows {
        let row = row + u32::try_from(offset).unwrap_or(0);
        text(sheet, row, 0, &number.to_string(), &looks.middle)?;
        text(sheet, row, 1, "", &looks.middle)?;
        text(sheet, row, 2, &line.name, &looks.middle)?;
        text(sheet, row, 3, &line.posts, &looks.middle)?;
        text(sheet, row, 7, &line.remark, &looks.words)?;
        let mut tallest = lines(&line.posts, WIDTHS[3]).max(lines(&line.remark, WIDTHS[7]));
        for (column, cells) in &cells {
            let words = cells.get(offset).map_or("", String::as_str);
            text(sheet, row, *column, words, &looks.words)?;
            tallest = tallest.max(lines(words, WIDTHS[usize::from(*column)]));
        }
        height(sheet, row, tallest)?;
    }
    Ok(row + u32::try_from(rows).unwrap_or(1))
}

/// Numbered items, as many to a cell as it can show.
fn stacked(items: &[String], width: usize) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    let mut used = 0;
    for (number, item) in (1..).zip(items) {
        let marked = match items.len() {
            1 => item.clone(),
            _ => format!("{number}.{item}"),
        };
        for piece in pieces(&marked) {
            let tall = lines(&piece, width);
            match cells.last_mut().filter(|_| used + tall <= LINES_MOST) {
                Some(cell) => {
                    cell.push('\n');
                    cell.push_str(&piece);
                    used += tall;
                }
                None => {
                    cells.push(piece);
                    used = tall;
                }
            }
        }
    }
    cells
}

fn unit_cell(
    sheet: &mut Worksheet,
    first: u32,
    last: u32,
    unit: &str,
    looks: &Looks,
) -> Result<(), WriteError> {
    if last > first {
        sheet.merge_range(first, 1, last, 1, "", &looks.middle)?;
    }
    text(sheet, first, 1, unit, &looks.middle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_week;
    use calamine::{Data, Reader as _, Xlsx};
    use jiff::civil::date;
    use std::io::Cursor;

    fn line(unit: &str, name: &str, work: &[&str], plan: &[&str]) -> WeekLine {
        let all = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
        WeekLine {
            unit: unit.into(),
            name: name.into(),
            posts: "所长".into(),
            work: all(work),
            plan: all(plan),
            difficulty: vec![],
            remark: String::new(),
        }
    }

    fn table(lines: Vec<WeekLine>) -> WeekTable {
        let columns = ["序号", "单位", "姓名", "职务", "本周工作及成效", "下周计划", "存在困难", "备注"];
        WeekTable {
            sheet: "第12期".into(),
            title: "澄湾镇干部实绩公示表".into(),
            subtitle: "2026年11月16日—22日".into(),
            columns: columns.map(str::to_owned),
            day: date(2026, 11, 23),
            lines,
        }
    }

    fn cells(bytes: Vec<u8>) -> (calamine::Range<Data>, calamine::Range<String>) {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let name = book.sheet_names()[0].clone();
        (book.worksheet_range(&name).unwrap(), book.worksheet_formula(&name).unwrap())
    }

    #[test]
    fn our_own_import_reads_what_was_written() {
        let bytes = write_week(&table(vec![
            line("水务所", "林远", &["更换水表38只", "修渠道120米"], &["巡河两次"]),
            line("水务所", "苏禾", &["清淤泥30方"], &[]),
            line("民政办", "白芷", &[], &["走访低保户6户", "发放救助金"]),
        ]))
        .unwrap();
        let week = read_week("第12期.xlsx", &bytes).unwrap();
        let rows: Vec<_> = week
            .rows
            .iter()
            .map(|row| (row.unit.as_deref(), row.name.as_str(), row.work.as_str(), row.plan.as_str()))
            .collect();
        assert_eq!(
            rows,
            [
                (Some("水务所"), "林远", "1.更换水表38只\n2.修渠道120米", "巡河两次"),
                (Some("水务所"), "苏禾", "清淤泥30方", ""),
                (Some("民政办"), "白芷", "", "1.走访低保户6户\n2.发放救助金"),
            ]
        );
    }

    #[test]
    fn words_that_look_like_a_formula_stay_words() {
        let signs = [
            "=1+1",
            "+86 0871",
            "-3米",
            "@所有人",
            "{=A1}",
            "=HYPERLINK(\"http://a.example\")",
            "http://a.example/x",
        ];
        let lines = signs.map(|sign| line(sign, "林远", &[sign], &[sign]));
        let (range, formulas) = cells(write_week(&table(lines.into())).unwrap());
        for (row, sign) in (3..).zip(signs) {
            assert_eq!(range.get_value((row, 4)), Some(&Data::String(sign.into())));
        }
        assert_eq!(formulas.used_cells().count(), 0);
    }

    #[test]
    fn what_is_too_long_for_a_row_goes_on_in_the_next_and_nothing_is_lost() {
        let long = "修渠道。".repeat(10_000);
        let many: Vec<String> = (1..=60).map(|n| format!("第{n}件事做完了")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let bytes = write_week(&table(vec![
            line("水务所", "林远", &[&long], &[]),
            line("水务所", "苏禾", &many, &[]),
        ]))
        .unwrap();
        let week = read_week("长.xlsx", &bytes).unwrap();
        let all = |name: &str| {
            week.rows.iter().filter(|row| row.name == name).map(|row| row.work.clone()).collect::<Vec<_>>()
        };
        assert_eq!(all("林远").concat(), long);
        assert_eq!(all("苏禾").join("\n").lines().count(), 60);
        assert!(all("苏禾").len() > 1);
    }

    #[test]
    fn the_same_week_gives_the_same_bytes_and_an_empty_one_is_written_too() {
        let one = || write_week(&table(vec![line("水务所", "林远", &["a\u{7}b"], &[])])).unwrap();
        assert_eq!(one(), one());
        assert!(write_week(&table(vec![])).is_ok());
    }
}
