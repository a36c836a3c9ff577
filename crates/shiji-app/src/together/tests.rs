use super::*;
use crate::desk::{capture_items, desk_page, file_report};
use crate::error::AppError;
use crate::office::refused::{is_refused, key};
use crate::publish::{publish_in, rebuild};
use crate::testing::Town;
use jiff::civil::{Date, date};
use shiji_domain::help::{HelpKind, OfferState};
use shiji_domain::id::{HelpId, ItemId, OfferId, VisitId};
use shiji_domain::item::ItemKind;
use shiji_domain::link::LinkKind;
use shiji_domain::spot::SpotKind;
use shiji_domain::visit::{VisitMove, VisitState};
use shiji_record::fact::Kind;
use shiji_store::{public_affair, report, visit};

mod company;
mod inside;

/// The Wednesday of the week that is planned.
const WEDNESDAY: Date = date(2026, 11, 11);

async fn write(town: &Town, name: &str, plan: &str) {
    let act = town.act(name).await;
    let words = format!("本周工作\n1、更换东湾村水表38只\n下周计划\n1、{plan}");
    capture_items(&town.app, &act, act.person(), ItemKind::Work, &words, None).await.unwrap();
}

async fn file(town: &Town, name: &str, plan: &str) -> ItemId {
    write(town, name, plan).await;
    let act = town.act(name).await;
    file_report(&town.app, &act, act.person()).await.unwrap();
    planned(town, name).await[0].item.item_id
}

async fn planned(town: &Town, name: &str) -> Vec<crate::desk::DeskItem> {
    let act = town.act(name).await;
    desk_page(&town.app, &act, act.person()).await.unwrap().plan
}

async fn plans(town: &Town, name: &str) -> PlanPage {
    plan_page(&town.app, &town.act(name).await, &PlanFilter::default()).await.unwrap()
}

async fn publish(town: &Town) {
    let period = town.open_period().await;
    town.app
        .store
        .write("test", &(town, period), |tx, (town, period)| {
            let now = town.app.clock.now();
            Box::pin(publish_in(&town.app, tx, &town.place, now, period, None))
        })
        .await
        .unwrap();
}

async fn list_firms(town: &Town) {
    set_spots(&town.app, &town.act("党政办").await, "澄湾金梭制衣有限公司 / 金梭制衣", "桐岗岭水库")
        .await
        .unwrap();
}

/// Two units that go to the same firm on the same day.
async fn two_plans(town: &Town) -> Vec<ItemId> {
    list_firms(town).await;
    let water = file(town, "水务", "11月11日到金梭制衣厂检查用水").await;
    let civil = file(town, "民政", "周三走访澄湾金梭制衣有限公司困难职工3人").await;
    vec![water, civil]
}

fn wanted(town: &Town, items: &[ItemId], announced: bool) -> AcceptVisit {
    AcceptVisit {
        items: items.to_vec(),
        spot_kind: SpotKind::Firm,
        spot: "澄湾金梭制衣有限公司".into(),
        lead: town.person("水务"),
        on: WEDNESDAY,
        purpose: "检查用水，看望困难职工".into(),
        announced,
    }
}

async fn accept(town: &Town, name: &str, items: &[ItemId], announced: bool) -> Result<VisitId, AppError> {
    accept_visit(&town.app, &town.act(name).await, wanted(town, items, announced)).await
}

async fn records(town: &Town, kind: Kind) -> usize {
    let mut tx = town.app.store.read().await.unwrap();
    public_affair::affairs_of_kind(&mut tx, town.place.place_id, kind).await.unwrap().len()
}

async fn is_a_function_of_the_records(town: &Town) {
    assert!(rebuild(&town.app, &town.place).await.unwrap().differed.is_empty());
}

async fn ask(town: &Town, name: &str, item: ItemId) -> Result<HelpId, AppError> {
    let wanted = AskHelp { item, kind: HelpKind::People, words: "会算账的 1 人".into() };
    ask_help(&town.app, &town.act(name).await, wanted).await
}

async fn offer(town: &Town, name: &str, help: HelpId) -> Result<OfferId, AppError> {
    let helper = town.person(name);
    let wanted = OfferHelp { help, helper, words: "协助水务所核对水费账".into() };
    offer_help(&town.app, &town.act(name).await, wanted).await
}

async fn decide(town: &Town, name: &str, offer: OfferId, accepted: bool) -> Result<bool, AppError> {
    decide_offer(&town.app, &town.act(name).await, DecideOffer { offer, accepted }).await
}

#[tokio::test]
async fn colleagues_see_what_was_filed_and_nothing_else() {
    for town in Town::each().await {
        file(&town, "水务", "11月11日检修西湾泵站").await;
        write(&town, "民政", "11月11日走访东湾村低保户6户").await;
        let seen = plans(&town, "东村").await;
        assert_eq!((seen.count, seen.lines[0].name.as_str()), (1, "水务"));
        let act = town.act("东村").await;
        let other_day = PlanFilter { day: Some(date(2026, 11, 12)), ..PlanFilter::default() };
        assert!(plan_page(&town.app, &act, &other_day).await.unwrap().lines.is_empty());
        let words = PlanFilter { words: "泵站".into(), day: Some(WEDNESDAY), unit: "水务所".into() };
        assert_eq!(plan_page(&town.app, &act, &words).await.unwrap().lines.len(), 1);
    }
}

#[tokio::test]
async fn accepted_help_stands_in_both_reports_and_is_published_with_both() {
    for town in Town::each().await {
        let item = file(&town, "水务", "11月11日核对西湾村水费").await;
        write(&town, "民政", "走访东湾村低保户6户").await;
        assert!(is_refused(&ask(&town, "民政", item).await), "only the owner asks");
        let help = ask(&town, "水务", item).await.unwrap();
        assert_eq!(key(ask(&town, "水务", item).await), "refusal-help-asked");
        assert_eq!(key(offer(&town, "水务", help).await), "refusal-help-own");
        let offered = offer(&town, "民政", help).await.unwrap();
        assert_eq!(key(offer(&town, "民政", help).await), "refusal-help-offered");
        assert!(is_refused(&decide(&town, "书记", offered, true).await), "only the asker accepts");
        assert!(decide(&town, "水务", offered, true).await.unwrap(), "the helper's report is open");
        assert_eq!(key(decide(&town, "水务", offered, false).await), "refusal-offer-decided");

        let helping = planned(&town, "民政").await;
        let helping = helping.iter().find(|one| one.item.body == "协助水务所核对水费账").unwrap();
        assert_eq!(helping.item.due_on, None, "the asker's plan says its day in words");
        assert_eq!(helping.links[0].0.kind, LinkKind::Help);
        assert_eq!(helping.links[0].1, "水务、民政");
        assert_eq!(planned(&town, "水务").await[0].links[0].0.subject, help.0);
        let civil = town.act("民政").await;
        file_report(&town.app, &civil, civil.person()).await.unwrap();
        publish(&town).await;
        let company = company_of(&town.app, &town.place, item).await.unwrap();
        assert_eq!(company[0].others[0].1, "民政");
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn help_for_a_report_that_is_filed_waits_and_is_put_in_with_one_tap() {
    for town in Town::each().await {
        let item = file(&town, "水务", "11月11日核对西湾村水费").await;
        file(&town, "民政", "走访东湾村低保户6户").await;
        let help = ask(&town, "水务", item).await.unwrap();
        let offered = offer(&town, "民政", help).await.unwrap();
        assert!(!decide(&town, "水务", offered, true).await.unwrap());
        let civil = town.act("民政").await;
        let shown = plans(&town, "民政").await;
        assert!(shown.requests[0].offers[0].may_take_in && !shown.requests[0].offers[0].stands);

        assert!(is_refused(&take_in(&town.app, &town.act("东村").await, offered).await));
        take_in(&town.app, &civil, offered).await.unwrap();
        assert_eq!(key(take_in(&town.app, &civil, offered).await), "refusal-help-stands");
        assert_eq!(planned(&town, "民政").await.len(), 2, "the report is handed in again with it");
    }
}

#[tokio::test]
async fn help_promised_before_the_issue_becomes_work_of_the_next() {
    for town in Town::each().await {
        let item = file(&town, "水务", "11月11日核对西湾村水费").await;
        file(&town, "民政", "走访东湾村低保户6户").await;
        let help = ask(&town, "水务", item).await.unwrap();
        let offered = offer(&town, "民政", help).await.unwrap();
        decide(&town, "水务", offered, true).await.unwrap();
        publish(&town).await;
        town.pass_days(7);
        let civil = town.act("民政").await;
        let due = in_transaction(&town, "民政").await;
        assert_eq!(due, ["协助水务所核对水费账"]);
        take_in(&town.app, &civil, offered).await.unwrap();
        let desk = desk_page(&town.app, &civil, civil.person()).await.unwrap();
        assert_eq!(desk.work[0].item.body, "协助水务所核对水费账");
        assert!(in_transaction(&town, "民政").await.is_empty());
    }
}

/// Words of what the list of the day has for somebody.
async fn in_transaction(town: &Town, name: &str) -> Vec<String> {
    let act = town.act(name).await;
    let mut tx = town.app.store.read().await.unwrap();
    let due = hook::due(&mut tx, &act, act.person()).await.unwrap();
    due.into_iter().map(|due| due.text).collect()
}

#[tokio::test]
async fn a_request_that_is_closed_takes_no_more_offers() {
    for town in Town::each().await {
        let item = file(&town, "水务", "11月11日核对西湾村水费").await;
        let help = ask(&town, "水务", item).await.unwrap();
        let declined = offer(&town, "民政", help).await.unwrap();
        decide(&town, "水务", declined, false).await.unwrap();
        assert!(is_refused(&close_request(&town.app, &town.act("民政").await, help).await));
        close_request(&town.app, &town.act("水务").await, help).await.unwrap();
        assert_eq!(key(offer(&town, "东村", help).await), "refusal-help-closed");
        assert!(plans(&town, "东村").await.requests.is_empty());
        let other = AskHelp { item, kind: HelpKind::Other, words: " ".into() };
        assert_eq!(key(ask_help(&town.app, &town.act("水务").await, other).await), "refusal-help-words");
    }
}

#[tokio::test]
async fn plans_for_one_firm_on_one_day_are_proposed_with_their_reasons_and_become_one_visit() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let seen = plans(&town, "东村").await;
        let found = &seen.suggested[0];
        assert_eq!((found.spot.as_str(), found.on), ("澄湾金梭制衣有限公司", WEDNESDAY));
        let why: Vec<(&str, Option<&str>)> =
            found.parts.iter().map(|part| (part.named.as_str(), part.day_words.as_deref())).collect();
        assert_eq!(why, [("金梭制衣", Some("11月11日")), ("澄湾金梭制衣有限公司", Some("周三"))]);
        assert!(!found.may_decide, "the village has no part in it");
        assert!(is_refused(&accept(&town, "东村", &items, true).await));
        assert!(is_refused(&accept(&town, "监察", &items, true).await));

        let id = accept(&town, "民政", &items, true).await.unwrap();
        assert!(plans(&town, "水务").await.suggested.is_empty());
        for name in ["水务", "民政"] {
            let plan = &planned(&town, name).await[0];
            assert_eq!((plan.item.due_on, plan.links[0].0.subject), (Some(WEDNESDAY), id.0));
        }
        let notice = visit_notice(&town.app, &town.act("水务").await, id).await.unwrap();
        assert_eq!(notice.units, ["水务所", "民政办"]);
        assert!(is_refused(&visit_notice(&town.app, &town.act("东村").await, id).await));
        assert_eq!(records(&town, Kind::Visit).await, 1, "announced: public at once");
        publish(&town).await;
        let company = company_of(&town.app, &town.place, items[0]).await.unwrap();
        assert_eq!((company[0].kind, company[0].others[0].1.as_str()), (LinkKind::Visit, "民政"));
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn of_two_who_accept_at_once_one_is_told_that_the_other_was_first() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let (one, other) =
            tokio::join!(accept(&town, "水务", &items, true), accept(&town, "民政", &items, false));
        let mut made = 0;
        for result in [one, other] {
            match result {
                Ok(_) => made += 1,
                Err(AppError::Refused(refusal)) => assert_eq!(refusal.key, "refusal-visit-taken"),
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(made, 1);
        let mut tx = town.app.store.read().await.unwrap();
        let all = visit::visits_since(&mut tx, town.place.place_id, WEDNESDAY).await.unwrap();
        assert_eq!(all.len(), 1);
    }
}

#[tokio::test]
async fn a_refused_proposal_stays_away_until_somebody_new_comes_in() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let spot = "澄湾金梭制衣有限公司".to_owned();
        let refuse =
            |reason: &str| RefuseProposal { items: items.clone(), spot: spot.clone(), reason: reason.into() };
        let water = town.act("水务").await;
        assert_eq!(key(refuse_proposal(&town.app, &water, refuse(" ")).await), "refusal-reason-missing");
        let long = refuse(&"长".repeat(301));
        assert_eq!(key(refuse_proposal(&town.app, &water, long).await), "refusal-text-long");
        let outsider = town.act("东村").await;
        assert!(is_refused(&refuse_proposal(&town.app, &outsider, refuse("不顺路")).await));
        refuse_proposal(&town.app, &water, refuse("一个要停水，一个要开会")).await.unwrap();
        let seen = plans(&town, "民政").await;
        assert!(seen.suggested.is_empty());
        assert_eq!(
            (seen.refused[0].0.as_str(), seen.refused[0].1.reason.as_str()),
            ("水务", "一个要停水，一个要开会")
        );
        file(&town, "党政办", "11月11日检查金梭制衣消防").await;
        assert_eq!(plans(&town, "民政").await.suggested[0].parts.len(), 3);
    }
}

#[tokio::test]
async fn an_unannounced_visit_warns_nobody_before_it_was_held() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let id = accept(&town, "党政办", &items, false).await.unwrap();
        assert_eq!(records(&town, Kind::Visit).await, 0);
        let village = town.act("东村").await;
        assert!(matches!(visit_page(&town.app, &village, id).await, Err(AppError::NotFound)));
        assert!(plans(&town, "东村").await.visits.is_empty());
        assert!(plans(&town, "东村").await.lines.iter().all(|line| line.visit.is_none()));
        let water = town.act("水务").await;
        assert_eq!(key(visit_notice(&town.app, &water, id).await), "refusal-visit-unannounced");
        publish(&town).await;
        let held = StepVisit { visit: id, step: VisitMove::Held, to: None, reason: String::new() };
        assert_eq!(key(step_visit(&town.app, &water, held.clone()).await), "refusal-visit-not-yet");
        town.pass_days(7);
        assert!(is_refused(&step_visit(&town.app, &town.act("东村").await, held.clone()).await));
        step_visit(&town.app, &town.act("水务").await, held).await.unwrap();
        assert_eq!((records(&town, Kind::Visit).await, records(&town, Kind::VisitStep).await), (1, 1));
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn what_was_done_is_written_once_and_stands_in_all_reports() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let id = accept(&town, "水务", &items, false).await.unwrap();
        publish(&town).await;
        town.pass_days(7);
        let told = "到金梭制衣查出漏点2处，看望困难职工3人";
        let record =
            |name: &str, text: &str| RecordVisit { visit: id, owner: town.person(name), text: text.into() };
        let (water, civil) = (town.act("水务").await, town.act("民政").await);
        assert_eq!(key(record_visit(&town.app, &civil, record("民政", "")).await), "refusal-text-empty");
        assert!(is_refused(&record_visit(&town.app, &civil, record("水务", told)).await));
        assert!(is_refused(&record_visit(&town.app, &town.act("东村").await, record("东村", told)).await));
        record_visit(&town.app, &water, record("水务", told)).await.unwrap();
        assert_eq!(
            key(record_visit(&town.app, &water, record("水务", told)).await),
            "refusal-visit-recorded"
        );
        record_visit(&town.app, &civil, record("民政", "")).await.unwrap();
        for act in [&water, &civil] {
            let desk = desk_page(&town.app, act, act.person()).await.unwrap();
            assert_eq!((desk.work[0].item.body.as_str(), desk.unanswered), (told, 0));
            assert_eq!(desk.work[0].links[0].0.subject, id.0);
            file_report(&town.app, act, act.person()).await.unwrap();
        }
        let shown = visit_page(&town.app, &civil, id).await.unwrap();
        assert_eq!((shown.visit.state, shown.record_by.as_deref()), (VisitState::Held, Some("水务")));
        publish(&town).await;
        let found = spot_visits(&town.app, &town.place, "澄湾金梭制衣有限公司").await.unwrap();
        assert_eq!(found.lines.len(), 1, "several units that came together came once");
        assert_eq!(
            (found.lines[0].joint, found.lines[0].people.len(), found.lines[0].items.len()),
            (true, 2, 2)
        );
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn a_visit_that_is_moved_or_cancelled_takes_its_plans_along() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let id = accept(&town, "水务", &items, true).await.unwrap();
        let thursday = date(2026, 11, 12);
        let step = |step, to, reason: &str| StepVisit { visit: id, step, to, reason: reason.into() };
        let civil = town.act("民政").await;
        let unsaid = step_visit(&town.app, &civil, step(VisitMove::Moved, Some(thursday), "")).await;
        assert_eq!(key(unsaid), "refusal-reason-missing");
        let past =
            step_visit(&town.app, &civil, step(VisitMove::Moved, Some(date(2026, 11, 5)), "改期")).await;
        assert_eq!(key(past), "refusal-visit-past");
        let far = step(VisitMove::Moved, Some(date(9999, 12, 31)), "改期");
        assert_eq!(key(step_visit(&town.app, &civil, far).await), "refusal-visit-far");
        let personal = step(VisitMove::Moved, Some(thursday), "找张老板，电话13800001234");
        assert_eq!(key(step_visit(&town.app, &civil, personal).await), "refusal-personal-data");
        step_visit(&town.app, &civil, step(VisitMove::Moved, Some(thursday), "厂里停产")).await.unwrap();
        assert_eq!(planned(&town, "水务").await[0].item.due_on, Some(thursday));
        step_visit(&town.app, &civil, step(VisitMove::Cancelled, None, "厂里搬迁")).await.unwrap();
        assert!(planned(&town, "水务").await[0].links.is_empty());
        let over = step_visit(&town.app, &civil, step(VisitMove::Moved, Some(thursday), "再约")).await;
        assert_eq!(key(over), "refusal-visit-over");
        assert_eq!(records(&town, Kind::VisitStep).await, 2);
        accept(&town, "水务", &items, true).await.unwrap();
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn the_clerk_alone_keeps_the_list_and_it_is_public() {
    for town in Town::each().await {
        for act in crate::office::refused::all_but_the_clerk(&town).await {
            assert!(is_refused(&set_spots(&town.app, &act, "金梭制衣", "").await));
        }
        list_firms(&town).await;
        list_firms(&town).await;
        assert_eq!(records(&town, Kind::Spots).await, 1, "the same list again is nothing new");
        let clerk = town.act("党政办").await;
        let personal = set_spots(&town.app, &clerk, "王桂花小卖部13812345678", "").await;
        assert_eq!(key(personal), "refusal-personal-data");
        set_spots(&town.app, &clerk, "金梭制衣厂", "").await.unwrap();
        set_spots(&town.app, &clerk, "宏舫塑编厂", "").await.unwrap();
        assert_eq!(records(&town, Kind::Spots).await, 3);
        publish(&town).await;
        town.holds().await;
        let (_, spots) = public_spots(&town.app, &town.place).await.unwrap();
        let names: Vec<&str> = spots.iter().map(|spot| spot.name.as_str()).collect();
        assert_eq!(names, ["东湾村", "西湾村", "宏舫塑编厂"]);
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn work_that_names_a_village_is_one_of_its_visits() {
    for town in Town::each().await {
        list_firms(&town).await;
        file(&town, "水务", "检修泵站").await;
        publish(&town).await;
        let found = spot_visits(&town.app, &town.place, "东湾村").await.unwrap();
        assert_eq!((found.lines.len(), found.lines[0].joint), (1, false));
        assert_eq!(found.lines[0].people[0].unit, "水务所");
        assert!(spot_visits(&town.app, &town.place, "西湾村").await.unwrap().lines.is_empty());
        // What is no place is known by the roster and the list, before any item of the year is read.
        let mut tx = town.app.store.read().await.unwrap();
        for (name, is_listed) in [("东湾村", true), ("澄湾金梭制衣有限公司", true), ("别处村", false)]
        {
            let found = public::is_listed(&mut tx, town.place.place_id, name, 2026).await.unwrap();
            assert_eq!(found, is_listed, "{name}");
        }
        drop(tx);
        assert!(matches!(spot_visits(&town.app, &town.place, "别处村").await, Err(AppError::NotFound)));
    }
}

#[tokio::test]
async fn the_meeting_hears_of_proposals_and_of_help_that_nobody_gives_yet() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        ask(&town, "水务", items[0]).await.unwrap();
        let act = town.act("书记").await;
        let held = crate::meeting::meeting_page(&town.app, &act).await.unwrap();
        let kinds: Vec<&str> = held.matters.iter().map(|matter| matter.kind.code()).collect();
        assert_eq!(kinds, ["help", "visit"]);
        assert!(held.matters[1].text.contains("金梭制衣") && held.matters[1].rest.starts_with("/plans#v-"));
        assert_eq!(held.matters[1].people, ["水务", "民政"]);
    }
}

#[tokio::test]
async fn every_act_leaves_its_line_in_the_audit_trail() {
    for town in Town::each().await {
        let items = two_plans(&town).await;
        let help = ask(&town, "水务", items[0]).await.unwrap();
        let offered = offer(&town, "东村", help).await.unwrap();
        decide(&town, "水务", offered, true).await.unwrap();
        accept(&town, "水务", &items, true).await.unwrap();
        let mut tx = town.app.store.read().await.unwrap();
        let lines =
            shiji_store::audit::audit_entries(&mut tx, town.place.place_id, i64::MAX, 100).await.unwrap();
        for name in ["spot.list", "help.ask", "help.offer", "help.decide", "visit.accept"] {
            assert!(lines.iter().any(|line| line.act == name), "{name}");
        }
        let shown = plans(&town, "东村").await;
        assert_eq!(shown.requests[0].offers[0].offer.state, OfferState::Accepted);
        let helping =
            report::item(&mut tx, town.place.place_id, planned(&town, "东村").await[0].item.item_id);
        assert_eq!(helping.await.unwrap().unwrap().updated_by, town.person("东村"));
    }
}
