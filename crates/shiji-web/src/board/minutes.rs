//! What everybody may know of the meeting that published an issue.

use super::cache::Rendered;
use super::issue::rendered;
use crate::Shared;
use crate::frame::{Here, Page, WebError};
use askama::Template;
use shiji_app::AppError;
use shiji_app::log::{Located, item_proofs};
use shiji_app::meeting::{PublicMinutes, public_minutes};
use shiji_record::affair::DirectiveFact;

#[derive(Template)]
#[template(path = "board/minutes.html")]
struct MinutesPage {
    page: Page,
    minutes: PublicMinutes,
    /// Where it stands in the log, if there is one.
    entries: Option<Vec<Located>>,
}

impl MinutesPage {
    fn compared(&self) -> Option<String> {
        crate::paper::compared(self.page.t, self.minutes.fact.minutes, &self.minutes.last)
    }

    fn who(&self, order: &DirectiveFact) -> String {
        crate::paper::decided_for(self.page.t, order)
    }
}

pub async fn page(web: &Shared, here: Here, number: i64) -> Result<Rendered, WebError> {
    let minutes = public_minutes(&web.app, &here.place, number).await?.ok_or(AppError::NotFound)?;
    let entries = match &web.app.log {
        Some(log) => Some(item_proofs(&web.app, log, &here.place, minutes.fact.meeting.0).await?),
        None => None,
    };
    rendered(&MinutesPage { page: Page::public(here), minutes, entries })
}
