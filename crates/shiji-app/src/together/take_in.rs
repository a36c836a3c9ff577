//! Accepted help that could not be put into the helper's report, because it was filed: one tap puts it there later, into the
//! plan while the issue is open, or among the work of the week in which it was done.

use super::decide_offer::help_link;
use super::find::plan_item;
use crate::app::{Act, App, Change, audit};
use crate::desk::{add_work_item, file, put_agreed_plan, take_back_filed};
use crate::error::AppError;
use shiji_domain::help::OfferState;
use shiji_domain::id::{HelpId, ItemId, OfferId, PersonId};
use shiji_domain::refusal::Refusal;
use shiji_store::{Tx, help, link, report, roster};

/// # Errors
/// Refuses who may not write for the helper, help that stands in a report already, and a report that is filed.
pub async fn take_in(app: &App, act: &Act, offer: OfferId) -> Result<ItemId, AppError> {
    app.store
        .write("take_in", &(app, act, offer), |tx, (app, act, offer)| Box::pin(write(app, tx, act, *offer)))
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, id: OfferId) -> Result<ItemId, AppError> {
    let place = act.place.place_id;
    let offer = help::offer(tx, place, id).await?.ok_or(AppError::NotFound)?;
    act.actor.must_write_for(offer.person_id)?;
    let request = help::request(tx, place, offer.help_id).await?.ok_or(AppError::NotFound)?;
    if offer.state != OfferState::Accepted || stands(tx, act, offer.person_id, offer.help_id).await? {
        return Err(Refusal::new("refusal-help-stands").into());
    }
    let staff = roster::staff(tx, place).await?;
    let asked = plan_item(tx, act, &staff, request.item_id).await;
    if let Ok((plan, _, period)) = &asked
        && period.is_published()
        && let Some(day) = plan.item.due_on.filter(|day| act.day().is_ok_and(|today| *day > today))
    {
        return Err(Refusal::new("refusal-help-early").with("day", day).into());
    }
    let was_filed = take_back_filed(app, tx, act, offer.person_id).await?;
    let item = match asked {
        Ok((plan, _, period)) if !period.is_published() => {
            let agreed = (offer.person_id, offer.words.as_str(), plan.item.due_on);
            let put = put_agreed_plan(app, tx, act, &period, agreed).await?;
            put.ok_or_else(|| Refusal::new("refusal-report-not-open"))?
        }
        _ => add_work_item(app, tx, act, offer.person_id, &offer.words).await?,
    };
    link::link_item(tx, place, item, help_link(offer.help_id), act.millis()).await?;
    if was_filed {
        file(app, tx, act, offer.person_id).await?;
    }
    let after = Some(offer.words.clone());
    audit(app, tx, act, Change { act: "help.take_in", subject: &id, before: None, after }).await?;
    Ok(item)
}

/// Whether an item of the person is linked to the request.
pub(super) async fn stands(tx: &mut Tx, act: &Act, person: PersonId, help: HelpId) -> Result<bool, AppError> {
    let place = act.place.place_id;
    for item in link::items_of_subject(tx, place, help_link(help).kind, help.0).await? {
        if let Some(report) = report::report(tx, place, item.report_id).await?
            && report.person_id == person
        {
            return Ok(true);
        }
    }
    Ok(false)
}
