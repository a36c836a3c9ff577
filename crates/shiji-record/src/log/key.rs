//! Keys in the text forms of C2SP signed-note v1.0.0: `PRIVATE+KEY+name+id+base64` (kept secret) and `name+id+base64`
//! (the verifier key, given to everybody).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{SigningKey, VerifyingKey};
use signed_note::{is_key_name_valid, key_id};
use std::fmt;

/// What a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Checkpoints of a log: signature type 0x01.
    Log,
    /// Countersignatures with a time: signature type 0x04 (tlog-cosignature v1).
    Cosignature,
}

impl Purpose {
    fn code(self) -> u8 {
        match self {
            Purpose::Log => 0x01,
            Purpose::Cosignature => 0x04,
        }
    }

    fn from_code(code: u8) -> Option<Purpose> {
        [Purpose::Log, Purpose::Cosignature].into_iter().find(|purpose| purpose.code() == code)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("a key name is not empty and holds neither spaces nor a plus sign")]
    Name,
    #[error("not a key in the form of C2SP signed-note")]
    Form,
    #[error("the key's number does not fit its name and bytes: a letter was changed")]
    Id,
    #[error("the key is for another purpose")]
    Purpose,
}

/// A key that signs; its text is a secret.
#[derive(Clone)]
pub struct SecretKey {
    name: String,
    purpose: Purpose,
    key: SigningKey,
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SecretKey({}, …)", self.name)
    }
}

impl SecretKey {
    /// `seed` is fresh randomness.
    ///
    /// # Errors
    /// Refuses a name with spaces or a plus sign.
    pub fn new(name: &str, purpose: Purpose, seed: [u8; 32]) -> Result<SecretKey, KeyError> {
        if !is_key_name_valid(name) || name.chars().any(char::is_control) {
            return Err(KeyError::Name);
        }
        Ok(SecretKey { name: name.to_owned(), purpose, key: SigningKey::from_bytes(&seed) })
    }

    /// # Errors
    /// Refuses everything that [`SecretKey::to_text`] cannot have written.
    pub fn from_text(text: &str) -> Result<SecretKey, KeyError> {
        let rest = text.trim().strip_prefix("PRIVATE+KEY+").ok_or(KeyError::Form)?;
        let (name, id, bytes) = parts(rest)?;
        let (code, seed) = bytes.split_first().ok_or(KeyError::Form)?;
        let purpose = Purpose::from_code(*code).ok_or(KeyError::Purpose)?;
        let key = SecretKey::new(name, purpose, seed.try_into().map_err(|_| KeyError::Form)?)?;
        if key.public().id() == id { Ok(key) } else { Err(KeyError::Id) }
    }

    pub fn to_text(&self) -> String {
        let bytes = [[self.purpose.code()].as_slice(), self.key.as_bytes()].concat();
        format!("PRIVATE+KEY+{}+{:08x}+{}", self.name, self.public().id(), STANDARD.encode(bytes))
    }

    pub fn public(&self) -> PublicKey {
        PublicKey { name: self.name.clone(), purpose: self.purpose, key: self.key.verifying_key() }
    }

    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    pub(super) fn signing(&self) -> &SigningKey {
        &self.key
    }
}

/// A key that verifies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    name: String,
    purpose: Purpose,
    key: VerifyingKey,
}

impl PublicKey {
    /// Reads a verifier key (vkey).
    ///
    /// # Errors
    /// Refuses other forms, and a key whose number does not fit.
    pub fn from_text(text: &str) -> Result<PublicKey, KeyError> {
        let (name, id, bytes) = parts(text.trim())?;
        let (code, key) = bytes.split_first().ok_or(KeyError::Form)?;
        let purpose = Purpose::from_code(*code).ok_or(KeyError::Purpose)?;
        let key: [u8; 32] = key.try_into().map_err(|_| KeyError::Form)?;
        let key = VerifyingKey::from_bytes(&key).map_err(|_| KeyError::Form)?;
        let public = PublicKey { name: name.to_owned(), purpose, key };
        if public.id() == id { Ok(public) } else { Err(KeyError::Id) }
    }

    pub fn to_text(&self) -> String {
        format!("{}+{:08x}+{}", self.name, self.id(), STANDARD.encode(self.typed()))
    }

    /// A log's key is named by its origin.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// SHA-256 over name, line feed, type and key; the first four bytes.
    pub fn id(&self) -> u32 {
        key_id(&self.name, &self.typed())
    }

    fn typed(&self) -> Vec<u8> {
        [[self.purpose.code()].as_slice(), self.key.as_bytes()].concat()
    }

    pub(super) fn verifying(&self) -> &VerifyingKey {
        &self.key
    }
}

/// Name, number and bytes.
fn parts(text: &str) -> Result<(&str, u32, Vec<u8>), KeyError> {
    let (name, rest) = text.split_once('+').ok_or(KeyError::Form)?;
    let (id, bytes) = rest.split_once('+').ok_or(KeyError::Form)?;
    if !is_key_name_valid(name) {
        return Err(KeyError::Name);
    }
    if id.len() != 8 {
        return Err(KeyError::Form);
    }
    let id = u32::from_str_radix(id, 16).map_err(|_| KeyError::Form)?;
    Ok((name, id, STANDARD.decode(bytes).map_err(|_| KeyError::Form)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_and_another_implementation_reads_it_too() {
        let key = SecretKey::new("town.example/log", Purpose::Log, [7; 32]).unwrap();
        let again = SecretKey::from_text(&key.to_text()).unwrap();
        assert_eq!(again.public(), key.public());
        assert!(signed_note::StandardSigner::new(&key.to_text()).is_ok());
        assert!(signed_note::StandardVerifier::new(&key.public().to_text()).is_ok());
        assert_eq!(PublicKey::from_text(&key.public().to_text()), Ok(key.public()));
    }

    #[test]
    fn a_letter_changed_in_the_name_is_found() {
        let text = SecretKey::new("town.example/log", Purpose::Log, [7; 32]).unwrap().public().to_text();
        assert_eq!(PublicKey::from_text(&text.replace("town", "tawn")), Err(KeyError::Id));
        assert_eq!(PublicKey::from_text("town.example"), Err(KeyError::Form));
        assert_eq!(SecretKey::new("two words", Purpose::Log, [7; 32]).unwrap_err(), KeyError::Name);
    }

    #[test]
    fn a_secret_does_not_show_when_it_is_printed() {
        let key = SecretKey::new("town.example/log", Purpose::Log, [7; 32]).unwrap();
        assert_eq!(format!("{key:?}"), "SecretKey(town.example/log, …)");
    }
}
