//! A line that got stuck and was published as a plan is still stuck: it keeps its day and the words that say where.

use super::stand_in::standing;
use crate::app::Act;
use crate::error::AppError;
use shiji_domain::id::{ItemId, TaskId};
use shiji_domain::today::{Due, DueKind, Mark};
use shiji_store::{Tx, report, task};
use uuid::Uuid;

/// Puts what was said of a line to the plan that stands for it now, unless something was said of the plan itself.
pub(super) async fn carry(
    tx: &mut Tx,
    act: &Act,
    list: &mut [Due],
    all: &[Mark],
    still: &mut Vec<Mark>,
) -> Result<(), AppError> {
    let standing = standing(tx, act).await?;
    for mark in all.iter().filter(|mark| mark.stuck.is_some()) {
        let before = match (mark.item, mark.kind) {
            (Some(item), _) => item,
            (None, DueKind::Plan) => ItemId(mark.subject),
            _ => continue,
        };
        let Some((_, plan)) = standing.iter().find(|(of, _)| *of == before) else { continue };
        let has_own = all.iter().any(|own| (own.kind, own.subject) == (DueKind::Plan, plan.0));
        let line = list.iter_mut().find(|due| (due.kind, due.subject) == (DueKind::Plan, plan.0));
        let Some(line) = line.filter(|_| !has_own) else { continue };
        if line.due_on.is_none() {
            line.due_on = day_of(tx, act, mark.kind, mark.subject).await?;
        }
        still.push(Mark {
            kind: DueKind::Plan,
            subject: plan.0,
            moved_to: None,
            stuck: mark.stuck.clone(),
            item: None,
        });
    }
    Ok(())
}

/// The day that the line had; that of an order's step stands with the order.
async fn day_of(
    tx: &mut Tx,
    act: &Act,
    kind: DueKind,
    subject: Uuid,
) -> Result<Option<jiff::civil::Date>, AppError> {
    let place = act.place.place_id;
    Ok(match kind {
        DueKind::Task => task::task(tx, place, TaskId(subject)).await?.and_then(|task| task.due_on),
        DueKind::Plan => report::item(tx, place, ItemId(subject)).await?.and_then(|item| item.due_on),
        DueKind::Step => {
            let found = crate::directive::step_of_line(tx, place, act.person(), subject).await?;
            found.and_then(|(of, position)| {
                let left = of.course.steps_left(&of.step_days);
                left.into_iter().find(|(at, _)| *at == position).map(|(_, day)| day)
            })
        }
        _ => None,
    })
}
