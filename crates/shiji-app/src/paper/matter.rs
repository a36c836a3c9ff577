//! Everything that a print of one issue is made of.

use crate::app::App;
use crate::error::AppError;
use shiji_store::public::{self, IssueContent};
use shiji_store::roster::Place;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintMatter {
    pub content: IssueContent,
    /// As [`crate::board::version`].
    pub version: i64,
    /// None without a log, or before its first signature.
    pub log: Option<LogSeen>,
}

/// The log as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogSeen {
    pub origin: String,
    pub size: u64,
    /// Root hash of the published checkpoint, in base64 as it stands there.
    pub root: String,
}

/// # Errors
/// `NotFound` for an issue that was never published.
pub async fn print_matter(app: &App, place: &Place, number: i64) -> Result<PrintMatter, AppError> {
    let mut tx = app.store.read().await?;
    let version = public::public_version(&mut tx, place.place_id).await?;
    let content = public::issue_content(&mut tx, place.place_id, number).await?.ok_or(AppError::NotFound)?;
    drop(tx);
    Ok(PrintMatter { content, version, log: log_seen(app).await? })
}

async fn log_seen(app: &App) -> Result<Option<LogSeen>, AppError> {
    let Some(log) = &app.log else { return Ok(None) };
    let published = crate::log::status(app, log).await?.published;
    Ok(published.map(|signed| LogSeen {
        origin: signed.checkpoint.origin.clone(),
        size: signed.checkpoint.size,
        root: base64::Engine::encode(&base64::engine::general_purpose::STANDARD, signed.checkpoint.root.0),
    }))
}
