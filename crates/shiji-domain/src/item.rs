//! Work items, plan items and the answers that last period's plan items get.

use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// Done in this period.
    Work,
    /// To be done in the next.
    Plan,
}

/// What became of a plan item in the period it was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Done,
    Partly,
    Moved,
    Dropped,
}

impl Outcome {
    pub const ALL: [Outcome; 4] = [Outcome::Done, Outcome::Partly, Outcome::Moved, Outcome::Dropped];

    /// Whether there is something done to be written down as work of this period.
    pub fn makes_work(self) -> bool {
        matches!(self, Outcome::Done | Outcome::Partly)
    }

    /// Whether the item stands again in the plan of the next period.
    pub fn stays_planned(self) -> bool {
        matches!(self, Outcome::Partly | Outcome::Moved)
    }

    /// # Errors
    /// Refuses a missing reason for anything but `Done`.
    pub fn check_reason(self, reason: Option<&str>) -> Result<(), Refusal> {
        if self != Outcome::Done && reason.is_none_or(str::is_empty) {
            return Err(Refusal::new("refusal-reason-missing"));
        }
        Ok(())
    }
}

macro_rules! code {
    ($type:ty { $($variant:path => $code:literal),+ $(,)? }) => {
        impl $type {
            /// The word used in tables, records and forms.
            pub fn code(self) -> &'static str {
                match self { $($variant => $code),+ }
            }

            /// The inverse of `code`; `None` for any other word.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some($variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use code;

code!(ItemKind { ItemKind::Work => "work", ItemKind::Plan => "plan" });
code!(Outcome {
    Outcome::Done => "done", Outcome::Partly => "partly", Outcome::Moved => "moved", Outcome::Dropped => "dropped",
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_kept_word_needs_no_reason() {
        assert!(Outcome::Done.check_reason(None).is_ok());
        for outcome in [Outcome::Partly, Outcome::Moved, Outcome::Dropped] {
            assert!(outcome.check_reason(None).is_err());
            assert!(outcome.check_reason(Some("施工队未到位")).is_ok());
        }
    }

    #[test]
    fn codes_read_back() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_code(outcome.code()), Some(outcome));
        }
        assert_eq!(ItemKind::from_code("nonsense"), None);
    }
}
