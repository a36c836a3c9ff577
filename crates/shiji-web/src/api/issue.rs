//! Issues: the list, one with all content, and one as a table.

use super::asked::{Asked, PageQuery, plain};
use super::problem::Problem;
use super::reply;
use crate::Shared;
use crate::board::cache::Rendered;
use axum::extract::State;
use axum::response::Response;
use shiji_app::open_data::document::{Issue, WholeIssue};
use shiji_app::open_data::issue::whole_issue;
use shiji_app::open_data::{Page, issue_table, issues};

/// Issues, the newest first
#[utoipa::path(
    get, path = "/{place}/api/v1/issues", operation_id = "issues", tag = "issues",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("since" = Option<jiff::civil::Date>, Query, description = "Published on or after this day."),
        PageQuery,
    ),
    responses((status = 200, description = "A page of issues.", body = Page<Issue>))
)]
pub async fn list(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&["since", "after", "limit"])?;
    let page = issues(&web.app, &asked.place, asked.day("since")?, asked.after()?, asked.limit()?).await?;
    reply::list(&asked.headers, &asked.with_address(page))
}

/// `NUMBER` or `NUMBER.csv`.
pub async fn file(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[])?;
    let name = asked.segment("file");
    match name.strip_suffix(".csv") {
        Some(number) => table(&web, &asked, plain(number).ok_or(Problem::NotFound)?).await,
        None => whole(&web, &asked, plain(name).ok_or(Problem::NotFound)?).await,
    }
}

/// One issue with everything that stands in it
#[utoipa::path(
    get, path = "/{place}/api/v1/issues/{number}", operation_id = "issue", tag = "issues",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("number" = i64, Path, minimum = 1, description = "Number of the issue."),
    ),
    responses((status = 200, description = "The issue.", body = WholeIssue))
)]
async fn whole(web: &Shared, asked: &Asked, number: i64) -> Result<Response, Problem> {
    kept(web, asked, async |place| {
        let whole = whole_issue(&web.app, place, number).await?;
        let text = serde_json::to_string(&whole).map_err(shiji_store::StoreError::from)?;
        Ok(Rendered { text, media_type: "application/json", sealed: false, opened: None })
    })
    .await
}

/// One issue as a table
///
/// CSV after RFC 4180 in UTF-8, beginning with a byte order mark, so that spreadsheet programs open the Chinese rightly. A
/// line for each item with the official's name and unit, and one for each official without items.
///
/// A cell that begins with `=`, `+`, `-`, `@` (in half or full width), a tab or a carriage return has one `'` put before
/// it, so that it is no formula. To undo it, take one `'` away from every cell in which apostrophes are followed by such a
/// sign. The JSON is untouched.
#[utoipa::path(
    get, path = "/{place}/api/v1/issues/{number}.csv", operation_id = "issueTable", tag = "issues",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("number" = i64, Path, minimum = 1, description = "Number of the issue."),
    ),
    responses((status = 200, description = "The table.", body = String, content_type = "text/csv"))
)]
async fn table(web: &Shared, asked: &Asked, number: i64) -> Result<Response, Problem> {
    let response = kept(web, asked, async |place| {
        let bytes = issue_table(&whole_issue(&web.app, place, number).await?);
        let text = String::from_utf8(bytes).unwrap_or_default();
        Ok(Rendered { text, media_type: "text/csv; charset=utf-8", sealed: false, opened: None })
    })
    .await?;
    Ok(reply::saved_as(response, &format!("{}-{number}.csv", asked.place.slug)))
}

/// Made once for each state of the public side, and compressed once, as the pages of the board are. The key is no
/// address, so that the short way to kept pages, which knows nothing of parameters, does not find it.
async fn kept(
    web: &Shared,
    asked: &Asked,
    render: impl AsyncFnOnce(&shiji_store::roster::Place) -> Result<Rendered, Problem>,
) -> Result<Response, Problem> {
    let key = format!("data {}", asked.path);
    let now = web.app.now();
    let version = shiji_app::board::version(&web.app, &asked.place).await?;
    web.pages.seen(&asked.place.slug, now, version);
    if let Some(page) = web.pages.fresh(&key, now) {
        return Ok(page.answer(&asked.headers));
    }
    let rendered = render(&asked.place).await?;
    Ok(web.pages.keep(&key, &asked.place.slug, version, rendered).answer(&asked.headers))
}
