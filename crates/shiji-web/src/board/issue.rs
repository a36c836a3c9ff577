//! The board of an issue.

use super::cache::Rendered;
use super::view::{BoardView, board_view};
use crate::Shared;
use crate::frame::{Here, Page, WebError};
use crate::project::{Line, line};
use askama::Template;
use shiji_app::AppError;
use shiji_app::meeting::public_minutes;
use shiji_domain::issue::Standing;
use shiji_record::affair::MinutesFact;

#[derive(Template)]
#[template(path = "board/issue.html")]
struct IssuePage {
    page: Page,
    view: BoardView,
    earlier: Option<i64>,
    later: Option<i64>,
    /// There is a log, so there is a slip to print.
    logged: bool,
    /// Key projects that run; only on the latest board, for they stand as they do today.
    projects: Vec<Line>,
    /// Of the meeting that published it; none when the calendar did.
    minutes: Option<MinutesFact>,
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
            let projects = projects(web, &here).await?;
            page(web, here, view, None, projects).await
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
    let projects = if later.is_none() { projects(web, &here).await? } else { Vec::new() };
    page(web, here, view, later, projects).await
}

async fn projects(web: &Shared, here: &Here) -> Result<Vec<Line>, WebError> {
    let (running, today) = shiji_app::project::summaries(&web.app, &here.place).await?;
    Ok(running.iter().map(|story| line(here.t, story, today)).collect())
}

async fn page(
    web: &Shared,
    here: Here,
    view: BoardView,
    later: Option<i64>,
    projects: Vec<Line>,
) -> Result<Rendered, WebError> {
    let logged = web.app.log.is_some();
    let held = public_minutes(&web.app, &here.place, view.issue.number).await?;
    let minutes = held.map(|held| held.fact);
    let earlier = Some(view.issue.number - 1).filter(|number| *number > 0);
    let template = IssuePage { page: Page::public(here), view, earlier, later, logged, projects, minutes };
    let mut rendered = rendered(&template)?;
    rendered.sealed = true;
    Ok(rendered)
}

pub(crate) fn rendered(template: &impl Template) -> Result<Rendered, WebError> {
    let text = template.render().map_err(|error| WebError::Template(error.to_string()))?;
    Ok(Rendered::html(text))
}
