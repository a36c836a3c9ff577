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

const PASTE: &str =
    "本周工作\n1、更换东湾村水表38只；\n2、巡查湾口渠4次，清出杂物2车。\n下周计划\n一是检修西湾泵站。";

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
                remove_item(&town.app, &act, item.item_id, item.version).await,
                pass_item(&town.app, &act, item.item_id, item.version).await,
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
        let report =
            shiji_store::report::report_for(&mut tx, town.place.place_id, period.period_id, owner).await;
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
        assert_eq!(
            key(file_report(&town.app, &act, act.person()).await.unwrap_err()),
            "refusal-conflict-open"
        );
        let gone = remove_item(&town.app, &act, item.item_id, desk.work[0].item.version).await;
        assert_eq!(key(gone.unwrap_err()), "refusal-conflict-open", "waiting words do not go with the item");
        let choice = |version: i64, waiting: &str| ResolveConflict {
            item: item.item_id,
            conflict: desk.work[0].conflicts[0].conflict_id,
            version,
            waiting: waiting.into(),
            resolution: Resolution::Both,
        };
        let (now, waiting) = (desk.work[0].item.version, "更换东湾村水表40只，两户不在家");
        for unseen in [choice(now - 1, waiting), choice(now, "更换东湾村水表40只")] {
            let refused = resolve_conflict(&town.app, &act, unseen).await.unwrap_err();
            assert_eq!(key(refused), "refusal-report-changed", "nobody chooses between words not seen");
        }
        resolve_conflict(&town.app, &act, choice(now, waiting)).await.unwrap();
        let texts: Vec<String> =
            page(&town, "水务").await.work.into_iter().map(|item| item.item.body).collect();
        assert!(texts.contains(&"更换东湾村水表38只，全部试水".to_owned()));
        assert!(texts.contains(&"更换东湾村水表40只，两户不在家".to_owned()));
    }
}

#[tokio::test]
async fn a_shorter_text_from_a_third_phone_takes_nothing_from_the_words_that_wait() {
    for town in Town::each().await {
        capture(&town, "水务", PASTE).await;
        let item = page(&town, "水务").await.work[0].item.clone();
        let act = town.act("水务").await;
        for text in ["更换东湾村水表38只，全部试水", "更换东湾村水表40只，两户不在家", "更换东湾村水表40只"]
        {
            let edit = EditItem {
                item: item.item_id,
                version: item.version,
                text: text.into(),
                due_on: None,
                difficulty: None,
            };
            edit_item(&town.app, &act, edit).await.unwrap();
        }
        let conflicts = page(&town, "水务").await.work[0].conflicts.clone();
        assert!(conflicts.iter().any(|conflict| conflict.body == "更换东湾村水表40只，两户不在家"));
    }
}

#[tokio::test]
async fn a_difficulty_written_on_another_phone_is_not_lost() {
    for town in Town::each().await {
        capture(&town, "水务", PASTE).await;
        let item = page(&town, "水务").await.work[0].item.clone();
        let act = town.act("水务").await;
        let edit = |text: &str, difficulty: Option<&str>| EditItem {
            item: item.item_id,
            version: item.version,
            text: text.into(),
            due_on: None,
            difficulty: difficulty.map(str::to_owned),
        };
        let first = edit_item(&town.app, &act, edit(&item.body, Some("管材没到"))).await.unwrap();
        assert!(matches!(first, Edited::Saved { .. }));
        let second = edit_item(&town.app, &act, edit(&item.body, Some("缺一名电工"))).await.unwrap();
        assert!(matches!(second, Edited::Merged { .. }), "shown, not overwritten");
        let third = edit_item(&town.app, &act, edit("更换东湾村水表40只", Some("两户锁门"))).await.unwrap();
        assert!(matches!(third, Edited::Conflict { .. }));
        edit_item(&town.app, &act, edit(&item.body, None)).await.unwrap();
        let difficulty = page(&town, "水务").await.work[0].item.difficulty.clone().unwrap();
        for words in ["管材没到", "缺一名电工", "两户锁门"] {
            assert!(difficulty.contains(words), "{difficulty}");
        }
    }
}

#[tokio::test]
async fn an_item_that_changed_elsewhere_is_not_removed_or_passed_unseen() {
    for town in Town::each().await {
        capture(&town, "水务", PASTE).await;
        let item = page(&town, "水务").await.work[0].item.clone();
        let act = town.act("水务").await;
        let edit = EditItem {
            item: item.item_id,
            version: item.version,
            text: "更换东湾村水表38只，联系13812345678".into(),
            due_on: None,
            difficulty: None,
        };
        edit_item(&town.app, &act, edit).await.unwrap();
        let removed = remove_item(&town.app, &act, item.item_id, item.version).await.unwrap_err();
        let passed = pass_item(&town.app, &act, item.item_id, item.version).await.unwrap_err();
        assert_eq!([key(removed), key(passed)], ["refusal-report-changed"; 2]);
    }
}

#[tokio::test]
async fn an_empty_desk_is_not_ready_to_be_filed() {
    for town in Town::each().await {
        let refusal = page(&town, "水务").await.in_the_way;
        assert_eq!(refusal.map(|refusal| refusal.key), Some("refusal-report-empty"));
    }
}

#[tokio::test]
async fn a_report_that_the_leader_accepted_can_be_taken_back_until_the_meeting() {
    use crate::leader::{Decide, decide, led_reports};
    for town in Town::each().await {
        capture(&town, "水务", PASTE).await;
        let act = town.act("水务").await;
        file_report(&town.app, &act, act.person()).await.unwrap();
        let leader = town.act("镇长").await;
        let (_, led) = led_reports(&town.app, &leader).await.unwrap();
        let report = led.iter().find(|led| led.name == "水务").and_then(|led| led.report).unwrap().0;
        let accept =
            Decide { report, item: None, decision: shiji_domain::report::Decision::Accept, reason: None };
        decide(&town.app, &leader, accept).await.unwrap();
        assert!(page(&town, "水务").await.can_withdraw);
        withdraw_report(&town.app, &act, act.person()).await.unwrap();
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
            difficulty: None,
            reason: reason.map(str::to_owned),
        };
        let missing = answer_plan(&town.app, &act, answer(Some(Outcome::Moved), None)).await.unwrap_err();
        assert_eq!(key(missing), "refusal-reason-missing");
        answer_plan(&town.app, &act, answer(Some(Outcome::Done), None)).await.unwrap();
        let desk = page(&town, "水务").await;
        assert!(
            desk.work
                .iter()
                .any(|item| item.item.body == "检修西湾泵站" && item.item.answers_id == Some(plan_item))
        );
        answer_plan(&town.app, &act, answer(Some(Outcome::Moved), Some("配件未到"))).await.unwrap();
        let desk = page(&town, "水务").await;
        assert!(desk.work.iter().all(|item| item.item.answers_id.is_none()), "moved is not done");
        assert!(desk.plan.iter().any(|item| item.item.body == "检修西湾泵站"), "moved is planned again");
        answer_plan(&town.app, &act, answer(Some(Outcome::Done), Some("配件未到"))).await.unwrap();
        let desk = page(&town, "水务").await;
        assert_eq!(desk.promises[0].reason, None, "a kept word needs no excuse");
        let made =
            desk.work.iter().find(|item| item.item.answers_id == Some(plan_item)).unwrap().item.item_id;
        let photo =
            NewEvidence { item: made, caption: "泵站".into(), public: false, bytes: photo_with_metadata() };
        add_evidence(&town.app, &act, photo).await.unwrap();
        answer_plan(&town.app, &act, answer(Some(Outcome::Moved), Some("配件未到"))).await.unwrap();
        let desk = page(&town, "水务").await;
        assert!(
            desk.work.iter().any(|item| item.item.item_id == made),
            "a photo is not thrown away with an answer"
        );
        file_report(&town.app, &act, owner).await.unwrap();
    }
}

#[tokio::test]
async fn a_residents_number_keeps_the_week_from_being_filed_until_somebody_lets_it_pass() {
    for town in Town::each().await {
        capture(&town, "水务", "帮村民接通自来水，联系电话13812345678，已回访").await;
        let act = town.act("水务").await;
        let refused = file_report(&town.app, &act, act.person()).await.unwrap_err();
        assert_eq!(key(refused), "refusal-personal-items");
        let item = page(&town, "水务").await.work[0].item.clone();
        pass_item(&town.app, &act, item.item_id, item.version).await.unwrap();
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
        for hostile in [
            b"MZ\x90\0".to_vec(),
            b"<svg onload=alert(1)>".to_vec(),
            b"\xff\xd8\xff\xe0broken".to_vec(),
            vec![],
        ] {
            assert!(add_evidence(&town.app, &act, new(hostile)).await.is_err());
        }
        let other = town.act("民政").await;
        assert!(evidence_bytes(&town.app, &other, evidence[0].evidence_id).await.is_err());
        let leader = town.act("镇长").await;
        assert!(evidence_bytes(&town.app, &leader, evidence[0].evidence_id).await.is_ok());
    }
}

/// The width and height that a JPEG claims are in its frame header (ITU T.81, B.2.2).
fn photo_that_claims(width: u16, height: u16) -> Vec<u8> {
    let mut photo = Vec::new();
    image::RgbImage::from_pixel(16, 16, image::Rgb([9, 9, 9]))
        .write_to(&mut Cursor::new(&mut photo), image::ImageFormat::Jpeg)
        .unwrap();
    let frame = photo.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    photo[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    photo[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    photo
}

#[tokio::test]
async fn a_photo_that_would_fill_the_memory_is_refused_before_it_is_drawn() {
    for town in Town::each().await {
        capture(&town, "水务", PASTE).await;
        let act = town.act("水务").await;
        let item = page(&town, "水务").await.work[0].item.item_id;
        for (width, height) in [(65_000, 65_000), (11_900, 11_900)] {
            let bytes = photo_that_claims(width, height);
            let new = NewEvidence { item, caption: String::new(), public: false, bytes };
            let refused = add_evidence(&town.app, &act, new).await.unwrap_err();
            assert_eq!(key(refused), "refusal-photo-large", "{width} × {height}");
        }
    }
}

#[tokio::test]
async fn the_same_words_with_the_same_figures_as_last_week_are_pointed_out() {
    for town in Town::each().await {
        capture(&town, "水务", "更换东湾村停走水表38只，逐户试水正常").await;
        capture(&town, "民政", "到东湾村核查低保对象12户，停发1户").await;
        for name in ["水务", "民政"] {
            let act = town.act(name).await;
            file_report(&town.app, &act, act.person()).await.unwrap();
        }
        publish(&town).await;
        town.pass_days(7);
        capture(&town, "水务", "更换东湾村停走水表38只，逐户试水正常").await;
        capture(&town, "水务", "更换东湾村停走水表21只，逐户试水正常").await;
        capture(&town, "水务", "到东湾村核查低保对象12户，停发1户").await;
        let kinds: Vec<Vec<&str>> = page(&town, "水务")
            .await
            .work
            .iter()
            .map(|item| item.check.findings.iter().map(|finding| finding.kind.message()).collect())
            .collect();
        assert!(kinds[0].contains(&"finding-own-copy"));
        assert!(!kinds[1].contains(&"finding-own-copy"), "other figures are other work");
        assert!(kinds[2].contains(&"finding-colleague-copy"));
    }
}
