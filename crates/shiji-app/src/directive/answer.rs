//! The owner accepts or says why not; the giver has the last word.

use super::right::{known, must_give, speaks_for};
use super::step::{check_public, new_step, take, tell_all};
use crate::app::{Act, App};
use crate::error::AppError;
use shiji_domain::directive::{Part, Stance};
use shiji_domain::id::{DirectiveId, PersonId};
use shiji_domain::notice::NoticeKind;
use shiji_domain::right::not_yours;
use shiji_domain::text::{REMARK_LENGTH_MOST, required_line};
use shiji_store::{Tx, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerDirective {
    pub directive: DirectiveId,
    /// Why not; accepted when there is none.
    pub objection: Option<String>,
}

/// # Errors
/// Refuses whoever is no owner nor an owner's delegate, a second answer, what has ended, and an objection without a reason.
pub async fn answer_directive(app: &App, act: &Act, wanted: AnswerDirective) -> Result<(), AppError> {
    app.store
        .write("answer_directive", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &AnswerDirective) -> Result<(), AppError> {
    let (mut directive, people) = known(tx, act, wanted.directive).await?;
    let accepts = wanted.objection.is_none();
    let course = directive.course.clone();
    let owner = speaks_for(act, &people, |person| course.waits_for(person.person_id, accepts))
        .or_else(|| speaks_for(act, &people, |person| person.part == Part::Owner))
        .ok_or_else(not_yours)?;
    let reason = wanted.objection.as_deref().map(|why| required_line(why, REMARK_LENGTH_MOST)).transpose()?;
    check_public(directive.is_public(), &[reason.as_deref().unwrap_or_default()])?;
    directive.course.answer(owner, accepts)?;
    let mut fact = new_step(tx, act, &directive, if accepts { "accepted" } else { "objected" }).await?;
    (fact.owner, fact.text) = (Some(owner), reason);
    let what = if accepts { "directive.accept" } else { "directive.object" };
    take(app, tx, act, &directive, fact, what).await?;
    tell_all(app, tx, act, &directive, NoticeKind::DirectiveAnswered, [directive.giver_id]).await
}

/// The giver has read the objections, and the order stands; `why` goes to whoever objected.
///
/// # Errors
/// Refuses everybody but the giver, an order that nobody objects to, and no reason.
pub async fn uphold_directive(
    app: &App,
    act: &Act,
    directive: DirectiveId,
    why: &str,
) -> Result<(), AppError> {
    app.store
        .write("uphold_directive", &(app, act, directive, why), |tx, (app, act, id, why)| {
            Box::pin(uphold(app, tx, act, *id, why))
        })
        .await
}

async fn uphold(app: &App, tx: &mut Tx, act: &Act, id: DirectiveId, why: &str) -> Result<(), AppError> {
    let (mut directive, _) = known(tx, act, id).await?;
    let staff = roster::staff(tx, act.place.place_id).await?;
    must_give(&staff, act, act.day()?, &directive)?;
    let why = required_line(why, REMARK_LENGTH_MOST)?;
    check_public(directive.is_public(), &[&why])?;
    let objecting = |(person, stance): &(PersonId, Stance)| (*stance == Stance::Objected).then_some(*person);
    let told: Vec<PersonId> = directive.course.owners.iter().filter_map(objecting).collect();
    directive.course.uphold()?;
    let mut fact = new_step(tx, act, &directive, "upheld").await?;
    fact.text = Some(why);
    take(app, tx, act, &directive, fact, "directive.uphold").await?;
    tell_all(app, tx, act, &directive, NoticeKind::DirectiveDecided, told).await
}
