//! Salted disclosures, after SD-JWT (RFC 9901 section 4.2.1): a field is committed to by the digest of its salt, name and
//! value, so that a field can be taken away later without touching what was committed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Bytes of fresh randomness per field (128 bits, RFC 9901 section 9.3).
pub const SALT_LENGTH: usize = 16;

#[derive(Debug, Clone, PartialEq)]
pub struct Disclosure {
    pub salt: [u8; SALT_LENGTH],
    pub name: String,
    pub value: Value,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DisclosureError {
    #[error("the disclosure is not base64url")]
    Encoding,
    #[error("the disclosure is not a JSON array of salt, name and value")]
    Form,
}

impl Disclosure {
    /// `base64url([salt, name, value])`: the form that is digested and handed to readers.
    pub fn encode(&self) -> String {
        let salt = URL_SAFE_NO_PAD.encode(self.salt);
        let array =
            Value::Array(vec![Value::String(salt), Value::String(self.name.clone()), self.value.clone()]);
        URL_SAFE_NO_PAD.encode(array.to_string())
    }

    /// # Errors
    /// Refuses anything that `encode` cannot have written.
    pub fn decode(encoded: &str) -> Result<Disclosure, DisclosureError> {
        let bytes = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| DisclosureError::Encoding)?;
        let array: (String, String, Value) =
            serde_json::from_slice(&bytes).map_err(|_| DisclosureError::Form)?;
        let salt = URL_SAFE_NO_PAD.decode(array.0).map_err(|_| DisclosureError::Encoding)?;
        let salt = salt.try_into().map_err(|_| DisclosureError::Form)?;
        Ok(Disclosure { salt, name: array.1, value: array.2 })
    }
}

/// SHA-256 of an encoded disclosure, in hexadecimal.
pub fn digest(encoded: &str) -> String {
    hexadecimal(&Sha256::digest(encoded.as_bytes()))
}

/// SHA-256 over the sorted digests, each followed by a line feed, in hexadecimal. Sorting hides which field a withheld
/// digest belonged to.
pub fn commitment(digests: &[String]) -> String {
    let mut sorted: Vec<&String> = digests.iter().collect();
    sorted.sort_unstable();
    let mut hash = Sha256::new();
    for digest in sorted {
        hash.update(digest.as_bytes());
        hash.update(b"\n");
    }
    hexadecimal(&hash.finalize())
}

fn hexadecimal(bytes: &[u8]) -> String {
    // A verifier does this a dozen times for each record, so it goes around the formatter.
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disclosure(salt: u8, name: &str, value: &str) -> Disclosure {
        Disclosure { salt: [salt; SALT_LENGTH], name: name.into(), value: value.into() }
    }

    #[test]
    fn a_disclosure_reads_back() {
        let written = disclosure(7, "text", "到白沙村核查低保对象27户");
        assert_eq!(Disclosure::decode(&written.encode()), Ok(written));
        assert!(Disclosure::decode("***").is_err());
        assert!(Disclosure::decode(&URL_SAFE_NO_PAD.encode("[1]")).is_err());
    }

    #[test]
    fn the_same_words_with_another_salt_cannot_be_told_from_other_words() {
        assert_ne!(
            digest(&disclosure(1, "text", "a").encode()),
            digest(&disclosure(2, "text", "a").encode())
        );
    }

    #[test]
    fn the_commitment_depends_on_every_field_and_not_on_their_order() {
        let (a, b) = (digest("a"), digest("b"));
        assert_eq!(commitment(&[a.clone(), b.clone()]), commitment(&[b.clone(), a.clone()]));
        assert_ne!(commitment(std::slice::from_ref(&a)), commitment(&[a, b]));
    }

    #[test]
    fn digests_are_plain_sha_256() {
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
