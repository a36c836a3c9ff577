//! What other parts see of orders: what an item may belong to, what is due, what the meeting has to talk about.

use crate::affair::Candidate;
use crate::app::Act;
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::agenda::{Matter, MatterKind};
use shiji_domain::id::{DirectiveId, PersonId, PlaceId};
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::today::{Due, DueKind};
use shiji_store::directive::{self, Directive};
use shiji_store::{Tx, roster};
use uuid::Uuid;

/// Characters of an order where it is only named.
const NAME_LENGTH: usize = 24;

fn link(of: &Directive) -> ItemLink {
    ItemLink { kind: LinkKind::Directive, subject: of.directive_id.0 }
}

/// The beginning of its words.
pub(super) fn short(words: &str) -> String {
    let short: String = words.chars().take(NAME_LENGTH).collect();
    if short.len() < words.len() { format!("{short}…") } else { short }
}

/// The open orders of the owner of an item; those whose words or steps the item's words share are proposed.
pub(crate) async fn candidates(
    tx: &mut Tx,
    place: PlaceId,
    owner: PersonId,
    words: &str,
) -> Result<Vec<Candidate>, AppError> {
    let open = directive::open_of(tx, place, owner).await?;
    let mut all: Vec<Candidate> = open
        .iter()
        .map(|of| Candidate {
            link: link(of),
            name: short(&of.body),
            proposed: shiji_text::carries_out(words, &of.body)
                || of.steps.iter().any(|step| shiji_text::carries_out(words, step)),
        })
        .collect();
    all.sort_by_key(|candidate| !candidate.proposed);
    Ok(all)
}

pub(crate) async fn name_of(tx: &mut Tx, place: PlaceId, subject: Uuid) -> Result<Option<String>, AppError> {
    let found = directive::directive(tx, place, DirectiveId(subject)).await?;
    Ok(found.map(|of| short(&of.body)))
}

pub(crate) async fn due(tx: &mut Tx, place: PlaceId, owner: PersonId) -> Result<Vec<Due>, AppError> {
    let open = directive::open_of(tx, place, owner).await?;
    Ok(open
        .into_iter()
        .map(|of| Due {
            kind: DueKind::Directive,
            is_internal: !of.is_public(),
            subject: of.directive_id.0,
            due_on: Some(of.course.due_on),
            rest: Some(format!("/directive/{}", of.directive_id)),
            text: of.body,
        })
        .collect())
}

/// Overdue orders, the oldest day first.
pub(crate) async fn matters(tx: &mut Tx, act: &Act, today: Date) -> Result<Vec<Matter>, AppError> {
    let place = act.place.place_id;
    let staff = roster::staff(tx, place).await?;
    let open = directive::all_open(tx, place).await?;
    Ok(open
        .into_iter()
        .take_while(|of| of.course.is_overdue(today))
        .map(|of| Matter {
            kind: MatterKind::OverdueDirective,
            people: of.course.owners.iter().map(|(owner, _)| staff.name(*owner)).collect(),
            day: Some(of.course.due_on),
            rest: format!("/directive/{}", of.directive_id),
            text: of.body,
        })
        .collect())
}
