//! Words that this installation must be able to read again and nobody else: a reader's address, an asker's contact.
//!
//! They lie sealed in the database under a key that lies outside it, so that a copied database tells no address. Sealing
//! binds the words to where they belong: `context` names table, place and row, and words that were moved elsewhere do not
//! open there. XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) with a random nonce of 192 bits.
//!
//! ```
//! # use shiji_app::secret::SecretBox;
//! # struct Fixed;
//! # impl shiji_app::Entropy for Fixed { fn fill(&self, bytes: &mut [u8]) { bytes.fill(1) } }
//! let secrets = SecretBox::new([7; 32]);
//! let sealed = secrets.seal(&Fixed, "subscription/PLACE/ROW", "reader@example.org");
//! assert_eq!(secrets.open("subscription/PLACE/ROW", &sealed).unwrap(), "reader@example.org");
//! assert!(secrets.open("subscription/PLACE/OTHER", &sealed).is_err());
//! ```

use crate::app::Entropy;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use std::fmt;

/// Stands before sealed words, so that another way of sealing can come one day.
const VERSION: &str = "x1.";
const NONCE: usize = 24;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("sealed words cannot be opened: another key sealed them, or they were changed or moved")]
pub struct SecretError;

/// Seals and opens; clones share the key.
#[derive(Clone)]
pub struct SecretBox {
    key: [u8; 32],
}

impl fmt::Debug for SecretBox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretBox(…)")
    }
}

impl SecretBox {
    pub fn new(key: [u8; 32]) -> SecretBox {
        SecretBox { key }
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.key.into())
    }

    /// Sealed words as text of URL-safe characters, 59 longer than four thirds of the bytes at most.
    pub fn seal(&self, entropy: &dyn Entropy, context: &str, words: &str) -> String {
        let mut nonce = [0_u8; NONCE];
        entropy.fill(&mut nonce);
        let payload = Payload { msg: words.as_bytes(), aad: context.as_bytes() };
        // The cipher refuses only messages of more than 256 GB.
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
        format!("{VERSION}{}", URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// # Errors
    /// When another key sealed the words, or they were changed, or belong to another `context`.
    pub fn open(&self, context: &str, sealed: &str) -> Result<String, SecretError> {
        let text = sealed.strip_prefix(VERSION).ok_or(SecretError)?;
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| SecretError)?;
        let (nonce, words) = bytes.split_first_chunk::<NONCE>().ok_or(SecretError)?;
        let payload = Payload { msg: words, aad: context.as_bytes() };
        let words = self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| SecretError)?;
        String::from_utf8(words).map_err(|_| SecretError)
    }

    /// The same words have the same mark, and without the key nobody can try words against it: for finding a row by an
    /// address that lies sealed. `purpose` keeps marks of different tables and places apart.
    pub fn mark(&self, purpose: &str, words: &str) -> String {
        let mut mac = self.mac("mark");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(words.as_bytes());
        mac.finalize().into_bytes().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// A token for links that needs no row of its own, such as the one that ends a subscription: it follows from what it
    /// is for, and nobody can make it up without the key.
    pub fn token(&self, purpose: &str, subject: &str) -> String {
        let mut mac = self.mac("token");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(subject.as_bytes());
        URL_SAFE_NO_PAD.encode(&mac.finalize().into_bytes()[..18])
    }

    fn mac(&self, what: &str) -> Hmac<Sha256> {
        // HMAC takes keys of any length, so this cannot fail.
        let mut mac =
            <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&self.key).unwrap_or_else(|_| unreachable!());
        mac.update(b"shiji ");
        mac.update(what.as_bytes());
        mac.update(&[0]);
        mac
    }
}

/// Whether two texts are the same, in a time that tells nothing of where they differ.
pub fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU8, Ordering};

    struct Counting(AtomicU8);

    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0.fetch_add(1, Ordering::SeqCst));
        }
    }

    #[test]
    fn sealed_words_open_with_the_key_in_their_own_place_only() {
        let entropy = Counting(AtomicU8::new(1));
        let secrets = SecretBox::new([7; 32]);
        let sealed = secrets.seal(&entropy, "a/1", "读者@example.org");
        assert!(!sealed.contains("example"));
        assert_eq!(secrets.open("a/1", &sealed).unwrap(), "读者@example.org");
        assert_eq!(secrets.open("a/2", &sealed), Err(SecretError));
        assert_eq!(SecretBox::new([8; 32]).open("a/1", &sealed), Err(SecretError));
        for broken in ["", "x1.", "x1.AAAA", &sealed[..sealed.len() - 2], &sealed[3..], "x1.读者"] {
            assert_eq!(secrets.open("a/1", broken), Err(SecretError), "{broken}");
        }
    }

    #[test]
    fn the_same_words_are_never_sealed_alike_but_have_one_mark() {
        let entropy = Counting(AtomicU8::new(1));
        let secrets = SecretBox::new([7; 32]);
        assert_ne!(secrets.seal(&entropy, "a", "x"), secrets.seal(&entropy, "a", "x"));
        assert_eq!(secrets.mark("a", "x"), secrets.mark("a", "x"));
        assert_ne!(secrets.mark("a", "x"), secrets.mark("b", "x"));
        assert_ne!(secrets.mark("a", "x"), SecretBox::new([8; 32]).mark("a", "x"));
        assert_ne!(secrets.token("a", "x"), secrets.mark("a", "x"));
    }

    #[test]
    fn the_key_is_not_printed() {
        assert_eq!(format!("{:?}", SecretBox::new([7; 32])), "SecretBox(…)");
    }
}
