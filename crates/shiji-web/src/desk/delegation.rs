//! Who may file for me.

use super::act::back;
use crate::Shared;
use crate::frame::{SafeFields, SignedIn, WebError};
use axum::extract::State;
use axum::response::Response;
use shiji_app::desk;
use shiji_domain::calendar::Days;

pub async fn name(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let days = Days::new(fields.parsed("first")?, fields.parsed("last")?)?;
    desk::name_delegate(&web.app, &me.act, fields.parsed("delegate")?, days).await?;
    Ok(back(&me, me.act.person(), "delegated", "#delegation"))
}

pub async fn end(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    desk::end_delegation(&web.app, &me.act, fields.parsed("delegate")?).await?;
    Ok(back(&me, me.act.person(), "delegation-ended", "#delegation"))
}
