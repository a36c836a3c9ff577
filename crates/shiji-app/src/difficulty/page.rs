//! What people at work see of difficulties.

use super::before::{Before, alike, earlier};
use super::step::{called, known, may_answer};
use crate::app::{Act, App};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::difficulty::{Addressee, State, next_up};
use shiji_domain::id::{DifficultyId, ItemId, PersonId};
use shiji_domain::item::ItemKind;
use shiji_domain::right::{Role, not_yours};
use shiji_domain::staff::Staff;
use shiji_store::difficulty::{self, Difficulty, KeptEvent};
use shiji_store::report::{self, Item};
use shiji_store::{Tx, calendar, roster};

/// Own difficulties in a list.
const RAISED_MOST: i64 = 30;
/// Solved ones in a list.
const SOLVED_MOST: i64 = 30;

/// A difficulty in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub difficulty: Difficulty,
    pub person: String,
    pub to: String,
    pub overdue: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifficultyLists {
    /// What waits for the actor's answer.
    pub to_answer: Vec<Line>,
    pub raised: Vec<Line>,
    /// Open, answered and lately solved ones, for those who read everything.
    pub all: Option<(Vec<Line>, Vec<Line>, Vec<Line>)>,
}

fn line(staff: &Staff, today: Date, difficulty: Difficulty) -> Line {
    Line {
        person: staff.name(difficulty.person_id),
        to: called(staff, difficulty.course.to),
        overdue: difficulty.course.is_overdue(today),
        difficulty,
    }
}

/// # Errors
/// Refuses whoever can have no part in them: no desk and no right to read all.
pub async fn difficulties(app: &App, act: &Act) -> Result<DifficultyLists, AppError> {
    let reads_all = act.actor.must_read_all().is_ok();
    if !act.actor.has_desk() && !reads_all {
        return Err(not_yours().into());
    }
    let place = act.place.place_id;
    let today = act.day()?;
    let mut tx = app.store.read().await?;
    let staff = roster::staff(&mut tx, place).await?;
    let mut to_answer: Vec<Difficulty> = Vec::new();
    let filers = staff.filers(today);
    for person in std::iter::once(act.person()).chain(act.actor.files_for.iter().copied()) {
        to_answer.extend(difficulty::put_to(&mut tx, place, Addressee::Person(person)).await?);
        if let Some(filer) = filers.iter().find(|filer| filer.person_id == person) {
            let of_unit = Addressee::Unit(filer.organization_id);
            for one in difficulty::put_to(&mut tx, place, of_unit).await? {
                if !to_answer.contains(&one) {
                    to_answer.push(one);
                }
            }
        }
    }
    to_answer.sort_by_key(|one| one.course.due_on);
    let raised = difficulty::raised_by(&mut tx, place, act.person(), RAISED_MOST).await?;
    let of =
        |all: Vec<Difficulty>| -> Vec<Line> { all.into_iter().map(|one| line(&staff, today, one)).collect() };
    let all = if reads_all {
        let open = difficulty::in_state(&mut tx, place, State::Open).await?;
        let answered = difficulty::in_state(&mut tx, place, State::Answered).await?;
        Some((of(open), of(answered), of(difficulty::solved(&mut tx, place, SOLVED_MOST).await?)))
    } else {
        None
    };
    Ok(DifficultyLists { to_answer: of(to_answer), raised: of(raised), all })
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifficultyPage {
    pub difficulty: Difficulty,
    pub person: String,
    pub to: String,
    pub overdue: bool,
    /// None when it was taken out again before it was published.
    pub item: Option<Item>,
    pub events: Vec<KeptEvent>,
    pub before: Vec<Before>,
    pub may_answer: bool,
    /// Name of whom it goes to when it is handed up.
    pub next_up: Option<String>,
    /// Somebody is above whoever has it now.
    pub goes_up: bool,
    pub is_own: bool,
    /// Own work in which it may have been solved.
    pub own_work: Vec<(ItemId, String)>,
    /// Who may have solved it, whoever answered last first.
    pub helpers: Vec<(PersonId, String)>,
    /// Take the public words of its story away.
    pub may_redact: bool,
}

/// # Errors
/// While its item is not published, refuses everybody but whoever raised it, whoever was asked, the leader in charge, clerk,
/// chair and auditor; afterwards it is read by everybody who works here.
pub async fn difficulty_page(app: &App, act: &Act, id: DifficultyId) -> Result<DifficultyPage, AppError> {
    let place = act.place.place_id;
    let today = act.day()?;
    let mut tx = app.store.read().await?;
    let found = known(&mut tx, &act.place, id).await?;
    let staff = roster::staff(&mut tx, place).await?;
    let answers = may_answer(&staff, act, &found)?;
    let is_own = act.actor.must_write_for(found.person_id).is_ok();
    let had_it = found.course.been_with.contains(&act.person());
    let leads = act.actor.supervises(&staff.held_posts(found.person_id));
    if !(answers || is_own || had_it || leads || (found.is_published && act.actor.has_desk())) {
        act.actor.must_read_all().map_err(|_| not_yours())?;
    }
    let open = found.course.state == State::Open;
    let up = next_up(&staff, &found.course, found.person_id, today);
    let earlier = earlier(&mut tx, place).await?;
    let events = difficulty::events_of(&mut tx, place, id).await?;
    Ok(DifficultyPage {
        person: staff.name(found.person_id),
        to: called(&staff, found.course.to),
        overdue: found.course.is_overdue(today),
        item: report::item(&mut tx, place, found.item_id).await?,
        before: alike(&mut tx, place, &earlier, &found.words, Some(id)).await?,
        may_answer: answers && open,
        goes_up: up.is_some(),
        next_up: up.filter(|_| answers && open).map(|up| staff.name(up)),
        is_own,
        may_redact: found.is_published && act.actor.has(Role::Clerk),
        own_work: if is_own { own_work(&mut tx, act, found.person_id).await? } else { Vec::new() },
        helpers: helpers(&staff, today, &events, found.person_id),
        events,
        difficulty: found,
    })
}

async fn own_work(tx: &mut Tx, act: &Act, owner: PersonId) -> Result<Vec<(ItemId, String)>, AppError> {
    let place = act.place.place_id;
    let Some(period) = calendar::open_period(tx, place).await? else { return Ok(Vec::new()) };
    let Some(report) = report::report_for(tx, place, period.period_id, owner).await? else {
        return Ok(Vec::new());
    };
    let items = report::items_of(tx, place, report.report_id).await?;
    let work = items.into_iter().filter(|item| item.kind == ItemKind::Work);
    Ok(work.map(|item| (item.item_id, item.body)).collect())
}

fn helpers(staff: &Staff, today: Date, events: &[KeptEvent], owner: PersonId) -> Vec<(PersonId, String)> {
    let mut all: Vec<(PersonId, String)> =
        staff.filers(today).iter().map(|filer| (filer.person_id, staff.name(filer.person_id))).collect();
    let answered = events.iter().rev().find(|event| event.fact.step == "answered");
    let answered = answered.map(|event| event.fact.by.clone());
    // A stable order: the one who answered last, then as on the board; oneself last.
    all.sort_by_key(|(id, name)| (Some(name) != answered.as_ref(), *id == owner));
    all
}
