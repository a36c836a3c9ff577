//! Entry bundles, after C2SP tlog-tiles v0.1.0: each entry preceded by its length in two bytes, big endian.

/// Bytes of an entry, as far as two bytes of length reach.
pub const ENTRY_MOST: usize = 65_535;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    #[error("an entry of {0} bytes does not fit into a bundle")]
    Long(usize),
    #[error("the bundle ends within an entry")]
    Cut,
    #[error("the bundle holds {found} entries instead of {wanted}")]
    Count { found: usize, wanted: usize },
}

/// Adds an entry to the end of a bundle.
///
/// # Errors
/// Refuses an entry of more than [`ENTRY_MOST`] bytes.
pub fn push(bundle: &mut Vec<u8>, entry: &[u8]) -> Result<(), BundleError> {
    let length = u16::try_from(entry.len()).map_err(|_| BundleError::Long(entry.len()))?;
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(entry);
    Ok(())
}

/// The entries of a bundle; the first `wanted` of them when there are more, since a bundle that has grown meanwhile
/// begins with the same entries.
///
/// # Errors
/// Refuses a bundle that is cut off or holds fewer.
pub fn entries(bundle: &[u8], wanted: usize) -> Result<Vec<&[u8]>, BundleError> {
    let mut found = Vec::with_capacity(wanted);
    let mut rest = bundle;
    while let Some((length, behind)) = rest.split_first_chunk::<2>() {
        let length = usize::from(u16::from_be_bytes(*length));
        if behind.len() < length {
            return Err(BundleError::Cut);
        }
        let (entry, behind) = behind.split_at(length);
        found.push(entry);
        rest = behind;
    }
    if !rest.is_empty() {
        return Err(BundleError::Cut);
    }
    if found.len() < wanted {
        return Err(BundleError::Count { found: found.len(), wanted });
    }
    found.truncate(wanted);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_back_as_they_went_in() {
        let mut bundle = Vec::new();
        for entry in [b"one".as_slice(), b"", b"three"] {
            push(&mut bundle, entry).unwrap();
        }
        assert_eq!(entries(&bundle, 3).unwrap(), [b"one".as_slice(), b"", b"three"]);
        assert_eq!(entries(&bundle, 2).unwrap(), [b"one".as_slice(), b""]);
        assert_eq!(entries(&bundle, 4), Err(BundleError::Count { found: 3, wanted: 4 }));
        assert_eq!(entries(&bundle[..bundle.len() - 1], 3), Err(BundleError::Cut));
        assert_eq!(push(&mut bundle, &vec![0; ENTRY_MOST + 1]), Err(BundleError::Long(ENTRY_MOST + 1)));
    }
}
