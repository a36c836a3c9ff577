//! Work items, plan items and the answers that last period's plan items get.

use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// On which side of another item an item is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Before,
    After,
}

/// `order` with `moved` put beside `other`; `None` when one of them is not there or nothing changes. Put beside another
/// rather than moved by a step, so that a tab that shows an older order, or sends twice, does only what was meant.
pub fn put_beside<T: PartialEq + Copy>(order: &[T], moved: T, side: Side, other: T) -> Option<Vec<T>> {
    if moved == other || !order.contains(&moved) {
        return None;
    }
    let mut new: Vec<T> = order.iter().copied().filter(|one| *one != moved).collect();
    let at = new.iter().position(|one| *one == other)?;
    new.insert(if side == Side::Before { at } else { at + 1 }, moved);
    (new != order).then_some(new)
}

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

code!(Side { Side::Before => "before", Side::After => "after" });
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
    fn an_item_put_beside_another_twice_is_put_there_once() {
        let order = [1, 2, 3, 4];
        let up = put_beside(&order, 3, Side::Before, 2).unwrap();
        assert_eq!(up, [1, 3, 2, 4]);
        assert_eq!(put_beside(&up, 3, Side::Before, 2), None, "the second tap of a double tap");
        assert_eq!(put_beside(&order, 1, Side::After, 4).unwrap(), [2, 3, 4, 1]);
        for (moved, other) in [(2, 2), (9, 1), (1, 9)] {
            assert_eq!(put_beside(&order, moved, Side::After, other), None);
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
