//! What every act needs: the store, the clock, randomness, and who acts where.

use crate::error::AppError;
use crate::log::Log;
use crate::outward::Outward;
use crate::secret::SecretBox;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use shiji_domain::id::PersonId;
use shiji_domain::right::Actor;
use shiji_store::audit::AuditEntry;
use shiji_store::evidence::EvidenceFolder;
use shiji_store::roster::Place;
use shiji_store::{Store, Tx};
use std::fmt::Display;
use std::sync::Arc;
use uuid::Uuid;

pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

pub trait Entropy: Send + Sync {
    /// Fills `bytes` with randomness fit for secrets.
    fn fill(&self, bytes: &mut [u8]);
}

#[derive(Clone)]
pub struct App {
    pub store: Store,
    pub evidence: EvidenceFolder,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    /// None before the installation has a log of its own.
    pub log: Option<Arc<Log>>,
    /// Seals what only this installation may read again: addresses of readers.
    pub secrets: SecretBox,
    /// The way out: own address, mail, webhooks.
    pub outward: Outward,
    /// Only a rehearsal, such as the demonstration: its meetings are held on any day.
    pub rehearsal: bool,
}

impl App {
    /// A new time-ordered identifier (RFC 9562 section 5.7).
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        let mut random = [0_u8; 10];
        self.entropy.fill(&mut random);
        let millis = u64::try_from(self.clock.now().as_millisecond()).unwrap_or(0);
        T::from(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0_u8; N];
        self.entropy.fill(&mut bytes);
        bytes
    }

    /// A copy of another installation, which nobody works in: it has that one's log, and no key to it.
    pub fn is_copy(&self) -> bool {
        self.log.as_ref().is_some_and(|log| log.key.is_none())
    }

    /// Milliseconds since 1970 UTC.
    pub fn now(&self) -> i64 {
        self.clock.now().as_millisecond()
    }
}

/// Somebody acting in a place at an instant.
#[derive(Debug, Clone)]
pub struct Act {
    pub place: Place,
    pub actor: Actor,
    pub now: Timestamp,
}

impl Act {
    pub fn person(&self) -> PersonId {
        self.actor.person_id
    }

    pub fn millis(&self) -> i64 {
        self.now.as_millisecond()
    }

    /// The civil day in the place.
    pub fn day(&self) -> Result<Date, AppError> {
        day_in(&self.place, self.now)
    }
}

pub fn zone(place: &Place) -> Result<TimeZone, AppError> {
    TimeZone::get(&place.time_zone).map_err(AppError::Time)
}

/// The clock on the wall of the place.
pub fn local(place: &Place, instant: Timestamp) -> Result<Zoned, AppError> {
    Ok(instant.to_zoned(zone(place)?))
}

pub fn day_in(place: &Place, instant: Timestamp) -> Result<Date, AppError> {
    Ok(local(place, instant)?.date())
}

/// Milliseconds at which a day begins in the place.
pub fn day_begins(place: &Place, day: Date) -> Result<i64, AppError> {
    instant_of(place, day.at(0, 0, 0, 0))
}

/// Milliseconds of a wall-clock time in the place.
pub fn instant_of(place: &Place, at: jiff::civil::DateTime) -> Result<i64, AppError> {
    Ok(at.to_zoned(zone(place)?).map_err(AppError::Time)?.timestamp().as_millisecond())
}

/// What an act changed, for the audit trail.
pub struct Change<'a> {
    pub act: &'static str,
    pub subject: &'a (dyn Display + Sync),
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Writes the audit line in the transaction of the change itself, so that neither can be without the other.
pub(crate) async fn audit(app: &App, tx: &mut Tx, act: &Act, change: Change<'_>) -> Result<(), AppError> {
    let entry = AuditEntry {
        audit_id: app.new_id(),
        at: act.millis(),
        actor_id: Some(act.person()),
        act: change.act.to_owned(),
        subject_id: change.subject.to_string(),
        before: change.before,
        after: change.after,
    };
    shiji_store::audit::insert_audit(tx, act.place.place_id, &entry).await?;
    Ok(())
}
