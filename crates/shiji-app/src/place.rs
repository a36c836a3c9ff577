//! Founds a place: its address, and the one person who can let everybody else in.

use crate::app::App;
use crate::error::AppError;
use shiji_domain::id::{MembershipId, OrganizationId, PersonId, PostId};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::Role;
use shiji_domain::staff::{Membership, Organization, Person, Post};
use shiji_domain::text::required_line;
use shiji_store::Tx;
use shiji_store::roster::{self, Place};

/// Characters of a name.
const NAME_LENGTH_MOST: usize = 60;
/// First parts of addresses that the program uses itself.
const TAKEN: [&str; 12] = [
    "assets",
    "log",
    "healthz",
    "readyz",
    "screen",
    "robots.txt",
    "favicon.ico",
    "favicon.svg",
    "api",
    "static",
    "zh",
    "en",
];

#[derive(Debug, Clone)]
pub struct NewPlace {
    pub slug: String,
    pub name: String,
    pub name_en: String,
    pub time_zone: String,
    pub administrator: String,
    pub unit: String,
    pub title: String,
}

impl NewPlace {
    /// # Errors
    /// Refuses an address of other than lower-case letters, digits and hyphens, or one that the program uses itself;
    /// empty names; a time zone that is not in the IANA database.
    fn check(mut self) -> Result<NewPlace, Refusal> {
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let plain = !self.slug.is_empty() && self.slug.len() <= 40 && self.slug.chars().all(letters);
        if !plain || self.slug.starts_with('-') || TAKEN.contains(&self.slug.as_str()) {
            return Err(Refusal::new("refusal-slug").with("slug", &self.slug));
        }
        if jiff::tz::TimeZone::get(&self.time_zone).is_err() {
            return Err(Refusal::new("refusal-time-zone").with("zone", &self.time_zone));
        }
        for text in
            [&mut self.name, &mut self.name_en, &mut self.administrator, &mut self.unit, &mut self.title]
        {
            *text = required_line(text, NAME_LENGTH_MOST)?;
        }
        Ok(self)
    }
}

/// The place and its administrator, who needs an invitation next.
///
/// # Errors
/// As [`NewPlace`] is checked, and when the address is taken.
pub async fn found_place(app: &App, wanted: NewPlace) -> Result<(Place, PersonId), AppError> {
    let wanted = wanted.check()?;
    app.store.write("found_place", &(app, wanted), |tx, (app, wanted)| Box::pin(write(app, tx, wanted))).await
}

async fn write(app: &App, tx: &mut Tx, wanted: &NewPlace) -> Result<(Place, PersonId), AppError> {
    if roster::places(tx).await?.iter().any(|place| place.slug == wanted.slug) {
        return Err(Refusal::new("refusal-slug-taken").with("slug", &wanted.slug).into());
    }
    let place = Place {
        place_id: app.new_id(),
        slug: wanted.slug.clone(),
        name: wanted.name.clone(),
        name_en: wanted.name_en.clone(),
        time_zone: wanted.time_zone.clone(),
    };
    let place_id = place.place_id;
    let person_id: PersonId = app.new_id();
    let post_id: PostId = app.new_id();
    let organization_id: OrganizationId = app.new_id();
    roster::insert_place(tx, &place, app.now()).await?;
    let unit = Organization { organization_id, name: wanted.unit.clone(), order: 0 };
    roster::insert_organization(tx, place_id, &unit).await?;
    let person = Person {
        person_id,
        name: wanted.administrator.clone(),
        mobile: None,
        sign_in_name: Some("admin".into()),
        has_password: false,
        order: 0,
    };
    roster::insert_person(tx, place_id, &person, app.now()).await?;
    let post = Post {
        post_id,
        organization_id,
        title: wanted.title.clone(),
        filing_duty: None,
        supervisor_post_id: None,
        deputy_post_id: None,
        office_telephone: None,
        office_place: None,
        office_hours: None,
        duties: vec![],
        roles: vec![Role::Administrator],
        order: 0,
    };
    roster::put_post(tx, place_id, &post).await?;
    let membership_id: MembershipId = app.new_id();
    let membership = Membership { membership_id, person_id, post_id, from: None, to: None };
    roster::insert_membership(tx, place_id, &membership).await?;
    Ok((place, person_id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Town;

    fn wanted(slug: &str) -> NewPlace {
        NewPlace {
            slug: slug.into(),
            name: "双溪镇".into(),
            name_en: "Shuangxi Town".into(),
            time_zone: "Asia/Shanghai".into(),
            administrator: "管理员".into(),
            unit: "党政办".into(),
            title: "系统管理员".into(),
        }
    }

    #[tokio::test]
    async fn a_second_place_lives_beside_the_first_and_takes_no_address_twice() {
        for town in Town::each().await {
            found_place(&town.app, wanted("shuangxi")).await.unwrap();
            assert!(found_place(&town.app, wanted("shuangxi")).await.is_err());
            assert!(found_place(&town.app, wanted("assets")).await.is_err());
            assert!(found_place(&town.app, wanted("../x")).await.is_err());
        }
    }
}
