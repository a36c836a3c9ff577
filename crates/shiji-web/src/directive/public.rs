//! Public orders as everybody reads them; kept pages, as the rest of the board.

use super::story::{Event, event, state};
use crate::Shared;
use crate::board::cache::Rendered;
use crate::board::render_page;
use crate::frame::{Here, Page, WebError};
use askama::Template;
use jiff::civil::Date;
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

struct StepLine<'a> {
    words: &'a str,
    /// The day that its words name.
    day: Option<Date>,
    overdue: bool,
    done: bool,
    /// The published item by which it was done.
    item: Option<ItemId>,
}

impl OnePage {
    fn state(&self) -> (&'static str, String) {
        state(self.page.t, self.order.course.state())
    }

    fn source(&self) -> String {
        self.page.t.get(format!("directive-source-{}", self.order.fact.source))
    }

    fn steps(&self) -> Vec<StepLine<'_>> {
        let course = &self.order.course;
        let days = &self.order.fact.step_days;
        let published = |item: ItemId| self.order.items.iter().any(|(row, _)| row.fact.item == item);
        let steps = (1..).zip(&self.order.fact.steps).enumerate();
        steps
            .map(|(at, (position, words))| {
                let item = course.done.get(at).copied().flatten();
                StepLine {
                    words,
                    day: days.get(at).copied().flatten(),
                    overdue: course.is_step_overdue(days, position, self.order.today),
                    done: item.is_some(),
                    item: item.filter(|item| published(*item)),
                }
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
