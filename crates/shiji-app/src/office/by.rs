//! Who does an import: somebody signed in, or whoever may run the program on this machine.

use crate::app::{Act, App, Change, day_in};
use crate::error::AppError;
use jiff::Timestamp;
use jiff::civil::Date;
use shiji_domain::id::{PersonId, PlaceId};
use shiji_domain::right::Role;
use shiji_store::Tx;
use shiji_store::audit::{AuditEntry, insert_audit};
use shiji_store::roster::Place;

#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    Person(&'a Act),
    CommandLine { place: &'a Place, now: Timestamp },
}

impl By<'_> {
    pub fn place(&self) -> &Place {
        match self {
            By::Person(act) => &act.place,
            By::CommandLine { place, .. } => place,
        }
    }

    pub fn place_id(&self) -> PlaceId {
        self.place().place_id
    }

    pub fn millis(&self) -> i64 {
        match self {
            By::Person(act) => act.millis(),
            By::CommandLine { now, .. } => now.as_millisecond(),
        }
    }

    /// The civil day in the place.
    pub fn day(&self) -> Result<Date, AppError> {
        match self {
            By::Person(act) => act.day(),
            By::CommandLine { place, now } => day_in(place, *now),
        }
    }

    pub fn person(&self) -> Option<PersonId> {
        match self {
            By::Person(act) => Some(act.person()),
            By::CommandLine { .. } => None,
        }
    }

    /// # Errors
    /// Refuses a person who is not the clerk.
    pub(crate) fn must_be_clerk(&self) -> Result<(), AppError> {
        match self {
            By::Person(act) => Ok(act.actor.must_be(Role::Clerk)?),
            By::CommandLine { .. } => Ok(()),
        }
    }

    pub(crate) async fn audit(&self, app: &App, tx: &mut Tx, change: Change<'_>) -> Result<(), AppError> {
        let entry = AuditEntry {
            audit_id: app.new_id(),
            at: self.millis(),
            actor_id: self.person(),
            act: change.act.to_owned(),
            subject_id: change.subject.to_string(),
            before: change.before,
            after: change.after,
        };
        Ok(insert_audit(tx, self.place_id(), &entry).await?)
    }
}

/// A digest of what was shown, so that nothing else can be applied.
pub(crate) fn fingerprint(shown: &impl serde::Serialize) -> Result<String, AppError> {
    let text = serde_json::to_string(shown).map_err(shiji_store::StoreError::Json)?;
    Ok(crate::who::token_hash(&text))
}
