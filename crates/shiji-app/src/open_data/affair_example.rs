//! One invented example of each kind of affair, made of records by the same function as the answers.

use super::affair::{AffairDocument, AffairSource};
use super::affair_document::{Difficulty, Directive, Minutes, Project, Visit};
use super::item::LogIndexes;
use jiff::civil::{Date, date};
use shiji_domain::id::{
    DifficultyId, DirectiveId, ItemId, MeetingId, MilestoneId, PersonId, ProjectId, VisitId,
};
use shiji_record::affair::{
    Affair, BaselineLine, DifficultyFact, DifficultyStepFact, DirectiveFact, DirectiveStepFact, Doer,
    MinutesFact, ProjectFact, ProjectMove, ProjectStepFact, VisitFact, VisitStepFact,
};
use shiji_record::projection::AffairRow;
use shiji_store::open_affair::PublishedAffair;
use uuid::Uuid;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 + number)
}

fn some(words: &str) -> Option<String> {
    Some(words.to_owned())
}

fn leader() -> PersonId {
    PersonId(id(6))
}

fn water() -> Doer {
    Doer { person: PersonId(id(2)), name: "陈守成".into(), unit: "水务所".into() }
}

fn welfare() -> Doer {
    Doer { person: PersonId(id(7)), name: "沈若兰".into(), unit: "民政办".into() }
}

/// The records, each with the day on which it was published.
fn made<T: AffairDocument>(records: Vec<(Date, Affair)>, items: &[(Uuid, Uuid)]) -> Option<T> {
    let (mut rows, mut log) = (Vec::new(), LogIndexes::new());
    for ((published_on, affair), revision) in records.into_iter().zip(1_i64..) {
        let commitment = format!("{:02x}", 0x60 + revision).repeat(32);
        log.insert(commitment.clone(), 140 + revision.unsigned_abs());
        rows.push(AffairRow { affair, revision, published_on, commitment, withheld: Vec::new() });
    }
    let items = items.iter().map(|(subject, item)| (*subject, ItemId(*item))).collect();
    let published = PublishedAffair { rows, items, told: None };
    let today = Some(date(2026, 11, 20));
    T::of(&AffairSource { slug: "chengwan", published: &published, log: &log, today })
}

pub fn project() -> Option<Project> {
    let (project, milestone) = (ProjectId(id(20)), MilestoneId(id(21)));
    let begun = ProjectFact {
        project,
        name: "农村饮水安全工程".into(),
        aim: some("让东湾、西湾两村7000人喝上自来水"),
        leader: Some(leader()),
        leader_name: some("赵志远"),
        units: vec!["水务所".into()],
        money: some("3200万元"),
        site: some("东湾村"),
        started_on: Some(date(2026, 9, 1)),
        baseline: vec![BaselineLine {
            milestone, name: "主管网铺设".into(), due_on: date(2026, 11, 30)
        }],
    };
    let moved = ProjectStepFact {
        milestone: Some(milestone),
        from: Some(date(2026, 11, 30)),
        to: Some(date(2026, 12, 20)),
        reason: some("雨季延长，管沟塌方"),
        ..ProjectStepFact::new(project, ProjectMove::Shifted, date(2026, 11, 16), "赵志远".into())
    };
    let records =
        vec![(date(2026, 9, 1), Affair::Project(begun)), (date(2026, 11, 16), Affair::ProjectStep(moved))];
    made(records, &[(milestone.0, id(11))])
}

pub fn directive() -> Option<Directive> {
    let directive = DirectiveId(id(22));
    let given = DirectiveFact {
        directive,
        number: 4,
        text: "11月底前完成东湾村水表更换，做到户户通水".into(),
        giver: leader(),
        giver_name: "赵志远".into(),
        owners: vec![water()],
        helpers: vec![welfare()],
        given_on: date(2026, 11, 6),
        due_on: date(2026, 11, 27),
        source: "inspection".into(),
        source_text: some("11月6日现场检查"),
        steps: vec!["核对更换名单".into(), "11月20日前更换并试水".into()],
        step_days: vec![None, Some(date(2026, 11, 20))],
    };
    let step = |step: &str, day: i8| DirectiveStepFact {
        directive,
        step: step.into(),
        on: date(2026, 11, day),
        by: "陈守成".into(),
        owner: None,
        text: None,
        due_on: None,
        position: None,
        item: None,
    };
    let accepted = DirectiveStepFact { owner: Some(water().person), ..step("accepted", 6) };
    let done = DirectiveStepFact { position: Some(2), item: Some(ItemId(id(11))), ..step("step_done", 13) };
    let records = vec![
        (date(2026, 11, 6), Affair::Directive(given)),
        (date(2026, 11, 6), Affair::DirectiveStep(accepted)),
        (date(2026, 11, 13), Affair::DirectiveStep(done)),
    ];
    made(records, &[(directive.0, id(11))])
}

pub fn difficulty() -> Option<Difficulty> {
    let difficulty = DifficultyId(id(23));
    let raised = DifficultyFact {
        difficulty,
        item: ItemId(id(11)),
        person: water().person,
        to_person: Some(leader()),
        to_name: "赵志远".into(),
        raised_on: date(2026, 11, 10),
        due_on: date(2026, 11, 13),
        words: some("西湾泵站电机烧坏，没有配件"),
    };
    let answered = DifficultyStepFact {
        difficulty,
        step: "answered".into(),
        on: date(2026, 11, 12),
        by: "赵志远".into(),
        text: some("已联系厂家发货"),
        to_name: None,
        due_on: None,
        item: None,
        solved_by: None,
    };
    let records = vec![
        (date(2026, 11, 16), Affair::Difficulty(raised)),
        (date(2026, 11, 16), Affair::DifficultyStep(answered)),
    ];
    made(records, &[(difficulty.0, id(11))])
}

pub fn visit() -> Option<Visit> {
    let visit = VisitId(id(24));
    let agreed = VisitFact {
        visit,
        spot_kind: "firm".into(),
        spot: "澄湾金梭制衣有限公司".into(),
        on: date(2026, 11, 11),
        lead: water(),
        helpers: vec![welfare()],
        purpose: "检查用水，看望困难职工".into(),
    };
    let moved = VisitStepFact {
        visit,
        step: "moved".into(),
        on: date(2026, 11, 10),
        by: "陈守成".into(),
        text: some("厂里停电检修"),
        to: Some(date(2026, 11, 12)),
        item: None,
        who: None,
    };
    let records =
        vec![(date(2026, 11, 6), Affair::Visit(agreed)), (date(2026, 11, 10), Affair::VisitStep(moved))];
    made(records, &[(visit.0, id(11))])
}

pub fn minutes() -> Option<Minutes> {
    let held = MinutesFact {
        meeting: MeetingId(id(25)),
        number: 2,
        held_on: date(2026, 11, 16),
        chair: "刘启明".into(),
        minutes: 48,
        heard: 5,
        returned: 1,
        decisions: vec!["11月底前完成东湾村水表更换，做到户户通水".into()],
    };
    made(vec![(date(2026, 11, 16), Affair::Minutes(held))], &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_example_is_of_its_kind() {
        assert_eq!(project().unwrap().standing.unwrap().status, "behind");
        let directive = directive().unwrap();
        assert_eq!(
            (directive.affair.state.as_str(), directive.tasks[1].done_by),
            ("under-way", Some(id(11)))
        );
        assert_eq!(difficulty().unwrap().affair.state, "answered");
        assert_eq!(visit().unwrap().affair.on, Some(date(2026, 11, 12)));
        assert_eq!(minutes().unwrap().affair.number, Some(2));
    }
}
