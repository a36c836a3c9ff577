//! Words that are for a few stay with them, and a step is done only as long as the work that did it is there.

use super::step_tests::{given, week_published};
use super::tests::{done, id, list, plan, publish, stuck, work};
use super::*;
use crate::desk::{
    AnswerPlan, LinkItem, answer_plan, capture_items, desk_page, file_report, link_item, remove_item,
};
use crate::directive::public_directive;
use crate::log::{RedactAffair, redact_affair};
use crate::office::refused::key;
use crate::testing::Town;
use shiji_domain::id::DirectiveId;
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::redaction::RedactionReason;
use shiji_domain::today::DueKind;

async fn redact(town: &Town, subject: uuid::Uuid) {
    let wanted = RedactAffair { subject, reason: RedactionReason::PersonalData };
    redact_affair(&town.app, &town.act("党政办").await, wanted).await.unwrap();
}

/// The steps of a public order that the records call done, and the last of its events.
async fn public_steps(town: &Town, id: DirectiveId) -> (Vec<bool>, String) {
    let public = public_directive(&town.app, &town.place, id).await.unwrap();
    let last = public.steps.last().map(|step| step.step.clone());
    (public.course.done.iter().map(Option::is_some).collect(), last.unwrap_or_default())
}

fn to(directive: DirectiveId) -> ItemLink {
    ItemLink { kind: LinkKind::Directive, subject: directive.0 }
}

fn answer(act: &Act, plan_item: ItemId, outcome: Outcome) -> AnswerPlan {
    let reason = Some("还差一份名册".to_owned()).filter(|_| outcome != Outcome::Done);
    AnswerPlan { owner: act.person(), plan_item, outcome: Some(outcome), reason, difficulty: None }
}

#[tokio::test]
async fn words_of_an_order_that_were_taken_away_do_not_come_back_by_a_tap() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let stepped = given(&town, "到王桂花家换表\n试水", true).await;
        let whole = given(&town, "", true).await;
        redact(&town, stepped.0).await;
        redact(&town, whole.0).await;
        let act = town.act("水务").await;
        let later = list(&town, "水务").await.parts.later;
        assert_eq!(later.len(), 3, "who has to do it still reads it");
        for line in &later {
            assert_eq!(key(done(&town, &act, id(line), "").await), "refusal-today-internal");
        }
        let step = later.iter().find(|line| line.due.text.contains("王桂花")).unwrap();
        stuck(&town, &act, id(step), "水表缺货").await.unwrap();
        assert_eq!(plan(&town, "水务").await[0].0, "水表缺货");
        done(&town, &act, id(step), "换表1只").await.unwrap();
        assert_eq!(work(&town, "水务").await, ["换表1只"]);
        town.holds().await;
    }
}

#[tokio::test]
async fn a_step_is_open_again_when_the_work_that_did_it_goes() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let directive = given(&town, "查清名单\n更换并试水", true).await;
        let act = town.act("水务").await;
        let step = id(&list(&town, "水务").await.parts.later[0]);
        done(&town, &act, step, "共42户").await.unwrap();
        let item = desk_page(&town.app, &act, act.person()).await.unwrap().work[0].item.clone();
        remove_item(&town.app, &act, item.item_id, item.version).await.unwrap();
        assert_eq!(public_steps(&town, directive).await, (vec![false, false], "step_reopened".into()));
        assert_eq!(list(&town, "水务").await.parts.later.len(), 2);

        done(&town, &act, step, "共42户").await.unwrap();
        let item = desk_page(&town.app, &act, act.person()).await.unwrap().work[0].item.item_id;
        let unlink = LinkItem { item, link: to(directive), linked: false };
        link_item(&town.app, &act, unlink).await.unwrap();
        assert_eq!(public_steps(&town, directive).await, (vec![false, false], "step_reopened".into()));
        assert_eq!(work(&town, "水务").await.len(), 1, "the work itself stays");
        town.holds().await;
    }
}

#[tokio::test]
async fn a_step_is_open_again_when_its_plan_turns_out_not_to_be_done() {
    for town in Town::each().await {
        let directive = given(&town, "查清名单\n更换并试水", true).await;
        let act = town.act("水务").await;
        let owner = act.person();
        capture_items(&town.app, &act, owner, ItemKind::Work, "检修西湾泵站2处", None).await.unwrap();
        capture_items(&town.app, &act, owner, ItemKind::Plan, "查清名单", None).await.unwrap();
        let item = desk_page(&town.app, &act, owner).await.unwrap().plan[0].item.item_id;
        let wanted = LinkItem { item, link: to(directive), linked: true };
        link_item(&town.app, &act, wanted).await.unwrap();
        file_report(&town.app, &act, owner).await.unwrap();
        town.pass_days(3);
        publish(&town).await;

        let act = town.act("水务").await;
        let page = list(&town, "水务").await;
        let step = page.parts.later.iter().find(|line| line.due.kind == DueKind::Step).unwrap();
        done(&town, &act, id(step), "").await.unwrap();
        assert_eq!(public_steps(&town, directive).await, (vec![true, false], "step_done".into()));
        answer_plan(&town.app, &act, answer(&act, item, Outcome::Moved)).await.unwrap();
        assert!(work(&town, "水务").await.is_empty());
        assert_eq!(public_steps(&town, directive).await, (vec![false, false], "step_reopened".into()));
        town.holds().await;
    }
}

#[tokio::test]
async fn a_plan_whose_work_was_taken_out_of_the_order_is_answered_all_the_same() {
    for town in Town::each().await {
        let directive = given(&town, "查清名单\n更换并试水", true).await;
        let act = town.act("水务").await;
        let step = id(&list(&town, "水务").await.parts.later[0]);
        stuck(&town, &act, step, "名册还没移交").await.unwrap();
        week_published(&town, "水务").await;

        let act = town.act("水务").await;
        let page = list(&town, "水务").await;
        let line = &page.parts.stuck[0];
        assert_eq!((line.due.kind, line.due.text.as_str()), (DueKind::Plan, "查清名单"));
        let plan_item = ItemId(line.due.subject);
        answer_plan(&town.app, &act, answer(&act, plan_item, Outcome::Partly)).await.unwrap();
        let item = desk_page(&town.app, &act, act.person()).await.unwrap().work[0].item.item_id;
        let unlink = LinkItem { item, link: to(directive), linked: false };
        link_item(&town.app, &act, unlink).await.unwrap();
        answer_plan(&town.app, &act, answer(&act, plan_item, Outcome::Done)).await.unwrap();
        assert_eq!(work(&town, "水务").await, ["查清名单"]);
        assert_eq!(public_steps(&town, directive).await.0, [false, false], "work elsewhere does no step");
        town.holds().await;
    }
}
