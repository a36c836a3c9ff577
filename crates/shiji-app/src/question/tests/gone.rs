//! Words and contacts that go.

use super::*;

#[tokio::test]
async fn words_of_a_question_taken_away_are_nowhere_and_its_story_stands() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let received = ask(&town, "三组李四光家门口的路灯什么时候修？").await;
        show(&town, received.question, "三组李四光家门口的路灯什么时候修？").await.unwrap();
        let clerk = town.act("党政办").await;
        let wanted = RedactQuestion { question: received.question, reason: RedactionReason::PersonalData };
        redact_question(&town.app, &clerk, wanted.clone()).await.unwrap();
        let (public, ..) = one(&town.app, &town.place, received.question).await.unwrap();
        assert!(public.steps.iter().all(|step| step.fact.text.is_none()), "what is public goes at once");
        let official = town.act("水务").await;
        let page = question_page(&town.app, &official, received.question).await.unwrap();
        assert!(page.question.words.contains("路灯"), "whoever answers it still has to read it");
        answer(&town, &official, received.question, "李四光家门口的路灯已修好。").await.unwrap();
        judge(&town.app, &town.place, &received.code, Verdict::Solved).await.unwrap();
        assert!(is_refused(&redact_question(&town.app, &official, wanted.clone()).await), "only the clerk");
        redact_question(&town.app, &clerk, wanted.clone()).await.unwrap();
        let again = redact_question(&town.app, &clerk, wanted).await;
        assert_eq!(key(again), "refusal-redacted-already");

        let (public, ..) = one(&town.app, &town.place, received.question).await.unwrap();
        assert!(public.steps.iter().all(|step| step.fact.text.is_none()));
        assert_eq!(progress_of(&public).verdict, Some(Verdict::Solved));
        is_a_function_of_the_records(&town).await;
        if town.app.store.engine() == "sqlite" {
            let copy = tempfile::tempdir().unwrap();
            let file = copy.path().join("copy.sqlite");
            town.app.store.copy_to(&file).await.unwrap();
            assert!(!String::from_utf8_lossy(&std::fs::read(file).unwrap()).contains("李四光"));
        }
    }
}

#[tokio::test]
async fn words_that_nobody_else_reads_are_deleted_by_asker_or_clerk_once_nobody_needs_them() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let private = |words: &str| NewQuestion { is_public: false, ..wanted(&town, Some("水务"), words) };
        let mine = ask_question(&town.app, &town.place, private("我家的水费单子不对")).await.unwrap();
        let other = ask_question(&town.app, &town.place, private("邻居家漏水")).await.unwrap();
        let clerk = town.act("党政办").await;
        assert_eq!(key(forget_own(&town.app, &town.place, &mine.code).await), "refusal-forget-open");
        let official = town.act("水务").await;
        for received in [&mine, &other] {
            answer(&town, &official, received.question, "已经更正。").await.unwrap();
        }
        assert!(is_refused(&forget_question(&town.app, &official, other.question).await), "only the clerk");
        forget_own(&town.app, &town.place, &mine.code).await.unwrap();
        forget_question(&town.app, &clerk, other.question).await.unwrap();
        for received in [&mine, &other] {
            let own = by_code(&town.app, &town.place, &received.code).await.unwrap();
            assert_eq!((own.question.words.as_str(), own.contact), ("", None));
            assert!(own.steps.iter().all(|step| step.fact.text.is_none()));
        }
        assert_eq!(key(forget_question(&town.app, &clerk, other.question).await), "refusal-redacted-already");
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn redacted_words_of_an_open_question_go_with_its_answer() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let received = ask(&town, "老李家的水管坏了").await;
        show(&town, received.question, "老李家的水管坏了").await.unwrap();
        let clerk = town.act("党政办").await;
        let wanted = RedactQuestion { question: received.question, reason: RedactionReason::PersonalData };
        redact_question(&town.app, &clerk, wanted).await.unwrap();
        let official = town.act("水务").await;
        let page = question_page(&town.app, &official, received.question).await.unwrap();
        assert_eq!((page.question.words.as_str(), page.question.words_go), ("老李家的水管坏了", true));
        answer(&town, &official, received.question, "明天去修。").await.unwrap();
        let page = question_page(&town.app, &official, received.question).await.unwrap();
        assert_eq!(page.question.words, "");
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn a_contact_is_sealed_seen_by_whoever_answers_and_forgotten_in_time() {
    for town in Town::each().await {
        let received = ask(&town, "水费多少钱").await;
        let mut tx = town.app.store.read().await.unwrap();
        let kept = shiji_store::question::question(&mut tx, town.place.place_id, received.question);
        let kept = kept.await.unwrap().unwrap();
        drop(tx);
        assert!(!kept.contact.unwrap().contains("8123456"));
        let official = town.act("水务").await;
        let page = question_page(&town.app, &official, received.question).await.unwrap();
        assert_eq!(page.contact.as_deref(), Some("0800-8123456"));
        answer(&town, &official, received.question, "每吨3元2角。").await.unwrap();
        town.pass_days(59);
        assert_eq!(look_after(&town.app, &town.place).await.unwrap().1, 0);
        town.pass_days(2);
        assert_eq!(look_after(&town.app, &town.place).await.unwrap().1, 1);
        assert_eq!(by_code(&town.app, &town.place, &received.code).await.unwrap().contact, None);
    }
}
