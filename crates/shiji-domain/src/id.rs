//! Identifiers: one type for each kind of thing, so that a person cannot be passed where a post is wanted.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map($name)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                $name(id)
            }
        }
    )+};
}

id!(
    PlaceId,
    OrganizationId,
    PersonId,
    PostId,
    MembershipId,
    PeriodId,
    ReportId,
    /// Stays the same from the first draft to the last correction, so a published item can be told across issues.
    ItemId,
    EvidenceId,
    MeetingId,
    RecordId,
    CommentId,
    LeaveId,
    NoticeId,
    ConflictId,
    QuestionId,
    JobId,
    SubscriptionId,
    HookId,
    TaskId,
    DirectiveId,
    DifficultyId,
    ProjectId,
    MilestoneId,
    HelpId,
    OfferId,
    VisitId,
    /// A village, firm or site that a town's plans are about.
    SpotId,
);
