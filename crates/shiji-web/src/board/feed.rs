//! The feed of issues (Atom, RFC 4287).

use super::cache::Rendered;
use crate::Shared;
use crate::frame::{Here, WebError};
use askama::Template;
use jiff::civil::Date;
use shiji_store::public::Issue;

/// Entries in the feed.
const ISSUES: usize = 20;

#[derive(Template)]
#[template(path = "board/feed.xml")]
struct Feed {
    here: Here,
    /// With the day of its latest change.
    issues: Vec<(Issue, Date)>,
    updated: Option<Date>,
}

pub async fn atom(web: &Shared, here: Here) -> Result<Rendered, WebError> {
    let mut issues = shiji_app::board::issues_with_changes(&web.app, &here.place).await?;
    issues.truncate(ISSUES);
    let updated = issues.iter().map(|(_, changed)| *changed).max();
    let text =
        Feed { here, issues, updated }.render().map_err(|error| WebError::Template(error.to_string()))?;
    Ok(Rendered { text, media_type: "application/atom+xml; charset=utf-8", sealed: false })
}
