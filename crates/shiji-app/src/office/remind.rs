//! Reminds those who have not filed.

use super::week_page::week_page;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::notice::{self, NewNotice};
use shiji_domain::id::{PeriodId, PersonId};
use shiji_domain::notice::NoticeKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_store::{Tx, notice as notices};

/// Milliseconds within which nobody is reminded twice.
const BETWEEN_REMINDERS: i64 = 60 * 60 * 1_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remind {
    pub period: PeriodId,
    /// `None` reminds everybody who has not filed.
    pub person: Option<PersonId>,
}

/// Returns how many were reminded. Who was reminded within the hour is left in peace.
///
/// # Errors
/// Refuses everybody but the clerk, a published period, and when there is nobody left to remind.
pub async fn remind(app: &App, act: &Act, wanted: Remind) -> Result<usize, AppError> {
    act.actor.must_be(Role::Clerk)?;
    let page = week_page(app, act, Some(wanted.period)).await?;
    if page.period.is_published() {
        return Err(Refusal::new("refusal-period-published").into());
    }
    let missing: Vec<PersonId> = page
        .lines
        .iter()
        .filter(|line| line.state.is_missing())
        .map(|line| line.person_id)
        .filter(|person| wanted.person.is_none_or(|one| one == *person))
        .collect();
    if missing.is_empty() {
        return Err(Refusal::new("refusal-remind-nobody").into());
    }
    app.store
        .write("remind", &(app, act, wanted.period, missing), |tx, (app, act, period, missing)| {
            Box::pin(write(app, tx, act, *period, missing))
        })
        .await
}

async fn write(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    period: PeriodId,
    missing: &[PersonId],
) -> Result<usize, AppError> {
    let place_id = act.place.place_id;
    let sent = notices::notices_of(tx, place_id, period, NoticeKind::Reminder).await?;
    let recently = |person: PersonId| {
        sent.iter()
            .any(|notice| notice.person_id == person && act.millis() - notice.created_at < BETWEEN_REMINDERS)
    };
    let due: Vec<PersonId> = missing.iter().copied().filter(|person| !recently(*person)).collect();
    if due.is_empty() {
        return Err(Refusal::new("refusal-reminded").into());
    }
    for person_id in &due {
        let new = NewNotice::about_period(NoticeKind::Reminder, *person_id, period).by(act.person());
        notice::tell(app, tx, place_id, new).await?;
        let change = Change { act: "reminder.send", subject: person_id, before: None, after: None };
        audit(app, tx, act, change).await?;
    }
    Ok(due.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::refused::{all_but_the_clerk, is_refused, key};
    use crate::testing::Town;
    use jiff::ToSpan;

    #[tokio::test]
    async fn nobody_is_reminded_twice_within_the_hour() {
        for town in Town::each().await {
            let period = town.open_period().await.period_id;
            let one = Remind { period, person: Some(town.person("水务")) };
            let all = Remind { period, person: None };
            let clerk = town.act("党政办").await;
            assert_eq!(remind(&town.app, &clerk, one).await.unwrap(), 1);
            assert_eq!(key(remind(&town.app, &clerk, one).await), "refusal-reminded");
            assert_eq!(remind(&town.app, &clerk, all).await.unwrap(), 6);
            town.pass(61.minutes());
            let clerk = town.act("党政办").await;
            assert_eq!(remind(&town.app, &clerk, all).await.unwrap(), 7);
            let page = week_page(&town.app, &clerk, None).await.unwrap();
            assert!(page.lines.iter().all(|line| line.reminded_at == Some(clerk.millis())));
        }
    }

    #[tokio::test]
    async fn only_the_clerk_reminds() {
        for town in Town::each().await {
            let wanted = Remind { period: town.open_period().await.period_id, person: None };
            for act in all_but_the_clerk(&town).await {
                assert!(is_refused(&remind(&town.app, &act, wanted).await));
            }
        }
    }
}
