//! Which visits a village, firm or site had in a year, from published records alone: joint visits, and published work that
//! names the place. Figures are counts and nothing else.

use crate::app::{App, day_in};
use crate::error::AppError;
use jiff::civil::Date;
use shiji_domain::id::{ItemId, PersonId, PlaceId};
use shiji_domain::item::ItemKind;
use shiji_domain::link::LinkKind;
use shiji_domain::spot::{SpotKind, is_village};
use shiji_domain::visit::VisitState;
use shiji_record::affair::{Affair, Doer, VisitFact, VisitStepFact};
use shiji_record::fact::{Kind, RosterFact};
use shiji_record::projection::{AffairRow, ItemRow};
use shiji_store::public::Issue;
use shiji_store::roster::Place;
use shiji_store::{Tx, projection, public, public_affair};
use shiji_text::{Spot, Spots};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A place on the list, with how often somebody came this year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpotEntry {
    pub kind: SpotKind,
    pub name: String,
    pub visits: usize,
    pub joint: usize,
}

/// One time that somebody came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitLine {
    pub on: Date,
    /// No day is known: some day of the issue's.
    pub within: Option<Date>,
    pub people: Vec<Doer>,
    pub text: String,
    /// Units came together.
    pub joint: bool,
    /// `planned`, `held`, `cancelled` of a visit that was agreed on.
    pub state: Option<String>,
    pub items: Vec<ItemId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpotVisits {
    pub kind: SpotKind,
    pub name: String,
    pub year: i16,
    /// The newest first.
    pub lines: Vec<VisitLine>,
}

/// What the records of one year say.
struct Year {
    year: i16,
    spots: Spots,
    visits: Vec<KnownVisit>,
    items: Vec<(Issue, ItemRow)>,
    people: HashMap<PersonId, RosterFact>,
}

struct KnownVisit {
    fact: VisitFact,
    on: Date,
    state: VisitState,
    steps: Vec<VisitStepFact>,
}

/// Where a visit stands after its steps, and its day.
pub(crate) fn replay(fact: &VisitFact, steps: &[VisitStepFact]) -> (VisitState, Date) {
    let (mut state, mut on) = (VisitState::Planned, fact.on);
    for step in steps {
        match step.step.as_str() {
            "moved" => on = step.to.unwrap_or(on),
            "held" => state = VisitState::Held,
            "cancelled" => state = VisitState::Cancelled,
            _ => {}
        }
    }
    (state, on)
}

impl KnownVisit {
    /// After all that happened to it.
    fn people(&self) -> Vec<Doer> {
        self.fact.visitors(&self.steps)
    }

    fn is_at_a_place(&self) -> bool {
        SpotKind::from_code(&self.fact.spot_kind).is_none_or(SpotKind::is_place)
    }
}

/// Villages, firms and sites with their counts of this year, in the order of the list.
///
/// # Errors
/// Only when the store fails; this holds for every function here that does not say otherwise.
pub async fn public_spots(app: &App, place: &Place) -> Result<(i16, Vec<SpotEntry>), AppError> {
    let mut tx = app.store.read().await?;
    let year = Year::read(&mut tx, place, day_in(place, app.clock.now())?).await?;
    let mut lines: Vec<Vec<VisitLine>> = vec![Vec::new(); year.spots.all.len()];
    year.collect(|spot, line| lines[spot].push(line));
    let entries = year.spots.all.iter().zip(&lines).map(|(spot, lines)| SpotEntry {
        kind: spot.kind,
        name: spot.name.clone(),
        visits: lines.iter().filter(|line| counts(line)).count(),
        joint: lines.iter().filter(|line| line.joint && counts(line)).count(),
    });
    Ok((year.year, entries.collect()))
}

fn counts(line: &VisitLine) -> bool {
    line.state.as_deref().is_none_or(|state| state == "held")
}

/// # Errors
/// `NotFound` for a name that is not on the list.
pub async fn spot_visits(app: &App, place: &Place, name: &str) -> Result<SpotVisits, AppError> {
    let mut tx = app.store.read().await?;
    let today = day_in(place, app.clock.now())?;
    if !is_listed(&mut tx, place.place_id, name, today.year()).await? {
        return Err(AppError::NotFound);
    }
    let year = Year::read(&mut tx, place, today).await?;
    let wanted = year.spots.all.iter().position(|spot| spot.name == name).ok_or(AppError::NotFound)?;
    let mut lines = Vec::new();
    year.collect(|spot, line| {
        if spot == wanted {
            lines.push(line);
        }
    });
    lines.sort_by(|one: &VisitLine, other| other.on.cmp(&one.on).then_with(|| one.text.cmp(&other.text)));
    let kind = year.spots.all[wanted].kind;
    Ok(SpotVisits { kind, name: name.to_owned(), year: year.year, lines })
}

/// Whether the name can stand on the list at all: asked before a year is read for it.
pub(super) async fn is_listed(tx: &mut Tx, place: PlaceId, name: &str, year: i16) -> Result<bool, AppError> {
    // A village may have left the roster within the year.
    if is_village(name) {
        let issues = public::issues(tx, place).await?;
        let of_year = issues.iter().take_while(|issue| issue.last_day.year() >= year).last();
        if let Some(first) = of_year
            && public::had_unit(tx, place, name, first.number).await?
        {
            return Ok(true);
        }
    }
    let latest = public::latest_issue(tx, place).await?.map_or(0, |issue| issue.number);
    let mut people = HashMap::new();
    for line in projection::people_of_issue(tx, place, latest).await? {
        people.insert(line.person, line);
    }
    let visits = all_visits(tx, place).await?;
    let list = public_list(tx, place, &people, &visits).await?;
    Ok(list.iter().any(|spot| spot.name == name))
}

impl Year {
    async fn read(tx: &mut Tx, place: &Place, today: Date) -> Result<Year, AppError> {
        let place_id = place.place_id;
        let year = today.year();
        let mut people: HashMap<PersonId, RosterFact> = HashMap::new();
        let mut items = Vec::new();
        for issue in public::issues(tx, place_id).await? {
            // The newest comes first.
            if issue.last_day.year() < year {
                break;
            }
            for line in projection::people_of_issue(tx, place_id, issue.number).await? {
                people.entry(line.person).or_insert(line);
            }
            let latest = latest_work(projection::items_of_issue(tx, place_id, issue.number).await?);
            items.extend(latest.into_iter().map(|item| (issue.clone(), item)));
        }
        let visits = visits_of(tx, place_id, year).await?;
        let spots = Spots::new(&place.name, public_list(tx, place_id, &people, &visits).await?);
        Ok(Year { year, spots, visits, items, people })
    }

    /// Every time that somebody came: a joint visit once, and each other item that names a place it goes to.
    fn collect(&self, mut take: impl FnMut(usize, VisitLine)) {
        let at_places = self.visits.iter().filter(|known| known.is_at_a_place());
        let known: HashSet<Uuid> = at_places.map(|known| known.fact.visit.0).collect();
        let mut of_visit: HashMap<Uuid, Vec<&ItemRow>> = HashMap::new();
        for (issue, item) in &self.items {
            let visit = item.fact.links.iter().find(|link| link.kind == LinkKind::Visit);
            if let Some(link) = visit
                && known.contains(&link.subject)
            {
                of_visit.entry(link.subject).or_default().push(item);
                continue;
            }
            for mention in self.spots.visited(&item.fact.text) {
                take(mention.spot, self.line_of(issue, item));
            }
        }
        for known in self.visits.iter().filter(|known| known.is_at_a_place()) {
            let Some(spot) = self.spots.all.iter().position(|spot| spot.name == known.fact.spot) else {
                continue;
            };
            let items = of_visit.remove(&known.fact.visit.0).unwrap_or_default();
            let people = known.people();
            let first = people.first().map(|one| &one.unit);
            let joint = people.iter().any(|one| Some(&one.unit) != first);
            take(
                spot,
                VisitLine {
                    on: known.on,
                    within: None,
                    people,
                    text: known.fact.purpose.clone(),
                    joint,
                    state: Some(known.state.code().to_owned()),
                    items: items.iter().map(|item| item.fact.item).collect(),
                },
            );
        }
    }

    fn line_of(&self, issue: &Issue, item: &ItemRow) -> VisitLine {
        let who = self.people.get(&item.fact.person);
        VisitLine {
            on: issue.first_day,
            within: Some(issue.last_day),
            people: vec![Doer {
                person: item.fact.person,
                name: who.map_or_else(String::new, |who| who.name.clone()),
                unit: who.map_or_else(String::new, |who| who.unit_name.clone()),
            }],
            text: item.fact.text.clone(),
            joint: false,
            state: None,
            items: vec![item.fact.item],
        }
    }
}

/// The latest words of each item of work whose words are public.
fn latest_work(items: Vec<ItemRow>) -> Vec<ItemRow> {
    let mut latest: Vec<ItemRow> = Vec::with_capacity(items.len());
    let mut at: HashMap<ItemId, usize> = HashMap::new();
    for item in items {
        if item.fact.item_kind != ItemKind::Work || item.withheld.iter().any(|field| field == "text") {
            continue;
        }
        match at.get(&item.fact.item) {
            Some(known) if latest[*known].revision < item.revision => latest[*known] = item,
            Some(_) => {}
            None => {
                at.insert(item.fact.item, latest.len());
                latest.push(item);
            }
        }
    }
    latest
}

async fn visits_of(tx: &mut Tx, place: PlaceId, year: i16) -> Result<Vec<KnownVisit>, AppError> {
    let mut visits = all_visits(tx, place).await?;
    visits.retain(|known| known.on.year() == year);
    Ok(visits)
}

async fn all_visits(tx: &mut Tx, place: PlaceId) -> Result<Vec<KnownVisit>, AppError> {
    let mut visits: Vec<KnownVisit> = Vec::new();
    for row in public_affair::affairs_of_kind(tx, place, Kind::Visit).await? {
        if let AffairRow { affair: Affair::Visit(fact), .. } = row {
            visits.push(KnownVisit { on: fact.on, fact, state: VisitState::Planned, steps: Vec::new() });
        }
    }
    let at: HashMap<_, _> = visits.iter().enumerate().map(|(at, known)| (known.fact.visit, at)).collect();
    for row in public_affair::affairs_of_kind(tx, place, Kind::VisitStep).await? {
        let Affair::VisitStep(step) = row.affair else { continue };
        let Some(known) = at.get(&step.visit).and_then(|at| visits.get_mut(*at)) else { continue };
        known.steps.push(step);
    }
    for known in &mut visits {
        (known.state, known.on) = replay(&known.fact, &known.steps);
    }
    Ok(visits)
}

/// Villages from the roster, then the clerk's list as it was published, then what only a visit names.
async fn public_list(
    tx: &mut Tx,
    place: PlaceId,
    people: &HashMap<PersonId, RosterFact>,
    visits: &[KnownVisit],
) -> Result<Vec<Spot>, AppError> {
    let mut villages: Vec<(i64, &str)> = people
        .values()
        .filter(|line| is_village(&line.unit_name))
        .map(|line| (line.order, line.unit_name.as_str()))
        .collect();
    villages.sort_unstable();
    let mut known: HashSet<String> = HashSet::new();
    let mut all: Vec<Spot> = Vec::new();
    let mut add = |kind: SpotKind, name: &str, others: &[String]| {
        if known.insert(name.to_owned()) {
            all.push(Spot { kind, name: name.to_owned(), others: others.to_vec() });
        }
    };
    for (_, name) in villages {
        add(SpotKind::Village, name, &[]);
    }
    let lists = public_affair::affairs_of_kind(tx, place, Kind::Spots).await?;
    if let Some(Affair::Spots(fact)) = lists.into_iter().max_by_key(|row| row.revision).map(|row| row.affair)
    {
        for spot in &fact.spots {
            add(SpotKind::from_code(&spot.kind).unwrap_or(SpotKind::Other), &spot.name, &spot.others);
        }
    }
    for row in public_affair::affairs_of_kind(tx, place, Kind::Project).await? {
        if let Affair::Project(fact) = row.affair {
            add(SpotKind::Site, &fact.name, &[]);
        }
    }
    // The name of the place may have been taken away.
    for visit in visits.iter().filter(|visit| visit.is_at_a_place() && !visit.fact.spot.is_empty()) {
        let kind = SpotKind::from_code(&visit.fact.spot_kind).unwrap_or(SpotKind::Other);
        add(kind, &visit.fact.spot, &[]);
    }
    Ok(all)
}

/// With whom an item was done: the others who helped or came along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemCompany {
    pub kind: LinkKind,
    /// Item, person's name, unit and words of each other item.
    pub others: Vec<(ItemId, String, String, String)>,
    /// Name of the place, of a visit.
    pub spot: Option<String>,
}

/// What stands on an item's page of help and visits.
pub async fn company_of(app: &App, place: &Place, item: ItemId) -> Result<Vec<ItemCompany>, AppError> {
    let mut tx = app.store.read().await?;
    let revisions = public::item_revisions(&mut tx, place.place_id, item).await?;
    let Some((_, latest)) = revisions.iter().max_by_key(|(_, row)| row.revision) else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for link in latest.fact.links.iter().filter(|link| matches!(link.kind, LinkKind::Help | LinkKind::Visit))
    {
        let mut others: Vec<(ItemId, String, String, String)> = Vec::new();
        for row in public_affair::items_linked(&mut tx, place.place_id, link.subject).await? {
            let is_known = others.iter().any(|(known, ..)| *known == row.fact.item);
            // Plan and work of the same person are one thing; a work item stands for both.
            if row.fact.person == latest.fact.person
                || is_known
                || row.fact.item_kind != latest.fact.item_kind
            {
                continue;
            }
            let lines = public::person_lines(&mut tx, place.place_id, row.fact.person).await?;
            let (name, unit) = lines
                .into_iter()
                .max_by_key(|(number, _)| *number)
                .map_or_else(Default::default, |(_, line)| (line.name, line.unit_name));
            others.push((row.fact.item, name, unit, row.fact.text));
        }
        let facts = public_affair::affairs_about(&mut tx, place.place_id, link.subject).await?;
        let spot = facts.into_iter().find_map(|row| match row.affair {
            Affair::Visit(fact) => Some(fact.spot).filter(|name| !name.is_empty()),
            _ => None,
        });
        if !others.is_empty() || spot.is_some() {
            all.push(ItemCompany { kind: link.kind, others, spot });
        }
    }
    Ok(all)
}
