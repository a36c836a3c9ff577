//! QR codes, drawn by the program (ISO/IEC 18004).

use crate::frame::error::WebError;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// An image in SVG. Error correction M: legible when a corner of the paper is torn or stained.
///
/// # Errors
/// When the text is too long for a code.
pub fn svg(text: &str) -> Result<String, WebError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|error| WebError::Template(error.to_string()))?;
    let drawn = code.render::<svg::Color<'_>>().quiet_zone(true).min_dimensions(240, 240).build();
    // The XML declaration does not belong inside a page.
    Ok(drawn.split_once("?>").map_or(drawn.clone(), |(_, svg)| svg.to_owned()))
}
