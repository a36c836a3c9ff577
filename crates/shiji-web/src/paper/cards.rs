//! From the people of an issue to the cards that say whom to ask: pure.

use super::Printing;
use crate::board::view::titles;
use crate::frame::Language;
use shiji_app::paper::PrintMatter;
use shiji_app::paper::press::{AskCard, AskCards, AskDesk, AskOfficial, AskWords};
use shiji_domain::roster::FilingDuty;
use shiji_record::fact::RosterFact;

/// One card for each village; for each unit where there are no villages.
pub fn ask_cards(printing: &Printing<'_>, matter: &PrintMatter) -> AskCards {
    let t = printing.t;
    let issue = &matter.content.issue;
    let people = &matter.content.people;
    let has_villages = people.iter().any(|line| line.filing_duty == FilingDuty::Village);
    let shown = people.iter().filter(|line| !has_villages || line.filing_duty == FilingDuty::Village);
    let mut cards: Vec<(shiji_domain::id::OrganizationId, AskCard)> = Vec::new();
    for line in shown {
        let official = official(line, issue.last_day);
        match cards.iter_mut().find(|(unit, _)| *unit == line.unit) {
            Some((_, card)) => card.officials.push(official),
            None => {
                let address = printing.address("/ask");
                let card = AskCard { village: line.unit_name.clone(), officials: vec![official], address };
                cards.push((line.unit, card));
            }
        }
    }
    AskCards {
        language: t.language.code().to_owned(),
        place: match t.language {
            Language::Zh => issue.place_name.clone(),
            Language::En => printing.place.name_en.clone(),
        },
        heading: t.get("ask-card-heading"),
        as_of: t.two("ask-card-as-of", "number", issue.number, "day", t.day(&issue.published_on)),
        published_on: issue.published_on,
        cards: cards.into_iter().map(|(_, card)| card).collect(),
        desks: if has_villages { desks(people) } else { Vec::new() },
        words: AskWords {
            matters: t.get("ask-card-matters"),
            office_place: t.get("ask-card-place"),
            office_hours: t.get("ask-card-hours"),
            leader: t.get("ask-card-leader"),
            deputy: t.get("ask-card-deputy"),
            scan: t.get("ask-card-scan"),
            desks: t.get("ask-card-desks"),
            missing: t.get("print-missing"),
        },
    }
}

/// Rows at the foot of a card.
const DESKS_MOST: usize = 8;
/// Matters named in a row.
const DESK_MATTERS_MOST: usize = 2;

/// Those of the town's own units who are in charge of most matters, in the order of the units, one of each unit.
fn desks(people: &[RosterFact]) -> Vec<AskDesk> {
    let mut desks: Vec<&RosterFact> = Vec::new();
    let is_desk = |line: &&RosterFact| {
        matches!(line.filing_duty, FilingDuty::MidLevel | FilingDuty::Voluntary) && !line.duties.is_empty()
    };
    let own = people.iter().filter(is_desk);
    for line in own {
        match desks.iter_mut().find(|desk| desk.unit == line.unit) {
            Some(desk) if line.duties.len() > desk.duties.len() => *desk = line,
            Some(_) => {}
            None => desks.push(line),
        }
    }
    let mut counts: Vec<usize> = desks.iter().map(|desk| desk.duties.len()).collect();
    counts.sort_unstable_by(|one, other| other.cmp(one));
    let least = counts.get(DESKS_MOST - 1).copied().unwrap_or(0);
    desks
        .into_iter()
        .filter(|desk| desk.duties.len() >= least)
        .take(DESKS_MOST)
        .map(|desk| AskDesk {
            matters: desk.duties.iter().take(DESK_MATTERS_MOST).cloned().collect::<Vec<_>>().join("、"),
            name: desk.name.clone(),
            unit: desk.unit_name.clone(),
            telephone: desk.office_telephone.clone(),
        })
        .collect()
}

fn official(line: &RosterFact, day: jiff::civil::Date) -> AskOfficial {
    AskOfficial {
        name: line.name.clone(),
        posts: titles(line, day).join("、"),
        telephone: line.office_telephone.clone(),
        office_place: line.office_place.clone(),
        office_hours: line.office_hours.clone(),
        leader: line.leader.clone(),
        deputy: line.deputy.clone(),
        matters: line.duties.clone(),
    }
}
