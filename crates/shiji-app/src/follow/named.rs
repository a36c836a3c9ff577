//! The name of what is followed, from public tables.

use crate::error::AppError;
use crate::letter::Named;
use shiji_domain::follow::Followed;
use shiji_store::roster::Place;
use shiji_store::{Tx, public};

/// # Errors
/// `NotFound` for somebody or a unit that stands in no issue.
pub async fn name_of(tx: &mut Tx, place: &Place, followed: &Followed) -> Result<Named, AppError> {
    let name = match followed {
        Followed::Board => place.name.clone(),
        Followed::Matter(word) => word.clone(),
        Followed::Person(id) => {
            let lines = public::person_lines(tx, place.place_id, *id).await?;
            lines.into_iter().next().map(|(_, line)| line.name).ok_or(AppError::NotFound)?
        }
        Followed::Unit(id) => {
            let lines = public::unit_lines(tx, place.place_id, *id).await?;
            lines.into_iter().next().map(|(_, line)| line.unit_name).ok_or(AppError::NotFound)?
        }
    };
    Ok(Named { followed: followed.clone(), name })
}
