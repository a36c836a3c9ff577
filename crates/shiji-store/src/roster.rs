//! Places, units, people, posts and who holds them.

use crate::database::{StoreError, Tx};
use crate::value::Row;
use jiff::civil::Date;
use shiji_domain::id::{MembershipId, OrganizationId, PersonId, PlaceId};
use shiji_domain::right::Role;
use shiji_domain::roster::FilingDuty;
use shiji_domain::staff::{Membership, Organization, Person, Post, Staff};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub place_id: PlaceId,
    /// The first part of every address of this place.
    pub slug: String,
    pub name: String,
    pub name_en: String,
    pub time_zone: String,
}

fn place(row: &Row) -> Result<Place, StoreError> {
    Ok(Place {
        place_id: row.parsed("place_id")?,
        slug: row.text("slug")?,
        name: row.text("name")?,
        name_en: row.text("name_en")?,
        time_zone: row.text("time_zone")?,
    })
}

pub async fn places(tx: &mut Tx) -> Result<Vec<Place>, StoreError> {
    let rows =
        tx.fetch_all("SELECT place_id, slug, name, name_en, time_zone FROM place ORDER BY slug", &[]).await?;
    rows.iter().map(place).collect()
}

pub async fn insert_place(tx: &mut Tx, place: &Place, now: i64) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO place (place_id, slug, name, name_en, time_zone, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            place.place_id.into(),
            (&place.slug).into(),
            (&place.name).into(),
            (&place.name_en).into(),
            (&place.time_zone).into(),
            now.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Rows changed: 0 when there is no such place.
pub async fn update_place(tx: &mut Tx, place: &Place) -> Result<u64, StoreError> {
    let sql = "UPDATE place SET slug = $2, name = $3, name_en = $4, time_zone = $5 WHERE place_id = $1";
    tx.execute(
        sql,
        &[
            place.place_id.into(),
            (&place.slug).into(),
            (&place.name).into(),
            (&place.name_en).into(),
            (&place.time_zone).into(),
        ],
    )
    .await
}

pub async fn staff(tx: &mut Tx, place: PlaceId) -> Result<Staff, StoreError> {
    Ok(Staff {
        organizations: organizations(tx, place).await?,
        people: people(tx, place).await?,
        posts: posts(tx, place).await?,
        memberships: memberships(tx, place).await?,
    })
}

async fn organizations(tx: &mut Tx, place: PlaceId) -> Result<Vec<Organization>, StoreError> {
    let sql = "SELECT organization_id, name, sort_order FROM organization WHERE place_id = $1 \
               ORDER BY sort_order, organization_id";
    let rows = tx.fetch_all(sql, &[place.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Organization {
                organization_id: row.parsed("organization_id")?,
                name: row.text("name")?,
                order: row.int("sort_order")?,
            })
        })
        .collect()
}

async fn people(tx: &mut Tx, place: PlaceId) -> Result<Vec<Person>, StoreError> {
    let sql = "SELECT person_id, name, mobile, sign_in_name, password_at, sort_order FROM person \
               WHERE place_id = $1 ORDER BY sort_order, person_id";
    let rows = tx.fetch_all(sql, &[place.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Person {
                person_id: row.parsed("person_id")?,
                name: row.text("name")?,
                mobile: row.optional_text("mobile")?,
                sign_in_name: row.optional_text("sign_in_name")?,
                has_password: row.optional_int("password_at")?.is_some(),
                order: row.int("sort_order")?,
            })
        })
        .collect()
}

async fn posts(tx: &mut Tx, place: PlaceId) -> Result<Vec<Post>, StoreError> {
    let sql = "SELECT post_id, organization_id, title, filing_duty, supervisor_post_id, deputy_post_id, office_telephone, \
               office_place, office_hours, duties, roles, sort_order FROM post WHERE place_id = $1 ORDER BY sort_order, post_id";
    let rows = tx.fetch_all(sql, &[place.into()]).await?;
    rows.iter().map(post).collect()
}

fn post(row: &Row) -> Result<Post, StoreError> {
    let filing_duty = match row.optional_text("filing_duty")? {
        None => None,
        Some(code) => Some(
            FilingDuty::from_code(&code)
                .ok_or(StoreError::Corrupt { column: "filing_duty", value: code.clone() })?,
        ),
    };
    let roles: Vec<Role> = row.json("roles")?;
    Ok(Post {
        post_id: row.parsed("post_id")?,
        organization_id: row.parsed("organization_id")?,
        title: row.text("title")?,
        filing_duty,
        supervisor_post_id: row.optional_parsed("supervisor_post_id")?,
        deputy_post_id: row.optional_parsed("deputy_post_id")?,
        office_telephone: row.optional_text("office_telephone")?,
        office_place: row.optional_text("office_place")?,
        office_hours: row.optional_text("office_hours")?,
        duties: row.json("duties")?,
        roles,
        order: row.int("sort_order")?,
    })
}

async fn memberships(tx: &mut Tx, place: PlaceId) -> Result<Vec<Membership>, StoreError> {
    let sql = "SELECT membership_id, person_id, post_id, from_day, to_day FROM membership WHERE place_id = $1 \
               ORDER BY from_day, membership_id";
    let rows = tx.fetch_all(sql, &[place.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Membership {
                membership_id: row.parsed("membership_id")?,
                person_id: row.parsed("person_id")?,
                post_id: row.parsed("post_id")?,
                from: row.optional_parsed("from_day")?,
                to: row.optional_parsed("to_day")?,
            })
        })
        .collect()
}

pub async fn insert_organization(
    tx: &mut Tx,
    place: PlaceId,
    organization: &Organization,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO organization (place_id, organization_id, name, sort_order) VALUES ($1, $2, $3, $4)",
        &[
            place.into(),
            organization.organization_id.into(),
            (&organization.name).into(),
            organization.order.into(),
        ],
    )
    .await?;
    Ok(())
}

pub async fn insert_person(tx: &mut Tx, place: PlaceId, person: &Person, now: i64) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO person (place_id, person_id, name, mobile, sign_in_name, sort_order, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            place.into(),
            person.person_id.into(),
            (&person.name).into(),
            person.mobile.clone().into(),
            person.sign_in_name.clone().into(),
            person.order.into(),
            now.into(),
        ],
    )
    .await?;
    Ok(())
}

pub async fn update_mobile(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    mobile: Option<&str>,
) -> Result<(), StoreError> {
    let sql = "UPDATE person SET mobile = $3 WHERE place_id = $1 AND person_id = $2";
    tx.execute(sql, &[place.into(), person.into(), mobile.into()]).await?;
    Ok(())
}

/// Adds the post, or writes over everything of it but its unit.
pub async fn put_post(tx: &mut Tx, place: PlaceId, post: &Post) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO post (place_id, post_id, organization_id, title, filing_duty, supervisor_post_id, \
         office_telephone, duties, roles, sort_order, deputy_post_id, office_place, office_hours) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
         ON CONFLICT (place_id, post_id) DO UPDATE SET title = excluded.title, filing_duty = excluded.filing_duty, \
         supervisor_post_id = excluded.supervisor_post_id, office_telephone = excluded.office_telephone, \
         duties = excluded.duties, roles = excluded.roles, sort_order = excluded.sort_order, \
         deputy_post_id = excluded.deputy_post_id, office_place = excluded.office_place, \
         office_hours = excluded.office_hours",
        &[
            place.into(),
            post.post_id.into(),
            post.organization_id.into(),
            (&post.title).into(),
            post.filing_duty.map(FilingDuty::code).into(),
            post.supervisor_post_id.into(),
            post.office_telephone.clone().into(),
            serde_json::to_string(&post.duties)?.into(),
            serde_json::to_string(&post.roles)?.into(),
            post.order.into(),
            post.deputy_post_id.into(),
            post.office_place.clone().into(),
            post.office_hours.clone().into(),
        ],
    )
    .await?;
    Ok(())
}

pub async fn insert_membership(
    tx: &mut Tx,
    place: PlaceId,
    membership: &Membership,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO membership (place_id, membership_id, person_id, post_id, from_day, to_day) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            place.into(),
            membership.membership_id.into(),
            membership.person_id.into(),
            membership.post_id.into(),
            membership.from.into(),
            membership.to.into(),
        ],
    )
    .await?;
    Ok(())
}

pub async fn end_membership(
    tx: &mut Tx,
    place: PlaceId,
    membership: MembershipId,
    last_day: Date,
) -> Result<(), StoreError> {
    let sql = "UPDATE membership SET to_day = $3 WHERE place_id = $1 AND membership_id = $2";
    tx.execute(sql, &[place.into(), membership.into(), last_day.into()]).await?;
    Ok(())
}

/// Somebody who may file for somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delegation {
    pub person_id: PersonId,
    pub delegate_id: PersonId,
    pub from: Date,
    pub to: Date,
}

pub async fn delegations(tx: &mut Tx, place: PlaceId) -> Result<Vec<Delegation>, StoreError> {
    let sql = "SELECT person_id, delegate_id, from_day, to_day FROM delegation WHERE place_id = $1 ORDER BY from_day";
    let rows = tx.fetch_all(sql, &[place.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Delegation {
                person_id: row.parsed("person_id")?,
                delegate_id: row.parsed("delegate_id")?,
                from: row.parsed("from_day")?,
                to: row.parsed("to_day")?,
            })
        })
        .collect()
}

pub async fn put_delegation(
    tx: &mut Tx,
    place: PlaceId,
    delegation: Delegation,
    now: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO delegation (place_id, person_id, delegate_id, from_day, to_day, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (place_id, person_id, delegate_id, from_day) \
         DO UPDATE SET to_day = excluded.to_day",
        &[
            place.into(),
            delegation.person_id.into(),
            delegation.delegate_id.into(),
            delegation.from.into(),
            delegation.to.into(),
            now.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Lets `last` be the last day; one that would end before it began was never given.
pub async fn end_delegation(
    tx: &mut Tx,
    place: PlaceId,
    delegation: Delegation,
    last: Date,
) -> Result<(), StoreError> {
    let sql = if delegation.from > last {
        "DELETE FROM delegation WHERE place_id = $1 AND person_id = $2 AND delegate_id = $3 AND from_day = $4 \
         AND from_day > $5"
    } else {
        "UPDATE delegation SET to_day = $5 WHERE place_id = $1 AND person_id = $2 AND delegate_id = $3 AND from_day = $4"
    };
    tx.execute(
        sql,
        &[
            place.into(),
            delegation.person_id.into(),
            delegation.delegate_id.into(),
            delegation.from.into(),
            last.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Name and mobile of a person; rows changed.
pub async fn update_person(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    name: &str,
    mobile: Option<&str>,
) -> Result<u64, StoreError> {
    let sql = "UPDATE person SET name = $3, mobile = $4 WHERE place_id = $1 AND person_id = $2";
    tx.execute(sql, &[place.into(), person.into(), name.into(), mobile.into()]).await
}

/// Place of a unit on the board.
pub async fn order_organization(
    tx: &mut Tx,
    place: PlaceId,
    organization: OrganizationId,
    order: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE organization SET sort_order = $3 WHERE place_id = $1 AND organization_id = $2";
    tx.execute(sql, &[place.into(), organization.into(), order.into()]).await?;
    Ok(())
}

/// Place of a person in the roster.
pub async fn order_person(
    tx: &mut Tx,
    place: PlaceId,
    person: PersonId,
    order: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE person SET sort_order = $3 WHERE place_id = $1 AND person_id = $2";
    tx.execute(sql, &[place.into(), person.into(), order.into()]).await?;
    Ok(())
}

/// For a membership that would end before it began: it was never held.
pub async fn delete_membership(
    tx: &mut Tx,
    place: PlaceId,
    membership: MembershipId,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM membership WHERE place_id = $1 AND membership_id = $2";
    tx.execute(sql, &[place.into(), membership.into()]).await?;
    Ok(())
}
