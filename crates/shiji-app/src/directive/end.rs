//! Only the giver closes an order, or takes it back.

use super::hook::is_redacted;
use super::right::{known, must_give};
use super::step::{check_public, everybody, new_step, take, tell_all};
use crate::app::{Act, App};
use crate::error::AppError;
use shiji_domain::directive::End;
use shiji_domain::id::DirectiveId;
use shiji_domain::notice::NoticeKind;
use shiji_domain::refusal::Refusal;
use shiji_domain::text::{REMARK_LENGTH_MOST, optional_line};
use shiji_store::directive::{self, Directive};
use shiji_store::{Tx, roster};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndDirective {
    pub directive: DirectiveId,
    pub end: End,
    /// Needed when it is taken back.
    pub remark: String,
}

/// # Errors
/// Refuses everybody but the giver, what has ended, and taking back without a reason.
pub async fn end_directive(app: &App, act: &Act, wanted: EndDirective) -> Result<(), AppError> {
    app.store
        .write("end_directive", &(app, act, wanted), |tx, (app, act, wanted)| {
            Box::pin(write(app, tx, act, wanted))
        })
        .await
}

/// The public words were taken away while somebody still had to read them here; now nobody has.
async fn scrub_if_redacted(tx: &mut Tx, act: &Act, of: &Directive) -> Result<(), AppError> {
    let place = act.place.place_id;
    if is_redacted(tx, place, of.directive_id).await? {
        directive::scrub(tx, place, of.directive_id).await?;
        shiji_store::audit::scrub_subject(tx, place, &of.directive_id.to_string()).await?;
    }
    Ok(())
}

async fn write(app: &App, tx: &mut Tx, act: &Act, wanted: &EndDirective) -> Result<(), AppError> {
    let (mut directive, people) = known(tx, act, wanted.directive).await?;
    let staff = roster::staff(tx, act.place.place_id).await?;
    must_give(&staff, act, act.day()?, &directive)?;
    let remark = optional_line(&wanted.remark, REMARK_LENGTH_MOST)?;
    if wanted.end == End::Withdrawn && remark.is_none() {
        return Err(Refusal::new("refusal-reason-missing").into());
    }
    check_public(directive.is_public(), &[remark.as_deref().unwrap_or_default()])?;
    directive.course.finish(wanted.end)?;
    let (step, what) = match wanted.end {
        End::Closed => ("closed", "directive.close"),
        End::Withdrawn => ("withdrawn", "directive.withdraw"),
    };
    let mut fact = new_step(tx, act, &directive, step).await?;
    fact.text = remark;
    take(app, tx, act, &directive, fact, what).await?;
    scrub_if_redacted(tx, act, &directive).await?;
    let told = everybody(&people);
    tell_all(app, tx, act, &directive, NoticeKind::DirectiveDecided, told).await
}
