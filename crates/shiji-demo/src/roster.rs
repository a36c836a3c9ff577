//! The people of the town: who holds which post, under whom, and who comes, goes and moves in the year.

use std::collections::BTreeSet;

use crate::dice::Dice;
use crate::{Class, Move, Official, Role, Town, Unit, UnitKind, WeekSpec, place};

const LEADERSHIP: &str = "镇领导班子";
/// The head of the first retires, the head of the second takes the seat, and a newcomer takes the second.
const VACATED_OFFICE: &str = "农机站";
const LEFT_OFFICE: &str = "统计站";
/// With fewer periods than this there is no room for a change with weeks before and after it.
const PERIODS_FOR_CHANGES: usize = 8;
const VILLAGE_DUTIES: [&str; 5] =
    ["低保和救助申请初审", "宅基地申请初审", "村道和路灯", "邻里纠纷调解", "医保养老保险代办"];

const OFFICE_HOURS: &str = "工作日 8:30—11:30，14:00—17:30";
const VILLAGE_HOURS: &str = "工作日上午，赶集日全天";

pub fn town(seed: u64, periods: &[WeekSpec]) -> Town {
    let mut names = Names { dice: Dice::branch(seed, &[1]), taken: BTreeSet::new() };
    let units = units();
    let mut people = leaders(&mut names);
    people.extend(heads(&units, &people, &mut names));
    change_heads(&units, &mut people, &mut names, periods);
    let secretaries = secretaries(&units, &mut names);
    people.extend(secretaries);
    people.extend(staff(&units, &mut names));
    make_namesakes(&mut people);
    for (index, person) in people.iter_mut().enumerate() {
        person.office_telephone = format!("0800-8{:06}", 100_000 + person.unit * 1_001 + index * 7);
        person.mobile = format!("100-0000-{:04}", index + 1);
    }
    seat(&units, &mut people);
    Town {
        name: "澄湾镇".to_owned(),
        name_en: "Chengwan Town".to_owned(),
        slug: "chengwan".to_owned(),
        units,
        people,
    }
}

/// Where each is found, and who is asked when they are away: the next head under the same leader.
fn seat(units: &[Unit], people: &mut [Official]) {
    for index in 0..people.len() {
        let person = &people[index];
        let (place, hours) = match person.class {
            Class::MidLevel => (format!("镇政府{}号楼{}室", 1 + index % 3, 101 + index % 12), OFFICE_HOURS),
            Class::Village => (format!("{}委会", units[person.unit].name), VILLAGE_HOURS),
            Class::Leadership | Class::None => continue,
        };
        let alike = |other: &Official| {
            other.class == Class::MidLevel && other.supervisor == person.supervisor && other.left.is_none()
        };
        let deputy = (index + 1..people.len()).chain(0..index).find(|at| alike(&people[*at]));
        let person = &mut people[index];
        person.deputy = deputy.filter(|_| person.class == Class::MidLevel);
        person.office_place = Some(place);
        person.office_hours = Some(hours.to_owned());
    }
}

fn units() -> Vec<Unit> {
    let unit =
        |name: &str, name_en: &str, kind| Unit { name: name.to_owned(), name_en: name_en.to_owned(), kind };
    let mut units = vec![unit(LEADERSHIP, "Town Leadership", UnitKind::Leadership)];
    units.extend(offices().map(|row| unit(row[0], row[1], UnitKind::Office)));
    units.extend(
        place::villages().iter().map(|village| unit(village.name, village.name_en, UnitKind::Village)),
    );
    units
}

fn offices() -> impl Iterator<Item = Vec<&'static str>> {
    place::rows(include_str!("../data/offices.txt")).filter(|row| row.len() == 6)
}

/// What the office's head would write about in general: the words of its empty lines.
pub fn topics(unit: &str) -> Vec<&'static str> {
    offices().find(|row| row[0] == unit).map(|row| row[5].split('；').collect()).unwrap_or_default()
}

fn official(name: String, unit: usize, posts: &str, class: Class) -> Official {
    Official {
        name,
        unit,
        posts: posts.split('、').map(str::to_owned).collect(),
        class,
        supervisor: None,
        deputy: None,
        office_place: None,
        office_hours: None,
        office_telephone: String::new(),
        mobile: String::new(),
        duties: Vec::new(),
        joined: None,
        left: None,
        moved: None,
        roles: Vec::new(),
    }
}

fn duties(text: &str) -> Vec<String> {
    text.split('；').map(str::to_owned).collect()
}

fn leaders(names: &mut Names) -> Vec<Official> {
    let rows = place::rows(include_str!("../data/leaders.txt")).filter(|row| row.len() == 2);
    rows.enumerate()
        .map(|(index, row)| {
            let mut leader = official(names.next(), 0, row[0], Class::Leadership);
            leader.duties = duties(row[1]);
            leader.supervisor = (index > 0).then_some(0);
            leader.roles = if index == 0 { vec![Role::Leader, Role::Chair] } else { vec![Role::Leader] };
            leader
        })
        .collect()
}

fn heads(units: &[Unit], leaders: &[Official], names: &mut Names) -> Vec<Official> {
    offices()
        .map(|row| {
            let unit = units.iter().position(|unit| unit.name == row[0]).unwrap_or_default();
            let mut head = official(names.next(), unit, row[2], Class::MidLevel);
            head.duties = duties(row[4]);
            head.supervisor = leaders.iter().position(|leader| leader.posts[0] == row[3]);
            head
        })
        .collect()
}

fn change_heads(units: &[Unit], people: &mut Vec<Official>, names: &mut Names, periods: &[WeekSpec]) {
    if periods.len() < PERIODS_FOR_CHANGES {
        return;
    }
    let change = periods.len() * 2 / 5;
    let (last_day, first_day) = (periods[change - 1].ends_on, periods[change].starts_on);
    let held = |name: &str| {
        let unit = units.iter().position(|unit| unit.name == name)?;
        people.iter().position(|person| person.unit == unit)
    };
    let (Some(retiring), Some(moving)) = (held(VACATED_OFFICE), held(LEFT_OFFICE)) else { return };
    let mut newcomer = people[moving].clone();
    newcomer.name = names.next();
    newcomer.joined = Some(first_day);
    people[retiring].left = Some(last_day);
    let seat = people[retiring].clone();
    let mover = &mut people[moving];
    mover.moved = Some(Move { from_unit: mover.unit, from_posts: mover.posts.clone(), last_day });
    (mover.unit, mover.posts, mover.duties, mover.supervisor) =
        (seat.unit, seat.posts, seat.duties, seat.supervisor);
    people.push(newcomer);
}

fn secretaries(units: &[Unit], names: &mut Names) -> Vec<Official> {
    let villages = units.iter().enumerate().filter(|(_, unit)| unit.kind == UnitKind::Village);
    villages
        .enumerate()
        .map(|(order, (unit, _))| {
            let mut secretary = official(names.next(), unit, "村党总支书记、村委会主任", Class::Village);
            secretary.duties = VILLAGE_DUTIES.iter().map(|duty| (*duty).to_owned()).collect();
            secretary.supervisor = Some(order % 13);
            secretary
        })
        .collect()
}

fn staff(units: &[Unit], names: &mut Names) -> Vec<Official> {
    let posts = [
        ("党政综合办", "公示专员", Role::Clerk, "周实绩收集和公示；公示栏更正"),
        ("纪检监察室", "镇纪委监察专员", Role::Auditor, "公示全程监督"),
        ("党政综合办", "信息管理员", Role::Administrator, "系统账号和备份"),
    ];
    posts
        .iter()
        .map(|(unit, post, role, matters)| {
            let unit = units.iter().position(|known| known.name == *unit).unwrap_or_default();
            let mut person = official(names.next(), unit, post, Class::None);
            person.supervisor = Some(if *role == Role::Auditor { 4 } else { 1 });
            person.duties = duties(matters);
            person.roles = vec![*role];
            person
        })
        .collect()
}

/// Two pairs share a name across units, as happens in any town.
fn make_namesakes(people: &mut [Official]) {
    let of = |class: Class, skip: usize, people: &[Official]| {
        people
            .iter()
            .enumerate()
            .filter(|(_, person)| person.class == class)
            .nth(skip)
            .map(|(index, _)| index)
    };
    for (head, secretary) in [(11, 5), (29, 12)] {
        if let (Some(head), Some(secretary)) =
            (of(Class::MidLevel, head, people), of(Class::Village, secretary, people))
        {
            people[secretary].name = people[head].name.clone();
        }
    }
}

struct Names {
    dice: Dice,
    taken: BTreeSet<String>,
}

impl Names {
    fn next(&mut self) -> String {
        let table = |kind: &str| -> Vec<&'static str> {
            let lines = include_str!("../data/names.txt").lines();
            let list = lines.filter_map(|line| line.split_once(' ')).find(|(name, _)| *name == kind);
            list.map(|(_, names)| names.split('|').collect()).unwrap_or_default()
        };
        let (surnames, given) = (table("surname"), table("given"));
        loop {
            let surname = self.dice.pick(&surnames).copied().unwrap_or_default();
            let name = format!("{surname}{}", self.dice.pick(&given).copied().unwrap_or_default());
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::year;

    #[test]
    fn thirteen_leaders_thirty_six_heads_and_seventeen_secretaries_owe_a_report_on_every_last_day() {
        let periods = year();
        let town = town(7, &periods);
        for period in &periods {
            let count = |class| {
                town.people
                    .iter()
                    .filter(|person| person.class == class && person.owes_report(period.ends_on))
                    .count()
            };
            assert_eq!(
                (count(Class::Leadership), count(Class::MidLevel), count(Class::Village)),
                (13, 36, 17)
            );
        }
        assert!(
            town.people
                .iter()
                .filter(|person| person.class != Class::None)
                .all(|person| person.posts.len() < 3)
        );
        assert_eq!(town.units.len(), 1 + 36 + 17);
    }

    #[test]
    fn every_official_but_the_first_has_somebody_in_charge() {
        let town = town(7, &year());
        for (index, person) in town.people.iter().enumerate().skip(1) {
            assert!(
                person.supervisor.is_some_and(|leader| leader < 13 && leader != index),
                "{}",
                person.posts[0]
            );
        }
    }

    #[test]
    fn one_joins_one_leaves_one_moves_and_namesakes_sit_in_different_units() {
        let town = town(7, &year());
        assert_eq!(town.people.iter().filter(|person| person.joined.is_some()).count(), 1);
        assert_eq!(town.people.iter().filter(|person| person.left.is_some()).count(), 1);
        assert_eq!(town.people.iter().filter(|person| person.moved.is_some()).count(), 1);
        let namesakes = town.people.iter().enumerate().flat_map(|(index, person)| {
            town.people[index + 1..]
                .iter()
                .filter(move |other| other.name == person.name)
                .map(move |other| (person.unit, other.unit))
        });
        let pairs: Vec<_> = namesakes.collect();
        assert_eq!(pairs.len(), 2);
        assert!(pairs.iter().all(|(one, other)| one != other));
    }
}
