//! Who is clerk, chair, auditor, administrator: told by post, laid down by the administrator.

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::PostId;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_domain::staff::{Post, Staff};
use shiji_store::{Tx, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetRoles {
    pub post: PostId,
    pub roles: Vec<Role>,
}

/// # Errors
/// Refuses everybody but the administrator, and taking the role of administrator from the last post that has it and is
/// held: nobody could give it back. An unknown post is not found.
pub async fn set_roles(app: &App, act: &Act, wanted: SetRoles) -> Result<(), AppError> {
    act.actor.must_be(Role::Administrator)?;
    app.store
        .write("set_roles", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &SetRoles) -> Result<(), AppError> {
    let mut staff = roster::staff(tx, act.place.place_id).await?;
    let post = staff.posts.iter_mut().find(|post| post.post_id == wanted.post).ok_or(AppError::NotFound)?;
    let mut roles = wanted.roles.clone();
    roles.sort();
    roles.dedup();
    let before = told(post);
    post.roles = roles;
    let post = post.clone();
    if !has_administrator(&staff, act) {
        return Err(Refusal::new("refusal-last-administrator").into());
    }
    roster::put_post(tx, act.place.place_id, &post).await?;
    let change =
        Change { act: "post.roles", subject: &wanted.post, before: Some(before), after: Some(told(&post)) };
    audit(app, tx, act, change).await
}

pub(super) fn has_administrator(staff: &Staff, act: &Act) -> bool {
    let Ok(today) = act.day() else { return false };
    staff.memberships.iter().filter(|membership| membership.is_held_on(today)).any(|membership| {
        staff.post(membership.post_id).is_some_and(|post| post.roles.contains(&Role::Administrator))
    })
}

fn told(post: &Post) -> String {
    let roles: Vec<&str> = post.roles.iter().map(|role| role.code()).collect();
    format!("{}: {}", post.title, roles.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::refused::{is_refused, key};
    use crate::testing::Town;

    #[tokio::test]
    async fn the_administrator_gives_roles_and_cannot_lock_everybody_out() {
        for town in Town::each().await {
            let administrator = town.act("监察").await;
            let wanted = SetRoles { post: town.post("民政"), roles: vec![Role::Clerk, Role::Clerk] };
            set_roles(&town.app, &administrator, wanted).await.unwrap();
            assert!(town.act("民政").await.actor.has(Role::Clerk));
            let wanted = SetRoles { post: town.post("监察"), roles: vec![Role::Auditor] };
            assert_eq!(key(set_roles(&town.app, &administrator, wanted).await), "refusal-last-administrator");
        }
    }

    #[tokio::test]
    async fn not_even_the_clerk_gives_roles() {
        for town in Town::each().await {
            for name in ["书记", "镇长", "党政办", "水务", "东村"] {
                let wanted = SetRoles { post: town.post(name), roles: vec![Role::Administrator] };
                assert!(is_refused(&set_roles(&town.app, &town.act(name).await, wanted).await), "{name}");
            }
        }
    }
}
