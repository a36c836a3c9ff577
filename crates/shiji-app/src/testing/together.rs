//! One of everything that people do together, made by the acts themselves and published with a week.

use super::Town;
use crate::desk::{EditItem, LinkItem, capture_items, desk_page, edit_item, file_report, link_item};
use crate::difficulty::{AnswerDifficulty, RaiseDifficulty, answer_difficulty, raise_difficulty};
use crate::directive::{
    AnswerDirective, AskExtension, GiveDirective, answer_directive, extend_directive, give_directive,
};
use crate::meeting::{close_meeting, meeting_page, open_meeting};
use crate::project::{Description, NewProject, ShiftForecast, begin_project, one, shift_forecast};
use crate::together::{AcceptVisit, accept_visit};
use jiff::ToSpan as _;
use shiji_domain::difficulty::Addressee;
use shiji_domain::directive::Source;
use shiji_domain::id::{DifficultyId, DirectiveId, ItemId, MilestoneId, ProjectId, VisitId};
use shiji_domain::item::ItemKind;
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::spot::SpotKind;
use shiji_store::roster;

/// Words of an order that stays inside.
pub const INTERNAL: &str = "内部交办：核对水费欠账，不对外公开";

/// What was made.
pub struct Together {
    pub project: ProjectId,
    /// By their promised days.
    pub milestones: Vec<MilestoneId>,
    pub directive: DirectiveId,
    pub internal: DirectiveId,
    pub difficulty: DifficultyId,
    pub visit: VisitId,
    /// Published work that belongs to the project's first milestone and to the directive, and tells the difficulty.
    pub item: ItemId,
}

impl Town {
    /// In the open week, which is published at the end with the minutes of its meeting.
    pub async fn work_together(&self) -> Together {
        let (project, milestones) = self.project_behind().await;
        let directive = self.order("一个月内完成东湾村水表更换", Source::Inspection, true).await;
        let owner = self.act("水务").await;
        answer_directive(&self.app, &owner, AnswerDirective { directive, objection: None }).await.unwrap();
        let until = owner.day().unwrap().checked_add(40.days()).unwrap();
        let more = AskExtension { directive, until, reason: "水表到货推迟".into() };
        extend_directive(&self.app, &self.act("镇长").await, more).await.unwrap();
        let internal = self.order(INTERNAL, Source::Inspection, false).await;
        let item =
            self.work(&[(LinkKind::Milestone, milestones[0].0), (LinkKind::Directive, directive.0)]).await;
        let difficulty = self.stuck(item).await;
        let visit = self.go_together().await;
        self.meet_and_decide().await;
        Together { project, milestones, directive, internal, difficulty, visit, item }
    }

    async fn project_behind(&self) -> (ProjectId, Vec<MilestoneId>) {
        let clerk = self.act("党政办").await;
        let today = clerk.day().unwrap();
        let day = |days: i64| today.checked_add(days.days()).unwrap();
        let mut tx = self.app.store.read().await.unwrap();
        let staff = roster::staff(&mut tx, self.place.place_id).await.unwrap();
        drop(tx);
        let unit = staff.organizations.iter().find(|unit| unit.name == "水务所").unwrap().organization_id;
        let wanted = NewProject {
            name: "农村饮水安全工程".into(),
            description: Description {
                aim: "让两村7000人喝上自来水".into(),
                leader: Some(self.person("镇长")),
                units: vec![unit],
                money: "3200万元".into(),
                site: "东湾村".into(),
            },
            started_on: None,
            milestones: vec![("主管网铺设".into(), day(24)), ("水厂通水".into(), day(200))],
        };
        let project = begin_project(&self.app, &clerk, wanted).await.unwrap();
        let begun = one(&self.app, &self.place, project).await.unwrap();
        let milestones: Vec<_> =
            begun.story.standing.milestones.iter().map(|milestone| milestone.milestone_id).collect();
        let milestone = milestones[0];
        let shift =
            ShiftForecast { project, milestone, to: day(44), reason: "雨季延长，管沟塌方".into() };
        shift_forecast(&self.app, &self.act("镇长").await, shift).await.unwrap();
        (project, milestones)
    }

    pub async fn order(&self, text: &str, source: Source, is_public: bool) -> DirectiveId {
        let giver = self.act(if source == Source::Meeting { "书记" } else { "镇长" }).await;
        let wanted = GiveDirective {
            form: self.app.new_id(),
            text: text.into(),
            owners: vec![self.person("水务")],
            helpers: vec![self.person("东村")],
            due_on: giver.day().unwrap().checked_add(30.days()).unwrap(),
            steps: "核对更换名单\n更换并试水\n".into(),
            source,
            source_text: "现场检查".into(),
            question: None,
            is_public,
        };
        give_directive(&self.app, &giver, wanted).await.unwrap()
    }

    async fn work(&self, links: &[(LinkKind, uuid::Uuid)]) -> ItemId {
        let act = self.act("水务").await;
        let words =
            "本周工作\n1、给东湾村换新水表38只，逐户试水\n下周计划\n1、到澄湾金梭制衣有限公司检查用水";
        capture_items(&self.app, &act, act.person(), ItemKind::Work, words, None).await.unwrap();
        let item = desk_page(&self.app, &act, act.person()).await.unwrap().work.pop().unwrap().item;
        for (kind, subject) in links {
            let link = ItemLink { kind: *kind, subject: *subject };
            let wanted = LinkItem { item: item.item_id, link, linked: true };
            link_item(&self.app, &act, wanted).await.unwrap();
        }
        item.item_id
    }

    async fn stuck(&self, item: ItemId) -> DifficultyId {
        let act = self.act("水务").await;
        let desk = desk_page(&self.app, &act, act.person()).await.unwrap();
        let kept = desk.work.iter().find(|known| known.item.item_id == item).unwrap().item.clone();
        let edit = EditItem {
            item,
            version: kept.version,
            text: kept.body,
            due_on: None,
            difficulty: Some("西湾泵站电机烧坏，没有配件".into()),
        };
        edit_item(&self.app, &act, edit).await.unwrap();
        let to = Addressee::Person(self.person("镇长"));
        let difficulty = raise_difficulty(&self.app, &act, RaiseDifficulty { item, to }).await.unwrap();
        let answer = AnswerDifficulty { difficulty, text: "已联系厂家发货".into() };
        answer_difficulty(&self.app, &self.act("镇长").await, answer).await.unwrap();
        difficulty
    }

    /// 水务 and 东村 plan to go to one firm.
    async fn go_together(&self) -> VisitId {
        let village = self.act("东村").await;
        let words = "本周工作\n1、修通水渠260米\n下周计划\n1、走访澄湾金梭制衣有限公司困难职工3人";
        capture_items(&self.app, &village, village.person(), ItemKind::Work, words, None).await.unwrap();
        let mut items = Vec::new();
        for name in ["水务", "东村"] {
            let act = self.act(name).await;
            file_report(&self.app, &act, act.person()).await.unwrap();
            items.push(desk_page(&self.app, &act, act.person()).await.unwrap().plan[0].item.item_id);
        }
        let act = self.act("水务").await;
        let wanted = AcceptVisit {
            items,
            spot_kind: SpotKind::Firm,
            spot: "澄湾金梭制衣有限公司".into(),
            lead: self.person("水务"),
            on: act.day().unwrap().checked_add(5.days()).unwrap(),
            purpose: "检查用水，看望困难职工".into(),
            announced: true,
        };
        accept_visit(&self.app, &act, wanted).await.unwrap()
    }

    async fn meet_and_decide(&self) {
        let chair = self.act("书记").await;
        open_meeting(&self.app, &chair).await.unwrap();
        self.order("年底前清查全镇水井", Source::Meeting, true).await;
        let held = meeting_page(&self.app, &chair).await.unwrap().meeting.unwrap().meeting_id;
        close_meeting(&self.app, &chair, held).await.unwrap();
        self.pass(2.seconds());
    }
}
