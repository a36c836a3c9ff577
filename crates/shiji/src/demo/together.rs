//! What the demo's people do together: the meeting gives orders, whoever is stuck asks the leader in charge, and the items of
//! the weeks after show how far it is. All of it through the same acts as everybody's.

use super::act_of;
use crate::wiring::SetClock;
use anyhow::{Context as _, Result};
use jiff::ToSpan as _;
use shiji_app::difficulty::{
    AnswerDifficulty, RaiseDifficulty, Solve, answer_difficulty, raise_difficulty, solve,
};
use shiji_app::directive::{
    AnswerDirective, EndDirective, FinishStep, GiveDirective, answer_directive, directive_page,
    end_directive, finish_step, give_directive,
};
use shiji_app::{App, AppError};
use shiji_demo::{Help, help};
use shiji_domain::difficulty::{Addressee, leader_of};
use shiji_domain::directive::{End, Source};
use shiji_domain::id::{DifficultyId, DirectiveId, ItemId, PersonId};
use shiji_domain::item::ItemKind;
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_store::calendar::Period;
use shiji_store::report::Item;
use shiji_store::roster::{self, Place};
use shiji_store::{StoreError, link};

const HOUR: i64 = 60 * 60 * 1_000;
const WEEK: i64 = 7 * 24 * HOUR;
/// Weeks of orders and difficulties; a year of them would make the demo slow to begin.
const WEEKS: i64 = 9;
/// Difficulties of a week about which somebody is asked.
const ASKED_MOST: usize = 2;

struct Order {
    directive: DirectiveId,
    owner: PersonId,
    words: String,
    /// The work that carried it out.
    done_by: Option<ItemId>,
}

struct Stuck {
    difficulty: DifficultyId,
    owner: PersonId,
    leader: PersonId,
    answered: bool,
}

/// Goes from week to week.
pub struct Together {
    /// Nothing happens before this instant.
    since: i64,
    now: i64,
    help: Vec<Help>,
    orders: Vec<Order>,
    stuck: Vec<Stuck>,
    count: usize,
}

/// Where it happens.
#[derive(Clone, Copy)]
pub struct Stage<'a> {
    pub app: &'a App,
    pub clock: &'a SetClock,
    pub place: &'a Place,
    pub chair: PersonId,
    pub period: &'a Period,
}

impl Together {
    pub fn before(now: i64) -> Together {
        let since = now - WEEKS * WEEK;
        Together { since, now, help: help(), orders: Vec::new(), stuck: Vec::new(), count: 0 }
    }

    fn is_time(&self, stage: Stage<'_>) -> bool {
        stage.period.meeting_at > self.since
    }

    /// Items of the week that speak of an order belong to it.
    pub async fn link(&mut self, stage: Stage<'_>, lines: &[(PersonId, Item)]) -> Result<()> {
        let mut links = Vec::new();
        for order in &mut self.orders {
            let speak = |(owner, item): &&(PersonId, Item)| {
                *owner == order.owner && shiji_text::carries_out(&item.body, &order.words)
            };
            for (_, item) in lines.iter().filter(speak) {
                if item.kind == ItemKind::Work {
                    order.done_by = Some(item.item_id);
                }
                links.push((item.item_id, order.directive));
            }
        }
        let input = (stage.place.place_id, links, stage.app.now());
        stage
            .app
            .store
            .write("demo.links", &input, |tx, (place, links, at)| {
                Box::pin(async move {
                    for (item, directive) in links {
                        let to = ItemLink { kind: LinkKind::Directive, subject: directive.0 };
                        link::link_item(tx, *place, *item, to, *at).await?;
                    }
                    Ok::<_, StoreError>(())
                })
            })
            .await?;
        Ok(())
    }

    /// Before the meeting somebody asks for help; in the meeting the chair gives an order.
    pub async fn meet(&mut self, stage: Stage<'_>, lines: &[(PersonId, Item)]) -> Result<()> {
        if !self.is_time(stage) {
            return Ok(());
        }
        stage.clock.set_millis(stage.period.due_at - HOUR);
        self.ask_for_help(stage, lines).await.context("somebody who is stuck")?;
        stage.clock.set_millis(stage.period.meeting_at + HOUR);
        self.decide(stage, lines).await.context("an order of the meeting")
    }

    async fn ask_for_help(&mut self, stage: Stage<'_>, lines: &[(PersonId, Item)]) -> Result<()> {
        let mut tx = stage.app.store.read().await?;
        let staff = roster::staff(&mut tx, stage.place.place_id).await?;
        drop(tx);
        let day = stage.period.days.last;
        let told = lines.iter().filter(|(_, item)| {
            item.difficulty.as_deref().is_some_and(|words| shiji_text::personal_data(words).is_empty())
        });
        for (owner, item) in told.take(ASKED_MOST) {
            let Some(leader) = leader_of(&staff, *owner, day) else { continue };
            let act = act_of(stage.app, stage.place, *owner).await?;
            let wanted = RaiseDifficulty { item: item.item_id, to: Addressee::Person(leader) };
            let difficulty = raise_difficulty(stage.app, &act, wanted).await?;
            self.stuck.push(Stuck { difficulty, owner: *owner, leader, answered: false });
        }
        Ok(())
    }

    /// What somebody plans becomes an order of the meeting; every third one is internal.
    async fn decide(&mut self, stage: Stage<'_>, lines: &[(PersonId, Item)]) -> Result<()> {
        let plans: Vec<&(PersonId, Item)> = lines
            .iter()
            .filter(|(owner, item)| item.kind == ItemKind::Plan && *owner != stage.chair)
            .filter(|(_, item)| shiji_text::personal_data(&item.body).is_empty())
            .collect();
        let Some((owner, item)) = plans.get(self.count * 7 % plans.len().max(1)) else { return Ok(()) };
        let act = act_of(stage.app, stage.place, stage.chair).await?;
        let wanted = GiveDirective {
            form: Default::default(),
            text: item.body.clone(),
            owners: vec![*owner],
            helpers: Vec::new(),
            due_on: stage.period.days.last.saturating_add(8.days()),
            steps: "到现场看一次，列出缺什么\n办完后报一次结果".into(),
            source: Source::Meeting,
            source_text: String::new(),
            question: None,
            is_public: self.count % 3 != 2,
        };
        self.count += 1;
        match give_directive(stage.app, &act, wanted).await {
            Ok(directive) => {
                let words = item.body.clone();
                self.orders.push(Order { directive, owner: *owner, words, done_by: None });
                Ok(())
            }
            // Whoever moves on this very day has no post to do it in.
            Err(AppError::Refused(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// After the meeting: owners accept, leaders answer, what helped is said to have helped, and what is done is closed.
    pub async fn afterwards(&mut self, stage: Stage<'_>, closed: i64) -> Result<()> {
        if !self.is_time(stage) || closed + 4 * HOUR > self.now {
            return Ok(());
        }
        stage.clock.set_millis(closed + HOUR);
        self.help_the_stuck(stage).await.context("help for whoever is stuck")?;
        stage.clock.set_millis(closed + 3 * HOUR);
        self.carry_out(stage).await.context("orders that are carried out")
    }

    async fn help_the_stuck(&mut self, stage: Stage<'_>) -> Result<()> {
        for (at, one) in self.stuck.iter_mut().enumerate() {
            // Now and then nobody answers, and it goes up.
            if at % 4 == 3 {
                continue;
            }
            let help = self.help[at % self.help.len()];
            if !one.answered {
                let act = act_of(stage.app, stage.place, one.leader).await?;
                let wanted = AnswerDifficulty { difficulty: one.difficulty, text: help.answer.into() };
                one.answered = answer_difficulty(stage.app, &act, wanted).await.is_ok();
                continue;
            }
            let act = act_of(stage.app, stage.place, one.owner).await?;
            let remark = help.solved.into();
            let wanted = Solve { difficulty: one.difficulty, solved_by: one.leader, item: None, remark };
            // Solved the week before: said once is enough.
            let _said = solve(stage.app, &act, wanted).await;
        }
        Ok(())
    }

    async fn carry_out(&mut self, stage: Stage<'_>) -> Result<()> {
        let mut open = Vec::new();
        for order in self.orders.drain(..) {
            let owner = act_of(stage.app, stage.place, order.owner).await?;
            let Ok(page) = directive_page(stage.app, &owner, order.directive).await else { continue };
            if page.may_accept {
                let accepted = AnswerDirective { directive: order.directive, objection: None };
                answer_directive(stage.app, &owner, accepted).await?;
            }
            let Some(item) = order.done_by else {
                open.push(order);
                continue;
            };
            for position in 1..=page.directive.steps.len() {
                finish_step(stage.app, &owner, FinishStep { directive: order.directive, position, item })
                    .await?;
            }
            let chair = act_of(stage.app, stage.place, stage.chair).await?;
            let end = EndDirective { directive: order.directive, end: End::Closed, remark: String::new() };
            end_directive(stage.app, &chair, end).await?;
        }
        self.orders = open;
        Ok(())
    }
}
