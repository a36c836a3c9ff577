//! A town with two issues, made by the acts themselves, with a secret wherever a person could leave one.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use jiff::ToSpan as _;
use shiji_app::desk::{
    AnswerPlan, EditItem, NewEvidence, add_evidence, answer_plan, capture_items, desk_page, edit_item,
    file_report,
};
use shiji_app::leader::{Decide, WriteComment, decide, write_comment};
use shiji_app::meeting::{accept_rest, close_meeting, meeting_page, open_meeting, write_notes};
use shiji_app::office::{NewLeave, record_leave};
use shiji_app::place::{NewPlace, found_place};
use shiji_app::publish::{CorrectItem, correct_item};
use shiji_app::question::{
    AnswerQuestion, NewQuestion, Screening, answer_question, ask_question, screen_question,
};
use shiji_app::testing::{FIRST_WEEK, Town};
use shiji_domain::id::{PersonId, QuestionId};
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::question::QuestionKind;
use shiji_domain::report::Decision;
use shiji_store::StoreError;
use shiji_store::public::IssueContent;
use shiji_web::{WebOptions, router};
use std::io::Cursor;
use tower::ServiceExt as _;

/// Words that stand in the store and must not stand on a public page.
pub const PRIVATE: [&str; 11] = [
    "13900000001",
    "person3",
    "没有上报的草稿",
    "完成日常工作",
    "退回的缘由不公开",
    "领导私下的意见",
    "会议内部的记录",
    "不公开的照片说明",
    "下一周还没上报的事",
    "男人常年卧床",
    "还没有人看过的咨询",
];

pub struct Answer {
    pub path: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Bytes,
    /// Empty when the bytes are no text.
    pub text: String,
}

pub struct PublishedTown {
    pub town: Town,
    router: Router,
    pub public_photo: String,
    pub private_photo: String,
}

impl PublishedTown {
    pub async fn new() -> PublishedTown {
        let town = Town::on_sqlite().await;
        found_place(&town.app, shuangxi()).await.unwrap();
        let router = router(town.app.clone(), WebOptions::default());
        let mut town =
            PublishedTown { town, router, public_photo: String::new(), private_photo: String::new() };
        town.first_week().await;
        town.second_week().await;
        town.questions().await;
        town.capture("民政", ItemKind::Work, "下一周还没上报的事：走访东湾村低保对象3户").await;
        town
    }

    async fn first_week(&mut self) {
        self.keep_mobile("水务", "13900000001").await;
        self.capture("水务", ItemKind::Work, "更换东湾村水表83只，试水全部正常").await;
        self.capture("水务", ItemKind::Plan, "检修西湾泵站，换轴承2只").await;
        self.private_photo = self.photo("水务", "不公开的照片说明", false, 10).await;
        self.public_photo = self.photo("水务", "换下的旧水表", true, 200).await;
        self.capture("镇长", ItemKind::Work, "到东湾村查看水表更换，与6户对账").await;
        self.capture("镇长", ItemKind::Plan, "到西湾村查看泵站检修，听8户意见").await;
        self.capture("民政", ItemKind::Work, "完成日常工作").await;
        self.capture("东村", ItemKind::Work, "没有上报的草稿：修通水渠260米").await;
        let leave = NewLeave {
            person: self.person("西村"),
            substitute: self.person("东村"),
            first: FIRST_WEEK.first,
            last: FIRST_WEEK.last,
        };
        record_leave(&self.town.app, &self.town.act("党政办").await, leave).await.unwrap();
        for name in ["水务", "镇长", "民政"] {
            self.file(name).await;
        }
        self.comment("镇长", "水务", "领导私下的意见").await;
        self.meet(Some("民政")).await;
        self.correct(1, "更换东湾村水表83只", "更换东湾村水表38只，试水全部正常").await;
        self.town.pass_days(7);
    }

    async fn second_week(&self) {
        let own = self.town.act("水务").await;
        let promised = desk_page(&self.town.app, &own, own.person()).await.unwrap().promises;
        let answer = AnswerPlan {
            owner: own.person(),
            plan_item: promised[0].item.item_id,
            outcome: Some(Outcome::Done),
            difficulty: None,
            reason: None,
        };
        answer_plan(&self.town.app, &own, answer).await.unwrap();
        self.capture("水务", ItemKind::Work, "给西湾泵站加装<b>围栏</b>40米 & \"警示牌\"2块").await;
        self.file("水务").await;
        self.meet(None).await;
    }

    /// One that everybody can read with its answer, one that the asker wanted private, and one that nobody has looked at.
    async fn questions(&self) {
        let app = &self.town.app;
        let words = "水表什么时候换到新屋组？";
        let shown = self.ask_officer(words, true).await;
        let shows = Screening::Show(words.into());
        screen_question(app, &self.town.act("党政办").await, shown, shows).await.unwrap();
        let private = self.ask_officer("我家男人常年卧床，能不能办护理补贴？", false).await;
        for question in [shown, private] {
            let answer = AnswerQuestion { question, text: "已经登记，下周上门。".into() };
            answer_question(app, &self.town.act("水务").await, answer).await.unwrap();
        }
        self.ask_officer("还没有人看过的咨询", true).await;
        self.town.pass(2.seconds());
    }

    async fn ask_officer(&self, words: &str, is_public: bool) -> QuestionId {
        let wanted = NewQuestion {
            kind: QuestionKind::Question,
            words: words.into(),
            contact: String::new(),
            is_public,
            person: Some(self.person("水务")),
            item: None,
            project: None,
            language: "zh".into(),
            form: String::new(),
        };
        ask_question(&self.town.app, &self.town.place, wanted).await.unwrap().question
    }

    async fn keep_mobile(&self, name: &str, mobile: &str) {
        let input = (self.town.place.place_id, self.person(name), mobile.to_owned());
        self.town
            .app
            .store
            .write("test", &input, |tx, (place, person, mobile)| {
                Box::pin(async move {
                    shiji_store::roster::update_mobile(tx, *place, *person, Some(mobile)).await?;
                    Ok::<_, StoreError>(())
                })
            })
            .await
            .unwrap();
    }

    /// Publishes one more week, in which `name` plans something for a day.
    pub async fn plan_with_day(&self, name: &str, words: &str, day: jiff::civil::Date) {
        let act = self.town.act(name).await;
        let found = desk_page(&self.town.app, &act, act.person()).await.unwrap();
        assert!(found.plan.is_empty());
        self.capture(name, ItemKind::Plan, words).await;
        let item = desk_page(&self.town.app, &act, act.person()).await.unwrap().plan[0].item.clone();
        let edit = EditItem {
            item: item.item_id,
            version: item.version,
            text: item.body.clone(),
            due_on: Some(day),
            difficulty: None,
        };
        edit_item(&self.town.app, &act, edit).await.unwrap();
        self.file(name).await;
        self.meet(None).await;
    }

    async fn capture(&self, name: &str, kind: ItemKind, words: &str) {
        let act = self.town.act(name).await;
        capture_items(&self.town.app, &act, act.person(), kind, words, None).await.unwrap();
    }

    async fn file(&self, name: &str) {
        let act = self.town.act(name).await;
        file_report(&self.town.app, &act, act.person()).await.unwrap();
    }

    /// The digest under which a photo on the first work item of `name` is kept.
    async fn photo(&self, name: &str, caption: &str, public: bool, shade: u8) -> String {
        let mut bytes = Vec::new();
        image::RgbImage::from_pixel(16, 16, image::Rgb([shade; 3]))
            .write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Jpeg)
            .unwrap();
        let act = self.town.act(name).await;
        let item = desk_page(&self.town.app, &act, act.person()).await.unwrap().work[0].item.item_id;
        let new = NewEvidence { item, caption: caption.into(), public, bytes };
        add_evidence(&self.town.app, &act, new).await.unwrap();
        let kept = desk_page(&self.town.app, &act, act.person()).await.unwrap().work[0].evidence.clone();
        kept.into_iter().find(|evidence| evidence.caption == caption).unwrap().sha256
    }

    async fn comment(&self, leader: &str, writer: &str, words: &str) {
        let mut tx = self.town.app.store.read().await.unwrap();
        let (place, period) = (self.town.place.place_id, self.town.open_period().await.period_id);
        let report = shiji_store::report::report_for(&mut tx, place, period, self.person(writer)).await;
        drop(tx);
        let report = report.unwrap().unwrap().report_id;
        let wanted = WriteComment { report, item: None, words: words.into() };
        write_comment(&self.town.app, &self.town.act(leader).await, wanted).await.unwrap();
    }

    /// Holds the Monday meeting, which sends back the report of `returned`, and publishes.
    async fn meet(&self, returned: Option<&str>) {
        let (app, chair) = (&self.town.app, self.town.act("书记").await);
        open_meeting(app, &chair).await.unwrap();
        let page = meeting_page(app, &chair).await.unwrap();
        let meeting = page.meeting.unwrap();
        let sent_back = page.lines.iter().filter(|line| Some(line.view.name.as_str()) == returned);
        assert_eq!(sent_back.clone().count(), usize::from(returned.is_some()));
        for line in sent_back {
            let back = Decide {
                report: line.view.report.report_id,
                item: Some(line.view.work[0].item.item_id),
                decision: Decision::Return,
                reason: Some("退回的缘由不公开".into()),
            };
            decide(app, &chair, back).await.unwrap();
        }
        write_notes(app, &chair, "", "会议内部的记录").await.unwrap();
        accept_rest(app, &chair).await.unwrap();
        close_meeting(app, &chair, meeting.meeting_id).await.unwrap();
        self.town.pass(2.seconds());
    }

    /// Corrects the item of the issue that begins with `start`.
    pub async fn correct(&self, issue: i64, start: &str, text: &str) {
        let content = self.issue(issue).await;
        let item = content.items.iter().find(|item| item.fact.text.starts_with(start)).unwrap().fact.item;
        let correction = CorrectItem { item, text: text.into(), reason: "数字颠倒".into() };
        correct_item(&self.town.app, &self.town.act("党政办").await, correction).await.unwrap();
        self.town.pass(2.seconds());
    }

    pub async fn issue(&self, number: i64) -> IssueContent {
        shiji_app::board::issue(&self.town.app, &self.town.place, Some(number)).await.unwrap().unwrap()
    }

    /// Every row that could hold a secret, in one text: what the public pages must not be made from.
    pub async fn working_side(&self) -> String {
        let mut tx = self.town.app.store.read().await.unwrap();
        let mut all = String::new();
        for sql in [
            "SELECT mobile AS words FROM person WHERE place_id = $1 AND mobile IS NOT NULL",
            "SELECT sign_in_name AS words FROM person WHERE place_id = $1 AND sign_in_name IS NOT NULL",
            "SELECT body AS words FROM item WHERE place_id = $1",
            "SELECT body AS words FROM comment WHERE place_id = $1",
            "SELECT reason AS words FROM decision WHERE place_id = $1 AND reason IS NOT NULL",
            "SELECT notes AS words FROM meeting WHERE place_id = $1",
            "SELECT caption AS words FROM evidence WHERE place_id = $1",
            "SELECT words FROM question WHERE place_id = $1",
        ] {
            for row in tx.fetch_all(sql, &[self.town.place.place_id.into()]).await.unwrap() {
                all.push_str(&row.text("words").unwrap());
                all.push('\n');
            }
        }
        all
    }

    pub fn person(&self, name: &str) -> PersonId {
        self.town.person(name)
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[]).await
    }

    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", path, headers).await
    }

    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            path: path.to_owned(),
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap_or_default(),
            bytes,
        }
    }

    /// The same town, read through a program that has kept no page yet.
    pub async fn read_anew(&self, path: &str) -> String {
        let router = router(self.town.app.clone(), WebOptions::default());
        let request = Request::get(path).body(Body::empty()).unwrap();
        let body = router.oneshot(request).await.unwrap().into_body();
        String::from_utf8(axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap()
    }
}

fn shuangxi() -> NewPlace {
    NewPlace {
        slug: "shuangxi".into(),
        name: "双溪镇".into(),
        name_en: "Shuangxi Town".into(),
        time_zone: "Asia/Shanghai".into(),
        administrator: "管理员".into(),
        unit: "党政办".into(),
        title: "系统管理员".into(),
    }
}
