//! Difficulties as everybody reads them: from the public rows alone.

use crate::app::{App, day_in};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::difficulty::{RAISED_WEEKS, State};
use shiji_domain::id::{DifficultyId, ItemId};
use shiji_record::affair::{Affair, DifficultyFact, DifficultyStepFact};
use shiji_record::projection::{AffairRow, ItemRow};
use shiji_store::roster::Place;
use shiji_store::{Tx, public, public_affair};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicDifficulty {
    pub fact: DifficultyFact,
    pub steps: Vec<DifficultyStepFact>,
    pub state: State,
    /// The day that counts now.
    pub due_on: Date,
    pub overdue: bool,
    /// Name of who was stuck.
    pub person: String,
    /// The item as it reads now.
    pub item: Option<ItemRow>,
}

impl PublicDifficulty {
    /// Its own words, or else the item's; none when they were taken away.
    pub fn words(&self) -> Option<&str> {
        let of_item = || self.item.as_ref().and_then(|item| item.fact.difficulty.as_deref());
        self.fact.words.as_deref().or_else(of_item)
    }
}

/// Where it stands after its steps, and the day that counts.
pub(crate) fn replay(fact: &DifficultyFact, steps: &[DifficultyStepFact]) -> (State, Date) {
    let (mut state, mut due_on) = (State::Open, fact.due_on);
    for step in steps {
        state = match step.step.as_str() {
            "answered" => State::Answered,
            "solved" => State::Solved,
            _ => State::Open,
        };
        due_on = step.due_on.unwrap_or(due_on);
    }
    (state, due_on)
}

async fn assemble(
    tx: &mut Tx,
    place: &Place,
    rows: Vec<AffairRow>,
    today: Date,
) -> Result<Option<PublicDifficulty>, AppError> {
    let (mut first, mut steps) = (None, Vec::new());
    for row in rows {
        match row.affair {
            Affair::Difficulty(fact) => first = Some(fact),
            Affair::DifficultyStep(step) => steps.push(step),
            _ => {}
        }
    }
    let Some(fact) = first else { return Ok(None) };
    let (state, due_on) = replay(&fact, &steps);
    let revisions = public::item_revisions(tx, place.place_id, fact.item).await?;
    let issue = revisions.first().map_or(0, |(issue, _)| *issue);
    let person = public::name_in_issue(tx, place.place_id, fact.person, issue).await?;
    Ok(Some(PublicDifficulty {
        overdue: state == State::Open && due_on < today,
        person: person.unwrap_or_default(),
        item: revisions.into_iter().last().map(|(_, row)| row),
        state,
        due_on,
        fact,
        steps,
    }))
}

/// # Errors
/// `NotFound` for one that there is not or that is not published.
pub async fn public_difficulty(
    app: &App,
    place: &Place,
    id: DifficultyId,
) -> Result<PublicDifficulty, AppError> {
    let today = day_in(place, app.clock.now())?;
    let mut tx = app.store.read().await?;
    let rows = public_affair::affairs_about(&mut tx, place.place_id, id.0).await?;
    assemble(&mut tx, place, rows, today).await?.ok_or(AppError::NotFound)
}

/// The difficulty that was told on an item of `issue`, then or in the weeks after, if somebody was asked for help with it.
///
/// # Errors
/// Only when the store fails.
pub async fn of_item(
    app: &App,
    place: &Place,
    issue: i64,
    item: ItemId,
) -> Result<Option<PublicDifficulty>, AppError> {
    let today = day_in(place, app.clock.now())?;
    let mut tx = app.store.read().await?;
    let until = issue + RAISED_WEEKS + 1;
    let rows = public_affair::difficulties_in(&mut tx, place.place_id, issue, until).await?;
    let about = |row: &&AffairRow| matches!(&row.affair, Affair::Difficulty(fact) if fact.item == item);
    let Some(subject) = rows.iter().find(about).map(|row| row.affair.subject()) else { return Ok(None) };
    let rows = public_affair::affairs_about(&mut tx, place.place_id, subject).await?;
    assemble(&mut tx, place, rows, today).await
}
