//! Words of a visit that are not public, or not any more, stay with those who come; and a plan that is said not to come along.

use super::company::{join, leave, shown};
use super::*;
use crate::log::{RedactAffair, redact_affair};
use crate::today::{Finish, LineId, finish, today_page};
use shiji_domain::redaction::RedactionReason;
use shiji_domain::today::DueKind;

const FIRM: &str = "澄湾金梭制衣有限公司";

async fn redact(town: &Town, id: VisitId) {
    let wanted = RedactAffair { subject: id.0, reason: RedactionReason::PersonalData };
    redact_affair(&town.app, &town.act("党政办").await, wanted).await.unwrap();
}

async fn tap(town: &Town, name: &str, id: VisitId, words: &str) -> Result<(), AppError> {
    let line = LineId { kind: DueKind::Visit, subject: id.0 };
    let wanted = Finish { key: town.app.new_id(), line, words: words.into() };
    finish(&town.app, &town.act(name).await, wanted).await.map(drop)
}

async fn joined(town: &Town, id: VisitId, words: &str) {
    let wanted = JoinVisit { visit: id, person: town.person("书记"), plan: None, words: words.into() };
    join_visit(&town.app, &town.act("书记").await, wanted).await.unwrap();
}

#[tokio::test]
async fn who_joins_an_unannounced_visit_gets_no_plan_that_tells_of_it() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let id = accept(&town, "党政办", &items, false).await.unwrap();
        assert!(shown(&town, "书记", id).await.unwrap().is_internal);
        joined(&town, id, "").await;
        assert!(planned(&town, "书记").await.is_empty());
        publish(&town).await;
        town.pass_days(7);
        assert_eq!(key(tap(&town, "书记", id, "").await), "refusal-today-internal");
        tap(&town, "书记", id, "检查消防通道2处").await.unwrap();
    }
}

#[tokio::test]
async fn words_of_a_visit_that_were_taken_away_do_not_come_back_by_joining_or_by_a_tap() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let id = accept(&town, "水务", &items, true).await.unwrap();
        assert!(!shown(&town, "书记", id).await.unwrap().is_internal);
        redact(&town, id).await;
        let page = shown(&town, "书记", id).await.unwrap();
        assert!(page.is_internal && page.visit.spot == FIRM, "who comes has to read where");
        joined(&town, id, "一起到金梭制衣：检查用水").await;
        assert!(planned(&town, "书记").await.is_empty());
        publish(&town).await;
        town.pass_days(7);
        let page = today_page(&town.app, &town.act("书记").await).await.unwrap();
        assert!(page.parts.overdue.iter().any(|line| line.due.text.contains(FIRM)));
        assert_eq!(key(tap(&town, "书记", id, "").await), "refusal-today-internal");
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn a_redacted_visit_keeps_its_words_only_until_it_is_over() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let id = accept(&town, "水务", &items, true).await.unwrap();
        let village = file(&town, "东村", "11月11日到金梭制衣检查消防").await;
        join(&town, "东村", id, "东村", Some(village)).await.unwrap();
        leave(&town, "东村", id, "东村", "金梭的老板是我表哥").await.unwrap();
        redact(&town, id).await;
        let page = shown(&town, "水务", id).await.unwrap();
        assert_eq!((page.visit.spot.as_str(), page.left[0].1.as_str()), (FIRM, ""));
        publish(&town).await;
        town.pass_days(7);
        let record =
            |name: &str, text: &str| RecordVisit { visit: id, owner: town.person(name), text: text.into() };
        let water = town.act("水务").await;
        record_visit(&town.app, &water, record("水务", "查出漏点2处")).await.unwrap();
        let page = shown(&town, "水务", id).await.unwrap();
        assert_eq!((page.visit.spot.as_str(), page.visit.purpose.as_str()), ("", ""));
        let civil = town.act("民政").await;
        record_visit(&town.app, &civil, record("民政", "")).await.unwrap();
        let desk = desk_page(&town.app, &civil, civil.person()).await.unwrap();
        assert_eq!(desk.work[0].item.body, "查出漏点2处", "what was done was written since");
        let mut tx = town.app.store.read().await.unwrap();
        let trail = shiji_store::audit::audit_entries(&mut tx, town.place.place_id, i64::MAX, 100);
        let trail = trail.await.unwrap();
        let mut own = trail.iter().filter(|line| line.subject_id == id.to_string());
        assert!(own.all(|line| !format!("{line:?}").contains("金梭")), "nor does the audit trail");
    }
}

#[tokio::test]
async fn a_redacted_visit_that_is_cancelled_loses_its_words() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let id = accept(&town, "水务", &items, true).await.unwrap();
        redact(&town, id).await;
        let reason = "厂里停产".to_owned();
        let cancel = StepVisit { visit: id, step: VisitMove::Cancelled, to: None, reason };
        step_visit(&town.app, &town.act("水务").await, cancel).await.unwrap();
        let page = shown(&town, "水务", id).await.unwrap();
        assert_eq!((page.visit.spot.as_str(), page.visit.purpose.as_str()), ("", ""));
    }
}

#[tokio::test]
async fn a_visit_without_a_name_is_no_place_and_belongs_to_no_item_that_does_not_name_it() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let id = accept(&town, "水务", &items, true).await.unwrap();
        redact(&town, id).await;
        publish(&town).await;
        town.pass_days(7);
        let held = StepVisit { visit: id, step: VisitMove::Held, to: None, reason: String::new() };
        let water = town.act("水务").await;
        step_visit(&town.app, &water, held).await.unwrap();
        let (_, spots) = public_spots(&town.app, &town.place).await.unwrap();
        assert!(spots.iter().all(|spot| !spot.name.is_empty()), "{spots:?}");
        let company = company_of(&town.app, &town.place, items[0]).await.unwrap();
        assert_eq!(company[0].spot, None);
        let mut tx = town.app.store.read().await.unwrap();
        let found = hook::candidates(&mut tx, &water, water.person(), "修剪行道树").await.unwrap();
        let visit = found.iter().find(|one| one.link.subject == id.0).unwrap();
        assert!(!visit.proposed);
        drop(tx);
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn a_plan_that_is_said_not_to_come_along_is_not_proposed_to_the_visit_again() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let id = accept(&town, "党政办", &items, false).await.unwrap();
        let village = file(&town, "东村", "11月11日到金梭制衣检查消防").await;
        let found = plans(&town, "水务").await.to_join.remove(0);
        let both: std::collections::HashSet<ItemId> = items.iter().copied().collect();
        assert_eq!(found.agreed.iter().copied().collect::<std::collections::HashSet<_>>(), both);
        let refuse = |items: Vec<ItemId>| RefuseProposal {
            items,
            spot: found.spot.clone(),
            reason: "消防要单独查".into(),
        };
        let whole: Vec<ItemId> = found.agreed.iter().copied().chain([village]).collect();
        let water = town.act("水务").await;
        let part = refuse_proposal(&town.app, &water, refuse(vec![items[0], village])).await;
        assert_eq!(key(part), "refusal-visit-plans", "beside all that go there");
        let stranger = refuse_proposal(&town.app, &town.act("西村").await, refuse(whole.clone())).await;
        assert!(is_refused(&stranger));
        refuse_proposal(&town.app, &water, refuse(whole)).await.unwrap();
        let seen = plans(&town, "民政").await;
        assert!(seen.to_join.is_empty() && seen.suggested.is_empty());
        assert_eq!(seen.refused[0].1.reason, "消防要单独查");
        assert!(plans(&town, "西村").await.refused.is_empty(), "it warns nobody");
        // Another plan is another question.
        file(&town, "西村", "周三到金梭制衣厂招工").await;
        let again = plans(&town, "水务").await.to_join;
        assert_eq!(again[0].parts.len(), 1);
        assert_eq!(again[0].visit, id);
    }
}
