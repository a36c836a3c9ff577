//! QR codes (ISO/IEC 18004) as small pictures in SVG.

use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// Error correction M, so that a stained code on a wall still reads. The quiet zone is left to the sheet.
pub(crate) fn code(address: &str) -> Result<String, QrError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M)?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                // Writing into a string cannot fail.
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    Ok(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{width}" viewBox="0 0 {width} {width}"><path d="{path}"/></svg>"#
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the path by hand and holds it against the code itself.
    #[test]
    fn every_dark_module_is_drawn_and_no_other() {
        let address = "https://board.example/chengwan/zh/person/0192f0c1-2345-7abc-8def-0123456789ab";
        let wanted = QrCode::with_error_correction_level(address, EcLevel::M).unwrap();
        let width = wanted.width();
        let mut drawn = vec![Color::Light; width * width];
        let svg = code(address).unwrap();
        let path = svg.split("d=\"").nth(1).unwrap().split('"').next().unwrap();
        for run in path.split('M').skip(1) {
            let numbers: Vec<usize> = run
                .split(|sign: char| !sign.is_ascii_digit())
                .filter_map(|number| number.parse().ok())
                .collect();
            let (x, y, length) = (numbers[0], numbers[1], numbers[2]);
            drawn[y * width + x..][..length].fill(Color::Dark);
        }
        assert!(drawn == wanted.to_colors());
    }
}
