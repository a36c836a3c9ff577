//! The board on paper and in workbooks, at addresses of their own beside the pages. Public like them: nobody is asked who
//! they are, and each depends on nothing but its address.

mod cards;
mod download;
mod file;
mod issue;
mod minutes;
mod table;
mod timetable;

pub use file::{File, Printing, site_address};
pub(crate) use minutes::{compared, who as decided_for};

use crate::Shared;
use crate::board::in_plain_form;
use crate::frame::{Here, WebError};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use shiji_app::AppError;
use shiji_app::paper::Form;
use shiji_domain::id::{PersonId, ProjectId};

pub fn routes(web: &Shared) -> Router<Shared> {
    Router::new()
        .route("/{place}/{lang}/issue/{number}/wall.pdf", get(wall))
        .route("/{place}/{lang}/issue/{number}/booklet.pdf", get(booklet))
        .route("/{place}/{lang}/issue/{number}/ask-cards.pdf", get(cards))
        .route("/{place}/{lang}/issue/{number}/minutes.pdf", get(minutes_pdf))
        .route("/{place}/{lang}/person/{id}/{file}", get(year))
        .route("/{place}/{lang}/projects/timetables.pdf", get(timetables))
        .route("/{place}/{lang}/project/{id}/timetable.pdf", get(timetable_of))
        .layer(axum::middleware::from_fn_with_state(web.clone(), crate::frame::error::explain_public))
}

type IssuePath = Path<(String, String, String)>;

async fn wall(
    web: State<Shared>,
    here: Here,
    path: IssuePath,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    print(web, here, path, asked, Form::Wall).await
}

async fn booklet(
    web: State<Shared>,
    here: Here,
    path: IssuePath,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    print(web, here, path, asked, Form::Booklet).await
}

async fn cards(
    web: State<Shared>,
    here: Here,
    path: IssuePath,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    print(web, here, path, asked, Form::Cards).await
}

async fn minutes_pdf(
    web: State<Shared>,
    here: Here,
    path: IssuePath,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    print(web, here, path, asked, Form::Minutes).await
}

async fn print(
    State(web): State<Shared>,
    here: Here,
    Path((_, _, number)): IssuePath,
    asked: HeaderMap,
    form: Form,
) -> Result<Response, WebError> {
    let number = in_plain_form(&number)?;
    let file = Printing::of(&web, &here).print(number, form).await?;
    Ok(download::answer(file, &asked))
}

async fn timetables(State(web): State<Shared>, here: Here, asked: HeaderMap) -> Result<Response, WebError> {
    Ok(download::answer(Printing::of(&web, &here).timetables(None).await?, &asked))
}

async fn timetable_of(
    State(web): State<Shared>,
    here: Here,
    Path((_, _, id)): IssuePath,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    let project: ProjectId = in_plain_form(&id)?;
    Ok(download::answer(Printing::of(&web, &here).timetables(Some(project)).await?, &asked))
}

/// The week's sheet; `number` as it stands in the address, without `.xlsx`.
pub(crate) async fn week(
    web: &Shared,
    here: &Here,
    number: &str,
    asked: &HeaderMap,
) -> Result<Response, WebError> {
    let file = Printing::of(web, here).week(in_plain_form(number)?).await?;
    Ok(download::answer(file, asked))
}

async fn year(
    State(web): State<Shared>,
    here: Here,
    Path((_, _, id, file)): Path<(String, String, String, String)>,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    let year: i16 = in_plain_form(file.strip_suffix(".xlsx").ok_or(AppError::NotFound)?)?;
    let person: PersonId = in_plain_form(&id)?;
    let file = Printing::of(&web, &here).year(person, year).await?;
    Ok(download::answer(file, &asked))
}
