//! From the public minutes to their sheet: pure.

use super::Printing;
use crate::frame::{Language, Texts};
use shiji_app::meeting::PublicMinutes;
use shiji_app::paper::PrintMatter;
use shiji_app::paper::press::{Decision, MinutesSheet, MinutesWords};
use shiji_domain::meeting_length::{Compared, compare};
use shiji_record::affair::DirectiveFact;

pub fn minutes_sheet(printing: &Printing<'_>, matter: &PrintMatter, held: &PublicMinutes) -> MinutesSheet {
    let t = printing.t;
    let (issue, fact) = (&matter.content.issue, &held.fact);
    MinutesSheet {
        language: t.language.code().to_owned(),
        place: match t.language {
            Language::Zh => issue.place_name.clone(),
            Language::En => printing.place.name_en.clone(),
        },
        heading: t.get("minutes-public"),
        number: t.one("issue-number", "number", issue.number),
        period: t.days(&issue.first_day, &issue.last_day),
        published_on: issue.published_on,
        facts: vec![
            (t.get("minutes-when"), t.day(&fact.held_on)),
            (t.get("minutes-chair"), fact.chair.clone()),
            (t.get("minutes-took"), took(t, held)),
            (t.get("minutes-heard"), t.one("minutes-heard-count", "count", fact.heard)),
            (t.get("minutes-returned-here"), t.one("minutes-returned-count", "count", fact.returned)),
        ],
        decisions: held
            .decisions
            .iter()
            .map(|(words, order)| Decision {
                text: words.clone(),
                who: order.as_ref().map(|order| who(t, order)),
            })
            .collect(),
        address: printing.address(&format!("/minutes/{}", fact.number)),
        words: MinutesWords {
            decisions: t.get("minutes-decisions"),
            none: t.get("minutes-decisions-none"),
            scan: t.get("minutes-scan"),
            missing: t.get("print-missing"),
        },
    }
}

fn took(t: Texts, held: &PublicMinutes) -> String {
    let minutes = t.one("minutes-minutes", "minutes", held.fact.minutes);
    match compared(t, held.fact.minutes, &held.last) {
        Some(sentence) => t.two("minutes-took-compared", "took", minutes, "compared", sentence),
        None => minutes,
    }
}

/// Who has to do it by when.
pub(crate) fn who(t: Texts, order: &DirectiveFact) -> String {
    let owners: Vec<&str> = order.owners.iter().map(|owner| owner.name.as_str()).collect();
    t.two("minutes-decision-who", "owners", owners.join("、"), "day", t.day(&order.due_on))
}

/// How long a meeting took against those before, in a sentence; none without one before.
pub(crate) fn compared(t: Texts, length: i64, last: &[i64]) -> Option<String> {
    let (usual, compared) = compare(length, last)?;
    let (key, by) = match compared {
        Compared::AsLong => ("minutes-as-long", 0),
        Compared::Shorter(by) => ("minutes-shorter", by),
        Compared::Longer(by) => ("minutes-longer", by),
    };
    let arguments = [("count", last.len().to_string()), ("usual", usual.to_string()), ("by", by.to_string())];
    Some(t.format(key, &arguments))
}
