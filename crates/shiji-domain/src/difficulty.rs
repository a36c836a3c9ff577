//! Where work got stuck, and who has to help: answered within its term, or it goes up by itself.

use crate::id::{OrganizationId, PersonId, PostId};
use crate::item::code;
use crate::refusal::Refusal;
use crate::right::Role;
use crate::staff::{Post, Staff};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Characters of an answer.
pub const ANSWER_LENGTH_MOST: usize = 500;
/// Working days in which a difficulty is answered, where the place has laid down nothing else.
pub const ANSWER_DAYS: u32 = 3;

/// Weeks for which somebody can still be asked for help with a published item.
pub const RAISED_WEEKS: i64 = 8;

/// # Errors
/// Refuses an item whose period ended more than [`RAISED_WEEKS`] weeks ago: what still is in the way belongs to a new item.
pub fn check_raised_late(last_day: Date, today: Date) -> Result<(), Refusal> {
    let days = today.duration_since(last_day).as_hours() / 24;
    if days > RAISED_WEEKS * 7 {
        return Err(Refusal::new("refusal-difficulty-old").with("weeks", RAISED_WEEKS));
    }
    Ok(())
}

/// Whom a difficulty is put to: a leader, or all of a unit who file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Addressee {
    Person(PersonId),
    Unit(OrganizationId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for an answer.
    Open,
    /// Whoever raised it has to say whether that helped.
    Answered,
    Solved,
}

code!(State { State::Open => "open", State::Answered => "answered", State::Solved => "solved" });

/// The part of a difficulty that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    pub to: Addressee,
    /// The last day on which it is answered in time.
    pub due_on: Date,
    pub state: State,
    /// Who had it already: it never comes back down to them.
    pub been_with: Vec<PersonId>,
    pub went_up: bool,
}

impl Course {
    pub fn new(to: Addressee, due_on: Date) -> Course {
        Course { to, due_on, state: State::Open, been_with: Vec::new(), went_up: false }
    }

    pub fn is_overdue(&self, today: Date) -> bool {
        self.state == State::Open && self.due_on < today
    }

    /// It has gone up once at least, or waits longer than its term: the meeting talks about it.
    pub fn is_stuck(&self, today: Date) -> bool {
        self.state == State::Open && (self.is_overdue(today) || self.went_up)
    }

    /// # Errors
    /// Refuses what waits for no answer.
    pub fn answer(&mut self) -> Result<(), Refusal> {
        self.must_wait()?;
        self.state = State::Answered;
        Ok(())
    }

    fn must_wait(&self) -> Result<(), Refusal> {
        match self.state {
            State::Open => Ok(()),
            State::Answered => Err(Refusal::new("refusal-difficulty-answered")),
            State::Solved => Err(Refusal::new("refusal-difficulty-solved")),
        }
    }

    /// # Errors
    /// Refuses what waits for no answer.
    pub fn escalate(&mut self, to: PersonId, due_on: Date) -> Result<(), Refusal> {
        self.must_wait()?;
        if let Addressee::Person(person) = self.to {
            self.been_with.push(person);
        }
        self.to = Addressee::Person(to);
        self.due_on = due_on;
        self.went_up = true;
        Ok(())
    }

    /// # Errors
    /// Refuses a second time.
    pub fn solve(&mut self) -> Result<(), Refusal> {
        if self.state == State::Solved {
            return Err(Refusal::new("refusal-difficulty-solved"));
        }
        self.state = State::Solved;
        Ok(())
    }

    /// The answer did not help; the term begins anew.
    ///
    /// # Errors
    /// Refuses what waits for an answer already.
    pub fn reopen(&mut self, due_on: Date) -> Result<(), Refusal> {
        if self.state == State::Open {
            return Err(Refusal::new("refusal-difficulty-open"));
        }
        self.state = State::Open;
        self.due_on = due_on;
        Ok(())
    }
}

/// Who answers for `to` on the day: the person, or everybody of the unit who files.
pub fn answerers(staff: &Staff, to: Addressee, day: Date) -> Vec<PersonId> {
    match to {
        Addressee::Person(person) => vec![person],
        Addressee::Unit(unit) => staff
            .filers(day)
            .into_iter()
            .filter(|filer| filer.organization_id == unit)
            .map(|filer| filer.person_id)
            .collect(),
    }
}

/// The leader in charge of somebody, on the day.
pub fn leader_of(staff: &Staff, person: PersonId, day: Date) -> Option<PersonId> {
    held(staff, person, day)
        .filter_map(|post| post.supervisor_post_id)
        .find_map(|post| holder(staff, post, day))
        .filter(|leader| *leader != person)
}

fn held(staff: &Staff, person: PersonId, day: Date) -> impl Iterator<Item = &Post> {
    staff
        .memberships_of(person)
        .filter(move |(membership, _)| membership.is_held_on(day))
        .map(|(_, post)| post)
}

fn holder(staff: &Staff, post: PostId, day: Date) -> Option<PersonId> {
    let held = staff.memberships.iter().find(|one| one.post_id == post && one.is_held_on(day))?;
    Some(held.person_id)
}

/// Whoever runs the meeting.
fn chair(staff: &Staff, day: Date) -> Option<PersonId> {
    let posts = staff.posts.iter().filter(|post| post.roles.contains(&Role::Chair));
    posts.map(|post| post.post_id).find_map(|post| holder(staff, post, day))
}

/// To whom it goes when it is handed up: the leader in charge of those who have it, then the chair; nobody who had it already,
/// and not whoever raised it.
pub fn next_up(staff: &Staff, course: &Course, raised_by: PersonId, day: Date) -> Option<PersonId> {
    let now = answerers(staff, course.to, day);
    let leaders = now.iter().filter_map(|person| leader_of(staff, *person, day));
    leaders
        .chain(chair(staff, day))
        .find(|person| !now.contains(person) && !course.been_with.contains(person) && *person != raised_by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::MembershipId;
    use crate::roster::FilingDuty;
    use crate::staff::{Membership, Organization};
    use jiff::civil::date;
    use uuid::Uuid;

    const DAY: Date = date(2026, 11, 6);

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    /// 1 is the chair, 2 leads 3 and 4, who are the unit 30; 5 is led by nobody.
    fn staff() -> Staff {
        let post = |number: u128, unit: u128, supervisor: Option<u128>, roles: &[Role]| Post {
            post_id: PostId(Uuid::from_u128(number)),
            organization_id: OrganizationId(Uuid::from_u128(unit)),
            title: String::new(),
            filing_duty: Some(FilingDuty::MidLevel),
            supervisor_post_id: supervisor.map(|post| PostId(Uuid::from_u128(post))),
            deputy_post_id: None,
            office_telephone: None,
            office_place: None,
            office_hours: None,
            duties: vec![],
            roles: roles.to_vec(),
            order: 0,
        };
        let holds = |number: u128| Membership {
            membership_id: MembershipId(Uuid::from_u128(number)),
            person_id: person(number),
            post_id: PostId(Uuid::from_u128(number)),
            from: None,
            to: None,
        };
        Staff {
            organizations: [10, 30, 50]
                .map(|unit| Organization {
                    organization_id: OrganizationId(Uuid::from_u128(unit)),
                    name: String::new(),
                    order: 0,
                })
                .into(),
            people: vec![],
            posts: vec![
                post(1, 10, None, &[Role::Chair]),
                post(2, 10, None, &[]),
                post(3, 30, Some(2), &[]),
                post(4, 30, Some(2), &[]),
                post(5, 50, None, &[]),
            ],
            memberships: (1..=5).map(holds).collect(),
        }
    }

    #[test]
    fn help_with_a_published_item_is_asked_for_within_eight_weeks() {
        let last = date(2026, 11, 8);
        assert!(check_raised_late(last, date(2027, 1, 3)).is_ok());
        let late = check_raised_late(last, date(2027, 1, 4));
        assert_eq!(late.map_err(|no| no.key), Err("refusal-difficulty-old"));
    }

    #[test]
    fn it_goes_up_to_the_leader_then_to_the_chair_and_no_further() {
        let staff = staff();
        let mut course = Course::new(Addressee::Unit(OrganizationId(Uuid::from_u128(30))), DAY);
        assert_eq!(answerers(&staff, course.to, DAY), [person(3), person(4)]);
        for leader in [2, 1] {
            assert_eq!(next_up(&staff, &course, person(99), DAY), Some(person(leader)));
            course.escalate(person(leader), DAY).unwrap();
            assert!(course.is_stuck(DAY), "the meeting talks about what went up");
        }
        assert_eq!(next_up(&staff, &course, person(99), DAY), None, "nobody is above the chair");
        let by_the_leader = Course::new(Addressee::Person(person(3)), DAY);
        assert_eq!(
            next_up(&staff, &by_the_leader, person(2), DAY),
            Some(person(1)),
            "not back to whoever raised it"
        );
        assert_eq!(
            next_up(&staff, &Course::new(Addressee::Person(person(5)), DAY), person(99), DAY),
            Some(person(1))
        );
    }

    #[test]
    fn an_answer_stops_the_clock_and_not_helped_starts_it_again() {
        let mut course = Course::new(Addressee::Person(person(2)), DAY);
        let late = date(2026, 11, 7);
        assert!(!course.is_overdue(DAY) && course.is_overdue(late) && course.is_stuck(late));
        assert!(course.reopen(late).is_err());
        course.answer().unwrap();
        assert!(!course.is_stuck(late));
        assert_eq!(course.answer().map_err(|no| no.key), Err("refusal-difficulty-answered"));
        course.reopen(date(2026, 11, 11)).unwrap();
        assert!(!course.is_overdue(late));
        course.solve().unwrap();
        assert!(course.solve().is_err() && course.escalate(person(1), late).is_err());
    }
}
