//! An item's own page: what it says, whose it is, and everything it said before.

use super::cache::Rendered;
use super::issue::rendered;
use super::view::{ItemView, is_gone, item, outcome_code};
use crate::Shared;
use crate::difficulty::state;
use crate::frame::{Here, Page, WebError};
use crate::question::{Line, line};
use askama::Template;
use jiff::civil::Date;
use shiji_app::AppError;
use shiji_app::affair::{Belongs, belongs};
use shiji_app::board::ItemHistory;
use shiji_app::difficulty::{PublicDifficulty, of_item};
use shiji_app::log::{Located, item_proofs};
use shiji_app::together::{ItemCompany, company_of};
use shiji_domain::id::{ItemId, MilestoneId, ProjectId};
use shiji_domain::item::ItemKind;
use shiji_record::fact::{Kind, RedactionFact};
use shiji_record::projection::ItemRow;

#[derive(Template)]
#[template(path = "board/item.html")]
struct ItemPage {
    page: Page,
    history: ItemHistory,
    view: ItemView,
    kind: ItemKind,
    /// Of what became of a plan item.
    outcome_key: String,
    /// Its entries in the log; none while there is no log.
    entries: Option<Vec<Located>>,
    /// What was asked about it, where the words are public.
    questions: Vec<Line>,
    /// What it moved: project and milestone, each with its name.
    milestones: Vec<(ProjectId, String, MilestoneId, String)>,
    /// What it belongs to.
    belongs: Vec<Belongs>,
    /// Who was asked for help, where a difficulty is told.
    stuck: Option<PublicDifficulty>,
    /// Who helped, or came along.
    company: Vec<ItemCompany>,
}

impl ItemPage {
    /// What a revision said, or that its words are gone.
    fn words(&self, row: &ItemRow) -> String {
        if is_gone(row) { self.page.t.get("redacted") } else { row.fact.text.clone() }
    }

    fn visits_of(&self, spot: &str) -> String {
        self.page.to(&format!("/visits/{}", crate::frame::error::percent(spot)))
    }

    fn entry(&self, located: &Located) -> String {
        let kind = match located.leaf.kind {
            Kind::Correction => "item-log-kind-correction",
            Kind::Redaction => "item-log-kind-redaction",
            Kind::Answer => "item-log-kind-answer",
            _ => "item-log-kind-item",
        };
        self.page.t.get(kind)
    }

    /// Where the difficulty stands: class and word.
    fn standing(&self, stuck: &PublicDifficulty) -> (&'static str, String) {
        state(self.page.t, stuck.state)
    }

    fn redacted(&self, fact: &RedactionFact, day: &Date) -> String {
        let t = self.page.t;
        let reason = t.get(format!("redaction-{}", fact.reason.code().replace('_', "-")));
        t.format(
            "redacted-why",
            &[("day", t.day(day)), ("name", fact.redacted_by.clone()), ("reason", reason)],
        )
    }
}

pub async fn page(web: &Shared, here: Here, id: ItemId) -> Result<Rendered, WebError> {
    let history = shiji_app::board::item(&web.app, &here.place, id).await?;
    let revisions: Vec<_> = history.revisions.iter().collect();
    let view = item(&revisions, &here.t.get("redacted")).ok_or(AppError::NotFound)?;
    let kind = history.revisions[0].fact.item_kind;
    let outcome = history.answer.as_ref().map(|(_, answer)| answer.outcome);
    let outcome_key = format!("outcome-{}", outcome_code(outcome));
    let entries = match &web.app.log {
        Some(log) => Some(item_proofs(&web.app, log, &here.place, id.0).await?),
        None => None,
    };
    let asked = shiji_app::question::about_item(&web.app, &here.place, id).await?;
    let company = company_of(&web.app, &here.place, id).await?;
    let today = shiji_app::app::day_in(&here.place, web.app.clock.now())?;
    let questions = asked.iter().map(|question| line(here.t, question, today)).collect();
    let links = history.revisions.last().map(|row| row.fact.links.clone()).unwrap_or_default();
    let milestones = shiji_app::project::milestones_named(&web.app, &here.place, &links).await?;
    let belongs = belongs(&web.app, &here.place, &links).await?;
    let stuck = of_item(&web.app, &here.place, history.issue.number, id).await?;
    let opened = web.readings.of(here.place.place_id, id);
    let page = Page::public(here);
    let template = ItemPage {
        page,
        history,
        view,
        kind,
        outcome_key,
        entries,
        questions,
        milestones,
        belongs,
        stuck,
        company,
    };
    let mut rendered = rendered(&template)?;
    rendered.opened = Some(opened);
    Ok(rendered)
}
