//! What a proposed visit is for, in a few words that somebody may change.

use super::name::KINDS;
use super::{Plan, Proposal};

/// Words before a place that say nothing without it.
const BEFORE: [&str; 10] = ["前往", "深入", "到", "赴", "去", "在", "对", "进", "往", "于"];

/// The matter that all plans have in common, or the matters of each, none twice. A plan whose matter is on no list gives its
/// first clause, without the day and the place. What does not fit into `most` characters is left out whole.
pub fn purpose(proposal: &Proposal, plans: &[Plan<'_>], most: usize) -> String {
    if let Some(matter) = proposal.matter.as_ref().filter(|matter| matter.chars().count() <= most) {
        return matter.clone();
    }
    let mut told: Vec<String> = Vec::new();
    for part in &proposal.parts {
        let Some(plan) = plans.get(part.plan) else { continue };
        let own = if part.matters.is_empty() {
            vec![clause(plan.text, &[part.days.words.as_deref().unwrap_or_default(), &part.named])]
        } else {
            part.matters.iter().map(|matter| (*matter).to_owned()).collect()
        };
        for matter in own {
            let length: usize = told.iter().map(|known| known.chars().count() + 1).sum();
            if !told.contains(&matter) && length + matter.chars().count() <= most {
                told.push(matter);
            }
        }
    }
    told.join("、")
}

/// The first clause of a plan without these words.
fn clause(text: &str, without: &[&str]) -> String {
    let rest = without.iter().filter(|words| !words.is_empty()).fold(text.to_owned(), |text, words| {
        let Some(at) = text.find(words) else { return text };
        let (head, tail) = (&text[..at], &text[at + words.len()..]);
        // 金梭制衣 in 金梭制衣厂: what kind of place it is goes with its name.
        let tail = tail.strip_prefix(KINDS).unwrap_or(tail);
        let head = BEFORE.iter().find_map(|word| head.strip_suffix(word)).unwrap_or(head);
        format!("{head}{tail}")
    });
    let is_mark = |one: char| !one.is_alphanumeric();
    let first = |text: &str| {
        let clauses =
            text.split(['，', '。', '；', ',', ';', '\n']).map(|clause| clause.trim_matches(is_mark));
        clauses.filter(|clause| clause.chars().count() > 1).map(str::to_owned).next()
    };
    first(&rest).or_else(|| first(text)).unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::{Spot, Spots, overlaps};
    use super::*;
    use jiff::civil::date;
    use shiji_domain::calendar::Days;
    use shiji_domain::spot::SpotKind;

    fn said(texts: &[&str], most: usize) -> String {
        let firm = Spot { kind: SpotKind::Firm, name: "宏舫塑编厂".into(), others: vec![] };
        let spots = Spots::new("澄湾镇", vec![firm]);
        let units = ["应急站", "环保站", "供电所"];
        let plans: Vec<Plan<'_>> =
            units.iter().zip(texts).map(|(unit, text)| Plan { unit, text, due_on: None }).collect();
        let week = Days { first: date(2026, 11, 16), last: date(2026, 11, 22) };
        purpose(&overlaps(&spots, &plans, week)[0], &plans, most)
    }

    #[test]
    fn a_common_matter_is_the_purpose() {
        let texts = ["周三检查宏舫塑编厂消防", "周三到宏舫塑编厂复查灭火器"];
        assert_eq!(said(&texts, 200), "消防安全");
    }

    #[test]
    fn different_matters_stand_side_by_side_and_none_twice() {
        let texts =
            ["周三检查宏舫塑编厂消防", "周三上午到宏舫塑编厂查看废气台账，拍照", "周三走访宏舫塑编厂困难户"];
        assert_eq!(said(&texts, 200), "消防安全、查看废气台账、困难群众走访");
        let same = ["周三检查宏舫塑编厂锅炉", "周三检查宏舫塑编厂锅炉"];
        assert_eq!(said(&same, 200), "检查锅炉");
    }

    #[test]
    fn what_does_not_fit_is_left_out_whole() {
        let texts = ["周三检查宏舫塑编厂消防", "周三到宏舫塑编厂查看废气台账", "周三走访宏舫塑编厂困难户"];
        assert_eq!(said(&texts, 12), "消防安全、查看废气台账");
        assert_eq!(said(&texts, 6), "消防安全");
    }
}
