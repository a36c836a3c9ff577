//! How long the week's writing takes: shown to the person, and to the clerk only as the median of all.

use super::writable::present;
use crate::app::{Act, App};
use crate::error::AppError;
use shiji_domain::desk_time::{self, Seen};
use shiji_domain::id::PersonId;
use shiji_store::{Tx, calendar, desk_clock, report};

/// Adds seconds in which the page's script saw the desk in use.
///
/// # Errors
/// Refuses who may not write for `owner`.
pub async fn record_seconds(app: &App, act: &Act, owner: PersonId, seconds: i64) -> Result<(), AppError> {
    app.store
        .write("record_seconds", &(app, act, owner, seconds), |tx, (app, act, owner, seconds)| {
            Box::pin(async move {
                let (_, report) = present(app, tx, act, *owner).await?;
                let last = desk_clock::last_seen(tx, act.place.place_id, act.person()).await?;
                let counted = desk_time::told(last, act.millis(), *seconds);
                report::add_seconds(tx, act.place.place_id, report.report_id, counted).await?;
                be_seen(tx, act, true).await
            })
        })
        .await
}

/// Notes that a page of the desk was opened, and adds the time since the page before when no script has counted it.
///
/// # Errors
/// Refuses who may not write for `owner`.
pub async fn record_opening(app: &App, act: &Act, owner: PersonId) -> Result<(), AppError> {
    act.actor.must_write_for(owner)?;
    app.store
        .write("record_opening", &(act, owner), |tx, (act, owner)| {
            Box::pin(async move {
                let place = act.place.place_id;
                let last = desk_clock::last_seen(tx, place, act.person()).await?;
                let counted = desk_time::opened(last, act.millis());
                // Before the first word there is no report that could carry the time.
                if let (1.., Some(period)) = (counted, calendar::open_period(tx, place).await?)
                    && let Some(report) = report::report_for(tx, place, period.period_id, *owner).await?
                {
                    report::add_seconds(tx, place, report.report_id, counted).await?;
                }
                be_seen(tx, act, false).await
            })
        })
        .await
}

async fn be_seen(tx: &mut Tx, act: &Act, by_script: bool) -> Result<(), AppError> {
    let seen = Seen { at: act.millis(), by_script };
    Ok(desk_clock::put_seen(tx, act.place.place_id, act.person(), seen).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{capture_items, desk_page};
    use crate::testing::Town;
    use jiff::ToSpan;
    use shiji_domain::item::ItemKind;

    async fn open(town: &Town) -> i64 {
        let act = town.act("水务").await;
        record_opening(&town.app, &act, act.person()).await.unwrap();
        desk_page(&town.app, &act, act.person()).await.unwrap().minutes
    }

    #[tokio::test]
    async fn without_script_the_minutes_are_told_from_when_pages_were_opened() {
        for town in Town::each().await {
            let act = town.act("水务").await;
            assert_eq!(open(&town).await, 0);
            town.pass(4.minutes());
            let words = "更换东湾村水表38只";
            capture_items(&town.app, &act, act.person(), ItemKind::Work, words, None).await.unwrap();
            assert_eq!(open(&town).await, 4, "the first words were being written");
            town.pass(20.minutes());
            assert_eq!(open(&town).await, 9, "a gap counts for five minutes at most");
            town.pass(3.hours());
            assert_eq!(open(&town).await, 9, "and a pause for nothing");
        }
    }

    #[tokio::test]
    async fn with_script_nothing_is_counted_twice() {
        for town in Town::each().await {
            let act = town.act("水务").await;
            let words = "更换东湾村水表38只";
            capture_items(&town.app, &act, act.person(), ItemKind::Work, words, None).await.unwrap();
            open(&town).await;
            for _ in 0..4 {
                town.pass(30.seconds());
                for _tab in 0..2 {
                    let act = town.act("水务").await;
                    record_seconds(&town.app, &act, act.person(), 30).await.unwrap();
                }
            }
            town.pass(10.minutes());
            assert_eq!(open(&town).await, 2);
        }
    }
}
