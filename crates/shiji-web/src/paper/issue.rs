//! From the board of an issue to its sheets: pure.

use super::Printing;
use crate::board::view::{BoardView, ItemView, PersonView, PromiseView};
use crate::frame::{Language, Texts};
use shiji_app::paper::press::{
    Checkpoint, IssueSheet, IssueWords, Line, Mark, Official, Promise, Tally, Unit,
};
use shiji_app::paper::{LogSeen, PrintMatter};
use shiji_domain::issue::Standing;
use shiji_domain::item::Outcome;

/// Characters of the root hash on paper; 72 bits, more than anybody can forge for a sheet.
const ROOT_SHOWN: usize = 12;

pub fn issue_sheet(printing: &Printing<'_>, view: &BoardView, matter: &PrintMatter) -> IssueSheet {
    let t = printing.t;
    let issue = &view.issue;
    let closed = match &issue.closed_by {
        Some(chair) => t.one("closed-by", "name", chair),
        None => t.get("closed-by-calendar"),
    };
    IssueSheet {
        language: t.language.code().to_owned(),
        place: match t.language {
            Language::Zh => issue.place_name.clone(),
            Language::En => printing.place.name_en.clone(),
        },
        heading: t.get("print-heading"),
        number: t.one("issue-number", "number", issue.number),
        period: t.days(&issue.first_day, &issue.last_day),
        published: format!("{} · {closed}", t.one("published-on", "day", t.day(&issue.published_on))),
        published_on: issue.published_on,
        tally: tally(t, view),
        checkpoint: matter.log.as_ref().map(|log| checkpoint(printing, log)),
        units: view
            .units
            .iter()
            .map(|unit| Unit {
                name: unit.name.clone(),
                officials: unit.people.iter().map(|person| official(printing, person)).collect(),
            })
            .collect(),
        words: words(t),
    }
}

fn tally(t: Texts, view: &BoardView) -> Vec<Tally> {
    let issue = &view.issue;
    let people = [
        ("tally-expected", issue.expected),
        ("tally-filed", issue.filed),
        ("standing-on-leave", issue.on_leave),
        ("standing-late", issue.late),
    ];
    let mut tally: Vec<Tally> =
        people.into_iter().map(|(key, count)| Tally { label: t.get(key), count }).collect();
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    if view.promised > 0 {
        tally.push(Tally { label: t.get("tally-promised"), count: count(view.promised) });
        let outcomes =
            view.outcomes.iter().map(|(key, many)| Tally { label: t.get(key), count: count(*many) });
        tally.extend(outcomes);
    }
    tally
}

fn checkpoint(printing: &Printing<'_>, log: &LogSeen) -> Checkpoint {
    let root: String = log.root.chars().take(ROOT_SHOWN).collect();
    Checkpoint {
        origin: log.origin.clone(),
        size: printing.t.one("log-entries-count", "count", log.size),
        root: printing.t.one("print-root", "root", root),
        address: printing.site.as_ref().map(|site| format!("{site}/log/checkpoint")),
    }
}

fn official(printing: &Printing<'_>, person: &PersonView) -> Official {
    let t = printing.t;
    let (standing, absence) = match person.standing {
        Standing::Filed => (None, None),
        Standing::OnLeave => {
            let substitute = person.substitute.as_ref().map(|name| t.one("substitute", "name", name));
            let sentence = t.get("standing-on-leave-what") + &substitute.unwrap_or_default();
            (Some(t.get("standing-on-leave")), Some(sentence))
        }
        Standing::Late => (Some(t.get("standing-late")), Some(t.get("standing-late-what"))),
    };
    Official {
        name: person.name.clone(),
        posts: person.titles.join("、"),
        telephone: person.telephone.clone(),
        standing,
        absence,
        note: person.delegate.as_ref().map(|name| t.one("filed-by", "name", name)),
        address: printing.address(&format!("/person/{}", person.id)),
        promises: person.promises.iter().map(|one| promise(t, one)).collect(),
        work: person.work.iter().map(|item| line(t, item)).collect(),
        plan: person.plan.iter().map(|item| line(t, item)).collect(),
    }
}

fn promise(t: Texts, promise: &PromiseView) -> Promise {
    Promise {
        text: promise.item.text.clone(),
        mark: match promise.outcome {
            Some(Outcome::Done) => Mark::Done,
            Some(Outcome::Partly | Outcome::Moved) => Mark::Partly,
            Some(Outcome::Dropped) | None => Mark::Not,
        },
        outcome: t.get(promise.key()),
        reason: promise.reason.clone(),
    }
}

fn line(t: Texts, item: &ItemView) -> Line {
    let corrected = item.before.iter().map(|words| {
        t.format(
            "print-corrected",
            &[
                ("day", t.short_day(&words.replaced_on)),
                ("before", words.text.clone()),
                ("reason", words.reason.clone()),
            ],
        )
    });
    Line {
        text: item.text.clone(),
        due: item.due_beside.map(|day| t.one("due-by", "day", t.short_day(&day))),
        difficulty: item.difficulty.clone(),
        corrected: corrected.collect(),
    }
}

fn words(t: Texts) -> IssueWords {
    IssueWords {
        promises: t.get("promises"),
        work: t.get("kind-work"),
        plan: t.get("kind-plan"),
        difficulty: t.get("difficulty"),
        reason: t.get("reason"),
        contents: t.get("print-contents"),
        sheet: t.two("print-sheet", "number", "{n}", "count", "{m}"),
        page: t.two("print-page", "number", "{n}", "count", "{m}"),
        checkpoint: t.get("print-checkpoint"),
        scan: t.one("print-scan", "name", "{name}"),
        continued: t.one("print-continued", "name", "{name}"),
        missing: t.get("print-missing"),
    }
}
