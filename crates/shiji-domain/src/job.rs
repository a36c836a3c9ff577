//! Work that is done later: when it is tried again, and when it is given up.

/// Attempts after which work is kept as failed until a person has looked.
pub const ATTEMPTS_MOST: i64 = 10;
/// Milliseconds for which a worker has a job to itself; a worker that died gives it back when they are over.
pub const LEASE: i64 = 5 * 60 * 1_000;

const FIRST_WAIT: i64 = 60 * 1_000;
const WAIT_MOST: i64 = 6 * 60 * 60 * 1_000;

/// Milliseconds until the next attempt, after `attempts` of them failed: one minute, doubling, at most six hours. The
/// attempts together reach over a night, so that a mail server may be down as long.
pub fn wait_after(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or(0);
    (FIRST_WAIT << doublings).min(WAIT_MOST)
}

/// No further attempt is made after this many.
pub fn is_last(attempts: i64) -> bool {
    attempts >= ATTEMPTS_MOST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_from_a_minute_and_stops_at_six_hours() {
        let minutes: Vec<i64> = [1, 2, 3, 9, 10, 40].map(|attempts| wait_after(attempts) / 60_000).to_vec();
        assert_eq!(minutes, [1, 2, 4, 256, 360, 360]);
    }

    #[test]
    fn the_attempts_outlast_a_night_and_then_end() {
        let hours: i64 = (1..ATTEMPTS_MOST).map(wait_after).sum::<i64>() / 3_600_000;
        assert!(hours >= 8, "{hours}");
        assert!(is_last(ATTEMPTS_MOST) && !is_last(ATTEMPTS_MOST - 1));
    }
}
