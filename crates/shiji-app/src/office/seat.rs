//! People taking and leaving posts, while an import is applied or by hand.

use crate::app::App;
use crate::error::AppError;
use jiff::ToSpan;
use jiff::civil::Date;
use shiji_domain::id::{OrganizationId, PersonId, PlaceId, PostId};
use shiji_domain::roster::{FilingDuty, RosterRow};
use shiji_domain::roster_change::{leader_post, stands_in_roster};
use shiji_domain::staff::{Membership, Organization, Person, Post, Staff};
use shiji_store::{Tx, roster};

/// The staff as it becomes, change by change, in the store and here.
pub(super) struct Seats<'a> {
    app: &'a App,
    tx: &'a mut Tx,
    place: PlaceId,
    staff: Staff,
    /// The first day of everything new.
    day: Date,
    /// What new memberships carry as their first day; nothing when nobody knows since when.
    from: Option<Date>,
}

impl<'a> Seats<'a> {
    pub fn new(
        app: &'a App,
        tx: &'a mut Tx,
        place: PlaceId,
        staff: Staff,
        day: Date,
        from: Option<Date>,
    ) -> Seats<'a> {
        Seats { app, tx, place, staff, day, from }
    }

    /// Ends every post of the roster that the person holds, except those with one of `titles` in `unit`.
    pub async fn leave(&mut self, person: PersonId, unit: &str, titles: &[String]) -> Result<(), AppError> {
        let last_day = self.day.saturating_sub(1.days());
        for membership in self.held(person) {
            let Some(post) = self.staff.post(membership.post_id) else { continue };
            let in_unit =
                self.staff.organization(post.organization_id).is_some_and(|known| known.name == unit);
            if in_unit && titles.contains(&post.title) {
                continue;
            }
            let id = membership.membership_id;
            if membership.from.is_some_and(|from| from > last_day) {
                roster::delete_membership(self.tx, self.place, id).await?;
                self.staff.memberships.retain(|known| known.membership_id != id);
            } else {
                roster::end_membership(self.tx, self.place, id, last_day).await?;
                for known in self.staff.memberships.iter_mut().filter(|known| known.membership_id == id) {
                    known.to = Some(last_day);
                }
            }
        }
        Ok(())
    }

    /// A person who was not known.
    pub async fn enter(&mut self, row: &RosterRow, now: i64) -> Result<PersonId, AppError> {
        let person = Person {
            person_id: self.app.new_id(),
            name: row.name.clone(),
            mobile: row.mobile.clone(),
            sign_in_name: Some(self.next_sign_in_name()),
            has_password: false,
            order: 0,
        };
        roster::insert_person(self.tx, self.place, &person, now).await?;
        let person_id = person.person_id;
        self.staff.people.push(person);
        Ok(person_id)
    }

    /// `p001`, `p002`: can be typed on every keyboard, tells nothing, and can be changed with the first password.
    fn next_sign_in_name(&self) -> String {
        let highest = self
            .staff
            .people
            .iter()
            .filter_map(|person| person.sign_in_name.as_deref()?.strip_prefix('p')?.parse::<u32>().ok())
            .max()
            .unwrap_or(0);
        format!("p{:03}", highest + 1)
    }

    /// Gives the person every post of the row that they do not hold yet, and writes what the row says of them.
    pub async fn take(&mut self, person: PersonId, row: &RosterRow) -> Result<(), AppError> {
        let unit = self.unit(&row.unit).await?;
        let duty = row.filing_duty.or_else(|| self.duty_of(person));
        for (index, title) in row.posts.iter().enumerate() {
            let held = self.held(person).into_iter().find_map(|membership| {
                let post = self.staff.post(membership.post_id)?;
                (post.organization_id == unit && post.title == *title).then(|| post.clone())
            });
            let is_held = held.is_some();
            let mut post =
                held.or_else(|| self.vacant(unit, title)).unwrap_or_else(|| self.new_post(unit, title));
            post.filing_duty = if index == 0 { duty } else { None };
            if index == 0 {
                post.office_telephone = row.office_telephone.clone().or(post.office_telephone);
                if !row.duties.is_empty() {
                    post.duties.clone_from(&row.duties);
                }
            }
            self.put(&post).await?;
            if !is_held {
                self.hold(person, post.post_id).await?;
            }
        }
        let known = self.staff.people.iter_mut().find(|known| known.person_id == person);
        if let (Some(known), Some(mobile)) = (known, &row.mobile)
            && known.mobile.as_ref() != Some(mobile)
        {
            roster::update_mobile(self.tx, self.place, person, Some(mobile)).await?;
            known.mobile = Some(mobile.clone());
        }
        Ok(())
    }

    /// Puts everybody in the charge of the leader whom their row names. All rows, because a leader who moved holds
    /// another post now.
    pub async fn lead(&mut self, rows: &[RosterRow]) -> Result<(), AppError> {
        for row in rows {
            let Some(name) = &row.supervisor else { continue };
            let leader = leader_post(&self.staff, name, self.day);
            for post_id in self.posts_of(row) {
                let wanted = leader.filter(|leader| *leader != post_id);
                let Some(post) = self.staff.post(post_id) else { continue };
                if post.supervisor_post_id != wanted {
                    let post = Post { supervisor_post_id: wanted, ..post.clone() };
                    self.put(&post).await?;
                }
            }
        }
        Ok(())
    }

    /// Lays down the sheet's order as the board's; whoever is not in the sheet comes after.
    pub async fn order(&mut self, rows: &[RosterRow]) -> Result<(), AppError> {
        let mut units: Vec<(OrganizationId, i64)> = Vec::new();
        for (number, row) in (1_i64..).zip(rows) {
            let Some(unit) = self.staff.organizations.iter().find(|unit| unit.name == row.unit) else {
                continue;
            };
            let unit = unit.organization_id;
            let at = units.iter().position(|(known, _)| *known == unit).unwrap_or_else(|| {
                units.push((unit, 0));
                units.len() - 1
            });
            for post_id in self.posts_of(row) {
                units[at].1 += 1;
                let Some(post) = self.staff.post(post_id) else { continue };
                if post.order != units[at].1 {
                    let post = Post { order: units[at].1, ..post.clone() };
                    self.put(&post).await?;
                }
            }
            for person in self.people_of(row) {
                roster::order_person(self.tx, self.place, person, number).await?;
            }
        }
        let rest = self.staff.organizations.iter().map(|unit| unit.organization_id);
        let rest: Vec<_> = rest.filter(|unit| !units.iter().any(|(known, _)| known == unit)).collect();
        for (number, unit) in (1_i64..).zip(units.iter().map(|(unit, _)| *unit).chain(rest)) {
            roster::order_organization(self.tx, self.place, unit, number).await?;
        }
        Ok(())
    }

    /// Puts somebody who was entered alone at the end: of the roster, of the unit, and a new unit after all others; in
    /// the charge of `supervisor`, or of whoever has been in charge of a post that was vacant.
    pub async fn last(&mut self, person: PersonId, supervisor: Option<PostId>) -> Result<(), AppError> {
        let held: Vec<PostId> = self.held(person).into_iter().map(|held| held.post_id).collect();
        for post_id in held {
            let Some(post) = self.staff.post(post_id).cloned() else { continue };
            let unit = post.organization_id;
            let others = self.staff.posts.iter().filter(|other| other.organization_id == unit);
            let others = others.filter(|other| other.post_id != post_id).map(|other| other.order).max();
            let order = others.unwrap_or(0) + 1;
            let supervisor_post_id =
                supervisor.filter(|leader| *leader != post_id).or(post.supervisor_post_id);
            self.put(&Post { order, supervisor_post_id, ..post }).await?;
            let last = self.staff.organizations.iter().map(|unit| unit.order).max().unwrap_or(0);
            if others.is_none() {
                roster::order_organization(self.tx, self.place, unit, last + 1).await?;
            }
        }
        let last = self.staff.people.iter().map(|person| person.order).max().unwrap_or(0);
        roster::order_person(self.tx, self.place, person, last + 1).await?;
        Ok(())
    }

    fn people_of(&self, row: &RosterRow) -> Vec<PersonId> {
        let named = self.staff.people.iter().filter(|person| person.name == row.name);
        named
            .map(|person| person.person_id)
            .filter(|person| !self.posts_in(*person, row).is_empty())
            .collect()
    }

    /// Posts of the one person whom the row tells of, in the order of the row.
    fn posts_of(&self, row: &RosterRow) -> Vec<PostId> {
        self.people_of(row).into_iter().flat_map(|person| self.posts_in(person, row)).collect()
    }

    fn posts_in(&self, person: PersonId, row: &RosterRow) -> Vec<PostId> {
        let held = self.held(person);
        row.posts
            .iter()
            .filter_map(|title| {
                held.iter().filter_map(|membership| self.staff.post(membership.post_id)).find(|post| {
                    post.title == *title
                        && self
                            .staff
                            .organization(post.organization_id)
                            .is_some_and(|unit| unit.name == row.unit)
                })
            })
            .map(|post| post.post_id)
            .collect()
    }

    /// Memberships of the roster that the person holds on the day or later.
    fn held(&self, person: PersonId) -> Vec<Membership> {
        self.staff
            .memberships_of(person)
            .filter(|(membership, post)| stands_in_roster(membership, post, self.day))
            .map(|(membership, _)| membership.clone())
            .collect()
    }

    /// The duty that the person has or had last.
    fn duty_of(&self, person: PersonId) -> Option<FilingDuty> {
        self.staff.memberships_of(person).filter_map(|(_, post)| post.filing_duty).last()
    }

    async fn unit(&mut self, name: &str) -> Result<OrganizationId, AppError> {
        if let Some(unit) = self.staff.organizations.iter().find(|unit| unit.name == name) {
            return Ok(unit.organization_id);
        }
        let unit = Organization { organization_id: self.app.new_id(), name: name.to_owned(), order: 0 };
        roster::insert_organization(self.tx, self.place, &unit).await?;
        let id = unit.organization_id;
        self.staff.organizations.push(unit);
        Ok(id)
    }

    /// A post that somebody left keeps its roles, telephone and matters for whoever takes it.
    fn vacant(&self, unit: OrganizationId, title: &str) -> Option<Post> {
        let is_held = |post: &Post| {
            let mut of_post = self.staff.memberships.iter().filter(|held| held.post_id == post.post_id);
            of_post.any(|held| held.to.is_none_or(|to| to >= self.day))
        };
        let of_unit = |post: &&Post| post.organization_id == unit && post.title == title && !is_held(post);
        self.staff.posts.iter().find(of_unit).cloned()
    }

    fn new_post(&self, unit: OrganizationId, title: &str) -> Post {
        Post {
            post_id: self.app.new_id(),
            organization_id: unit,
            title: title.to_owned(),
            filing_duty: None,
            supervisor_post_id: None,
            deputy_post_id: None,
            office_telephone: None,
            office_place: None,
            office_hours: None,
            duties: vec![],
            roles: vec![],
            order: 0,
        }
    }

    async fn put(&mut self, post: &Post) -> Result<(), AppError> {
        roster::put_post(self.tx, self.place, post).await?;
        match self.staff.posts.iter_mut().find(|known| known.post_id == post.post_id) {
            Some(known) => known.clone_from(post),
            None => self.staff.posts.push(post.clone()),
        }
        Ok(())
    }

    async fn hold(&mut self, person_id: PersonId, post_id: PostId) -> Result<(), AppError> {
        let membership =
            Membership { membership_id: self.app.new_id(), person_id, post_id, from: self.from, to: None };
        roster::insert_membership(self.tx, self.place, &membership).await?;
        self.staff.memberships.push(membership);
        Ok(())
    }
}
