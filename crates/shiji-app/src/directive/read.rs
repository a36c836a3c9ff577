//! Orders as everybody reads them: from the public rows alone.

use crate::app::{App, day_in};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::directive::{Course, End, Stance};
use shiji_domain::id::DirectiveId;
use shiji_domain::refusal::Refusal;
use shiji_record::affair::{Affair, DirectiveFact, DirectiveStepFact};
use shiji_record::fact::Kind;
use shiji_record::projection::{AffairRow, ItemRow};
use shiji_store::roster::Place;
use shiji_store::{Tx, public, public_affair};

/// Orders on the public list.
const LIST_MOST: i64 = 60;

/// An order with everything that was published about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicDirective {
    pub fact: DirectiveFact,
    pub steps: Vec<DirectiveStepFact>,
    /// Where it stands, as the records say.
    pub course: Course,
    pub overdue: bool,
    pub today: Date,
    /// Published items that belong to it, the latest words of each, the newest issue first.
    pub items: Vec<(ItemRow, i64)>,
    /// Some words of it were taken away.
    pub withheld: bool,
}

fn assemble(rows: Vec<AffairRow>, today: Date) -> Option<PublicDirective> {
    let withheld = rows.iter().any(|row| !row.withheld.is_empty());
    let (mut first, mut steps) = (None, Vec::new());
    for row in rows {
        match row.affair {
            Affair::Directive(fact) => first = Some(fact),
            Affair::DirectiveStep(step) => steps.push(step),
            _ => {}
        }
    }
    let fact = first?;
    let course = replay(&fact, &steps);
    let overdue = course.is_overdue(today);
    Some(PublicDirective { overdue, today, course, items: Vec::new(), withheld, fact, steps })
}

/// The same rules as on the working side, applied to what was published. A step that they would refuse changes nothing.
pub(crate) fn replay(fact: &DirectiveFact, steps: &[DirectiveStepFact]) -> Course {
    let mut course = Course {
        due_on: fact.due_on,
        owners: fact.owners.iter().map(|owner| (owner.person, Stance::Silent)).collect(),
        done: vec![None; fact.steps.len()],
        asked: None,
        end: None,
    };
    for step in steps {
        let _ = match (step.step.as_str(), step.owner, step.due_on) {
            ("accepted", Some(owner), _) => course.answer(owner, true),
            ("objected", Some(owner), _) => course.answer(owner, false),
            ("upheld", ..) => course.uphold(),
            ("extended", _, Some(until)) => course.extend(until),
            ("step_done" | "step_reopened", ..) => finish(&mut course, step),
            ("closed", ..) => course.finish(End::Closed),
            ("withdrawn", ..) => course.finish(End::Withdrawn),
            _ => Ok(()),
        };
    }
    course
}

fn finish(course: &mut Course, step: &DirectiveStepFact) -> Result<(), Refusal> {
    let position = step.position.and_then(|position| usize::try_from(position).ok());
    match (position, step.item) {
        (Some(position), Some(item)) if step.step == "step_reopened" => course.reopen_step(position, item),
        (Some(position), Some(item)) => course.finish_step(position, item, &[item]),
        _ => Ok(()),
    }
}

/// # Errors
/// `NotFound` for an order that there is not or that is internal.
pub async fn public_directive(
    app: &App,
    place: &Place,
    id: DirectiveId,
) -> Result<PublicDirective, AppError> {
    let today = day_in(place, app.clock.now())?;
    let mut tx = app.store.read().await?;
    let rows = public_affair::affairs_about(&mut tx, place.place_id, id.0).await?;
    let mut found = assemble(rows, today).ok_or(AppError::NotFound)?;
    found.items = items(&mut tx, place, id).await?;
    Ok(found)
}

async fn items(tx: &mut Tx, place: &Place, id: DirectiveId) -> Result<Vec<(ItemRow, i64)>, AppError> {
    let mut latest: Vec<ItemRow> = Vec::new();
    for row in public_affair::items_linked(tx, place.place_id, id.0).await? {
        match latest.iter_mut().find(|known| known.fact.item == row.fact.item) {
            Some(known) if known.revision < row.revision => *known = row,
            Some(_) => {}
            None => latest.push(row),
        }
    }
    let mut numbered = Vec::with_capacity(latest.len());
    for row in latest {
        let issue = public::item_revisions(tx, place.place_id, row.fact.item).await?;
        numbered.push((row, issue.first().map_or(0, |(number, _)| *number)));
    }
    Ok(numbered)
}

/// The newest first.
///
/// # Errors
/// Only when the store fails.
pub async fn public_directives(app: &App, place: &Place) -> Result<Vec<PublicDirective>, AppError> {
    let today = day_in(place, app.clock.now())?;
    let mut tx = app.store.read().await?;
    let mut all = Vec::new();
    for row in public_affair::newest_of_kind(&mut tx, place.place_id, Kind::Directive, LIST_MOST).await? {
        let rows = public_affair::affairs_about(&mut tx, place.place_id, row.affair.subject()).await?;
        all.extend(assemble(rows, today));
    }
    all.sort_by_key(|one| std::cmp::Reverse(one.fact.number));
    Ok(all)
}
