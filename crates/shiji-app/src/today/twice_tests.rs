//! A second tap on the same line, and what is added to a week that is handed in.

use super::tests::{add, done, id, list, publish, with_plan, work};
use super::*;
use crate::app::Act;
use crate::desk::{
    LinkItem, NewEvidence, add_evidence, add_evidence_to_filed, capture_items, desk_page, file_report,
    link_item,
};
use crate::office::refused::key;
use crate::testing::Town;
use shiji_domain::item::ItemKind;
use shiji_domain::report::ReportState;

async fn back(town: &Town, act: &Act, line: LineId, drop: bool) -> Result<(), AppError> {
    take_back(&town.app, act, TakeBack { key: town.app.new_id(), line, drop }).await
}

#[tokio::test]
async fn two_taps_on_one_line_are_one_act() {
    for town in Town::each().await {
        with_plan(&town, "检修东湾村泵站1处").await;
        add(&town, "水务", "今天整理水费账").await;
        let act = town.act("水务").await;
        let page = list(&town, "水务").await;
        let lines: Vec<LineId> =
            [&page.parts.today, &page.parts.any_day].into_iter().flatten().map(id).collect();
        assert_eq!(lines.len(), 2, "{page:?}");
        for line in lines {
            let before = work(&town, "水务").await.len();
            done(&town, &act, line, "").await.unwrap();
            done(&town, &act, line, "").await.unwrap();
            assert_eq!(work(&town, "水务").await.len(), before + 1);
            back(&town, &act, line, false).await.unwrap();
            back(&town, &act, line, false).await.unwrap();
            assert_eq!(work(&town, "水务").await.len(), before);
            done(&town, &act, line, "").await.unwrap();
            assert_eq!(work(&town, "水务").await.len(), before + 1, "and again when it is meant");
        }
        add(&town, "水务", "今天擦窗").await;
        let line = id(&list(&town, "水务").await.parts.today[0]);
        back(&town, &act, line, true).await.unwrap();
        back(&town, &act, line, true).await.unwrap();
        assert_eq!(
            key(done(&town, &act, line, "").await),
            "refusal-today-gone",
            "what was deleted is not done"
        );
    }
}

fn photo() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(8, 8).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn a_photo_is_added_to_a_week_that_is_handed_in() {
    for town in Town::each().await {
        let act = town.act("民政").await;
        let owner = act.person();
        capture_items(&town.app, &act, owner, ItemKind::Work, "发放低保金86户", None).await.unwrap();
        file_report(&town.app, &act, owner).await.unwrap();
        let item = desk_page(&town.app, &act, owner).await.unwrap().work[0].item.item_id;
        let new = || NewEvidence { item, caption: "现场".into(), public: false, bytes: photo() };
        assert_eq!(key(add_evidence(&town.app, &act, new()).await), "refusal-report-not-open");
        add_evidence_to_filed(&town.app, &act, new()).await.unwrap();
        let desk = desk_page(&town.app, &act, owner).await.unwrap();
        assert_eq!((desk.state, desk.work[0].evidence.len()), (Some(ReportState::Filed), 1));
        let other = town.act("水务").await;
        assert_eq!(key(add_evidence_to_filed(&town.app, &other, new()).await), "refusal-not-yours");
        crate::meeting::open_meeting(&town.app, &town.act("书记").await).await.unwrap();
        assert_eq!(key(add_evidence_to_filed(&town.app, &act, new()).await), "refusal-today-meeting");
    }
}

#[tokio::test]
async fn an_item_of_a_week_that_is_handed_in_is_put_where_it_belongs() {
    for town in Town::each().await {
        town.publish_week(2).await;
        let directive = super::step_tests::given(&town, "", true).await;
        let act = town.act("水务").await;
        let owner = act.person();
        capture_items(&town.app, &act, owner, ItemKind::Work, "巡查河道6公里", None).await.unwrap();
        file_report(&town.app, &act, owner).await.unwrap();
        let desk = desk_page(&town.app, &act, owner).await.unwrap();
        assert!(desk.can_withdraw);
        let item = &desk.work[0];
        let link = item.candidates.iter().find(|one| one.link.subject == directive.0).unwrap().link;
        let wanted = LinkItem { item: item.item.item_id, link, linked: true };
        link_item(&town.app, &act, wanted).await.unwrap();
        let desk = desk_page(&town.app, &act, owner).await.unwrap();
        assert_eq!((desk.state, desk.work[0].links.len()), (Some(ReportState::Filed), 1));
        publish(&town).await;
        assert!(link_item(&town.app, &act, wanted).await.is_err(), "what is published stands");
    }
}
