//! What the meeting has to talk about: difficulties that nobody solved where they were first put; and who has to answer which.

use crate::app::Act;
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::agenda::{Matter, MatterKind};
use shiji_domain::difficulty::{Addressee, State};
use shiji_domain::id::PersonId;
use shiji_domain::today::{Due, DueKind};
use shiji_store::difficulty::Difficulty;
use shiji_store::{Tx, difficulty, roster};

/// What waits for `owner`'s answer, put to the person or to the unit.
pub(crate) async fn due(tx: &mut Tx, act: &Act, owner: PersonId) -> Result<Vec<Due>, AppError> {
    let place = act.place.place_id;
    let staff = roster::staff(tx, place).await?;
    let filers = staff.filers(act.day()?);
    let unit = filers.iter().find(|filer| filer.person_id == owner).map(|filer| filer.organization_id);
    let mut all = difficulty::put_to(tx, place, Addressee::Person(owner)).await?;
    if let Some(unit) = unit {
        all.extend(difficulty::put_to(tx, place, Addressee::Unit(unit)).await?);
    }
    let line = |one: Difficulty| Due {
        kind: DueKind::Difficulty,
        is_internal: false,
        step_of: None,
        subject: one.difficulty_id.0,
        due_on: Some(one.course.due_on),
        rest: Some(format!("/difficulties/{}", one.difficulty_id)),
        text: one.words,
    };
    Ok(all.into_iter().map(line).collect())
}

pub(crate) async fn matters(tx: &mut Tx, act: &Act, today: Date) -> Result<Vec<Matter>, AppError> {
    let place = act.place.place_id;
    let staff = roster::staff(tx, place).await?;
    let open = difficulty::in_state(tx, place, State::Open).await?;
    Ok(open
        .into_iter()
        .filter(|one| one.course.is_stuck(today))
        .map(|one| Matter {
            kind: MatterKind::StuckDifficulty,
            people: vec![staff.name(one.person_id), super::step::called(&staff, one.course.to)],
            day: Some(one.raised_on),
            rest: format!("/difficulties/{}", one.difficulty_id),
            is_internal: false,
            text: one.words,
        })
        .collect())
}
