//! What the meeting has to talk about: difficulties that nobody solved where they were first put.

use crate::app::Act;
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::agenda::{Matter, MatterKind};
use shiji_domain::difficulty::State;
use shiji_store::{Tx, difficulty, roster};

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
            text: one.words,
        })
        .collect())
}
