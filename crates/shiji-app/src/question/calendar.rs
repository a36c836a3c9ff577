//! The clerk's part of the clock: days that the place works or rests otherwise, and how long its terms are.

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::question::Terms;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_domain::text::required_line;
use shiji_domain::working_day::{SpecialDay, TERM_MOST, WorkingDays, public_holidays};
use shiji_store::{Tx, difficulty, question};

const NAME_LENGTH_MOST: usize = 40;
const CIVIL_DAYS_MOST: i32 = 366;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermsPage {
    pub terms: Terms,
    /// Working days in which a difficulty is answered.
    pub difficulty_days: u32,
    /// Laid down here.
    pub own: Vec<SpecialDay>,
    /// Laid down for the country, from this year on.
    pub country: Vec<SpecialDay>,
    /// The year after this one has no days yet, and it is late in the year.
    pub next_year_missing: bool,
}

/// # Errors
/// Refuses everybody but clerk, chair and auditor.
pub async fn terms_page(app: &App, act: &Act) -> Result<TermsPage, AppError> {
    act.actor.must_read_all()?;
    let mut tx = app.store.read().await?;
    let today = act.day()?;
    let own = question::special_days(&mut tx, act.place.place_id).await?;
    let known = WorkingDays::new(own.clone()).knows(today.year() + 1);
    Ok(TermsPage {
        terms: question::terms(&mut tx, act.place.place_id).await?,
        difficulty_days: difficulty::answer_days(&mut tx, act.place.place_id).await?,
        country: public_holidays().into_iter().filter(|special| special.day.year() >= today.year()).collect(),
        next_year_missing: today.month() >= 11 && !known,
        own,
    })
}

/// # Errors
/// Refuses everybody but the clerk, and a day without a name.
pub async fn lay_down_day(app: &App, act: &Act, special: SpecialDay) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    let name = required_line(&special.name, NAME_LENGTH_MOST)?;
    let name_en = if special.name_en.trim().is_empty() {
        name.clone()
    } else {
        required_line(&special.name_en, NAME_LENGTH_MOST)?
    };
    let special = SpecialDay { name, name_en, ..special };
    app.store
        .write("lay_down_day", &(app, act, special), |tx, (app, act, special)| {
            Box::pin(async move {
                question::put_special_day(tx, act.place.place_id, special).await?;
                let after = Some(format!("{} {} {}", special.day, special.kind.code(), special.name));
                changed(app, tx, act, "calendar.special_day", after).await
            })
        })
        .await
}

/// # Errors
/// Refuses everybody but the clerk; `NotFound` for a day that was not laid down here.
pub async fn take_back_day(app: &App, act: &Act, day: Date) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    app.store
        .write("take_back_day", &(app, act, day), |tx, (app, act, day)| {
            Box::pin(async move {
                if question::delete_special_day(tx, act.place.place_id, *day).await? == 0 {
                    return Err(AppError::NotFound);
                }
                changed(app, tx, act, "calendar.ordinary_day", Some(day.to_string())).await
            })
        })
        .await
}

/// # Errors
/// Refuses everybody but the clerk, and terms of no days or without end. Questions that were received keep their term.
pub async fn set_terms(app: &App, act: &Act, terms: Terms) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    for days in [terms.answer_days, terms.extension_days, terms.reopened_days] {
        if days == 0 || days > TERM_MOST {
            return Err(Refusal::new("refusal-term-days").with("days", days).with("most", TERM_MOST).into());
        }
    }
    for days in [terms.look_again_days, terms.contact_days] {
        if !(1..=CIVIL_DAYS_MOST).contains(&days) {
            let refusal = Refusal::new("refusal-term-days").with("days", days).with("most", CIVIL_DAYS_MOST);
            return Err(refusal.into());
        }
    }
    app.store
        .write("set_terms", &(app, act, terms), |tx, (app, act, terms)| {
            Box::pin(async move {
                question::put_terms(tx, act.place.place_id, *terms).await?;
                changed(app, tx, act, "question.terms", Some(format!("{terms:?}"))).await
            })
        })
        .await
}

async fn changed(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    what: &'static str,
    after: Option<String>,
) -> Result<(), AppError> {
    let subject = act.place.place_id;
    audit(app, tx, act, Change { act: what, subject: &subject, before: None, after }).await
}
