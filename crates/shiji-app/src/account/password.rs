//! Hashing passwords with argon2id (RFC 9106), off the threads that serve pages.

use crate::app::App;
use crate::error::AppError;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};

/// 19 MiB, two passes: OWASP's advice for argon2id.
fn argon2() -> Result<Argon2<'static>, AppError> {
    let params = Params::new(19_456, 2, 1, None).map_err(|error| AppError::Password(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

pub(super) async fn hash(app: &App, password: &str) -> Result<String, AppError> {
    let salt: [u8; 16] = app.random();
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || {
        let hash = argon2()?
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map_err(|error| AppError::Password(error.to_string()))?;
        Ok(hash.to_string())
    })
    .await?
}

/// Whether `password` is the one behind `hash`. Without a hash the same work is done and the answer is no, so that the
/// time does not tell which names exist.
pub(super) async fn verify(hash: Option<String>, password: &str) -> Result<bool, AppError> {
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || {
        let argon2 = argon2()?;
        let Some(hash) = hash else {
            let _ = argon2.hash_password_with_salt(password.as_bytes(), b"nobody has this.");
            return Ok(false);
        };
        let parsed = PasswordHash::new(&hash).map_err(|error| AppError::Password(error.to_string()))?;
        Ok(argon2.verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await?
}
