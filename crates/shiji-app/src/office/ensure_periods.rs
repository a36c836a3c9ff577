//! Keeps the calendar laid down ahead, so that a plan for next week always has a week to stand in.

use super::deadline::{period_in, rhythm_of};
use crate::app::{App, day_in};
use crate::error::AppError;
use jiff::ToSpan;
use jiff::civil::Date;
use shiji_domain::calendar::{following, week_of};
use shiji_domain::rhythm::Rhythm;
use shiji_store::roster::Place;
use shiji_store::{Tx, calendar};

const WEEKS_AHEAD: i64 = 8;

/// Lays down periods until the calendar reaches eight weeks ahead; returns how many. A place without any begins with
/// the week of today. New periods keep the hours of the last one. Meant to be called every minute, by any number of
/// copies of the program.
///
/// # Errors
/// Only when the store fails.
pub async fn ensure_periods(app: &App, place: &Place) -> Result<usize, AppError> {
    let wanted = day_in(place, app.clock.now())?.saturating_add(WEEKS_AHEAD.weeks());
    let mut tx = app.store.read().await?;
    let last = calendar::periods(&mut tx, place.place_id).await?.pop();
    drop(tx);
    if last.is_some_and(|last| last.days.last >= wanted) {
        return Ok(0);
    }
    app.store
        .write("ensure_periods", &(app, place, wanted), |tx, (app, place, wanted)| {
            Box::pin(lay_down(app, tx, place, *wanted))
        })
        .await
}

/// The periods up to `wanted`, within the caller's transaction.
pub(super) async fn lay_down(app: &App, tx: &mut Tx, place: &Place, wanted: Date) -> Result<usize, AppError> {
    let last = calendar::periods(tx, place.place_id).await?.pop();
    let mut rhythm = Rhythm::FIRST;
    let mut days = week_of(day_in(place, app.clock.now())?);
    if let Some(last) = &last {
        rhythm = rhythm_of(place, last)?;
        days = following(last.days);
    }
    let mut laid = 0;
    while laid == 0 && last.is_none() || days.first <= wanted {
        let period = period_in(place, app.new_id(), days, rhythm)?;
        calendar::insert_period(tx, place.place_id, &period).await?;
        days = following(days);
        laid += 1;
    }
    Ok(laid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{NewPlace, found_place};
    use crate::testing::{FIRST_WEEK, Town};

    #[tokio::test]
    async fn the_calendar_reaches_eight_weeks_ahead_and_is_not_laid_down_twice() {
        for town in Town::each().await {
            let laid = ensure_periods(&town.app, &town.place).await.unwrap();
            assert_eq!(laid, 5, "the town begins with four weeks");
            assert_eq!(ensure_periods(&town.app, &town.place).await.unwrap(), 0);
            town.pass_days(7);
            assert_eq!(ensure_periods(&town.app, &town.place).await.unwrap(), 1);
            let mut tx = town.app.store.read().await.unwrap();
            let periods = calendar::periods(&mut tx, town.place.place_id).await.unwrap();
            assert!(periods.windows(2).all(|pair| following(pair[0].days) == pair[1].days));
        }
    }

    #[tokio::test]
    async fn a_new_place_begins_with_the_week_of_today() {
        for town in Town::each().await {
            let wanted = NewPlace {
                slug: "shuangxi".into(),
                name: "双溪镇".into(),
                name_en: "Shuangxi Town".into(),
                time_zone: "Asia/Shanghai".into(),
                administrator: "管理员".into(),
                unit: "党政办".into(),
                title: "系统管理员".into(),
            };
            let (place, _) = found_place(&town.app, wanted).await.unwrap();
            assert_eq!(ensure_periods(&town.app, &place).await.unwrap(), 9);
            let mut tx = town.app.store.read().await.unwrap();
            let open = calendar::open_period(&mut tx, place.place_id).await.unwrap().unwrap();
            assert_eq!(open.days, FIRST_WEEK);
        }
    }
}
