//! All that the typesetter can see.

use crate::font;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue as _};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World, WorldExt as _};

/// What can be laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Wall,
    Booklet,
    Cards,
    Timetables,
    Minutes,
}

struct Sheets {
    parts: Source,
    issue: Source,
    cards: Source,
    timetable: Source,
    minutes: Source,
}

static SHEETS: LazyLock<Option<Sheets>> = LazyLock::new(|| {
    let source = |name: &str, text: &str| {
        let path = VirtualPath::new(name).ok()?;
        let id: FileId = RootedPath::new(VirtualRoot::Project, path).intern();
        Some(Source::new(id, text.to_owned()))
    };
    Some(Sheets {
        parts: source("/parts.typ", include_str!("sheets/parts.typ"))?,
        issue: source("/issue.typ", include_str!("sheets/issue.typ"))?,
        cards: source("/cards.typ", include_str!("sheets/cards.typ"))?,
        timetable: source("/timetable.typ", include_str!("sheets/timetable.typ"))?,
        minutes: source("/minutes.typ", include_str!("sheets/minutes.typ"))?,
    })
});

pub(crate) struct Room {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sheets: &'static Sheets,
    form: Form,
}

impl Room {
    /// `data` is JSON; None when the program's own sheets cannot be read, which a test would notice.
    pub fn new(form: Form, data: &str, more: Vec<Font>) -> Option<Room> {
        let kind = match form {
            Form::Wall => "wall",
            Form::Booklet => "booklet",
            Form::Cards => "cards",
            Form::Timetables => "timetables",
            Form::Minutes => "minutes",
        };
        let mut inputs = Dict::new();
        inputs.insert("form".into(), kind.into_value());
        inputs.insert("data".into(), data.into_value());
        let mut fonts = font::BUILT_IN.clone();
        fonts.extend(more);
        Some(Room {
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            sheets: SHEETS.as_ref()?,
            form,
        })
    }

    /// The sheet and the line in it, from 1, that a message is about.
    pub fn line_of(&self, error: &SourceDiagnostic) -> Option<(String, usize)> {
        let id = error.span.id()?;
        let source = self.source(id).ok()?;
        let range = self.range(error.span)?;
        let line = source.lines().byte_to_line(range.start)?;
        Some((id.get().vpath().get_without_slash().to_owned(), line + 1))
    }

    fn main_source(&self) -> &Source {
        match self.form {
            Form::Wall | Form::Booklet => &self.sheets.issue,
            Form::Cards => &self.sheets.cards,
            Form::Timetables => &self.sheets.timetable,
            Form::Minutes => &self.sheets.minutes,
        }
    }
}

impl World for Room {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main_source().id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let sheets = self.sheets;
        let known = [&sheets.parts, &sheets.issue, &sheets.cards, &sheets.timetable, &sheets.minutes];
        known.into_iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
