//! Photos and files beside an item. A photo is drawn anew, so nothing of where and when it was taken stays in it.

use super::file_report::{file, take_back_filed};
use super::writable::{addable_item, writable_item};
use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits};
use sha2::{Digest as _, Sha256};
use shiji_domain::id::{EvidenceId, ItemId};
use shiji_domain::refusal::Refusal;
use shiji_domain::text::{REMARK_LENGTH_MOST, one_line};
use shiji_store::evidence::{self, Evidence};
use shiji_store::{Tx, report};
use std::io::Cursor;
use tokio::sync::Semaphore;

/// Bytes of one upload.
pub const FILE_BYTES_MOST: usize = 20 * 1024 * 1024;
const EVIDENCE_MOST: usize = 8;
/// Pixels on the longer side after drawing anew: enough for a wall, little enough for a phone.
const SIDE: u32 = 1_600;
/// Pixels on a side that are decoded at all, and the memory it may take.
const SIDE_MOST: u32 = 12_000;
const DECODE_BYTES_MOST: u64 = 256 * 1024 * 1024;
const JPEG_QUALITY: u8 = 82;
/// Photos drawn at one time: each may take [`DECODE_BYTES_MOST`], and a whole town uploads on Friday afternoon.
static DRAWING: Semaphore = Semaphore::const_new(2);

#[derive(Debug, Clone)]
pub struct NewEvidence {
    pub item: ItemId,
    pub caption: String,
    /// To be shown on the board; only photos can be.
    pub public: bool,
    pub bytes: Vec<u8>,
}

/// # Errors
/// Refuses what is neither a readable photo (JPEG, PNG, WebP) nor a PDF, what is too large, and a ninth piece.
pub async fn add_evidence(app: &App, act: &Act, new: NewEvidence) -> Result<(), AppError> {
    keep(app, act, new, false).await
}

/// As [`add_evidence`], to a report that is handed in as well: it is taken back, added to and handed in again.
///
/// # Errors
/// As [`add_evidence`], and while the meeting hears the report.
pub async fn add_evidence_to_filed(app: &App, act: &Act, new: NewEvidence) -> Result<(), AppError> {
    keep(app, act, new, true).await
}

async fn keep(app: &App, act: &Act, new: NewEvidence, takes_back: bool) -> Result<(), AppError> {
    if new.bytes.len() > FILE_BYTES_MOST {
        return Err(Refusal::new("refusal-upload-large").into());
    }
    // Rights are looked at before any work is done, and again with the row.
    let mut tx = app.store.read().await?;
    if takes_back {
        addable_item(&mut tx, act, new.item).await?;
    } else {
        writable_item(&mut tx, act, new.item).await?;
    }
    drop(tx);
    let (bytes, media_type) = if new.bytes.starts_with(b"%PDF-") {
        (new.bytes, "application/pdf")
    } else {
        // The semaphore is never closed; without a permit the photo is drawn all the same.
        let permit = DRAWING.acquire().await.ok();
        let drawn = tokio::task::spawn_blocking(move || draw_anew(&new.bytes)).await??;
        drop(permit);
        (drawn, "image/jpeg")
    };
    let sha256: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let row = Evidence {
        evidence_id: app.new_id(),
        item_id: new.item,
        report_id: shiji_domain::id::ReportId(uuid::Uuid::nil()),
        caption: one_line(&new.caption).chars().take(REMARK_LENGTH_MOST).collect(),
        media_type: media_type.to_owned(),
        sha256,
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        public: new.public && media_type == "image/jpeg",
        created_at: act.millis(),
    };
    app.evidence.put(act.place.place_id, &row.sha256, bytes).await?;
    app.store
        .write("add_evidence", &(app, act, row, takes_back), |tx, (app, act, row, takes_back)| {
            Box::pin(async move {
                let owner = match takes_back {
                    true => Some(addable_item(tx, act, row.item_id).await?.0.person_id),
                    false => None,
                };
                let was_filed = match owner {
                    Some(owner) => take_back_filed(app, tx, act, owner).await?,
                    None => false,
                };
                insert(app, tx, act, row).await?;
                match owner.filter(|_| was_filed) {
                    Some(owner) => file(app, tx, act, owner).await,
                    None => Ok(()),
                }
            })
        })
        .await
}

async fn insert(app: &App, tx: &mut Tx, act: &Act, row: &Evidence) -> Result<(), AppError> {
    let place = act.place.place_id;
    let (report, _) = writable_item(tx, act, row.item_id).await?;
    let there = evidence::evidence_of(tx, place, report.report_id).await?;
    if there.iter().filter(|other| other.item_id == row.item_id).count() >= EVIDENCE_MOST {
        return Err(Refusal::new("refusal-evidence-many").with("most", EVIDENCE_MOST).into());
    }
    let row = Evidence { report_id: report.report_id, ..row.clone() };
    evidence::insert_evidence(tx, place, &row).await?;
    let subject = row.evidence_id;
    let after = Some(row.sha256.clone());
    audit(app, tx, act, Change { act: "evidence.add", subject: &subject, before: None, after }).await
}

/// Decodes within limits, turns it as the camera meant it, makes it smaller, and writes a JPEG without metadata.
fn draw_anew(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let unreadable = |_| Refusal::new("refusal-photo");
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| Refusal::new("refusal-photo"))?;
    if reader.format().is_none() {
        return Err(Refusal::new("refusal-file-kind"));
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MOST);
    limits.max_image_height = Some(SIDE_MOST);
    limits.max_alloc = Some(DECODE_BYTES_MOST);
    reader.limits(limits);
    let too_large = |error: image::ImageError| match error {
        image::ImageError::Limits(_) => Refusal::new("refusal-photo-large"),
        _ => Refusal::new("refusal-photo"),
    };
    let mut decoder = reader.into_decoder().map_err(too_large)?;
    // The JPEG decoder heeds the limits of width and height, but not that of memory.
    if decoder.total_bytes() > DECODE_BYTES_MOST {
        return Err(Refusal::new("refusal-photo-large"));
    }
    let orientation = decoder.orientation().map_err(unreadable)?;
    let mut photo = DynamicImage::from_decoder(decoder).map_err(too_large)?;
    photo.apply_orientation(orientation);
    if photo.width().max(photo.height()) > SIDE {
        photo = photo.resize(SIDE, SIDE, image::imageops::FilterType::CatmullRom);
    }
    let mut drawn = Vec::new();
    JpegEncoder::new_with_quality(&mut drawn, JPEG_QUALITY)
        .encode_image(&photo.to_rgb8())
        .map_err(unreadable)?;
    Ok(drawn)
}

/// # Errors
/// `NotFound` for evidence that is gone; refuses who may not write there now.
pub async fn remove_evidence(app: &App, act: &Act, id: EvidenceId) -> Result<(), AppError> {
    app.store
        .write("remove_evidence", &(app, act, id), |tx, (app, act, id)| {
            Box::pin(async move {
                let place = act.place.place_id;
                let found = evidence::evidence(tx, place, *id).await?.ok_or(AppError::NotFound)?;
                writable_item(tx, act, found.item_id).await?;
                evidence::delete_evidence(tx, place, *id).await?;
                let before = Some(format!("{} {}", found.sha256, found.caption));
                audit(app, tx, act, Change { act: "evidence.remove", subject: id, before, after: None }).await
            })
        })
        .await
}

/// The bytes and media type, for the writer, the leader in charge, and those who read everything.
///
/// # Errors
/// `NotFound` for everybody else.
pub async fn evidence_bytes(app: &App, act: &Act, id: EvidenceId) -> Result<(Vec<u8>, String), AppError> {
    let mut tx = app.store.read().await?;
    let place = act.place.place_id;
    let found = evidence::evidence(&mut tx, place, id).await?.ok_or(AppError::NotFound)?;
    let report = report::report(&mut tx, place, found.report_id).await?.ok_or(AppError::NotFound)?;
    let staff = shiji_store::roster::staff(&mut tx, place).await?;
    let leads = act.actor.supervises(&staff.held_posts(report.person_id));
    if act.actor.must_write_for(report.person_id).is_err() && !leads && act.actor.must_read_all().is_err() {
        return Err(AppError::NotFound);
    }
    drop(tx);
    Ok((app.evidence.get(place, &found.sha256).await?, found.media_type))
}
