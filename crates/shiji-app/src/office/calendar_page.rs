//! The calendar of periods as the clerk sees it.

use super::deadline::deadlines_of;
use crate::app::{Act, App};
use crate::error::AppError;
use shiji_domain::rhythm::Deadlines;
use shiji_domain::right::Role;
use shiji_store::calendar::{self, Period};
use shiji_store::{meeting, report};

/// Published periods that are still shown above the open one.
const PUBLISHED_SHOWN: usize = 6;

#[derive(Debug, Clone)]
pub struct CalendarLine {
    pub period: Period,
    pub deadlines: Deadlines,
    pub reports: usize,
    pub heard: bool,
    /// The period that people work on.
    pub open: bool,
}

#[derive(Debug, Clone)]
pub struct CalendarPage {
    /// The oldest first: the last published ones, the open one, and what is laid down ahead.
    pub lines: Vec<CalendarLine>,
}

/// # Errors
/// Refuses everybody but the clerk.
pub async fn calendar_page(app: &App, act: &Act) -> Result<CalendarPage, AppError> {
    act.actor.must_be(Role::Clerk)?;
    let place_id = act.place.place_id;
    let mut tx = app.store.read().await?;
    let periods = calendar::periods(&mut tx, place_id).await?;
    let open = periods.iter().position(|period| !period.is_published());
    let from = open.unwrap_or(periods.len()).saturating_sub(PUBLISHED_SHOWN);
    let mut lines = Vec::with_capacity(periods.len() - from);
    for (index, period) in periods.into_iter().enumerate().skip(from) {
        let reports = report::reports_in(&mut tx, place_id, period.period_id).await?.len();
        let held = meeting::meeting_of_period(&mut tx, place_id, period.period_id).await?;
        lines.push(CalendarLine {
            deadlines: deadlines_of(&act.place, &period)?,
            reports,
            heard: held.is_some(),
            open: Some(index) == open,
            period,
        });
    }
    Ok(CalendarPage { lines })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::refused::{all_but_the_clerk, is_refused};
    use crate::testing::Town;

    #[tokio::test]
    async fn the_clerk_alone_sees_the_calendar_with_its_open_week() {
        for town in Town::each().await {
            let page = calendar_page(&town.app, &town.act("党政办").await).await.unwrap();
            assert_eq!(page.lines.len(), 4);
            assert_eq!(page.lines.iter().filter(|line| line.open).count(), 1);
            for act in all_but_the_clerk(&town).await {
                assert!(is_refused(&calendar_page(&town.app, &act).await));
            }
        }
    }
}
