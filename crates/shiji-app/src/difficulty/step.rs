//! Writing down what happened to a difficulty: by a person, or by the calendar.

use crate::app::{App, day_in};
use crate::error::AppError;
use crate::publish::between::publish_affair;
use jiff::Timestamp;
use shiji_domain::difficulty::{Addressee, answerers};
use shiji_domain::id::{DifficultyId, PersonId};
use shiji_domain::refusal::Refusal;
use shiji_domain::right::not_yours;
use shiji_domain::staff::Staff;
use shiji_record::affair::{Affair, DifficultyStepFact};
use shiji_store::audit::{AuditEntry, insert_audit};
use shiji_store::difficulty::{self, Difficulty, KeptEvent};
use shiji_store::roster::Place;
use shiji_store::{Tx, roster};

/// Who does it, where and when; nobody when it is the calendar.
pub(super) struct Doing<'a> {
    pub app: &'a App,
    pub place: &'a Place,
    pub now: Timestamp,
    pub by: Option<PersonId>,
}

impl<'a> Doing<'a> {
    pub fn of(app: &'a App, act: &'a crate::app::Act) -> Doing<'a> {
        Doing { app, place: &act.place, now: act.now, by: Some(act.person()) }
    }

    /// A step on this day with nothing in it yet. The calendar has no name.
    pub async fn step(
        &self,
        tx: &mut Tx,
        of: &Difficulty,
        step: &str,
    ) -> Result<DifficultyStepFact, AppError> {
        let staff = roster::staff(tx, self.place.place_id).await?;
        Ok(DifficultyStepFact {
            difficulty: of.difficulty_id,
            step: step.to_owned(),
            on: day_in(self.place, self.now)?,
            by: self.by.map_or_else(String::new, |person| staff.name(person)),
            text: None,
            to_name: None,
            due_on: None,
            item: None,
            solved_by: None,
        })
    }

    /// Keeps the event and where the difficulty stands, publishes it when its item is published, and writes the audit line.
    pub async fn take(
        &self,
        tx: &mut Tx,
        of: &Difficulty,
        fact: DifficultyStepFact,
        what: &str,
    ) -> Result<(), AppError> {
        let place = self.place.place_id;
        difficulty::update_difficulty(tx, place, of).await?;
        let kept = KeptEvent { at: self.now.as_millisecond(), fact };
        difficulty::add_event(tx, place, of.difficulty_id, &kept).await?;
        if of.is_published {
            publish_affair(self.app, tx, self.place, self.now, Affair::DifficultyStep(kept.fact.clone()))
                .await?;
        }
        let words = [kept.fact.to_name.clone(), kept.fact.solved_by.clone(), kept.fact.text.clone()];
        let after = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let entry = AuditEntry {
            audit_id: self.app.new_id(),
            at: kept.at,
            actor_id: self.by,
            act: what.to_owned(),
            subject_id: of.difficulty_id.to_string(),
            before: None,
            after: Some(after).filter(|after| !after.is_empty()),
        };
        insert_audit(tx, place, &entry).await?;
        Ok(())
    }
}

pub(super) async fn known(tx: &mut Tx, place: &Place, id: DifficultyId) -> Result<Difficulty, AppError> {
    difficulty::difficulty(tx, place.place_id, id).await?.ok_or(AppError::NotFound)
}

/// Whether the actor is one of those who answer, or their delegate.
pub(super) fn may_answer(staff: &Staff, act: &crate::app::Act, of: &Difficulty) -> Result<bool, AppError> {
    let those = answerers(staff, of.course.to, act.day()?);
    Ok(those.into_iter().any(|person| act.actor.must_write_for(person).is_ok()))
}

pub(super) fn must_answer(staff: &Staff, act: &crate::app::Act, of: &Difficulty) -> Result<(), AppError> {
    if may_answer(staff, act, of)? { Ok(()) } else { Err(not_yours().into()) }
}

/// What an addressee is called.
pub(super) fn called(staff: &Staff, to: Addressee) -> String {
    match to {
        Addressee::Person(person) => staff.name(person),
        Addressee::Unit(unit) => {
            staff.organization(unit).map_or_else(|| "—".to_owned(), |unit| unit.name.clone())
        }
    }
}

/// All of it becomes public with the item: nothing personal of a resident stands in it.
pub(super) fn check(words: &str) -> Result<(), Refusal> {
    let found = shiji_text::personal_data(words).len();
    if found > 0 {
        return Err(Refusal::new("refusal-personal-data").with("count", found));
    }
    Ok(())
}
