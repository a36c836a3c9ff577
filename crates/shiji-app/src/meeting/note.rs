//! Notes for the minutes.

use super::{must_run, running};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::ReportId;
use shiji_domain::refusal::Refusal;
use shiji_domain::text::{REMARK_LENGTH_MOST, one_line, required_line};
use shiji_store::meeting::{self, Meeting};
use shiji_store::report::{self, Comment};

/// Characters of the meeting's notes.
const NOTES_LENGTH_MOST: usize = 5_000;

/// `before` is what the notes said when the writing began: words that came in meanwhile are not overwritten.
///
/// # Errors
/// Refuses everybody but chair and clerk, endless notes, and when the notes are not `before` any more.
pub async fn write_notes(app: &App, act: &Act, before: &str, notes: &str) -> Result<(), AppError> {
    must_run(act)?;
    let (before, notes) = (tidy(before), tidy(notes));
    let length = notes.chars().count();
    if length > NOTES_LENGTH_MOST {
        return Err(Refusal::new("refusal-text-long")
            .with("length", length)
            .with("most", NOTES_LENGTH_MOST)
            .into());
    }
    app.store
        .write("write_notes", &(app, act, before, notes), |tx, (app, act, before, notes)| {
            Box::pin(async move {
                let (_, meeting) = running(tx, act).await?;
                if meeting.notes != *before && meeting.notes != *notes {
                    return Err(Refusal::new("refusal-notes-changed").into());
                }
                if meeting.notes == *notes {
                    return Ok(());
                }
                let subject = meeting.meeting_id;
                let change = Change {
                    act: "meeting.notes",
                    subject: &subject,
                    before: Some(meeting.notes.clone()),
                    after: Some(notes.clone()),
                };
                let changed = Meeting { notes: notes.clone(), ..meeting.clone() };
                if meeting::update_meeting(tx, act.place.place_id, &changed).await? == 0 {
                    return Err(Refusal::new("refusal-meeting-changed").into());
                }
                audit(app, tx, act, change).await
            })
        })
        .await
}

/// Lines without hidden characters, as they are kept.
fn tidy(notes: &str) -> String {
    let lines: Vec<String> = notes.lines().map(one_line).collect();
    lines.join("\n").trim().to_owned()
}

/// # Errors
/// Refuses everybody but chair and clerk, and empty words.
pub async fn note_on_report(app: &App, act: &Act, report: ReportId, words: &str) -> Result<(), AppError> {
    must_run(act)?;
    let body = required_line(words, REMARK_LENGTH_MOST)?;
    app.store
        .write("note_on_report", &(app, act, report, body), |tx, (app, act, id, body)| {
            Box::pin(async move {
                let place = act.place.place_id;
                let (period, meeting) = running(tx, act).await?;
                let report = report::report(tx, place, *id).await?.ok_or(AppError::NotFound)?;
                if report.period_id != period.period_id {
                    return Err(AppError::NotFound);
                }
                let comment = Comment {
                    comment_id: app.new_id(),
                    report_id: *id,
                    item_id: None,
                    author_id: act.person(),
                    kind: "note".into(),
                    body: body.clone(),
                    created_at: act.millis(),
                    dealt_at: None,
                };
                report::insert_comment(tx, place, &comment).await?;
                meeting::touch_meeting(tx, place, meeting.meeting_id).await?;
                let after = Some(body.clone());
                audit(app, tx, act, Change { act: "meeting.note", subject: id, before: None, after }).await
            })
        })
        .await
}
