//! The files of a dump while they grow, and the archive that they are packed into.

use super::document::{IssuePerson, Item, Question};
use super::row::{Line, list, text};
use jiff::civil::Date;
use serde::Serialize;
use shiji_paper::open_table::{csv_rows, csv_start};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// A folder of files that goes away with it.
pub(super) struct Spool {
    folder: PathBuf,
    files: BTreeMap<String, BufWriter<File>>,
}

#[derive(Serialize)]
struct RosterLine<'a> {
    issue: i64,
    #[serde(flatten)]
    person: &'a IssuePerson,
}

const ROSTER: [&str; 13] = [
    "issue",
    "id",
    "name",
    "organization",
    "organization_name",
    "posts",
    "filing_duty",
    "standing",
    "substitute",
    "filed_on",
    "filed_by",
    "office_telephone",
    "duties",
];

const EARLIER: [&str; 9] = [
    "item",
    "revision",
    "text",
    "difficulty",
    "published_on",
    "reason",
    "corrected_by",
    "withheld",
    "commitment",
];

const QUESTION_ANSWERS: [&str; 5] = ["question", "number", "on", "by", "text"];

const QUESTION_STEPS: [&str; 13] = [
    "question",
    "number",
    "on",
    "step",
    "by",
    "verdict",
    "withheld_reason",
    "due_on",
    "person",
    "person_name",
    "unit_name",
    "reason",
    "withheld",
];

impl Spool {
    pub fn begin(folder: PathBuf) -> io::Result<Spool> {
        std::fs::create_dir_all(&folder)?;
        Ok(Spool { folder, files: BTreeMap::new() })
    }

    pub fn text(&mut self, name: &str, words: &str) -> io::Result<()> {
        self.file(name, Vec::new)?.write_all(words.as_bytes())
    }

    /// Adds documents to `NAME.jsonl` and `NAME.csv`; both are there even when they stay empty.
    pub fn lines<T: Line + Serialize>(&mut self, name: &str, documents: &[T]) -> io::Result<()> {
        self.json(name, documents)?;
        let rows: Vec<Vec<String>> = documents.iter().map(Line::cells).collect();
        self.table(name, T::COLUMNS, &rows)
    }

    /// Who was expected to file in an issue, and what became of it.
    pub fn roster(&mut self, people: &[(i64, IssuePerson)]) -> io::Result<()> {
        let lines: Vec<RosterLine<'_>> =
            people.iter().map(|(issue, person)| RosterLine { issue: *issue, person }).collect();
        self.json("roster", &lines)?;
        let rows: Vec<Vec<String>> =
            people.iter().map(|(issue, person)| roster_cells(*issue, person)).collect();
        self.table("roster", &ROSTER, &rows)
    }

    /// What corrected items said before; in JSON it stands inside the items.
    pub fn earlier(&mut self, items: &[Item]) -> io::Result<()> {
        let rows: Vec<Vec<String>> = items.iter().flat_map(earlier_cells).collect();
        self.table("earlier", &EARLIER, &rows)
    }

    /// Questions, and tables of their answers and steps; in JSON these stand inside the questions.
    pub fn questions(&mut self, questions: &[Question]) -> io::Result<()> {
        self.lines("questions", questions)?;
        let rows: Vec<Vec<String>> = questions.iter().flat_map(answer_cells).collect();
        self.table("question_answers", &QUESTION_ANSWERS, &rows)?;
        let rows: Vec<Vec<String>> = questions.iter().flat_map(step_cells).collect();
        self.table("question_steps", &QUESTION_STEPS, &rows)
    }

    fn json(&mut self, name: &str, documents: &[impl Serialize]) -> io::Result<()> {
        let file = self.file(&format!("{name}.jsonl"), Vec::new)?;
        for document in documents {
            serde_json::to_writer(&mut *file, document)?;
            file.write_all(b"\n")?;
        }
        Ok(())
    }

    pub fn table(&mut self, name: &str, columns: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
        self.file(&format!("{name}.csv"), || csv_start(columns))?.write_all(&csv_rows(rows))
    }

    fn file(&mut self, name: &str, start: impl Fn() -> Vec<u8>) -> io::Result<&mut BufWriter<File>> {
        if !self.files.contains_key(name) {
            let mut file = BufWriter::new(File::create(self.folder.join(name))?);
            file.write_all(&start())?;
            self.files.insert(name.to_owned(), file);
        }
        self.files.get_mut(name).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Packs the files in the order of their names, dated `day`, so that the same content gives the same bytes.
    pub fn pack(mut self, day: Date) -> io::Result<PathBuf> {
        let packed = self.folder.join("packed");
        let mut archive = zip::ZipWriter::new(File::create(&packed)?);
        let month = u8::try_from(day.month()).unwrap_or(1);
        let date = u8::try_from(day.day()).unwrap_or(1);
        let year = u16::try_from(day.year()).unwrap_or(1980);
        let dated = zip::DateTime::from_date_and_time(year, month, date, 0, 0, 0).unwrap_or_default();
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(dated)
            .unix_permissions(0o644);
        for (name, mut file) in std::mem::take(&mut self.files) {
            file.flush()?;
            drop(file);
            archive.start_file(&name, options).map_err(io::Error::other)?;
            io::copy(&mut File::open(self.folder.join(&name))?, &mut archive)?;
        }
        archive.finish().map_err(io::Error::other)?.sync_all()?;
        // From here on the folder belongs to whoever takes the packed file out of it.
        self.folder = PathBuf::new();
        Ok(packed)
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        if !self.folder.as_os_str().is_empty() {
            // A leftover is deleted with the place's dumps.
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

fn roster_cells(issue: i64, person: &IssuePerson) -> Vec<String> {
    vec![
        issue.to_string(),
        person.id.to_string(),
        person.name.clone(),
        person.organization.to_string(),
        person.organization_name.clone(),
        list(&person.posts),
        person.filing_duty.clone(),
        person.standing.clone(),
        text(person.substitute.as_ref()),
        text(person.filed_on),
        text(person.filed_by.as_ref()),
        text(person.office_telephone.as_ref()),
        list(&person.duties),
    ]
}

fn earlier_cells(item: &Item) -> impl Iterator<Item = Vec<String>> + '_ {
    item.earlier.iter().map(|revision| {
        vec![
            item.id.to_string(),
            revision.revision.to_string(),
            text(revision.text.as_ref()),
            text(revision.difficulty.as_ref()),
            revision.published_on.to_string(),
            text(revision.reason.as_ref()),
            text(revision.corrected_by.as_ref()),
            revision.withheld.join(" "),
            revision.commitment.clone(),
        ]
    })
}

fn answer_cells(question: &Question) -> impl Iterator<Item = Vec<String>> + '_ {
    question.answers.iter().map(|answer| {
        vec![
            question.id.to_string(),
            question.number.to_string(),
            answer.on.to_string(),
            text(answer.by.as_ref()),
            text(answer.text.as_ref()),
        ]
    })
}

fn step_cells(question: &Question) -> impl Iterator<Item = Vec<String>> + '_ {
    question.steps.iter().map(|step| {
        vec![
            question.id.to_string(),
            question.number.to_string(),
            step.on.to_string(),
            step.step.clone(),
            text(step.by.as_ref()),
            text(step.verdict.as_ref()),
            text(step.withheld_reason.as_ref()),
            text(step.due_on),
            text(step.person),
            text(step.person_name.as_ref()),
            text(step.unit_name.as_ref()),
            text(step.reason.as_ref()),
            step.withheld.join(" "),
        ]
    })
}
