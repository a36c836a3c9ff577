//! The roster as the office keeps it: units, people, posts with days, telephones, duties, roles.

use crate::app::{Act, App};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{PersonId, PostId};
use shiji_domain::right::{Role, not_yours};
use shiji_domain::roster::FilingDuty;
use shiji_domain::staff::{Organization, Person, Post, Staff};
use shiji_store::roster;

/// A post that a person holds or will hold.
#[derive(Debug, Clone)]
pub struct HeldLine {
    pub post_id: PostId,
    pub title: String,
    pub filing_duty: Option<FilingDuty>,
    pub supervisor_post_id: Option<PostId>,
    /// Name and title of the leader in charge.
    pub supervisor: Option<String>,
    pub deputy_post_id: Option<PostId>,
    pub office_telephone: Option<String>,
    pub office_place: Option<String>,
    pub office_hours: Option<String>,
    pub duties: Vec<String>,
    pub roles: Vec<Role>,
    pub from: Option<Date>,
    pub to: Option<Date>,
}

#[derive(Debug, Clone)]
pub struct PersonLine {
    pub person_id: PersonId,
    pub name: String,
    pub mobile: Option<String>,
    pub sign_in_name: Option<String>,
    pub has_password: bool,
    pub posts: Vec<HeldLine>,
}

#[derive(Debug, Clone)]
pub struct UnitLines {
    pub name: String,
    pub people: Vec<PersonLine>,
}

/// A post that can be in charge of another.
#[derive(Debug, Clone)]
pub struct PostChoice {
    pub post_id: PostId,
    pub text: String,
}

#[derive(Debug, Clone)]
pub struct RosterPage {
    pub units: Vec<UnitLines>,
    pub supervisors: Vec<PostChoice>,
    /// Every post that somebody holds: the official B may come from anywhere.
    pub held: Vec<PostChoice>,
    pub people: usize,
    pub filers: usize,
    pub without_password: usize,
    pub may_amend: bool,
    pub may_set_roles: bool,
}

impl RosterPage {
    pub fn person(&self, id: PersonId) -> Option<&PersonLine> {
        self.units.iter().flat_map(|unit| &unit.people).find(|person| person.person_id == id)
    }
}

/// # Errors
/// Refuses everybody but clerk and administrator: mobile numbers stand here.
pub async fn roster_page(app: &App, act: &Act) -> Result<RosterPage, AppError> {
    let (clerk, administrator) = (act.actor.has(Role::Clerk), act.actor.has(Role::Administrator));
    if !clerk && !administrator {
        return Err(not_yours().into());
    }
    let today = act.day()?;
    let mut tx = app.store.read().await?;
    let staff = roster::staff(&mut tx, act.place.place_id).await?;
    let units: Vec<UnitLines> = staff
        .organizations
        .iter()
        .map(|unit| unit_lines(&staff, unit, today, clerk))
        .filter(|unit| !unit.people.is_empty())
        .collect();
    let people: Vec<&PersonLine> = units.iter().flat_map(|unit| &unit.people).collect();
    Ok(RosterPage {
        supervisors: choices(&staff, today, |post| post.filing_duty == Some(FilingDuty::Leadership)),
        held: choices(&staff, today, |post| post.filing_duty.is_some()),
        people: people.len(),
        filers: staff.filers(today).len(),
        without_password: people.iter().filter(|person| !person.has_password).count(),
        may_amend: clerk,
        may_set_roles: administrator,
        units,
    })
}

/// A person stands under the unit of the first post that is not over.
fn unit_lines(staff: &Staff, unit: &Organization, today: Date, with_mobile: bool) -> UnitLines {
    let of_unit = |person: &&Person| {
        let first = staff
            .memberships_of(person.person_id)
            .filter(|(membership, _)| membership.to.is_none_or(|to| to >= today))
            .min_by_key(|(_, post)| post.order);
        first.is_some_and(|(_, post)| post.organization_id == unit.organization_id)
    };
    let people = staff
        .people
        .iter()
        .filter(of_unit)
        .map(|person| PersonLine {
            person_id: person.person_id,
            name: person.name.clone(),
            mobile: person.mobile.clone().filter(|_| with_mobile),
            sign_in_name: person.sign_in_name.clone(),
            has_password: person.has_password,
            posts: held_lines(staff, person.person_id, today),
        })
        .collect();
    UnitLines { name: unit.name.clone(), people }
}

fn held_lines(staff: &Staff, person: PersonId, today: Date) -> Vec<HeldLine> {
    let mut held: Vec<_> = staff
        .memberships_of(person)
        .filter(|(membership, _)| membership.to.is_none_or(|to| to >= today))
        .collect();
    held.sort_by_key(|(_, post)| post.order);
    held.into_iter()
        .map(|(membership, post)| HeldLine {
            post_id: post.post_id,
            title: post.title.clone(),
            filing_duty: post.filing_duty,
            supervisor_post_id: post.supervisor_post_id,
            supervisor: post.supervisor_post_id.and_then(|id| holder(staff, id, today)),
            deputy_post_id: post.deputy_post_id,
            office_telephone: post.office_telephone.clone(),
            office_place: post.office_place.clone(),
            office_hours: post.office_hours.clone(),
            duties: post.duties.clone(),
            roles: post.roles.clone(),
            from: membership.from,
            to: membership.to,
        })
        .collect()
}

fn holder(staff: &Staff, post: PostId, today: Date) -> Option<String> {
    let post = staff.post(post)?;
    let holder = staff
        .memberships
        .iter()
        .find(|membership| membership.post_id == post.post_id && membership.is_held_on(today))
        .map(|membership| staff.name(membership.person_id));
    Some(match holder {
        Some(name) => format!("{name} · {}", post.title),
        None => post.title.clone(),
    })
}

/// Posts that are wanted and that somebody holds.
fn choices(staff: &Staff, today: Date, wanted: impl Fn(&Post) -> bool) -> Vec<PostChoice> {
    staff
        .posts
        .iter()
        .filter(|post| wanted(post))
        .filter(|post| {
            staff.memberships.iter().any(|held| held.post_id == post.post_id && held.is_held_on(today))
        })
        .filter_map(|post| {
            Some(PostChoice { post_id: post.post_id, text: holder(staff, post.post_id, today)? })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::refused::is_refused;
    use crate::testing::Town;

    #[tokio::test]
    async fn clerk_and_administrator_see_the_roster_and_nobody_else() {
        for town in Town::each().await {
            let page = roster_page(&town.app, &town.act("党政办").await).await.unwrap();
            assert_eq!((page.people, page.filers, page.units.len()), (8, 7, 7));
            let water_post = town.post("水务");
            assert!(
                page.held.iter().any(|choice| choice.post_id == water_post),
                "the official B may come from anywhere"
            );
            assert!(!page.supervisors.iter().any(|choice| choice.post_id == water_post));
            assert!(page.may_amend && !page.may_set_roles);
            let water = page.person(town.person("水务")).unwrap();
            assert_eq!(water.posts[0].supervisor.as_deref(), Some("镇长 · 镇长"));
            let page = roster_page(&town.app, &town.act("监察").await).await.unwrap();
            assert!(!page.may_amend && page.may_set_roles);
            for name in ["书记", "镇长", "水务", "东村"] {
                assert!(is_refused(&roster_page(&town.app, &town.act(name).await).await));
            }
        }
    }
}
