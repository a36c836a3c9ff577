//! What is done to an item beside changing its words: its place in the list, what it belongs to, and words on it that are
//! dealt with.

use super::act::back;
use crate::Shared;
use crate::frame::{SafeFields, SignedIn, WebError};
use axum::extract::State;
use axum::response::Response;
use shiji_app::AppError;
use shiji_app::desk::{self, LinkItem, MoveItem};
use shiji_domain::id::ItemId;
use shiji_domain::item::Side;
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::refusal::Refusal;

/// The button says beside which item, by its name on which side.
pub async fn move_beside(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let owner = fields.parsed("owner")?;
    let item: ItemId = fields.parsed("item")?;
    let beside = [Side::Before, Side::After].into_iter().find(|side| fields.is_set(side.code()));
    let side = beside.ok_or_else(|| Refusal::new("refusal-form"))?;
    let wanted = MoveItem { item, side, other: fields.parsed(side.code())? };
    desk::move_item(&web.app, &me.act, wanted).await?;
    Ok(back(&me, owner, "", &format!("#i-{item}")))
}

pub async fn deal(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let owner = fields.parsed("owner")?;
    let item: ItemId = fields.parsed("item")?;
    desk::deal_with(&web.app, &me.act, fields.parsed("comment")?).await?;
    Ok(back(&me, owner, "", &format!("#i-{item}")))
}

/// The choice says kind and subject in one word, so that one list can offer them all.
pub async fn link(
    State(web): State<Shared>,
    me: SignedIn,
    SafeFields(fields): SafeFields,
) -> Result<Response, WebError> {
    let owner = fields.parsed("owner")?;
    let item: ItemId = fields.parsed("item")?;
    let linked = !fields.is_set("unlink");
    let choice = fields.text(if linked { "link" } else { "unlink" });
    let wanted = LinkItem { item, link: link_of(choice)?, linked };
    desk::link_item(&web.app, &me.act, wanted).await?;
    Ok(back(&me, owner, "", &format!("#i-{item}")))
}

fn link_of(choice: &str) -> Result<ItemLink, AppError> {
    let parts = choice.split_once('.').and_then(|(kind, subject)| {
        Some(ItemLink { kind: LinkKind::from_code(kind)?, subject: subject.parse().ok()? })
    });
    parts.ok_or_else(|| Refusal::new("refusal-form").into())
}
