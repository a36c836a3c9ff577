//! From values to the bytes of a PDF.

use crate::clean::{breakable, characters, each_text, is_private, named, replaced, visible};
use crate::code::code;
use crate::font::{Face, choose, faces, families, is_built_in, usual_folders};
use crate::sheet::{AskCards, IssueSheet, MinutesSheet};
use crate::timetable::TimetableSheets;
use crate::world::{Form, Room};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::OnceLock;
use thiserror::Error;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// A finished print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    pub pdf: Vec<u8>,
    pub pages: usize,
    /// Characters that no font here can draw. Where they stood, their number stands, and a line at the end lists them.
    pub missing: Vec<char>,
}

/// None of these comes from what people wrote: the sheets of this crate are at fault.
#[derive(Debug, Error)]
pub enum PressError {
    #[error("cannot put the data into JSON")]
    Data(#[from] serde_json::Error),
    #[error("an address does not fit a QR code: {0}")]
    Code(String),
    #[error("typesetting failed: {0}")]
    Typeset(String),
}

/// A press with the computer's fonts beside it.
pub struct Press {
    folders: Vec<PathBuf>,
    /// Looked for when a character is wanted that the program's own fonts lack.
    faces: OnceLock<Vec<Face>>,
}

impl Default for Press {
    /// With fonts from the usual folders of the computer.
    fn default() -> Press {
        Press::with_fonts_in(usual_folders())
    }
}

impl Press {
    pub fn with_fonts_in(folders: Vec<PathBuf>) -> Press {
        Press { folders, faces: OnceLock::new() }
    }

    /// The issue on A3 sheets, to be read from a metre and a half.
    ///
    /// # Errors
    /// Only when this crate is at fault; this holds for every function here.
    pub fn wall_sheets(&self, sheet: &IssueSheet) -> Result<Printed, PressError> {
        self.issue(Form::Wall, sheet)
    }

    /// The issue on A4 pages, to be held in hands.
    ///
    /// # Errors
    /// As [`Press::wall_sheets`].
    pub fn booklet(&self, sheet: &IssueSheet) -> Result<Printed, PressError> {
        self.issue(Form::Booklet, sheet)
    }

    /// One A4 page for each village.
    ///
    /// # Errors
    /// As [`Press::wall_sheets`].
    pub fn ask_cards(&self, cards: &AskCards) -> Result<Printed, PressError> {
        let title = format!("{} {}", cards.place, cards.heading);
        self.print(Form::Cards, serde_json::to_value(cards)?, title)
    }

    /// One A4 page, lying down, for each project.
    ///
    /// # Errors
    /// As [`Press::wall_sheets`].
    pub fn timetables(&self, sheets: &TimetableSheets) -> Result<Printed, PressError> {
        let title = match &sheets.projects[..] {
            [only] => format!("{} {}", sheets.place, only.name),
            _ => format!("{} {}", sheets.place, sheets.heading),
        };
        self.print(Form::Timetables, serde_json::to_value(sheets)?, title)
    }

    /// The minutes of a meeting on A4.
    ///
    /// # Errors
    /// As [`Press::wall_sheets`].
    pub fn minutes(&self, sheet: &MinutesSheet) -> Result<Printed, PressError> {
        let title = format!("{} {} {}", sheet.place, sheet.heading, sheet.number);
        self.print(Form::Minutes, serde_json::to_value(sheet)?, title)
    }

    fn issue(&self, form: Form, sheet: &IssueSheet) -> Result<Printed, PressError> {
        let title = format!("{} {} {}", sheet.place, sheet.heading, sheet.number);
        self.print(form, serde_json::to_value(sheet)?, title)
    }

    fn print(&self, form: Form, mut data: Value, title: String) -> Result<Printed, PressError> {
        data["title"] = Value::String(title);
        each_text(&mut data, &mut visible);
        let mut used = BTreeSet::new();
        characters(&data, &mut used);
        let rare: BTreeSet<char> = used.into_iter().filter(|character| !is_built_in(*character)).collect();
        let (private, rare): (BTreeSet<char>, BTreeSet<char>) =
            rare.into_iter().partition(|c| is_private(*c));
        let (fonts, mut missing) = match rare.is_empty() {
            true => (Vec::new(), BTreeSet::new()),
            false => choose(self.faces.get_or_init(|| faces(&self.folders)), &rare),
        };
        missing.extend(private);
        each_text(&mut data, &mut |text| breakable(&replaced(text, &missing)));
        draw_codes(&mut data)?;
        data["fonts"] = json!(families(&fonts));
        data["missing"] = json!(missing.iter().map(|character| named(*character)).collect::<Vec<_>>());
        let (pdf, pages) = typeset(form, &data, fonts)?;
        Ok(Printed { pdf, pages, missing: missing.into_iter().collect() })
    }
}

/// Puts a picture beside every address.
fn draw_codes(value: &mut Value) -> Result<(), PressError> {
    match value {
        Value::Array(values) => values.iter_mut().try_for_each(draw_codes),
        Value::Object(fields) => {
            fields.values_mut().try_for_each(draw_codes)?;
            let address = fields.get("address").and_then(Value::as_str).filter(|address| !address.is_empty());
            if let Some(address) = address {
                let picture =
                    code(address).map_err(|error| PressError::Code(format!("{error} ({address})")))?;
                fields.insert("code".into(), Value::String(picture));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn typeset(form: Form, data: &Value, fonts: Vec<typst::text::Font>) -> Result<(Vec<u8>, usize), PressError> {
    let data = serde_json::to_string(data)?;
    let room = Room::new(form, &data, fonts)
        .ok_or_else(|| PressError::Typeset("the sheets cannot be read".into()))?;
    let document = typst::compile::<PagedDocument>(&room).output.map_err(|errors| said(&room, &errors))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| PressError::Typeset(error.message().to_string()))?;
    let options =
        PdfOptions { standards, creator: Smart::Custom(Some("Shiji".into())), ..PdfOptions::default() };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| said(&room, &errors));
    let pages = document.pages().len();
    // What the typesetter remembers of this document is of no use for the next and would stay in memory for ever.
    comemo::evict(0);
    Ok((pdf?, pages))
}

/// With the line of our own sheet; what people wrote does not stand there.
fn said(room: &Room, errors: &[SourceDiagnostic]) -> PressError {
    let sentences: Vec<String> = errors
        .iter()
        .take(3)
        .map(|error| match room.line_of(error) {
            Some((sheet, line)) => format!("{} ({sheet}, line {line})", error.message),
            None => error.message.to_string(),
        })
        .collect();
    PressError::Typeset(sentences.join("; "))
}
