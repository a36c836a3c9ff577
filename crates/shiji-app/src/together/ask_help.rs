//! A plan item asks for help, from the desk or among the colleagues' plans.

use super::find::plan_item;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::help::{HELP_LENGTH_MOST, HelpKind, RequestState};
use shiji_domain::id::{HelpId, ItemId};
use shiji_domain::refusal::Refusal;
use shiji_domain::text::optional_line;
use shiji_store::help::{self, Request};
use shiji_store::{Tx, calendar, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskHelp {
    pub item: ItemId,
    pub kind: HelpKind,
    /// What exactly; needed where the kind does not say it.
    pub words: String,
}

/// # Errors
/// Refuses who may not write for the plan's owner, a second open request on the same item, other help without a word of
/// what, and a plan of an issue that is over.
pub async fn ask_help(app: &App, act: &Act, wanted: AskHelp) -> Result<HelpId, AppError> {
    let words = optional_line(&wanted.words, HELP_LENGTH_MOST)?.unwrap_or_default();
    if wanted.kind == HelpKind::Other && words.is_empty() {
        return Err(Refusal::new("refusal-help-words").into());
    }
    let wanted = AskHelp { words, ..wanted };
    app.store
        .write("ask_help", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &AskHelp) -> Result<HelpId, AppError> {
    let place = act.place.place_id;
    let staff = roster::staff(tx, place).await?;
    let (plan, _, period) = plan_item(tx, act, &staff, wanted.item).await?;
    act.actor.must_write_for(plan.person)?;
    let open = calendar::open_period(tx, place).await?.ok_or_else(|| Refusal::new("refusal-no-period"))?;
    let is_running = match calendar::period_before(tx, place, open.days.first).await? {
        Some(before) => before.period_id == period.period_id,
        None => false,
    };
    // Plans of the open issue, and those of the issue before, which are carried out now.
    if period.period_id != open.period_id && !is_running {
        return Err(Refusal::new("refusal-period-published").into());
    }
    if let Some(before) = help::request_of_item(tx, place, wanted.item).await?
        && before.state == RequestState::Open
    {
        return Err(Refusal::new("refusal-help-asked").into());
    }
    let request = Request {
        help_id: app.new_id(),
        period_id: period.period_id,
        item_id: wanted.item,
        person_id: plan.person,
        kind: wanted.kind,
        words: wanted.words.clone(),
        state: RequestState::Open,
        created_at: act.millis(),
    };
    help::insert_request(tx, place, &request).await?;
    let after = Some(format!("{} {}", request.kind.code(), request.words));
    audit(app, tx, act, Change { act: "help.ask", subject: &request.help_id, before: None, after }).await?;
    Ok(request.help_id)
}

/// No more offers are wanted; what was accepted stays.
///
/// # Errors
/// Refuses who may not write for the asker.
pub async fn close_request(app: &App, act: &Act, id: HelpId) -> Result<(), AppError> {
    app.store
        .write("close_request", &(app, act, id), |tx, (app, act, id)| {
            Box::pin(async move {
                let place = act.place.place_id;
                let request = help::request(tx, place, *id).await?.ok_or(AppError::NotFound)?;
                act.actor.must_write_for(request.person_id)?;
                help::set_request_state(tx, place, *id, RequestState::Closed).await?;
                let before = Some(request.state.code().to_owned());
                let after = Some(RequestState::Closed.code().to_owned());
                audit(app, tx, act, Change { act: "help.close", subject: id, before, after }).await
            })
        })
        .await
}
