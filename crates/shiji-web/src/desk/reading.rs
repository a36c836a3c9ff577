//! How often the own published items were opened and thanked for: plain numbers, for the official alone, beside nobody else's.

use crate::Shared;
use crate::board::view::{ItemView, items};
use crate::frame::{Page, SignedIn, Texts, WebError, show};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use shiji_domain::id::ItemId;
use shiji_store::public::Issue;
use shiji_store::reading::Count;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "desk/reading.html")]
struct ReadingsPage {
    page: Page,
    weeks: Vec<(Issue, Vec<ItemView>)>,
    counts: HashMap<ItemId, Count>,
}

impl ReadingsPage {
    fn read(&self, item: &ItemId) -> String {
        said(self.page.t, self.counts.get(item).copied().unwrap_or_default())
    }

    /// Of all items of a week.
    fn read_in(&self, items: &[ItemView]) -> String {
        let counts = items.iter().filter_map(|item| self.counts.get(&item.id));
        let sum = counts.fold(Count::default(), |sum, one| Count {
            readings: sum.readings + one.readings,
            thanks: sum.thanks + one.thanks,
        });
        said(self.page.t, sum)
    }
}

/// The sums of an item in words.
pub(super) fn said(t: Texts, count: Count) -> String {
    t.two("readings-count", "readings", count.readings, "thanks", count.thanks)
}

pub async fn own(State(web): State<Shared>, me: SignedIn) -> Result<Response, WebError> {
    let (weeks, counts) = shiji_app::reading::own_readings(&web.app, &me.act).await?;
    let gone = me.here.t.get("redacted");
    let weeks = weeks.into_iter().map(|week| (week.issue, items(&week.items, &gone))).collect();
    show(&ReadingsPage { page: Page::working(&me), weeks, counts })
}
