//! A filed report as a leader and the meeting read it.

use crate::app::Act;
use crate::desk::{Earlier, checked};
use crate::error::AppError;
use shiji_domain::id::{ItemId, PersonId};
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::report::Decision;
use shiji_domain::staff::Staff;
use shiji_store::calendar::Period;
use shiji_store::evidence::{self, Evidence};
use shiji_store::report::{self, Comment, DecisionRow, Item, Report};
use shiji_store::{Tx, calendar};
use shiji_text::{Check, Verdict};

#[derive(Debug, Clone)]
pub struct ReportView {
    pub report: Report,
    pub name: String,
    pub unit: String,
    pub titles: Vec<String>,
    /// The delegate's name, when somebody else filed.
    pub filed_by: Option<String>,
    pub promises: Vec<ReviewedPromise>,
    pub work: Vec<ReviewedItem>,
    pub plan: Vec<ReviewedItem>,
    /// Author's name and the word, of those on the whole report or on an item that is gone.
    pub comments: Vec<(String, Comment)>,
}

impl ReportView {
    /// Unit and posts; a post that names the unit itself needs no second mention.
    pub fn post_line(&self) -> String {
        let named = self.titles.iter().any(|title| title.starts_with(&self.unit));
        let unit = if named { None } else { Some(self.unit.clone()) };
        unit.into_iter()
            .chain([self.titles.join("、")])
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

#[derive(Debug, Clone)]
pub struct ReviewedPromise {
    pub text: String,
    pub outcome: Option<Outcome>,
    pub reason: Option<String>,
}

#[derive(Debug, Clone)]
pub struct ReviewedItem {
    pub item: Item,
    pub check: Check,
    /// The last word on this item, if its words have not changed since.
    pub decision: Option<DecisionRow>,
    pub evidence: Vec<Evidence>,
    /// Author's name and the word, of those on this item.
    pub comments: Vec<(String, Comment)>,
}

impl ReviewedItem {
    /// Worth a look of the meeting: the check finds nothing that a resident could check.
    pub fn is_vague(&self) -> bool {
        self.check.verdict == Verdict::Vague
    }
}

impl ReportView {
    pub fn vague(&self) -> usize {
        self.work.iter().chain(&self.plan).filter(|item| item.is_vague()).count()
    }

    /// Plan items that were moved, dropped or not answered.
    pub fn broken(&self) -> usize {
        let broken = [None, Some(Outcome::Moved), Some(Outcome::Dropped)];
        self.promises.iter().filter(|promise| broken.contains(&promise.outcome)).count()
    }

    pub fn difficulties(&self) -> usize {
        self.work.iter().chain(&self.plan).filter(|item| item.item.difficulty.is_some()).count()
    }
}

/// # Errors
/// Only when the store fails.
pub async fn view_of(
    tx: &mut Tx,
    act: &Act,
    staff: &Staff,
    period: &Period,
    report: Report,
) -> Result<ReportView, AppError> {
    let place = act.place.place_id;
    let person = report.person_id;
    let answers = report::answers_of(tx, place, report.report_id).await?;
    let promises = planned(tx, act, period, person)
        .await?
        .into_iter()
        .map(|item| {
            let answer = answers.iter().find(|answer| answer.plan_item_id == item.item_id);
            ReviewedPromise {
                text: item.body,
                outcome: answer.map(|answer| answer.outcome),
                reason: answer.and_then(|answer| answer.reason.clone()),
            }
        })
        .collect();
    let decisions = report::decisions_of(tx, place, report.report_id).await?;
    let items = report::items_of(tx, place, report.report_id).await?;
    let mut evidence = evidence::evidence_of(tx, place, report.report_id).await?;
    let comments = report::comments_of(tx, place, report.report_id).await?;
    let mut comments: Vec<(String, Comment)> =
        comments.into_iter().map(|comment| (staff.name(comment.author_id), comment)).collect();
    let (work, plan) = items
        .into_iter()
        .map(|item| ReviewedItem {
            check: checked(&item, &Earlier::default()),
            decision: last_decision(&decisions, &item),
            evidence: evidence.extract_if(.., |of| of.item_id == item.item_id).collect(),
            comments: comments.extract_if(.., |of| of.1.item_id == Some(item.item_id)).collect(),
            item,
        })
        .partition(|item| item.item.kind == ItemKind::Work);
    let filer = staff.filers(period.days.last).into_iter().find(|filer| filer.person_id == person);
    let unit =
        filer.and_then(|filer| staff.organization(filer.organization_id)).map(|unit| unit.name.clone());
    Ok(ReportView {
        name: staff.name(person),
        unit: unit.unwrap_or_default(),
        titles: staff.titles(person, period.days.last),
        filed_by: report.filed_by.filter(|by| *by != person).map(|by| staff.name(by)),
        promises,
        work,
        plan,
        comments,
        report,
    })
}

fn last_decision(decisions: &[DecisionRow], item: &Item) -> Option<DecisionRow> {
    let of_item = |decision: &&DecisionRow| {
        decision.item_id == Some(item.item_id)
            || (decision.item_id.is_none() && decision.decision == Decision::Accept)
    };
    decisions.iter().filter(of_item).rfind(|decision| decision.decided_at >= item.updated_at).cloned()
}

async fn planned(tx: &mut Tx, act: &Act, period: &Period, person: PersonId) -> Result<Vec<Item>, AppError> {
    let place = act.place.place_id;
    let Some(before) = calendar::period_before(tx, place, period.days.first).await? else {
        return Ok(Vec::new());
    };
    let Some(report) = report::report_for(tx, place, before.period_id, person).await? else {
        return Ok(Vec::new());
    };
    if report.state != shiji_domain::report::ReportState::Published {
        return Ok(Vec::new());
    }
    let items: Vec<Item> = report::items_of(tx, place, report.report_id).await?;
    Ok(items.into_iter().filter(|item: &Item| item.kind == ItemKind::Plan).collect::<Vec<_>>())
}

/// So that a decision names an item of this very report.
pub(crate) fn has_item(view: &[Item], id: ItemId) -> bool {
    view.iter().any(|item| item.item_id == id)
}
