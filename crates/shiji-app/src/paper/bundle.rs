//! Several files as one, in the form that every office computer opens.

use crate::error::AppError;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Names are UTF-8, marked as such. Prints and workbooks are packed already and are stored as they are.
///
/// # Errors
/// Only when two files have one name.
pub fn bundle<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>, AppError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in files {
        zip.start_file(name, stored)?;
        zip.write_all(bytes).map_err(zip::result::ZipError::from)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn what_goes_in_comes_out_under_its_name() {
        let packed = bundle([("第 12 期 手册.pdf", b"%PDF".as_slice()), ("周表.xlsx", b"PK")]).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        let mut text = String::new();
        archive.by_name("第 12 期 手册.pdf").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!((text.as_str(), archive.len()), ("%PDF", 2));
    }
}
