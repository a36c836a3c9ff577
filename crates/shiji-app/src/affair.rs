//! What the parts that people do together have in common: which links of an item everybody may see, what the meeting has to
//! talk about, and what an item could belong to. Each part adds its own lines here and nowhere else.

use crate::app::{Act, App};
use crate::error::AppError;
use crate::{difficulty, directive, project, together};
use jiff::civil::Date;
use shiji_domain::agenda::Matter;
use shiji_domain::id::{DifficultyId, HelpId, ItemId, PeriodId, PersonId, PlaceId, ProjectId};
use shiji_domain::link::{ItemLink, LinkKind};
use shiji_domain::notice::NoticeKind;
use shiji_domain::today::Due;
use shiji_record::affair::Affair;
use shiji_store::roster::Place;
use shiji_store::{Tx, link, public_affair};
use std::collections::HashMap;
use uuid::Uuid;

/// Something that an item at the desk may be put to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub link: ItemLink,
    pub name: String,
    /// The item's words speak of it.
    pub proposed: bool,
}

/// Links of a period's items whose other end everybody may see.
pub(crate) async fn public_links(
    tx: &mut Tx,
    place: PlaceId,
    period: PeriodId,
) -> Result<HashMap<ItemId, Vec<ItemLink>>, AppError> {
    let mut links = link::links_in_period(tx, place, period).await?;
    let mut known: HashMap<ItemLink, bool> = HashMap::new();
    for link in links.values().flatten() {
        if !known.contains_key(link) {
            let public = is_public(tx, place, *link).await?;
            known.insert(*link, public);
        }
    }
    links.values_mut().for_each(|links| links.retain(|link| known.get(link) == Some(&true)));
    links.retain(|_, links| !links.is_empty());
    Ok(links)
}

async fn is_public(tx: &mut Tx, place: PlaceId, link: ItemLink) -> Result<bool, AppError> {
    Ok(match link.kind {
        // Milestones can be linked to once their project's baseline is public; help is told of on both reports.
        LinkKind::Milestone | LinkKind::Help => true,
        LinkKind::Directive | LinkKind::Visit => {
            !public_affair::affairs_about(tx, place, link.subject).await?.is_empty()
        }
    })
}

/// A published thing that a published item belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belongs {
    pub kind: LinkKind,
    /// None when its words were taken away.
    pub name: Option<String>,
    /// Its page, after place and language.
    pub rest: String,
}

/// What the links of a published item lead to, read from public rows alone.
///
/// # Errors
/// Only when the store fails.
pub async fn belongs(app: &App, place: &Place, links: &[ItemLink]) -> Result<Vec<Belongs>, AppError> {
    let mut tx = app.store.read().await?;
    let mut all = Vec::new();
    for link in links {
        let rows = match link.kind {
            LinkKind::Directive => {
                public_affair::affairs_about(&mut tx, place.place_id, link.subject).await?
            }
            LinkKind::Milestone | LinkKind::Visit | LinkKind::Help => Vec::new(),
        };
        all.extend(rows.into_iter().find_map(|row| match row.affair {
            Affair::Directive(fact) => Some(Belongs {
                kind: link.kind,
                name: Some(fact.text).filter(|words| !words.is_empty()),
                rest: format!("/order/{}", link.subject),
            }),
            _ => None,
        }));
    }
    Ok(all)
}

/// What `owner`'s items may be put to, for each item's words what they speak of first.
pub(crate) async fn candidates(
    tx: &mut Tx,
    act: &Act,
    owner: PersonId,
    words: &str,
) -> Result<Vec<Candidate>, AppError> {
    let place = act.place.place_id;
    let mut all = Vec::new();
    all.extend(directive::candidates(tx, place, owner, words).await?);
    all.extend(project::candidates(tx, act, owner, words).await?);
    all.extend(together::candidates(tx, act, owner, words).await?);
    Ok(all)
}

/// What a linked thing is called, where the reader of the desk may know it.
pub(crate) async fn name_of(tx: &mut Tx, place: PlaceId, link: ItemLink) -> Result<Option<String>, AppError> {
    match link.kind {
        LinkKind::Directive => directive::name_of(tx, place, link.subject).await,
        LinkKind::Milestone => project::name_of(tx, place, link.subject).await,
        LinkKind::Help | LinkKind::Visit => together::name_of(tx, place, link).await,
    }
}

/// What a notice is about, for its reader, who has a part in it; a resident's words are not repeated.
pub(crate) async fn told_of(
    tx: &mut Tx,
    place: PlaceId,
    kind: NoticeKind,
    subject: Uuid,
) -> Result<Option<String>, AppError> {
    let link = |kind| ItemLink { kind, subject };
    match kind {
        NoticeKind::DirectiveGiven
        | NoticeKind::DirectiveAnswered
        | NoticeKind::DirectiveDecided
        | NoticeKind::DirectiveOverdue => name_of(tx, place, link(LinkKind::Directive)).await,
        NoticeKind::VisitPlanned
        | NoticeKind::VisitChanged
        | NoticeKind::VisitInvited
        | NoticeKind::VisitLead => name_of(tx, place, link(LinkKind::Visit)).await,
        NoticeKind::HelpOffered
        | NoticeKind::HelpAccepted
        | NoticeKind::HelpDeclined
        | NoticeKind::HelpWithdrawn => together::asked_for(tx, place, HelpId(subject)).await,
        NoticeKind::DifficultyRaised | NoticeKind::DifficultyAnswered => {
            let found = shiji_store::difficulty::difficulty(tx, place, DifficultyId(subject)).await?;
            Ok(found.map(|one| directive::short(&one.words)))
        }
        NoticeKind::ProjectShifted => {
            let all = shiji_store::project::projects(tx, place).await?;
            Ok(all.into_iter().find(|one| one.project_id == ProjectId(subject)).map(|one| one.name))
        }
        NoticeKind::Reminder
        | NoticeKind::Comment
        | NoticeKind::Returned
        | NoticeKind::DeadlineComing
        | NoticeKind::Late
        | NoticeKind::NewQuestion
        | NoticeKind::QuestionOverdue => Ok(None),
    }
}

/// What the meeting has to talk about beside the reports: overdue directives, stuck difficulties, projects behind, offers of
/// help, proposed visits.
pub(crate) async fn matters(tx: &mut Tx, act: &Act, today: Date) -> Result<Vec<Matter>, AppError> {
    let mut all = Vec::new();
    all.extend(directive::matters(tx, act, today).await?);
    all.extend(difficulty::matters(tx, act, today).await?);
    all.extend(project::behind(tx, act, today).await?);
    all.extend(together::matters(tx, act).await?);
    Ok(all)
}

/// What somebody has to do because of these parts, due or not; for the list of the day.
pub(crate) async fn due(tx: &mut Tx, act: &Act, owner: PersonId) -> Result<Vec<Due>, AppError> {
    let place = act.place.place_id;
    let mut all = Vec::new();
    all.extend(directive::due(tx, place, owner).await?);
    all.extend(difficulty::due(tx, act, owner).await?);
    all.extend(project::due(tx, act, owner).await?);
    all.extend(together::due(tx, act, owner).await?);
    Ok(all)
}
