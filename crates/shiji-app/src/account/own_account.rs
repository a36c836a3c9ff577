//! What the account page shows.

use crate::app::{Act, App};
use crate::error::AppError;
use shiji_store::roster;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAccount {
    pub name: String,
    pub sign_in_name: String,
    /// Titles held today.
    pub posts: Vec<String>,
}

/// # Errors
/// Only when the store fails.
pub async fn own_account(app: &App, act: &Act) -> Result<OwnAccount, AppError> {
    let mut tx = app.store.read().await?;
    let staff = roster::staff(&mut tx, act.place.place_id).await?;
    let person = staff.person(act.person()).ok_or(AppError::NotFound)?;
    Ok(OwnAccount {
        name: person.name.clone(),
        sign_in_name: person.sign_in_name.clone().unwrap_or_default(),
        posts: staff.titles(act.person(), act.day()?),
    })
}
