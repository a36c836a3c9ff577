//! What a reader follows.

use crate::id::{OrganizationId, PersonId};
use crate::refusal::Refusal;
use crate::text::one_line;
use std::fmt;
use std::str::FromStr;

/// Characters of a word that is followed.
pub const MATTER_LENGTH: std::ops::RangeInclusive<usize> = 2..=20;
/// Milliseconds after which a subscription that was not confirmed is forgotten.
pub const UNCONFIRMED_KEPT: i64 = 48 * 60 * 60 * 1_000;
/// Milliseconds of the window in which an address gets few letters that ask for confirmation.
pub const DAY: i64 = 24 * 60 * 60 * 1_000;
/// Milliseconds of the window in which a place sends few of them.
pub const HOUR: i64 = 60 * 60 * 1_000;
/// Letters that ask for confirmation, in a place within an hour.
pub const CONFIRMATIONS_IN_AN_HOUR: i64 = 100;

/// Letters that ask one address for confirmation within a day: an address whose owner has confirmed before may follow
/// several things; any other gets one, so that nobody can have a stranger flooded.
pub fn confirmations_in_a_day(has_confirmed: bool) -> i64 {
    if has_confirmed { 5 } else { 1 }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Followed {
    /// The whole board.
    Board,
    Person(PersonId),
    Unit(OrganizationId),
    /// Every item with this word.
    Matter(String),
}

impl Followed {
    /// # Errors
    /// Refuses a word of one character or of more than twenty.
    pub fn matter(word: &str) -> Result<Followed, Refusal> {
        let word = one_line(word);
        if MATTER_LENGTH.contains(&word.chars().count()) {
            Ok(Followed::Matter(word))
        } else {
            Err(Refusal::new("refusal-follow-word"))
        }
    }
}

impl fmt::Display for Followed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Followed::Board => f.write_str("board"),
            Followed::Person(id) => write!(f, "person:{id}"),
            Followed::Unit(id) => write!(f, "unit:{id}"),
            Followed::Matter(word) => write!(f, "matter:{word}"),
        }
    }
}

impl FromStr for Followed {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let unknown = || Refusal::new("refusal-follow-what");
        match text.split_once(':') {
            None if text == "board" => Ok(Followed::Board),
            Some(("person", id)) => id.parse().map(Followed::Person).map_err(|_| unknown()),
            Some(("unit", id)) => id.parse().map(Followed::Unit).map_err(|_| unknown()),
            Some(("matter", word)) => Followed::matter(word),
            _ => Err(unknown()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_followed_is_written_and_read_alike() {
        for text in ["board", "person:01920000-0000-7000-8000-000000000001", "matter:水渠"] {
            assert_eq!(text.parse::<Followed>().unwrap().to_string(), text);
        }
        for text in ["", "person:x", "matter:水", "place", "unit"] {
            assert!(text.parse::<Followed>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_stranger_gets_one_letter_a_day() {
        assert_eq!(confirmations_in_a_day(false), 1);
        assert!(confirmations_in_a_day(true) > 1);
    }
}
