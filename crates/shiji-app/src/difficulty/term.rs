//! How long somebody who is stuck waits: working days, from the next day on.

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::question::working_days;
use jiff::civil::Date;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_domain::working_day::TERM_MOST;
use shiji_store::roster::Place;
use shiji_store::{Tx, difficulty};

/// The last day on which what comes today is answered in time.
pub(super) async fn due_from(tx: &mut Tx, place: &Place, today: Date) -> Result<Date, AppError> {
    let days = difficulty::answer_days(tx, place.place_id).await?;
    Ok(working_days(tx, place).await?.term(today, days)?.until)
}

/// # Errors
/// Refuses everybody but the clerk, and a term of no days or without end. What runs already keeps its term.
pub async fn set_answer_days(app: &App, act: &Act, days: u32) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    if days == 0 || days > TERM_MOST {
        return Err(Refusal::new("refusal-term-days").with("days", days).with("most", TERM_MOST).into());
    }
    app.store
        .write("set_answer_days", &(app, act, days), |tx, (app, act, days)| {
            Box::pin(async move {
                let place = act.place.place_id;
                let before = Some(difficulty::answer_days(tx, place).await?.to_string());
                difficulty::put_answer_days(tx, place, *days).await?;
                let after = Some(days.to_string());
                audit(app, tx, act, Change { act: "difficulty.terms", subject: &place, before, after }).await
            })
        })
        .await
}
