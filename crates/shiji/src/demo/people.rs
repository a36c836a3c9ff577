//! The people of the demo town, their units, posts and days.

use super::{DemoSignIn, role_of};
use jiff::ToSpan as _;
use jiff::civil::Date;
use shiji_app::{App, AppError};
use shiji_demo::{Class, Official, Town};
use shiji_domain::id::{OrganizationId, PersonId, PostId};
use shiji_domain::roster::FilingDuty;
use shiji_domain::staff::{Membership, Organization, Person, Post};
use shiji_store::roster::{self, Place};
use shiji_store::{StoreError, Tx};

pub struct Cast {
    pub people: Vec<PersonId>,
    /// The post each person files under.
    posts: Vec<PostId>,
    units: Vec<OrganizationId>,
}

impl Cast {
    pub fn new(app: &App, town: &Town) -> Cast {
        Cast {
            people: town.people.iter().map(|_| app.new_id()).collect(),
            posts: town.people.iter().map(|_| app.new_id()).collect(),
            units: town.units.iter().map(|_| app.new_id()).collect(),
        }
    }

    /// By its place in the town's list.
    pub fn unit(&self, at: usize) -> OrganizationId {
        self.units[at]
    }

    pub async fn insert(&self, app: &App, tx: &mut Tx, place: &Place, town: &Town) -> Result<(), AppError> {
        for (order, (unit, id)) in (1_i64..).zip(town.units.iter().zip(&self.units)) {
            let unit = Organization { organization_id: *id, name: unit.name.clone(), order };
            roster::insert_organization(tx, place.place_id, &unit).await?;
        }
        for index in 0..town.people.len() {
            self.insert_person(app, tx, place, town, index).await?;
        }
        Ok(())
    }

    async fn insert_person(
        &self,
        app: &App,
        tx: &mut Tx,
        place: &Place,
        town: &Town,
        index: usize,
    ) -> Result<(), AppError> {
        let official = &town.people[index];
        let order = i64::try_from(index).unwrap_or(i64::MAX);
        let person = Person {
            person_id: self.people[index],
            name: official.name.clone(),
            mobile: Some(official.mobile.clone()),
            sign_in_name: Some(format!("p{:03}", index + 1)),
            has_password: false,
            order,
        };
        roster::insert_person(tx, place.place_id, &person, app.now()).await?;
        let before = official.moved.as_ref();
        let from = match before {
            Some(moved) => Some(moved.last_day.saturating_add(1.days())),
            None => official.joined,
        };
        for (number, title) in official.posts.iter().enumerate() {
            let main = number == 0;
            let post_id = if main { self.posts[index] } else { app.new_id() };
            let post = self.post(official, post_id, official.unit, title, main, order);
            self.insert_held(app, tx, place, index, &post, from, official.left).await?;
        }
        if let Some(moved) = before {
            for (number, title) in moved.from_posts.iter().enumerate() {
                let post = self.post(official, app.new_id(), moved.from_unit, title, number == 0, order);
                self.insert_held(app, tx, place, index, &post, official.joined, Some(moved.last_day)).await?;
            }
        }
        Ok(())
    }

    fn post(
        &self,
        official: &Official,
        post_id: PostId,
        unit: usize,
        title: &str,
        main: bool,
        order: i64,
    ) -> Post {
        let filing_duty = match official.class {
            Class::Leadership => Some(FilingDuty::Leadership),
            Class::MidLevel => Some(FilingDuty::MidLevel),
            Class::Village => Some(FilingDuty::Village),
            Class::None => None,
        };
        Post {
            post_id,
            organization_id: self.units[unit],
            title: title.to_owned(),
            filing_duty: filing_duty.filter(|_| main),
            supervisor_post_id: official.supervisor.map(|leader| self.posts[leader]),
            deputy_post_id: official.deputy.filter(|_| main).map(|other| self.posts[other]),
            office_telephone: Some(official.office_telephone.clone()),
            office_place: official.office_place.clone().filter(|_| main),
            office_hours: official.office_hours.clone().filter(|_| main),
            duties: if main { official.duties.clone() } else { Vec::new() },
            roles: if main {
                official.roles.iter().filter_map(|role| role_of(*role)).collect()
            } else {
                Vec::new()
            },
            order,
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a post, its holder and the days belong together")]
    async fn insert_held(
        &self,
        app: &App,
        tx: &mut Tx,
        place: &Place,
        index: usize,
        post: &Post,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<(), StoreError> {
        roster::put_post(tx, place.place_id, post).await?;
        let membership = Membership {
            membership_id: app.new_id(),
            person_id: self.people[index],
            post_id: post.post_id,
            from,
            to,
        };
        roster::insert_membership(tx, place.place_id, &membership).await
    }

    /// One person for each role; the official has a post in an office and no other role.
    pub fn sign_ins(&self, town: &Town, today: Date) -> Vec<DemoSignIn> {
        use shiji_demo::Role;
        let find = |fits: &dyn Fn(&Official) -> bool| {
            town.people.iter().position(|official| official.in_office(today) && fits(official))
        };
        let leads = |official: &Official| {
            let index = town.people.iter().position(|other| std::ptr::eq(other, official));
            town.people.iter().any(|other| other.supervisor == index && index.is_some())
        };
        [
            ("official", find(&|official| official.class == Class::MidLevel && official.roles.is_empty())),
            (
                "leader",
                find(&|official| {
                    official.class == Class::Leadership
                        && !official.roles.contains(&Role::Chair)
                        && leads(official)
                }),
            ),
            ("clerk", find(&|official| official.roles.contains(&Role::Clerk))),
            ("chair", find(&|official| official.roles.contains(&Role::Chair))),
            ("auditor", find(&|official| official.roles.contains(&Role::Auditor))),
            ("administrator", find(&|official| official.roles.contains(&Role::Administrator))),
        ]
        .into_iter()
        .filter_map(|(role, index)| {
            let index = index?;
            let official = &town.people[index];
            Some(DemoSignIn {
                role,
                person: self.people[index],
                name: official.name.clone(),
                title: official.posts.first().cloned().unwrap_or_default(),
            })
        })
        .collect()
    }
}
