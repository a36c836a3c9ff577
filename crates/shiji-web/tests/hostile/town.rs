//! A town in the middle of its second week, with something of every kind that a form can name.

use axum::Router;
use jiff::ToSpan;
use jiff::civil::date;
use shiji_app::desk::{AnswerPlan, EditItem, NewEvidence};
use shiji_app::desk::{
    add_evidence, answer_plan, capture_items, desk_page, edit_item, file_report, name_delegate,
};
use shiji_app::difficulty::{RaiseDifficulty, raise_difficulty};
use shiji_app::directive::{GiveDirective, give_directive};
use shiji_app::leader::{WriteComment, write_comment};
use shiji_app::project::{self, Description, NewProject, begin_project};
use shiji_app::question::{NewQuestion, ask_question};
use shiji_app::testing::{FIRST_WEEK, Town};
use shiji_app::together::{
    AcceptVisit, AskHelp, DecideOffer, OfferHelp, accept_visit, ask_help, decide_offer, offer_help,
};
use shiji_app::{meeting, publish, who};
use shiji_domain::calendar::Days;
use shiji_domain::difficulty::{Addressee, State};
use shiji_domain::directive::Source;
use shiji_domain::help::HelpKind;
use shiji_domain::id::{HelpId, ItemId, OfferId, PersonId};
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::question::QuestionKind;
use shiji_domain::spot::SpotKind;
use shiji_store::{
    account, audit, calendar, difficulty, directive, evidence, help, link, public, public_affair, report,
    roster, spot, visit,
};
use shiji_web::frame::session::csrf_of;

/// Ids as texts, for forms.
pub struct Ids {
    pub owner: String,
    pub other: String,
    pub other_post: String,
    pub period: String,
    pub meeting: String,
    pub item: String,
    pub torn_item: String,
    pub conflict: String,
    pub planned: String,
    pub evidence: String,
    /// A leader's word on `item`.
    pub comment: String,
    /// A filed report of somebody else, and an item of it.
    pub report: String,
    pub filed_item: String,
    pub published_item: String,
    /// Put to 水务, and not yet looked at.
    pub question: String,
    /// 镇长 is in charge of it, 水务's unit answers for it.
    pub project: String,
    pub milestone: String,
    pub unit: String,
    /// Given by 镇长 to 水务, with 东村 as helper.
    pub directive: String,
    /// An item that tells a difficulty nobody was asked about, and a difficulty that was put to 镇长.
    pub stuck_item: String,
    pub difficulty: String,
    pub leader: String,
    /// 水务 asks for help on another plan, 东村 offers it, and what 西村 offered is accepted.
    pub help: String,
    pub offer: String,
    pub accepted: String,
    /// Filed plans of 民政 and 东村 that could be one visit.
    pub joint: [String; 2],
    /// A visit of theirs that is planned.
    pub visit: String,
    /// Well formed, and of nothing.
    pub nothing: String,
}

pub const PEOPLE: [&str; 8] = ["书记", "镇长", "党政办", "水务", "民政", "东村", "西村", "监察"];

pub struct Besieged {
    pub town: Town,
    pub router: Router,
    pub ids: Ids,
}

fn token(name: &str) -> String {
    format!("session-of-{}", PEOPLE.iter().position(|person| *person == name).unwrap())
}

pub fn cookie(name: &str) -> String {
    format!("shiji-chengwan={}", token(name))
}

pub fn csrf(name: &str) -> String {
    csrf_of(&token(name))
}

async fn capture(town: &Town, name: &str, words: &str) {
    let act = town.act(name).await;
    capture_items(&town.app, &act, act.person(), ItemKind::Work, words, None).await.unwrap();
}

fn photo() -> Vec<u8> {
    // The smallest PDF that is known as one; photos need a decoder to be made.
    b"%PDF-1.4\n%%EOF\n".to_vec()
}

pub async fn besieged(town: Town) -> Besieged {
    for name in ["水务", "民政"] {
        capture(
            &town,
            name,
            "本周工作\n1、更换东湾村水表38只\n下周计划\n1、检修西湾泵站2处\n2、清理西湾渠300米",
        )
        .await;
        let act = town.act(name).await;
        file_report(&town.app, &act, act.person()).await.unwrap();
    }
    let first = town.open_period().await;
    town.app
        .store
        .write("test", &(&town, first), |tx, (town, period)| {
            let now = town.app.clock.now();
            Box::pin(publish::publish_in(&town.app, tx, &town.place, now, period, None))
        })
        .await
        .unwrap();
    town.pass_days(7);
    for name in PEOPLE {
        let person: PersonId = town.person(name);
        let hash = who::token_hash(&token(name));
        town.app
            .store
            .write("test", &(&town, hash, person), |tx, (town, hash, person)| {
                let now = town.app.now();
                Box::pin(async move {
                    let place = town.place.place_id;
                    account::insert_session(tx, place, hash, *person, now, now + 86_400_000).await
                })
            })
            .await
            .unwrap();
    }
    let ids = second_week(&town).await;
    let router = shiji_web::router(town.app.clone(), shiji_web::WebOptions::default());
    Besieged { town, router, ids }
}

async fn second_week(town: &Town) -> Ids {
    for name in ["水务", "民政"] {
        capture(town, name, "1、巡查湾口渠4次，清出杂物2车\n2、更换渡口水表8只").await;
    }
    let other = town.act("民政").await;
    for promise in desk_page(&town.app, &other, other.person()).await.unwrap().promises {
        let plan_item = promise.item.item_id;
        let answer = AnswerPlan {
            owner: other.person(),
            plan_item,
            outcome: Some(Outcome::Done),
            difficulty: None,
            reason: None,
        };
        answer_plan(&town.app, &other, answer).await.unwrap();
    }
    let plans = "本周工作\n1、办结低保6户\n下周计划\n1、走访东湾村低保户6户\n2、走访西湾村低保户3户";
    for name in ["民政", "东村"] {
        capture(town, name, plans).await;
    }
    let village = town.act("东村").await;
    file_report(&town.app, &village, village.person()).await.unwrap();
    file_report(&town.app, &other, other.person()).await.unwrap();

    let act = town.act("水务").await;
    let work = desk_page(&town.app, &act, act.person()).await.unwrap().work;
    let (item, torn) = (work[0].item.clone(), work[1].item.clone());
    for text in ["更换渡口水表8只，全部试水", "更换渡口水表9只"] {
        let (item, version, text) = (torn.item_id, torn.version, text.to_owned());
        let edit = EditItem { item, version, text, due_on: None, difficulty: None };
        edit_item(&town.app, &act, edit).await.unwrap();
    }
    let new = NewEvidence { item: item.item_id, caption: "现场".into(), public: false, bytes: photo() };
    add_evidence(&town.app, &act, new).await.unwrap();
    let leader = town.act("镇长").await;
    let on_item =
        WriteComment { report: item.report_id, item: Some(item.item_id), words: "哪一段?".into() };
    write_comment(&town.app, &leader, on_item).await.unwrap();
    // Not yet: until then the delegate has no more rights here than anybody.
    let first = FIRST_WEEK.last.saturating_add(60.days());
    let days = Days { first, last: first.saturating_add(30.days()) };
    name_delegate(&town.app, &act, other.person(), days).await.unwrap();
    meeting::open_meeting(&town.app, &town.act("书记").await).await.unwrap();

    let desk = desk_page(&town.app, &act, act.person()).await.unwrap();
    let torn_item = desk.work.iter().find(|item| !item.conflicts.is_empty()).unwrap();
    let pictured = desk.work.iter().find(|item| !item.evidence.is_empty()).unwrap();
    let theirs = desk_page(&town.app, &other, other.person()).await.unwrap();
    let village_plans = desk_page(&town.app, &village, village.person()).await.unwrap().plan;
    let pair = |at: usize| [theirs.plan[at].item.item_id, village_plans[at].item.item_id];
    let (help, offer, accepted) = helped(town, desk.promises[1].item.item_id).await;
    let visit = AcceptVisit {
        items: pair(1).to_vec(),
        spot_kind: SpotKind::Village,
        spot: "西湾村".into(),
        lead: other.person(),
        on: FIRST_WEEK.last.saturating_add(10.days()),
        purpose: "走访低保户".into(),
        announced: true,
    };
    let visit = accept_visit(&town.app, &other, visit).await.unwrap();
    let nothing: PersonId = town.app.new_id();
    let mut tx = town.app.store.read().await.unwrap();
    let held =
        shiji_store::meeting::meeting_of_period(&mut tx, town.place.place_id, desk.period.period_id).await;
    let meeting = held.unwrap().unwrap().meeting_id.to_string();
    let wanted = NewQuestion {
        kind: QuestionKind::Question,
        words: "水表什么时候换？".into(),
        contact: String::new(),
        is_public: true,
        person: Some(act.person()),
        item: None,
        project: None,
        language: "zh".into(),
        form: String::new(),
    };
    let received = ask_question(&town.app, &town.place, wanted).await.unwrap();
    let (project, milestone, unit) = project(town).await;
    let directive = given(town).await;
    let (stuck_item, difficulty) = stuck(town).await;
    Ids {
        project,
        milestone,
        unit,
        directive,
        stuck_item,
        difficulty,
        leader: town.person("镇长").to_string(),
        question: received.question.to_string(),
        owner: act.person().to_string(),
        other: other.person().to_string(),
        other_post: town.post("民政").to_string(),
        period: desk.period.period_id.to_string(),
        meeting,
        item: item.item_id.to_string(),
        torn_item: torn_item.item.item_id.to_string(),
        conflict: torn_item.conflicts[0].conflict_id.to_string(),
        planned: desk.promises[0].item.item_id.to_string(),
        comment: pictured.comments[0].1.comment_id.to_string(),
        evidence: pictured.evidence[0].evidence_id.to_string(),
        report: theirs.work[0].item.report_id.to_string(),
        filed_item: theirs.work[0].item.item_id.to_string(),
        published_item: desk.promises[0].item.item_id.to_string(),
        help: help.to_string(),
        offer: offer.to_string(),
        accepted: accepted.to_string(),
        joint: pair(0).map(|item| item.to_string()),
        visit: visit.to_string(),
        nothing: nothing.to_string(),
    }
}

/// A key project, a milestone of it, and the unit that answers for it.
async fn project(town: &Town) -> (String, String, String) {
    let mut tx = town.app.store.read().await.unwrap();
    let staff = roster::staff(&mut tx, town.place.place_id).await.unwrap();
    drop(tx);
    let unit = staff.post(town.post("水务")).unwrap().organization_id;
    let wanted = NewProject {
        name: "饮水工程".into(),
        description: Description {
            leader: Some(town.person("镇长")),
            units: vec![unit],
            ..Description::default()
        },
        started_on: None,
        milestones: vec![("主管".into(), date(2027, 1, 31)), ("通水".into(), date(2027, 5, 31))],
    };
    let clerk = town.act("党政办").await;
    let id = begin_project(&town.app, &clerk, wanted).await.unwrap();
    let public = project::one(&town.app, &town.place, id).await.unwrap();
    let milestone = public.story.standing.milestones[0].milestone_id;
    (id.to_string(), milestone.to_string(), unit.to_string())
}

async fn given(town: &Town) -> String {
    let wanted = GiveDirective {
        form: uuid::Uuid::nil(),
        text: "月底前换完西湾村水表".into(),
        owners: vec![town.person("水务")],
        helpers: vec![town.person("东村")],
        due_on: FIRST_WEEK.last.saturating_add(30.days()),
        steps: "核对名单\n换表".into(),
        source: Source::Inspection,
        source_text: String::new(),
        question: None,
        is_public: true,
    };
    give_directive(&town.app, &town.act("镇长").await, wanted).await.unwrap().to_string()
}

/// Two items of 水务 that tell a difficulty; about the second somebody was asked.
async fn stuck(town: &Town) -> (String, String) {
    let act = town.act("水务").await;
    let mut items = Vec::new();
    for words in ["清理取水口3处", "检修加压站1座"] {
        capture(town, "水务", words).await;
        let item = desk_page(&town.app, &act, act.person()).await.unwrap().work.pop().unwrap().item;
        let (id, difficulty) = (item.item_id, Some("缺两名电工".to_owned()));
        let edit = EditItem { item: id, version: item.version, text: item.body, due_on: None, difficulty };
        edit_item(&town.app, &act, edit).await.unwrap();
        items.push(id);
    }
    let to = Addressee::Person(town.person("镇长"));
    let raised = raise_difficulty(&town.app, &act, RaiseDifficulty { item: items[1], to }).await.unwrap();
    (items[0].to_string(), raised.to_string())
}

/// A request of 水务 with an open offer and an accepted one.
async fn helped(town: &Town, item: ItemId) -> (HelpId, OfferId, OfferId) {
    let water = town.act("水务").await;
    let asked = AskHelp { item, kind: HelpKind::People, words: String::new() };
    let help = ask_help(&town.app, &water, asked).await.unwrap();
    let mut offers = Vec::new();
    for name in ["东村", "西村"] {
        let offer = OfferHelp { help, helper: town.person(name), words: "协助清渠2人".into() };
        offers.push(offer_help(&town.app, &town.act(name).await, offer).await.unwrap());
    }
    decide_offer(&town.app, &water, DecideOffer { offer: offers[1], accepted: true }).await.unwrap();
    (help, offers[0], offers[1])
}

impl Besieged {
    /// Everything that the forms could change, but the audit trail and failed attempts to sign in.
    pub async fn state(&self) -> Vec<String> {
        let place = self.town.place.place_id;
        let mut tx = self.town.app.store.read().await.unwrap();
        let periods = calendar::periods(&mut tx, place).await.unwrap();
        let mut lines = vec![
            format!("{:?}", roster::staff(&mut tx, place).await.unwrap()),
            format!("{:?}", roster::delegations(&mut tx, place).await.unwrap()),
            format!("{:?}", public::latest_issue(&mut tx, place).await.unwrap()),
            format!("{:?}", public_affair::projects(&mut tx, place).await.unwrap()),
            format!("{:?}", spot::spots(&mut tx, place).await.unwrap()),
            format!("{:?}", visit::visits_since(&mut tx, place, FIRST_WEEK.first).await.unwrap()),
        ];
        for period in &periods {
            let id = period.period_id;
            lines.push(format!("{period:?}"));
            lines.push(format!("{:?}", visit::refusals_in(&mut tx, place, id).await.unwrap()));
            lines.push(format!("{:?}", link::links_in_period(&mut tx, place, id).await.unwrap().len()));
            for one in help::requests_in(&mut tx, place, id).await.unwrap() {
                lines.push(format!("{:?}", help::offers_to(&mut tx, place, one.help_id).await.unwrap()));
                lines.push(format!("{one:?}"));
            }
            lines.push(format!("{:?}", calendar::leave_in(&mut tx, place, period.days).await.unwrap()));
            lines.push(format!("{:?}", report::items_in(&mut tx, place, id).await.unwrap()));
            lines.push(format!("{:?}", report::answers_in(&mut tx, place, id).await.unwrap()));
            lines.push(format!("{:?}", report::decisions_in(&mut tx, place, id).await.unwrap()));
            lines.push(format!("{:?}", evidence::evidence_in(&mut tx, place, id).await.unwrap()));
            let meeting = shiji_store::meeting::meeting_of_period(&mut tx, place, id).await.unwrap();
            lines.push(format!("{meeting:?}"));
            for one in report::reports_in(&mut tx, place, id).await.unwrap() {
                lines.push(format!("{one:?}"));
                lines.push(format!(
                    "{:?}",
                    report::conflicts_of(&mut tx, place, one.report_id).await.unwrap()
                ));
                lines
                    .push(format!("{:?}", report::comments_of(&mut tx, place, one.report_id).await.unwrap()));
            }
        }
        for one in directive::all_open(&mut tx, place).await.unwrap() {
            let events = directive::events_of(&mut tx, place, one.directive_id).await.unwrap();
            lines.push(format!("{one:?} {events:?}"));
        }
        for state in [State::Open, State::Answered, State::Solved] {
            lines.push(format!("{:?}", difficulty::in_state(&mut tx, place, state).await.unwrap()));
        }
        lines.push(difficulty::answer_days(&mut tx, place).await.unwrap().to_string());
        for name in PEOPLE {
            let person = self.town.person(name);
            lines.push(format!("{:?}", shiji_store::notice::unread(&mut tx, place, person).await.unwrap()));
            lines.push(format!(
                "{:?}",
                account::credential_of(&mut tx, place, person).await.unwrap().is_some()
            ));
            let session =
                account::session_person(&mut tx, place, &who::token_hash(&token(name)), self.town.app.now())
                    .await;
            lines.push(format!("{:?}", session.unwrap()));
        }
        lines
    }

    /// The acts in the audit trail, the newest first.
    pub async fn audited(&self) -> Vec<audit::AuditEntry> {
        let mut tx = self.town.app.store.read().await.unwrap();
        audit::audit_entries(&mut tx, self.town.place.place_id, i64::MAX, 100_000).await.unwrap()
    }
}
