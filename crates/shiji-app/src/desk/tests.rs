use super::*;
use crate::error::AppError;
use crate::publish::publish_in;
use crate::testing::Town;
use shiji_domain::id::ItemId;
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::report::ReportState;
use std::io::Cursor;

fn key(error: AppError) -> &'static str {
    match error {
        AppError::Refused(refusal) => refusal.key,
        other => panic!("{other:?}"),
    }
}

async fn capture(town: &Town, name: &str, words: &str) -> Captured {
    let act = town.act(name).await;
    capture_items(&town.app, &act, act.person(), ItemKind::Work, words, None).await.unwrap()
}

async fn page(town: &Town, name: &str) -> DeskPage {
    let act = town.act(name).await;
    desk_page(&town.app, &act, act.person()).await.unwrap()
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

const PASTE: &str = "本周工作\n1、更换东湾村水表38只；\n2、巡查湾口渠4次，清出杂物2车。\n下周计划\n一是检修西湾泵站。";

#[tokio::test]
async fn a_pasted_list_becomes_items_and_is_filed() {
    for town in Town::each().await {
        assert_eq!(capture(&town, "水务", PASTE).await, Captured { work: 2, plan: 1 });
        let act = town.act("水务").await;
        file_report(&town.app, &act, act.person()).await.unwrap();
        assert_eq!(page(&town, "水务").await.state, Some(ReportState::Filed));
        let again = capture_items(&town.app, &act, act.person(), ItemKind::Work, "再加一条工作", None).await;
        assert_eq!(key(again.unwrap_err()), "refusal-report-not-open");
        withdraw_report(&town.app, &act, act.person()).await.unwrap();
        assert_eq!(page(&town, "水务").await.state, Some(ReportState::Draft));
    }
}

#[tokio::test]
async fn nobody_writes_in_another_persons_report() {
    for town in Town::each().await {
        capture(&town, "水务", PASTE).await;
        let item = page(&town, "水务").await.work[0].item.clone();
        for other in ["党政办", "书记", "镇长", "民政", "监察"] {
            let act = town.act(other).await;
            let owner = town.person("水务");
            let results = [
                capture_items(&town.app, &act, owner, ItemKind::Work, "别人写的", None).await.map(|_| ()),
                file_report(&town.app, &act, owner).await,
                withdraw_report(&town.app, &act, owner).await,
                remove_item(&town.app, &act, item.item_id).await,
                pass_item(&town.app, &act, item.item_id).await,
                desk_page(&town.app, &act, owner).await.map(|_| ()),
            ];
            for result in results {
                assert_eq!(key(result.unwrap_err()), "refusal-not-yours", "{other}");
            }
        }
    }
}

#[tokio::test]
async fn a_named_delegate_files_and_the_report_says_so() {
    for town in Town::each().await {
        let own = town.act("水务").await;
        let days = town.open_period().await.days;
        name_delegate(&town.app, &own, town.person("民政"), days).await.unwrap();
        let delegate = town.act("民政").await;
        let owner = town.person("水务");
        capture_items(&town.app, &delegate, owner, ItemKind::Work, PASTE, None).await.unwrap();
        file_report(&town.app, &delegate, owner).await.unwrap();
        let mut tx = town.app.store.read().await.unwrap();
        let period = town.open_period().await;
        let report = shiji_store::report::report_for(&mut tx, town.place.place_id, period.period_id, owner).await;
        assert_eq!(report.unwrap().unwrap().filed_by, Some(town.person("民政")));
    }
}

#[tokio::test]
async fn two_phones_never_lose_a_word() {
    for town in Town::each().await {
        capture(&town, "水务", PASTE).await;
        let item = page(&town, "水务").await.work[0].item.clone();
        let act = town.act("水务").await;
        let edit = |text: &str| EditItem {
            item: item.item_id,
            version: item.version,
            text: text.into(),
            due_on: None,
            difficulty: None,
        };
        let first = edit_item(&town.app, &act, edit("更换东湾村水表38只，全部试水")).await.unwrap();
        assert!(matches!(first, Edited::Saved { .. }));
        for typed in ["更换东湾村水表40只", "更换东湾村水表40只，两户不在家"] {
            let second = edit_item(&town.app, &act, edit(typed)).await.unwrap();
            assert!(matches!(second, Edited::Conflict { .. }));
        }
        let desk = page(&town, "水务").await;
        assert_eq!(desk.work[0].item.body, "更换东湾村水表38只，全部试水");
        assert_eq!(desk.work[0].conflicts.len(), 1, "one tab that goes on typing is one conflict");
        assert_eq!(key(file_report(&town.app, &act, act.person()).await.unwrap_err()), "refusal-conflict-open");
        let conflict = desk.work[0].conflicts[0].conflict_id;
        resolve_conflict(&town.app, &act, item.item_id, conflict, Resolution::Both).await.unwrap();
        let texts: Vec<String> = page(&town, "水务").await.work.into_iter().map(|item| item.item.body).collect();
        assert!(texts.contains(&"更换东湾村水表38只，全部试水".to_owned()));
        assert!(texts.contains(&"更换东湾村水表40只，两户不在家".to_owned()));
    }
}

#[tokio::test]
async fn last_weeks_plan_is_answered_with_one_tap_and_needs_no_retyping() {
    for town in Town::each().await {
        capture(&town, "水务", PASTE).await;
        let act = town.act("水务").await;
        file_report(&town.app, &act, act.person()).await.unwrap();
        publish(&town).await;
        town.pass_days(7);
        let act = town.act("水务").await;
        let owner = act.person();
        capture(&town, "水务", "抢修渡口主管爆裂1处，停水3小时").await;
        assert_eq!(key(file_report(&town.app, &act, owner).await.unwrap_err()), "refusal-plan-unanswered");
        let plan_item: ItemId = page(&town, "水务").await.promises[0].item.item_id;
        let answer = |outcome: Option<Outcome>, reason: Option<&str>| AnswerPlan {
            owner,
            plan_item,
            outcome,
            reason: reason.map(str::to_owned),
        };
        let missing = answer_plan(&town.app, &act, answer(Some(Outcome::Moved), None)).await.unwrap_err();
        assert_eq!(key(missing), "refusal-reason-missing");
        answer_plan(&town.app, &act, answer(Some(Outcome::Done), None)).await.unwrap();
        let desk = page(&town, "水务").await;
        assert!(desk.work.iter().any(|item| item.item.body == "检修西湾泵站" && item.item.answers_id == Some(plan_item)));
        answer_plan(&town.app, &act, answer(Some(Outcome::Moved), Some("配件未到"))).await.unwrap();
        let desk = page(&town, "水务").await;
        assert!(desk.work.iter().all(|item| item.item.answers_id.is_none()), "moved is not done");
        assert!(desk.plan.iter().any(|item| item.item.body == "检修西湾泵站"), "moved is planned again");
        file_report(&town.app, &act, owner).await.unwrap();
    }
}

#[tokio::test]
async fn a_residents_number_keeps_the_week_from_being_filed_until_somebody_lets_it_pass() {
    for town in Town::each().await {
        capture(&town, "水务", "帮村民接通自来水，联系电话13812345678，已回访").await;
        let act = town.act("水务").await;
        let refused = file_report(&town.app, &act, act.person()).await.unwrap_err();
        assert_eq!(key(refused), "refusal-personal-data");
        let item = page(&town, "水务").await.work[0].item.item_id;
        pass_item(&town.app, &act, item).await.unwrap();
        file_report(&town.app, &act, act.person()).await.unwrap();
    }
}

/// A JPEG with an Exif block that holds a place and a time.
fn photo_with_metadata() -> Vec<u8> {
    let mut plain = Vec::new();
    image::RgbImage::from_pixel(40, 30, image::Rgb([200, 30, 30]))
        .write_to(&mut Cursor::new(&mut plain), image::ImageFormat::Jpeg)
        .unwrap();
    let mut exif = b"Exif\0\0GPSLatitude 25.0 DateTime 2026:11:06".to_vec();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let mut photo = plain[..2].to_vec();
    photo.extend([0xff, 0xe1]);
    photo.extend(length);
    photo.append(&mut exif);
    photo.extend(&plain[2..]);
    photo
}

#[tokio::test]
async fn a_photo_loses_its_metadata_and_other_files_are_refused() {
    for town in Town::each().await {
        capture(&town, "水务", PASTE).await;
        let act = town.act("水务").await;
        let item = page(&town, "水务").await.work[0].item.item_id;
        let new = |bytes: Vec<u8>| NewEvidence { item, caption: "换表后".into(), public: true, bytes };
        add_evidence(&town.app, &act, new(photo_with_metadata())).await.unwrap();
        let evidence = page(&town, "水务").await.work[0].evidence.clone();
        let (bytes, _) = evidence_bytes(&town.app, &act, evidence[0].evidence_id).await.unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("GPSLatitude") && !text.contains("Exif"));
        for hostile in [b"MZ\x90\0".to_vec(), b"<svg onload=alert(1)>".to_vec(), b"\xff\xd8\xff\xe0broken".to_vec(), vec![]] {
            assert!(add_evidence(&town.app, &act, new(hostile)).await.is_err());
        }
        let other = town.act("民政").await;
        assert!(evidence_bytes(&town.app, &other, evidence[0].evidence_id).await.is_err());
        let leader = town.act("镇长").await;
        assert!(evidence_bytes(&town.app, &leader, evidence[0].evidence_id).await.is_ok());
    }
}
