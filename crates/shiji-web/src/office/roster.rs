//! The roster.

use super::ways::ways;
use super::{Query, done};
use crate::Shared;
use crate::frame::page::{Entry, show};
use crate::frame::{Page, SignedIn, WebError};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use shiji_app::office::{self, RosterPage};
use shiji_domain::roster::FilingDuty;

#[derive(Template)]
#[template(path = "office/roster.html")]
struct RosterTemplate {
    page: Page,
    ways: Vec<Entry>,
    roster: RosterPage,
}

impl RosterTemplate {
    fn duty(&self, duty: &Option<FilingDuty>) -> String {
        self.page.t.get(duty_key(*duty))
    }
}

pub(super) fn duty_key(duty: Option<FilingDuty>) -> &'static str {
    match duty {
        Some(FilingDuty::Leadership) => "office-duty-leadership",
        Some(FilingDuty::MidLevel) => "office-duty-mid-level",
        Some(FilingDuty::Village) => "office-duty-village",
        Some(FilingDuty::Voluntary) => "office-duty-voluntary",
        None => "office-duty-none",
    }
}

pub async fn page(State(web): State<Shared>, me: SignedIn, query: Query) -> Result<Response, WebError> {
    let roster = office::roster_page(&web.app, &me.act).await?;
    let page = Page::working(&me).with_notice(done(&me, &query));
    show(&RosterTemplate { page, ways: ways(&me), roster })
}
