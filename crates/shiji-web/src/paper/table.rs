//! From the board to workbooks: pure.

use crate::board::view::{BoardView, PersonView, is_gone, outcome_code, titles};
use crate::frame::Texts;
use jiff::civil::Date;
use shiji_app::paper::{PersonYear, WeekLine, WeekTable, YearItem, YearLine, YearTable};
use shiji_domain::issue::Standing;
use shiji_domain::item::{ItemKind, Outcome};

pub fn week(t: Texts, view: &BoardView) -> WeekTable {
    let issue = &view.issue;
    let days = t.days(&issue.first_day, &issue.last_day);
    let lines = view.units.iter().flat_map(|unit| {
        unit.people.iter().map(|person| WeekLine {
            unit: unit.name.clone(),
            name: person.name.clone(),
            posts: person.titles.join("、"),
            work: person.work.iter().map(|item| item.text.clone()).collect(),
            plan: person.plan.iter().map(|item| item.text.clone()).collect(),
            difficulty: person
                .work
                .iter()
                .chain(&person.plan)
                .filter_map(|item| item.difficulty.clone())
                .collect(),
            remark: remark(t, person),
        })
    });
    WeekTable {
        sheet: t.one("issue-number", "number", issue.number),
        title: t.one("table-week-title", "place", &issue.place_name),
        subtitle: t.two("table-week-subtitle", "number", issue.number, "days", days),
        columns: [
            t.get("table-number"),
            t.get("table-unit"),
            t.get("table-name"),
            t.get("table-post"),
            t.get("table-work"),
            t.get("table-plan"),
            t.get("table-difficulty"),
            t.get("table-remark"),
        ],
        day: issue.published_on,
        lines: lines.collect(),
    }
}

fn remark(t: Texts, person: &PersonView) -> String {
    let absence = match person.standing {
        Standing::Filed => None,
        Standing::OnLeave => {
            let substitute = person.substitute.as_ref().map(|name| t.one("substitute", "name", name));
            Some(t.get("standing-on-leave") + &substitute.unwrap_or_default())
        }
        Standing::Late => Some(t.get("standing-late")),
    };
    let delegate = person.delegate.as_ref().map(|name| t.one("filed-by", "name", name));
    [absence, delegate].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

pub fn year(t: Texts, known: &PersonYear) -> YearTable {
    let last_day = known.issues.last().map_or_else(Date::default, |issue| issue.last_day);
    let posts = titles(&known.line, last_day).join("、");
    YearTable {
        title: t.two("table-year-title", "name", &known.line.name, "year", known.year),
        subtitle: format!("{} {posts}", known.line.unit_name),
        sheets: [t.get("table-items"), t.get("table-counts")],
        columns: [
            t.get("table-issue"),
            t.get("table-period"),
            t.get("table-kind"),
            t.get("table-text"),
            t.get("table-due"),
            t.get("table-outcome"),
            t.get("table-remark"),
        ],
        day: known.issues.last().map_or(last_day, |issue| issue.published_on),
        lines: known.items.iter().map(|item| line(t, item)).collect(),
        counts: counts(t, known),
    }
}

fn line(t: Texts, item: &YearItem) -> YearLine {
    let fact = &item.row.fact;
    let outcome = match &item.outcome {
        Some(answer) => {
            let outcome = answer.as_ref().map(|(outcome, _)| *outcome);
            t.get(format!("outcome-{}", outcome_code(outcome)))
        }
        None if fact.item_kind == ItemKind::Plan => t.get("table-outcome-waiting"),
        None => String::new(),
    };
    let why = item.outcome.clone().flatten().and_then(|(_, reason)| reason);
    let remarks = [
        why.map(|why| (t.get("reason"), why)),
        fact.difficulty.clone().map(|words| (t.get("difficulty"), words)),
        item.row.reason.clone().map(|words| (t.get("corrected"), words)),
    ];
    let remarks: Vec<String> =
        remarks.into_iter().flatten().map(|(label, words)| format!("{label} {words}")).collect();
    YearLine {
        issue: t.one("issue-number", "number", item.issue),
        period: t.days(&item.first_day, &item.last_day),
        kind: t.get(if fact.item_kind == ItemKind::Work { "table-kind-work" } else { "table-kind-plan" }),
        text: if is_gone(&item.row) { t.get("redacted") } else { fact.text.clone() },
        due: fact.due_on.map(|day| t.short_day(&day)).unwrap_or_default(),
        outcome,
        remark: remarks.join("\n"),
    }
}

/// How many of each; a number is no mark, and nobody else's stands beside it.
fn counts(t: Texts, known: &PersonYear) -> Vec<(String, u32)> {
    let items = |wanted: &dyn Fn(&YearItem) -> bool| known.items.iter().filter(|item| wanted(item)).count();
    let absent = |wanted: Standing| known.absences.iter().filter(|(_, standing)| *standing == wanted).count();
    let mut counts = vec![
        (t.get("table-count-issues"), known.issues.len()),
        (t.get("table-count-leave"), absent(Standing::OnLeave)),
        (t.get("table-count-late"), absent(Standing::Late)),
        (t.get("table-count-work"), items(&|item| item.row.fact.item_kind == ItemKind::Work)),
        (t.get("table-count-plan"), items(&|item| item.row.fact.item_kind == ItemKind::Plan)),
    ];
    for outcome in Outcome::ALL.into_iter().map(Some).chain([None]) {
        let word = t.get(format!("outcome-{}", outcome_code(outcome)));
        let many = items(&|item| {
            item.outcome.as_ref().is_some_and(|answer| answer.as_ref().map(|(found, _)| *found) == outcome)
        });
        counts.push((t.one("table-count-outcome", "outcome", word), many));
    }
    counts.push((t.get("table-count-difficulty"), items(&|item| item.row.fact.difficulty.is_some())));
    counts.into_iter().map(|(name, many)| (name, u32::try_from(many).unwrap_or(u32::MAX))).collect()
}
