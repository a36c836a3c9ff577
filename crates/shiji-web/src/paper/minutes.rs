//! From the public minutes to their sheet: pure.

use super::Printing;
use crate::frame::{Language, Texts};
use shiji_app::meeting::PublicMinutes;
use shiji_app::paper::PrintMatter;
use shiji_app::paper::press::{Decision, MinutesSheet, MinutesWords};
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
            (t.get("minutes-took"), t.one("minutes-minutes", "minutes", fact.minutes)),
            (t.get("minutes-heard"), t.one("minutes-heard-count", "count", fact.heard)),
            (t.get("minutes-returned"), t.one("minutes-returned-count", "count", fact.returned)),
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

/// Who has to do it by when.
pub(crate) fn who(t: Texts, order: &DirectiveFact) -> String {
    let owners: Vec<&str> = order.owners.iter().map(|owner| owner.name.as_str()).collect();
    t.two("minutes-decision-who", "owners", owners.join("、"), "day", t.day(&order.due_on))
}
