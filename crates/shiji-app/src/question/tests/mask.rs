//! What is masked after it was public, and what the asker adds when reopening.

use super::*;
use shiji_record::question::{Cause, counted};

const WORDS: &str = "新屋组的老段家门口路灯坏了";
const MORE: &str = "新屋组的〔隐去〕门口路灯坏了";

fn masking(received: &Received, revision: i64, words: &str) -> MaskQuestion {
    MaskQuestion { question: received.question, words: vec![(revision, false, words.into())] }
}

async fn public_texts(town: &Town, received: &Received) -> Vec<String> {
    let (public, ..) = one(&town.app, &town.place, received.question).await.unwrap();
    public.steps.into_iter().filter_map(|row| row.fact.text).collect()
}

/// Whether a copy of the store has the words anywhere.
async fn is_kept(town: &Town, words: &str) -> bool {
    let copy = tempfile::tempdir().unwrap();
    let file = copy.path().join("copy.sqlite");
    town.app.store.copy_to(&file).await.unwrap();
    String::from_utf8_lossy(&std::fs::read(file).unwrap()).contains(words)
}

#[tokio::test]
async fn a_mask_that_was_missed_is_put_later_and_answers_and_story_stay() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let received = ask(&town, WORDS).await;
        show(&town, received.question, WORDS).await.unwrap();
        let official = town.act("水务").await;
        answer(&town, &official, received.question, "老段家门口的灯头周五前换好。").await.unwrap();
        judge(&town.app, &town.place, &received.code, Verdict::Solved).await.unwrap();

        let clerk = town.act("党政办").await;
        let page = question_page(&town.app, &clerk, received.question).await.unwrap();
        let told: Vec<_> = page.public_words.iter().map(|one| (one.step, one.words.as_str())).collect();
        assert_eq!(told, [(Step::Shown, WORDS), (Step::Answered, "老段家门口的灯头周五前换好。")]);
        let shown = page.public_words[0].revision;
        let mask = async |act: &Act, words: &str| {
            mask_question(&town.app, act, masking(&received, shown, words)).await
        };
        assert!(is_refused(&mask(&official, MORE).await), "only the clerk");
        assert_eq!(key(mask(&clerk, WORDS).await), "refusal-mask-nothing");
        assert_eq!(key(mask(&clerk, "新屋组的路灯坏了").await), "refusal-question-words");
        mask(&clerk, MORE).await.unwrap();

        let texts = public_texts(&town, &received).await;
        assert_eq!(texts, [MORE, "〔隐去〕门口的灯头周五前换好。"], "the answer told it, too");
        let (public, ..) = one(&town.app, &town.place, received.question).await.unwrap();
        assert_eq!(progress_of(&public).verdict, Some(Verdict::Solved));
        let masks = public.steps.iter().filter(|row| row.fact.step == Step::Masked).count();
        assert_eq!(masks, 2);
        // Once more over the same words: the first masking goes, the second is read.
        mask(&clerk, "〔隐去〕门口路灯坏了").await.unwrap();
        assert_eq!(public_texts(&town, &received).await[0], "〔隐去〕门口路灯坏了");
        is_a_function_of_the_records(&town).await;
        let own = by_code(&town.app, &town.place, &received.code).await.unwrap();
        let told: Vec<String> = own.steps.into_iter().filter_map(|kept| kept.fact.text).collect();
        assert_eq!(told, ["〔隐去〕门口路灯坏了", "〔隐去〕门口的灯头周五前换好。"]);
        if town.app.store.engine() == "sqlite" {
            assert!(!is_kept(&town, "老段家门口的灯头").await, "the answer as it was is nowhere");
        }
    }
}

#[tokio::test]
async fn everything_that_was_masked_later_can_still_be_taken_away() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let received = ask(&town, WORDS).await;
        show(&town, received.question, WORDS).await.unwrap();
        let clerk = town.act("党政办").await;
        let page = question_page(&town.app, &clerk, received.question).await.unwrap();
        mask_question(&town.app, &clerk, masking(&received, page.public_words[0].revision, MORE))
            .await
            .unwrap();
        let all = RedactQuestion { question: received.question, reason: RedactionReason::PersonalData };
        redact_question(&town.app, &clerk, all).await.unwrap();
        assert_eq!(public_texts(&town, &received).await, [""; 0]);
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn what_the_asker_adds_when_reopening_is_looked_at_and_then_public() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let received = ask(&town, "新屋组的路灯坏了").await;
        show(&town, received.question, "新屋组的路灯坏了").await.unwrap();
        let official = town.act("水务").await;
        answer(&town, &official, received.question, "周五前换好。").await.unwrap();
        reopen(&town.app, &town.place, &received.code, "老段家门口那盏还没有亮").await.unwrap();
        answer(&town, &official, received.question, "老段家门口那盏也换好了。").await.unwrap();
        assert!(public_texts(&town, &received).await.iter().all(|text| !text.contains("那盏还没有亮")));

        let clerk = town.act("党政办").await;
        let page = question_page(&town.app, &clerk, received.question).await.unwrap();
        assert_eq!((page.may_screen, page.reopening.as_deref()), (true, Some("老段家门口那盏还没有亮")));
        show(&town, received.question, "〔隐去〕门口那盏还没有亮").await.unwrap();
        let texts = public_texts(&town, &received).await;
        let told =
            ["新屋组的路灯坏了", "周五前换好。", "〔隐去〕门口那盏也换好了。", "〔隐去〕门口那盏还没有亮"];
        assert_eq!(texts, told);
        assert_eq!(key(show(&town, received.question, "x").await), "refusal-question-screened");
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn what_the_asker_adds_can_stay_private_and_the_question_stays_public() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let received = ask(&town, "新屋组的路灯坏了").await;
        show(&town, received.question, "新屋组的路灯坏了").await.unwrap();
        answer(&town, &town.act("水务").await, received.question, "周五前换好。").await.unwrap();
        reopen(&town.app, &town.place, &received.code, "你们这些骗子").await.unwrap();
        let withhold = Screening::Withhold(WithholdReason::Abuse);
        screen_question(&town.app, &town.act("党政办").await, received.question, withhold).await.unwrap();
        let (public, ..) = one(&town.app, &town.place, received.question).await.unwrap();
        let progress = progress_of(&public);
        assert_eq!((progress.withheld, progress.is_open()), (None, true), "it still waits for its answer");
        assert_eq!(public_texts(&town, &received).await, ["新屋组的路灯坏了", "周五前换好。"]);
        assert_eq!(figures(&town.app, &town.place).await.unwrap().withheld, []);
    }
}

#[tokio::test]
async fn every_term_is_told_with_how_it_was_counted() {
    for town in Town::each().await {
        town.publish_week(1).await;
        let received = ask(&town, "水表什么时候换？").await;
        let official = town.act("水务").await;
        let wanted = ExtendQuestion { question: received.question, reason: "要等配件".into() };
        extend_question(&town.app, &official, wanted).await.unwrap();
        answer(&town, &official, received.question, "下周换。").await.unwrap();
        reopen(&town.app, &town.place, &received.code, "还没有换").await.unwrap();
        let (public, ..) = one(&town.app, &town.place, received.question).await.unwrap();
        let told = counted(&public.fact, public.steps.iter().map(|row| &row.fact));
        let causes: Vec<_> = told.iter().map(|one| one.cause).collect();
        assert_eq!(causes, [Cause::Received, Cause::Extended, Cause::Reopened]);
        for one in &told {
            assert_eq!(one.term.as_ref().map(|term| term.until), Some(one.due_on));
        }
        let own = by_code(&town.app, &town.place, &received.code).await.unwrap();
        assert_eq!(own.counted, told, "the asker reads the same");
    }
}

#[tokio::test]
async fn an_answered_question_goes_into_a_week_that_is_handed_in() {
    for town in Town::each().await {
        town.publish_week(1).await;
        let received = ask(&town, "水表什么时候换？").await;
        let official = town.act("水务").await;
        answer(&town, &official, received.question, "下周换。").await.unwrap();
        let (owner, kind) = (town.person("水务"), shiji_domain::item::ItemKind::Work);
        let words = "本周工作\n1、更换水表38只\n下周计划\n1、检修泵站2处";
        crate::desk::capture_items(&town.app, &official, owner, kind, words, None).await.unwrap();
        crate::desk::file_report(&town.app, &official, owner).await.unwrap();
        take_up(&town.app, &official, received.question, "更换东湾村水表12只").await.unwrap();
        let desk = crate::desk::desk_page(&town.app, &official, owner).await.unwrap();
        assert!(desk.plan.iter().any(|item| item.item.body.contains("12只")), "it stands in the plan");
        assert_eq!(desk.state, Some(shiji_domain::report::ReportState::Filed));
        let again = take_up(&town.app, &official, received.question, "更换东湾村水表12只").await;
        assert_eq!(key(again), "refusal-question-taken-up");
    }
}
