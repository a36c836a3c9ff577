//! Why a sheet cannot be read: where, and what its keeper does next.

use serde::Serialize;

/// A cell, named the way a spreadsheet program names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellPlace {
    pub sheet: String,
    /// Counted from 1.
    pub row: usize,
    /// In letters: `A`, `B`, … `AA`.
    pub column: String,
}

/// The whole sheet is refused; nothing of it was taken over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum SheetError {
    #[error("{file} is empty")]
    Empty { file: String },
    #[error("{file} is an old .xls workbook; save it as .xlsx")]
    OldWorkbook { file: String },
    #[error("{file} is protected with a password; save it without one")]
    Encrypted { file: String },
    #[error("{file} is neither an .xlsx workbook nor a CSV table")]
    WrongKind { file: String },
    #[error("{file} is a packed file without a workbook in it; save the table as .xlsx")]
    NotAWorkbook { file: String },
    #[error("{file} is damaged or incomplete; save and upload it again")]
    Damaged { file: String },
    #[error("{file} unpacks to more than a roster or a weekly table can be")]
    TooLarge { file: String },
    #[error("{file} is text in an encoding that is neither UTF-8 nor GBK")]
    Encoding { file: String },
    /// No row among the first of any sheet names the columns.
    #[error("{file} has no row that names the columns {wanted}")]
    NoHeader { file: String, wanted: &'static str },
    #[error("the header in row {row} of {sheet} has no column {title}")]
    NoColumn { sheet: String, row: usize, title: &'static str },
    #[error("{sheet} has a header and nobody below it")]
    NoRows { sheet: String },
    #[error("{sheet} has more than {limit} rows")]
    TooManyRows { sheet: String, limit: usize },
    #[error("{} has something in column {}, beyond the {limit} columns that are read", place.sheet, place.column)]
    TooWide { place: CellPlace, limit: usize },
    #[error("cell {}{} of {} holds more than {limit} characters", place.column, place.row, place.sheet)]
    LongCell { place: CellPlace, limit: usize },
    #[error("cell {}{} of {} is a formula; paste its value instead", place.column, place.row, place.sheet)]
    Formula { place: CellPlace },
    #[error("cell {}{} of {} is empty, but {name} needs one", place.column, place.row, place.sheet)]
    MissingCell { place: CellPlace, name: String },
    #[error("cell {}{} of {} should name a day: {what}", place.column, place.row, place.sheet)]
    NoDay { place: CellPlace, what: String },
    #[error("cell {}{} of {} is an amount without its unit: {what}", place.column, place.row, place.sheet)]
    NoUnit { place: CellPlace, what: String },
    #[error("cell {}{} of {} moves a day of {name} without a reason", place.column, place.row, place.sheet)]
    NoReason { place: CellPlace, name: String },
    /// What is expected now is no promise.
    #[error("cell {}{} of {} says what is expected, and no column says what was planned", place.column, place.row, place.sheet)]
    OnlyForecast { place: CellPlace, what: String },
    #[error("{name} of {unit} stands in row {} and again in row {}", first.row, second.row)]
    Twice { unit: String, name: String, first: Box<CellPlace>, second: Box<CellPlace> },
}

impl SheetError {
    /// Key of the sentence in `sheet.ftl`.
    pub fn key(&self) -> &'static str {
        match self {
            SheetError::Empty { .. } => "sheet-empty",
            SheetError::OldWorkbook { .. } => "sheet-old-workbook",
            SheetError::Encrypted { .. } => "sheet-encrypted",
            SheetError::WrongKind { .. } => "sheet-wrong-kind",
            SheetError::NotAWorkbook { .. } => "sheet-not-a-workbook",
            SheetError::Damaged { .. } => "sheet-damaged",
            SheetError::TooLarge { .. } => "sheet-too-large",
            SheetError::Encoding { .. } => "sheet-encoding",
            SheetError::NoHeader { .. } => "sheet-no-header",
            SheetError::NoColumn { .. } => "sheet-no-column",
            SheetError::NoRows { .. } => "sheet-no-rows",
            SheetError::TooManyRows { .. } => "sheet-too-many-rows",
            SheetError::TooWide { .. } => "sheet-too-wide",
            SheetError::LongCell { .. } => "sheet-long-cell",
            SheetError::Formula { .. } => "sheet-formula",
            SheetError::MissingCell { .. } => "sheet-missing-cell",
            SheetError::NoDay { .. } => "sheet-no-day",
            SheetError::NoUnit { .. } => "sheet-no-unit",
            SheetError::NoReason { .. } => "sheet-no-reason",
            SheetError::OnlyForecast { .. } => "sheet-only-forecast",
            SheetError::Twice { .. } => "sheet-twice",
        }
    }

    /// The cell to look at, when it is one; of two rows, the later.
    pub fn place(&self) -> Option<&CellPlace> {
        match self {
            SheetError::TooWide { place, .. }
            | SheetError::LongCell { place, .. }
            | SheetError::Formula { place }
            | SheetError::NoDay { place, .. }
            | SheetError::NoUnit { place, .. }
            | SheetError::NoReason { place, .. }
            | SheetError::OnlyForecast { place, .. }
            | SheetError::MissingCell { place, .. } => Some(place),
            SheetError::Twice { second, .. } => Some(second),
            _ => None,
        }
    }

    /// Arguments of the sentence: name and value.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = Vec::new();
        if let Some(place) = self.place() {
            args.push(("sheet", place.sheet.clone()));
            args.push(("row", place.row.to_string()));
            args.push(("column", place.column.clone()));
        }
        match self {
            SheetError::Empty { file }
            | SheetError::OldWorkbook { file }
            | SheetError::Encrypted { file }
            | SheetError::WrongKind { file }
            | SheetError::NotAWorkbook { file }
            | SheetError::Damaged { file }
            | SheetError::TooLarge { file }
            | SheetError::Encoding { file } => args.push(("file", file.clone())),
            SheetError::NoHeader { file, wanted } => {
                args.extend([("file", file.clone()), ("wanted", (*wanted).to_owned())]);
            }
            SheetError::NoColumn { sheet, row, title } => {
                args.extend([("sheet", sheet.clone()), ("row", row.to_string())]);
                args.push(("title", (*title).to_owned()));
            }
            SheetError::NoRows { sheet } => args.push(("sheet", sheet.clone())),
            SheetError::TooManyRows { sheet, limit } => {
                args.extend([("sheet", sheet.clone()), ("limit", limit.to_string())]);
            }
            SheetError::TooWide { limit, .. } | SheetError::LongCell { limit, .. } => {
                args.push(("limit", limit.to_string()));
            }
            SheetError::Formula { .. } => {}
            SheetError::NoDay { what, .. }
            | SheetError::NoUnit { what, .. }
            | SheetError::OnlyForecast { what, .. } => args.push(("what", what.clone())),
            SheetError::MissingCell { name, .. } | SheetError::NoReason { name, .. } => {
                args.push(("name", name.clone()))
            }
            SheetError::Twice { unit, name, first, .. } => {
                args.extend([("unit", unit.clone()), ("name", name.clone())]);
                args.push(("first", first.row.to_string()));
            }
        }
        args
    }
}
