//! For everybody: which visits a village, firm or site had this year.

use crate::Shared;
use crate::board::cache::Rendered;
use crate::board::render_page;
use crate::frame::error::percent;
use crate::frame::{Here, Page, WebError};
use askama::Template;
use shiji_app::together::{SpotEntry, SpotVisits, VisitLine, public_spots, spot_visits};
use shiji_domain::spot::SpotKind;

#[derive(Template)]
#[template(path = "together/visits.html")]
struct IndexPage {
    page: Page,
    year: i16,
    /// Kinds that have entries, each with its own.
    groups: Vec<(&'static str, Vec<SpotEntry>)>,
}

impl IndexPage {
    fn address(&self, entry: &SpotEntry) -> String {
        self.page.to(&format!("/visits/{}", percent(&entry.name)))
    }
}

pub async fn index_page(web: &Shared, here: Here) -> Result<Rendered, WebError> {
    let (year, entries) = public_spots(&web.app, &here.place).await?;
    let of = |kind: SpotKind| -> Vec<SpotEntry> {
        entries.iter().filter(|entry| entry.kind == kind).cloned().collect()
    };
    let groups = [SpotKind::Village, SpotKind::Firm, SpotKind::Site, SpotKind::Other]
        .map(|kind| (kind.code(), of(kind)))
        .into_iter()
        .filter(|(_, entries)| !entries.is_empty())
        .collect();
    render_page(&IndexPage { page: Page::public(here), year, groups })
}

#[derive(Template)]
#[template(path = "together/spot.html")]
struct SpotPage {
    page: Page,
    shown: SpotVisits,
}

impl SpotPage {
    fn when(&self, line: &VisitLine) -> String {
        let t = self.page.t;
        line.within.map_or_else(|| t.day(&line.on), |last| t.days(&line.on, &last))
    }

    fn state(&self, line: &VisitLine) -> Option<String> {
        line.state.as_ref().map(|state| self.page.t.get(format!("visit-{state}")))
    }

    /// A visit that is to come or was cancelled was none yet.
    fn held(&self) -> usize {
        self.shown
            .lines
            .iter()
            .filter(|line| line.state.as_deref().is_none_or(|state| state == "held"))
            .count()
    }

    fn joint(&self) -> usize {
        self.shown.lines.iter().filter(|line| line.joint && line.state.as_deref() == Some("held")).count()
    }
}

pub async fn spot_page(web: &Shared, here: Here, name: &str) -> Result<Rendered, WebError> {
    let shown = spot_visits(&web.app, &here.place, name).await?;
    render_page(&SpotPage { page: Page::public(here), shown })
}
