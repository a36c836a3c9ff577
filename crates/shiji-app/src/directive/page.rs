//! What people at work see of orders.

use super::right::{gives, known, may_give, speaks_for};
use crate::app::{Act, App};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::directive::{Part, Source, Stance, State};
use shiji_domain::id::{DirectiveId, PersonId, PlaceId, QuestionId};
use shiji_domain::item::ItemKind;
use shiji_domain::link::LinkKind;
use shiji_domain::report::ReportState;
use shiji_domain::right::{Role, not_yours};
use shiji_domain::staff::Staff;
use shiji_record::affair::Affair;
use shiji_store::directive::{self, Directive, KeptEvent};
use shiji_store::report::{self, Item, Report};
use shiji_store::{Tx, link, public_affair, question, roster};

/// Ended orders in a list.
const ENDED_MOST: i64 = 30;
/// Orders of one giver in a list.
const GIVEN_MOST: i64 = 60;

/// An order in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub directive: Directive,
    pub state: State,
    pub overdue: bool,
    pub giver: String,
    pub owners: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectiveLists {
    /// To be done by the actor, or by somebody whose delegate they are.
    pub mine: Vec<Line>,
    pub mine_ended: Vec<Line>,
    pub given: Vec<Line>,
    /// Everything, for those who read everything.
    pub all: Option<(Vec<Line>, Vec<Line>)>,
    pub may_give: bool,
}

fn line(staff: &Staff, today: Date, directive: Directive) -> Line {
    Line {
        state: directive.course.state(),
        overdue: directive.course.is_overdue(today),
        giver: staff.name(directive.giver_id),
        owners: directive.course.owners.iter().map(|(owner, _)| staff.name(*owner)).collect(),
        directive,
    }
}

/// # Errors
/// Refuses whoever can have no part in orders: no desk, no right to give, and no right to read all.
pub async fn directives(app: &App, act: &Act) -> Result<DirectiveLists, AppError> {
    let place = act.place.place_id;
    let today = act.day()?;
    let mut tx = app.store.read().await?;
    let staff = roster::staff(&mut tx, place).await?;
    let gives = may_give(&staff, act, today, Source::Meeting);
    let reads_all = act.actor.must_read_all().is_ok();
    if !act.actor.has_desk() && !gives && !reads_all {
        return Err(not_yours().into());
    }
    let of = |all: Vec<Directive>| -> Vec<Line> {
        all.into_iter().map(|directive| line(&staff, today, directive)).collect()
    };
    let mut open: Vec<Directive> = Vec::new();
    for owner in std::iter::once(act.person()).chain(act.actor.files_for.iter().copied()) {
        let theirs = directive::open_of(&mut tx, place, owner).await?;
        open.extend(theirs.into_iter().filter(|one| !open.contains(one)).collect::<Vec<_>>());
    }
    let all = if reads_all {
        let open = directive::all_open(&mut tx, place).await?;
        Some((of(open), of(directive::all_ended(&mut tx, place, ENDED_MOST).await?)))
    } else {
        None
    };
    Ok(DirectiveLists {
        mine: of(open),
        mine_ended: of(directive::ended_of(&mut tx, place, act.person(), ENDED_MOST).await?),
        given: of(directive::given_by(&mut tx, place, act.person(), GIVEN_MOST).await?),
        all,
        may_give: gives,
    })
}

/// A question that an order can come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuestion {
    pub id: QuestionId,
    pub number: i64,
    /// The beginning of its words, where they are for everybody; those of a private one are for the official and the office.
    pub words: String,
}

/// Whom an order can be given to, and by what right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Id, name, unit, in the order of the board.
    pub people: Vec<(PersonId, String, String)>,
    /// A leader gives orders of every source; chair and clerk only those of the meeting.
    pub sources: Vec<Source>,
    /// Questions that nobody has answered yet.
    pub questions: Vec<OpenQuestion>,
    pub today: Date,
}

/// # Errors
/// Refuses whoever may give no orders.
pub async fn choice(app: &App, act: &Act) -> Result<Choice, AppError> {
    let mut tx = app.store.read().await?;
    let today = act.day()?;
    let staff = roster::staff(&mut tx, act.place.place_id).await?;
    let sources: Vec<Source> =
        Source::ALL.into_iter().filter(|source| may_give(&staff, act, today, *source)).collect();
    if sources.is_empty() {
        return Err(not_yours().into());
    }
    let questions = match sources.contains(&Source::Question) {
        true => question::unfinished(&mut tx, act.place.place_id).await?,
        false => Vec::new(),
    };
    let questions = questions
        .into_iter()
        .map(|question| OpenQuestion {
            id: question.question_id,
            number: question.number,
            words: if question.progress.is_public && question.progress.shown {
                super::hook::short(&question.words)
            } else {
                String::new()
            },
        })
        .collect();
    Ok(Choice { people: filers(&staff, today), sources, questions, today })
}

fn filers(staff: &Staff, today: Date) -> Vec<(PersonId, String, String)> {
    let named = |filer: &shiji_domain::staff::Filer| {
        let unit =
            staff.organization(filer.organization_id).map_or_else(String::new, |unit| unit.name.clone());
        (filer.person_id, staff.name(filer.person_id), unit)
    };
    staff.filers(today).iter().map(named).collect()
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLine {
    pub person: PersonId,
    pub name: String,
    pub unit: String,
    pub part: Part,
    /// Owners answer, helpers do not.
    pub stance: Option<Stance>,
    pub seen_at: Option<i64>,
}

/// An item that belongs to the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedItem {
    pub item: Item,
    pub name: String,
    pub is_published: bool,
    /// It stands in somebody's draft: its words are not shown.
    pub is_draft: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectivePage {
    pub directive: Directive,
    pub state: State,
    pub overdue: bool,
    pub today: Date,
    pub giver: String,
    pub people: Vec<PersonLine>,
    pub events: Vec<KeptEvent>,
    /// The day that it was given with, where it is another one now.
    pub first_due: Option<Date>,
    pub items: Vec<LinkedItem>,
    /// Number of the question it came from.
    pub question: Option<i64>,
    /// The owner for whom the actor may accept, object, or ask for time.
    pub answers_for: Option<PersonId>,
    pub may_accept: bool,
    pub may_object: bool,
    pub may_finish_steps: bool,
    /// The actor owns it, helps with it, or speaks for somebody who does.
    pub has_part: bool,
    pub gives: bool,
    /// Take its public words away.
    pub may_redact: bool,
}

impl DirectivePage {
    /// Work that can say that a step is done.
    pub fn work(&self) -> impl Iterator<Item = &LinkedItem> {
        self.items.iter().filter(|linked| linked.item.kind == ItemKind::Work && !linked.is_draft)
    }

    pub fn item(&self, id: shiji_domain::id::ItemId) -> Option<&LinkedItem> {
        self.items.iter().find(|linked| linked.item.item_id == id)
    }
}

/// Opened for the first time by an owner or helper, it is seen from then on.
///
/// # Errors
/// Refuses everybody but giver, owners, helpers, their delegates, clerk, chair and auditor.
pub async fn directive_page(app: &App, act: &Act, id: DirectiveId) -> Result<DirectivePage, AppError> {
    let mut tx = app.store.read().await?;
    let page = read(&mut tx, act, id).await?;
    drop(tx);
    let unseen = |line: &PersonLine| line.person == act.person() && line.seen_at.is_none();
    if !page.people.iter().any(unseen) {
        return Ok(page);
    }
    app.store
        .write("see_directive", &(act, id), |tx, (act, id)| {
            Box::pin(async move {
                directive::mark_seen(tx, act.place.place_id, *id, act.person(), act.millis()).await?;
                read(tx, act, *id).await
            })
        })
        .await
}

async fn read(tx: &mut Tx, act: &Act, id: DirectiveId) -> Result<DirectivePage, AppError> {
    let place = act.place.place_id;
    let today = act.day()?;
    let (found, people) = known(tx, act, id).await?;
    let staff = roster::staff(tx, place).await?;
    let gives = gives(&staff, act, today, &found);
    let has_part = speaks_for(act, &people, |_| true).is_some()
        || people.iter().any(|person| person.person_id == act.person());
    if !gives && !has_part && found.giver_id != act.person() {
        act.actor.must_read_all().map_err(|_| not_yours())?;
    }
    let answers_for = speaks_for(act, &people, |person| found.course.waits_for(person.person_id, true))
        .or_else(|| speaks_for(act, &people, |person| person.part == Part::Owner));
    let stance = answers_for.and_then(|owner| found.course.stance(owner));
    let open = found.course.is_open();
    let filers = filers(&staff, today);
    let unit = |person: PersonId| {
        filers.iter().find(|(id, ..)| *id == person).map_or_else(String::new, |(_, _, unit)| unit.clone())
    };
    let question = match found.question_id {
        Some(question) => question::question(tx, place, question).await?.map(|question| question.number),
        None => None,
    };
    let events = directive::events_of(tx, place, id).await?;
    Ok(DirectivePage {
        first_due: first_due(tx, place, &found).await?.filter(|day| *day != found.course.due_on),
        state: found.course.state(),
        overdue: found.course.is_overdue(today),
        today,
        giver: staff.name(found.giver_id),
        people: people
            .iter()
            .map(|person| PersonLine {
                person: person.person_id,
                name: staff.name(person.person_id),
                unit: unit(person.person_id),
                part: person.part,
                stance: found.course.stance(person.person_id),
                seen_at: person.seen_at,
            })
            .collect(),
        events,
        items: linked(tx, act, &staff, id).await?,
        question,
        answers_for: answers_for.filter(|_| open),
        may_accept: open && matches!(stance, Some(Stance::Silent | Stance::Objected)),
        may_object: open && stance == Some(Stance::Silent),
        may_finish_steps: open && (gives || has_part),
        has_part,
        gives: gives && open,
        may_redact: found.is_public() && act.actor.has(Role::Clerk),
        directive: found,
    })
}

/// The day that the record of a public order has; an internal one keeps only its latest.
async fn first_due(tx: &mut Tx, place: PlaceId, of: &Directive) -> Result<Option<Date>, AppError> {
    for row in public_affair::affairs_about(tx, place, of.directive_id.0).await? {
        if let Affair::Directive(fact) = row.affair {
            return Ok(Some(fact.due_on));
        }
    }
    Ok(None)
}

async fn linked(tx: &mut Tx, act: &Act, staff: &Staff, id: DirectiveId) -> Result<Vec<LinkedItem>, AppError> {
    let place = act.place.place_id;
    let mut reports: Vec<Report> = Vec::new();
    let mut all = Vec::new();
    for item in link::items_of_subject(tx, place, LinkKind::Directive, id.0).await? {
        let known = reports.iter().find(|report| report.report_id == item.report_id).cloned();
        let report = match known {
            Some(report) => Some(report),
            None => report::report(tx, place, item.report_id).await?,
        };
        let Some(report) = report else { continue };
        reports.push(report.clone());
        // Somebody's draft is nobody else's to read.
        let is_draft = report.state.is_open() && act.actor.must_write_for(report.person_id).is_err();
        all.push(LinkedItem {
            name: staff.name(report.person_id),
            is_published: report.state == ReportState::Published,
            is_draft,
            item: if is_draft { Item { body: String::new(), difficulty: None, ..item } } else { item },
        });
    }
    Ok(all)
}
