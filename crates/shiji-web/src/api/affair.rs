//! What the lists of projects, directives, difficulties, visits and minutes have in common.

use super::asked::Asked;
use super::problem::Problem;
use super::reply;
use crate::Shared;
use axum::response::Response;
use shiji_app::open_data::{AffairDocument, affair, affairs};

pub async fn list<T: AffairDocument>(web: &Shared, asked: &Asked) -> Result<Response, Problem> {
    asked.only(&["since", "after", "limit"])?;
    let (since, after, limit) = (asked.day("since")?, asked.after()?, asked.limit()?);
    let page = affairs::<T>(&web.app, &asked.place, since, after, limit).await?;
    reply::list(&asked.headers, &asked.with_address(page))
}

pub async fn one<T: AffairDocument>(web: &Shared, asked: &Asked) -> Result<Response, Problem> {
    asked.only(&[])?;
    let found: T = affair(&web.app, &asked.place, asked.id()?).await?;
    reply::document(&asked.headers, &found)
}
