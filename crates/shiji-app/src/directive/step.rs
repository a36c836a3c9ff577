//! Writing down what happened to an order: the event, where it stands now, and the record of it when it is public.

use crate::app::{Act, App, Change, audit};
use crate::error::AppError;
use crate::notice::{NewNotice, tell};
use crate::publish::between::publish_affair;
use shiji_domain::id::PersonId;
use shiji_domain::notice::NoticeKind;
use shiji_domain::refusal::Refusal;
use shiji_record::affair::{Affair, DirectiveStepFact};
use shiji_store::directive::{self, Directive, DirectivePerson, KeptEvent};
use shiji_store::{Tx, roster};

/// Asking for time and being told no are between owner and giver; everything else of a public order is public.
const PRIVATE: [&str; 2] = ["asked", "declined"];

/// A step by the actor today, with nothing in it yet.
pub(super) async fn new_step(
    tx: &mut Tx,
    act: &Act,
    of: &Directive,
    step: &str,
) -> Result<DirectiveStepFact, AppError> {
    Ok(DirectiveStepFact {
        directive: of.directive_id,
        step: step.to_owned(),
        on: act.day()?,
        by: roster::staff(tx, act.place.place_id).await?.name(act.person()),
        owner: None,
        text: None,
        due_on: None,
        position: None,
        item: None,
    })
}

/// Keeps the event and where the order stands, publishes what is public, and writes the audit line.
pub(super) async fn take(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    of: &Directive,
    fact: DirectiveStepFact,
    what: &'static str,
) -> Result<(), AppError> {
    let place = act.place.place_id;
    directive::update_course(tx, place, of).await?;
    let kept = KeptEvent { at: act.millis(), fact };
    directive::add_event(tx, place, of.directive_id, &kept).await?;
    if of.is_public() && !PRIVATE.contains(&kept.fact.step.as_str()) {
        publish_affair(app, tx, &act.place, act.now, Affair::DirectiveStep(kept.fact.clone())).await?;
    }
    let after = [kept.fact.due_on.map(|day| day.to_string()), kept.fact.text.clone()];
    let after = after.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let after = Some(after).filter(|after| !after.is_empty());
    audit(app, tx, act, Change { act: what, subject: &of.directive_id, before: None, after }).await
}

/// Owners and helpers.
pub(super) fn everybody(people: &[DirectivePerson]) -> Vec<PersonId> {
    people.iter().map(|person| person.person_id).collect()
}

/// Tells everybody of `people` but the actor.
pub(super) async fn tell_all(
    app: &App,
    tx: &mut Tx,
    act: &Act,
    of: &Directive,
    kind: NoticeKind,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<(), AppError> {
    for person in people {
        if person != act.person() {
            let notice = NewNotice::about(kind, person, of.directive_id.0).by(act.person());
            tell(app, tx, act.place.place_id, notice).await?;
        }
    }
    Ok(())
}

/// Words that everybody will read hold nothing personal of a resident.
pub(super) fn check_public(of_public: bool, words: &[&str]) -> Result<(), Refusal> {
    let found: usize = words.iter().map(|words| shiji_text::personal_data(words).len()).sum();
    if of_public && found > 0 {
        return Err(Refusal::new("refusal-personal-data").with("count", found));
    }
    Ok(())
}
