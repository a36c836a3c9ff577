//! Not done on its day: another day, or stuck, with a word of where.

use super::{LineId, receipt};
use crate::app::{Act, App, Change, audit};
use crate::desk::{AnswerPlan, NewItem, answer_plan_in, file, is_as_made, put_item};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::ItemId;
use shiji_domain::item::{ItemKind, Outcome};
use shiji_domain::link::ItemLink;
use shiji_domain::refusal::Refusal;
use shiji_domain::text::{REMARK_LENGTH_MOST, required_line};
use shiji_domain::today::{Due, DueKind, Mark, check_move};
use shiji_store::{Tx, link, report, task};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    Moved(Date),
    Stuck(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutOff {
    pub key: Uuid,
    pub line: LineId,
    pub why: Why,
}

/// A line that is stuck stands in the plan of the next period with its difficulty, so that whoever can help reads it on Monday.
/// A moved line asks again on its day; what was published of it stays as it is.
///
/// # Errors
/// Refuses a day that is past or far away, stuck without a word of where, a line that is not the person's, and stuck when the
/// meeting hears the report.
pub async fn put_off(app: &App, act: &Act, wanted: PutOff) -> Result<(), AppError> {
    let why = match wanted.why {
        Why::Moved(to) => {
            check_move(act.day()?, to)?;
            Why::Moved(to)
        }
        Why::Stuck(words) => Why::Stuck(required_line(&words, REMARK_LENGTH_MOST)?),
    };
    let wanted = PutOff { why, ..wanted };
    app.store
        .write("put_off", &(app, act, wanted), |tx, (app, act, wanted)| Box::pin(write(app, tx, act, wanted)))
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &PutOff) -> Result<(), AppError> {
    let place = act.place.place_id;
    super::must_be_own(tx, act, wanted.line).await?;
    if receipt::is_done(tx, act, wanted.key).await? {
        return Ok(());
    }
    let line = wanted.line;
    let due = super::page::open_line(tx, act, line).await?;
    let due = due.ok_or_else(|| Refusal::new("refusal-today-gone"))?;
    if let Why::Moved(to) = wanted.why {
        due.check_move(act.day()?, to)?;
    }
    let was_filed = matches!(wanted.why, Why::Stuck(_)) && super::take_week_back(app, tx, act).await?;
    let links = unstick(tx, act, line).await?;
    let mut mark = Mark { kind: line.kind, subject: line.subject, moved_to: None, stuck: None, item: None };
    let (kind, after) = match &wanted.why {
        Why::Moved(to) => {
            mark.moved_to = Some(*to);
            ("moved", to.to_string())
        }
        Why::Stuck(words) => {
            mark.item = stand_in_plan(app, tx, act, &due, words).await?;
            for link in links {
                if let Some(item) = mark.item {
                    link::link_item(tx, place, item, link, act.millis()).await?;
                }
            }
            mark.stuck = Some(words.clone());
            ("stuck", words.clone())
        }
    };
    if was_filed {
        file(app, tx, act, act.person()).await?;
    }
    task::put_mark(tx, place, act.person(), &mark, act.millis()).await?;
    receipt::keep(tx, act, wanted.key, kind, line.subject, None).await?;
    let change = Change {
        act: if kind == "moved" { "today.move" } else { "today.stuck" },
        subject: &line.subject,
        before: Some(line.code()),
        after: Some(after),
    };
    audit(app, tx, act, change).await
}

/// The plan item that was made of it; none for a plan, whose answer makes its own.
async fn stand_in_plan(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    line: &Due,
    words: &str,
) -> Result<Option<ItemId>, AppError> {
    if line.kind.wants_answer() {
        return Err(Refusal::new("refusal-today-question").into());
    }
    if line.kind == DueKind::Plan {
        let answer = AnswerPlan {
            owner: act.person(),
            plan_item: ItemId(line.subject),
            outcome: Some(Outcome::Moved),
            reason: Some(words.to_owned()),
            difficulty: Some(words.to_owned()),
        };
        answer_plan_in(app, tx, act, &answer).await?;
        return Ok(None);
    }
    // What is internal stands in a plan in the official's own words.
    let body =
        if line.is_internal { words.to_owned() } else { shiji_text::without_day(&line.text, act.day()?) };
    let new = NewItem { kind: ItemKind::Plan, text: &body, difficulty: Some(words) };
    let item = put_item(app, tx, act, act.person(), new).await?;
    if let Some(to) = line.link() {
        link::link_item(tx, act.place.place_id, item, to, act.millis()).await?;
    }
    Ok(Some(item))
}

/// Takes away what was said of a line before, with the plan item that it became, unless somebody has worked on that since.
/// What the plan item belonged to, such as help that was accepted meanwhile, is handed back for whatever follows.
pub(super) async fn unstick(tx: &mut Tx, act: &Act, line: LineId) -> Result<Vec<ItemLink>, AppError> {
    let place = act.place.place_id;
    let marks = task::marks_of(tx, place, act.person()).await?;
    let mark = marks.into_iter().find(|mark| (mark.kind, mark.subject) == (line.kind, line.subject));
    let Some(mark) = mark else { return Ok(Vec::new()) };
    task::delete_mark(tx, place, act.person(), line.kind, line.subject).await?;
    let Some(item) = mark.item else { return Ok(Vec::new()) };
    let links = link::links_of(tx, place, item).await?;
    let Some(item) = report::item(tx, place, item).await? else { return Ok(Vec::new()) };
    let report = report::report(tx, place, item.report_id).await?;
    // What was filed or published stands.
    let open = report.is_some_and(|report| report.state.is_open());
    if open && is_as_made(tx, act, &item).await? {
        report::delete_item(tx, place, item.item_id).await?;
    }
    Ok(links)
}
