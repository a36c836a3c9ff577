//! Who leads a visit and who comes, after it was agreed on.

use super::*;
use crate::today::today_page;
use shiji_domain::notice::NoticeKind;
use shiji_domain::visit::LeadSaid;

const FIRM: &str = "澄湾金梭制衣有限公司";

async fn told(town: &Town, name: &str) -> Vec<NoticeKind> {
    let act = town.act(name).await;
    let desk = desk_page(&town.app, &act, act.person()).await.unwrap();
    desk.notices.into_iter().map(|(notice, _)| notice.kind).collect()
}

pub(super) async fn shown(town: &Town, name: &str, id: VisitId) -> Result<VisitPage, AppError> {
    visit_page(&town.app, &town.act(name).await, id).await
}

async fn say(town: &Town, name: &str, visit: VisitId, leads: bool, reason: &str) -> Result<(), AppError> {
    let wanted = SayLead { visit, leads, reason: reason.into() };
    say_lead(&town.app, &town.act(name).await, wanted).await
}

async fn take(town: &Town, name: &str, visit: VisitId, lead: &str) -> Result<(), AppError> {
    take_lead(&town.app, &town.act(name).await, visit, town.person(lead)).await
}

pub(super) async fn join(
    town: &Town,
    name: &str,
    visit: VisitId,
    whom: &str,
    plan: Option<ItemId>,
) -> Result<(), AppError> {
    let words = "一起到金梭制衣厂检查消防".into();
    let wanted = JoinVisit { visit, person: town.person(whom), plan, words };
    join_visit(&town.app, &town.act(name).await, wanted).await
}

pub(super) async fn leave(
    town: &Town,
    name: &str,
    visit: VisitId,
    whom: &str,
    reason: &str,
) -> Result<(), AppError> {
    let wanted = LeaveVisit { visit, person: town.person(whom), reason: reason.into() };
    leave_visit(&town.app, &town.act(name).await, wanted).await
}

/// Names of those who came, as the public page has them after all steps.
async fn public_people(town: &Town) -> Vec<(bool, Vec<String>)> {
    let found = spot_visits(&town.app, &town.place, FIRM).await.unwrap();
    let line = |line: VisitLine| (line.joint, line.people.into_iter().map(|one| one.name).collect());
    found.lines.into_iter().filter(|line| line.state.is_some()).map(line).collect()
}

#[tokio::test]
async fn whoever_is_named_to_lead_is_asked_and_a_no_leaves_the_lead_to_the_others() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let id = accept(&town, "民政", &items, true).await.unwrap();
        assert_eq!(told(&town, "水务").await, [NoticeKind::VisitLead]);
        let act = town.act("水务").await;
        let lead = today_page(&town.app, &act).await.unwrap().leads[&id].clone();
        assert_eq!(
            (lead.name.as_deref(), lead.said, lead.is_own),
            (Some("水务所 水务"), LeadSaid::Asked, true)
        );

        assert!(is_refused(&say(&town, "民政", id, true, "").await), "only whoever was named says so");
        assert_eq!(key(take(&town, "民政", id, "民政").await), "refusal-visit-led");
        assert_eq!(key(say(&town, "水务", id, false, " ").await), "refusal-reason-missing");
        say(&town, "水务", id, false, "那天要抢修主管").await.unwrap();
        let page = shown(&town, "民政", id).await.unwrap();
        assert_eq!(
            (page.visit.lead_said, page.visit.lead_reason.as_deref()),
            (LeadSaid::No, Some("那天要抢修主管"))
        );
        assert_eq!(page.may_take_lead, [(town.person("民政"), "民政办 民政".to_owned())]);
        assert_eq!(records(&town, Kind::VisitStep).await, 0, "the reason is among colleagues");

        assert!(is_refused(&take(&town, "东村", id, "民政").await));
        assert_eq!(key(take(&town, "党政办", id, "东村").await), "refusal-visit-lead");
        take(&town, "民政", id, "民政").await.unwrap();
        let page = shown(&town, "水务", id).await.unwrap();
        assert_eq!((page.visit.lead, page.visit.lead_said), (town.person("民政"), LeadSaid::Yes));
        assert!(page.may_take_lead.is_empty() && !page.may_say_lead);
        assert_eq!(records(&town, Kind::VisitStep).await, 1);
        let notice = visit_notice(&town.app, &act, id).await.unwrap();
        assert_eq!(notice.visitors[0].name, "民政");
        assert_eq!(public_people(&town).await, [(true, vec!["民政".to_owned(), "水务".to_owned()])]);
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn a_visit_takes_place_though_nobody_said_to_lead() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let id = accept(&town, "党政办", &items, true).await.unwrap();
        publish(&town).await;
        town.pass_days(7);
        let words = "到金梭制衣查出漏点2处".into();
        let record = RecordVisit { visit: id, owner: town.person("民政"), text: words };
        record_visit(&town.app, &town.act("民政").await, record).await.unwrap();
        let page = shown(&town, "民政", id).await.unwrap();
        assert_eq!((page.visit.state, page.visit.lead_said), (VisitState::Held, LeadSaid::Asked));
        assert_eq!(key(say(&town, "水务", id, true, "").await), "refusal-visit-over");
    }
}

#[tokio::test]
async fn a_plan_for_a_visit_that_is_agreed_on_joins_it_with_one_tap() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let id = accept(&town, "民政", &items, true).await.unwrap();
        let village = file(&town, "东村", "11月11日到金梭制衣检查消防").await;
        let seen = plans(&town, "东村").await;
        assert!(seen.suggested.is_empty(), "nothing new is proposed");
        let found = &seen.to_join[0];
        assert_eq!((found.visit, found.spot.as_str(), found.on), (id, FIRM, WEDNESDAY));
        assert_eq!(found.parts.len(), 1);
        assert_eq!((found.parts[0].0.item, found.parts[0].1), (village, true));
        assert!(!plans(&town, "西村").await.to_join[0].parts[0].1, "not in another's name");

        assert!(is_refused(&join(&town, "西村", id, "东村", Some(village)).await));
        assert!(is_refused(&join(&town, "西村", id, "西村", Some(village)).await), "another's plan");
        join(&town, "东村", id, "东村", Some(village)).await.unwrap();
        assert_eq!(key(join(&town, "东村", id, "东村", None).await), "refusal-visit-joined");
        let plan = &planned(&town, "东村").await[0];
        assert_eq!((plan.item.due_on, plan.links[0].0.subject), (Some(WEDNESDAY), id.0));
        assert!(plans(&town, "东村").await.to_join.is_empty());
        let came = ["水务", "民政", "东村"].map(str::to_owned).to_vec();
        assert_eq!(public_people(&town).await, [(true, came)]);
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn who_joins_without_a_plan_has_one_afterwards_and_nobody_writes_into_anothers_report() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let id = accept(&town, "民政", &items, true).await.unwrap();
        file(&town, "东村", "修剪行道树").await;
        join(&town, "东村", id, "东村", None).await.unwrap();
        let plan = planned(&town, "东村").await;
        assert_eq!(plan.len(), 2, "the report is handed in again with it");
        let joined = plan.iter().find(|one| one.item.body == "一起到金梭制衣厂检查消防").unwrap();
        assert_eq!((joined.item.due_on, joined.links[0].0.subject), (Some(WEDNESDAY), id.0));

        join(&town, "党政办", id, "西村", None).await.unwrap();
        assert!(planned(&town, "西村").await.is_empty());
        assert_eq!(told(&town, "西村").await, [NoticeKind::VisitInvited]);
        assert_eq!(key(join(&town, "党政办", id, "监察", None).await), "refusal-visit-person");
        publish(&town).await;
        town.pass_days(4);
        join(&town, "镇长", id, "镇长", None).await.unwrap();
        town.pass_days(3);
        assert_eq!(key(join(&town, "书记", id, "书记", None).await), "refusal-visit-past");
        let record =
            RecordVisit { visit: id, owner: town.person("镇长"), text: "检查消防通道2处".into() };
        record_visit(&town.app, &town.act("镇长").await, record).await.unwrap();
        let act = town.act("镇长").await;
        let desk = desk_page(&town.app, &act, act.person()).await.unwrap();
        assert_eq!(desk.work[0].links[0].0.subject, id.0);
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn an_unannounced_visit_is_joined_only_by_the_word_of_those_who_know() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let id = accept(&town, "党政办", &items, false).await.unwrap();
        let village = file(&town, "东村", "11月11日到金梭制衣检查消防").await;
        let seen = plans(&town, "东村").await;
        assert!(seen.to_join.is_empty() && seen.suggested.is_empty(), "it warns nobody");
        assert!(is_refused(&join(&town, "东村", id, "东村", Some(village)).await));
        assert!(plans(&town, "水务").await.to_join[0].parts[0].1, "who comes may bring somebody");
        join(&town, "水务", id, "东村", Some(village)).await.unwrap();
        assert!(shown(&town, "东村", id).await.is_ok());
        leave(&town, "民政", id, "民政", "下村").await.unwrap();
        assert!(matches!(shown(&town, "民政", id).await, Err(AppError::NotFound)));
        assert_eq!((records(&town, Kind::Visit).await, records(&town, Kind::VisitStep).await), (0, 0));
        publish(&town).await;
        town.pass_days(7);
        let held = StepVisit { visit: id, step: VisitMove::Held, to: None, reason: String::new() };
        step_visit(&town.app, &town.act("水务").await, held).await.unwrap();
        assert_eq!(public_people(&town).await, [(true, vec!["水务".to_owned(), "东村".to_owned()])]);
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn who_steps_out_says_why_and_the_visit_of_one_unit_is_a_single_one() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let id = accept(&town, "水务", &items, true).await.unwrap();
        assert_eq!(key(leave(&town, "民政", id, "民政", "").await), "refusal-reason-missing");
        assert!(
            is_refused(&leave(&town, "水务", id, "民政", "不用来").await),
            "nobody sends a colleague away"
        );
        let long = leave(&town, "民政", id, "民政", &"长".repeat(301)).await;
        assert_eq!(key(long), "refusal-text-long");
        let personal = leave(&town, "民政", id, "民政", "陪张老板13800001234").await;
        assert_eq!(key(personal), "refusal-personal-data");
        leave(&town, "民政", id, "民政", "那天要发救助金").await.unwrap();
        assert!(planned(&town, "民政").await[0].links.is_empty(), "the plan is free again");
        let page = shown(&town, "水务", id).await.unwrap();
        assert!(page.is_single() && page.may_leave.is_empty());
        assert_eq!(page.left, [("民政办 民政".to_owned(), "那天要发救助金".to_owned())]);
        assert_eq!(key(leave(&town, "水务", id, "水务", "也不去了").await), "refusal-visit-last");
        assert_eq!(public_people(&town).await, [(false, vec!["水务".to_owned()])]);

        join(&town, "民政", id, "民政", Some(items[1])).await.unwrap();
        assert!(shown(&town, "水务", id).await.unwrap().left.is_empty(), "who comes back has not left");
        leave(&town, "水务", id, "水务", "抢修").await.unwrap();
        let page = shown(&town, "民政", id).await.unwrap();
        assert!(!page.lead_comes, "the lead is open");
        assert_eq!(page.may_take_lead, [(town.person("民政"), "民政办 民政".to_owned())]);
        take(&town, "民政", id, "民政").await.unwrap();
        assert_eq!(public_people(&town).await, [(false, vec!["民政".to_owned()])]);
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn an_offer_is_taken_back_by_whoever_made_it_until_it_is_accepted() {
    for town in Town::each().await {
        let item = file(&town, "水务", "11月11日核对西湾村水费").await;
        let help = ask(&town, "水务", item).await.unwrap();
        let first = offer(&town, "民政", help).await.unwrap();
        assert!(is_refused(&withdraw_offer(&town.app, &town.act("水务").await, first).await));
        withdraw_offer(&town.app, &town.act("民政").await, first).await.unwrap();
        assert_eq!(told(&town, "水务").await, [NoticeKind::HelpWithdrawn, NoticeKind::HelpOffered]);
        assert_eq!(key(decide(&town, "水务", first, true).await), "refusal-offer-withdrawn");
        let again = withdraw_offer(&town.app, &town.act("民政").await, first).await;
        assert_eq!(key(again), "refusal-offer-withdrawn");
        assert!(plans(&town, "东村").await.requests[0].offers.is_empty(), "what came to nothing is no news");
        let second = offer(&town, "民政", help).await.unwrap();
        decide(&town, "水务", second, true).await.unwrap();
        let late = withdraw_offer(&town.app, &town.act("民政").await, second).await;
        assert_eq!(key(late), "refusal-offer-decided");
    }
}

#[tokio::test]
async fn a_proposals_purpose_is_short_and_whole() {
    for town in Town::each().await {
        list_firms(&town).await;
        file(&town, "水务", "11月11日到金梭制衣厂检查用水，抄表3块").await;
        file(&town, "民政", "周三走访澄湾金梭制衣有限公司困难职工3人，送去慰问金").await;
        let seen = plans(&town, "水务").await;
        assert_eq!(seen.suggested[0].purpose, "检查用水、走访困难职工3人");
    }
}

#[tokio::test]
async fn one_subject_without_a_place_is_one_act_and_no_place_of_visits() {
    for town in Town::each().await {
        let water = file(&town, "水务", "周三组织企业安全员开展消防安全培训").await;
        let civil = file(&town, "民政", "周三给各企业安全员上消防安全培训课").await;
        let found = plans(&town, "民政").await.suggested[0].clone();
        assert_eq!(
            (found.spot_kind, found.spot.as_str(), found.on),
            (SpotKind::Subject, "企业安全员、消防安全", WEDNESDAY)
        );
        assert!(found.parts.iter().all(|part| part.named == "企业安全员、消防安全"), "why");
        let wanted = AcceptVisit {
            items: vec![water, civil],
            spot_kind: found.spot_kind,
            spot: found.spot,
            lead: town.person("民政"),
            on: found.on,
            purpose: found.purpose,
            announced: true,
        };
        let id = accept_visit(&town.app, &town.act("民政").await, wanted).await.unwrap();
        assert!(plans(&town, "民政").await.suggested.is_empty());
        publish(&town).await;
        let (_, spots) = public_spots(&town.app, &town.place).await.unwrap();
        assert!(spots.iter().all(|spot| spot.kind != SpotKind::Subject));
        let page = spot_visits(&town.app, &town.place, "企业安全员、消防安全").await;
        assert!(matches!(page, Err(AppError::NotFound)));
        let company = company_of(&town.app, &town.place, water).await.unwrap();
        assert_eq!(company[0].others[0].1, "民政", "the item's page says with whom");
        // Work of it that names a place is a visit to that place.
        town.pass_days(7);
        let words = "到东湾村给企业安全员讲消防12人".into();
        let record = RecordVisit { visit: id, owner: town.person("民政"), text: words };
        let act = town.act("民政").await;
        record_visit(&town.app, &act, record).await.unwrap();
        file_report(&town.app, &act, act.person()).await.unwrap();
        publish(&town).await;
        let lines = spot_visits(&town.app, &town.place, "东湾村").await.unwrap().lines;
        assert_eq!(lines.len(), 3, "two of the week before, and this");
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn nobody_offers_and_takes_back_without_end() {
    for town in Town::each().await {
        let item = file(&town, "水务", "11月11日核对西湾村水费").await;
        let help = ask(&town, "水务", item).await.unwrap();
        for _ in 0..shiji_domain::help::OFFERS_OF_ONE_MOST {
            assert!(plans(&town, "民政").await.requests[0].may_offer);
            let offered = offer(&town, "民政", help).await.unwrap();
            withdraw_offer(&town.app, &town.act("民政").await, offered).await.unwrap();
        }
        assert!(!plans(&town, "民政").await.requests[0].may_offer);
        assert_eq!(key(offer(&town, "民政", help).await), "refusal-help-again");
        offer(&town, "东村", help).await.unwrap();
    }
}

#[tokio::test]
async fn a_plan_of_a_joint_visit_stands_once_on_the_list_and_is_done_once() {
    use crate::today::{Finish, LineId, finish};
    use shiji_domain::today::DueKind;
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let id = accept(&town, "民政", &items, true).await.unwrap();
        publish(&town).await;
        let act = town.act("水务").await;
        let page = today_page(&town.app, &act).await.unwrap();
        let lines: Vec<_> = [page.parts.today, page.parts.later, page.parts.any_day].concat();
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert_eq!((lines[0].due.kind, lines[0].due.subject), (DueKind::Plan, items[0].0));
        assert_eq!(lines[0].due.rest.as_deref(), Some(format!("/visit/{id}").as_str()));
        assert_eq!(page.visit_of[&items[0]], id);
        assert!(page.leads[&id].is_own, "it still says who leads");
        let line = LineId { kind: DueKind::Plan, subject: items[0].0 };
        let wanted = Finish { key: town.app.new_id(), line, words: String::new() };
        finish(&town.app, &act, wanted).await.unwrap();
        let page = today_page(&town.app, &act).await.unwrap();
        let left = [page.parts.today, page.parts.later, page.parts.any_day].concat();
        assert!(left.is_empty(), "the visit is done with its plan: {left:?}");
    }
}
