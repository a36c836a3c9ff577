//! Why published words may be taken away. A code and never free text: a reason must not tell what was removed.

use crate::item::code;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RedactionReason {
    /// Words that name or describe a private person.
    PersonalData,
    /// An order of a court or another authority.
    LegalOrder,
    /// What the law forbids to publish.
    Secret,
    /// Somebody else's rights, such as a picture of theirs.
    OthersRights,
}

impl RedactionReason {
    pub const ALL: [RedactionReason; 4] = [
        RedactionReason::PersonalData,
        RedactionReason::LegalOrder,
        RedactionReason::Secret,
        RedactionReason::OthersRights,
    ];
}

code!(RedactionReason {
    RedactionReason::PersonalData => "personal_data",
    RedactionReason::LegalOrder => "legal_order",
    RedactionReason::Secret => "secret",
    RedactionReason::OthersRights => "others_rights",
});
