//! Asking for help, from beside the difficulty at the desk.

use crate::Shared;
use crate::desk::go;
use crate::frame::{SafeFields, SignedIn, WebError};
use axum::extract::State;
use axum::response::Response;
use shiji_app::AppError;
use shiji_app::difficulty::{RaiseDifficulty, raise_difficulty};
use shiji_domain::difficulty::Addressee;
use shiji_domain::refusal::Refusal;

/// The choice says person or unit in one word, so that one list can offer both.
pub async fn raise(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let wanted = RaiseDifficulty { item: fields.parsed("item")?, to: addressee(fields.text("to"))? };
    let id = raise_difficulty(&web.app, &me.act, wanted).await?;
    Ok(go(&me.here.to(&format!("/difficulties/{id}?done=raised"))))
}

pub(super) fn addressee(choice: &str) -> Result<Addressee, AppError> {
    let refused = || AppError::from(Refusal::new("refusal-form"));
    let (kind, id) = choice.split_once('.').ok_or_else(refused)?;
    match kind {
        "person" => Ok(Addressee::Person(id.parse().map_err(|_| refused())?)),
        "unit" => Ok(Addressee::Unit(id.parse().map_err(|_| refused())?)),
        _ => Err(refused()),
    }
}
