//! The board of an issue.

use super::cache::Rendered;
use super::view::{BoardView, board_view};
use crate::Shared;
use crate::frame::{Here, Page, WebError};
use askama::Template;
use shiji_app::AppError;
use shiji_domain::issue::Standing;

#[derive(Template)]
#[template(path = "board/issue.html")]
struct IssuePage {
    page: Page,
    view: BoardView,
    earlier: Option<i64>,
    later: Option<i64>,
    /// There is a log, so there is a slip to print.
    logged: bool,
}

#[derive(Template)]
#[template(path = "board/empty.html")]
struct EmptyPage {
    page: Page,
}

pub async fn latest(web: &Shared, here: Here) -> Result<Rendered, WebError> {
    match shiji_app::board::issue(&web.app, &here.place, None).await? {
        Some(content) => {
            let view = board_view(&content, &here.t.get("redacted"));
            page(here, view, None, web.app.log.is_some())
        }
        None => rendered(&EmptyPage { page: Page::public(here) }),
    }
}

pub async fn numbered(web: &Shared, here: Here, number: i64) -> Result<Rendered, WebError> {
    let content =
        shiji_app::board::issue(&web.app, &here.place, Some(number)).await?.ok_or(AppError::NotFound)?;
    let issues = shiji_app::board::issues(&web.app, &here.place).await?;
    let later = issues.iter().map(|issue| issue.number).filter(|other| *other > number).min();
    let view = board_view(&content, &here.t.get("redacted"));
    page(here, view, later, web.app.log.is_some())
}

fn page(here: Here, view: BoardView, later: Option<i64>, logged: bool) -> Result<Rendered, WebError> {
    let earlier = Some(view.issue.number - 1).filter(|number| *number > 0);
    let mut rendered = rendered(&IssuePage { page: Page::public(here), view, earlier, later, logged })?;
    rendered.sealed = true;
    Ok(rendered)
}

pub(crate) fn rendered(template: &impl Template) -> Result<Rendered, WebError> {
    let text = template.render().map_err(|error| WebError::Template(error.to_string()))?;
    Ok(Rendered::html(text))
}
