//! A sheet on its way from upload over preview to import: the page carries the file itself, so that what is confirmed is
//! read from the same bytes, and the plan's fingerprint, so that nothing else than what was shown is applied.

use crate::frame::Fields;
use crate::frame::fields::SafeMultipart;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use shiji_domain::refusal::Refusal;

/// Bytes of a sheet; a roster of a whole county's town has less than a tenth of it.
const SHEET_BYTES_MOST: usize = 10 * 1024 * 1024;

#[derive(Debug, Clone)]
pub struct Sheet {
    pub file_name: String,
    pub bytes: Vec<u8>,
}

impl Sheet {
    /// # Errors
    /// Refuses a form without a file, and a file that is too large.
    pub fn uploaded(form: &mut SafeMultipart) -> Result<Sheet, Refusal> {
        let file = form.files.pop().ok_or_else(|| Refusal::new("refusal-upload-missing"))?;
        if file.bytes.len() > SHEET_BYTES_MOST {
            return Err(Refusal::new("refusal-upload-large"));
        }
        Ok(Sheet { file_name: file.file_name, bytes: file.bytes })
    }

    /// # Errors
    /// Refuses a form whose file cannot be read back.
    pub fn confirmed(fields: &Fields) -> Result<Sheet, Refusal> {
        let bytes = STANDARD.decode(fields.text("sheet")).map_err(|_| Refusal::new("refusal-form"))?;
        Ok(Sheet { file_name: fields.text("file_name").to_owned(), bytes })
    }

    pub fn encoded(&self) -> String {
        STANDARD.encode(&self.bytes)
    }
}
