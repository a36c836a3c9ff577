//! From the facts of an issue to what its page shows: pure.

use crate::frame::due::due_beside;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, OrganizationId, PersonId};
use shiji_domain::issue::Standing;
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::roster::FilingDuty;
use shiji_record::fact::{AnswerFact, PublicEvidence, RosterFact};
use shiji_record::projection::ItemRow;
use shiji_store::public::{Issue, IssueContent};
use std::collections::HashMap;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardView {
    pub issue: Issue,
    pub units: Vec<UnitView>,
    /// The way through the page: leaders by name, offices and villages by unit.
    pub groups: Vec<Group>,
    /// Plan items of the issue before, and text keys with counts of what became of them.
    pub promised: usize,
    pub outcomes: Vec<(String, usize)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub key: String,
    pub entries: Vec<GroupEntry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupEntry {
    pub anchor: String,
    pub name: String,
    /// Post of a leader; names of those in a unit.
    pub beside: String,
    pub standing: Standing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitView {
    pub id: OrganizationId,
    pub name: String,
    pub people: Vec<PersonView>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonView {
    pub id: PersonId,
    pub name: String,
    /// Posts held on the last day of the issue.
    pub titles: Vec<String>,
    pub telephone: Option<String>,
    pub standing: Standing,
    pub substitute: Option<String>,
    pub delegate: Option<String>,
    pub promises: Vec<PromiseView>,
    pub work: Vec<ItemView>,
    pub plan: Vec<ItemView>,
}

/// Last period's word and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseView {
    pub item: ItemView,
    /// `None`: not answered.
    pub outcome: Option<Outcome>,
    pub reason: Option<String>,
    pub work: Option<ItemId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemView {
    pub id: ItemId,
    pub text: String,
    pub due_on: Option<Date>,
    /// The same, unless the words name that day themselves: nobody reads it twice.
    pub due_beside: Option<Date>,
    pub difficulty: Option<String>,
    pub answers: Option<ItemId>,
    pub evidence: Vec<PublicEvidence>,
    /// What it is part of, each kind once.
    pub belongs: Vec<BelongsView>,
    /// What it said before, the first words first.
    pub before: Vec<EarlierWords>,
    pub commitment: String,
}

/// What an item is part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BelongsView {
    pub link: ItemLink,
    /// Who else in the issue has a part in the same visit or help.
    pub with: Vec<String>,
}

impl BelongsView {
    /// Key of its name.
    pub fn key(&self) -> String {
        format!("link-{}", self.link.kind.code())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierWords {
    pub text: String,
    /// Why and when these words were replaced.
    pub reason: String,
    pub replaced_on: Date,
}

impl PromiseView {
    /// How the outcome is named in classes.
    pub fn code(&self) -> &'static str {
        outcome_code(self.outcome)
    }

    /// Key of the outcome's text.
    pub fn key(&self) -> String {
        format!("outcome-{}", self.code())
    }
}

/// How an outcome is named in texts and classes.
pub fn outcome_code(outcome: Option<Outcome>) -> &'static str {
    outcome.map_or("unanswered", Outcome::code)
}

/// One view for each item out of its revisions, in the order of the first; `gone` stands for words that were taken away.
pub fn items(rows: &[ItemRow], gone: &str) -> Vec<ItemView> {
    let mut order: Vec<ItemId> = Vec::new();
    let mut revisions: HashMap<ItemId, Vec<&ItemRow>> = HashMap::new();
    for row in rows {
        let of_item = revisions.entry(row.fact.item).or_default();
        if of_item.is_empty() {
            order.push(row.fact.item);
        }
        of_item.push(row);
    }
    order.iter().filter_map(|id| revisions.get(id).and_then(|rows| item(rows, gone))).collect()
}

/// `rows` are the revisions of one item, the first first.
pub fn item(rows: &[&ItemRow], gone: &str) -> Option<ItemView> {
    let latest = rows.last()?;
    let words = |row: &ItemRow| {
        if is_gone(row) { gone.to_owned() } else { row.fact.text.clone() }
    };
    let before = rows
        .windows(2)
        .map(|pair| EarlierWords {
            text: words(pair[0]),
            reason: pair[1].reason.clone().unwrap_or_default(),
            replaced_on: pair[1].published_on,
        })
        .collect();
    let fact = &latest.fact;
    Some(ItemView {
        id: fact.item,
        text: words(latest),
        due_on: fact.due_on,
        due_beside: due_beside(&fact.text, fact.due_on, latest.published_on),
        difficulty: fact.difficulty.clone(),
        answers: fact.answers,
        evidence: fact.evidence.clone(),
        belongs: belongs(&fact.links),
        before,
        commitment: latest.commitment.clone(),
    })
}

fn belongs(links: &[ItemLink]) -> Vec<BelongsView> {
    let mut belongs: Vec<BelongsView> = Vec::new();
    for link in links {
        if !belongs.iter().any(|known| known.link.kind == link.kind) {
            belongs.push(BelongsView { link: *link, with: Vec::new() });
        }
    }
    belongs
}

/// Names the others of each visit and each help at the items of the issue.
fn name_company(people: &mut [&mut PersonView]) {
    let mut parts: HashMap<Uuid, Vec<(PersonId, String)>> = HashMap::new();
    let together = |link: &ItemLink| matches!(link.kind, LinkKind::Visit | LinkKind::Help);
    for person in people.iter() {
        for belongs in person.work.iter().chain(&person.plan).flat_map(|item| &item.belongs) {
            let there = parts.entry(belongs.link.subject).or_default();
            if together(&belongs.link) && there.iter().all(|(known, _)| *known != person.id) {
                there.push((person.id, person.name.clone()));
            }
        }
    }
    for person in people {
        let id = person.id;
        for belongs in person.work.iter_mut().chain(&mut person.plan).flat_map(|item| &mut item.belongs) {
            let there = parts.get(&belongs.link.subject).into_iter().flatten();
            belongs.with = there.filter(|(other, _)| *other != id).map(|(_, name)| name.clone()).collect();
        }
    }
}

/// The words were taken away by a redaction.
pub fn is_gone(row: &ItemRow) -> bool {
    row.withheld.iter().any(|field| field == "text")
}

/// Titles of posts that were held on `day`.
pub fn titles(person: &RosterFact, day: Date) -> Vec<String> {
    person
        .posts
        .iter()
        .filter(|post| post.from.is_none_or(|from| from <= day) && post.to.is_none_or(|to| day <= to))
        .map(|post| post.title.clone())
        .collect()
}

pub fn promises(planned: &[ItemRow], answers: &HashMap<ItemId, &AnswerFact>, gone: &str) -> Vec<PromiseView> {
    items(planned, gone)
        .into_iter()
        .map(|item| {
            let answer = answers.get(&item.id);
            PromiseView {
                outcome: answer.map(|answer| answer.outcome),
                reason: answer.and_then(|answer| answer.reason.clone()),
                work: answer.and_then(|answer| answer.work_item),
                item,
            }
        })
        .collect()
}

pub fn board_view(content: &IssueContent, gone: &str) -> BoardView {
    let answers: HashMap<ItemId, &AnswerFact> =
        content.answers.iter().map(|answer| (answer.plan_item, answer)).collect();
    let mut units: Vec<UnitView> = Vec::new();
    for line in &content.people {
        let person = person(content, line, &answers, gone);
        match units.iter_mut().find(|unit| unit.id == line.unit) {
            Some(unit) => unit.people.push(person),
            None => {
                units.push(UnitView { id: line.unit, name: line.unit_name.clone(), people: vec![person] })
            }
        }
    }
    name_company(&mut units.iter_mut().flat_map(|unit| &mut unit.people).collect::<Vec<_>>());
    let promises = || units.iter().flat_map(|unit| &unit.people).flat_map(|person| &person.promises);
    let kinds = Outcome::ALL.into_iter().map(Some).chain([None]);
    let outcomes = kinds
        .map(|outcome| {
            let count = promises().filter(|promise| promise.outcome == outcome).count();
            (format!("outcome-{}", outcome_code(outcome)), count)
        })
        .collect();
    let groups = groups(content, &units);
    BoardView { issue: content.issue.clone(), promised: promises().count(), outcomes, groups, units }
}

fn groups(content: &IssueContent, units: &[UnitView]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (number, unit) in (1..).zip(units) {
        let duty = content.people.iter().find(|line| line.unit == unit.id).map(|line| line.filing_duty);
        let duty = duty.unwrap_or(FilingDuty::MidLevel);
        let entries = match duty {
            FilingDuty::Leadership => unit.people.iter().map(leader_entry).collect(),
            _ => vec![unit_entry(number, unit)],
        };
        let key = format!("group-{}", duty.code().replace('_', "-"));
        match groups.iter_mut().find(|group| group.key == key) {
            Some(group) => group.entries.extend(entries),
            None => groups.push(Group { key, entries }),
        }
    }
    groups
}

fn leader_entry(person: &PersonView) -> GroupEntry {
    GroupEntry {
        anchor: format!("p-{}", person.id),
        name: person.name.clone(),
        beside: person.titles.join("、"),
        standing: person.standing,
    }
}

fn unit_entry(number: usize, unit: &UnitView) -> GroupEntry {
    let names: Vec<&str> = unit.people.iter().map(|person| person.name.as_str()).collect();
    let absent = match unit.people.as_slice() {
        [only] => only.standing,
        _ => Standing::Filed,
    };
    GroupEntry {
        anchor: format!("u-{number}"),
        name: unit.name.clone(),
        beside: names.join("、"),
        standing: absent,
    }
}

fn person(
    content: &IssueContent,
    line: &RosterFact,
    answers: &HashMap<ItemId, &AnswerFact>,
    gone: &str,
) -> PersonView {
    let own = |rows: &[ItemRow], kind: ItemKind| -> Vec<ItemRow> {
        rows.iter()
            .filter(|row| row.fact.person == line.person && row.fact.item_kind == kind)
            .cloned()
            .collect()
    };
    let report = content.reports.iter().find(|report| report.person == line.person);
    let absence = content.absences.iter().find(|absence| absence.person == line.person);
    PersonView {
        id: line.person,
        name: line.name.clone(),
        titles: titles(line, content.issue.last_day),
        telephone: line.office_telephone.clone(),
        standing: absence.map_or(Standing::Filed, |absence| absence.standing),
        substitute: absence.and_then(|absence| absence.substitute.clone()),
        delegate: report.and_then(|report| report.filed_by.clone()),
        promises: promises(&own(&content.promised, ItemKind::Plan), answers, gone),
        work: items(&own(&content.items, ItemKind::Work), gone),
        plan: items(&own(&content.items, ItemKind::Plan), gone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use shiji_record::fact::{AbsenceFact, ItemFact, ReportFact};
    use uuid::Uuid;

    fn row(item: u128, kind: ItemKind, text: &str, revision: i64) -> ItemRow {
        ItemRow {
            fact: ItemFact {
                item: ItemId(Uuid::from_u128(item)),
                person: PersonId(Uuid::from_u128(1)),
                item_kind: kind,
                position: 1,
                text: text.into(),
                due_on: None,
                difficulty: None,
                answers: None,
                evidence: vec![],
                question: None,
                links: vec![],
            },
            revision,
            published_on: date(2026, 11, 23),
            reason: (revision > 1).then(|| "数字颠倒".into()),
            corrected_by: None,
            commitment: String::new(),
            withheld: Vec::new(),
        }
    }

    fn content() -> IssueContent {
        IssueContent {
            issue: Issue {
                number: 2,
                place_name: "澄湾镇".into(),
                first_day: date(2026, 11, 16),
                last_day: date(2026, 11, 22),
                published_on: date(2026, 11, 23),
                expected: 1,
                filed: 1,
                on_leave: 0,
                late: 0,
                items: 1,
                closed_by: None,
            },
            people: vec![RosterFact {
                person: PersonId(Uuid::from_u128(1)),
                name: "张三".into(),
                unit: OrganizationId(Uuid::from_u128(9)),
                unit_name: "水务所".into(),
                order: 1,
                posts: vec![],
                filing_duty: FilingDuty::MidLevel,
                office_telephone: None,
                leader: None,
                deputy: None,
                office_place: None,
                office_hours: None,
                duties: vec![],
            }],
            reports: vec![ReportFact {
                person: PersonId(Uuid::from_u128(1)),
                filed_on: date(2026, 11, 22),
                filed_by: None,
            }],
            absences: vec![],
            items: vec![row(5, ItemKind::Work, "更换水表83只", 1), row(5, ItemKind::Work, "更换水表38只", 2)],
            answers: vec![],
            promised: vec![row(4, ItemKind::Plan, "检修泵站", 1)],
        }
    }

    #[test]
    fn a_plan_item_without_answer_is_shown_as_not_answered() {
        let view = board_view(&content(), "〔撤除〕");
        let person = &view.units[0].people[0];
        assert_eq!(person.promises.len(), 1);
        assert_eq!(outcome_code(person.promises[0].outcome), "unanswered");
    }

    #[test]
    fn a_corrected_item_shows_the_new_words_and_the_old() {
        let view = board_view(&content(), "〔撤除〕");
        let work = &view.units[0].people[0].work;
        assert_eq!(work.len(), 1);
        assert_eq!(work[0].text, "更换水表38只");
        assert_eq!(work[0].before[0].text, "更换水表83只");
        assert_eq!(work[0].before[0].reason, "数字颠倒");
    }

    #[test]
    fn words_that_were_taken_away_are_said_to_be_gone_wherever_they_stood() {
        let mut content = content();
        for row in &mut content.items {
            row.fact.text = String::new();
            row.withheld = vec!["text".into()];
        }
        let work = &board_view(&content, "〔撤除〕").units[0].people[0].work;
        assert_eq!((work[0].text.as_str(), work[0].before[0].text.as_str()), ("〔撤除〕", "〔撤除〕"));
    }

    #[test]
    fn who_helped_stands_beside_the_work() {
        let mut content = content();
        let help = ItemLink { kind: LinkKind::Help, subject: Uuid::from_u128(70) };
        let other = PersonId(Uuid::from_u128(2));
        content.people.push(RosterFact { person: other, name: "梁青".into(), ..content.people[0].clone() });
        let mut helped = row(6, ItemKind::Work, "派车两辆运水表", 1);
        helped.fact.person = other;
        content.items.push(helped);
        for row in &mut content.items {
            row.fact.links = vec![help, help];
        }
        let view = board_view(&content, "〔撤除〕");
        let people = &view.units[0].people;
        assert_eq!(people[0].work[0].belongs, [BelongsView { link: help, with: vec!["梁青".into()] }]);
        assert_eq!(people[1].work[0].belongs[0].with, [people[0].name.clone()]);
    }

    #[test]
    fn who_is_late_stands_there_as_late() {
        let mut content = content();
        content.reports.clear();
        content.absences.push(AbsenceFact {
            person: PersonId(Uuid::from_u128(1)),
            standing: Standing::Late,
            substitute: None,
        });
        assert_eq!(board_view(&content, "〔撤除〕").units[0].people[0].standing, Standing::Late);
    }
}
