//! A difficulty as everybody reads it; a kept page, as the rest of the board.

use super::story::{Event, event, state};
use crate::Shared;
use crate::board::cache::Rendered;
use crate::board::render_page;
use crate::frame::{Here, Page, WebError};
use askama::Template;
use shiji_app::difficulty::{PublicDifficulty, public_difficulty};
use shiji_app::log::{Located, item_proofs};
use shiji_domain::id::DifficultyId;

#[derive(Template)]
#[template(path = "difficulty/public.html")]
struct OnePage {
    page: Page,
    shown: PublicDifficulty,
    events: Vec<Event>,
    /// Where it stands in the log, if there is one.
    entries: Option<Vec<Located>>,
}

impl OnePage {
    fn state(&self) -> (&'static str, String) {
        state(self.page.t, self.shown.state)
    }

    fn words(&self) -> Option<&str> {
        self.shown.words()
    }
}

pub async fn one_page(web: &Shared, here: Here, id: DifficultyId) -> Result<Rendered, WebError> {
    let shown = public_difficulty(&web.app, &here.place, id).await?;
    let entries = match &web.app.log {
        Some(log) => Some(item_proofs(&web.app, log, &here.place, id.0).await?),
        None => None,
    };
    let events = shown.steps.iter().map(|step| event(here.t, step)).collect();
    render_page(&OnePage { page: Page::public(here), events, entries, shown })
}
