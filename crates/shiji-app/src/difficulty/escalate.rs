//! What the one who was asked cannot solve goes up.

use super::step::{Doing, check, known, must_answer};
use super::term::due_from;
use crate::app::{Act, App, day_in};
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use shiji_domain::difficulty::next_up;
use shiji_domain::id::DifficultyId;
use shiji_domain::notice::NoticeKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::text::{REMARK_LENGTH_MOST, optional_line};
use shiji_store::difficulty::Difficulty;
use shiji_store::{Tx, roster};

/// To the leader in charge of whoever was asked, or the chair; `words` may say why.
///
/// # Errors
/// Refuses whoever was not asked, what waits for no answer, a resident's personal data, and when nobody is above.
pub async fn hand_up(app: &App, act: &Act, id: DifficultyId, words: &str) -> Result<(), AppError> {
    app.store
        .write("hand_up_difficulty", &(app, act, id, words), |tx, (app, act, id, words)| {
            Box::pin(write(app, tx, act, *id, words))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, id: DifficultyId, words: &str) -> Result<(), AppError> {
    let found = known(tx, &act.place, id).await?;
    let staff = roster::staff(tx, act.place.place_id).await?;
    must_answer(&staff, act, &found)?;
    let words = optional_line(words, REMARK_LENGTH_MOST)?;
    check(words.as_deref().unwrap_or_default())?;
    if escalate(&Doing::of(app, act), tx, found, words).await? {
        Ok(())
    } else {
        Err(Refusal::new("refusal-difficulty-top").into())
    }
}

/// False when nobody is above; then nothing changes.
pub(super) async fn escalate(
    doing: &Doing<'_>,
    tx: &mut Tx,
    mut found: Difficulty,
    words: Option<String>,
) -> Result<bool, AppError> {
    let place = doing.place;
    let today = day_in(place, doing.now)?;
    let staff = roster::staff(tx, place.place_id).await?;
    let Some(to) = next_up(&staff, &found.course, found.person_id, today) else { return Ok(false) };
    let due_on = due_from(tx, place, today).await?;
    found.course.escalate(to, due_on)?;
    let mut fact = doing.step(tx, &found, "escalated").await?;
    fact.text = words;
    fact.to_name = Some(staff.name(to));
    fact.due_on = Some(due_on);
    doing.take(tx, &found, fact, "difficulty.escalate").await?;
    let notice = NewNotice::about(NoticeKind::DifficultyRaised, to, found.difficulty_id.0);
    let notice = match doing.by {
        Some(person) => notice.by(person),
        None => notice,
    };
    tell(doing.app, tx, place.place_id, notice).await?;
    Ok(true)
}
