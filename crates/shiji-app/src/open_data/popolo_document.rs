//! People and bodies as the Popolo specification has them (popoloproject.com/specs), and beside its terms a few of our own:
//! what a board knows and Popolo has no word for.

use super::field::filing_duty;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A way to reach an office. Never a private one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ContactDetail {
    /// `voice` for the office telephone, `address` for where to go.
    #[serde(rename = "type")]
    pub kind: String,
    pub value: String,
    /// Office hours.
    pub note: Option<String>,
}

/// A name that somebody or something had before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OtherName {
    pub name: String,
}

/// An official (Popolo Person).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Person {
    pub id: Uuid,
    pub name: String,
    pub other_names: Vec<OtherName>,
    pub contact_details: Vec<ContactDetail>,
    /// Our own: the body under which the person stands on the board.
    pub organization_id: Uuid,
    /// Our own: why the person files.
    #[schema(schema_with = filing_duty)]
    pub filing_duty: String,
    /// Our own: matters that the person is in charge of.
    pub duties: Vec<String>,
    /// Our own: name of the leader in charge.
    pub supervisor: Option<String>,
    /// Our own: name of who is asked when the person is away.
    pub deputy: Option<String>,
    /// Our own: the first issue that names the person.
    pub first_issue: i64,
    /// Our own: the latest issue that names the person; who is not in the latest issue has left or files no more.
    pub last_issue: i64,
}

/// An official with the posts held (Popolo Person with memberships).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonWithMemberships {
    #[serde(flatten)]
    pub person: Person,
    pub memberships: Vec<Membership>,
}

/// A unit, station, office or village (Popolo Organization).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Organization {
    pub id: Uuid,
    pub name: String,
    pub other_names: Vec<OtherName>,
    /// Our own: the first issue that names it.
    pub first_issue: i64,
    /// Our own: the latest issue that names it.
    pub last_issue: i64,
}

/// A body with its posts and who held them (Popolo Organization with posts and memberships).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrganizationWithMemberships {
    #[serde(flatten)]
    pub organization: Organization,
    pub posts: Vec<Post>,
    pub memberships: Vec<Membership>,
}

/// A position in a body, whoever holds it (Popolo Post).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Post {
    /// Computed from the body and the title; it stays as long as they do.
    pub id: Uuid,
    pub label: String,
    pub organization_id: Uuid,
}

/// A person in a post from day to day (Popolo Membership).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Membership {
    /// Computed from the person, the post and the first day.
    pub id: Uuid,
    /// Title of the post.
    pub role: String,
    pub person_id: Uuid,
    pub organization_id: Uuid,
    pub post_id: Uuid,
    /// Null when the board does not know it.
    pub start_date: Option<Date>,
    /// Null for a post that is still held, as far as the latest issue knows.
    pub end_date: Option<Date>,
    /// Our own: the first issue that says so.
    pub first_issue: i64,
    /// Our own: the latest issue that says so.
    pub last_issue: i64,
}
