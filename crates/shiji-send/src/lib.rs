//! What leaves the house: mail to readers and officials, calls to webhooks.
//!
//! Architecture invariant: whether something may be sent, and what it says, is decided above; here is only how.

pub mod hook;
pub mod mail;
pub mod robot;

use std::sync::Once;

/// One provider of cryptography for the whole program; the first to come installs it.
fn install_crypto() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Another part of the program may have installed one before.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
