//! Everything the desk shows.

use super::file_report::{filing, personal_data, planned_items};
use crate::affair::{self, Candidate};
use crate::app::{Act, App};
use crate::difficulty::{self, Addressees, Stuck};
use crate::error::AppError;
use shiji_domain::calendar::Days;
use shiji_domain::id::{ItemId, PersonId};
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::link::ItemLink;
use shiji_domain::refusal::Refusal;
use shiji_domain::report::{Decision, Filing, ReportState};
use shiji_domain::staff::Staff;
use shiji_store::calendar::{self, Period};
use shiji_store::evidence::{self, Evidence};
use shiji_store::notice::{self, Notice};
use shiji_store::report::{self, Comment, Conflict, Item, Report};
use shiji_store::{Tx, link, meeting, roster};
use shiji_text::{Check, Copies, FindingKind, Kind, Origin};
use std::collections::HashMap;

/// Issues of the person's own items in which copies are sought.
const EARLIER_ISSUES: i64 = 26;

#[derive(Debug, Clone)]
pub struct DeskPage {
    pub period: Period,
    pub owner: PersonId,
    pub owner_name: String,
    pub own: bool,
    pub state: Option<ReportState>,
    pub return_reason: Option<String>,
    /// On leave, with the substitute's name.
    pub substitute: Option<String>,
    pub promises: Vec<Promise>,
    pub work: Vec<DeskItem>,
    pub plan: Vec<DeskItem>,
    /// Author's name and the word, of those on the whole report or on an item that is gone.
    pub comments: Vec<(String, Comment)>,
    /// Each with what it is about.
    pub notices: Vec<(Notice, Option<String>)>,
    pub minutes: i64,
    /// What still stands in the way of filing, if anything.
    pub in_the_way: Option<Refusal>,
    pub unanswered: usize,
    pub can_withdraw: bool,
    /// Others for whom this person may file.
    pub files_for: Vec<(PersonId, String)>,
    /// Colleagues who could file for this person.
    pub colleagues: Vec<(PersonId, String)>,
    /// Who may file for this person now or later, the days written out.
    pub delegations: Vec<(PersonId, String, Days)>,
    /// What became of the difficulties that the items tell.
    pub stuck: HashMap<ItemId, Stuck>,
    /// Whom the owner can ask for help.
    pub addressees: Addressees,
}

#[derive(Debug, Clone)]
pub struct Promise {
    pub item: Item,
    pub outcome: Option<Outcome>,
    pub reason: Option<String>,
}

#[derive(Debug, Clone)]
pub struct DeskItem {
    pub item: Item,
    pub check: Check,
    /// Places that look like a resident's personal data and were not let pass.
    pub personal_data: usize,
    pub conflicts: Vec<Conflict>,
    pub evidence: Vec<Evidence>,
    /// Why it was sent back, if its words are still those.
    pub returned: Option<String>,
    /// Author's name and the word, of those on this item.
    pub comments: Vec<(String, Comment)>,
    /// What it belongs to, with its name.
    pub links: Vec<(ItemLink, String)>,
    /// What it could belong to.
    pub candidates: Vec<Candidate>,
}

/// Proposals shown at an item: more would be noise.
const PROPOSALS_MOST: usize = 2;

impl DeskItem {
    /// What its words speak of.
    pub fn proposals(&self) -> impl Iterator<Item = &Candidate> {
        self.candidates.iter().filter(|candidate| candidate.proposed).take(PROPOSALS_MOST)
    }
}

/// What was published before, in which copies are sought: the person's own work of half a year, and the colleagues' of
/// the last issue.
#[derive(Default)]
pub struct Earlier {
    own: Known,
    colleagues: Known,
}

struct Known {
    copies: Copies<usize>,
    texts: Vec<String>,
}

impl Default for Known {
    fn default() -> Self {
        Known { copies: Copies::new(), texts: Vec::new() }
    }
}

impl Known {
    fn of(texts: Vec<String>) -> Known {
        let mut copies = Copies::new();
        for (index, text) in texts.iter().enumerate() {
            copies.insert(index, text);
        }
        Known { copies, texts }
    }

    /// Routine work is told in the same words every week; only the same figures again make a copy.
    fn copied_by(&self, text: &str) -> Option<(&str, f32)> {
        let figures = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
        let (index, similarity) = self.copies.near(text).into_iter().next()?;
        let found = self.texts.get(index)?;
        (figures(found) == figures(text)).then_some((found.as_str(), similarity))
    }
}

impl Earlier {
    async fn of(tx: &mut Tx, act: &Act, owner: PersonId) -> Result<Earlier, AppError> {
        let place = act.place.place_id;
        let latest = shiji_store::public::latest_issue(tx, place).await?.map_or(0, |issue| issue.number);
        let own = report::earlier_texts(tx, place, owner, latest - EARLIER_ISSUES).await?;
        let published = shiji_store::projection::items_of_issue(tx, place, latest).await?;
        let colleagues = published
            .into_iter()
            .filter(|row| row.fact.person != owner && row.fact.item_kind == ItemKind::Work)
            .map(|row| row.fact.text)
            .collect();
        Ok(Earlier {
            own: Known::of(own.into_iter().map(|(_, text)| text).collect()),
            colleagues: Known::of(colleagues),
        })
    }
}

/// An item read by the check, with near copies of what was published. A plan item with its own due day needs none in
/// its words.
pub fn checked(item: &Item, earlier: &Earlier) -> Check {
    let kind = match item.kind {
        ItemKind::Work => Kind::Work,
        ItemKind::Plan => Kind::Plan,
    };
    let mut check = shiji_text::check(&item.body, kind);
    if item.due_on.is_some() {
        check.findings.retain(|finding| finding.kind != FindingKind::NoDeadline);
    }
    if kind == Kind::Work {
        if let Some((found, similarity)) = earlier.own.copied_by(&item.body) {
            check.findings.push(shiji_text::copy_finding(Origin::Own, found, similarity));
        } else if let Some((found, similarity)) = earlier.colleagues.copied_by(&item.body) {
            check.findings.push(shiji_text::copy_finding(Origin::Colleague, found, similarity));
        }
    }
    check
}

/// # Errors
/// Refuses who may not write for `owner`, and when no period is open.
pub async fn desk_page(app: &App, act: &Act, owner: PersonId) -> Result<DeskPage, AppError> {
    act.actor.must_write_for(owner)?;
    let place = act.place.place_id;
    let mut tx = app.store.read().await?;
    let period =
        calendar::open_period(&mut tx, place).await?.ok_or_else(|| Refusal::new("refusal-no-period"))?;
    let staff = roster::staff(&mut tx, place).await?;
    let report = report::report_for(&mut tx, place, period.period_id, owner).await?;
    let held = meeting::meeting_of_period(&mut tx, place, period.period_id).await?;
    let leave = calendar::leave_in(&mut tx, place, period.days).await?;
    let answers = match &report {
        Some(report) => report::answers_of(&mut tx, place, report.report_id).await?,
        None => Vec::new(),
    };
    let promises: Vec<Promise> = planned_items(&mut tx, act, &period, owner)
        .await?
        .into_iter()
        .map(|item| {
            let answer = answers.iter().find(|answer| answer.plan_item_id == item.item_id);
            Promise {
                outcome: answer.map(|answer| answer.outcome),
                reason: answer.and_then(|answer| answer.reason.clone()),
                item,
            }
        })
        .collect();
    let (mut work, mut plan, mut comments) = (vec![], vec![], vec![]);
    let in_the_way;
    if let Some(report) = &report {
        comments = report::comments_of(&mut tx, place, report.report_id)
            .await?
            .into_iter()
            .map(|comment| (staff.name(comment.author_id), comment))
            .collect();
        let links = link::links_in_report(&mut tx, place, report.report_id).await?;
        for mut item in desk_items(&mut tx, act, report, owner).await? {
            let on_item = |of: &mut (String, Comment)| of.1.item_id == Some(item.item.item_id);
            item.comments = comments.extract_if(.., on_item).collect();
            for link in links.get(&item.item.item_id).into_iter().flatten() {
                let name = affair::name_of(&mut tx, place, *link).await?;
                item.links.extend(name.map(|name| (*link, name)));
            }
            item.candidates = affair::candidates(&mut tx, act, owner, &item.item.body).await?;
            item.candidates.retain(|candidate| !item.links.iter().any(|(link, _)| *link == candidate.link));
            if item.item.kind == ItemKind::Work { work.push(item) } else { plan.push(item) }
        }
        in_the_way = filing(&mut tx, act, &period, report).await?.check().err();
    } else {
        let unanswered = promises.len();
        in_the_way = Filing { state_open: true, unanswered, ..Filing::default() }.check().err();
    }
    let items: Vec<&Item> = work.iter().chain(&plan).map(|entry| &entry.item).collect();
    let stuck = difficulty::stuck(&mut tx, act, &staff, &items).await?;
    let named = |id: &PersonId| (*id, staff.name(*id));
    Ok(DeskPage {
        addressees: difficulty::addressees(&staff, owner, act.day()?),
        stuck,
        own: owner == act.person(),
        owner_name: staff.name(owner),
        state: report.as_ref().map(|report| report.state),
        return_reason: report.as_ref().and_then(|report| report.return_reason.clone()),
        substitute: leave
            .iter()
            .find(|leave| leave.person_id == owner)
            .map(|leave| staff.name(leave.substitute_id)),
        unanswered: promises.iter().filter(|promise| promise.outcome.is_none()).count(),
        minutes: report.as_ref().map_or(0, |report| (report.seconds + 59) / 60),
        can_withdraw: report.as_ref().is_some_and(|report| report.state.is_filed()) && held.is_none(),
        notices: notices(&mut tx, act).await?,
        files_for: act.actor.files_for.iter().map(named).collect(),
        colleagues: staff
            .filers(period.days.last)
            .iter()
            .map(|filer| filer.person_id)
            .filter(|id| *id != owner)
            .map(|id| named(&id))
            .collect(),
        delegations: delegations(&mut tx, act, owner, &staff).await?,
        owner,
        period,
        promises,
        work,
        plan,
        comments,
        in_the_way,
    })
}

async fn notices(tx: &mut Tx, act: &Act) -> Result<Vec<(Notice, Option<String>)>, AppError> {
    let place = act.place.place_id;
    let mut all = Vec::new();
    for notice in notice::unread(tx, place, act.person()).await? {
        let about = match notice.subject {
            Some(subject) => affair::told_of(tx, place, notice.kind, subject).await?,
            None => None,
        };
        all.push((notice, about));
    }
    Ok(all)
}

async fn delegations(
    tx: &mut Tx,
    act: &Act,
    owner: PersonId,
    staff: &Staff,
) -> Result<Vec<(PersonId, String, Days)>, AppError> {
    let today = act.day()?;
    let given = roster::delegations(tx, act.place.place_id).await?;
    let given = given.into_iter().filter(|given| given.person_id == owner && given.to >= today);
    Ok(given
        .map(|given| {
            let days = Days { first: given.from, last: given.to };
            (given.delegate_id, staff.name(given.delegate_id), days)
        })
        .collect())
}

async fn desk_items(
    tx: &mut Tx,
    act: &Act,
    report: &Report,
    owner: PersonId,
) -> Result<Vec<DeskItem>, AppError> {
    let place = act.place.place_id;
    let earlier = Earlier::of(tx, act, owner).await?;
    let conflicts = report::conflicts_of(tx, place, report.report_id).await?;
    let evidence = evidence::evidence_of(tx, place, report.report_id).await?;
    let mut returned: HashMap<ItemId, (i64, String)> = HashMap::new();
    for decision in report::decisions_of(tx, place, report.report_id).await? {
        if let (Decision::Return, Some(item)) = (decision.decision, decision.item_id) {
            returned.insert(item, (decision.decided_at, decision.reason.unwrap_or_default()));
        }
    }
    let items = report::items_of(tx, place, report.report_id).await?;
    Ok(items
        .into_iter()
        .map(|item| DeskItem {
            check: checked(&item, &earlier),
            personal_data: personal_data(&item),
            conflicts: conflicts
                .iter()
                .filter(|conflict| conflict.item_id == item.item_id)
                .cloned()
                .collect(),
            evidence: evidence.iter().filter(|evidence| evidence.item_id == item.item_id).cloned().collect(),
            returned: returned
                .get(&item.item_id)
                .filter(|(at, _)| item.updated_at <= *at)
                .map(|(_, reason)| reason.clone()),
            comments: Vec::new(),
            links: Vec::new(),
            candidates: Vec::new(),
            item,
        })
        .collect())
}
