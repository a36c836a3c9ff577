//! Finds plans of different units that go to the same firm, village or site in the same days, or are about the same subject, and
//! puts each such group together as one proposal with its reasons. Pure: the same lists give the same proposals.

mod day;
mod matter;
mod measure;
mod name;
mod purpose;
mod subject;

pub use day::{PlanDays, plan_days};
pub use measure::{OverlapError, OverlapReport, PairReport, Town, evaluate_overlaps};
pub use name::{Mention, NamedBy, Spot, Spots};
pub use purpose::purpose;

use jiff::Span;
use jiff::civil::Date;
use matter::{goes_there, matters, shared_words};
use shiji_domain::calendar::Days;
use shiji_domain::spot::{SpotKind, is_village};
use std::collections::{BTreeMap, BTreeSet};

/// A line of somebody's plan for a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan<'a> {
    pub unit: &'a str,
    pub text: &'a str,
    pub due_on: Option<Date>,
}

/// Why a plan stands in a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Index into the plans.
    pub plan: usize,
    /// The words that name the spot, or those that are shared about a subject.
    pub named: String,
    pub by: NamedBy,
    pub days: PlanDays,
    /// The word that says the matter, where the matter counts.
    pub matter_word: Option<String>,
    /// All that the plan is about, as far as the list of matters knows it.
    pub matters: Vec<&'static str>,
}

/// Plans of several units that could be one visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Index into the spots; none where plans have a subject in common and no place.
    pub spot: Option<usize>,
    /// What all go there for; always told for a village, where much happens at once, and where there is no place.
    pub matter: Option<String>,
    /// The day that suits all of them.
    pub day: Date,
    /// In the order of the plans; of at least two units.
    pub parts: Vec<Part>,
}

impl Spots {
    /// The spots to which a text goes, as against those that it only speaks of.
    pub fn visited(&self, text: &str) -> Vec<Mention> {
        let mut mentions = self.find(text);
        mentions.retain(|mention| goes_there(text, mention, self));
        mentions
    }
}

struct Visit {
    plan: usize,
    mention: Mention,
    days: PlanDays,
    matters: Vec<(&'static str, &'static str)>,
}

/// The proposals for the plans of `period`: by spot and day, then what is about one subject without a place.
pub fn overlaps(spots: &Spots, plans: &[Plan<'_>], period: Days) -> Vec<Proposal> {
    let mut by_spot: BTreeMap<usize, Vec<Visit>> = BTreeMap::new();
    for (index, plan) in plans.iter().enumerate() {
        for visit in visits(spots, index, plan, period) {
            by_spot.entry(visit.mention.spot).or_default().push(visit);
        }
    }
    let mut proposals = Vec::new();
    for (spot, visits) in by_spot {
        let all: Vec<&Visit> = visits.iter().collect();
        if spots.all.get(spot).is_some_and(|spot| spot.kind == SpotKind::Village) {
            proposals.extend(in_village(spots, spot, plans, &all));
        } else {
            proposals.extend(on_days(spot, plans, all, |group| (common_matter(group), None)));
        }
    }
    proposals.extend(subject::about_one_subject(spots, plans, period));
    proposals
}

fn visits(spots: &Spots, index: usize, plan: &Plan<'_>, period: Days) -> Vec<Visit> {
    let mut mentions = spots.find(plan.text);
    if mentions.is_empty() && is_village(plan.unit) {
        // The village's own people do not write where they are.
        let own = spots.all.iter().position(|spot| spot.kind == SpotKind::Village && spot.name == plan.unit);
        mentions.extend(own.map(|spot| Mention {
            spot,
            words: plan.unit.to_owned(),
            by: NamedBy::Own,
            start: usize::MAX,
            end: usize::MAX,
        }));
    }
    if mentions.is_empty() {
        return Vec::new();
    }
    let days = plan_days(plan.text, plan.due_on, period);
    let matters = matters(plan.text, &mentions);
    let going = mentions.into_iter().filter(|mention| goes_there(plan.text, mention, spots));
    going
        .map(|mention| Visit { plan: index, mention, days: days.clone(), matters: matters.clone() })
        .collect()
}

/// In a village much happens on one day: only plans about the same matter, or with the same words, are one visit.
fn in_village(spots: &Spots, spot: usize, plans: &[Plan<'_>], visits: &[&Visit]) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    let mut take = |found: Vec<Proposal>| {
        for proposal in found {
            let own: BTreeSet<usize> = proposal.parts.iter().map(|part| part.plan).collect();
            let is_known = proposals.iter().any(|known| {
                let theirs: BTreeSet<usize> = known.parts.iter().map(|part| part.plan).collect();
                own.is_subset(&theirs)
            });
            if !is_known {
                proposals.push(proposal);
            }
        }
    };
    let known: BTreeSet<&'static str> =
        visits.iter().flat_map(|visit| visit.matters.iter().map(|(matter, _)| *matter)).collect();
    for matter in known {
        let about =
            visits.iter().filter(|visit| visit.matters.iter().any(|(own, _)| *own == matter)).copied();
        take(on_days(spot, plans, about.collect(), |_| (Some(matter.to_owned()), Some(matter))));
    }
    let name = spots.all.get(spot).map_or("", |spot| spot.name.as_str());
    for (index, one) in visits.iter().enumerate() {
        for other in &visits[index + 1..] {
            let names = [name, plans[one.plan].unit, plans[other.plan].unit];
            if plans[one.plan].unit == plans[other.plan].unit || !one.days.days.overlaps(other.days.days) {
                continue;
            }
            if let Some(words) = shared_words(plans[one.plan].text, plans[other.plan].text, &names) {
                let alike = visits.iter().filter(|visit| plans[visit.plan].text.contains(&words)).copied();
                take(on_days(spot, plans, alike.collect(), |_| (Some(words.clone()), None)));
            }
        }
    }
    proposals
}

/// Groups visits by the days that suit most units, until no day suits two.
fn on_days(
    spot: usize,
    plans: &[Plan<'_>],
    mut left: Vec<&Visit>,
    about: impl Fn(&[&Visit]) -> (Option<String>, Option<&'static str>),
) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    while let Some((day, units)) = best_day(plans, &left) {
        if units < 2 {
            break;
        }
        let (group, rest): (Vec<&Visit>, Vec<&Visit>) =
            left.into_iter().partition(|visit| visit.days.days.contains(day));
        left = rest;
        let (matter, class) = about(&group);
        let parts = group
            .iter()
            .map(|visit| Part {
                plan: visit.plan,
                named: visit.mention.words.clone(),
                by: visit.mention.by,
                days: visit.days.clone(),
                matter_word: word_of(visit, class.or(matter.as_deref())),
                matters: visit.matters.iter().map(|(matter, _)| *matter).collect(),
            })
            .collect();
        proposals.push(Proposal { spot: Some(spot), matter, day, parts });
    }
    proposals
}

fn word_of(visit: &Visit, matter: Option<&str>) -> Option<String> {
    visit.matters.iter().find(|(own, _)| Some(*own) == matter).map(|(_, word)| (*word).to_owned())
}

/// The day that most units can come, and how many; where days are equal, the one that most plans name, then the earlier.
fn best_day(plans: &[Plan<'_>], visits: &[&Visit]) -> Option<(Date, usize)> {
    let mut days: BTreeSet<Date> = BTreeSet::new();
    for visit in visits {
        days.insert(visit.days.days.last);
        if visit.days.days.count() > 1 {
            days.extend(
                visit
                    .days
                    .days
                    .first
                    .series(Span::new().days(1))
                    .take_while(|day| *day <= visit.days.days.last),
            );
        }
    }
    days.into_iter()
        .map(|day| {
            let there = visits.iter().filter(|visit| visit.days.days.contains(day));
            let units: BTreeSet<&str> = there.clone().map(|visit| plans[visit.plan].unit).collect();
            let named = there.filter(|visit| visit.days.days.count() == 1).count();
            (day, units.len(), named)
        })
        .max_by_key(|(day, units, named)| (*units, *named, std::cmp::Reverse(*day)))
        .map(|(day, units, _)| (day, units))
}

fn common_matter(group: &[&Visit]) -> Option<String> {
    let (first, rest) = group.split_first()?;
    let shared = first
        .matters
        .iter()
        .find(|(matter, _)| rest.iter().all(|visit| visit.matters.iter().any(|(other, _)| other == matter)));
    shared.map(|(matter, _)| (*matter).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const WEEK: Days = Days { first: date(2026, 11, 16), last: date(2026, 11, 22) };

    fn found(plans: &[(&str, &str, Option<i8>)]) -> Vec<Vec<usize>> {
        let spot = |kind, name: &str| Spot { kind, name: name.into(), others: vec![] };
        let spots = Spots::new(
            "澄湾镇",
            vec![
                spot(SpotKind::Firm, "宏舫塑编厂"),
                spot(SpotKind::Village, "湾口村"),
                spot(SpotKind::Site, "长坑水库"),
            ],
        );
        let plans: Vec<Plan<'_>> = plans
            .iter()
            .map(|(unit, text, day)| Plan { unit, text, due_on: day.map(|day| date(2026, 11, day)) })
            .collect();
        let proposals = overlaps(&spots, &plans, WEEK);
        proposals.iter().map(|proposal| proposal.parts.iter().map(|part| part.plan).collect()).collect()
    }

    #[test]
    fn three_departments_at_one_firm_on_one_day_are_one_visit() {
        let plans = [
            ("应急站", "检查宏舫塑编厂消防", Some(18)),
            ("环保站", "到宏舫塑编厂查台账", Some(18)),
            ("供电所", "周三查看宏舫塑编配电房", None),
            ("统计站", "到宏舫塑编厂核报表", Some(20)),
        ];
        assert_eq!(found(&plans), [[0, 1, 2]]);
    }

    #[test]
    fn one_unit_alone_needs_no_joint_visit() {
        assert!(
            found(&[("应急站", "检查宏舫塑编厂", Some(18)), ("应急站", "到宏舫塑编厂", Some(18))]).is_empty()
        );
    }

    #[test]
    fn in_a_village_only_the_same_matter_is_one_visit() {
        let plans = [
            ("民政办", "到湾口村核查低保6户", Some(18)),
            ("乡村振兴办", "到湾口村走访监测户8户", Some(18)),
            ("水务所", "到湾口村换水表", Some(18)),
        ];
        assert_eq!(found(&plans), [[0, 1]]);
    }

    #[test]
    fn the_same_day_in_the_same_village_is_no_subject() {
        let plans = [
            ("乡村振兴办", "周三前到湾口村走访帮扶户8户", None),
            ("自然资源所", "周三前到湾口村看村民建房", None),
        ];
        assert!(found(&plans).is_empty());
    }

    #[test]
    fn the_villages_own_people_need_not_write_its_name() {
        let plans =
            [("环卫所", "清运湾口村垃圾6车", Some(18)), ("湾口村", "发动党员清理房前屋后垃圾", Some(18))];
        assert_eq!(found(&plans), [[0, 1]]);
    }

    #[test]
    fn a_term_meets_a_day_within_it() {
        let plans = [("水务所", "周五前检查长坑水库", Some(20)), ("应急站", "到长坑水库看值守", Some(17))];
        assert_eq!(found(&plans), [[0, 1]]);
    }
}
