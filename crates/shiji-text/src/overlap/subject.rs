//! Plans of different units that name no place and are about one specific thing in the same days: two units that each train the
//! safety officers of firms. What every unit does by itself is no such thing, and what is written at a desk is none.
//!
//! Nothing is compared that shares no rare pair of characters: pairs are found by an index, and a pair that many units write is
//! in no index, so that thousands of plans take no longer than their rare words.

use super::day::without_days;
use super::{NamedBy, Part, Plan, PlanDays, Proposal, Spots, plan_days};
use crate::table::{Words, rows};
use shiji_domain::calendar::Days;
use shiji_domain::spot::is_village;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

/// A pair of neighbouring characters.
type Gram = [char; 2];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// What is done: its index among the kinds of acts.
    Act(u8),
    Desk,
    Stop,
}

const ACTS: [&str; 6] = ["train", "check", "inform", "give", "care", "event"];
/// Kinds of acts whose words say what it is about as well: 体检, 招聘会.
const TELLING: [u8; 2] = [4, 5];

struct Table {
    words: Words<Class>,
    routine: Vec<&'static str>,
    audience: Vec<&'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let (mut words, mut routine, mut audience) = (Vec::new(), Vec::new(), Vec::new());
    for (class, of_class) in rows(include_str!("../../data/subject_words.tsv")) {
        let act = ACTS.iter().position(|act| *act == class).and_then(|at| u8::try_from(at).ok());
        match (act, class) {
            (Some(act), _) => words.extend(of_class.map(|word| (word, Class::Act(act)))),
            (None, "desk") => words.extend(of_class.map(|word| (word, Class::Desk))),
            (None, "routine") => routine.extend(of_class),
            (None, "who") => audience.extend(of_class),
            _ => words.extend(of_class.map(|word| (word, Class::Stop))),
        }
    }
    Table { words: Words::new(words.into_iter()), routine, audience }
});

/// Units that may write a pair of characters before it says nothing any more: of every twenty one, and four at least.
const UNITS_LEAST: usize = 4;
const UNITS_SHARE: usize = 20;

/// Characters that two plans have to share: with the people it is for, without any, with people in one of them only, and
/// where one says no day.
const WITH_PEOPLE: usize = 5;
const WITHOUT_PEOPLE: usize = 4;
const PEOPLE_IN_ONE: usize = 6;
const WITHOUT_DAY: usize = 7;

/// A plan as far as it says what it is about.
struct Read {
    plan: usize,
    days: PlanDays,
    /// A bit for each kind of act.
    acts: u8,
    /// What is left without days, figures and words that say nothing.
    segments: Vec<Vec<char>>,
    grams: HashSet<Gram>,
    has_audience: bool,
}

/// Two plans that are about the same thing.
struct Pair {
    one: usize,
    other: usize,
    score: usize,
    words: [Vec<String>; 2],
}

/// Plans about one thing, and the days that suit all of them.
struct Group {
    days: Days,
    words: Vec<String>,
    members: Vec<(usize, Vec<String>)>,
}

pub(super) fn about_one_subject(spots: &Spots, plans: &[Plan<'_>], period: Days) -> Vec<Proposal> {
    let known: Vec<Read> =
        plans.iter().enumerate().filter_map(|(index, plan)| read(spots, index, plan, period)).collect();
    let rare = rare_grams(plans, &known);
    let mut pairs = pairs(plans, &known, &rare);
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.score), pair.one, pair.other));
    let mut groups: Vec<Group> = Vec::new();
    for pair in pairs {
        put(&mut groups, pair, &known);
    }
    let mut proposals: Vec<Proposal> = groups.into_iter().map(|group| proposal(group, &known)).collect();
    proposals.sort_by_key(|proposal| proposal.parts.first().map(|part| part.plan));
    proposals
}

fn read(spots: &Spots, index: usize, plan: &Plan<'_>, period: Days) -> Option<Read> {
    // A village's own people are at home, and a plan that names a place is compared by it.
    if is_village(plan.unit) || !spots.find(plan.text).is_empty() {
        return None;
    }
    if TABLE.routine.iter().any(|word| plan.text.contains(word)) {
        return None;
    }
    let (acts, segments) = contents(plan.text)?;
    let grams = segments.iter().flat_map(|segment| segment.windows(2)).map(|pair| [pair[0], pair[1]]);
    let has_audience = segments.iter().any(|segment| names_people(&segment.iter().collect::<String>()));
    let days = plan_days(plan.text, plan.due_on, period);
    Some(Read { plan: index, days, acts, grams: grams.collect(), segments, has_audience })
}

fn names_people(words: &str) -> bool {
    TABLE.audience.iter().any(|word| words.contains(word))
}

/// The kinds of acts, and what is left of the text without them; nothing where a desk comes first or nothing is done.
fn contents(text: &str) -> Option<(u8, Vec<Vec<char>>)> {
    let text = without_days(text);
    let mut acts = 0_u8;
    let mut first: Option<Class> = None;
    let mut segments: Vec<Vec<char>> = vec![Vec::new()];
    let (mut at, mut after_figure) = (0, false);
    while let Some(letter) = text[at..].chars().next() {
        let found = TABLE.words.longest(&text[at..]);
        let length = found.map_or(letter.len_utf8(), |(word, _)| word.len());
        let mut tells = found.is_none();
        match found {
            Some((_, class @ Class::Act(act))) => {
                first = first.or(Some(class));
                acts |= 1 << act;
                tells = TELLING.contains(&act);
            }
            Some((_, Class::Desk)) => first = first.or(Some(Class::Desk)),
            _ => {}
        }
        // 12辆: what is counted in says nothing.
        let is_counted = after_figure && found.is_none();
        after_figure = letter.is_ascii_digit();
        if tells && letter.is_alphanumeric() && !after_figure && !is_counted {
            if let Some(segment) = segments.last_mut() {
                segment.extend(text[at..at + length].chars());
            }
        } else {
            segments.push(Vec::new());
        }
        at += length;
    }
    segments.retain(|segment| segment.len() > 1);
    (first.is_some_and(|first| first != Class::Desk)).then_some((acts, segments))
}

/// Pairs of characters of these plans that few units write this time, in whatever plan.
fn rare_grams(plans: &[Plan<'_>], known: &[Read]) -> HashSet<Gram> {
    let units: HashSet<&str> = plans.iter().map(|plan| plan.unit).collect();
    let most = UNITS_LEAST.max(units.len() / UNITS_SHARE);
    let mut writers: HashMap<Gram, BTreeSet<&str>> =
        known.iter().flat_map(|read| &read.grams).map(|gram| (*gram, BTreeSet::new())).collect();
    for plan in plans {
        let letters: Vec<char> = plan.text.chars().collect();
        for pair in letters.windows(2) {
            if let Some(writers) = writers.get_mut(&[pair[0], pair[1]])
                && writers.len() <= most
            {
                writers.insert(plan.unit);
            }
        }
    }
    writers
        .into_iter()
        .filter(|(_, writers)| (2..=most).contains(&writers.len()))
        .map(|(gram, _)| gram)
        .collect()
}

fn pairs(plans: &[Plan<'_>], known: &[Read], rare: &HashSet<Gram>) -> Vec<Pair> {
    let mut index: HashMap<Gram, Vec<usize>> = HashMap::new();
    for (at, read) in known.iter().enumerate() {
        for gram in read.grams.intersection(rare) {
            index.entry(*gram).or_default().push(at);
        }
    }
    let mut seen: HashSet<(usize, usize)> = HashSet::new();
    let mut pairs = Vec::new();
    for list in index.values() {
        for (position, one) in list.iter().enumerate() {
            for other in &list[position + 1..] {
                let (first, second) = (&known[*one], &known[*other]);
                if plans[first.plan].unit != plans[second.plan].unit && seen.insert((*one, *other)) {
                    pairs.extend(compare(*one, *other, known, rare));
                }
            }
        }
    }
    pairs
}

/// The pair, if both do the same kind of thing for the same people about the same matter on a day that suits both.
fn compare(one: usize, other: usize, known: &[Read], rare: &HashSet<Gram>) -> Option<Pair> {
    let (first, second) = (&known[one], &known[other]);
    if first.acts & second.acts == 0 || !first.days.days.overlaps(second.days.days) {
        return None;
    }
    let words = [shared(first, second, rare), shared(second, first, rare)];
    let length = |runs: &[String]| -> usize { runs.iter().map(|run| run.chars().count()).sum() };
    let score = length(&words[0]).min(length(&words[1]));
    let least = match (first.has_audience, second.has_audience) {
        (true, true) if words[0].iter().any(|run| names_people(run)) => WITH_PEOPLE,
        (true, true) => return None,
        (false, false) => WITHOUT_PEOPLE,
        _ => PEOPLE_IN_ONE,
    };
    let both_told = first.days.told && second.days.told;
    let least = if both_told { least } else { least.max(WITHOUT_DAY) };
    (score >= least).then_some(Pair { one, other, score, words })
}

/// Runs of `own` that stand in the other's words; each has something rare in it.
fn shared(own: &Read, other: &Read, rare: &HashSet<Gram>) -> Vec<String> {
    let mut runs = Vec::new();
    for segment in &own.segments {
        let mut run: Vec<char> = Vec::new();
        let mut is_rare = false;
        for at in 0..segment.len() {
            let gram = segment.get(at + 1).map(|next| [segment[at], *next]);
            match gram.filter(|gram| other.grams.contains(gram)) {
                Some(gram) => {
                    if run.is_empty() {
                        run.push(segment[at]);
                    }
                    run.push(gram[1]);
                    is_rare |= rare.contains(&gram);
                }
                None => {
                    let whole: String = std::mem::take(&mut run).into_iter().collect();
                    if std::mem::take(&mut is_rare) && !runs.contains(&whole) {
                        runs.push(whole);
                    }
                }
            }
        }
    }
    runs
}

/// A pair begins a group, or brings one more plan into the group of the other, where a day suits all of them.
fn put(groups: &mut Vec<Group>, pair: Pair, known: &[Read]) {
    let at =
        |plan: usize| groups.iter().position(|group| group.members.iter().any(|(member, _)| *member == plan));
    let [words, other_words] = pair.words;
    let (group, new) = match (at(pair.one), at(pair.other)) {
        (Some(_), Some(_)) => return,
        (Some(group), None) => (group, (pair.other, other_words)),
        (None, Some(group)) => (group, (pair.one, words)),
        (None, None) => {
            if let Some(days) = common(known[pair.one].days.days, known[pair.other].days.days) {
                let members = vec![(pair.one, words.clone()), (pair.other, other_words)];
                groups.push(Group { days, words, members });
            }
            return;
        }
    };
    let group = &mut groups[group];
    if let Some(days) = common(group.days, known[new.0].days.days) {
        group.days = days;
        group.members.push(new);
    }
}

fn common(one: Days, other: Days) -> Option<Days> {
    let (first, last) = (one.first.max(other.first), one.last.min(other.last));
    (first <= last).then_some(Days { first, last })
}

fn proposal(mut group: Group, known: &[Read]) -> Proposal {
    group.members.sort_by_key(|(member, _)| known[*member].plan);
    let parts = group.members.iter().map(|(member, words)| Part {
        plan: known[*member].plan,
        named: words.join("、"),
        by: NamedBy::Subject,
        days: known[*member].days.clone(),
        matter_word: None,
        matters: Vec::new(),
    });
    Proposal {
        spot: None,
        matter: Some(group.words.join("、")),
        day: group.days.first,
        parts: parts.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const WEEK: Days = Days { first: date(2026, 11, 16), last: date(2026, 11, 22) };

    fn found(plans: &[(&str, &str)]) -> Vec<(String, Vec<usize>)> {
        let plans: Vec<Plan<'_>> =
            plans.iter().map(|(unit, text)| Plan { unit, text, due_on: None }).collect();
        let spots = Spots::new("澄湾镇", vec![]);
        let proposals = about_one_subject(&spots, &plans, WEEK);
        let parts = |found: &Proposal| found.parts.iter().map(|part| part.plan).collect();
        proposals.iter().map(|one| (one.matter.clone().unwrap_or_default(), parts(one))).collect()
    }

    #[test]
    fn one_training_of_the_same_people_by_two_units_is_one_act_and_says_why() {
        let plans = [
            ("应急站", "周三组织企业安全员开展消防安全培训"),
            ("消防队", "周三给各企业安全员上消防安全培训课"),
            ("教育办", "周三对寄宿生开展消防安全培训"),
        ];
        assert_eq!(found(&plans), [("企业安全员、消防安全".to_owned(), vec![0, 1])]);
    }

    #[test]
    fn another_day_another_act_and_the_desk_are_none() {
        let one = ("市场所", "周二检查液化气瓶经销点4家");
        assert_eq!(found(&[one, ("应急站", "周二排查液化气经销点")]).len(), 1);
        assert!(found(&[one, ("应急站", "周四排查液化气经销点")]).is_empty());
        assert!(found(&[one, ("应急站", "周二整理液化气经销点检查资料")]).is_empty());
        assert!(found(&[one, ("应急站", "周二慰问液化气经销点职工")]).is_empty());
        assert!(found(&[one, ("市场所", "周二排查液化气经销点")]).is_empty(), "one unit alone");
    }

    #[test]
    fn what_every_unit_does_is_not_proposed() {
        let studying = ["财政所", "农科站", "水务所"].map(|unit| (unit, "周一党支部学习全会精神"));
        assert!(found(&studying).is_empty());
        let taught =
            ["甲站", "乙站", "丙站", "丁站", "戊站"].map(|unit| (unit, "周三检查森林防灭火器具仓库"));
        assert!(found(&taught[..2]).len() == 1 && found(&taught).is_empty(), "five units: it is routine");
        let villages = ["东湾村", "西湾村"].map(|unit| (unit, "周三检查液化气经销点"));
        assert!(found(&villages).is_empty(), "each at home");
    }

    #[test]
    fn a_third_unit_joins_where_a_day_suits_all() {
        let plans = [
            ("人社站", "周五举办返乡青年电商直播培训班，30人"),
            ("团委", "周五组织返乡青年参加电商直播培训"),
            ("乡村振兴办", "周五前请讲师给返乡青年讲电商直播"),
        ];
        assert_eq!(found(&plans)[0].1, [0, 1, 2]);
    }
}
