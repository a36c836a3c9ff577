//! Accepting a report or sending an item of it back, by the leader in charge or by the chair in the meeting.

use super::view::has_item;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::notice::{self, NewNotice};
use shiji_domain::id::{ItemId, NoticeId, ReportId};
use shiji_domain::notice::NoticeKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::report::Decision;
use shiji_domain::right::{Role, not_yours};
use shiji_domain::text::{REMARK_LENGTH_MOST, optional_line};
use shiji_store::report::{self, DecisionRow, Report};
use shiji_store::{Tx, meeting, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decide {
    pub report: ReportId,
    /// The whole report when empty.
    pub item: Option<ItemId>,
    pub decision: Decision,
    pub reason: Option<String>,
}

/// # Errors
/// Refuses everybody but the leader in charge and, while the meeting is open, the chair; a return without a word of
/// why; and what is not filed.
pub async fn decide(app: &App, act: &Act, wanted: Decide) -> Result<(), AppError> {
    let reason = optional_line(wanted.reason.as_deref().unwrap_or_default(), REMARK_LENGTH_MOST)?;
    let wanted = Decide { reason, ..wanted };
    app.store
        .write("decide", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(decide_in(app, tx, act, wanted))
        })
        .await
}

pub(crate) async fn decide_in(app: &App, tx: &mut Tx, act: &Act, wanted: &Decide) -> Result<(), AppError> {
    let place = act.place.place_id;
    let report = report::report(tx, place, wanted.report).await?.ok_or(AppError::NotFound)?;
    let held = meeting::meeting_of_period(tx, place, report.period_id).await?;
    let held = held.filter(|meeting| meeting.is_open());
    let staff = roster::staff(tx, place).await?;
    let chairs = act.actor.has(Role::Chair) && held.is_some();
    if !chairs && !act.actor.supervises(&staff.held_posts(report.person_id)) {
        return Err(not_yours().into());
    }
    let items = report::items_of(tx, place, report.report_id).await?;
    if wanted.item.is_some_and(|item| !has_item(&items, item)) {
        return Err(AppError::NotFound);
    }
    let state = wanted.decision.apply(report.state, wanted.reason.as_deref())?;
    // One accepted item is not the whole report.
    let one_item_accepted = wanted.item.is_some() && wanted.decision == Decision::Accept;
    if !one_item_accepted {
        let changed = Report { state, return_reason: wanted.reason.clone(), ..report.clone() };
        if report::update_report(tx, place, &changed).await? == 0 {
            return Err(Refusal::new("refusal-report-changed").into());
        }
    }
    let row = DecisionRow {
        decision_id: app.new_id::<NoticeId>().0,
        report_id: report.report_id,
        item_id: wanted.item,
        meeting_id: held.as_ref().map(|meeting| meeting.meeting_id),
        decision: wanted.decision,
        reason: wanted.reason.clone(),
        decided_by: act.person(),
        decided_at: act.millis(),
    };
    report::insert_decision(tx, place, &row).await?;
    if wanted.decision == Decision::Return {
        let new = NewNotice::about_period(NoticeKind::Returned, report.person_id, report.period_id);
        notice::tell(app, tx, place, new.by(act.person())).await?;
    }
    if let Some(meeting) = held {
        meeting::touch_meeting(tx, place, meeting.meeting_id).await?;
    }
    let change = Change {
        act: "report.decide",
        subject: &report.report_id,
        before: Some(report.state.code().to_owned()),
        // The reason stands in the decision itself; when the item's words are taken away, so is this.
        after: Some(wanted.decision.code().to_owned()),
    };
    audit(app, tx, act, change).await
}
