//! Whoever was asked for help says what can be done.

use super::step::{Doing, check, known, must_answer};
use crate::app::{Act, App};
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use shiji_domain::difficulty::ANSWER_LENGTH_MOST;
use shiji_domain::id::DifficultyId;
use shiji_domain::notice::NoticeKind;
use shiji_domain::text::required_paragraphs;
use shiji_store::{Tx, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerDifficulty {
    pub difficulty: DifficultyId,
    pub text: String,
}

/// # Errors
/// Refuses whoever was not asked (nor is their delegate), what waits for no answer, empty or endless words, and a resident's
/// personal data.
pub async fn answer_difficulty(app: &App, act: &Act, wanted: AnswerDifficulty) -> Result<(), AppError> {
    app.store
        .write("answer_difficulty", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &AnswerDifficulty) -> Result<(), AppError> {
    let mut found = known(tx, &act.place, wanted.difficulty).await?;
    let staff = roster::staff(tx, act.place.place_id).await?;
    must_answer(&staff, act, &found)?;
    let text = required_paragraphs(&wanted.text, ANSWER_LENGTH_MOST)?;
    check(&text)?;
    found.course.answer()?;
    let doing = Doing::of(app, act);
    let mut fact = doing.step(tx, &found, "answered").await?;
    fact.text = Some(text);
    doing.take(tx, &found, fact, "difficulty.answer").await?;
    let notice = NewNotice::about(NoticeKind::DifficultyAnswered, found.person_id, found.difficulty_id.0);
    tell(app, tx, act.place.place_id, notice.by(act.person())).await?;
    Ok(())
}
