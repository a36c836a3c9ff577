//! What an item of a week belongs to: the reason why nothing has to be written twice.

use crate::item::code;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// An order from a leader or the meeting.
    Directive,
    /// A milestone of a key project.
    Milestone,
    /// A visit made together with other units.
    Visit,
    /// Help that one asked for and another offered: the request's identifier stands at both items.
    Help,
}

code!(LinkKind {
    LinkKind::Directive => "directive", LinkKind::Milestone => "milestone", LinkKind::Visit => "visit",
    LinkKind::Help => "help",
});

/// From an item to what it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ItemLink {
    pub kind: LinkKind,
    pub subject: Uuid,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for kind in [LinkKind::Directive, LinkKind::Milestone, LinkKind::Visit, LinkKind::Help] {
            assert_eq!(LinkKind::from_code(kind.code()), Some(kind));
        }
    }
}
