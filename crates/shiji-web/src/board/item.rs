//! An item's own page: what it says, whose it is, and everything it said before.

use super::cache::Rendered;
use super::issue::rendered;
use super::view::{ItemView, item, outcome_code};
use crate::Shared;
use crate::frame::{Here, Page, WebError};
use askama::Template;
use shiji_app::AppError;
use shiji_app::board::ItemHistory;
use shiji_domain::id::ItemId;
use shiji_domain::item::ItemKind;

#[derive(Template)]
#[template(path = "board/item.html")]
struct ItemPage {
    page: Page,
    history: ItemHistory,
    view: ItemView,
    kind: ItemKind,
    /// Of what became of a plan item.
    outcome_key: String,
}

pub async fn page(web: &Shared, here: Here, id: ItemId) -> Result<Rendered, WebError> {
    let history = shiji_app::board::item(&web.app, &here.place, id).await?;
    let revisions: Vec<_> = history.revisions.iter().collect();
    let view = item(&revisions).ok_or(AppError::NotFound)?;
    let kind = history.revisions[0].fact.item_kind;
    let outcome = history.answer.as_ref().map(|(_, answer)| answer.outcome);
    let outcome_key = format!("outcome-{}", outcome_code(outcome));
    rendered(&ItemPage { page: Page::public(here), history, view, kind, outcome_key })
}
