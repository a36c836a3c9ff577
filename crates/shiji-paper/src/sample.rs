//! Workbooks made by hand for the tests, sound and unsound ones.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::Path;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A workbook in the making: sheets of rows of text.
pub struct Sample {
    sheets: Vec<(String, String)>,
    rows: usize,
}

impl Sample {
    pub fn new() -> Sample {
        Sample { sheets: vec![("表一".into(), String::new())], rows: 0 }
    }

    pub fn sheet(mut self, name: &str) -> Sample {
        self.sheets.push((name.into(), String::new()));
        self.rows = 0;
        self
    }

    /// A cell that starts with `=` becomes a formula with a value; an empty one is left out.
    pub fn row(mut self, cells: &[&str]) -> Sample {
        self.rows += 1;
        let (_, xml) = self.sheets.last_mut().unwrap();
        write!(xml, "<row r=\"{}\">", self.rows).unwrap();
        for (column, cell) in (b'A'..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            let place = format!("{}{}", char::from(column), self.rows);
            match cell.strip_prefix('=') {
                Some(formula) => write!(xml, "<c r=\"{place}\"><f>{formula}</f><v>1</v></c>").unwrap(),
                None => write!(
                    xml,
                    "<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{cell}</t></is></c>"
                )
                .unwrap(),
            }
        }
        xml.push_str("</row>");
        self
    }

    /// Rows as they are, in XML.
    pub fn raw(mut self, xml: &str) -> Sample {
        self.sheets.last_mut().unwrap().1.push_str(xml);
        self
    }

    pub fn xlsx(self) -> Vec<u8> {
        self.xlsx_with(&[])
    }

    /// With further files in the package.
    pub fn xlsx_with(self, more: &[(&str, &[u8])]) -> Vec<u8> {
        const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
        let (mut listed, mut related) = (String::new(), String::new());
        let mut files = Vec::new();
        for (number, (name, rows)) in (1..).zip(&self.sheets) {
            write!(listed, "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>").unwrap();
            write!(
                related,
                "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
            )
            .unwrap();
            let sheet = format!(
                "<worksheet xmlns=\"{MAIN}\"><dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData></worksheet>"
            );
            files.push((format!("xl/worksheets/sheet{number}.xml"), sheet.into_bytes()));
        }
        let workbook =
            format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{listed}</sheets></workbook>");
        let relations = format!("<Relationships xmlns=\"{PACKAGE}\">{related}</Relationships>");
        let root = format!(
            "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        );
        files.push(("_rels/.rels".into(), root.into_bytes()));
        files.push(("xl/workbook.xml".into(), workbook.into_bytes()));
        files.push(("xl/_rels/workbook.xml.rels".into(), relations.into_bytes()));
        files.extend(more.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())));
        package(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
    }
}

/// A package of files that may be anything.
pub fn package<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A file of the town that examples are taken from, where it is at hand.
pub fn town(file: &str) -> Option<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/town");
    std::fs::read(folder.join(file)).ok()
}
