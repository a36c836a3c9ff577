use super::*;
use crate::desk::{NewEvidence, add_evidence, capture_items, deal_with, desk_page, file_report};
use crate::error::AppError;
use crate::testing::Town;
use shiji_domain::id::ReportId;
use shiji_domain::item::ItemKind;
use shiji_domain::report::{Decision, ReportState};

async fn filed(town: &Town) -> ReportId {
    let act = town.act("水务").await;
    let words = "1、更换东湾村水表38只；2、完成日常工作。";
    capture_items(&town.app, &act, act.person(), ItemKind::Work, words, None).await.unwrap();
    file_report(&town.app, &act, act.person()).await.unwrap();
    let leader = town.act("镇长").await;
    let (_, led) = led_reports(&town.app, &leader).await.unwrap();
    led.into_iter().find(|led| led.name == "水务").and_then(|led| led.report).unwrap().0
}

#[tokio::test]
async fn the_leader_in_charge_sends_an_item_back_with_a_word_of_why() {
    for town in Town::each().await {
        let report = filed(&town).await;
        let leader = town.act("镇长").await;
        let view = report_page(&town.app, &leader, report).await.unwrap();
        assert_eq!(view.vague(), 1, "daily work is no entry");
        let vague = view.work.iter().find(|item| item.is_vague()).unwrap().item.item_id;
        let back = |reason: Option<&str>| Decide {
            report,
            item: Some(vague),
            decision: Decision::Return,
            reason: reason.map(str::to_owned),
        };
        assert!(decide(&town.app, &leader, back(None)).await.is_err(), "why?");
        decide(&town.app, &leader, back(Some("做了哪件事?"))).await.unwrap();
        let own = town.act("水务").await;
        let desk = desk_page(&town.app, &own, own.person()).await.unwrap();
        assert_eq!(desk.state, Some(ReportState::Returned));
        assert!(desk.work.iter().any(|item| item.returned.as_deref() == Some("做了哪件事?")));
        assert_eq!(desk.notices.len(), 1);
        file_report(&town.app, &own, own.person()).await.unwrap();
        let accept = Decide { report, item: None, decision: Decision::Accept, reason: None };
        decide(&town.app, &leader, accept).await.unwrap();
        assert_eq!(
            report_page(&town.app, &leader, report).await.unwrap().report.state,
            ReportState::Accepted
        );
    }
}

#[tokio::test]
async fn nobody_else_reads_comments_or_decides() {
    for town in Town::each().await {
        let report = filed(&town).await;
        for other in ["民政", "东村"] {
            let act = town.act(other).await;
            let accept = Decide { report, item: None, decision: Decision::Accept, reason: None };
            assert!(matches!(decide(&town.app, &act, accept).await, Err(AppError::Refused(_))), "{other}");
            assert!(report_page(&town.app, &act, report).await.is_err(), "{other}");
            let wanted = WriteComment { report, item: None, words: "看看".into() };
            assert!(write_comment(&town.app, &act, wanted).await.is_err(), "{other}");
        }
        for other in ["党政办", "监察", "书记"] {
            let act = town.act(other).await;
            let accept = Decide { report, item: None, decision: Decision::Accept, reason: None };
            assert!(
                decide(&town.app, &act, accept).await.is_err(),
                "{other} decides only as chair of a meeting"
            );
            assert!(report_page(&town.app, &act, report).await.is_ok(), "{other} reads everything");
        }
    }
}

#[tokio::test]
async fn a_word_on_one_item_is_seen_there_by_the_official_who_says_that_it_is_dealt_with() {
    for town in Town::each().await {
        let report = filed(&town).await;
        let leader = town.act("镇长").await;
        let item = report_page(&town.app, &leader, report).await.unwrap().work[0].item.item_id;
        let word = |item| WriteComment { report, item: Some(item), words: "哪几户还没换?".into() };
        write_comment(&town.app, &leader, word(item)).await.unwrap();
        let elsewhere = shiji_domain::id::ItemId(uuid::Uuid::from_u128(7));
        assert!(matches!(write_comment(&town.app, &leader, word(elsewhere)).await, Err(AppError::NotFound)));

        let own = town.act("水务").await;
        let desk = desk_page(&town.app, &own, own.person()).await.unwrap();
        let (author, comment) = &desk.work[0].comments[0];
        assert_eq!(
            (author.as_str(), comment.body.as_str(), comment.dealt_at),
            ("镇长", "哪几户还没换?", None)
        );
        assert!(
            desk.comments.is_empty() && desk.notices[0].0.kind == shiji_domain::notice::NoticeKind::Comment
        );

        let id = comment.comment_id;
        for other in ["镇长", "民政"] {
            assert!(deal_with(&town.app, &town.act(other).await, id).await.is_err(), "{other}");
        }
        deal_with(&town.app, &own, id).await.unwrap();
        let view = report_page(&town.app, &leader, report).await.unwrap();
        let first = view.work[0].comments[0].1.dealt_at;
        assert!(first.is_some());
        town.pass_days(1);
        deal_with(&town.app, &town.act("水务").await, id).await.unwrap();
        let view = report_page(&town.app, &leader, report).await.unwrap();
        assert_eq!(view.work[0].comments[0].1.dealt_at, first);
    }
}

#[tokio::test]
async fn the_leader_sees_evidence_beside_its_item() {
    for town in Town::each().await {
        let act = town.act("水务").await;
        let words = "1、更换东湾村水表38只；2、巡查湾口渠4次。";
        capture_items(&town.app, &act, act.person(), ItemKind::Work, words, None).await.unwrap();
        let item = desk_page(&town.app, &act, act.person()).await.unwrap().work[1].item.item_id;
        let bytes = b"%PDF-1.4\n%%EOF\n".to_vec();
        let new = NewEvidence { item, caption: "巡查表".into(), public: false, bytes };
        add_evidence(&town.app, &act, new).await.unwrap();
        file_report(&town.app, &act, act.person()).await.unwrap();
        let leader = town.act("镇长").await;
        let (_, led) = led_reports(&town.app, &leader).await.unwrap();
        let report = led.into_iter().find_map(|led| led.report.filter(|_| led.name == "水务")).unwrap().0;
        let view = report_page(&town.app, &leader, report).await.unwrap();
        let captions: Vec<Vec<&str>> = view
            .work
            .iter()
            .map(|item| item.evidence.iter().map(|evidence| evidence.caption.as_str()).collect())
            .collect();
        assert_eq!(captions, [vec![], vec!["巡查表"]]);
    }
}
