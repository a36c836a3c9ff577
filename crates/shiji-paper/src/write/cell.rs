//! Cells, their looks and their heights.

use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use thiserror::Error;

/// Characters of one cell; the format allows 32,767, our own reader 20,000.
pub(super) const CELL_MOST: usize = 16_000;
/// Points of a printed line at 11 points, and the tallest row that the format allows (409.5).
const LINE_HEIGHT: f64 = 15.5;
const ROW_HEIGHT_MOST: f64 = 409.0;
/// Lines that a row can show.
pub(super) const LINES_MOST: usize = 25;
/// ISO 216 A3 and A4 in the numbering of the format (ECMA-376 part 1, 18.3.1.63).
pub(super) const A3: u8 = 8;
pub(super) const A4: u8 = 9;

#[derive(Debug, Error)]
pub enum WriteError {
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] XlsxError),
}

pub(super) struct Looks {
    pub title: Format,
    pub subtitle: Format,
    pub head: Format,
    pub words: Format,
    pub middle: Format,
    pub count: Format,
}

impl Looks {
    pub fn new() -> Looks {
        let plain = || Format::new().set_font_name("宋体").set_font_size(11);
        let framed = || plain().set_border(FormatBorder::Thin).set_text_wrap();
        let middle = || framed().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        Looks {
            title: plain()
                .set_font_size(18)
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            subtitle: plain().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter),
            head: middle().set_bold().set_background_color(Color::RGB(0x00F2_ECE0)),
            words: framed().set_align(FormatAlign::Left).set_align(FormatAlign::Top),
            middle: middle(),
            count: framed().set_align(FormatAlign::Right).set_align(FormatAlign::Top),
        }
    }
}

/// The day stands in the file as its making, so that the same content gives the same bytes.
pub(super) fn workbook(title: &str, day: Date) -> Result<Workbook, WriteError> {
    let mut workbook = Workbook::new();
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    let made = ExcelDateTime::from_ymd(
        u16::try_from(day.year()).unwrap_or(1970),
        part(day.month()),
        part(day.day()),
    )?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    Ok(workbook)
}

/// A name that the format takes: at most 31 characters without `[]:*?/\`.
pub(super) fn sheet_name(words: &str) -> String {
    let plain = words.chars().filter(|character| !"[]:*?/\\'".contains(*character));
    let name: String = plain.take(31).collect();
    if name.trim().is_empty() { "1".to_owned() } else { name }
}

/// `write_string` never makes a formula, whatever the words begin with; `write` would look at their type.
pub(super) fn text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    words: &str,
    look: &Format,
) -> Result<(), WriteError> {
    let shown: String = words.chars().filter(|character| is_writable(*character)).take(CELL_MOST).collect();
    sheet.write_string_with_format(row, column, shown, look)?;
    Ok(())
}

/// XML 1.0 section 2.2 has no other control characters.
fn is_writable(character: char) -> bool {
    matches!(character, '\n' | '\t')
        || (!character.is_control() && !matches!(character, '\u{FFFE}' | '\u{FFFF}'))
}

/// Lines that the words take in a column that holds `width` Chinese characters.
pub(super) fn lines(words: &str, width: usize) -> usize {
    let halves =
        |line: &str| line.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum::<usize>();
    words.split('\n').map(|line| halves(line).div_ceil(width * 2).max(1)).sum()
}

/// Programs do not find the height of wrapped lines by themselves in every case.
pub(super) fn height(sheet: &mut Worksheet, row: u32, lines: usize) -> Result<(), WriteError> {
    let points =
        (f64::from(u16::try_from(lines).unwrap_or(u16::MAX)) * LINE_HEIGHT + 4.0).min(ROW_HEIGHT_MOST);
    sheet.set_row_height(row, points)?;
    Ok(())
}

/// Words parted into pieces of at most [`CELL_MOST`] characters.
pub(super) fn pieces(words: &str) -> Vec<String> {
    let all: Vec<char> = words.chars().collect();
    if all.is_empty() {
        return vec![String::new()];
    }
    all.chunks(CELL_MOST).map(|piece| piece.iter().collect()).collect()
}
