//! Taking back that a colleague may file for me.

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use jiff::ToSpan;
use shiji_domain::id::PersonId;
use shiji_store::roster;

/// Ends everything that was given to `delegate` and is not over; what they filed keeps their name.
///
/// # Errors
/// `NotFound` when nothing was given to them, or it is over.
pub async fn end_delegation(app: &App, act: &Act, delegate: PersonId) -> Result<(), AppError> {
    let today = act.day()?;
    app.store
        .write("end_delegation", &(app, act, delegate, today), |tx, (app, act, delegate, today)| {
            Box::pin(async move {
                let place = act.place.place_id;
                let mut given = roster::delegations(tx, place).await?;
                given.retain(|given| {
                    given.person_id == act.person() && given.delegate_id == *delegate && given.to >= *today
                });
                if given.is_empty() {
                    return Err(AppError::NotFound);
                }
                let name = roster::staff(tx, place).await?.name(*delegate);
                for delegation in given {
                    // From this moment on: today is not a day of it any more.
                    let last = today.saturating_sub(1.days());
                    roster::end_delegation(tx, place, delegation, last).await?;
                    let before = Some(format!("{name} {}—{}", delegation.from, delegation.to));
                    let change = Change { act: "delegate.end", subject: &act.person(), before, after: None };
                    audit(app, tx, act, change).await?;
                }
                Ok(())
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{capture_items, desk_page, name_delegate};
    use crate::testing::{FIRST_WEEK, Town};
    use shiji_domain::calendar::Days;
    use shiji_domain::item::ItemKind;

    #[tokio::test]
    async fn a_delegation_taken_back_is_over_at_once_and_stands_in_the_trail() {
        for town in Town::each().await {
            let own = town.act("水务").await;
            let today = own.day().unwrap();
            for days in [FIRST_WEEK, Days { first: today, last: today.saturating_add(30.days()) }] {
                name_delegate(&town.app, &own, town.person("民政"), days).await.unwrap();
            }
            let owner = own.person();
            let delegate = town.act("民政").await;
            let words = "更换东湾村水表38只";
            capture_items(&town.app, &delegate, owner, ItemKind::Work, words, None).await.unwrap();
            assert_eq!(desk_page(&town.app, &own, owner).await.unwrap().delegations.len(), 2);

            end_delegation(&town.app, &own, delegate.person()).await.unwrap();
            let delegate = town.act("民政").await;
            assert!(desk_page(&town.app, &delegate, owner).await.is_err());
            let again = capture_items(&town.app, &delegate, owner, ItemKind::Work, words, None).await;
            assert!(again.is_err());
            assert!(desk_page(&town.app, &own, owner).await.unwrap().delegations.is_empty());
            let clerk = town.act("党政办").await;
            let trail = crate::office::audit_page(&town.app, &clerk, None).await.unwrap();
            assert_eq!(trail.lines.iter().filter(|line| line.act == "delegate.end").count(), 2);
            let twice = end_delegation(&town.app, &own, delegate.person()).await;
            assert!(matches!(twice, Err(AppError::NotFound)));
        }
    }

    #[tokio::test]
    async fn nobody_takes_back_what_another_gave() {
        for town in Town::each().await {
            let own = town.act("水务").await;
            name_delegate(&town.app, &own, town.person("民政"), FIRST_WEEK).await.unwrap();
            for other in ["民政", "党政办", "镇长"] {
                let act = town.act(other).await;
                assert!(end_delegation(&town.app, &act, town.person("民政")).await.is_err(), "{other}");
            }
            assert!(desk_page(&town.app, &town.act("民政").await, own.person()).await.is_ok());
        }
    }
}
