//! What the calendar owes questions: whoever is overdue is told once for each term, and contacts are forgotten in time.

use super::receive::clerks;
use crate::app::{App, day_begins, day_in};
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use shiji_domain::id::PersonId;
use shiji_domain::notice::NoticeKind;
use shiji_domain::question::State;
use shiji_store::question;
use shiji_store::roster::{self, Place};

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
                let staff = roster::staff(tx, place.place_id).await?;
                for question in question::unfinished(tx, place.place_id).await? {
                    if question.progress.state(today) != State::Overdue {
                        continue;
                    }
                    // Who left cannot answer any more: then, as when it was put to nobody, the clerks have to know.
                    let here = |person: &PersonId| {
                        staff.memberships_of(*person).any(|(membership, _)| membership.is_held_on(today))
                    };
                    let people = match question.person_id.filter(here) {
                        Some(person) => vec![person],
                        None => clerks(tx, place, today).await?,
                    };
                    let due = question.progress.due_on;
                    let kind = NoticeKind::QuestionOverdue;
                    let subject = question.question_id.0;
                    for person in people {
                        if shiji_store::notice::was_told(
                            tx,
                            place.place_id,
                            person,
                            kind,
                            subject,
                            day_begins(place, due)?,
                        )
                        .await?
                        {
                            continue;
                        }
                        tell(app, tx, place.place_id, NewNotice::about(kind, person, subject)).await?;
                        told += 1;
                    }
                }
                let gone = question::forget_contacts(tx, place.place_id, app.now()).await?;
                Ok((told, gone))
            })
        })
        .await
}
