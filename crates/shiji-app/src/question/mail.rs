//! Tells an asker who left an address that there is an answer, and four weeks later asks once more.

use super::receive::contact_context;
use crate::app::{App, day_in};
use crate::error::AppError;
use crate::job::{JobError, JobKind, NewJob, Worker, enqueue};
use crate::letter::AskerLetter;
use serde_json::json;
use shiji_domain::id::QuestionId;
use shiji_domain::question::{State, Terms};
use shiji_send::mail::{Letter, is_address};
use shiji_store::Tx;
use shiji_store::question::{self, Question};
use shiji_store::roster::Place;

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// Queues both letters with an answer, for those who left an address.
pub(super) async fn queue(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    question: &Question,
    terms: Terms,
) -> Result<(), AppError> {
    let later = app.now() + i64::from(terms.look_again_days) * DAY;
    queue_at(app, tx, place, question, &[(false, app.now()), (true, later)]).await
}

/// Only the letter that there is something to read.
pub(super) async fn queue_now(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    question: &Question,
) -> Result<(), AppError> {
    queue_at(app, tx, place, question, &[(false, app.now())]).await
}

async fn queue_at(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    question: &Question,
    letters: &[(bool, i64)],
) -> Result<(), AppError> {
    if !app.outward.sends_mail() || address(app, place, question).is_none() {
        return Ok(());
    }
    for &(later, run_at) in letters {
        let letter = NewJob {
            kind: JobKind::MailAnswer,
            key: None,
            payload: json!({ "question": question.question_id, "later": later }),
            run_at,
        };
        enqueue(app, tx, place.place_id, letter).await?;
    }
    Ok(())
}

fn address(app: &App, place: &Place, question: &Question) -> Option<String> {
    let sealed = question.contact.as_deref()?;
    let contact = app.secrets.open(&contact_context(place, question.question_id), sealed).ok()?;
    is_address(&contact).then_some(contact)
}

/// Job. Nothing is sent when the contact was taken back meanwhile, or when there is nothing to say any more. The letter says
/// neither the question nor the answer: mail is read by others, too.
pub(crate) async fn mail_answer(
    worker: &Worker<'_>,
    place: &Place,
    id: QuestionId,
    later: bool,
) -> Result<(), JobError> {
    let app = worker.app;
    let mut tx = app.store.read().await?;
    let Some(question) = question::question(&mut tx, place.place_id, id).await? else { return Ok(()) };
    let terms = question::terms(&mut tx, place.place_id).await?;
    drop(tx);
    let today = day_in(place, app.clock.now())?;
    let due = if later {
        question.progress.looks_again(terms, today)
    } else {
        question.progress.state(today) == State::Answered
    };
    let Some(to) = address(app, place, &question).filter(|_| due) else { return Ok(()) };
    let link = worker.absolute(&format!("/{}/{}/pick-up", place.slug, question.language))?;
    let about = AskerLetter { number: question.number, later };
    let steps = question::steps(&mut app.store.read().await?, place.place_id, id).await?;
    let words = worker.letters.asker(place, &question.language, about, &link);
    let letter = Letter {
        to,
        from_name: worker.sender(place),
        subject: words.subject,
        text: words.text,
        html: words.html,
        id: format!("answer.{id}.{}.{}", u8::from(later), steps.len()),
        unsubscribe: None,
    };
    worker.mail(&letter).await
}
