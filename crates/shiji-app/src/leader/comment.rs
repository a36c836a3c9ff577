//! A word on a report or on one of its items.

use super::view::has_item;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use shiji_domain::id::{ItemId, ReportId};
use shiji_domain::notice::NoticeKind;
use shiji_domain::right::{Role, not_yours};
use shiji_domain::text::{REMARK_LENGTH_MOST, required_line};
use shiji_store::report::{self, Comment};
use shiji_store::{Tx, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteComment {
    pub report: ReportId,
    /// The whole report when empty.
    pub item: Option<ItemId>,
    pub words: String,
}

/// Whoever's report it is finds a notice at the desk.
///
/// # Errors
/// Refuses everybody but the writer, the leader in charge, and clerk and chair as readers of all; the auditor reads and
/// does not write. `NotFound` for an item of another report.
pub async fn write_comment(app: &App, act: &Act, wanted: WriteComment) -> Result<(), AppError> {
    let words = required_line(&wanted.words, REMARK_LENGTH_MOST)?;
    let wanted = WriteComment { words, ..wanted };
    app.store
        .write("write_comment", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &WriteComment) -> Result<(), AppError> {
    let place = act.place.place_id;
    let report = report::report(tx, place, wanted.report).await?.ok_or(AppError::NotFound)?;
    let staff = roster::staff(tx, place).await?;
    let leads = act.actor.supervises(&staff.held_posts(report.person_id));
    let own = act.actor.must_write_for(report.person_id).is_ok();
    let runs = act.actor.has(Role::Clerk) || act.actor.has(Role::Chair);
    if !leads && !own && !runs {
        return Err(not_yours().into());
    }
    if let Some(item) = wanted.item
        && !has_item(&report::items_of(tx, place, report.report_id).await?, item)
    {
        return Err(AppError::NotFound);
    }
    let comment = Comment {
        comment_id: app.new_id(),
        report_id: wanted.report,
        item_id: wanted.item,
        author_id: act.person(),
        kind: "comment".into(),
        body: wanted.words.clone(),
        created_at: act.millis(),
        dealt_at: None,
    };
    report::insert_comment(tx, place, &comment).await?;
    if act.person() != report.person_id {
        let new = NewNotice::about_period(NoticeKind::Comment, report.person_id, report.period_id);
        tell(app, tx, place, new.by(act.person())).await?;
    }
    // The words stand in the comment itself; when the item's words are taken away, so are these.
    let after = wanted.item.map(|item| item.to_string());
    audit(app, tx, act, Change { act: "report.comment", subject: &wanted.report, before: None, after }).await
}
