//! All issues, by year.

use super::cache::Rendered;
use super::issue::rendered;
use crate::Shared;
use crate::frame::{Here, Page, WebError};
use askama::Template;
use shiji_store::public::Issue;

#[derive(Template)]
#[template(path = "board/archive.html")]
struct ArchivePage {
    page: Page,
    years: Vec<(i16, Vec<Issue>)>,
}

pub async fn page(web: &Shared, here: Here) -> Result<Rendered, WebError> {
    let mut years: Vec<(i16, Vec<Issue>)> = Vec::new();
    for issue in shiji_app::board::issues(&web.app, &here.place).await? {
        let year = issue.last_day.year();
        match years.last_mut() {
            Some((last, issues)) if *last == year => issues.push(issue),
            _ => years.push((year, vec![issue])),
        }
    }
    rendered(&ArchivePage { page: Page::public(here), years })
}
