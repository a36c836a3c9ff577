use super::*;
use crate::desk::{capture_items, file_report, withdraw_report};
use crate::leader::{Decide, decide};
use crate::testing::Town;
use shiji_domain::id::ReportId;
use shiji_domain::item::ItemKind;
use shiji_domain::report::{Decision, ReportState};

fn key(error: AppError) -> &'static str {
    match error {
        AppError::Refused(refusal) => refusal.key,
        other => panic!("{other:?}"),
    }
}

async fn file(town: &Town, name: &str, words: &str) {
    let act = town.act(name).await;
    capture_items(&town.app, &act, act.person(), ItemKind::Work, words, None).await.unwrap();
    file_report(&town.app, &act, act.person()).await.unwrap();
}

async fn held(town: &Town) -> MeetingPage {
    let chair = town.act("书记").await;
    meeting_page(&town.app, &chair).await.unwrap()
}

async fn opened(town: &Town) {
    file(town, "水务", "更换东湾村水表38只，试水全部正常").await;
    file(town, "民政", "完成日常工作").await;
    file(town, "东村", "修通水渠260米，21户恢复灌溉").await;
    open_meeting(&town.app, &town.act("党政办").await).await.unwrap();
}

#[tokio::test]
async fn flagged_reports_are_heard_first() {
    for town in Town::each().await {
        opened(&town).await;
        let names: Vec<String> = held(&town).await.lines.into_iter().map(|line| line.view.name).collect();
        assert_eq!(names, ["民政", "水务", "东村"]);
        assert_eq!(held(&town).await.missing.len(), 4);
    }
}

#[tokio::test]
async fn closing_publishes_and_what_was_sent_back_stays_off_the_board() {
    for town in Town::each().await {
        opened(&town).await;
        let chair = town.act("书记").await;
        let vague = held(&town).await.lines[0].view.clone();
        let back = Decide {
            report: vague.report.report_id,
            item: Some(vague.work[0].item.item_id),
            decision: Decision::Return,
            reason: Some("哪件事?".into()),
        };
        decide(&town.app, &chair, back).await.unwrap();
        assert_eq!(accept_rest(&town.app, &chair).await.unwrap(), 2);
        let meeting = held(&town).await.meeting.unwrap().meeting_id;
        assert_eq!(close_meeting(&town.app, &chair, meeting).await.unwrap(), 1);
        let again = close_meeting(&town.app, &chair, meeting).await.unwrap_err();
        assert_eq!(key(again), "refusal-meeting-closed");
        let issue = crate::board::issue(&town.app, &town.place, None).await.unwrap().unwrap().issue;
        assert_eq!((issue.filed, issue.late, issue.closed_by.as_deref()), (2, 5, Some("书记")));
        assert_eq!(minutes_page(&town.app, &chair).await.unwrap().decisions.len(), 3);
    }
}

#[tokio::test]
async fn a_returned_item_is_mended_during_the_meeting() {
    for town in Town::each().await {
        opened(&town).await;
        let chair = town.act("书记").await;
        let vague = held(&town).await.lines[0].view.clone();
        let report = vague.report.report_id;
        let back =
            Decide { report, item: None, decision: Decision::Return, reason: Some("哪件事?".into()) };
        decide(&town.app, &chair, back).await.unwrap();
        let before = held(&town).await.meeting.unwrap().version;
        file(&town, "民政", "到东湾村核查低保对象12户，停发1户").await;
        let page = held(&town).await;
        assert!(page.meeting.unwrap().version > before, "the screens draw again");
        let mended = page.lines.iter().find(|line| line.view.name == "民政").unwrap();
        assert_eq!(mended.view.report.state, ReportState::Filed);
    }
}

#[tokio::test]
async fn only_the_chair_decides_and_closes_and_nothing_is_withdrawn_any_more() {
    for town in Town::each().await {
        opened(&town).await;
        let page = held(&town).await;
        let meeting = page.meeting.clone().unwrap().meeting_id;
        let report = page.lines[0].view.report.report_id;
        for other in ["党政办", "监察", "水务", "东村"] {
            let act = town.act(other).await;
            let accept = Decide { report, item: None, decision: Decision::Accept, reason: None };
            assert_eq!(
                key(decide(&town.app, &act, accept).await.unwrap_err()),
                "refusal-not-yours",
                "{other}"
            );
            assert_eq!(key(close_meeting(&town.app, &act, meeting).await.unwrap_err()), "refusal-not-yours");
        }
        for other in ["监察", "水务"] {
            let act = town.act(other).await;
            let refused = show_report(&town.app, &act, Turn::After(None)).await.unwrap_err();
            assert_eq!(key(refused), "refusal-not-yours");
            assert_eq!(key(write_notes(&town.app, &act, "", "记录").await.unwrap_err()), "refusal-not-yours");
        }
        let own = town.act("水务").await;
        let late = withdraw_report(&town.app, &own, own.person()).await.unwrap_err();
        assert_eq!(key(late), "refusal-withdraw-meeting-begun");
        assert_eq!(key(meeting_page(&town.app, &own).await.unwrap_err()), "refusal-not-yours");
    }
}

#[tokio::test]
async fn the_screen_goes_through_the_agenda() {
    for town in Town::each().await {
        opened(&town).await;
        let clerk = town.act("党政办").await;
        for expected in [0, 1, 2, 2] {
            let seen = on_screen(&town).await;
            show_report(&town.app, &clerk, Turn::After(seen)).await.unwrap();
            assert_eq!(held(&town).await.shown, Some(expected));
        }
        show_report(&town.app, &clerk, Turn::Before(on_screen(&town).await)).await.unwrap();
        assert_eq!(held(&town).await.shown, Some(1));
    }
}

/// The report on the screen.
async fn on_screen(town: &Town) -> Option<ReportId> {
    let held = held(town).await;
    held.shown.map(|at| held.lines[at].view.report.report_id)
}

#[tokio::test]
async fn two_phones_that_turn_the_same_page_skip_nobody() {
    for town in Town::each().await {
        opened(&town).await;
        let (chair, clerk) = (town.act("书记").await, town.act("党政办").await);
        show_report(&town.app, &clerk, Turn::After(None)).await.unwrap();
        let seen = on_screen(&town).await;
        show_report(&town.app, &clerk, Turn::After(seen)).await.unwrap();
        show_report(&town.app, &chair, Turn::After(seen)).await.unwrap();
        assert_eq!(held(&town).await.shown, Some(1));
    }
}

#[tokio::test]
async fn notes_of_two_writers_are_not_overwritten() {
    for town in Town::each().await {
        opened(&town).await;
        let (chair, clerk) = (town.act("书记").await, town.act("党政办").await);
        write_notes(&town.app, &clerk, "", "供水工程提前一周").await.unwrap();
        let second = write_notes(&town.app, &chair, "", "下周一改到8点半").await.unwrap_err();
        assert_eq!(key(second), "refusal-notes-changed");
        write_notes(&town.app, &chair, "供水工程提前一周\r\n", "供水工程提前一周\n下周一改到8点半")
            .await
            .unwrap();
        assert!(held(&town).await.meeting.unwrap().notes.ends_with("8点半"));
    }
}

#[tokio::test]
async fn no_meeting_begins_while_the_week_goes_on() {
    for mut town in Town::each().await {
        town.app.rehearsal = false;
        let clerk = town.act("党政办").await;
        assert_eq!(key(open_meeting(&town.app, &clerk).await.unwrap_err()), "refusal-meeting-early");
        let page = held(&town).await;
        assert!(page.meeting.is_none());
        assert_eq!(page.too_early, Some(jiff::civil::date(2026, 11, 8)));
        town.pass_days(2);
        assert_eq!(held(&town).await.too_early, None);
        open_meeting(&town.app, &town.act("党政办").await).await.unwrap();
        let chair = town.act("书记").await;
        let meeting = held(&town).await.meeting.unwrap().meeting_id;
        close_meeting(&town.app, &chair, meeting).await.unwrap();
        let next = open_meeting(&town.app, &chair).await.unwrap_err();
        assert_eq!(key(next), "refusal-meeting-early", "nor that of the week that has not begun");
    }
}

#[tokio::test]
async fn a_meeting_opened_by_mistake_is_taken_back_until_something_is_decided() {
    for town in Town::each().await {
        opened(&town).await;
        let (chair, own) = (town.act("书记").await, town.act("水务").await);
        let page = held(&town).await;
        assert!(page.may_cancel);
        let meeting = page.meeting.unwrap().meeting_id;
        let foreign = cancel_meeting(&town.app, &own, meeting).await.unwrap_err();
        assert_eq!(key(foreign), "refusal-not-yours");
        cancel_meeting(&town.app, &chair, meeting).await.unwrap();
        assert!(held(&town).await.meeting.is_none());
        withdraw_report(&town.app, &own, own.person()).await.unwrap();
        file_report(&town.app, &own, own.person()).await.unwrap();
        let trail = crate::office::audit_page(&town.app, &town.act("监察").await, None).await;
        let has_told = format!("{trail:?}").contains("meeting.cancel");
        assert!(has_told, "the trail keeps it");

        open_meeting(&town.app, &chair).await.unwrap();
        assert_eq!(accept_rest(&town.app, &chair).await.unwrap(), 2);
        let page = held(&town).await;
        assert!(!page.may_cancel);
        let decided = cancel_meeting(&town.app, &chair, page.meeting.unwrap().meeting_id).await.unwrap_err();
        assert_eq!(key(decided), "refusal-meeting-decided");
    }
}
