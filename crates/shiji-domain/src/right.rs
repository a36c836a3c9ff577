//! Who may do what. Rights follow from the posts a person holds on the day of the act, not from the account.

use crate::id::{PersonId, PostId};
use crate::item::code;
use crate::refusal::Refusal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a post carries besides its own report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 党政办: roster, calendar, deadlines, publishing.
    Clerk,
    /// Runs the Monday meeting.
    Chair,
    /// Reads everything, changes nothing.
    Auditor,
    /// Accounts and installation.
    Administrator,
}

code!(Role {
    Role::Clerk => "clerk", Role::Chair => "chair", Role::Auditor => "auditor", Role::Administrator => "administrator",
});

/// A post held by somebody, with the days it is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPost {
    pub post_id: PostId,
    pub files: bool,
    pub roles: Vec<Role>,
    /// The leader's post in charge of this one.
    pub supervisor_post_id: Option<PostId>,
    pub from: Option<Date>,
    /// The last day, inclusive.
    pub to: Option<Date>,
}

impl HeldPost {
    pub fn is_held_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// A signed-in person on a day: the only thing that acts are allowed or refused by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub person_id: PersonId,
    pub posts: Vec<HeldPost>,
    /// People for whom this person may file on that day.
    pub files_for: Vec<PersonId>,
}

impl Actor {
    /// Drops every post that is not held on `day`.
    pub fn on(person_id: PersonId, posts: Vec<HeldPost>, files_for: Vec<PersonId>, day: Date) -> Actor {
        let posts = posts.into_iter().filter(|post| post.is_held_on(day)).collect();
        Actor { person_id, posts, files_for }
    }

    pub fn has(&self, role: Role) -> bool {
        self.posts.iter().any(|post| post.roles.contains(&role))
    }

    /// The desk is for those who hold a post with a filing duty or file for somebody who does.
    pub fn has_desk(&self) -> bool {
        self.posts.iter().any(|post| post.files) || !self.files_for.is_empty()
    }

    /// # Errors
    /// Refuses everybody who holds none of the posts that carry `role`.
    pub fn must_be(&self, role: Role) -> Result<(), Refusal> {
        if self.has(role) { Ok(()) } else { Err(not_yours()) }
    }

    /// Reads the working side beyond the own report.
    ///
    /// # Errors
    /// Refuses everybody but clerk, chair, auditor and administrator.
    pub fn must_read_all(&self) -> Result<(), Refusal> {
        if [Role::Clerk, Role::Chair, Role::Auditor].into_iter().any(|role| self.has(role)) {
            Ok(())
        } else {
            Err(not_yours())
        }
    }

    /// Writes in the report of `owner`: the person, or a delegate named on the report.
    ///
    /// # Errors
    /// Refuses everybody else, leaders and clerks included: words are put in nobody's mouth.
    pub fn must_write_for(&self, owner: PersonId) -> Result<(), Refusal> {
        let own = self.person_id == owner && self.posts.iter().any(|post| post.files);
        if own || self.files_for.contains(&owner) { Ok(()) } else { Err(not_yours()) }
    }

    /// Whether one of this person's posts is in charge of a post in `posts`.
    pub fn supervises(&self, posts: &[HeldPost]) -> bool {
        posts.iter().any(|theirs| {
            theirs.supervisor_post_id.is_some_and(|leader| self.posts.iter().any(|own| own.post_id == leader))
        })
    }
}

/// The same words whether the thing exists or not, so that a refusal tells nothing.
pub fn not_yours() -> Refusal {
    Refusal::new("refusal-not-yours")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn post(number: u128, roles: &[Role], to: Option<Date>) -> HeldPost {
        HeldPost {
            post_id: PostId(Uuid::from_u128(number)),
            files: true,
            roles: roles.to_vec(),
            supervisor_post_id: None,
            from: None,
            to,
        }
    }

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    #[test]
    fn a_right_ends_with_the_post() {
        let held = vec![post(1, &[Role::Clerk], Some(date(2026, 6, 30)))];
        assert!(Actor::on(person(1), held.clone(), vec![], date(2026, 6, 30)).must_be(Role::Clerk).is_ok());
        assert!(Actor::on(person(1), held, vec![], date(2026, 7, 1)).must_be(Role::Clerk).is_err());
    }

    #[test]
    fn not_even_the_clerk_writes_in_another_persons_report() {
        let clerk =
            Actor::on(person(1), vec![post(1, &[Role::Clerk, Role::Chair], None)], vec![], date(2026, 6, 1));
        assert!(clerk.must_write_for(person(2)).is_err());
        assert!(clerk.must_write_for(person(1)).is_ok());
    }

    #[test]
    fn a_delegate_writes_for_the_one_who_named_them() {
        let delegate = Actor::on(person(1), vec![], vec![person(2)], date(2026, 6, 1));
        assert!(delegate.must_write_for(person(2)).is_ok());
        assert!(delegate.must_write_for(person(1)).is_err());
    }

    #[test]
    fn the_leader_in_charge_is_found_by_post() {
        let leader = Actor::on(person(1), vec![post(7, &[], None)], vec![], date(2026, 6, 1));
        let theirs = HeldPost { supervisor_post_id: Some(PostId(Uuid::from_u128(7))), ..post(8, &[], None) };
        assert!(leader.supervises(std::slice::from_ref(&theirs)));
        assert!(!leader.supervises(&[post(9, &[], None)]));
    }
}
