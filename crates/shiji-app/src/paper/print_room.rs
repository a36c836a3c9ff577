//! One press for the whole program: a few prints at a time, and finished ones kept as long as they are true.

use crate::error::AppError;
use shiji_domain::id::PlaceId;
use shiji_domain::refusal::Refusal;
use shiji_press::{Press, PressError, Printed};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// Prints at a time: typesetting keeps one core busy, and readers of pages come first.
const AT_ONCE: usize = 1;
/// Readers whose prints may wait; more are told to come again.
const WAITING_MOST: usize = 12;
/// Bytes of all kept prints; the oldest go first.
const BYTES_MOST: usize = 24 * 1024 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Wall,
    Booklet,
    Cards,
    Timetables,
    Minutes,
}

/// Who wants a print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Anybody; told to come again when too many wait.
    ByReader,
    /// Somebody of the office; waits, and is never turned away because of readers.
    ByOffice,
}

/// What makes a print differ from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintKey {
    pub place: PlaceId,
    pub language: &'static str,
    pub issue: i64,
    pub form: Form,
    /// The project, where it is the print of one.
    pub subject: Option<Uuid>,
    /// Grows whenever something of what is printed changes.
    pub version: i64,
    /// The log had signed something when it was printed. Which checkpoint stands on the sheets makes no other print: an earlier one
    /// that holds the issue proves it as well as the newest, and the log grows with every question of a resident.
    pub signed: bool,
}

pub struct PrintRoom {
    press: Arc<Press>,
    permits: Semaphore,
    readers: Semaphore,
    kept: Mutex<VecDeque<(PrintKey, Arc<Printed>)>>,
}

impl Default for PrintRoom {
    fn default() -> PrintRoom {
        PrintRoom::with(Press::default())
    }
}

impl PrintRoom {
    pub fn with(press: Press) -> PrintRoom {
        PrintRoom {
            press: Arc::new(press),
            permits: Semaphore::new(AT_ONCE),
            readers: Semaphore::new(WAITING_MOST),
            kept: Mutex::default(),
        }
    }

    /// The kept print, or a new one.
    ///
    /// # Errors
    /// Refuses a reader when too many wait already; otherwise only when the press itself is at fault.
    pub async fn print(
        &self,
        wanted: Wanted,
        key: PrintKey,
        make: impl FnOnce(&Press) -> Result<Printed, PressError> + Send + 'static,
    ) -> Result<Arc<Printed>, AppError> {
        if let Some(printed) = self.find(&key) {
            return Ok(printed);
        }
        let busy = || AppError::from(Refusal::new("refusal-print-busy"));
        let _place = match wanted {
            Wanted::ByReader => Some(self.readers.try_acquire().map_err(|_| busy())?),
            Wanted::ByOffice => None,
        };
        let _permit = self.permits.acquire().await.map_err(|_| busy())?;
        // Somebody else may have wanted the same while this one waited.
        if let Some(printed) = self.find(&key) {
            return Ok(printed);
        }
        let press = self.press.clone();
        let printed = tokio::task::spawn_blocking(move || make(&press)).await??;
        if !printed.missing.is_empty() {
            tracing::warn!(missing = ?printed.missing, issue = key.issue, "characters that no font can print");
        }
        let printed = Arc::new(printed);
        self.keep(key, printed.clone());
        Ok(printed)
    }

    fn find(&self, key: &PrintKey) -> Option<Arc<Printed>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| known == key).map(|(_, printed)| printed.clone())
    }

    fn keep(&self, key: PrintKey, printed: Arc<Printed>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // What an earlier version of the same sheet said is not asked for again.
        kept.retain(|(known, _)| {
            (known.place, known.language, known.issue, known.form, known.subject)
                != (key.place, key.language, key.issue, key.form, key.subject)
        });
        kept.push_back((key, printed));
        let mut used: usize = kept.iter().map(|(_, printed)| printed.pdf.len()).sum();
        while used > BYTES_MOST && kept.len() > 1 {
            used -= kept.pop_front().map_or(0, |(_, printed)| printed.pdf.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn key(issue: i64, version: i64) -> PrintKey {
        let place = PlaceId(Uuid::from_u128(1));
        PrintKey { place, language: "zh", issue, form: Form::Wall, subject: None, version, signed: false }
    }

    fn of(bytes: usize) -> Printed {
        Printed { pdf: vec![0; bytes], pages: 1, missing: vec![] }
    }

    #[tokio::test]
    async fn the_same_sheet_is_printed_once_and_anew_after_a_change() {
        let room = PrintRoom::with(Press::with_fonts_in(vec![]));
        let made = Arc::new(AtomicUsize::new(0));
        for version in [1, 1, 2, 2] {
            let made = made.clone();
            let make = move |_: &Press| {
                made.fetch_add(1, Ordering::SeqCst);
                Ok(of(10))
            };
            room.print(Wanted::ByReader, key(1, version), make).await.unwrap();
        }
        assert_eq!(made.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn kept_prints_take_no_more_than_their_share_of_memory() {
        let room = PrintRoom::with(Press::with_fonts_in(vec![]));
        for issue in 1..=5 {
            room.print(Wanted::ByReader, key(issue, 1), |_| Ok(of(BYTES_MOST / 2))).await.unwrap();
        }
        assert_eq!(room.kept.lock().unwrap().len(), 2);
        assert!(room.find(&key(5, 1)).is_some() && room.find(&key(1, 1)).is_none());
    }
}
