//! From the rosters of all issues to people, bodies, posts and memberships.

pub use super::popolo_document::{
    ContactDetail, Membership, Organization, OrganizationWithMemberships, OtherName, Person,
    PersonWithMemberships, Post,
};
use super::read::Page;
use crate::app::App;
use crate::error::AppError;
use sha2::{Digest as _, Sha256};
use shiji_domain::id::PlaceId;
use shiji_record::fact::{PublicPost, RosterFact};
use shiji_store::Tx;
use shiji_store::open_data::{IssueRange, RosterStretch, latest_lines, roster_stretches};
use shiji_store::roster::Place;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Everybody and everything that some issues name, each list by id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Directory {
    pub persons: Vec<Person>,
    pub organizations: Vec<Organization>,
    pub posts: Vec<Post>,
    pub memberships: Vec<Membership>,
}

/// Of all issues of a place.
///
/// # Errors
/// Only when the store fails.
pub async fn directory(app: &App, place: &Place) -> Result<Directory, AppError> {
    directory_in(&mut app.store.read().await?, place.place_id, IssueRange::ALL).await
}

pub(super) async fn directory_in(
    tx: &mut Tx,
    place: PlaceId,
    issues: IssueRange,
) -> Result<Directory, AppError> {
    let stretches = roster_stretches(tx, place, issues).await?;
    let lines = latest_lines(tx, place, issues).await?;
    Ok(assemble(place, &stretches, &lines))
}

/// Something that has an identifier and stands in a list by it.
pub trait Identified {
    fn id(&self) -> Uuid;
}

macro_rules! identified {
    ($($name:ident),+) => {$(
        impl Identified for $name {
            fn id(&self) -> Uuid {
                self.id
            }
        }
    )+};
}

identified!(Person, Organization, Post, Membership);

/// The part of a list, sorted by id, that comes after an id.
pub fn page<T: Identified + Clone>(
    list: &[T],
    wanted: impl Fn(&T) -> bool,
    after: Option<&str>,
    limit: usize,
) -> Page<T> {
    let later = list.iter().filter(|one| after.is_none_or(|after| one.id().to_string().as_str() > after));
    let data = later.filter(|one| wanted(one)).take(limit.saturating_add(1)).cloned().collect();
    Page::cut(data, limit, |one: &T| one.id().to_string())
}

impl Directory {
    pub fn person(&self, id: Uuid) -> Option<PersonWithMemberships> {
        let person = self.persons.iter().find(|person| person.id == id)?.clone();
        let held = self.memberships.iter().filter(|membership| membership.person_id == id);
        Some(PersonWithMemberships { person, memberships: held.cloned().collect() })
    }

    pub fn organization(&self, id: Uuid) -> Option<OrganizationWithMemberships> {
        let organization = self.organizations.iter().find(|body| body.id == id)?.clone();
        let posts = self.posts.iter().filter(|post| post.organization_id == id);
        let held = self.memberships.iter().filter(|membership| membership.organization_id == id);
        Some(OrganizationWithMemberships {
            organization,
            posts: posts.cloned().collect(),
            memberships: held.cloned().collect(),
        })
    }
}

/// The same words give the same identifier, in this program and in every later one (RFC 9562, version 8).
fn computed_id(place: PlaceId, words: &[&str]) -> Uuid {
    let mut hash = Sha256::new();
    for word in std::iter::once(&place.to_string().as_str()).chain(words) {
        hash.update(word.as_bytes());
        hash.update([0]);
    }
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// By issue, so that what is known last stands last.
fn assemble(place: PlaceId, stretches: &[RosterStretch], lines: &[(i64, RosterFact)]) -> Directory {
    let mut by_issue: Vec<&RosterStretch> = stretches.iter().collect();
    by_issue.sort_by_key(|stretch| (stretch.last_issue, stretch.first_issue));
    let units: HashMap<&str, Uuid> =
        by_issue.iter().map(|stretch| (stretch.unit_name.as_str(), stretch.unit.0)).collect();
    let mut organizations: BTreeMap<Uuid, Organization> = BTreeMap::new();
    let mut posts: BTreeMap<Uuid, Post> = BTreeMap::new();
    let mut memberships: BTreeMap<Uuid, Membership> = BTreeMap::new();
    for stretch in &by_issue {
        see_organization(&mut organizations, stretch.unit.0, &stretch.unit_name, stretch);
        for post in &stretch.posts {
            let unit = units
                .get(post.unit.as_str())
                .copied()
                .unwrap_or_else(|| computed_id(place, &["organization", &post.unit]));
            see_organization(&mut organizations, unit, &post.unit, stretch);
            let post_id = see_membership(&mut memberships, place, unit, post, stretch);
            posts.entry(post_id).or_insert_with(|| Post {
                id: post_id,
                label: post.title.clone(),
                organization_id: unit,
            });
        }
    }
    let persons = lines.iter().map(|(issue, line)| person(*issue, line, &by_issue));
    let mut persons: Vec<Person> = persons.collect();
    persons.sort_by_key(|person| person.id);
    Directory {
        persons,
        organizations: organizations.into_values().collect(),
        posts: posts.into_values().collect(),
        memberships: memberships.into_values().collect(),
    }
}

fn see_organization(known: &mut BTreeMap<Uuid, Organization>, id: Uuid, name: &str, stretch: &RosterStretch) {
    let organization = known.entry(id).or_insert_with(|| Organization {
        id,
        name: name.to_owned(),
        other_names: Vec::new(),
        first_issue: stretch.first_issue,
        last_issue: stretch.last_issue,
    });
    if organization.name != name {
        let before = std::mem::replace(&mut organization.name, name.to_owned());
        remember(&mut organization.other_names, before, name);
    }
    organization.first_issue = organization.first_issue.min(stretch.first_issue);
    organization.last_issue = organization.last_issue.max(stretch.last_issue);
}

fn remember(others: &mut Vec<OtherName>, before: String, now: &str) {
    others.retain(|other| other.name != before && other.name != now);
    others.push(OtherName { name: before });
}

/// Returns the post's identifier.
fn see_membership(
    known: &mut BTreeMap<Uuid, Membership>,
    place: PlaceId,
    unit: Uuid,
    post: &PublicPost,
    stretch: &RosterStretch,
) -> Uuid {
    let unit_text = unit.to_string();
    let person_text = stretch.person.to_string();
    let start = post.from.map_or_else(String::new, |day| day.to_string());
    let post_id = computed_id(place, &["post", &unit_text, &post.title]);
    let id = computed_id(place, &["membership", &person_text, &unit_text, &post.title, &start]);
    let membership = known.entry(id).or_insert_with(|| Membership {
        id,
        role: post.title.clone(),
        person_id: stretch.person.0,
        organization_id: unit,
        post_id,
        start_date: post.from,
        end_date: post.to,
        first_issue: stretch.first_issue,
        last_issue: stretch.last_issue,
    });
    membership.end_date = post.to;
    membership.first_issue = membership.first_issue.min(stretch.first_issue);
    membership.last_issue = membership.last_issue.max(stretch.last_issue);
    post_id
}

fn person(last_issue: i64, line: &RosterFact, stretches: &[&RosterStretch]) -> Person {
    let own = || stretches.iter().filter(|stretch| stretch.person == line.person);
    let mut other_names = Vec::new();
    for stretch in own().filter(|stretch| stretch.name != line.name) {
        remember(&mut other_names, stretch.name.clone(), &line.name);
    }
    let voice = line.office_telephone.as_ref().map(|value| ContactDetail {
        kind: "voice".into(),
        value: value.clone(),
        note: line.office_hours.clone(),
    });
    let address = line.office_place.as_ref().map(|value| ContactDetail {
        kind: "address".into(),
        value: value.clone(),
        note: line.office_hours.clone(),
    });
    Person {
        id: line.person.0,
        name: line.name.clone(),
        other_names,
        contact_details: voice.into_iter().chain(address).collect(),
        organization_id: line.unit.0,
        filing_duty: line.filing_duty.code().to_owned(),
        duties: line.duties.clone(),
        supervisor: line.leader.clone(),
        deputy: line.deputy.clone(),
        first_issue: own().map(|stretch| stretch.first_issue).min().unwrap_or(last_issue),
        last_issue,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use shiji_domain::id::{OrganizationId, PersonId};
    use shiji_domain::roster::FilingDuty;

    fn stretch(
        name: &str,
        unit_name: &str,
        to: Option<jiff::civil::Date>,
        issues: (i64, i64),
    ) -> RosterStretch {
        RosterStretch {
            person: PersonId(Uuid::from_u128(1)),
            name: name.into(),
            unit: OrganizationId(Uuid::from_u128(9)),
            unit_name: unit_name.into(),
            filing_duty: FilingDuty::MidLevel,
            posts: vec![PublicPost {
                title: "所长".into(),
                unit: unit_name.into(),
                from: Some(date(2025, 1, 1)),
                to,
            }],
            first_issue: issues.0,
            last_issue: issues.1,
        }
    }

    #[test]
    fn a_post_that_ended_is_one_membership_with_its_last_day() {
        let place = PlaceId(Uuid::from_u128(7));
        let ended = Some(date(2026, 3, 31));
        let stretches = [stretch("张三", "水务所", None, (1, 4)), stretch("张三", "水务所", ended, (5, 6))];
        let directory = assemble(place, &stretches, &[]);
        assert_eq!(directory.posts.len(), 1);
        let [membership] = directory.memberships.as_slice() else { panic!("{:?}", directory.memberships) };
        assert_eq!(membership.end_date, ended);
        assert_eq!((membership.first_issue, membership.last_issue), (1, 6));
        assert_eq!(membership.post_id, directory.posts[0].id);
    }

    #[test]
    fn a_body_that_was_renamed_keeps_its_id_and_both_names() {
        let place = PlaceId(Uuid::from_u128(7));
        let stretches = [stretch("张三", "水管站", None, (1, 4)), stretch("张三", "水务所", None, (5, 6))];
        let directory = assemble(place, &stretches, &[]);
        let [body] = directory.organizations.as_slice() else { panic!("{:?}", directory.organizations) };
        assert_eq!(body.name, "水务所");
        assert_eq!(body.other_names, [OtherName { name: "水管站".into() }]);
    }
}
