//! The people of a place, their units and posts, as of any day.

use crate::id::{MembershipId, OrganizationId, PersonId, PostId};
use crate::item::code;
use crate::right::{HeldPost, Role};
use crate::roster::FilingDuty;
use jiff::civil::Date;

code!(FilingDuty {
    FilingDuty::Leadership => "leadership", FilingDuty::MidLevel => "mid_level",
    FilingDuty::Village => "village", FilingDuty::Voluntary => "voluntary",
});

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    pub organization_id: OrganizationId,
    pub name: String,
    pub order: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub person_id: PersonId,
    pub name: String,
    /// Never public.
    pub mobile: Option<String>,
    pub sign_in_name: Option<String>,
    pub has_password: bool,
    pub order: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    pub post_id: PostId,
    pub organization_id: OrganizationId,
    pub title: String,
    pub filing_duty: Option<FilingDuty>,
    pub supervisor_post_id: Option<PostId>,
    /// The official B: who holds this post is asked when the holder of the other is away.
    pub deputy_post_id: Option<PostId>,
    pub office_telephone: Option<String>,
    pub office_place: Option<String>,
    pub office_hours: Option<String>,
    pub duties: Vec<String>,
    pub roles: Vec<Role>,
    pub order: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub membership_id: MembershipId,
    pub person_id: PersonId,
    pub post_id: PostId,
    pub from: Option<Date>,
    /// The last day, inclusive.
    pub to: Option<Date>,
}

impl Membership {
    pub fn is_held_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// Somebody who is expected to file, under the first of their posts that carries the duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filer {
    pub person_id: PersonId,
    pub post_id: PostId,
    pub organization_id: OrganizationId,
    pub filing_duty: FilingDuty,
    /// Place of the unit, then of the person in it, on the board.
    pub order: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Staff {
    pub organizations: Vec<Organization>,
    pub people: Vec<Person>,
    pub posts: Vec<Post>,
    pub memberships: Vec<Membership>,
}

impl Staff {
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.person_id == id)
    }

    /// The name, or a dash for somebody who is not of this place any more.
    pub fn name(&self, id: PersonId) -> String {
        self.person(id).map_or_else(|| "—".to_owned(), |person| person.name.clone())
    }

    pub fn post(&self, id: PostId) -> Option<&Post> {
        self.posts.iter().find(|post| post.post_id == id)
    }

    pub fn organization(&self, id: OrganizationId) -> Option<&Organization> {
        self.organizations.iter().find(|organization| organization.organization_id == id)
    }

    /// A person's posts of all times, the oldest first.
    pub fn memberships_of(&self, id: PersonId) -> impl Iterator<Item = (&Membership, &Post)> {
        self.memberships
            .iter()
            .filter(move |membership| membership.person_id == id)
            .filter_map(|membership| self.post(membership.post_id).map(|post| (membership, post)))
    }

    pub fn held_posts(&self, id: PersonId) -> Vec<HeldPost> {
        self.memberships_of(id)
            .map(|(membership, post)| HeldPost {
                post_id: post.post_id,
                files: post.filing_duty.is_some(),
                roles: post.roles.clone(),
                supervisor_post_id: post.supervisor_post_id,
                from: membership.from,
                to: membership.to,
            })
            .collect()
    }

    /// Everybody with a filing duty on `day`, in the order of the board. Whoever holds several such posts files once.
    pub fn filers(&self, day: Date) -> Vec<Filer> {
        let mut filers: Vec<Filer> = Vec::new();
        let mut held: Vec<(&Membership, &Post)> = self
            .memberships
            .iter()
            .filter(|membership| membership.is_held_on(day))
            .filter_map(|membership| self.post(membership.post_id).map(|post| (membership, post)))
            .collect();
        held.sort_by_key(|(_, post)| (self.unit_order(post), post.order));
        for (membership, post) in held {
            let Some(filing_duty) = post.filing_duty else { continue };
            if filers.iter().any(|filer| filer.person_id == membership.person_id) {
                continue;
            }
            filers.push(Filer {
                person_id: membership.person_id,
                post_id: post.post_id,
                organization_id: post.organization_id,
                filing_duty,
                order: self.unit_order(post) * 1_000 + post.order,
            });
        }
        filers
    }

    fn unit_order(&self, post: &Post) -> i64 {
        self.organization(post.organization_id).map_or(0, |organization| organization.order)
    }

    /// People whose post is in the charge of a post that `leader` holds on `day`.
    pub fn supervised_by(&self, leader: PersonId, day: Date) -> Vec<PersonId> {
        let led: Vec<PostId> = self
            .memberships_of(leader)
            .filter(|(membership, _)| membership.is_held_on(day))
            .map(|(_, post)| post.post_id)
            .collect();
        let mut people: Vec<PersonId> = Vec::new();
        for filer in self.filers(day) {
            let theirs = self
                .memberships_of(filer.person_id)
                .filter(|(membership, _)| membership.is_held_on(day))
                .any(|(_, post)| post.supervisor_post_id.is_some_and(|id| led.contains(&id)));
            if theirs && filer.person_id != leader {
                people.push(filer.person_id);
            }
        }
        people
    }

    /// Titles a person holds on `day`, for a line such as "张三 民政办主任".
    pub fn titles(&self, id: PersonId, day: Date) -> Vec<String> {
        self.memberships_of(id)
            .filter(|(membership, _)| membership.is_held_on(day))
            .map(|(_, post)| post.title.clone())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn post(number: u128, filing_duty: Option<FilingDuty>, supervisor: Option<u128>) -> Post {
        Post {
            post_id: PostId(Uuid::from_u128(number)),
            organization_id: OrganizationId(Uuid::from_u128(1)),
            title: format!("post {number}"),
            filing_duty,
            supervisor_post_id: supervisor.map(|id| PostId(Uuid::from_u128(id))),
            deputy_post_id: None,
            office_telephone: None,
            office_place: None,
            office_hours: None,
            duties: vec![],
            roles: vec![],
            order: i64::try_from(number).unwrap(),
        }
    }

    fn holds(person: u128, post: u128, to: Option<Date>) -> Membership {
        Membership {
            membership_id: MembershipId(Uuid::from_u128(person * 100 + post)),
            person_id: PersonId(Uuid::from_u128(person)),
            post_id: PostId(Uuid::from_u128(post)),
            from: None,
            to,
        }
    }

    fn staff() -> Staff {
        Staff {
            organizations: vec![],
            people: vec![],
            posts: vec![
                post(1, Some(FilingDuty::Leadership), None),
                post(2, Some(FilingDuty::MidLevel), Some(1)),
                post(3, Some(FilingDuty::MidLevel), None),
                post(4, None, Some(1)),
            ],
            memberships: vec![
                holds(10, 1, None),
                holds(11, 2, None),
                holds(11, 3, None),
                holds(12, 3, Some(date(2026, 3, 31))),
                holds(13, 4, None),
            ],
        }
    }

    #[test]
    fn who_holds_two_posts_files_once_and_who_left_files_no_more() {
        let people = |day| -> Vec<u128> {
            staff().filers(day).iter().map(|filer| filer.person_id.0.as_u128()).collect()
        };
        assert_eq!(people(date(2026, 3, 31)), [10, 11, 12]);
        assert_eq!(people(date(2026, 4, 1)), [10, 11]);
    }

    #[test]
    fn a_leader_sees_those_in_charge_who_file() {
        let led = staff().supervised_by(PersonId(Uuid::from_u128(10)), date(2026, 4, 1));
        assert_eq!(led, [PersonId(Uuid::from_u128(11))]);
    }
}
