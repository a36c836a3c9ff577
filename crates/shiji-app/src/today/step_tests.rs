//! Steps of an order in the list of the day, and lines that got stuck and became plans.

use super::tests::{add, done, id, list, plan, publish, stuck, work};
use super::*;
use crate::desk::{answer_plan, capture_items, desk_page, file_report};
use crate::directive::{
    EndDirective, GiveDirective, directive_page, end_directive, give_directive, public_directive,
};
use crate::office::refused::key;
use crate::testing::Town;
use jiff::civil::date;
use shiji_domain::directive::{End, Source};
use shiji_domain::id::DirectiveId;
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::today::{DueKind, Line};

fn order(town: &Town, steps: &str, is_public: bool) -> GiveDirective {
    GiveDirective {
        form: uuid::Uuid::nil(),
        text: "更换东湾村水表".into(),
        owners: vec![town.person("水务")],
        helpers: vec![town.person("民政")],
        due_on: date(2026, 11, 20),
        steps: steps.into(),
        source: Source::Inspection,
        source_text: String::new(),
        question: None,
        is_public,
    }
}

/// On Friday the 6th.
pub(super) async fn given(town: &Town, steps: &str, is_public: bool) -> DirectiveId {
    let leader = town.act("镇长").await;
    give_directive(&town.app, &leader, order(town, steps, is_public)).await.unwrap()
}

pub(super) fn words(lines: &[Line]) -> Vec<(&str, Option<jiff::civil::Date>)> {
    lines.iter().map(|line| (line.due.text.as_str(), line.due.due_on)).collect()
}

async fn undo(town: &Town, act: &Act, line: LineId) -> Result<(), AppError> {
    take_back(&town.app, act, TakeBack { key: town.app.new_id(), line, drop: false }).await
}

#[tokio::test]
async fn steps_stand_in_the_list_with_their_days_and_are_done_with_a_tap_that_can_be_taken_back() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let directive = given(&town, "周二前查清名单\n更换并试水", true).await;
        let act = town.act("水务").await;
        let page = list(&town, "水务").await;
        let (first, second) = (date(2026, 11, 10), date(2026, 11, 20));
        assert_eq!(words(&page.parts.later), [("周二前查清名单", Some(first)), ("更换并试水", Some(second))]);
        let of = page.parts.later[0].due.step_of.clone().unwrap();
        assert_eq!((of.directive, of.position, of.name.as_str()), (directive.0, 1, "更换东湾村水表"));
        assert_eq!(list(&town, "民政").await.parts.later.len(), 2, "the helper's list, too");

        town.pass_days(5);
        let act = Act { now: town.app.clock.now(), ..act };
        let page = list(&town, "水务").await;
        assert_eq!(page.parts.overdue.len(), 1, "Wednesday the 11th");
        let seen = directive_page(&town.app, &act, directive).await.unwrap();
        let days = &seen.directive.step_days;
        assert!(seen.directive.course.is_step_overdue(days, 1, seen.today) && !seen.overdue);

        let line = id(&page.parts.overdue[0]);
        done(&town, &act, line, "共42户").await.unwrap();
        assert_eq!(work(&town, "水务").await, ["查清名单，共42户"]);
        let public = public_directive(&town.app, &town.place, directive).await.unwrap();
        assert_eq!(public.fact.step_days, [Some(first), None]);
        assert!(public.course.done[0].is_some() && public.items.is_empty(), "its words are a draft");
        let step = public.steps.last().unwrap();
        assert_eq!((step.step.as_str(), &step.text), ("step_done", &None));
        assert_eq!(words(&list(&town, "民政").await.parts.later), [("更换并试水", Some(second))]);

        let shown = list(&town, "水务").await.done;
        assert_eq!((shown[0].line, shown[0].may_undo), (line, true));
        undo(&town, &act, line).await.unwrap();
        assert!(work(&town, "水务").await.is_empty());
        assert_eq!(list(&town, "水务").await.parts.overdue.len(), 1);
        let public = public_directive(&town.app, &town.place, directive).await.unwrap();
        assert_eq!(public.course.done, [None, None]);
        assert_eq!(public.steps.last().unwrap().step, "step_reopened");
        undo(&town, &act, line).await.unwrap();
        let again = public_directive(&town.app, &town.place, directive).await.unwrap();
        assert_eq!(again.steps.len(), public.steps.len(), "a second tap takes nothing back");

        for line in [line, id(&page.parts.later[0])] {
            done(&town, &act, line, "").await.unwrap();
        }
        let page = list(&town, "水务").await;
        assert_eq!(words(&page.parts.waiting), [("更换东湾村水表", Some(second))], "all steps are done");
        town.holds().await;
    }
}

#[tokio::test]
async fn an_internal_steps_words_stay_inside_and_the_end_of_its_order_takes_it_off_the_list() {
    for town in Town::each().await {
        let directive = given(&town, "11月9日前暗查库房", false).await;
        let act = town.act("水务").await;
        let line = id(&list(&town, "水务").await.parts.later[0]);
        assert_eq!(line.kind, DueKind::Step);
        assert_eq!(key(done(&town, &act, line, "").await), "refusal-today-internal");
        assert!(done(&town, &town.act("党政办").await, line, "不是我的").await.is_err());
        let beyond = PutOff { key: town.app.new_id(), line, why: Why::Moved(date(2026, 11, 12)) };
        assert_eq!(key(put_off(&town.app, &act, beyond).await), "refusal-today-agreed");
        let close = EndDirective { directive, end: End::Withdrawn, remark: "改由县里查".into() };
        end_directive(&town.app, &town.act("镇长").await, close).await.unwrap();
        assert!(list(&town, "水务").await.parts.later.is_empty());
        assert_eq!(key(done(&town, &act, line, "清点库房1处").await), "refusal-today-gone");
    }
}

#[tokio::test]
async fn a_step_later_than_its_order_is_refused_with_what_to_mend() {
    for town in Town::each().await {
        let late = order(&town, "查清名单\n11月25日前换表", true);
        let refused = give_directive(&town.app, &town.act("镇长").await, late).await;
        assert_eq!(key(refused), "refusal-directive-step-late");
    }
}

#[tokio::test]
async fn days_of_what_was_and_numbers_of_houses_make_no_order_impossible() {
    for town in Town::each().await {
        let steps = "逐项销号7月15日暗访发现的隐患\n落实5日下发的整改通知\n走访幸福路5号，登记住户\n3日前报名单\n名单于11月12日前报齐";
        given(&town, steps, true).await;
        let page = list(&town, "水务").await;
        let days: Vec<_> = page.parts.later.iter().map(|line| line.due.due_on.unwrap()).collect();
        let due = date(2026, 11, 20);
        assert_eq!(days, [date(2026, 11, 12), due, due, due, due]);
    }
}

/// The own report with one work item, handed in and published on the Monday after.
pub(super) async fn week_published(town: &Town, name: &str) {
    let act = town.act(name).await;
    let owner = act.person();
    capture_items(&town.app, &act, owner, ItemKind::Work, "检修西湾泵站2处", None).await.unwrap();
    file_report(&town.app, &act, owner).await.unwrap();
    town.pass_days(3);
    publish(town).await;
}

#[tokio::test]
async fn a_line_that_got_stuck_stands_once_after_its_plan_is_published_and_ends_with_it() {
    for town in Town::each().await {
        given(&town, "查清名单\n更换并试水", true).await;
        add(&town, "水务", "今天疏通东湾支渠").await;
        let act = town.act("水务").await;
        let page = list(&town, "水务").await;
        let (task, step) = (id(&page.parts.today[0]), id(&page.parts.later[0]));
        stuck(&town, &act, task, "挖机在修").await.unwrap();
        stuck(&town, &act, step, "名册还没移交").await.unwrap();
        assert_eq!(list(&town, "水务").await.parts.stuck.len(), 2);
        week_published(&town, "水务").await;

        let act = town.act("水务").await;
        let page = list(&town, "水务").await;
        let (today, due) = (Some(date(2026, 11, 6)), Some(date(2026, 11, 20)));
        assert_eq!(words(&page.parts.stuck), [("疏通东湾支渠", today), ("查清名单", due)]);
        let said: Vec<_> = page.parts.stuck.iter().map(|line| line.stuck.as_deref()).collect();
        assert_eq!(said, [Some("挖机在修"), Some("名册还没移交")], "it is still said where they are stuck");
        assert_eq!(words(&page.parts.later).len(), 1, "the other step");
        // A tap on the old line, sent from a phone that was offline meanwhile, answers the plan.
        done(&town, &act, task, "").await.unwrap();
        let plan = list(&town, "水务").await.parts.stuck.remove(0);
        for _ in 0..2 {
            done(&town, &act, id(&plan), "").await.unwrap();
            assert_eq!(work(&town, "水务").await, ["疏通东湾支渠", "查清名单"]);
            let page = list(&town, "水务").await;
            assert!(page.parts.any_day.is_empty() && page.parts.stuck.is_empty());
            assert_eq!(words(&page.parts.later).len(), 1, "the first step is done with its plan");
            undo(&town, &act, id(&plan)).await.unwrap();
            assert_eq!(words(&list(&town, "水务").await.parts.stuck), [("查清名单", due)]);
        }
    }
}

#[tokio::test]
async fn what_a_stuck_line_became_is_dropped_or_moved_on_at_the_desk_and_the_line_follows() {
    for town in Town::each().await {
        add(&town, "水务", "今天疏通东湾支渠").await;
        let act = town.act("水务").await;
        let task = id(&list(&town, "水务").await.parts.today[0]);
        stuck(&town, &act, task, "挖机在修").await.unwrap();
        week_published(&town, "水务").await;
        let act = town.act("水务").await;
        let plan_item = list(&town, "水务").await.parts.stuck[0].due.subject;
        let answer = |outcome: Option<Outcome>| crate::desk::AnswerPlan {
            owner: act.person(),
            plan_item: ItemId(plan_item),
            outcome,
            reason: Some("改由县里办".into()),
            difficulty: None,
        };
        answer_plan(&town.app, &act, answer(Some(Outcome::Dropped))).await.unwrap();
        assert!(list(&town, "水务").await.parts.today.is_empty());
        answer_plan(&town.app, &act, answer(None)).await.unwrap();
        assert_eq!(list(&town, "水务").await.parts.stuck.len(), 1);
        answer_plan(&town.app, &act, answer(Some(Outcome::Moved))).await.unwrap();
        let page = list(&town, "水务").await;
        assert!(
            page.parts.stuck.is_empty() && page.parts.any_day.is_empty() && page.parts.overdue.is_empty()
        );
        assert_eq!(plan(&town, "水务").await.len(), 1);
    }
}

#[tokio::test]
async fn a_plan_for_monday_is_seen_on_monday_before_the_meeting_has_published_it() {
    for town in Town::each().await {
        let act = town.act("水务").await;
        let owner = act.person();
        capture_items(&town.app, &act, owner, ItemKind::Work, "检修西湾泵站2处", None).await.unwrap();
        let plans = "11月9日清淤东湾支渠\n11月11日巡查大坝";
        capture_items(&town.app, &act, owner, ItemKind::Plan, plans, None).await.unwrap();
        town.pass_days(3);
        assert!(list(&town, "水务").await.planned.is_empty(), "it is not handed in");
        file_report(&town.app, &town.act("水务").await, owner).await.unwrap();
        let planned = list(&town, "水务").await.planned;
        assert_eq!(planned.iter().map(|due| due.text.as_str()).collect::<Vec<_>>(), ["11月9日清淤东湾支渠"]);
        publish(&town).await;
        let page = list(&town, "水务").await;
        assert!(page.planned.is_empty());
        assert_eq!(page.parts.today.len(), 1);
        let desk = desk_page(&town.app, &town.act("水务").await, owner).await.unwrap();
        assert_eq!(desk.promises.len(), 2);
    }
}

#[tokio::test]
async fn an_order_that_was_worked_from_the_list_has_been_seen() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let directive = given(&town, "", true).await;
        let act = town.act("水务").await;
        let line = LineId { kind: DueKind::Directive, subject: directive.0 };
        done(&town, &act, line, "换了12只").await.unwrap();
        let seen = directive_page(&town.app, &town.act("镇长").await, directive).await.unwrap();
        let of =
            |name: &str| seen.people.iter().find(|line| line.person == town.person(name)).unwrap().seen_at;
        assert_eq!((of("水务").is_some(), of("民政")), (true, None));
    }
}
