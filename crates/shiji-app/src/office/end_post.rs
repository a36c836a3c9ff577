//! Ends a post by hand: somebody left, or has one post less.

use super::set_roles::has_administrator;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{PersonId, PostId};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_store::{Tx, roster};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndPost {
    pub person: PersonId,
    pub post: PostId,
    /// The last day in the post.
    pub last_day: Date,
}

/// A day before the first one says that the post was never held, as when it was entered by mistake.
///
/// # Errors
/// Refuses everybody but the clerk, and ending the last post of an administrator. `NotFound` when the person does not
/// hold the post, or does so no more.
pub async fn end_post(app: &App, act: &Act, wanted: EndPost) -> Result<(), AppError> {
    act.actor.must_be(Role::Clerk)?;
    app.store
        .write("end_post", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, *wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: EndPost) -> Result<(), AppError> {
    let place = act.place.place_id;
    let today = act.day()?;
    let mut staff = roster::staff(tx, place).await?;
    let post = staff.post(wanted.post).ok_or(AppError::NotFound)?.clone();
    let held = staff
        .memberships
        .iter_mut()
        .find(|held| {
            held.person_id == wanted.person
                && held.post_id == wanted.post
                && held.to.is_none_or(|to| to >= today)
        })
        .ok_or(AppError::NotFound)?;
    let (id, from, before) = (held.membership_id, held.from, held.to);
    held.to = Some(wanted.last_day);
    // Ahead of the day nobody could give the role back either, so the day does not matter.
    if post.roles.contains(&Role::Administrator) {
        staff.memberships.retain(|held| held.membership_id != id);
        if !has_administrator(&staff, act) {
            return Err(Refusal::new("refusal-last-administrator").into());
        }
    }
    if from.is_some_and(|from| from > wanted.last_day) {
        roster::delete_membership(tx, place, id).await?;
    } else {
        roster::end_membership(tx, place, id, wanted.last_day).await?;
    }
    let told = |to: Option<Date>| {
        let to = to.map_or_else(String::new, |to| to.to_string());
        Some(format!("{} {}—{to}", post.title, from.map_or_else(String::new, |from| from.to_string())))
    };
    let change = Change {
        act: "post.end",
        subject: &wanted.person,
        before: told(before),
        after: told(Some(wanted.last_day)),
    };
    audit(app, tx, act, change).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::desk_page;
    use crate::office::refused::{all_but_the_clerk, is_refused, key};
    use crate::office::roster_page;
    use crate::testing::Town;
    use jiff::civil::date;

    fn wanted(town: &Town, name: &str, last_day: Date) -> EndPost {
        EndPost { person: town.person(name), post: town.post(name), last_day }
    }

    #[tokio::test]
    async fn whoever_left_has_no_desk_the_day_after_and_is_not_expected_any_more() {
        for town in Town::each().await {
            let clerk = town.act("党政办").await;
            end_post(&town.app, &clerk, wanted(&town, "水务", date(2026, 11, 6))).await.unwrap();
            let page = roster_page(&town.app, &clerk).await.unwrap();
            assert_eq!(page.person(town.person("水务")).unwrap().posts[0].to, Some(date(2026, 11, 6)));
            let last = town.act("水务").await;
            assert!(
                desk_page(&town.app, &last, last.person()).await.is_ok(),
                "the last day is one of the post"
            );
            town.pass_days(1);
            let gone = town.act("水务").await;
            assert!(desk_page(&town.app, &gone, gone.person()).await.is_err());
            let clerk = town.act("党政办").await;
            assert!(roster_page(&town.app, &clerk).await.unwrap().person(town.person("水务")).is_none());
            let again = end_post(&town.app, &clerk, wanted(&town, "水务", date(2026, 11, 6))).await;
            assert!(matches!(again, Err(AppError::NotFound)));
        }
    }

    #[tokio::test]
    async fn a_post_that_was_never_held_goes_and_the_last_administrator_stays() {
        for town in Town::each().await {
            let clerk = town.act("党政办").await;
            end_post(&town.app, &clerk, wanted(&town, "水务", date(2024, 12, 31))).await.unwrap();
            assert!(roster_page(&town.app, &clerk).await.unwrap().person(town.person("水务")).is_none());
            let last = end_post(&town.app, &clerk, wanted(&town, "监察", date(2026, 12, 31))).await;
            assert_eq!(key(last), "refusal-last-administrator");
        }
    }

    #[tokio::test]
    async fn only_the_clerk_ends_posts() {
        for town in Town::each().await {
            for act in all_but_the_clerk(&town).await {
                let ended = end_post(&town.app, &act, wanted(&town, "水务", date(2026, 11, 6))).await;
                assert!(is_refused(&ended));
            }
        }
    }
}
