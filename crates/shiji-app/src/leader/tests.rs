use super::*;
use crate::desk::{capture_items, desk_page, file_report};
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
            assert!(write_comment(&town.app, &act, report, "看看").await.is_err(), "{other}");
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
