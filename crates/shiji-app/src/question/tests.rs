mod gone;
mod mask;

use super::*;
use crate::app::Act;
use crate::error::AppError;
use crate::log::{RedactQuestion, redact_question};
use crate::office::refused::{is_refused, key};
use crate::publish::rebuild;
use crate::testing::Town;
use shiji_domain::id::QuestionId;
use shiji_domain::question::{QuestionKind, State, Step, Verdict, WithholdReason};
use shiji_domain::redaction::RedactionReason;
use shiji_record::fact::Kind;
use shiji_record::question::words_commitment;
use shiji_store::record;

fn wanted(town: &Town, person: Option<&str>, words: &str) -> NewQuestion {
    NewQuestion {
        kind: QuestionKind::Question,
        words: words.into(),
        contact: "0800-8123456".into(),
        is_public: true,
        person: person.map(|name| town.person(name)),
        item: None,
        project: None,
        language: "zh".into(),
        form: String::new(),
    }
}

async fn ask(town: &Town, words: &str) -> Received {
    ask_question(&town.app, &town.place, wanted(town, Some("水务"), words)).await.unwrap()
}

async fn answer(town: &Town, act: &Act, question: QuestionId, text: &str) -> Result<(), AppError> {
    answer_question(&town.app, act, AnswerQuestion { question, text: text.into() }).await
}

async fn show(town: &Town, question: QuestionId, words: &str) -> Result<(), AppError> {
    let clerk = town.act("党政办").await;
    screen_question(&town.app, &clerk, question, Screening::Show(words.into())).await
}

/// The public side is the records, and nothing else.
async fn is_a_function_of_the_records(town: &Town) {
    assert!(rebuild(&town.app, &town.place).await.unwrap().differed.is_empty());
}

/// 镇长 names 水务 as delegate for a fortnight from today.
async fn delegate(town: &Town) {
    let leader = town.act("镇长").await;
    let first = leader.day().unwrap();
    let days = shiji_domain::calendar::Days { first, last: first.saturating_add(jiff::ToSpan::days(14)) };
    crate::desk::name_delegate(&town.app, &leader, town.person("水务"), days).await.unwrap();
}

#[tokio::test]
async fn nobody_decides_whether_a_question_to_themselves_is_shown_not_even_by_handing_it_over() {
    for town in Town::each().await {
        town.publish_week(1).await;
        let to_clerk =
            ask_question(&town.app, &town.place, wanted(&town, Some("党政办"), "办公室几点上班？"));
        let to_clerk = to_clerk.await.unwrap();
        let withhold = || Screening::Withhold(WithholdReason::Abuse);
        let clerk = town.act("党政办").await;
        assert!(is_refused(&screen_question(&town.app, &clerk, to_clerk.question, withhold()).await));
        let chair = town.act("书记").await;
        let shown = Screening::Show("办公室几点上班？".into());
        screen_question(&town.app, &chair, to_clerk.question, shown).await.unwrap();

        delegate(&town).await;
        let received = ask(&town, "水管坏了谁来修？").await;
        let official = town.act("水务").await;
        let over = HandOver {
            question: received.question,
            to: town.person("镇长"),
            reason: "由分管领导答复".into(),
        };
        hand_over(&town.app, &official, over).await.unwrap();
        assert!(is_refused(&screen_question(&town.app, &official, received.question, withhold()).await));
    }
}

#[tokio::test]
async fn private_words_stay_with_the_official_and_the_office_and_out_of_the_plan() {
    for town in Town::each().await {
        town.publish_week(1).await;
        let words = "我家在东湾村三组十二号，男人常年卧床，能不能办护理补贴";
        let private = NewQuestion { is_public: false, ..wanted(&town, Some("水务"), words) };
        let received = ask_question(&town.app, &town.place, private).await.unwrap();
        for outsider in ["书记", "监察"] {
            let act = town.act(outsider).await;
            assert!(is_refused(&question_page(&town.app, &act, received.question).await), "{outsider}");
            let (open, _) = office_questions(&town.app, &act).await.unwrap();
            assert!(open.iter().all(|line| !line.question.words.contains("卧床")), "{outsider}");
        }
        assert!(question_page(&town.app, &town.act("党政办").await, received.question).await.is_ok());
        let official = town.act("水务").await;
        let copied = take_up(&town.app, &official, received.question, words).await;
        assert_eq!(key(copied), "refusal-take-up-private");
        take_up(&town.app, &official, received.question, "核实一户护理补贴申请").await.unwrap();
    }
}

#[tokio::test]
async fn the_answer_to_a_question_that_was_asked_again_is_judged_anew() {
    for town in Town::each().await {
        let received = ask(&town, "水表什么时候换？").await;
        let official = town.act("水务").await;
        answer(&town, &official, received.question, "下周换。").await.unwrap();
        judge(&town.app, &town.place, &received.code, Verdict::NotSolved).await.unwrap();
        reopen(&town.app, &town.place, &received.code, "还没有换").await.unwrap();
        answer(&town, &official, received.question, "今天上午换好了。").await.unwrap();
        judge(&town.app, &town.place, &received.code, Verdict::Solved).await.unwrap();
        let own = by_code(&town.app, &town.place, &received.code).await.unwrap();
        assert_eq!(own.question.progress.verdict, Some(Verdict::Solved));
    }
}

#[tokio::test]
async fn the_clerk_hears_of_a_question_to_nobody_in_particular() {
    for town in Town::each().await {
        ask_question(&town.app, &town.place, wanted(&town, None, "路灯坏了找谁？")).await.unwrap();
        let mut tx = town.app.store.read().await.unwrap();
        let told = shiji_store::notice::unread(&mut tx, town.place.place_id, town.person("党政办")).await;
        assert_eq!(told.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn what_was_masked_in_a_question_does_not_become_public_with_its_answer() {
    for town in Town::each().await {
        town.publish_week(1).await;
        let words = "我叫李秀兰，新屋组的路灯坏了";
        let received = ask(&town, words).await;
        show(&town, received.question, "我叫〔隐去〕，新屋组的路灯坏了").await.unwrap();
        let official = town.act("水务").await;
        let told = answer(&town, &official, received.question, "李秀兰您好，灯头明天换。").await;
        assert_eq!(key(told), "refusal-answer-masked");
        let to = HandOver {
            question: received.question,
            to: town.person("民政"),
            reason: "李秀兰问的是路灯".into(),
        };
        assert_eq!(key(hand_over(&town.app, &official, to.clone()).await), "refusal-answer-masked");
        let to = HandOver { reason: "路灯归民政所在的片区".into(), ..to };
        hand_over(&town.app, &official, to).await.unwrap();
        let next = town.act("民政").await;
        answer(&town, &next, received.question, "灯头明天换。").await.unwrap();
        let of = |name: &str| Some(town.person(name));
        let theirs = latest_answers(&town.app, &town.place, of("民政"), 5).await.unwrap();
        assert_eq!(theirs.len(), 1, "whoever answered it has it on the own page");
        assert!(latest_answers(&town.app, &town.place, of("水务"), 5).await.unwrap().is_empty());

        // An answer from before the words were looked at.
        let received = ask(&town, words).await;
        let early = "李秀兰您好，灯头明天换。";
        answer(&town, &official, received.question, early).await.unwrap();
        show(&town, received.question, "我叫〔隐去〕，新屋组的路灯坏了").await.unwrap();
        let (public, ..) = one(&town.app, &town.place, received.question).await.unwrap();
        let texts: Vec<&str> = public.steps.iter().filter_map(|step| step.fact.text.as_deref()).collect();
        assert!(texts.iter().all(|text| !text.contains("李秀兰")), "{texts:?}");

        let thanks =
            NewQuestion { kind: QuestionKind::Thanks, ..wanted(&town, Some("水务"), "水通了，谢谢") };
        ask_question(&town.app, &town.place, thanks).await.unwrap();
        let figures = figures(&town.app, &town.place).await.unwrap();
        let parts = [figures.answered, figures.waiting, figures.overdue, figures.thanks, figures.closed];
        assert_eq!((figures.received, parts), (3, [2, 0, 0, 1, 0]));
    }
}

#[tokio::test]
async fn a_question_is_asked_shown_answered_and_judged_and_everybody_can_read_it() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let words = "自来水每天晚上停，什么时候能修好？";
        let received = ask(&town, words).await;
        assert_eq!((received.number, received.code.len()), (1, 12));
        let typed = format!("{}-{}", &received.code[..6].to_lowercase(), &received.code[6..]);
        let own = by_code(&town.app, &town.place, &typed).await.unwrap();
        assert_eq!((own.state, own.contact.as_deref()), (State::Waiting, Some("0800-8123456")));
        let (public, ..) = one(&town.app, &town.place, received.question).await.unwrap();
        assert!(public.steps.is_empty(), "nobody has looked at the words yet");
        assert_eq!(public.fact.words_commitment, words_commitment(&own.question.words_salt, words));

        show(&town, received.question, words).await.unwrap();
        let official = town.act("水务").await;
        answer(&town, &official, received.question, "周五前换好水泵，晚上恢复供水。").await.unwrap();
        judge(&town.app, &town.place, &received.code, Verdict::Partly).await.unwrap();
        let (public, ..) = one(&town.app, &town.place, received.question).await.unwrap();
        let steps: Vec<Step> = public.steps.iter().map(|step| step.fact.step).collect();
        assert_eq!(steps, [Step::Shown, Step::Answered, Step::Judged]);
        assert_eq!(public.steps[0].fact.text.as_deref(), Some(words));
        assert_eq!(public.steps[1].fact.by.as_deref(), Some("水务"));
        let shown = public.steps[0].fact.words_salt.as_deref().unwrap();
        assert_eq!(words_commitment(shown, words), public.fact.words_commitment);
        let figures = figures(&town.app, &town.place).await.unwrap();
        assert_eq!((figures.received, figures.answered, figures.waiting, figures.overdue), (1, 1, 0, 0));
        assert_eq!(latest_answers(&town.app, &town.place, None, 5).await.unwrap().len(), 1);
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn private_words_and_answers_reach_neither_record_nor_page() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let private =
            NewQuestion { is_public: false, ..wanted(&town, Some("水务"), "我家的水费单子不对") };
        let received = ask_question(&town.app, &town.place, private).await.unwrap();
        assert_eq!(
            key(show(&town, received.question, "我家的水费单子不对").await),
            "refusal-question-screened"
        );
        let official = town.act("水务").await;
        answer(&town, &official, received.question, "已经更正，多收的18元退给您。").await.unwrap();
        reopen(&town.app, &town.place, &received.code, "钱还没到").await.unwrap();
        answer(&town, &official, received.question, "今天到账。").await.unwrap();
        let mut tx = town.app.store.read().await.unwrap();
        let records = record::records_about(&mut tx, town.place.place_id, received.question.0).await.unwrap();
        assert_eq!(records.len(), 4);
        for record in &records {
            let whole = format!("{record:?}");
            for words in ["水费", "更正", "到账", "还没到", "8123456"] {
                assert!(!whole.contains(words), "{words} in {whole}");
            }
        }
        drop(tx);
        let own = by_code(&town.app, &town.place, &received.code).await.unwrap();
        assert_eq!(own.steps[2].fact.text.as_deref(), Some("今天到账。"));
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn an_answer_given_before_the_words_were_looked_at_becomes_public_with_them() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let received = ask(&town, "我叫王芳，手机13912345678，想装水表").await;
        let official = town.act("水务").await;
        answer(&town, &official, received.question, "带身份证到水务所就能办。").await.unwrap();
        let (public, ..) = one(&town.app, &town.place, received.question).await.unwrap();
        assert_eq!(public.steps[0].fact.text, None);
        let proposal = proposal("我叫王芳，手机13912345678，想装水表");
        assert!(!proposal.contains("13912345678"), "{proposal}");
        let refusal = key(show(&town, received.question, "我叫王芳，手机13912345678，想装水表").await);
        assert_eq!(refusal, "refusal-personal-data");
        assert_eq!(key(show(&town, received.question, "水务所真好").await), "refusal-question-words");
        show(&town, received.question, "我叫〔隐去〕，手机〔隐去〕，想装水表").await.unwrap();
        let (public, ..) = one(&town.app, &town.place, received.question).await.unwrap();
        let last = &public.steps[2].fact;
        assert_eq!((last.step, last.text.as_deref()), (Step::AnswerShown, Some("带身份证到水务所就能办。")));
        assert_eq!(public.steps[1].fact.words_salt, None, "masked words are not the whole words");
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn what_is_masked_in_doubt_may_be_uncovered_and_a_mailbox_may_not() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let words = "我是湾口村的张伟国，家住湾口村二组，路灯坏了，回信到zhangwg68@163.com";
        let masked = "我是湾口村的〔隐去〕，家住湾口村〔隐去〕，路灯坏了，回信到〔隐去〕";
        assert_eq!(proposal(words), masked);
        let received = ask(&town, words).await;
        assert_eq!(key(show(&town, received.question, words).await), "refusal-personal-data");
        show(&town, received.question, &masked.replace("湾口村〔隐去〕，路", "湾口村二组，路"))
            .await
            .unwrap();

        let received = ask(&town, words).await;
        show(&town, received.question, masked).await.unwrap();
        let official = town.act("水务").await;
        let named = answer(&town, &official, received.question, "张伟国您好，灯已换。").await;
        assert_eq!(key(named), "refusal-answer-masked");
        answer(&town, &official, received.question, "二组的路灯12号换好。").await.unwrap();
    }
}

#[tokio::test]
async fn the_clock_counts_working_days_runs_on_when_handed_over_and_is_extended_once() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let received = ask(&town, "低保怎么申请").await;
        assert_eq!(received.term.days, 5);
        let official = town.act("水务").await;
        let to =
            HandOver {
                question: received.question, to: town.person("民政"), reason: "属于民政办".into()
            };
        hand_over(&town.app, &official, to.clone()).await.unwrap();
        assert!(is_refused(&answer(&town, &official, received.question, "不归我管").await));
        let welfare = town.act("民政").await;
        let page = question_page(&town.app, &welfare, received.question).await.unwrap();
        assert_eq!(page.question.progress.due_on, received.term.until, "the clock runs on");
        let more = ExtendQuestion { question: received.question, reason: "要入户核查".into() };
        extend_question(&town.app, &welfare, more.clone()).await.unwrap();
        assert_eq!(key(extend_question(&town.app, &welfare, more).await), "refusal-question-extended");
        town.pass_days(20);
        let figures = figures(&town.app, &town.place).await.unwrap();
        assert_eq!((figures.waiting, figures.overdue), (0, 1));
        assert_eq!(look_after(&town.app, &town.place).await.unwrap().0, 1);
        assert_eq!(look_after(&town.app, &town.place).await.unwrap().0, 0, "told once");
        let welfare = town.act("民政").await;
        answer(&town, &welfare, received.question, "带户口本来民政办填表。").await.unwrap();
        let own = by_code(&town.app, &town.place, &received.code).await.unwrap();
        assert!(own.question.progress.answered_late);
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn nobody_answers_screens_or_hands_over_what_is_not_theirs() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let received = ask(&town, "水表怎么换").await;
        let id = received.question;
        for name in ["镇长", "民政", "东村", "监察"] {
            let act = town.act(name).await;
            assert!(is_refused(&answer(&town, &act, id, "好").await), "{name}");
            let screening = Screening::Withhold(WithholdReason::Abuse);
            assert!(is_refused(&screen_question(&town.app, &act, id, screening).await), "{name}");
            let to = HandOver { question: id, to: town.person("西村"), reason: "不归我".into() };
            assert!(is_refused(&hand_over(&town.app, &act, to).await), "{name}");
            assert!(is_refused(&take_up(&town.app, &act, id, "换水表").await), "{name}");
        }
        let official = town.act("水务").await;
        let screening = Screening::Withhold(WithholdReason::Abuse);
        let own = screen_question(&town.app, &official, id, screening).await;
        assert!(is_refused(&own), "nobody decides on what is said to them");
        let village = town.act("东村").await;
        assert!(question_page(&town.app, &village, id).await.is_err());
        let auditor = town.act("监察").await;
        assert_eq!(question_page(&town.app, &auditor, id).await.unwrap().contact, None);
    }
}

#[tokio::test]
async fn abuse_is_withheld_with_its_reason_and_counted() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let received = ask(&town, "你们都是坏蛋").await;
        let clerk = town.act("党政办").await;
        let screening = Screening::Withhold(WithholdReason::Abuse);
        screen_question(&town.app, &clerk, received.question, screening).await.unwrap();
        let official = town.act("水务").await;
        assert_eq!(key(answer(&town, &official, received.question, "好").await), "refusal-question-answered");
        let figures = figures(&town.app, &town.place).await.unwrap();
        assert_eq!(figures.withheld, [(WithholdReason::Abuse, 1)]);
        assert_eq!((figures.received, figures.waiting), (1, 0));
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn a_question_becomes_an_item_that_says_where_it_came_from() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let received = ask(&town, "东湾村的水管什么时候换？").await;
        show(&town, received.question, "东湾村的水管什么时候换？").await.unwrap();
        let official = town.act("水务").await;
        let item = take_up(&town.app, &official, received.question, "更换东湾村水管").await.unwrap();
        let again = take_up(&town.app, &official, received.question, "更换东湾村水管").await.map(|_| ());
        assert_eq!(key(again), "refusal-question-taken-up");
        let (owner, kind) = (town.person("水务"), shiji_domain::item::ItemKind::Work);
        crate::desk::capture_items(&town.app, &official, owner, kind, "检修泵站2处", None).await.unwrap();
        crate::desk::file_report(&town.app, &official, owner).await.unwrap();
        town.publish_week(0).await;
        let (_, from, _) = one(&town.app, &town.place, received.question).await.unwrap();
        assert_eq!(from, Some(item));
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn codes_that_open_nothing_and_empty_words_are_refused() {
    for town in Town::each().await {
        for code in ["", "ABCDEFGHJKMN", "' OR 1=1 --", &"A".repeat(10_000)] {
            assert_eq!(key(by_code(&town.app, &town.place, code).await.map(|_| ())), "refusal-question-code");
        }
        let empty = wanted(&town, None, " \n ");
        assert!(ask_question(&town.app, &town.place, empty).await.is_err());
        let long = wanted(&town, None, &"长".repeat(1_001));
        assert!(ask_question(&town.app, &town.place, long).await.is_err());
        let nobody = ask_question(&town.app, &town.place, wanted(&town, None, "路灯坏了")).await.unwrap();
        let clerk = town.act("党政办").await;
        let to =
            HandOver {
                question: nobody.question, to: town.person("水务"), reason: "路灯归水务所".into()
            };
        hand_over(&town.app, &clerk, to).await.unwrap();
    }
}

#[tokio::test]
async fn a_question_before_the_first_issue_says_whose_it_is() {
    for town in Town::each().await {
        ask(&town, "下个月的义诊在哪天？").await;
        ask(&town, "义诊要带什么？").await;
        town.publish_week(2).await;
        let mut tx = town.app.store.read().await.unwrap();
        let mut leaves = Vec::new();
        for issue in [0, 1] {
            leaves.extend(record::records_of_issue(&mut tx, town.place.place_id, issue).await.unwrap());
        }
        drop(tx);
        let kinds: Vec<Kind> = leaves.iter().map(|record| record.leaf.kind).collect();
        assert_eq!(kinds[..3], [Kind::Place, Kind::Question, Kind::Question]);
        assert_eq!(kinds.iter().filter(|kind| **kind == Kind::Place).count(), 1, "it is said once");
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_question_and_changed_words_are_another() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let form = new_form_key(&town.app);
        let first = NewQuestion { form: form.clone(), ..wanted(&town, Some("水务"), "水表怎么换") };
        let one = ask_question(&town.app, &town.place, first.clone()).await.unwrap();
        let again = ask_question(&town.app, &town.place, first.clone()).await.unwrap();
        assert_eq!(one, again);
        let other = NewQuestion { words: "水表换了吗".into(), ..first.clone() };
        let other = ask_question(&town.app, &town.place, other).await.unwrap();
        assert_eq!(other.number, one.number + 1);
        let elsewhere = NewQuestion { form: new_form_key(&town.app), ..first };
        assert_ne!(ask_question(&town.app, &town.place, elsewhere).await.unwrap().code, one.code);
    }
}

#[tokio::test]
async fn an_answer_is_set_right_beside_the_first_and_only_by_whom_it_was_put_to() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let received = ask(&town, "水表怎么换").await;
        show(&town, received.question, "水表怎么换").await.unwrap();
        let official = town.act("水务").await;
        let right = CorrectAnswer {
            question: received.question,
            text: "周三到水务所换。".into(),
            reason: "日子写错了".into(),
        };
        assert_eq!(
            key(correct_answer(&town.app, &official, right.clone()).await),
            "refusal-question-waiting"
        );
        answer(&town, &official, received.question, "周二到水务所换。").await.unwrap();
        assert!(is_refused(&correct_answer(&town.app, &town.act("民政").await, right.clone()).await));
        let personal = CorrectAnswer { reason: "王芳电话13912345678".into(), ..right.clone() };
        assert_eq!(key(correct_answer(&town.app, &official, personal).await), "refusal-answer-personal");
        correct_answer(&town.app, &official, right).await.unwrap();
        let (public, ..) = one(&town.app, &town.place, received.question).await.unwrap();
        let texts: Vec<_> =
            public.steps.iter().skip(1).filter_map(|step| step.fact.text.as_deref()).collect();
        assert_eq!(texts, ["周二到水务所换。", "周三到水务所换。"], "the first stays");
        let latest = latest_answers(&town.app, &town.place, None, 5).await.unwrap();
        assert_eq!(latest.len(), 1);
        is_a_function_of_the_records(&town).await;
    }
}

#[tokio::test]
async fn a_reopened_question_that_is_overdue_again_is_told_of_again() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let received = ask(&town, "水表怎么换").await;
        town.pass_days(20);
        assert_eq!(look_after(&town.app, &town.place).await.unwrap().0, 1);
        answer(&town, &town.act("水务").await, received.question, "周二换。").await.unwrap();
        reopen(&town.app, &town.place, &received.code, "没有换").await.unwrap();
        assert_eq!(look_after(&town.app, &town.place).await.unwrap().0, 0, "the new term runs");
        town.pass_days(20);
        assert_eq!(look_after(&town.app, &town.place).await.unwrap().0, 1);
        assert_eq!(look_after(&town.app, &town.place).await.unwrap().0, 0);
    }
}
