use super::*;
use crate::app::Act;
use crate::desk::{EditItem, capture_items, desk_page, edit_item, file_report};
use crate::error::AppError;
use crate::log::{RedactAffair, redact_affair};
use crate::meeting::{close_meeting, meeting_page, open_meeting};
use crate::office::refused::{all_but_the_clerk, is_refused, key};
use crate::testing::Town;
use jiff::civil::date;
use shiji_domain::agenda::MatterKind;
use shiji_domain::difficulty::{Addressee, State};
use shiji_domain::id::{DifficultyId, ItemId};
use shiji_domain::item::ItemKind;
use shiji_domain::notice::NoticeKind;
use shiji_domain::redaction::RedactionReason;
use shiji_store::{audit, notice, record, roster};

const STUCK: &str = "西湾泵站电机烧坏，没有配件，二百户夜里停水";

/// Work of 水务 with a difficulty.
async fn told(town: &Town, words: &str) -> ItemId {
    let act = town.act("水务").await;
    capture_items(&town.app, &act, act.person(), ItemKind::Work, "检修西湾泵站，拆下电机1台", None)
        .await
        .unwrap();
    let item = desk_page(&town.app, &act, act.person()).await.unwrap().work.pop().unwrap().item;
    let edit = EditItem {
        item: item.item_id,
        version: item.version,
        text: item.body.clone(),
        due_on: None,
        difficulty: Some(words.into()),
    };
    edit_item(&town.app, &act, edit).await.unwrap();
    item.item_id
}

async fn raise(town: &Town, item: ItemId, to: Addressee) -> Result<DifficultyId, AppError> {
    raise_difficulty(&town.app, &town.act("水务").await, RaiseDifficulty { item, to }).await
}

async fn raised(town: &Town) -> DifficultyId {
    let item = told(town, STUCK).await;
    raise(town, item, Addressee::Person(town.person("镇长"))).await.unwrap()
}

async fn unit(town: &Town, name: &str) -> Addressee {
    let mut tx = town.app.store.read().await.unwrap();
    let staff = roster::staff(&mut tx, town.place.place_id).await.unwrap();
    Addressee::Unit(staff.organizations.iter().find(|unit| unit.name == name).unwrap().organization_id)
}

async fn answer(town: &Town, act: &Act, difficulty: DifficultyId, text: &str) -> Result<(), AppError> {
    answer_difficulty(&town.app, act, AnswerDifficulty { difficulty, text: text.into() }).await
}

async fn solved(town: &Town, difficulty: DifficultyId, by: &str) -> Result<(), AppError> {
    let wanted =
        Solve {
            difficulty, solved_by: town.person(by), item: None, remark: "借到备用电机，当晚通水".into()
        };
    solve(&town.app, &town.act("水务").await, wanted).await
}

async fn publish_open_week(town: &Town) {
    let act = town.act("水务").await;
    file_report(&town.app, &act, act.person()).await.unwrap();
    let chair = town.act("书记").await;
    open_meeting(&town.app, &chair).await.unwrap();
    let held = meeting_page(&town.app, &chair).await.unwrap().meeting.unwrap().meeting_id;
    close_meeting(&town.app, &chair, held).await.unwrap();
}

async fn unread(town: &Town, name: &str) -> Vec<NoticeKind> {
    let mut tx = town.app.store.read().await.unwrap();
    let unread = notice::unread(&mut tx, town.place.place_id, town.person(name)).await.unwrap();
    unread.into_iter().map(|notice| notice.kind).collect()
}

#[tokio::test]
async fn the_desk_offers_the_leader_in_charge_first_and_a_difficulty_is_put_to_somebody_once() {
    for town in Town::each().await {
        let item = told(&town, STUCK).await;
        let act = town.act("水务").await;
        let desk = desk_page(&town.app, &act, act.person()).await.unwrap();
        let leaders: Vec<&str> = desk.addressees.leaders.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(leaders, ["镇长", "书记"]);
        assert!(desk.stuck[&item].raised.is_none());
        let strange = Addressee::Person(town.person("西村"));
        assert_eq!(key(raise(&town, item, strange).await), "refusal-difficulty-whom");
        let of_unit = unit(&town, "民政办").await;
        raise(&town, item, of_unit).await.unwrap();
        assert_eq!(key(raise(&town, item, of_unit).await), "refusal-difficulty-raised");
        assert_eq!(unread(&town, "民政").await, [NoticeKind::DifficultyRaised]);
        let desk = desk_page(&town.app, &act, act.person()).await.unwrap();
        assert_eq!(desk.stuck[&item].raised.as_ref().unwrap().1, "民政办");
        let lists = difficulties(&town.app, &town.act("民政").await).await.unwrap();
        assert_eq!(lists.to_answer.len(), 1);
    }
}

#[tokio::test]
async fn a_difficulty_is_answered_not_helped_answered_again_and_solved_and_all_of_it_is_public_with_the_item()
{
    for town in Town::each().await {
        town.publish_week(2).await;
        let id = raised(&town).await;
        let leader = town.act("镇长").await;
        let personal = answer(&town, &leader, id, "找王小满13812345678借").await;
        assert_eq!(key(personal), "refusal-personal-data");
        answer(&town, &leader, id, "已联系厂家发货").await.unwrap();
        assert_eq!(unread(&town, "水务").await, [NoticeKind::DifficultyAnswered]);
        let owner = town.act("水务").await;
        not_solved(&town.app, &owner, id, "货要等两周").await.unwrap();
        let mut tx = town.app.store.read().await.unwrap();
        assert!(record::records_about(&mut tx, town.place.place_id, id.0).await.unwrap().is_empty());
        drop(tx);
        publish_open_week(&town).await;
        let public = public_difficulty(&town.app, &town.place, id).await.unwrap();
        assert_eq!((public.state, public.steps.len(), public.person.as_str()), (State::Open, 2, "水务"));
        assert_eq!(public.item.as_ref().unwrap().fact.difficulty.as_deref(), Some(STUCK));

        // What happens after the board is public at once.
        answer(&town, &leader, id, "先用县水务局的备用电机").await.unwrap();
        solved(&town, id, "镇长").await.unwrap();
        let public = public_difficulty(&town.app, &town.place, id).await.unwrap();
        let steps: Vec<&str> = public.steps.iter().map(|step| step.step.as_str()).collect();
        assert_eq!(steps, ["answered", "reopened", "answered", "solved"]);
        assert_eq!(public.steps[3].solved_by.as_deref(), Some("镇长"));
        let of_item = of_item(&town.app, &town.place, 2, public.fact.item).await.unwrap().unwrap();
        assert_eq!(of_item, public);
        town.holds().await;
    }
}

#[tokio::test]
async fn what_nobody_answers_goes_up_by_itself_to_the_chair_and_heads_the_agenda() {
    for town in Town::each().await {
        let item = told(&town, STUCK).await;
        let id = raise(&town, item, unit(&town, "民政办").await).await.unwrap();
        assert_eq!(look_after(&town.app, &town.place).await.unwrap(), 0);
        // Friday the 6th, three working days: Wednesday the 11th.
        town.pass_days(5);
        assert_eq!(look_after(&town.app, &town.place).await.unwrap(), 0, "the last day is in time");
        town.pass_days(1);
        assert_eq!(look_after(&town.app, &town.place).await.unwrap(), 1);
        assert_eq!(look_after(&town.app, &town.place).await.unwrap(), 0, "it has a new term");
        let page = difficulty_page(&town.app, &town.act("水务").await, id).await.unwrap();
        assert_eq!((page.to.as_str(), page.difficulty.course.due_on), ("镇长", date(2026, 11, 17)));
        assert_eq!(page.events[0].fact.by, "", "the calendar has no name");
        assert_eq!(unread(&town, "镇长").await, [NoticeKind::DifficultyRaised]);
        let chair = town.act("书记").await;
        let matters = meeting_page(&town.app, &chair).await.unwrap().matters;
        assert_eq!((matters[0].kind, matters[0].text.as_str()), (MatterKind::StuckDifficulty, STUCK));

        let leader = town.act("镇长").await;
        let page = difficulty_page(&town.app, &leader, id).await.unwrap();
        assert_eq!(page.next_up.as_deref(), Some("书记"));
        hand_up(&town.app, &leader, id, "要县里配件").await.unwrap();
        assert_eq!(key(hand_up(&town.app, &chair, id, "").await), "refusal-difficulty-top");
        town.pass_days(20);
        assert_eq!(look_after(&town.app, &town.place).await.unwrap(), 0, "nobody is above the chair");
    }
}

#[tokio::test]
async fn who_has_met_this_before_is_shown_with_how_it_was_solved() {
    for town in Town::each().await {
        let id = raised(&town).await;
        answer(&town, &town.act("镇长").await, id, "先用县水务局的备用电机").await.unwrap();
        solved(&town, id, "镇长").await.unwrap();
        publish_open_week(&town).await;
        town.pass_days(7);
        let item = told(&town, "东湾泵站电机烧坏，找不到配件").await;
        let act = town.act("水务").await;
        let desk = desk_page(&town.app, &act, act.person()).await.unwrap();
        let before = &desk.stuck[&item].before;
        assert_eq!(before.len(), 1);
        assert_eq!((before[0].solved_by.as_str(), before[0].solved_on), ("镇长", Some(date(2026, 11, 6))));
        assert_eq!(before[0].how.as_deref(), Some("借到备用电机，当晚通水"));
        // Everybody at work reads how it was.
        assert!(difficulty_page(&town.app, &town.act("西村").await, id).await.is_ok());
        let other = told(&town, "党员活动室漏雨，没有钱修").await;
        let desk = desk_page(&town.app, &act, act.person()).await.unwrap();
        assert!(desk.stuck[&other].before.is_empty());
    }
}

#[tokio::test]
async fn nobody_answers_or_solves_for_others_and_before_the_board_strangers_read_nothing() {
    for town in Town::each().await {
        let item = told(&town, STUCK).await;
        let to = Addressee::Person(town.person("镇长"));
        for name in ["书记", "镇长", "党政办", "民政", "东村", "监察"] {
            let act = town.act(name).await;
            let result = raise_difficulty(&town.app, &act, RaiseDifficulty { item, to }).await;
            assert!(is_refused(&result), "{name}");
        }
        let id = raise(&town, item, to).await.unwrap();
        for name in ["书记", "党政办", "水务", "民政", "东村", "监察"] {
            let act = town.act(name).await;
            assert!(is_refused(&answer(&town, &act, id, "好").await), "{name}");
            assert!(is_refused(&hand_up(&town.app, &act, id, "").await), "{name}");
        }
        for name in ["书记", "党政办", "镇长", "民政", "东村", "监察"] {
            let act = town.act(name).await;
            let wanted = Solve { difficulty: id, solved_by: act.person(), item: None, remark: String::new() };
            assert!(is_refused(&solve(&town.app, &act, wanted).await), "{name}");
            assert!(is_refused(&not_solved(&town.app, &act, id, "没有").await), "{name}");
        }
        for name in ["民政", "东村"] {
            assert!(is_refused(&difficulty_page(&town.app, &town.act(name).await, id).await), "{name}");
        }
        for name in ["书记", "党政办", "监察", "镇长", "水务"] {
            assert!(difficulty_page(&town.app, &town.act(name).await, id).await.is_ok(), "{name}");
        }
        for act in all_but_the_clerk(&town).await {
            assert!(is_refused(&set_answer_days(&town.app, &act, 5).await));
        }
        let clerk = town.act("党政办").await;
        assert_eq!(key(set_answer_days(&town.app, &clerk, 0).await), "refusal-term-days");
        set_answer_days(&town.app, &clerk, 1).await.unwrap();
        let mut tx = town.app.store.read().await.unwrap();
        let trail = audit::audit_entries(&mut tx, town.place.place_id, i64::MAX, 100).await.unwrap();
        let acts: Vec<&str> =
            trail.iter().map(|line| line.act.as_str()).filter(|act| act.starts_with("difficulty.")).collect();
        assert_eq!(acts.len(), 2, "{acts:?}");
    }
}

#[tokio::test]
async fn a_difficulty_that_was_taken_out_of_the_item_is_not_published() {
    for town in Town::each().await {
        let id = raised(&town).await;
        let act = town.act("水务").await;
        let item = desk_page(&town.app, &act, act.person()).await.unwrap().work.pop().unwrap().item;
        let edit = EditItem {
            item: item.item_id,
            version: item.version,
            text: item.body.clone(),
            due_on: None,
            difficulty: None,
        };
        edit_item(&town.app, &act, edit).await.unwrap();
        publish_open_week(&town).await;
        assert!(matches!(public_difficulty(&town.app, &town.place, id).await, Err(AppError::NotFound)));
        town.holds().await;
    }
}

/// Published items of 水务 about which somebody can be asked.
async fn offered(town: &Town) -> Vec<ItemId> {
    let weeks = raisable(&town.app, &town.act("水务").await).await.unwrap();
    weeks.into_iter().flat_map(|(_, items)| items).map(|row| row.fact.item).collect()
}

async fn raise_late(town: &Town, item: ItemId, words: &str) -> Result<DifficultyId, AppError> {
    let to = Addressee::Person(town.person("镇长"));
    let wanted = RaisePublished { item, to, words: words.into() };
    raise_published(&town.app, &town.act("水务").await, wanted).await
}

#[tokio::test]
async fn help_with_a_published_item_is_asked_for_in_public_with_words_of_its_own_or_the_items() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let told = told(&town, STUCK).await;
        let act = town.act("水务").await;
        capture_items(&town.app, &act, act.person(), ItemKind::Plan, "下周清淤东湾支渠", None).await.unwrap();
        let plan = desk_page(&town.app, &act, act.person()).await.unwrap().plan.pop().unwrap().item.item_id;
        assert_eq!(key(raise_late(&town, plan, "挖机在修").await), "refusal-difficulty-unpublished");
        publish_open_week(&town).await;

        assert_eq!(key(raise_late(&town, plan, " ").await), "refusal-difficulty-words");
        let personal = raise_late(&town, plan, "等王小满13812345678回电话").await;
        assert_eq!(key(personal), "refusal-personal-data");
        for name in ["镇长", "民政", "党政办", "监察"] {
            let act = town.act(name).await;
            let to = Addressee::Person(town.person("书记"));
            let wanted = RaisePublished { item: plan, to, words: "挖机在修".into() };
            assert!(is_refused(&raise_published(&town.app, &act, wanted).await), "{name}");
            assert!(is_refused(&raise_page(&town.app, &act, plan).await), "{name}");
        }
        let id = raise_late(&town, plan, "挖机在修").await.unwrap();
        assert_eq!(unread(&town, "镇长").await, [NoticeKind::DifficultyRaised]);
        let public = public_difficulty(&town.app, &town.place, id).await.unwrap();
        assert_eq!(public.words(), Some("挖机在修"));
        assert_eq!(of_item(&town.app, &town.place, 2, plan).await.unwrap().unwrap(), public);
        assert_eq!(key(raise_late(&town, plan, "挖机在修").await), "refusal-difficulty-raised");
        answer(&town, &town.act("镇长").await, id, "借县水务局的挖机").await.unwrap();
        assert_eq!(public_difficulty(&town.app, &town.place, id).await.unwrap().steps.len(), 1);

        let of_told = raise_late(&town, told, "别的话").await.unwrap();
        let public = public_difficulty(&town.app, &town.place, of_told).await.unwrap();
        assert_eq!((public.words(), &public.fact.words), (Some(STUCK), &None));
        let offered = offered(&town).await;
        assert!(!offered.contains(&plan) && !offered.contains(&told), "somebody was asked about both");
        town.holds().await;
    }
}

#[tokio::test]
async fn own_words_of_a_difficulty_can_be_taken_away_and_after_eight_weeks_nobody_is_asked() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let item = told(&town, STUCK).await;
        let act = town.act("水务").await;
        capture_items(&town.app, &act, act.person(), ItemKind::Plan, "下周清淤东湾支渠", None).await.unwrap();
        let plan = desk_page(&town.app, &act, act.person()).await.unwrap().plan.pop().unwrap().item.item_id;
        publish_open_week(&town).await;
        let id = raise_late(&town, plan, "李四光家的地没谈拢").await.unwrap();
        let wanted = RedactAffair { subject: id.0, reason: RedactionReason::PersonalData };
        redact_affair(&town.app, &town.act("党政办").await, wanted).await.unwrap();
        let public = public_difficulty(&town.app, &town.place, id).await.unwrap();
        assert_eq!(public.words(), None);
        let page = difficulty_page(&town.app, &town.act("水务").await, id).await.unwrap();
        assert_eq!(page.difficulty.words, "");
        let offered = offered(&town).await;
        assert!(offered.contains(&item) && !offered.contains(&plan));
        town.pass_days(70);
        assert_eq!(key(raise_late(&town, item, "").await), "refusal-difficulty-old");
        assert!(raisable(&town.app, &town.act("水务").await).await.unwrap().is_empty());
        town.holds().await;
    }
}

#[tokio::test]
async fn a_difficulty_that_was_taken_out_before_the_issue_does_not_keep_from_asking_later() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let item = told(&town, STUCK).await;
        let before = raise(&town, item, Addressee::Person(town.person("镇长"))).await.unwrap();
        answer(&town, &town.act("镇长").await, before, "先用备用电机").await.unwrap();
        let act = town.act("水务").await;
        let found = desk_page(&town.app, &act, act.person()).await.unwrap().work.pop().unwrap().item;
        let edit = EditItem {
            item,
            version: found.version,
            text: found.body.clone(),
            due_on: None,
            difficulty: None,
        };
        edit_item(&town.app, &act, edit).await.unwrap();
        publish_open_week(&town).await;
        assert!(offered(&town).await.contains(&item));
        assert_eq!(raise_page(&town.app, &town.act("水务").await, item).await.unwrap().raised, None);

        let id = raise_late(&town, item, "备用电机也烧了").await.unwrap();
        let public = public_difficulty(&town.app, &town.place, id).await.unwrap();
        assert_eq!((public.words(), public.steps.len()), (Some("备用电机也烧了"), 0));
        let page = difficulty_page(&town.app, &town.act("镇长").await, before).await.unwrap();
        assert_eq!(page.difficulty.course.state, State::Open, "the old notice leads to what is asked now");
        assert_eq!(key(raise_late(&town, item, "再问").await), "refusal-difficulty-raised");
        assert!(!offered(&town).await.contains(&item));
        answer(&town, &town.act("镇长").await, id, "县里送一台来").await.unwrap();
        assert_eq!(public_difficulty(&town.app, &town.place, id).await.unwrap().steps.len(), 1);
        town.holds().await;
    }
}
