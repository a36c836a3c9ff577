//! Help that one asks for on a plan item and another offers.

use crate::item::code;
use crate::refusal::Refusal;

/// Characters of what is asked for, and of what an offer says.
pub const HELP_LENGTH_MOST: usize = 200;
/// Offers to one request.
pub const OFFERS_MOST: usize = 30;
/// Offers of one helper to one request, those that were taken back with them.
pub const OFFERS_OF_ONE_MOST: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HelpKind {
    People,
    Vehicle,
    /// A hall or another room.
    Hall,
    Expertise,
    Other,
}

impl HelpKind {
    pub const ALL: [HelpKind; 5] =
        [HelpKind::People, HelpKind::Vehicle, HelpKind::Hall, HelpKind::Expertise, HelpKind::Other];
}

code!(HelpKind {
    HelpKind::People => "people", HelpKind::Vehicle => "vehicle", HelpKind::Hall => "hall",
    HelpKind::Expertise => "expertise", HelpKind::Other => "other",
});

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestState {
    Open,
    /// The asker needs no more; what was accepted stays.
    Closed,
}

code!(RequestState { RequestState::Open => "open", RequestState::Closed => "closed" });

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OfferState {
    Open,
    Accepted,
    Declined,
    /// By whoever made it, before it was decided on.
    Withdrawn,
}

code!(OfferState {
    OfferState::Open => "open", OfferState::Accepted => "accepted", OfferState::Declined => "declined",
    OfferState::Withdrawn => "withdrawn",
});

impl OfferState {
    /// What the asker says to an offer.
    ///
    /// # Errors
    /// Refuses an offer that was decided on already.
    pub fn decided(self, accepted: bool) -> Result<OfferState, Refusal> {
        match self {
            OfferState::Open if accepted => Ok(OfferState::Accepted),
            OfferState::Open => Ok(OfferState::Declined),
            OfferState::Withdrawn => Err(Refusal::new("refusal-offer-withdrawn")),
            OfferState::Accepted | OfferState::Declined => Err(Refusal::new("refusal-offer-decided")),
        }
    }

    /// Whoever offered takes it back.
    ///
    /// # Errors
    /// Refuses an offer that the asker counts on already, and one that is over.
    pub fn withdrawn(self) -> Result<OfferState, Refusal> {
        match self {
            OfferState::Open => Ok(OfferState::Withdrawn),
            OfferState::Withdrawn => Err(Refusal::new("refusal-offer-withdrawn")),
            OfferState::Accepted | OfferState::Declined => Err(Refusal::new("refusal-offer-decided")),
        }
    }

    /// It still stands: nobody declined it or took it back.
    pub fn stands(self) -> bool {
        matches!(self, OfferState::Open | OfferState::Accepted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_is_decided_on_once() {
        assert_eq!(OfferState::Open.decided(true), Ok(OfferState::Accepted));
        assert_eq!(OfferState::Open.decided(false), Ok(OfferState::Declined));
        assert!(OfferState::Accepted.decided(false).is_err());
        assert!(OfferState::Declined.decided(true).is_err());
    }

    #[test]
    fn an_offer_is_taken_back_until_it_is_decided_on() {
        assert_eq!(OfferState::Open.withdrawn(), Ok(OfferState::Withdrawn));
        assert!(OfferState::Accepted.withdrawn().is_err());
        assert!(OfferState::Withdrawn.decided(true).is_err());
        assert!(OfferState::Open.stands() && !OfferState::Withdrawn.stands());
    }

    #[test]
    fn codes_read_back() {
        for kind in HelpKind::ALL {
            assert_eq!(HelpKind::from_code(kind.code()), Some(kind));
        }
    }
}
