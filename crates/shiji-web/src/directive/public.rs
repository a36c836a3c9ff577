//! Public orders as everybody reads them; kept pages, as the rest of the board.

use super::story::{Event, event, state};
use crate::Shared;
use crate::board::cache::Rendered;
use crate::board::render_page;
use crate::frame::{Here, Page, WebError};
use askama::Template;
use shiji_app::directive::{PublicDirective, public_directive, public_directives};
use shiji_app::log::{Located, item_proofs};
use shiji_domain::id::{DirectiveId, ItemId};

#[derive(Template)]
#[template(path = "directive/orders.html")]
struct ListPage {
    page: Page,
    orders: Vec<PublicDirective>,
}

impl ListPage {
    fn state(&self, order: &PublicDirective) -> (&'static str, String) {
        state(self.page.t, order.course.state())
    }

    fn who(&self, order: &PublicDirective) -> String {
        let owners = order.fact.owners.iter().map(|owner| format!("{} {}", owner.unit, owner.name));
        let owners = owners.collect::<Vec<_>>().join("、");
        self.page.t.two("directive-from-to", "giver", &order.fact.giver_name, "owners", owners)
    }
}

pub async fn list_page(web: &Shared, here: Here) -> Result<Rendered, WebError> {
    let orders = public_directives(&web.app, &here.place).await?;
    render_page(&ListPage { page: Page::public(here), orders })
}

#[derive(Template)]
#[template(path = "directive/order.html")]
struct OnePage {
    page: Page,
    order: PublicDirective,
    events: Vec<Event>,
    /// Where it stands in the log, if there is one.
    entries: Option<Vec<Located>>,
}

impl OnePage {
    fn state(&self) -> (&'static str, String) {
        state(self.page.t, self.order.course.state())
    }

    fn source(&self) -> String {
        self.page.t.get(format!("directive-source-{}", self.order.fact.source))
    }

    /// Each step with the published item by which it was done.
    fn steps(&self) -> Vec<(&str, bool, Option<ItemId>)> {
        let done = &self.order.course.done;
        let published = |item: ItemId| self.order.items.iter().any(|(row, _)| row.fact.item == item);
        let steps = self.order.fact.steps.iter().enumerate();
        steps
            .map(|(at, step)| {
                let item = done.get(at).copied().flatten();
                (step.as_str(), item.is_some(), item.filter(|item| published(*item)))
            })
            .collect()
    }
}

pub async fn one_page(web: &Shared, here: Here, id: DirectiveId) -> Result<Rendered, WebError> {
    let order = public_directive(&web.app, &here.place, id).await?;
    let entries = match &web.app.log {
        Some(log) => Some(item_proofs(&web.app, log, &here.place, id.0).await?),
        None => None,
    };
    let events = order.steps.iter().map(|step| event(here.t, step)).collect();
    render_page(&OnePage { page: Page::public(here), events, entries, order })
}
