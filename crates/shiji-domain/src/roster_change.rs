//! What changed between the roster that is known and the one that an office hands in: joined, left, moved, amended.

use crate::id::{PersonId, PostId};
use crate::roster::{FilingDuty, RosterRow};
use crate::staff::{Membership, Person, Post, Staff};
use jiff::civil::Date;
use serde::Serialize;

/// One change; applied, it takes effect on the day of the comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum RosterChange {
    Joined {
        row: RosterRow,
    },
    /// Is known with a duty to file and stands in the sheet no more.
    Left {
        person: PersonId,
        name: String,
        unit: String,
        posts: Vec<String>,
    },
    /// Another unit or other posts.
    Moved {
        person: PersonId,
        unit: String,
        posts: Vec<String>,
        row: RosterRow,
    },
    /// The same posts with other particulars.
    Amended {
        person: PersonId,
        particulars: Vec<Particular>,
        row: RosterRow,
    },
}

/// What is known and what the sheet says instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Particular {
    pub kind: ParticularKind,
    pub before: String,
    pub after: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ParticularKind {
    FilingDuty,
    Supervisor,
    OfficeTelephone,
    Mobile,
    Duties,
}

/// What a person has to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum RosterProblem {
    /// Two rows of one name in one unit: nothing is applied until the sheet tells them apart.
    Twice { row: usize, other_row: usize, unit: String, name: String },
    /// The leader in charge is nobody, or several, of the leadership; the post stays without.
    SupervisorUnknown { row: usize, name: String, supervisor: String },
}

impl RosterProblem {
    pub fn blocks(&self) -> bool {
        matches!(self, RosterProblem::Twice { .. })
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RosterComparison {
    pub changes: Vec<RosterChange>,
    /// People of whom the sheet says what is known.
    pub same: usize,
    pub problems: Vec<RosterProblem>,
}

/// Compares `rows` with who is in office on `day` or will be. An empty cell says nothing, so it changes nothing. People
/// who have no duty to file and do not stand in the sheet are left alone.
pub fn compare(staff: &Staff, rows: &[RosterRow], day: Date) -> RosterComparison {
    let mut result = RosterComparison { problems: problems(staff, rows, day), ..RosterComparison::default() };
    let known: Vec<Known<'_>> =
        staff.people.iter().filter_map(|person| Known::of(staff, person, day)).collect();
    let matched: Vec<Option<usize>> = match_rows(&known, rows);
    for (row, known_at) in rows.iter().zip(&matched) {
        match known_at.map(|at| &known[at]) {
            None => result.changes.push(RosterChange::Joined { row: row.clone() }),
            Some(known) => match known.change(staff, row, day) {
                Some(change) => result.changes.push(change),
                None => result.same += 1,
            },
        }
    }
    for (at, known) in known.iter().enumerate() {
        if known.files && !matched.contains(&Some(at)) {
            result.changes.push(RosterChange::Left {
                person: known.person.person_id,
                name: known.person.name.clone(),
                unit: known.unit.to_owned(),
                posts: known.titles(),
            });
        }
    }
    result
}

/// The post of the leader whom `name` means: among the sheet's leadership or those known on `day`; `None` when it is
/// nobody or several.
pub fn leader_post(staff: &Staff, name: &str, day: Date) -> Option<PostId> {
    let mut found = staff
        .filers(day)
        .into_iter()
        .filter(|filer| filer.filing_duty == FilingDuty::Leadership && staff.name(filer.person_id) == name)
        .map(|filer| filer.post_id);
    match (found.next(), found.next()) {
        (Some(post), None) => Some(post),
        _ => None,
    }
}

fn problems(staff: &Staff, rows: &[RosterRow], day: Date) -> Vec<RosterProblem> {
    let mut problems = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if let Some(other) =
            rows[..at].iter().find(|other| (&other.unit, &other.name) == (&row.unit, &row.name))
        {
            problems.push(RosterProblem::Twice {
                row: row.row,
                other_row: other.row,
                unit: row.unit.clone(),
                name: row.name.clone(),
            });
        }
        let Some(supervisor) = &row.supervisor else { continue };
        let in_sheet = rows
            .iter()
            .filter(|other| other.filing_duty == Some(FilingDuty::Leadership) && other.name == *supervisor)
            .count();
        if in_sheet > 1 || in_sheet == 0 && leader_post(staff, supervisor, day).is_none() {
            problems.push(RosterProblem::SupervisorUnknown {
                row: row.row,
                name: row.name.clone(),
                supervisor: supervisor.clone(),
            });
        }
    }
    problems
}

/// Somebody in office, with the posts that a roster tells of.
struct Known<'a> {
    person: &'a Person,
    unit: &'a str,
    /// In the order of the roster; the first is the one they file under.
    posts: Vec<(&'a Membership, &'a Post)>,
    files: bool,
}

impl<'a> Known<'a> {
    fn of(staff: &'a Staff, person: &'a Person, day: Date) -> Option<Known<'a>> {
        let mut posts: Vec<_> = staff
            .memberships_of(person.person_id)
            .filter(|(membership, post)| stands_in_roster(membership, post, day))
            .collect();
        posts.sort_by_key(|(_, post)| (post.filing_duty.is_none(), post.order));
        let unit = staff.organization(posts.first()?.1.organization_id)?;
        let files = posts.iter().any(|(_, post)| post.filing_duty.is_some());
        Some(Known { person, unit: &unit.name, posts, files })
    }

    fn titles(&self) -> Vec<String> {
        self.posts.iter().map(|(_, post)| post.title.clone()).collect()
    }

    fn change(&self, staff: &Staff, row: &RosterRow, day: Date) -> Option<RosterChange> {
        let person = self.person.person_id;
        let (mut held, mut wanted) = (self.titles(), row.posts.clone());
        held.sort();
        wanted.sort();
        if self.unit != row.unit || held != wanted {
            let (unit, posts) = (self.unit.to_owned(), self.titles());
            return Some(RosterChange::Moved { person, unit, posts, row: row.clone() });
        }
        let particulars = self.particulars(staff, row, day);
        (!particulars.is_empty()).then(|| RosterChange::Amended { person, particulars, row: row.clone() })
    }

    fn particulars(&self, staff: &Staff, row: &RosterRow, day: Date) -> Vec<Particular> {
        let Some((_, post)) = self.posts.first() else { return Vec::new() };
        let supervisor = post.supervisor_post_id.and_then(|leader| {
            let held = |held: &&Membership| held.post_id == leader && held.is_held_on(day);
            staff.memberships.iter().find(held).map(|held| staff.name(held.person_id))
        });
        let duty = post.filing_duty.map(|duty| duty.code().to_owned());
        let known = [
            (ParticularKind::FilingDuty, duty, row.filing_duty.map(|duty| duty.code().to_owned())),
            (ParticularKind::Supervisor, supervisor, row.supervisor.clone()),
            (ParticularKind::OfficeTelephone, post.office_telephone.clone(), row.office_telephone.clone()),
            (ParticularKind::Mobile, self.person.mobile.clone(), row.mobile.clone()),
            (ParticularKind::Duties, Some(post.duties.join("、")), Some(row.duties.join("、"))),
        ];
        known
            .into_iter()
            .filter_map(|(kind, before, after)| {
                let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
                (!after.is_empty() && before != after).then_some(Particular { kind, before, after })
            })
            .collect()
    }
}

/// Posts that only carry a role, such as the administrator's, are no matter of the sheet.
pub fn stands_in_roster(membership: &Membership, post: &Post, day: Date) -> bool {
    let not_over = membership.to.is_none_or(|to| to >= day);
    not_over && (post.filing_duty.is_some() || post.roles.is_empty())
}

/// For each row the known person it tells of: first those of the same unit and name; then, for a name that is left over
/// once on either side, the one who moved, unless two mobile numbers say that they are two people.
fn match_rows(known: &[Known<'_>], rows: &[RosterRow]) -> Vec<Option<usize>> {
    let mut taken = vec![false; known.len()];
    let mut matched: Vec<Option<usize>> = Vec::with_capacity(rows.len());
    for row in rows {
        let found = (0..known.len())
            .find(|at| !taken[*at] && known[*at].person.name == row.name && known[*at].unit == row.unit);
        if let Some(at) = found {
            taken[at] = true;
        }
        matched.push(found);
    }
    for at in 0..rows.len() {
        if matched[at].is_some() {
            continue;
        }
        let row = &rows[at];
        let others =
            (0..rows.len()).filter(|other| matched[*other].is_none() && rows[*other].name == row.name);
        let left: Vec<usize> =
            (0..known.len()).filter(|at| !taken[*at] && known[*at].person.name == row.name).collect();
        let [only] = left[..] else { continue };
        let two_people = match (&known[only].person.mobile, &row.mobile) {
            (Some(known), Some(told)) => known != told,
            _ => false,
        };
        if others.count() == 1 && !two_people {
            taken[only] = true;
            matched[at] = Some(only);
        }
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{MembershipId, OrganizationId};
    use crate::staff::Organization;
    use jiff::civil::date;
    use uuid::Uuid;

    const DAY: Date = date(2026, 11, 23);

    fn row(number: usize, unit: &str, name: &str, post: &str) -> RosterRow {
        RosterRow {
            row: number,
            unit: unit.into(),
            name: name.into(),
            posts: vec![post.into()],
            filing_duty: Some(FilingDuty::MidLevel),
            supervisor: None,
            office_telephone: None,
            mobile: None,
            duties: vec![],
        }
    }

    /// Everybody in a post of their own, without telephones and leaders.
    fn staff(people: &[(&str, &str, &str)]) -> Staff {
        let mut staff = Staff::default();
        for (number, (unit, name, title)) in (0_u128..).zip(people) {
            let id = Uuid::from_u128(number + 1);
            let order = i64::try_from(number).unwrap();
            let organization_id = match staff.organizations.iter().find(|known| known.name == *unit) {
                Some(known) => known.organization_id,
                None => {
                    let organization_id = OrganizationId(id);
                    staff.organizations.push(Organization { organization_id, name: (*unit).into(), order });
                    organization_id
                }
            };
            staff.people.push(Person {
                person_id: PersonId(id),
                name: (*name).into(),
                mobile: None,
                sign_in_name: None,
                has_password: false,
                order,
            });
            staff.posts.push(Post {
                post_id: PostId(id),
                organization_id,
                title: (*title).into(),
                filing_duty: Some(FilingDuty::MidLevel),
                supervisor_post_id: None,
                deputy_post_id: None,
                office_telephone: None,
                office_place: None,
                office_hours: None,
                duties: vec![],
                roles: vec![],
                order,
            });
            staff.memberships.push(Membership {
                membership_id: MembershipId(id),
                person_id: PersonId(id),
                post_id: PostId(id),
                from: None,
                to: None,
            });
        }
        staff
    }

    fn told(comparison: &RosterComparison) -> Vec<String> {
        comparison
            .changes
            .iter()
            .map(|change| match change {
                RosterChange::Joined { row } => format!("joined {} {}", row.unit, row.name),
                RosterChange::Left { name, unit, .. } => format!("left {unit} {name}"),
                RosterChange::Moved { unit, row, .. } => format!("moved {unit} {} {}", row.unit, row.name),
                RosterChange::Amended { row, particulars, .. } => {
                    format!("amended {} {}", row.name, particulars.len())
                }
            })
            .collect()
    }

    #[test]
    fn the_same_roster_changes_nothing_and_an_empty_place_is_joined_by_all() {
        let rows = [row(2, "水务所", "林远", "所长"), row(3, "民政办", "高宁", "主任")];
        let known = staff(&[("水务所", "林远", "所长"), ("民政办", "高宁", "主任")]);
        let comparison = compare(&known, &rows, DAY);
        assert_eq!((comparison.same, comparison.changes.len()), (2, 0));
        assert_eq!(compare(&Staff::default(), &rows, DAY).changes.len(), 2);
    }

    #[test]
    fn who_joined_left_moved_or_has_another_telephone_is_told() {
        let known =
            staff(&[("水务所", "林远", "所长"), ("民政办", "高宁", "主任"), ("农科站", "石川", "站长")]);
        let mut with_telephone = row(4, "农科站", "石川", "站长");
        with_telephone.office_telephone = Some("0800-8000009".into());
        let rows = [row(2, "民政办", "林远", "主任"), row(3, "水务所", "苏禾", "所长"), with_telephone];
        let comparison = compare(&known, &rows, DAY);
        assert_eq!(
            told(&comparison),
            ["moved 水务所 民政办 林远", "joined 水务所 苏禾", "amended 石川 1", "left 民政办 高宁"]
        );
    }

    #[test]
    fn namesakes_in_two_units_stay_two_people() {
        let known = staff(&[("水务所", "叶静", "所长"), ("东湾村", "叶静", "党总支书记")]);
        let rows = [row(2, "东湾村", "叶静", "党总支书记"), row(3, "水务所", "叶静", "所长")];
        assert_eq!(compare(&known, &rows, DAY).same, 2);
        let moved = [row(2, "东湾村", "叶静", "党总支书记"), row(3, "民政办", "叶静", "主任")];
        assert_eq!(told(&compare(&known, &moved, DAY)), ["moved 水务所 民政办 叶静"]);
    }

    #[test]
    fn two_mobile_numbers_are_two_people() {
        let mut known = staff(&[("水务所", "叶静", "所长")]);
        known.people[0].mobile = Some("13900000001".into());
        let mut other = row(2, "民政办", "叶静", "主任");
        other.mobile = Some("13900000002".into());
        assert_eq!(told(&compare(&known, &[other], DAY)), ["joined 民政办 叶静", "left 水务所 叶静"]);
    }

    #[test]
    fn two_rows_of_one_name_in_one_unit_are_not_guessed_at() {
        let rows = [row(2, "水务所", "叶静", "所长"), row(3, "水务所", "叶静", "副所长")];
        assert!(compare(&Staff::default(), &rows, DAY).problems[0].blocks());
    }

    #[test]
    fn a_leader_who_is_nobody_is_named_and_blocks_nothing() {
        let mut led = row(2, "水务所", "叶静", "所长");
        led.supervisor = Some("无此人".into());
        let problems = compare(&Staff::default(), &[led], DAY).problems;
        assert!(matches!(&problems[..], [RosterProblem::SupervisorUnknown { row: 2, .. }]));
        assert!(!problems[0].blocks());
    }

    #[test]
    fn posts_that_only_carry_a_role_are_left_alone() {
        let mut known = staff(&[("党政办", "管理员", "系统管理员")]);
        known.posts[0].filing_duty = None;
        known.posts[0].roles = vec![crate::right::Role::Administrator];
        assert_eq!(compare(&known, &[], DAY).changes, []);
    }
}
