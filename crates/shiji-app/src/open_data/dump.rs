//! Everything of a year in one file, made once for each state of the public side.
//!
//! Memory stays bounded: one issue at a time goes from the database into files beside the dump, and from there into it.

use super::document::{DumpYear, Redaction};
use super::dump_entry::Spool;
use super::issue::{absences, issue_head, whole_issue_in};
use super::popolo::directory_in;
use super::question::question_document;
use super::read::redaction_document;
use crate::app::App;
use crate::error::AppError;
use sha2::{Digest as _, Sha256};
use shiji_domain::id::PlaceId;
use shiji_store::open_data::{ChangePosition, IssueRange, redactions};
use shiji_store::public::{self, Issue};
use shiji_store::public_question::{QuestionFilter, questions_below};
use shiji_store::roster::Place;
use shiji_store::{StoreError, Tx};
use std::io;
use std::path::{Path, PathBuf};
use tokio::sync::Mutex;

/// Changes when the same records give another file.
const FORM: u32 = 4;

/// Publications that a dump may be overtaken by while it is made.
const ATTEMPTS: usize = 5;

/// A dump at a time: each needs a processor and room on the disk.
static MAKING: Mutex<()> = Mutex::const_new(());

/// A finished file.
pub struct Dump {
    pub file: tokio::fs::File,
    pub bytes: u64,
    /// Of the bytes, hexadecimal, the first half.
    pub digest: String,
}

/// Years that have an issue, the latest first. An issue belongs to the year of its last day, as in the archive.
///
/// # Errors
/// Only when the store fails.
pub async fn years(app: &App, place: &Place) -> Result<Vec<DumpYear>, AppError> {
    let issues = public::issues(&mut app.store.read().await?, place.place_id).await?;
    let mut years: Vec<DumpYear> = Vec::new();
    for issue in &issues {
        let year = issue.last_day.year();
        match years.last_mut() {
            Some(last) if last.year == year => {
                last.issues += 1;
                last.first_issue = issue.number;
            }
            _ => years.push(DumpYear {
                year,
                issues: 1,
                first_issue: issue.number,
                last_issue: issue.number,
                url: format!("/{}/api/v1/dumps/{year}.zip", place.slug),
            }),
        }
    }
    Ok(years)
}

/// The dump of a year as the public side stands now; made when it is not there yet.
///
/// # Errors
/// `NotFound` for a year without an issue; otherwise when the store or the disk fails.
pub async fn dump(app: &App, place: &Place, year: i16) -> Result<Dump, AppError> {
    let mut state = state(app, place).await?;
    if let Some(found) = open(app, place, year, &state).await? {
        return Ok(found);
    }
    let _one_at_a_time = MAKING.lock().await;
    // Made once more when something was published or taken away meanwhile: what is served is never behind.
    for _ in 0..ATTEMPTS {
        if let Some(found) = open(app, place, year, &state).await? {
            return Ok(found);
        }
        let made = make(app, place, year, &state).await;
        let now = self::state(app, place).await?;
        if now == state {
            made?;
        }
        state = now;
    }
    Err(StoreError::from(io::Error::other("the public side does not stand still")).into())
}

/// Deletes a place's dumps; the next reader has them made anew. For when words are taken away, which stand in them.
pub(crate) async fn forget_dumps(app: &App, place: PlaceId) -> Result<(), AppError> {
    // One that is being made would put itself there afterwards.
    let _one_at_a_time = MAKING.lock().await;
    match tokio::fs::remove_dir_all(folder(app, place)).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::from(error).into()),
        _ => Ok(()),
    }
}

/// Beside the photos: files that can be made anew, which no backup needs.
fn folder(app: &App, place: PlaceId) -> PathBuf {
    app.evidence.root().with_file_name("dumps").join(place.to_string())
}

/// Differs whenever a dump made now would.
async fn state(app: &App, place: &Place) -> Result<String, AppError> {
    let version = public::public_version(&mut app.store.read().await?, place.place_id).await?;
    let size = match checkpoint(app).await {
        Some(text) => text.lines().nth(1).unwrap_or_default().to_owned(),
        None => String::new(),
    };
    Ok(format!("{FORM}.{version:x}.{size}"))
}

/// The published checkpoint; a log that cannot be read now is no reason to give nothing.
async fn checkpoint(app: &App) -> Option<String> {
    let bytes = app.log.as_ref()?.files.checkpoint().await.ok()??;
    String::from_utf8(bytes.to_vec()).ok()
}

fn file_start(year: i16, state: &str) -> String {
    format!("{year}-{state}-")
}

async fn open(app: &App, place: &Place, year: i16, state: &str) -> Result<Option<Dump>, AppError> {
    let folder = folder(app, place.place_id);
    let Ok(mut files) = tokio::fs::read_dir(&folder).await else { return Ok(None) };
    let start = file_start(year, state);
    while let Some(entry) = files.next_entry().await.map_err(StoreError::from)? {
        let name = entry.file_name();
        let digest = name.to_str().and_then(|name| name.strip_prefix(&start)?.strip_suffix(".zip"));
        let Some(digest) = digest else { continue };
        // It may have been deleted since the folder was read; then it is made anew.
        let Ok(file) = tokio::fs::File::open(entry.path()).await else { return Ok(None) };
        let bytes = file.metadata().await.map_err(StoreError::from)?.len();
        return Ok(Some(Dump { file, bytes, digest: digest.to_owned() }));
    }
    Ok(None)
}

async fn make(app: &App, place: &Place, year: i16, state: &str) -> Result<(), AppError> {
    let mut tx = app.store.read().await?;
    let issues: Vec<Issue> = public::issues(&mut tx, place.place_id).await?;
    let mut issues: Vec<Issue> = issues.into_iter().filter(|issue| issue.last_day.year() == year).collect();
    issues.reverse();
    let (Some(first), Some(last)) = (issues.first(), issues.last()) else { return Err(AppError::NotFound) };
    let range = IssueRange { first: first.number, last: last.number };
    let as_of = issues.iter().map(|issue| issue.published_on).max().unwrap_or(last.last_day);
    let folder = folder(app, place.place_id);
    let part = folder.join(format!("part-{}", app.new_id::<uuid::Uuid>()));
    let mut spool = Spool::begin(part.clone()).map_err(StoreError::from)?;
    spool.text("README.md", &readme(place, year)).map_err(StoreError::from)?;
    if let Some(checkpoint) = checkpoint(app).await {
        spool.text("checkpoint.txt", &checkpoint).map_err(StoreError::from)?;
    }
    fill(app, &mut tx, place, &issues, range, &mut spool).await?;
    fill_questions(&mut tx, place.place_id, year, &mut spool).await?;
    super::dump_affair::fill(app, &mut tx, place, year, &mut spool).await?;
    drop(tx);
    let start = file_start(year, state);
    tokio::task::spawn_blocking(move || {
        let packed = spool.pack(as_of)?;
        put(&folder, year, &start, &packed)
    })
    .await?
    .map_err(StoreError::from)?;
    Ok(())
}

async fn fill(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    issues: &[Issue],
    range: IssueRange,
    spool: &mut Spool,
) -> Result<(), AppError> {
    for issue in issues {
        let mut whole = whole_issue_in(app, tx, place, issue.number).await?;
        let absent = absences(&whole);
        let roster: Vec<_> = whole.people.drain(..).map(|person| (issue.number, person)).collect();
        let written = spool
            .lines("issues", &[issue_head(&place.slug, issue)])
            .and_then(|()| spool.roster(&roster))
            .and_then(|()| spool.lines("items", &whole.items))
            .and_then(|()| spool.earlier(&whole.items))
            .and_then(|()| spool.lines("answers", &whole.answers))
            .and_then(|()| spool.lines("absences", &absent));
        written.map_err(StoreError::from)?;
    }
    let directory = directory_in(tx, place.place_id, range).await?;
    let written = spool
        .lines("persons", &directory.persons)
        .and_then(|()| spool.lines("organizations", &directory.organizations))
        .and_then(|()| spool.lines("posts", &directory.posts))
        .and_then(|()| spool.lines("memberships", &directory.memberships));
    written.map_err(StoreError::from)?;
    spool.lines::<Redaction>("redactions", &[]).map_err(StoreError::from)?;
    let mut after: Option<ChangePosition> = None;
    loop {
        let found = redactions(tx, place.place_id, None, after.as_ref(), 500).await?;
        let Some(last) = found.last() else { break };
        after = Some(ChangePosition { day: last.published_on, key: last.fact.target.clone(), revision: 0 });
        let of_year: Vec<_> = found
            .into_iter()
            .filter(|redaction| (range.first..=range.last).contains(&redaction.issue))
            .map(redaction_document)
            .collect();
        spool.lines("redactions", &of_year).map_err(StoreError::from)?;
    }
    Ok(())
}

/// The latest received first. A question belongs to the year in which it came, whenever it was answered.
async fn fill_questions(tx: &mut Tx, place: PlaceId, year: i16, spool: &mut Spool) -> Result<(), AppError> {
    spool.questions(&[]).map_err(StoreError::from)?;
    let mut below = i64::MAX;
    loop {
        let found = questions_below(tx, place, QuestionFilter::default(), below, 500).await?;
        let Some(last) = found.last() else { return Ok(()) };
        below = last.fact.number;
        let of_year: Vec<_> = found
            .iter()
            .filter(|question| question.fact.received_on.year() == year)
            .map(question_document)
            .collect();
        spool.questions(&of_year).map_err(StoreError::from)?;
    }
}

fn readme(place: &Place, year: i16) -> String {
    include_str!("readme.md")
        .replace("{place}", &place.name)
        .replace("{place_en}", &place.name_en)
        .replace("{year}", &year.to_string())
        .replace("{licence}", super::licence::NAME)
        .replace("{licence_code}", super::licence::CODE)
        .replace("{licence_address}", super::licence::ADDRESS)
}

/// Puts the file under its name and deletes the year's older ones; who is reading one of them reads it to its end.
fn put(folder: &Path, year: i16, start: &str, packed: &Path) -> io::Result<()> {
    let mut hash = Sha256::new();
    io::copy(&mut std::fs::File::open(packed)?, &mut HashWriter(&mut hash))?;
    let digest: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let name = format!("{start}{digest}.zip");
    std::fs::rename(packed, folder.join(&name))?;
    if let Some(part) = packed.parent() {
        std::fs::remove_dir_all(part)?;
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let other = entry.file_name();
        let is_older =
            other.to_str().is_some_and(|other| other.starts_with(&format!("{year}-")) && other != name);
        if is_older {
            // Gone already is as good.
            let _ = std::fs::remove_file(entry.path());
        }
    }
    Ok(())
}

struct HashWriter<'a>(&'a mut Sha256);

impl io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
