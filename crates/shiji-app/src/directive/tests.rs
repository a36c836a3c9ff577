use super::*;
use crate::app::Act;
use crate::desk::{LinkItem, capture_items, desk_page, file_report, link_item};
use crate::error::AppError;
use crate::log::{RedactAffair, redact_affair};
use crate::meeting::{close_meeting, meeting_page, minutes_page, open_meeting, public_minutes};
use crate::office::refused::{all_but_the_clerk, is_refused, key};
use crate::testing::Town;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use shiji_domain::agenda::MatterKind;
use shiji_domain::directive::{End, Source, Stance, State};
use shiji_domain::id::{DirectiveId, ItemId};
use shiji_domain::item::ItemKind;
use shiji_domain::notice::NoticeKind;
use shiji_domain::redaction::RedactionReason;
use shiji_record::fact::Fact;
use shiji_store::{audit, notice, record};

const DUE: Date = date(2026, 11, 12);

fn wanted(town: &Town, source: Source, is_public: bool) -> GiveDirective {
    GiveDirective {
        form: uuid::Uuid::nil(),
        text: "11月底前完成东湾村水表更换，做到户户通水".into(),
        owners: vec![town.person("水务")],
        helpers: vec![town.person("东村")],
        due_on: DUE,
        steps: "核对更换名单\n更换并试水\n".into(),
        source,
        source_text: "11月6日现场检查".into(),
        question: None,
        is_public,
    }
}

async fn given(town: &Town, is_public: bool) -> DirectiveId {
    let leader = town.act("镇长").await;
    give_directive(&town.app, &leader, wanted(town, Source::Inspection, is_public)).await.unwrap()
}

async fn accept(town: &Town, act: &Act, directive: DirectiveId) -> Result<(), AppError> {
    answer_directive(&town.app, act, AnswerDirective { directive, objection: None }).await
}

/// An item of the owner's open week that is linked to the order.
async fn work(town: &Town, name: &str, words: &str, directive: DirectiveId) -> ItemId {
    let act = town.act(name).await;
    capture_items(&town.app, &act, act.person(), ItemKind::Work, words, None).await.unwrap();
    let desk = desk_page(&town.app, &act, act.person()).await.unwrap();
    let item = desk.work.iter().find(|item| item.item.body == words).unwrap();
    let proposed = item.proposals().next().unwrap().link;
    assert_eq!(proposed.subject, directive.0, "its words speak of the order");
    let item = item.item.item_id;
    link_item(&town.app, &act, LinkItem { item, link: proposed, linked: true }).await.unwrap();
    item
}

async fn page(town: &Town, name: &str, id: DirectiveId) -> DirectivePage {
    directive_page(&town.app, &town.act(name).await, id).await.unwrap()
}

async fn told(town: &Town, name: &str) -> Vec<NoticeKind> {
    let mut tx = town.app.store.read().await.unwrap();
    let unread = notice::unread(&mut tx, town.place.place_id, town.person(name)).await.unwrap();
    unread.into_iter().map(|notice| notice.kind).collect()
}

#[tokio::test]
async fn an_order_goes_from_the_leader_to_the_doer_and_only_items_say_how_far_it_is() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let id = given(&town, true).await;
        assert_eq!(told(&town, "水务").await, [NoticeKind::DirectiveGiven]);
        let before = page(&town, "镇长", id).await;
        assert!(
            before.people.iter().all(|person| person.seen_at.is_none()),
            "the giver's look does not count"
        );
        town.pass(3.hours());
        let owner = town.act("水务").await;
        let seen = directive_page(&town.app, &owner, id).await.unwrap();
        assert_eq!(seen.people[0].seen_at, Some(owner.millis()));
        town.pass(1.hours());
        let again = page(&town, "水务", id).await;
        assert_eq!(again.people[0].seen_at, seen.people[0].seen_at, "the first time stays");

        accept(&town, &owner, id).await.unwrap();
        assert_eq!(told(&town, "镇长").await, [NoticeKind::DirectiveAnswered]);
        let item = work(&town, "水务", "更换东湾村水表38只，试水全部正常", id).await;
        let foreign = FinishStep { directive: id, position: 2, item: town.app.new_id() };
        assert_eq!(key(finish_step(&town.app, &owner, foreign).await), "refusal-directive-item");
        finish_step(&town.app, &owner, FinishStep { item, ..foreign }).await.unwrap();
        let close = EndDirective { directive: id, end: End::Closed, remark: String::new() };
        assert!(
            is_refused(&end_directive(&town.app, &owner, close.clone()).await),
            "the owner does not close it"
        );
        end_directive(&town.app, &town.act("镇长").await, close).await.unwrap();
        file_report(&town.app, &owner, owner.person()).await.unwrap();
        publish_open_week(&town).await;

        let public = public_directive(&town.app, &town.place, id).await.unwrap();
        let steps: Vec<&str> = public.steps.iter().map(|step| step.step.as_str()).collect();
        assert_eq!(steps, ["accepted", "step_done", "closed"]);
        assert_eq!((public.fact.number, public.course.state()), (1, State::Closed));
        assert_eq!(public.course.done, [None, Some(item)]);
        assert_eq!(public.items.len(), 1, "the published item leads to the order, and the order to it");
        assert_eq!(public.items[0].0.fact.links[0].subject, id.0);
        town.holds().await;
    }
}

async fn publish_open_week(town: &Town) {
    let chair = town.act("书记").await;
    open_meeting(&town.app, &chair).await.unwrap();
    let held = meeting_page(&town.app, &chair).await.unwrap().meeting.unwrap().meeting_id;
    close_meeting(&town.app, &chair, held).await.unwrap();
}

#[tokio::test]
async fn an_internal_order_leaves_no_trace_in_public() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let id = given(&town, false).await;
        let owner = town.act("水务").await;
        accept(&town, &owner, id).await.unwrap();
        let item = work(&town, "水务", "更换东湾村水表38只，试水全部正常", id).await;
        finish_step(&town.app, &owner, FinishStep { directive: id, position: 1, item }).await.unwrap();
        file_report(&town.app, &owner, owner.person()).await.unwrap();
        publish_open_week(&town).await;
        assert!(matches!(public_directive(&town.app, &town.place, id).await, Err(AppError::NotFound)));
        let mut tx = town.app.store.read().await.unwrap();
        assert!(record::records_about(&mut tx, town.place.place_id, id.0).await.unwrap().is_empty());
        let records = record::records_about(&mut tx, town.place.place_id, item.0).await.unwrap();
        let Fact::Item(fact) = &records[0].fact else { panic!("{records:?}") };
        assert!(fact.links.is_empty(), "the item does not name an order that nobody may know of");
        drop(tx);
        // The numbers of public orders have no gap from which one could be guessed.
        let next = given(&town, true).await;
        assert_eq!(public_directive(&town.app, &town.place, next).await.unwrap().fact.number, 1);
    }
}

#[tokio::test]
async fn an_objection_waits_for_the_giver_who_upholds_or_withdraws() {
    for town in Town::each().await {
        let id = given(&town, true).await;
        let owner = town.act("水务").await;
        let object = |why: &str| AnswerDirective { directive: id, objection: Some(why.into()) };
        assert_eq!(key(answer_directive(&town.app, &owner, object(" ")).await), "refusal-text-empty");
        let personal = object("王小满身份证11010519491231002X要先核实");
        assert_eq!(key(answer_directive(&town.app, &owner, personal).await), "refusal-personal-data");
        answer_directive(&town.app, &owner, object("水表厂家月底才能供货")).await.unwrap();
        assert!(is_refused(&uphold_directive(&town.app, &owner, id, "仍按期办").await));
        let leader = town.act("镇长").await;
        uphold_directive(&town.app, &leader, id, "先换库存的二十只").await.unwrap();
        let shown = page(&town, "水务", id).await;
        assert_eq!((shown.state, shown.people[0].stance), (State::UnderWay, Some(Stance::Upheld)));
        assert!(told(&town, "水务").await.contains(&NoticeKind::DirectiveDecided));
        let end = |remark: &str| EndDirective { directive: id, end: End::Withdrawn, remark: remark.into() };
        assert_eq!(key(end_directive(&town.app, &leader, end("")).await), "refusal-reason-missing");
        end_directive(&town.app, &leader, end("并入片区改造")).await.unwrap();
        assert_eq!(key(accept(&town, &owner, id).await), "refusal-directive-ended");
        let public = public_directive(&town.app, &town.place, id).await.unwrap();
        assert_eq!(public.course.state(), State::Withdrawn);
        town.holds().await;
    }
}

#[tokio::test]
async fn more_time_is_asked_for_by_the_owner_and_given_by_the_giver() {
    for town in Town::each().await {
        let id = given(&town, true).await;
        let (owner, leader) = (town.act("水务").await, town.act("镇长").await);
        let more =
            |day: Date, reason: &str| AskExtension { directive: id, until: day, reason: reason.into() };
        let later = date(2026, 11, 20);
        assert_eq!(key(ask_extension(&town.app, &owner, more(DUE, "缺货")).await), "refusal-directive-later");
        ask_extension(&town.app, &owner, more(later, "水表缺货")).await.unwrap();
        decline_extension(&town.app, &leader, id).await.unwrap();
        assert!(page(&town, "水务", id).await.directive.course.asked.is_none());
        ask_extension(&town.app, &owner, more(later, "水表缺货")).await.unwrap();
        assert!(is_refused(&extend_directive(&town.app, &owner, more(later, "")).await));
        extend_directive(&town.app, &leader, more(date(2026, 11, 18), "")).await.unwrap();
        let public = public_directive(&town.app, &town.place, id).await.unwrap();
        assert_eq!(public.course.due_on, date(2026, 11, 18));
        assert_eq!(public.steps.len(), 1, "asking and being told no are between the two");
        assert_eq!(public.steps[0].text.as_deref(), Some("水表缺货"));
        assert_eq!(key(extend_directive(&town.app, &leader, more(later, "")).await), "refusal-text-empty");
    }
}

#[tokio::test]
async fn what_is_overdue_heads_the_agenda_and_its_owner_is_told_once() {
    for town in Town::each().await {
        let id = given(&town, false).await;
        assert_eq!(look_after(&town.app, &town.place).await.unwrap(), 0);
        town.pass_days(7);
        assert_eq!(look_after(&town.app, &town.place).await.unwrap(), 1);
        assert_eq!(look_after(&town.app, &town.place).await.unwrap(), 0, "told once");
        assert!(told(&town, "水务").await.contains(&NoticeKind::DirectiveOverdue));
        let matters = meeting_page(&town.app, &town.act("书记").await).await.unwrap().matters;
        assert_eq!(matters[0].kind, MatterKind::OverdueDirective);
        assert_eq!((matters[0].rest.clone(), matters[0].day), (format!("/directive/{id}"), Some(DUE)));
        assert_eq!(matters[0].people, ["水务"]);
        assert!(matters[0].is_internal, "nothing public is made of it unasked");
        let lists = directives(&town.app, &town.act("水务").await).await.unwrap();
        assert!(lists.mine[0].overdue);
    }
}

#[tokio::test]
async fn the_meeting_decides_on_the_spot_and_its_public_decisions_stand_in_the_minutes() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let chair = town.act("书记").await;
        let owner = town.act("水务").await;
        capture_items(&town.app, &owner, owner.person(), ItemKind::Work, "更换东湾村水表38只", None)
            .await
            .unwrap();
        file_report(&town.app, &owner, owner.person()).await.unwrap();
        open_meeting(&town.app, &chair).await.unwrap();
        let clerk = town.act("党政办").await;
        assert!(is_refused(&give_directive(&town.app, &clerk, wanted(&town, Source::Document, true)).await));
        let id = give_directive(&town.app, &clerk, wanted(&town, Source::Meeting, true)).await.unwrap();
        let quiet =
            GiveDirective { text: "研究干部分工".into(), ..wanted(&town, Source::Meeting, false) };
        give_directive(&town.app, &chair, quiet).await.unwrap();
        let page = meeting_page(&town.app, &chair).await.unwrap();
        assert_eq!(page.given.len(), 2);
        town.pass(95.minutes());
        let chair = town.act("书记").await;
        close_meeting(&town.app, &chair, page.meeting.unwrap().meeting_id).await.unwrap();

        let minutes = minutes_page(&town.app, &chair).await.unwrap();
        assert_eq!((minutes.given.len(), minutes.length, minutes.last.len()), (2, 95, 0));
        let public = public_minutes(&town.app, &town.place, 2).await.unwrap().unwrap();
        assert_eq!((public.fact.minutes, public.fact.heard, public.fact.chair.as_str()), (95, 1, "书记"));
        assert_eq!(public.decisions.len(), 1, "what is internal stays in the room");
        let (words, order) = &public.decisions[0];
        assert!(words.starts_with("11月底前") && order.as_ref().unwrap().directive == id);
        // What was taken away is not said again by the minutes, and goes from the desk with the order's end.
        let clerk = town.act("党政办").await;
        let redact = RedactAffair { subject: id.0, reason: RedactionReason::PersonalData };
        redact_affair(&town.app, &clerk, redact).await.unwrap();
        let public = public_minutes(&town.app, &town.place, 2).await.unwrap().unwrap();
        assert!(public.decisions.is_empty());
        assert!(directive_page(&town.app, &chair, id).await.unwrap().directive.body.contains("水表"));
        // The chair closes what the clerk wrote down for the meeting.
        let close = EndDirective { directive: id, end: End::Closed, remark: "已通水".into() };
        end_directive(&town.app, &chair, close).await.unwrap();
        assert_eq!(directive_page(&town.app, &chair, id).await.unwrap().directive.body, "");
        assert!(public_minutes(&town.app, &town.place, 1).await.unwrap().is_none());
        town.holds().await;
    }
}

#[tokio::test]
async fn nobody_but_its_people_does_anything_with_an_order_and_strangers_do_not_read_it() {
    for town in Town::each().await {
        let id = given(&town, false).await;
        for name in ["水务", "民政", "党政办", "东村", "监察"] {
            let act = town.act(name).await;
            let result = give_directive(&town.app, &act, wanted(&town, Source::Inspection, true)).await;
            assert!(is_refused(&result), "{name}");
        }
        for name in ["书记", "党政办", "民政", "西村", "监察", "镇长", "东村"] {
            let act = town.act(name).await;
            assert!(is_refused(&accept(&town, &act, id).await), "{name}");
            let more = AskExtension { directive: id, until: date(2026, 12, 1), reason: "缺货".into() };
            assert!(is_refused(&ask_extension(&town.app, &act, more).await), "{name}");
        }
        for name in ["书记", "党政办", "民政", "西村", "监察", "水务", "东村"] {
            let act = town.act(name).await;
            let more = AskExtension { directive: id, until: date(2026, 12, 1), reason: "缺货".into() };
            assert!(is_refused(&extend_directive(&town.app, &act, more).await), "{name}");
            assert!(is_refused(&decline_extension(&town.app, &act, id).await), "{name}");
            assert!(is_refused(&uphold_directive(&town.app, &act, id, "好").await), "{name}");
            for end in [End::Closed, End::Withdrawn] {
                let end = EndDirective { directive: id, end, remark: "好".into() };
                assert!(is_refused(&end_directive(&town.app, &act, end).await), "{name}");
            }
        }
        for name in ["民政", "西村"] {
            let act = town.act(name).await;
            assert!(is_refused(&directive_page(&town.app, &act, id).await), "{name}");
            let step = FinishStep { directive: id, position: 1, item: town.app.new_id() };
            assert!(is_refused(&finish_step(&town.app, &act, step).await), "{name}");
        }
        for name in ["书记", "党政办", "监察", "东村"] {
            assert!(directive_page(&town.app, &town.act(name).await, id).await.is_ok(), "{name}");
        }
        let mut tx = town.app.store.read().await.unwrap();
        let trail = audit::audit_entries(&mut tx, town.place.place_id, i64::MAX, 100).await.unwrap();
        assert_eq!(trail.iter().filter(|line| line.act.starts_with("directive.")).count(), 1);
    }
}

#[tokio::test]
async fn words_of_a_public_order_can_be_taken_away_and_the_log_still_holds() {
    for town in Town::each().await {
        let id = given(&town, true).await;
        let leader = town.act("镇长").await;
        let end = EndDirective { directive: id, end: End::Withdrawn, remark: "写进了不该写的".into() };
        end_directive(&town.app, &leader, end).await.unwrap();
        let wanted = RedactAffair { subject: id.0, reason: RedactionReason::PersonalData };
        for act in all_but_the_clerk(&town).await {
            assert!(is_refused(&redact_affair(&town.app, &act, wanted.clone()).await));
        }
        let clerk = town.act("党政办").await;
        redact_affair(&town.app, &clerk, wanted.clone()).await.unwrap();
        assert_eq!(key(redact_affair(&town.app, &clerk, wanted).await), "refusal-redacted-already");
        let public = public_directive(&town.app, &town.place, id).await.unwrap();
        assert!(public.withheld && public.fact.text.is_empty() && public.steps[0].text.is_none());
        assert_eq!(public.course.state(), State::Withdrawn, "what became of it stays");
        let kept = page(&town, "镇长", id).await;
        assert!(kept.directive.body.is_empty() && kept.events[0].fact.text.is_none());
        town.holds().await;
    }
}

#[tokio::test]
async fn an_order_for_nobody_for_yesterday_or_with_personal_data_is_refused() {
    for town in Town::each().await {
        let leader = town.act("镇长").await;
        let good = wanted(&town, Source::Document, true);
        let bad = [
            (GiveDirective { owners: vec![], ..good.clone() }, "refusal-directive-nobody"),
            (GiveDirective { owners: vec![town.person("监察")], ..good.clone() }, "refusal-directive-person"),
            (GiveDirective { due_on: date(2026, 11, 5), ..good.clone() }, "refusal-directive-past"),
            (GiveDirective { text: "".into(), ..good.clone() }, "refusal-text-empty"),
            (
                GiveDirective { text: "到王小满（13812345678）家看看".into(), ..good.clone() },
                "refusal-personal-data",
            ),
            (GiveDirective { steps: "换表\n".repeat(20), ..good.clone() }, "refusal-directive-steps"),
        ];
        for (wanted, why) in bad {
            assert_eq!(key(give_directive(&town.app, &leader, wanted).await), why);
        }
        let twice = GiveDirective { helpers: good.owners.clone(), ..good };
        let id = give_directive(&town.app, &leader, twice).await.unwrap();
        assert_eq!(page(&town, "镇长", id).await.people.len(), 1);
    }
}

#[tokio::test]
async fn an_owner_answers_for_himself_first_and_drafts_are_nobody_elses_to_read() {
    for town in Town::each().await {
        let both = vec![town.person("水务"), town.person("民政")];
        let order = GiveDirective { owners: both, ..wanted(&town, Source::Inspection, true) };
        let leader = town.act("镇长").await;
        let id = give_directive(&town.app, &leader, order).await.unwrap();
        let water = town.act("水务").await;
        let days = shiji_domain::calendar::Days { first: date(2026, 11, 1), last: date(2026, 12, 1) };
        crate::desk::name_delegate(&town.app, &water, town.person("民政"), days).await.unwrap();
        let civil = town.act("民政").await;
        accept(&town, &civil, id).await.unwrap();
        let stances = |page: &DirectivePage| page.directive.course.owners.clone();
        let page = directive_page(&town.app, &civil, id).await.unwrap();
        assert!(stances(&page).contains(&(town.person("民政"), Stance::Accepted)), "in the own name");
        assert!(stances(&page).contains(&(town.person("水务"), Stance::Silent)));
        assert_eq!(page.answers_for, Some(town.person("水务")), "then for whom the delegate speaks");
        accept(&town, &civil, id).await.unwrap();

        work(&town, "水务", "更换东湾村水表38只", id).await;
        let page = directive_page(&town.app, &leader, id).await.unwrap();
        assert!(page.items[0].is_draft && page.items[0].item.body.is_empty());
        file_report(&town.app, &water, water.person()).await.unwrap();
        let page = directive_page(&town.app, &leader, id).await.unwrap();
        assert_eq!(page.items[0].item.body, "更换东湾村水表38只");
    }
}

#[tokio::test]
async fn what_was_taken_away_of_an_overdue_order_is_internal_to_the_meeting() {
    for town in Town::each().await {
        let (kept, taken) = (given(&town, true).await, given(&town, true).await);
        let redact = RedactAffair { subject: taken.0, reason: RedactionReason::PersonalData };
        redact_affair(&town.app, &town.act("党政办").await, redact).await.unwrap();
        town.pass_days(7);
        let matters = meeting_page(&town.app, &town.act("书记").await).await.unwrap().matters;
        for (id, is_internal) in [(kept, false), (taken, true)] {
            let matter = matters.iter().find(|one| one.rest == format!("/directive/{id}")).unwrap();
            assert_eq!(matter.is_internal, is_internal);
        }
    }
}

#[tokio::test]
async fn a_form_that_was_changed_after_it_gave_an_order_gives_no_other_in_silence() {
    for town in Town::each().await {
        let leader = town.act("镇长").await;
        let sent = GiveDirective { form: town.app.new_id(), ..wanted(&town, Source::Inspection, true) };
        let id = give_directive(&town.app, &leader, sent.clone()).await.unwrap();
        assert_eq!(give_directive(&town.app, &leader, sent.clone()).await.unwrap(), id, "a second tap");
        let others = [
            GiveDirective { text: "清淤东湾支渠".into(), ..sent.clone() },
            GiveDirective { owners: vec![town.person("民政")], ..sent.clone() },
            GiveDirective { helpers: vec![], ..sent.clone() },
            GiveDirective { due_on: date(2026, 11, 13), ..sent.clone() },
            GiveDirective { steps: "核对更换名单".into(), ..sent.clone() },
            GiveDirective { is_public: false, ..sent.clone() },
        ];
        for other in others {
            let refused = give_directive(&town.app, &leader, other).await;
            assert_eq!(key(refused), "refusal-directive-form-used");
        }
        let other = GiveDirective { form: town.app.new_id(), text: "清淤东湾支渠".into(), ..sent };
        assert_ne!(give_directive(&town.app, &leader, other).await.unwrap(), id);
    }
}

#[tokio::test]
async fn an_order_is_due_on_a_day_that_there_is_and_that_people_live_to_see() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let leader = town.act("镇长").await;
        let far = date(9999, 12, 31);
        let late = GiveDirective { due_on: far, ..wanted(&town, Source::Inspection, true) };
        assert_eq!(key(give_directive(&town.app, &leader, late).await), "refusal-directive-far");
        let steps = "2月30日前报名单".to_owned();
        let none = GiveDirective { steps, ..wanted(&town, Source::Inspection, true) };
        assert_eq!(key(give_directive(&town.app, &leader, none).await), "refusal-directive-no-day");
        let directive = given(&town, true).await;
        let until = |until| AskExtension { directive, until, reason: "配件没有到货".into() };
        let owner = town.act("水务").await;
        assert_eq!(key(ask_extension(&town.app, &owner, until(far)).await), "refusal-directive-far");
        assert_eq!(key(extend_directive(&town.app, &leader, until(far)).await), "refusal-directive-far");
        assert_eq!(page(&town, "水务", directive).await.first_due, None);
        extend_directive(&town.app, &leader, until(date(2027, 12, 31))).await.unwrap();
        let page = page(&town, "水务", directive).await;
        assert_eq!((page.first_due, page.directive.course.due_on), (Some(DUE), date(2027, 12, 31)));
    }
}
