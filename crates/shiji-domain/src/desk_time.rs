//! How long somebody has been at the desk, from when they were seen there.

/// When somebody was last seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Milliseconds since 1970 UTC.
    pub at: i64,
    /// The page's script said so, which counts the time itself.
    pub by_script: bool,
}

/// Seconds that the script can tell of at a time: it does so twice a minute.
pub const TOLD_MOST: i64 = 60;
/// Seconds that one gap between two pages can count for: as long as a few lines take to write.
pub const GAP_MOST: i64 = 5 * 60;
/// A gap of more seconds was a pause and counts for nothing.
pub const PAUSE: i64 = 30 * 60;

/// Seconds to count when a page of the desk is opened. Where a script has been heard since the page before, it has
/// counted already.
pub fn opened(last: Option<Seen>, now: i64) -> i64 {
    match last {
        Some(Seen { at, by_script: false }) => {
            let gap = (now - at).max(0) / 1_000;
            if gap > PAUSE { 0 } else { gap.min(GAP_MOST) }
        }
        _ => 0,
    }
}

/// Seconds to count when the script tells of `seconds` in use: never more than have passed, so that two tabs count once.
pub fn told(last: Option<Seen>, now: i64, seconds: i64) -> i64 {
    let passed = last.map_or(TOLD_MOST, |last| (now - last.at).max(0) / 1_000);
    seconds.clamp(0, TOLD_MOST).min(passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_700_000_000_000;

    fn seen(seconds_ago: i64, by_script: bool) -> Option<Seen> {
        Some(Seen { at: NOON - seconds_ago * 1_000, by_script })
    }

    #[test]
    fn a_gap_counts_as_it_is_up_to_a_few_minutes_and_a_pause_not_at_all() {
        let counted = |seconds_ago| opened(seen(seconds_ago, false), NOON);
        assert_eq!(counted(90), 90);
        assert_eq!(counted(12 * 60), 5 * 60);
        assert_eq!(counted(31 * 60), 0);
        assert_eq!(counted(-5), 0, "a clock that was put back");
        assert_eq!(opened(None, NOON), 0);
    }

    #[test]
    fn what_the_script_has_counted_is_not_counted_again() {
        assert_eq!(opened(seen(90, true), NOON), 0);
        assert_eq!(told(seen(20, true), NOON, 30), 20, "two tabs tell of the same half minute");
        assert_eq!(told(seen(40, false), NOON, 30), 30);
        assert_eq!(told(None, NOON, 9_000), 60);
    }
}
