//! "Who has met this before?": earlier difficulties that were solved, alike in their words.

use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{DifficultyId, PlaceId};
use shiji_store::difficulty::{self, Difficulty};
use shiji_store::{Tx, roster};

/// Solved ones among which is looked, the newest: what helped long ago is often gone.
const LOOKED_AT: i64 = 500;
const SHOWN_MOST: usize = 3;
/// As in `shiji_text::likeness`: below it, two texts share a phrase and no trouble.
const ALIKE_LEAST: f32 = 0.25;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    pub difficulty: DifficultyId,
    /// Who was stuck.
    pub person: String,
    pub words: String,
    pub solved_on: Option<Date>,
    pub solved_by: String,
    /// The latest words of help, or of how it was solved.
    pub how: Option<String>,
}

/// What was solved and published, to be compared with.
pub(crate) async fn earlier(tx: &mut Tx, place: PlaceId) -> Result<Vec<Difficulty>, AppError> {
    let mut all = difficulty::solved(tx, place, LOOKED_AT).await?;
    // Words that were taken away are like none.
    all.retain(|one| one.is_published && !one.words.is_empty());
    Ok(all)
}

/// The most alike first, at most three.
pub(crate) async fn alike(
    tx: &mut Tx,
    place: PlaceId,
    earlier: &[Difficulty],
    words: &str,
    but: Option<DifficultyId>,
) -> Result<Vec<Before>, AppError> {
    let nearest = nearest(earlier, words, but);
    if nearest.is_empty() {
        return Ok(Vec::new());
    }
    let staff = roster::staff(tx, place).await?;
    let mut found = Vec::new();
    for one in nearest {
        let events = difficulty::events_of(tx, place, one.difficulty_id).await?;
        let tells = |step: &str| matches!(step, "answered" | "solved");
        let how = events
            .iter()
            .rev()
            .filter(|event| tells(&event.fact.step))
            .find_map(|event| event.fact.text.clone());
        found.push(Before {
            difficulty: one.difficulty_id,
            person: staff.name(one.person_id),
            words: one.words.clone(),
            solved_on: one.solved_on,
            solved_by: one.solved_by.clone().unwrap_or_default(),
            how,
        });
    }
    Ok(found)
}

fn nearest<'a>(earlier: &'a [Difficulty], words: &str, but: Option<DifficultyId>) -> Vec<&'a Difficulty> {
    let mut alike: Vec<(f32, &Difficulty)> = earlier
        .iter()
        .filter(|one| Some(one.difficulty_id) != but)
        .map(|one| (shiji_text::likeness(words, &one.words), one))
        .filter(|(likeness, _)| *likeness >= ALIKE_LEAST)
        .collect();
    alike.sort_by(|one, other| other.0.total_cmp(&one.0));
    alike.into_iter().take(SHOWN_MOST).map(|(_, one)| one).collect()
}
