//! Lays down when a period's reports are due, heard, and published without a meeting.

use super::deadline::{deadlines_of, period_in};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::PeriodId;
use shiji_domain::refusal::Refusal;
use shiji_domain::rhythm::{Deadlines, Rhythm};
use shiji_domain::right::Role;
use shiji_store::Tx;
use shiji_store::calendar::{self, Period};
use shiji_store::roster::Place;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetDeadline {
    pub period: PeriodId,
    pub deadlines: Deadlines,
    /// The same hours for every later period too, and for those that are laid down after them.
    pub and_following: bool,
}

/// # Errors
/// Refuses everybody but the clerk, a published or unknown period, and hours that are out of order.
pub async fn set_deadline(app: &App, act: &Act, wanted: SetDeadline) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    app.store
        .write("set_deadline", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &SetDeadline) -> Result<(), AppError> {
    let place_id = act.place.place_id;
    let Some(period) = calendar::period(tx, place_id, wanted.period).await? else {
        return Err(AppError::NotFound);
    };
    wanted.deadlines.check(period.days)?;
    let rhythm = Rhythm::of(period.days, wanted.deadlines);
    let later = calendar::periods(tx, place_id)
        .await?
        .into_iter()
        .filter(|other| wanted.and_following && other.days.first > period.days.last && !other.is_published());
    for each in std::iter::once(period).chain(later) {
        let changed = period_in(&act.place, each.period_id, each.days, rhythm)?;
        if calendar::update_period(tx, place_id, &changed).await? == 0 {
            return Err(Refusal::new("refusal-period-published").into());
        }
        let change = Change {
            act: "period.deadline",
            subject: &each.period_id,
            before: Some(told(&act.place, &each)?),
            after: Some(told(&act.place, &changed)?),
        };
        audit(app, tx, act, change).await?;
    }
    Ok(())
}

fn told(place: &Place, period: &Period) -> Result<String, AppError> {
    let hours = deadlines_of(place, period)?;
    let publish = hours.publish.map_or_else(|| "-".to_owned(), |at| at.to_string());
    Ok(format!("due {} meeting {} publish {publish}", hours.due, hours.meeting))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::ensure_periods;
    use crate::office::refused::{all_but_the_clerk, is_refused, key};
    use crate::testing::Town;
    use jiff::civil::date;

    async fn periods(town: &Town) -> Vec<Period> {
        let mut tx = town.app.store.read().await.unwrap();
        calendar::periods(&mut tx, town.place.place_id).await.unwrap()
    }

    fn wanted(period: &Period, and_following: bool) -> SetDeadline {
        let deadlines = Deadlines {
            due: date(2026, 11, 7).at(12, 0, 0, 0),
            meeting: date(2026, 11, 9).at(8, 30, 0, 0),
            publish: Some(date(2026, 11, 10).at(18, 0, 0, 0)),
        };
        SetDeadline { period: period.period_id, deadlines, and_following }
    }

    #[tokio::test]
    async fn hours_hold_for_one_period_or_for_all_that_follow() {
        for town in Town::each().await {
            let clerk = town.act("党政办").await;
            let row = periods(&town).await;
            set_deadline(&town.app, &clerk, wanted(&row[0], false)).await.unwrap();
            assert_eq!(periods(&town).await[1..], row[1..]);
            set_deadline(&town.app, &clerk, wanted(&row[0], true)).await.unwrap();
            ensure_periods(&town.app, &town.place).await.unwrap();
            let all = periods(&town).await;
            assert!(all.len() > row.len());
            for period in all {
                let hours = deadlines_of(&town.place, &period).unwrap();
                assert_eq!(hours.due.time(), date(2026, 11, 7).at(12, 0, 0, 0).time());
                assert!(hours.publish.is_some());
            }
        }
    }

    #[tokio::test]
    async fn a_meeting_before_the_deadline_is_refused() {
        for town in Town::each().await {
            let clerk = town.act("党政办").await;
            let row = periods(&town).await;
            let mut early = wanted(&row[0], false);
            early.deadlines.meeting = date(2026, 11, 6).at(8, 30, 0, 0);
            assert_eq!(key(set_deadline(&town.app, &clerk, early).await), "refusal-deadline-order");
        }
    }

    #[tokio::test]
    async fn only_the_clerk_lays_down_hours() {
        for town in Town::each().await {
            let row = periods(&town).await;
            for act in all_but_the_clerk(&town).await {
                assert!(is_refused(&set_deadline(&town.app, &act, wanted(&row[0], true)).await));
            }
            assert_eq!(periods(&town).await, row);
        }
    }
}
