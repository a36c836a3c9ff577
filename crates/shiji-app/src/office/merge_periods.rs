//! Makes one period of the days around a holiday.

use super::deadline::{period_in, rhythm_of};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::calendar::{self as rule, Days};
use shiji_domain::id::{PeriodId, PlaceId};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_store::calendar::{self, Period};
use shiji_store::{Tx, meeting, report};

/// Lays `merged` over the periods that are not published. The periods it touches are cut back, joined or go; whatever
/// remains keeps its reports and its hours.
///
/// # Errors
/// Refuses everybody but the clerk, days that reach into a published period or beyond the calendar, two periods that
/// both have reports, and a period whose meeting has begun.
pub async fn merge_periods(app: &App, act: &Act, merged: Days) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    app.store
        .write("merge_periods", &(app, act, merged), |tx, (app, act, merged)| {
            Box::pin(write(app, tx, act, *merged))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, merged: Days) -> Result<(), AppError> {
    let place_id = act.place.place_id;
    let (published, open): (Vec<Period>, Vec<Period>) =
        calendar::periods(tx, place_id).await?.into_iter().partition(Period::is_published);
    if published.iter().any(|period| period.days.overlaps(merged)) {
        return Err(Refusal::new("refusal-period-published").into());
    }
    let row: Vec<Days> = open.iter().map(|period| period.days).collect();
    let wanted = rule::merge(&row, merged)?;
    let used = in_use(tx, place_id, &open).await?;
    let mut kept: Vec<(Days, Option<&Period>)> = Vec::with_capacity(wanted.len());
    for days in &wanted {
        let keeper = keeper(*days, &open, &used)?;
        if keeper.is_some_and(|period| period.days != *days) {
            must_not_be_heard(tx, place_id, keeper).await?;
        }
        kept.push((*days, keeper));
    }
    // Periods go before others take over their first day, which no two may share.
    for period in &open {
        if !kept.iter().any(|(_, keeper)| keeper.is_some_and(|keeper| keeper.period_id == period.period_id)) {
            calendar::delete_period(tx, place_id, period.period_id).await?;
        }
    }
    write_kept(app, tx, act, &kept, &open).await?;
    let change = Change {
        act: "period.merge",
        subject: &place_id,
        before: Some(listed(row.iter().filter(|days| days.overlaps(merged)))),
        after: Some(listed(wanted.iter().filter(|days| !row.contains(days)))),
    };
    audit(app, tx, act, change).await
}

/// Periods that cannot go: they have reports or a meeting.
async fn in_use(tx: &mut Tx, place: PlaceId, open: &[Period]) -> Result<Vec<PeriodId>, AppError> {
    let mut used = Vec::new();
    for period in open {
        let reports = report::reports_in(tx, place, period.period_id).await?;
        let meeting = meeting::meeting_of_period(tx, place, period.period_id).await?;
        if !reports.is_empty() || meeting.is_some() {
            used.push(period.period_id);
        }
    }
    Ok(used)
}

/// The old period that lives on as `days`: of those that begin in it, the one that people have written in, else the
/// earliest.
fn keeper<'a>(days: Days, open: &'a [Period], used: &[PeriodId]) -> Result<Option<&'a Period>, Refusal> {
    let mut begun = open.iter().filter(|period| days.contains(period.days.first));
    let mut written = begun.clone().filter(|period| used.contains(&period.period_id));
    match (written.next(), written.next()) {
        (Some(_), Some(_)) => Err(Refusal::new("refusal-merge-reports")),
        (Some(one), None) => Ok(Some(one)),
        _ => Ok(begun.next()),
    }
}

async fn must_not_be_heard(tx: &mut Tx, place: PlaceId, period: Option<&Period>) -> Result<(), AppError> {
    let Some(period) = period else { return Ok(()) };
    match meeting::meeting_of_period(tx, place, period.period_id).await? {
        Some(_) => Err(Refusal::new("refusal-merge-meeting").into()),
        None => Ok(()),
    }
}

async fn write_kept(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    kept: &[(Days, Option<&Period>)],
    open: &[Period],
) -> Result<(), AppError> {
    for (days, keeper) in kept {
        let Some(pattern) = keeper.or_else(|| open.first()) else { continue };
        let rhythm = rhythm_of(&act.place, pattern)?;
        match keeper {
            Some(period) if period.days == *days => {}
            Some(period) => {
                let changed = period_in(&act.place, period.period_id, *days, rhythm)?;
                if calendar::update_period(tx, act.place.place_id, &changed).await? == 0 {
                    return Err(Refusal::new("refusal-period-published").into());
                }
            }
            None => {
                let period = period_in(&act.place, app.new_id(), *days, rhythm)?;
                calendar::insert_period(tx, act.place.place_id, &period).await?;
            }
        }
    }
    Ok(())
}

fn listed<'a>(row: impl Iterator<Item = &'a Days>) -> String {
    row.map(|days| format!("{}/{}", days.first, days.last)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::refused::{all_but_the_clerk, is_refused, key};
    use crate::testing::Town;
    use jiff::civil::date;
    use shiji_domain::report::ReportState;
    use shiji_store::report::Report;

    async fn periods(town: &Town) -> Vec<Period> {
        let mut tx = town.app.store.read().await.unwrap();
        calendar::periods(&mut tx, town.place.place_id).await.unwrap()
    }

    async fn draft(town: &Town, period: &Period, name: &str) {
        let row = Report {
            report_id: town.app.new_id(),
            period_id: period.period_id,
            person_id: town.person(name),
            state: ReportState::Draft,
            filed_at: None,
            filed_by: None,
            return_reason: None,
            seconds: 0,
            version: 0,
        };
        let input = (town.place.place_id, row);
        town.app
            .store
            .write("test", &input, |tx, (place, row)| Box::pin(report::insert_report(tx, *place, row)))
            .await
            .unwrap();
    }

    #[tokio::test]
    async fn a_holiday_becomes_one_period_and_drafts_stay_where_they_were_begun() {
        for town in Town::each().await {
            let before = periods(&town).await;
            draft(&town, &before[1], "水务").await;
            let clerk = town.act("党政办").await;
            let merged = Days::new(date(2026, 11, 13), date(2026, 11, 22)).unwrap();
            merge_periods(&town.app, &clerk, merged).await.unwrap();
            let after = periods(&town).await;
            let days: Vec<Days> = after.iter().map(|period| period.days).collect();
            let shortened = Days { first: date(2026, 11, 9), last: date(2026, 11, 12) };
            assert_eq!(days, [before[0].days, shortened, merged, before[3].days]);
            assert_eq!(after[1].period_id, before[1].period_id, "the draft's period is the shortened one");
            assert_eq!(after[2].meeting_at, before[2].meeting_at, "heard on the Monday after, as before");
        }
    }

    #[tokio::test]
    async fn two_weeks_with_reports_are_not_thrown_together() {
        for town in Town::each().await {
            let row = periods(&town).await;
            draft(&town, &row[0], "水务").await;
            draft(&town, &row[1], "水务").await;
            let clerk = town.act("党政办").await;
            let merged = Days { first: row[0].days.first, last: row[1].days.last };
            assert_eq!(key(merge_periods(&town.app, &clerk, merged).await), "refusal-merge-reports");
            assert_eq!(periods(&town).await, row);
            let merged = Days { first: row[1].days.first, last: row[2].days.last };
            merge_periods(&town.app, &clerk, merged).await.unwrap();
            assert_eq!(periods(&town).await[1].period_id, row[1].period_id);
        }
    }

    #[tokio::test]
    async fn a_merged_period_can_be_taken_apart_again() {
        for town in Town::each().await {
            let row = periods(&town).await;
            let clerk = town.act("党政办").await;
            let merged = Days { first: row[1].days.first, last: row[2].days.last };
            merge_periods(&town.app, &clerk, merged).await.unwrap();
            merge_periods(&town.app, &clerk, row[2].days).await.unwrap();
            let days: Vec<Days> = periods(&town).await.iter().map(|period| period.days).collect();
            assert_eq!(days, row.iter().map(|period| period.days).collect::<Vec<_>>());
        }
    }

    #[tokio::test]
    async fn only_the_clerk_merges() {
        for town in Town::each().await {
            let row = periods(&town).await;
            let merged = Days { first: row[1].days.first, last: row[2].days.last };
            for act in all_but_the_clerk(&town).await {
                assert!(is_refused(&merge_periods(&town.app, &act, merged).await));
            }
            assert_eq!(periods(&town).await, row);
        }
    }
}
