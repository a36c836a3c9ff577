//! A line of one's own: its day and place are read from its words.

use super::receipt;
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use shiji_domain::id::TaskId;
use shiji_domain::refusal::Refusal;
use shiji_domain::right::not_yours;
use shiji_domain::text::{ITEM_LENGTH_MOST, required_line};
use shiji_domain::today::TaskState;
use shiji_store::task::{self, Task};
use shiji_store::{Tx, roster};
use uuid::Uuid;

/// Lines that one person may have open at once.
const OPEN_MOST: usize = 200;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddTask {
    pub key: Uuid,
    pub words: String,
}

/// # Errors
/// Refuses who has no desk, empty words or more than 500 characters, a day there is none of, and more than 200 open lines.
pub async fn add_task(app: &App, act: &Act, wanted: AddTask) -> Result<(), AppError> {
    let words = required_line(&wanted.words, ITEM_LENGTH_MOST)?;
    if !act.actor.posts.iter().any(|post| post.files) {
        return Err(not_yours().into());
    }
    // Left out in silence, the line would never be asked for.
    if let Some(day) = shiji_text::no_such_day(&words, act.day()?) {
        return Err(Refusal::new("refusal-no-such-day").with("words", day).into());
    }
    let wanted = AddTask { words, ..wanted };
    app.store
        .write("add_task", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &AddTask) -> Result<(), AppError> {
    let place = act.place.place_id;
    if receipt::is_done(tx, act, wanted.key).await? {
        return Ok(());
    }
    if task::open_tasks(tx, place, act.person()).await?.len() >= OPEN_MOST {
        return Err(Refusal::new("refusal-tasks-many").with("most", OPEN_MOST).into());
    }
    let staff = roster::staff(tx, place).await?;
    let units: Vec<&str> = staff.organizations.iter().map(|unit| unit.name.as_str()).collect();
    let task = Task {
        task_id: app.new_id::<TaskId>(),
        person_id: act.person(),
        due_on: shiji_text::when(&wanted.words, act.day()?).map(|when| when.day),
        spot: shiji_text::place_named(&wanted.words, &units).map(str::to_owned),
        body: wanted.words.clone(),
        state: TaskState::Open,
        item_id: None,
        created_at: act.millis(),
    };
    task::insert_task(tx, place, &task).await?;
    receipt::keep(tx, act, wanted.key, "add", task.task_id.0, None).await?;
    let after = Some(wanted.words.clone());
    audit(app, tx, act, Change { act: "task.add", subject: &task.task_id, before: None, after }).await
}
