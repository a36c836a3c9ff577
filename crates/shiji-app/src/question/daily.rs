//! What the calendar owes questions: whoever is overdue is told once, and contacts are forgotten in time.

use crate::app::{App, day_in};
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use shiji_domain::notice::NoticeKind;
use shiji_domain::question::State;
use shiji_store::question;
use shiji_store::roster::Place;

/// Returns how many were told and how many contacts went.
///
/// # Errors
/// Only when the store fails.
pub async fn look_after(app: &App, place: &Place) -> Result<(usize, u64), AppError> {
    app.store
        .write("look_after_questions", &(app, place), |tx, (app, place)| {
            Box::pin(async move {
                let today = day_in(place, app.clock.now())?;
                let mut told = 0;
                for question in question::unfinished(tx, place.place_id).await? {
                    let Some(person) = question.person_id else { continue };
                    if question.progress.state(today) != State::Overdue {
                        continue;
                    }
                    let kind = NoticeKind::QuestionOverdue;
                    let subject = question.question_id.0;
                    if shiji_store::notice::was_told(tx, place.place_id, person, kind, subject).await? {
                        continue;
                    }
                    tell(app, tx, place.place_id, NewNotice::about(kind, person, subject)).await?;
                    told += 1;
                }
                let gone = question::forget_contacts(tx, place.place_id, app.now()).await?;
                Ok((told, gone))
            })
        })
        .await
}
