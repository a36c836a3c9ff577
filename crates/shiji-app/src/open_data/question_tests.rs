//! Questions as programs read them, on each engine.

use super::tests::dump_of;
use super::*;
use crate::log::{RedactQuestion, redact_question};
use crate::question::{
    AnswerQuestion, HandOver, NewQuestion, Received, Screening, answer_question, ask_question, by_code,
    hand_over, judge, reopen, screen_question,
};
use crate::testing::Town;
use shiji_domain::id::QuestionId;
use shiji_domain::question::{QuestionKind, Verdict, WithholdReason};
use shiji_domain::redaction::RedactionReason;
use shiji_record::question::words_commitment;

const EVERY: QuestionFilter = QuestionFilter { person: None, kind: None };
const PRIVATE: &str = "我家男人常年卧床，能不能办护理补贴";

async fn ask(town: &Town, person: &str, words: &str, is_public: bool) -> Received {
    let wanted = NewQuestion {
        kind: QuestionKind::Question,
        words: words.into(),
        contact: "0800-8123456".into(),
        is_public,
        person: Some(town.person(person)),
        item: None,
        project: None,
        language: "zh".into(),
        form: String::new(),
    };
    ask_question(&town.app, &town.place, wanted).await.unwrap()
}

async fn answer(town: &Town, name: &str, question: QuestionId, text: &str) {
    let wanted = AnswerQuestion { question, text: text.into() };
    answer_question(&town.app, &town.act(name).await, wanted).await.unwrap();
}

async fn screen(town: &Town, question: QuestionId, screening: Screening) {
    screen_question(&town.app, &town.act("党政办").await, question, screening).await.unwrap();
}

async fn read(town: &Town, question: QuestionId) -> document::Question {
    super::question(&town.app, &town.place, QuestionName::Id(question)).await.unwrap()
}

async fn all(town: &Town, filter: QuestionFilter, limit: usize) -> Vec<document::Question> {
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = questions(&town.app, &town.place, filter, after, limit).await.unwrap();
        assert!(page.data.len() <= limit);
        found.extend(page.data);
        match page.next {
            None => return found,
            Some(next) => after = Some(QuestionPosition::from_text(&next).unwrap()),
        }
    }
}

/// The words of a private question, of one that nobody has looked at, and of one that was withheld are nowhere.
fn without_words(question: &document::Question) {
    assert_eq!((&question.words, &question.words_salt), (&None, &None), "{question:?}");
    assert!(question.answers.iter().all(|answer| answer.text.is_none()), "{question:?}");
    assert!(question.steps.iter().all(|step| step.reason.is_none()), "{question:?}");
}

#[tokio::test]
async fn every_question_comes_once_and_tells_its_whole_story() {
    for town in Town::each().await {
        town.publish_week(1).await;
        let words = "水表什么时候换？";
        let asked = ask(&town, "水务", words, true).await;
        let (id, code) = (asked.question, asked.code.as_str());
        answer(&town, "水务", id, "下周换。").await;
        without_words(&read(&town, id).await);
        town.pass_days(3);
        screen(&town, id, Screening::Show(words.into())).await;
        judge(&town.app, &town.place, code, Verdict::NotSolved).await.unwrap();
        reopen(&town.app, &town.place, code, "还没有换").await.unwrap();
        let reopened = read(&town, id).await;
        assert_eq!((reopened.state.as_str(), reopened.answered_on, &reopened.verdict), ("open", None, &None));
        let over =
            HandOver { question: id, to: town.person("民政"), reason: "由包村干部答复".into() };
        hand_over(&town.app, &town.act("水务").await, over).await.unwrap();
        answer(&town, "民政", id, "今天上午换好了。").await;

        let found = read(&town, id).await;
        assert_eq!(words_commitment(found.words_salt.as_ref().unwrap(), words), found.words_commitment);
        assert_eq!((found.person, found.person_name.as_deref()), (Some(town.person("水务").0), Some("水务")));
        let texts: Vec<_> = found.answers.iter().map(|answer| answer.text.as_deref().unwrap()).collect();
        assert_eq!(texts, ["下周换。", "今天上午换好了。"]);
        assert_eq!(found.answers[0].on, found.received_on, "the day of the answer, not of its showing");
        let steps: Vec<_> = found.steps.iter().map(|step| step.step.as_str()).collect();
        assert_eq!(steps, ["answered", "shown", "answer_shown", "judged", "reopened", "moved", "answered"]);
        assert_eq!(found.steps[3].verdict.as_deref(), Some("not_solved"));
        assert_eq!(found.steps[4].due_on, Some(found.due_on));
        assert!(found.due_on > found.first_due_on && found.steps[4].reason.is_none());
        assert_eq!(found.steps[5].person, Some(town.person("民政").0));
        assert_eq!(found.steps[5].reason.as_deref(), Some("由包村干部答复"));
        assert_eq!((found.state.as_str(), found.answered_late), ("answered", false));
        let by_number = super::question(&town.app, &town.place, QuestionName::Number(found.number)).await;
        assert_eq!(by_number.unwrap(), found);
        let none = super::question(&town.app, &town.place, QuestionName::Number(99)).await;
        assert!(matches!(none, Err(crate::error::AppError::NotFound)));

        let person = Some(town.person("民政"));
        assert_eq!(all(&town, QuestionFilter { person, ..EVERY }, 5).await, [], "it was not put to them");
        for number in 2..=4 {
            let asked = ask(&town, "民政", &format!("第{number}个问题是什么？"), true).await;
            screen(&town, asked.question, Screening::Withhold(WithholdReason::Senseless)).await;
        }
        let whole = all(&town, EVERY, 100).await;
        assert_eq!(whole.iter().map(|one| one.number).collect::<Vec<_>>(), [4, 3, 2, 1]);
        assert_eq!(whole[3], found);
        for limit in [1, 3] {
            assert_eq!(all(&town, EVERY, limit).await, whole);
        }
        assert_eq!(all(&town, QuestionFilter { person, ..EVERY }, 2).await, whole[..3]);
        let kind = Some(QuestionKind::Thanks);
        assert_eq!(all(&town, QuestionFilter { kind, ..EVERY }, 2).await, []);
    }
}

#[tokio::test]
async fn private_and_withheld_words_are_in_no_list_and_no_dump() {
    for town in Town::each().await {
        town.publish_week(1).await;
        let private = ask(&town, "水务", PRIVATE, false).await.question;
        answer(&town, "水务", private, "护理补贴已经报上去了。").await;
        let unseen = ask(&town, "水务", "王家沟的桥还没修好", true).await.question;
        let withheld = ask(&town, "水务", "老李家欠钱不还", true).await.question;
        screen(&town, withheld, Screening::Withhold(WithholdReason::Personal)).await;
        answer(&town, "水务", withheld, "这件事请打电话。").await;
        let found = all(&town, EVERY, 100).await;
        assert_eq!(found.len(), 3, "none is left out");
        found.iter().for_each(without_words);
        assert_eq!(read(&town, private).await.state, "answered");
        assert!(!read(&town, private).await.is_public);
        assert_eq!(read(&town, unseen).await.state, "open");
        assert_eq!(read(&town, withheld).await.withheld_reason.as_deref(), Some("personal"));
        let (files, _) = dump_of(&town, 2026).await;
        assert_eq!(files["questions.jsonl"].lines().count(), 3);
        assert_eq!(
            files["question_answers.csv"].lines().count(),
            3,
            "the head, and two answers without words"
        );
        for (name, text) in &files {
            for words in ["卧床", "护理补贴", "王家沟", "老李", "打电话", "8123456"] {
                assert!(!text.contains(words), "{words} in {name}");
            }
        }
    }
}

#[tokio::test]
async fn words_of_a_question_that_are_taken_away_are_gone_from_lists_and_dumps() {
    for town in Town::each().await {
        town.publish_week(1).await;
        let words = "刘家庄的井水浑了，谁来看看？";
        let asked = ask(&town, "水务", words, true).await;
        screen(&town, asked.question, Screening::Show(words.into())).await;
        answer(&town, "水务", asked.question, "井水昨天化验过了。").await;
        judge(&town.app, &town.place, &asked.code, Verdict::Solved).await.unwrap();
        let before = read(&town, asked.question).await;
        let (files, _) = dump_of(&town, 2026).await;
        for name in ["questions.jsonl", "questions.csv"] {
            assert!(files[name].contains("井水浑了"), "{name}");
        }
        assert!(files["question_answers.csv"].contains("化验"));
        assert!(files["question_steps.csv"].contains(",judged,,solved,"));
        let wanted = RedactQuestion { question: asked.question, reason: RedactionReason::PersonalData };
        redact_question(&town.app, &town.act("党政办").await, wanted).await.unwrap();

        let after = read(&town, asked.question).await;
        without_words(&after);
        assert_eq!(after.steps[0].withheld, ["text", "words_salt"]);
        assert_eq!(after.steps[1].withheld, ["text"]);
        let what_stays = |question: &document::Question| {
            let answer = &question.answers[0];
            (question.verdict.clone(), answer.on, answer.by.clone(), question.commitment.clone())
        };
        assert_eq!(what_stays(&after), what_stays(&before));
        assert_eq!(all(&town, EVERY, 10).await, [after]);
        let listed = redactions(&town.app, &town.place, None, None, 10).await.unwrap();
        assert!(listed.data.iter().all(|one| one.subject == asked.question.0) && listed.data.len() == 2);
        let (files, _) = dump_of(&town, 2026).await;
        for (name, text) in &files {
            assert!(!text.contains("井水"), "{name}");
        }
        assert!(by_code(&town.app, &town.place, &asked.code).await.is_ok(), "the asker still opens it");
    }
}
