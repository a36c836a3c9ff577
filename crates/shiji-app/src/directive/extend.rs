//! More time: the owner asks with a reason, the giver grants it or not, or gives it unasked.

use super::right::{known, must_give, speaks_for};
use super::step::{check_public, everybody, new_step, take, tell_all};
use crate::app::{Act, App};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::directive::{Asked, Part, check_far};
use shiji_domain::id::DirectiveId;
use shiji_domain::notice::NoticeKind;
use shiji_domain::right::not_yours;
use shiji_domain::text::{REMARK_LENGTH_MOST, optional_line, required_line};
use shiji_store::{Tx, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskExtension {
    pub directive: DirectiveId,
    pub until: Date,
    pub reason: String,
}

/// # Errors
/// Refuses whoever is no owner, a day that is not later, no reason, and what has ended.
pub async fn ask_extension(app: &App, act: &Act, wanted: AskExtension) -> Result<(), AppError> {
    app.store
        .write("ask_extension", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(ask(app, tx, act, wanted))
        })
        .await
}

async fn ask(app: &App, tx: &mut Tx, act: &Act, wanted: &AskExtension) -> Result<(), AppError> {
    let (mut directive, people) = known(tx, act, wanted.directive).await?;
    let by = speaks_for(act, &people, |person| person.part == Part::Owner).ok_or_else(not_yours)?;
    check_far(act.day()?, wanted.until)?;
    let reason = required_line(&wanted.reason, REMARK_LENGTH_MOST)?;
    // Granted, the reason stands in the record.
    check_public(directive.is_public(), &[&reason])?;
    directive.course.ask(Asked { by, until: wanted.until, reason: reason.clone() })?;
    let mut fact = new_step(tx, act, &directive, "asked").await?;
    (fact.text, fact.due_on) = (Some(reason), Some(wanted.until));
    take(app, tx, act, &directive, fact, "directive.ask").await?;
    tell_all(app, tx, act, &directive, NoticeKind::DirectiveAnswered, [directive.giver_id]).await
}

/// The giver grants what was asked, or another day. Without a reason of their own, the owner's stands.
///
/// # Errors
/// Refuses everybody but the giver, a day that is not later, what has ended, and no reason at all.
pub async fn extend_directive(app: &App, act: &Act, wanted: AskExtension) -> Result<(), AppError> {
    app.store
        .write("extend_directive", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(extend(app, tx, act, wanted))
        })
        .await
}

async fn extend(app: &App, tx: &mut Tx, act: &Act, wanted: &AskExtension) -> Result<(), AppError> {
    let (mut directive, people) = known(tx, act, wanted.directive).await?;
    let staff = roster::staff(tx, act.place.place_id).await?;
    must_give(&staff, act, act.day()?, &directive)?;
    check_far(act.day()?, wanted.until)?;
    let asked = directive.course.asked.as_ref().map(|asked| asked.reason.clone());
    let reason = match optional_line(&wanted.reason, REMARK_LENGTH_MOST)?.or(asked) {
        Some(reason) => reason,
        None => required_line("", REMARK_LENGTH_MOST)?,
    };
    check_public(directive.is_public(), &[&reason])?;
    directive.course.extend(wanted.until)?;
    let mut fact = new_step(tx, act, &directive, "extended").await?;
    (fact.text, fact.due_on) = (Some(reason), Some(wanted.until));
    take(app, tx, act, &directive, fact, "directive.extend").await?;
    let told = everybody(&people);
    tell_all(app, tx, act, &directive, NoticeKind::DirectiveDecided, told).await
}

/// The day stays.
///
/// # Errors
/// Refuses everybody but the giver, and when nobody has asked.
pub async fn decline_extension(app: &App, act: &Act, directive: DirectiveId) -> Result<(), AppError> {
    app.store
        .write("decline_extension", &(app, act, directive), |tx, (app, act, id)| {
            Box::pin(decline(app, tx, act, *id))
        })
        .await
}

async fn decline(app: &App, tx: &mut Tx, act: &Act, id: DirectiveId) -> Result<(), AppError> {
    let (mut directive, _) = known(tx, act, id).await?;
    let staff = roster::staff(tx, act.place.place_id).await?;
    must_give(&staff, act, act.day()?, &directive)?;
    let asked = directive.course.asked.as_ref().map(|asked| asked.by);
    directive.course.decline()?;
    let fact = new_step(tx, act, &directive, "declined").await?;
    take(app, tx, act, &directive, fact, "directive.decline").await?;
    tell_all(app, tx, act, &directive, NoticeKind::DirectiveDecided, asked).await
}
