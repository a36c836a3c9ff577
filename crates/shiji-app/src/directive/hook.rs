//! What other parts see of orders: what an item may belong to, what is due, what the meeting has to talk about.

use crate::affair::Candidate;
use crate::app::Act;
use crate::error::AppError;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use shiji_domain::agenda::{Matter, MatterKind};
use shiji_domain::id::{DirectiveId, PersonId, PlaceId};
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::today::{Due, DueKind, StepOf};
use shiji_record::affair::Affair;
use shiji_store::directive::{self, Directive};
use shiji_store::{Tx, public_affair, roster};
use uuid::Uuid;

/// Characters of an order where it is only named.
const NAME_LENGTH: usize = 24;

fn link(of: &Directive) -> ItemLink {
    ItemLink { kind: LinkKind::Directive, subject: of.directive_id.0 }
}

/// The beginning of its words.
pub(crate) fn short(words: &str) -> String {
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

/// The steps of an order that are not done, each with its day; the order itself when it has none left.
pub(crate) async fn due(tx: &mut Tx, place: PlaceId, owner: PersonId) -> Result<Vec<Due>, AppError> {
    let mut all = Vec::new();
    for of in directive::open_of(tx, place, owner).await? {
        let is_internal = is_internal(tx, place, &of).await?;
        all.extend(lines(&of, is_internal));
    }
    Ok(all)
}

/// The words of an order are for its people alone: it is internal, or what everybody could read of it was taken away.
async fn is_internal(tx: &mut Tx, place: PlaceId, of: &Directive) -> Result<bool, AppError> {
    Ok(!of.is_public() || is_redacted(tx, place, of.directive_id).await?)
}

/// The public words of an order were taken away.
pub(super) async fn is_redacted(tx: &mut Tx, place: PlaceId, id: DirectiveId) -> Result<bool, AppError> {
    let rows = public_affair::affairs_about(tx, place, id.0).await?;
    Ok(rows.iter().any(|row| matches!(&row.affair, Affair::Directive(fact) if fact.text.is_empty())))
}

fn lines(of: &Directive, is_internal: bool) -> Vec<Due> {
    let whole = Due {
        kind: DueKind::Directive,
        is_internal,
        step_of: None,
        subject: of.directive_id.0,
        due_on: Some(of.course.due_on),
        rest: Some(format!("/directive/{}", of.directive_id)),
        text: of.body.clone(),
    };
    let left = of.course.steps_left(&of.step_days);
    let step = |(position, day): (usize, Date)| {
        let words = of.steps.get(position.checked_sub(1)?)?;
        Some(Due {
            kind: DueKind::Step,
            subject: step_line(of.directive_id, position)?,
            due_on: Some(day),
            rest: Some(format!("/directive/{}#steps", of.directive_id)),
            text: words.clone(),
            step_of: Some(StepOf { directive: of.directive_id.0, position, name: short(&of.body) }),
            ..whole.clone()
        })
    };
    let steps: Vec<Due> = left.into_iter().filter_map(step).collect();
    if steps.is_empty() { vec![whole] } else { steps }
}

/// What a step is called in the list of the day: it follows from its order and its place there (RFC 9562 section 5.8).
fn step_line(of: DirectiveId, position: usize) -> Option<Uuid> {
    let position = u32::try_from(position).ok()?.to_be_bytes();
    let digest = Sha256::digest([b"directive step ".as_slice(), of.0.as_bytes(), &position].concat());
    Some(uuid::Builder::from_custom_bytes(*digest.first_chunk::<16>()?).into_uuid())
}

/// The open order of `owner` that a line of the day is a step of, and which one, from 1.
pub(crate) async fn step_of_line(
    tx: &mut Tx,
    place: PlaceId,
    owner: PersonId,
    line: Uuid,
) -> Result<Option<(Directive, usize)>, AppError> {
    let open = directive::open_of(tx, place, owner).await?;
    Ok(open.into_iter().find_map(|of| {
        let position = (1..=of.steps.len()).find(|at| step_line(of.directive_id, *at) == Some(line))?;
        Some((of, position))
    }))
}

/// Overdue orders, the oldest day first.
pub(crate) async fn matters(tx: &mut Tx, act: &Act, today: Date) -> Result<Vec<Matter>, AppError> {
    let place = act.place.place_id;
    let staff = roster::staff(tx, place).await?;
    let open = directive::all_open(tx, place).await?;
    let mut matters = Vec::new();
    for of in open.into_iter().take_while(|of| of.course.is_overdue(today)) {
        matters.push(Matter {
            kind: MatterKind::OverdueDirective,
            people: of.course.owners.iter().map(|(owner, _)| staff.name(*owner)).collect(),
            day: Some(of.course.due_on),
            rest: format!("/directive/{}", of.directive_id),
            is_internal: is_internal(tx, place, &of).await?,
            text: of.body,
        });
    }
    Ok(matters)
}
