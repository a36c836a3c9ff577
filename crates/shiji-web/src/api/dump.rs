//! Everything of a year in one file.

use super::asked::{Asked, plain};
use super::place::licence_of;
use super::problem::Problem;
use super::reply;
use crate::Shared;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::Response;
use shiji_app::open_data::document::DumpYears;
use shiji_app::open_data::{dump, years};
use tokio::io::AsyncReadExt as _;

/// Bytes that are read from the disk at once.
const CHUNK: usize = 64 * 1024;

/// The years that can be had, the latest first
#[utoipa::path(
    get, path = "/{place}/api/v1/dumps", operation_id = "dumps", tag = "dumps",
    params(("place" = String, Path, description = "The place, as in its addresses.")),
    responses((status = 200, description = "The years.", body = DumpYears))
)]
pub async fn list(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[])?;
    let data = years(&web.app, &asked.place).await?;
    reply::document(&asked.headers, &DumpYears { licence: licence_of(&asked.place), data })
}

/// Everything of one year
///
/// A ZIP archive with issues, rosters, items, answers, absences, redactions, residents' questions, key projects, directives,
/// difficulties, joint visits, minutes, people and bodies as JSON lines and as CSV, the log's checkpoint, and a README with the licence and the meaning of the fields. An issue belongs to the
/// year of its last day, a question to that of the day on which it came, whatever else to that of the day on which it became public. The file is made once for each state of the public side; ask with `If-None-Match`.
#[utoipa::path(
    get, path = "/{place}/api/v1/dumps/{year}.zip", operation_id = "dump", tag = "dumps",
    params(
        ("place" = String, Path, description = "The place, as in its addresses."),
        ("year" = i16, Path, description = "The year."),
    ),
    responses((status = 200, description = "The archive.", body = Vec<u8>, content_type = "application/zip"))
)]
pub async fn file(State(web): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    asked.only(&[])?;
    let year: i16 = asked.segment("file").strip_suffix(".zip").and_then(plain).ok_or(Problem::NotFound)?;
    let found = dump(&web.app, &asked.place, year).await?;
    let response = reply::tagged(&asked.headers, "application/zip", &found.digest, found.bytes, || {
        Body::from_stream(futures_util::stream::try_unfold(found.file, async |mut file| {
            let mut chunk = vec![0; CHUNK];
            let read = file.read(&mut chunk).await?;
            chunk.truncate(read);
            Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(chunk), file)))
        }))
    });
    Ok(reply::saved_as(response, &format!("{}-{year}.zip", asked.place.slug)))
}
