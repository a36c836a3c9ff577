//! Passwords and the tokens behind links and sessions.

use crate::refusal::Refusal;

/// Characters, after NIST SP 800-63B section 5.1.1.2 (at least 8; no composition rules), raised to 10 because officials
/// share offices and telephones.
pub const PASSWORD_LENGTH_LEAST: usize = 10;
/// Beyond this a password only costs the server time.
pub const PASSWORD_LENGTH_MOST: usize = 200;

/// # Errors
/// Refuses a password that is too short, too long, one character repeated, or the sign-in name itself.
pub fn check_password(password: &str, sign_in_name: &str) -> Result<(), Refusal> {
    let length = password.chars().count();
    if length < PASSWORD_LENGTH_LEAST {
        return Err(Refusal::new("refusal-password-short").with("least", PASSWORD_LENGTH_LEAST));
    }
    if length > PASSWORD_LENGTH_MOST {
        return Err(Refusal::new("refusal-password-long").with("most", PASSWORD_LENGTH_MOST));
    }
    let mut characters = password.chars();
    let first = characters.next();
    if characters.all(|c| Some(c) == first) || password.eq_ignore_ascii_case(sign_in_name) {
        return Err(Refusal::new("refusal-password-plain"));
    }
    Ok(())
}

/// How long a sign-in name stays shut after failures: none for the first four within the window, then doubling from one
/// minute to one hour. The delay is a bound on guessing, not a punishment: nobody has to unlock anything.
pub fn lock_out_minutes(failures_in_window: i64) -> i64 {
    match failures_in_window {
        ..=4 => 0,
        more => 1_i64.checked_shl(u32::try_from(more - 5).unwrap_or(u32::MAX).min(6)).unwrap_or(60).min(60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_or_plain_password_is_refused_and_a_sentence_is_taken() {
        assert_eq!(check_password("kurz", "a").map_err(|r| r.key), Err("refusal-password-short"));
        assert_eq!(check_password("aaaaaaaaaaaa", "b").map_err(|r| r.key), Err("refusal-password-plain"));
        assert_eq!(
            check_password("wangfang2026", "WangFang2026").map_err(|r| r.key),
            Err("refusal-password-plain")
        );
        assert!(check_password("河边的水井有三口都很深", "wangfang").is_ok());
    }

    #[test]
    fn the_lock_grows_and_stops_at_an_hour() {
        let minutes: Vec<i64> = [0, 4, 5, 6, 8, 30].into_iter().map(lock_out_minutes).collect();
        assert_eq!(minutes, [0, 0, 1, 2, 8, 60]);
    }
}
