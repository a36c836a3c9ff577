//! Tables for everybody: CSV after RFC 4180, in UTF-8 with a mark at its beginning, by which spreadsheet programs know that
//! the Chinese in it is UTF-8.
//!
//! A cell that a spreadsheet would take for a formula is given an apostrophe at its front. So that nothing is lost, a cell
//! which already begins with apostrophes before such a sign is given one more: whoever takes away one apostrophe from
//! every cell in which apostrophes are followed by a sign has the words back as they were.

use std::borrow::Cow;

/// Begins a formula, in half and in full width, or leads a spreadsheet to the next cell.
const SIGNS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// The mark and the line of the columns' names.
pub fn csv_start(columns: &[&str]) -> Vec<u8> {
    let mut text = "\u{feff}".as_bytes().to_vec();
    let row: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
    text.extend(csv_rows(&[row]));
    text
}

pub fn csv_rows(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
    for row in rows {
        // Writing into memory cannot fail.
        let _ = writer.write_record(row.iter().map(|cell| guarded(cell).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

fn guarded(cell: &str) -> Cow<'_, str> {
    if cell.trim_start_matches('\'').starts_with(SIGNS) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the manual tells readers to do it.
    fn words_back(cell: &str) -> &str {
        let bare = cell.trim_start_matches('\'');
        if bare.len() < cell.len() && bare.starts_with(SIGNS) { &cell[1..] } else { cell }
    }

    #[test]
    fn no_cell_begins_as_a_formula_and_every_word_comes_back() {
        let cells = [
            "=HYPERLINK(\"http://x\")",
            "+86",
            "-3户",
            "@all",
            "'=1",
            "''＝1",
            "＋1",
            "'引号开头",
            "修水渠,260米\r\n第二行",
            "写着\"内部\"",
            "",
            "\t制表",
        ];
        let row: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        let bytes = csv_rows(&[row]);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
        let read = reader.records().next().unwrap().unwrap();
        assert_eq!(read.len(), cells.len());
        for (kept, words) in read.iter().zip(cells) {
            assert!(!kept.starts_with(SIGNS), "{kept}");
            assert_eq!(words_back(kept), words);
        }
    }

    #[test]
    fn a_table_begins_with_the_mark_and_its_lines_end_as_the_standard_says() {
        let mut bytes = csv_start(&["name", "text"]);
        bytes.extend(csv_rows(&[vec!["张三".into(), "修渠".into()]]));
        assert_eq!(String::from_utf8(bytes).unwrap(), "\u{feff}name,text\r\n张三,修渠\r\n");
    }
}
