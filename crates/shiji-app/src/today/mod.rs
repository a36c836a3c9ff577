//! The list of the day: what is due, done with one tap, moved or stuck; everything done stands in the week's report by itself.

mod add_task;
mod carried;
mod finish;
#[cfg(test)]
mod inside_tests;
mod page;
mod put_off;
mod receipt;
mod stand_in;
#[cfg(test)]
mod step_tests;
mod take_back;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod twice_tests;

pub use add_task::{AddTask, add_task};
pub use finish::{Finish, finish};
pub use page::{DoneLine, TodayPage, today_page};
pub use put_off::{PutOff, Why, put_off};
pub use take_back::{TakeBack, take_back};

pub(crate) use stand_in::{Answered, follow_plan};

use crate::app::{Act, App};
use crate::desk::take_back_filed;
use crate::error::AppError;
use shiji_domain::id::{ItemId, PersonId, TaskId};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::not_yours;
use shiji_domain::today::DueKind;
use shiji_store::{Tx, calendar, meeting, report, task};
use uuid::Uuid;

/// Which line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineId {
    pub kind: DueKind,
    pub subject: Uuid,
}

impl LineId {
    pub(crate) fn code(self) -> String {
        format!("{} {}", self.kind.code(), self.subject)
    }
}

/// The week's report while it is handed in and the meeting hears it: nothing is added to it until the meeting is over.
async fn is_in_meeting(tx: &mut Tx, act: &Act) -> Result<bool, AppError> {
    let place = act.place.place_id;
    let Some(open) = calendar::open_period(tx, place).await? else { return Ok(false) };
    let own = report::report_for(tx, place, open.period_id, act.person()).await?;
    let has_begun = meeting::meeting_of_period(tx, place, open.period_id).await?.is_some();
    Ok(has_begun && own.is_some_and(|own| own.state.is_filed()))
}

/// Takes the week back when it is handed in; whoever does so hands it in again.
///
/// # Errors
/// Refuses while the meeting goes on: the act waits for its end.
async fn take_week_back(app: &App, tx: &mut Tx, act: &Act) -> Result<bool, AppError> {
    if is_in_meeting(tx, act).await? {
        return Err(Refusal::new("refusal-today-meeting").into());
    }
    take_back_filed(app, tx, act, act.person()).await
}

/// # Errors
/// Refuses whoever has no list, and a plan or a line that is somebody else's. What is gone, or belongs to several people, is
/// told from the list itself.
async fn must_be_own(tx: &mut Tx, act: &Act, line: LineId) -> Result<(), AppError> {
    let place = act.place.place_id;
    act.actor.must_write_for(act.person())?;
    let owner: Option<PersonId> = match line.kind {
        DueKind::Plan => match report::item(tx, place, ItemId(line.subject)).await? {
            Some(item) => report::report(tx, place, item.report_id).await?.map(|report| report.person_id),
            None => None,
        },
        DueKind::Task => task::task(tx, place, TaskId(line.subject)).await?.map(|task| task.person_id),
        _ => None,
    };
    if owner.is_some_and(|owner| owner != act.person()) { Err(not_yours().into()) } else { Ok(()) }
}
