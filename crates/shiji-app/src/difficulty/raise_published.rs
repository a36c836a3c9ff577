//! Stuck with what is published already: a plan of the week, or work that shows its trouble later. What is asked is public at once.

use super::publish::fact;
use super::raise::{Addressees, Told, addressees, put_to};
use crate::app::{Act, App};
use crate::error::AppError;
use crate::publish::between::publish_affair;
use jiff::civil::Date;
use shiji_domain::calendar::Days;
use shiji_domain::difficulty::{Addressee, RAISED_WEEKS, check_raised_late};
use shiji_domain::id::{DifficultyId, ItemId, PersonId};
use shiji_domain::refusal::Refusal;
use shiji_domain::report::ReportState;
use shiji_domain::text::{REMARK_LENGTH_MOST, optional_line};
use shiji_record::affair::Affair;
use shiji_record::projection::ItemRow;
use shiji_store::{Tx, calendar, difficulty, public, report, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaisePublished {
    pub item: ItemId,
    pub to: Addressee,
    /// What is in the way; the item's own words stand where it tells a difficulty.
    pub words: String,
}

/// # Errors
/// Refuses who may not write for the item's owner, an item that is not published or was long ago, one about which somebody was asked,
/// no words where the item has none, whoever is no leader and no unit, and a resident's personal data in the words.
pub async fn raise_published(app: &App, act: &Act, wanted: RaisePublished) -> Result<DifficultyId, AppError> {
    app.store
        .write("raise_published", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &RaisePublished) -> Result<DifficultyId, AppError> {
    let (owner, row) = published(tx, act, wanted.item).await?;
    let told = row.fact.difficulty;
    let own = match &told {
        Some(_) => None,
        None => optional_line(&wanted.words, REMARK_LENGTH_MOST)?,
    };
    let words = told.or_else(|| own.clone()).ok_or_else(|| Refusal::new("refusal-difficulty-words"))?;
    let told = Told { item: wanted.item, owner, words, is_published: true };
    let raised = put_to(app, tx, act, told, wanted.to).await?;
    let fact = fact(&raised, own);
    publish_affair(app, tx, &act.place, act.now, Affair::Difficulty(fact)).await?;
    Ok(raised.difficulty_id)
}

/// The item as everybody reads it now, and whose it is.
async fn published(tx: &mut Tx, act: &Act, item: ItemId) -> Result<(PersonId, ItemRow), AppError> {
    let place = act.place.place_id;
    let kept = report::item(tx, place, item).await?.ok_or(AppError::NotFound)?;
    let report = report::report(tx, place, kept.report_id).await?.ok_or(AppError::NotFound)?;
    act.actor.must_write_for(report.person_id)?;
    let period = calendar::period(tx, place, report.period_id).await?.ok_or(AppError::NotFound)?;
    let row = public::item_revisions(tx, place, item).await?.into_iter().last();
    let Some((_, row)) = row.filter(|_| report.state == ReportState::Published) else {
        return Err(Refusal::new("refusal-difficulty-unpublished").into());
    };
    check_raised_late(period.days.last, act.day()?)?;
    Ok((report.person_id, row))
}

/// What the form for one published item shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaisePage {
    pub item: ItemRow,
    pub addressees: Addressees,
    /// Somebody was asked already.
    pub raised: Option<DifficultyId>,
}

/// # Errors
/// As [`raise_published`], but for words and addressee.
pub async fn raise_page(app: &App, act: &Act, item: ItemId) -> Result<RaisePage, AppError> {
    let mut tx = app.store.read().await?;
    let place = act.place.place_id;
    let (owner, row) = published(&mut tx, act, item).await?;
    let staff = roster::staff(&mut tx, place).await?;
    let raised =
        difficulty::of_item(&mut tx, place, item).await?.filter(|raised| !raised.was_taken_out(true));
    Ok(RaisePage {
        item: row,
        addressees: addressees(&staff, owner, act.day()?),
        raised: raised.map(|raised| raised.difficulty_id),
    })
}

/// The actor's published items of the last weeks about which nobody was asked, the newest week first.
///
/// # Errors
/// Only when the store fails.
pub async fn raisable(app: &App, act: &Act) -> Result<Vec<(Days, Vec<ItemRow>)>, AppError> {
    let mut tx = app.store.read().await?;
    let (place, today) = (act.place.place_id, act.day()?);
    let issues = public::issues(&mut tx, place).await?;
    let rows = public::person_items(&mut tx, place, act.person()).await?;
    let mut weeks = Vec::new();
    for issue in issues.iter().filter(|issue| is_late_enough(issue.last_day, today)) {
        let mut items: Vec<ItemRow> = Vec::new();
        for (_, row) in rows.iter().filter(|(number, _)| *number == issue.number) {
            match items.iter_mut().find(|known| known.fact.item == row.fact.item) {
                Some(known) => *known = row.clone(),
                None => items.push(row.clone()),
            }
        }
        let mut open = Vec::new();
        for row in items {
            let raised = difficulty::of_item(&mut tx, place, row.fact.item).await?;
            if raised.is_none_or(|raised| raised.was_taken_out(true)) {
                open.push(row);
            }
        }
        if !open.is_empty() {
            weeks.push((Days { first: issue.first_day, last: issue.last_day }, open));
        }
    }
    weeks.truncate(usize::try_from(RAISED_WEEKS).unwrap_or(usize::MAX));
    Ok(weeks)
}

fn is_late_enough(last_day: Date, today: Date) -> bool {
    check_raised_late(last_day, today).is_ok()
}
