//! A word on a report.

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::ReportId;
use shiji_domain::right::not_yours;
use shiji_domain::text::{REMARK_LENGTH_MOST, required_line};
use shiji_store::report::{self, Comment};
use shiji_store::roster;

/// # Errors
/// Refuses everybody but the writer, the leader in charge, and clerk, chair and auditor as readers of all; the auditor
/// reads and does not write.
pub async fn write_comment(app: &App, act: &Act, report: ReportId, words: &str) -> Result<(), AppError> {
    let body = required_line(words, REMARK_LENGTH_MOST)?;
    app.store
        .write("write_comment", &(app, act, report, body), |tx, (app, act, id, body)| {
            Box::pin(async move {
                let place = act.place.place_id;
                let report = report::report(tx, place, *id).await?.ok_or(AppError::NotFound)?;
                let staff = roster::staff(tx, place).await?;
                let leads = act.actor.supervises(&staff.held_posts(report.person_id));
                let own = act.actor.must_write_for(report.person_id).is_ok();
                let runs = act.actor.has(shiji_domain::right::Role::Clerk)
                    || act.actor.has(shiji_domain::right::Role::Chair);
                if !leads && !own && !runs {
                    return Err(not_yours().into());
                }
                let comment = Comment {
                    comment_id: app.new_id(),
                    report_id: *id,
                    item_id: None,
                    author_id: act.person(),
                    kind: "comment".into(),
                    body: body.clone(),
                    created_at: act.millis(),
                };
                report::insert_comment(tx, place, &comment).await?;
                let after = Some(body.clone());
                audit(app, tx, act, Change { act: "report.comment", subject: id, before: None, after }).await
            })
        })
        .await
}
