//! How long a meeting took, held against the last ones.

/// Meetings that it is held against.
pub const LAST_MOST: usize = 5;
/// Minutes within which two meetings are as long as each other.
const AS_LONG: i64 = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    AsLong,
    /// By so many minutes.
    Shorter(i64),
    Longer(i64),
}

/// The average of the last meetings in whole minutes, and how this one compares; `None` without a meeting before it.
pub fn compare(minutes: i64, last: &[i64]) -> Option<(i64, Compared)> {
    let count = i64::try_from(last.len()).ok().filter(|count| *count > 0)?;
    let usual = (last.iter().sum::<i64>() + count / 2) / count;
    let compared = match minutes - usual {
        difference if difference.abs() <= AS_LONG => Compared::AsLong,
        difference if difference < 0 => Compared::Shorter(-difference),
        difference => Compared::Longer(difference),
    };
    Some((usual, compared))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_is_held_against_the_average_of_those_before() {
        assert_eq!(compare(90, &[]), None);
        assert_eq!(compare(90, &[110, 120, 100]), Some((110, Compared::Shorter(20))));
        assert_eq!(compare(114, &[110]), Some((110, Compared::AsLong)));
        assert_eq!(compare(140, &[110, 111]), Some((111, Compared::Longer(29))));
    }
}
