//! Everyday questions (data/questions.txt) and where they lead in the invented town.

use super::{Class, Town, Week, lived};
use shiji_text::{Official, in_charge};

/// The town as its public knows it after the last period.
fn officials(town: &Town, weeks: &[Week]) -> Vec<Official<usize>> {
    let last = &weeks[weeks.len() - 5..];
    let known = town
        .people
        .iter()
        .enumerate()
        .filter(|(_, person)| person.class != Class::None && person.left.is_none());
    known
        .map(|(id, person)| Official {
            id,
            name: person.name.clone(),
            unit: town.units[person.unit].name.clone(),
            posts: person.posts.clone(),
            duties: person.duties.clone(),
            leads: person.class == Class::Leadership,
            village: person.class == Class::Village,
            recent: last
                .iter()
                .flat_map(|week| week.reports.iter().filter(|report| report.person == id))
                .flat_map(|report| report.work.iter().chain(&report.plan))
                .map(|line| line.text.clone())
                .collect(),
        })
        .collect()
}

/// Place of the right official among those found, from 1.
fn place(question: &str, units: &str, town: &Town, officials: &[Official<usize>]) -> Option<usize> {
    let found = in_charge(question, officials).officials;
    let right = |id: usize| units.split('、').any(|unit| town.units[town.people[id].unit].name == unit);
    found.iter().position(|one| right(one.id)).map(|at| at + 1)
}

fn places(source: &str) -> Vec<(String, Option<usize>)> {
    let (town, _, weeks) = lived(7);
    let officials = officials(town, weeks);
    let rows = source.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" | "));
    rows.map(|(question, units)| (question.to_owned(), place(question, units, town, &officials))).collect()
}

/// Prints where each question led, and returns how many led to the right official among the first three.
fn found(source: &str) -> (usize, usize) {
    let places = places(source);
    for (question, place) in &places {
        println!("{} {question}", place.map_or_else(|| "–".to_owned(), |place| place.to_string()));
    }
    let found = places.iter().filter(|(_, place)| place.is_some_and(|place| place <= 3)).count();
    println!("{found} of {}", places.len());
    (found, places.len())
}

#[test]
fn everyday_questions_lead_to_the_right_official_among_the_first_three() {
    let (right, all) = found(include_str!("../../data/questions.txt"));
    assert_eq!(right, all);
    let (right, all) = found(include_str!("../../data/questions_later.txt"));
    assert_eq!(right, all);
}

#[test]
fn most_questions_that_no_list_was_made_for_lead_there_too() {
    let (right, all) = found(include_str!("../../data/questions_unseen.txt"));
    assert!(right * 10 >= all * 6, "{right} of {all}");
}
